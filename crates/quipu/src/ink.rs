//! Words for a terminal: colour where one shows it, and nothing that steers it.

use std::io::IsTerminal;

pub(crate) const BOLD: &str = "\x1b[1m";
pub(crate) const FAINT: &str = "\x1b[2m";
pub(crate) const YELLOW: &str = "\x1b[1;33m";
pub(crate) const CYAN: &str = "\x1b[36m";
pub(crate) const RED: &str = "\x1b[31m";
pub(crate) const GREEN: &str = "\x1b[32m";

/// Colour, where a terminal shows it. It says nothing that the words do not say.
#[derive(Clone, Copy)]
pub(crate) struct Ink {
    pub(crate) colour: bool,
}

impl Ink {
    /// Colour on standard output, unless that is no terminal or `NO_COLOR` is set.
    pub(crate) fn of_output() -> Self {
        let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { colour }
    }

    pub(crate) fn on(self, which: &'static str) -> &'static str {
        if self.colour { which } else { "" }
    }

    pub(crate) fn off(self) -> &'static str {
        self.on("\x1b[0m")
    }
}

/// Letters that a terminal may be given: nothing steers it or turns the line.
pub(crate) fn clean(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    text.chars()
        .map(|c| {
            if c.is_whitespace() {
                ' '
            } else if steers(c) {
                '·'
            } else {
                c
            }
        })
        .collect()
}
