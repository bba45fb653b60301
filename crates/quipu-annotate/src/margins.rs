//! Lines that a margin broke, and not their author.
//!
//! Training text knows a line end only between sentences, so the network takes
//! one inside a sentence for its end. Text from a typewriter, a mail or a plain
//! file has one every ten words; here those are told and taken away.

use std::borrow::Cow;

/// Lines shorter than this were broken on purpose.
const SHORTEST: usize = 40;
/// A margin is looked for up to here, in characters.
const LONGEST: usize = 140;
/// By so much a typist may stay before the margin, in characters.
const RAGGED: usize = 6;
/// So many line ends must speak for a margin, and so many of a hundred.
const WITNESSES: usize = 3;
const WITNESSES_OF_100: usize = 60;

/// A line end between two lines that both have words.
struct LineEnd<'a> {
    /// Bytes of the white space between the words.
    gap: std::ops::Range<usize>,
    /// Characters of the line before it.
    length: usize,
    /// The last character before it.
    last: char,
    /// The first word behind it.
    next: &'a str,
    /// Whether a line on either side is a row of cells.
    row: bool,
}

impl LineEnd<'_> {
    /// Whether a line up to the margin ends here: it fits, and the next word
    /// would not, or nearly not.
    fn at(&self, margin: usize) -> bool {
        let with_next = self.length + 1 + self.next.chars().count();
        self.length <= margin && with_next + RAGGED > margin
    }

    /// Whether a sentence goes on behind it with a small letter.
    fn goes_on(&self) -> bool {
        let stops = matches!(self.last, '.' | '!' | '?' | '…' | ':');
        self.length >= SHORTEST && !stops && self.next.starts_with(char::is_lowercase)
    }

    /// Whether the next line begins as an item of a list does.
    fn item(&self) -> bool {
        let word = self.next.trim_end_matches(['.', ')', ':']);
        let counted = word.len() < self.next.len() && word.chars().count() < 4;
        let sign = |c: char| matches!(c, '-' | '–' | '—' | '•' | '*' | '·' | '>' | '|' | '+');
        counted || word.chars().all(sign)
    }
}

/// The text as it would stand without its margin: a line end that only the
/// margin caused is a blank. Every byte keeps its place.
///
/// A line end inside a sentence is told by the small letter behind a long line,
/// or by a margin that most lines of the text keep. Rows of a table, whose cells
/// stand apart by tabs, end where they end.
#[must_use]
pub fn flowing(text: &str) -> Cow<'_, str> {
    let ends = line_ends(text);
    let margin = margin(&ends);
    let mut made = String::new();
    let mut done = 0;
    for end in &ends {
        let full = margin.is_some_and(|margin| end.at(margin));
        if end.row || end.item() || !(full || end.goes_on()) {
            continue;
        }
        made.push_str(text.get(done..end.gap.start).unwrap_or_default());
        let gap = text.get(end.gap.clone()).unwrap_or_default();
        made.extend(gap.chars().map(|c| if c.is_ascii() { ' ' } else { c }));
        done = end.gap.end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    made.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(made)
}

/// The line ends inside paragraphs.
fn line_ends(text: &str) -> Vec<LineEnd<'_>> {
    let mut ends = Vec::new();
    let mut before: Option<(usize, &str)> = None;
    let mut at = 0;
    for line in text.split('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len() + 1;
        if words.is_empty() {
            before = None;
            continue;
        }
        if let Some((end, line)) = before {
            ends.push(LineEnd {
                gap: end..start,
                length: line.chars().count(),
                last: line.chars().next_back().unwrap_or(' '),
                next: words.split_whitespace().next().unwrap_or_default(),
                row: [line, words].iter().any(|line| line.contains('\t')),
            });
        }
        before = Some((start + words.len(), words));
    }
    ends
}

/// The margin that most line ends keep; the narrowest where several do.
fn margin(ends: &[LineEnd<'_>]) -> Option<usize> {
    // How many more line ends keep a margin than the margin one narrower.
    let mut more = [0_isize; LONGEST + 2];
    for end in ends {
        let last = end.length + end.next.chars().count() + RAGGED;
        let first = end.length.max(SHORTEST);
        if first <= last && first <= LONGEST {
            more[first] += 1;
            more[last.min(LONGEST) + 1] -= 1;
        }
    }
    let mut keep = 0;
    let mut best = (0, 0);
    for (margin, more) in more.iter().enumerate().take(LONGEST + 1) {
        keep += more;
        if keep > best.1 {
            best = (margin, keep);
        }
    }
    let (margin, witnesses) = (best.0, usize::try_from(best.1).unwrap_or(0));
    let most = witnesses >= WITNESSES && witnesses * 100 >= ends.len() * WITNESSES_OF_100;
    most.then_some(margin)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::flowing;

    /// A text broken at a margin, word by word.
    fn broken(text: &str, margin: usize) -> String {
        let mut out = String::new();
        let mut column = 0;
        for word in text.split(' ') {
            let wide = word.chars().count();
            if column > 0 && column + 1 + wide > margin {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += wide;
        }
        out
    }

    #[test]
    fn a_margin_is_taken_away_and_nothing_else() {
        let text = "El banco envió el dinero a una Empresa de Panamá. Según el Tribunal, la Empresa de Nadia Farrow lo envió el mismo día a la Cuenta de Amadeo Quispe, que no Dijo nada. Nadie Supo más del Dinero hasta que el Juez Illanes lo halló en Lima.";
        for margin in [45, 60, 72, 80] {
            let given = format!("TÍTULO\n\n{}\n\nFin.", broken(text, margin));
            let flows = flowing(&given);
            assert_eq!(flows, format!("TÍTULO\n\n{text}\n\nFin."), "{margin}");
            assert_eq!(flows.len(), given.len());
        }
    }

    #[test]
    fn lines_that_their_author_ended_stay() {
        for text in [
            "One line only.",
            "Present:\nNadia Farrow\nEdmund Harkness\nTeodoro Illanes\nAmadeo Quispe",
            "MINISTER DENIES THE PAYMENTS OF THE HARBOUR BANK\nThe minister denied everything.",
            "- the director of the bank of the harbour, who paid\n- the counsel of the bank, who did not\n- no one",
            "First we went to the harbour and saw the boats.\nNobody.\nThen the judge came, and with him all the guards of the old prison.\nHe left.\nThe next day everything was said to have been a mistake of the clerk.\nWe laughed.",
            // Rows of a table are often of one length, and begin with a date.
            "04/01/1992\tDEPÓSITO EN EFECTIVO VENTANILLA 4\t22.000,00\n10/01/1992\tDEPÓSITO EN EFECTIVO VENTANILLA 4\t36.000,00\n11/01/1992\tDEPÓSITO EN EFECTIVO VENTANILLA 4\t34.000,00\n12/01/1992\tDEPÓSITO EN EFECTIVO VENTANILLA 4\t20.000,00",
            "",
            "\n \n\t",
        ] {
            assert!(matches!(flowing(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn a_small_letter_goes_on_with_a_long_line() {
        let text = "The bank sent the money to a firm in Panama,\r\n  which sent it on.";
        assert_eq!(
            flowing(text),
            "The bank sent the money to a firm in Panama,    which sent it on."
        );
    }

    #[test]
    fn odd_lines_keep_their_bytes() {
        for text in ["\u{2003}\n\u{2003}x", "ñ\u{85}\nñ", "a\r\r\nb\u{b}\n\u{c}c"] {
            let long = format!("{}{text}", "palabra ñandú ".repeat(9));
            assert_eq!(flowing(&long).len(), long.len());
            assert_eq!(
                flowing(&long).split_whitespace().count(),
                long.split_whitespace().count()
            );
        }
    }
}
