//! A text as lines with their places.

use quipu_model::{Repaired, Span};

/// One line, without the white space at its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Its words; indentation is kept, because it can mean something.
    pub(super) words: &'a str,
    /// Byte of the text where it starts.
    pub(super) start: usize,
    /// Whether an empty line (or the start of the text) stands before it.
    pub(super) after_gap: bool,
}

impl Line<'_> {
    /// The words without indentation.
    pub(super) fn span(&self) -> Span<Repaired> {
        let indent = self.words.len() - self.words.trim_start().len();
        Span::from_usize(self.start + indent, self.start + self.words.len())
    }
}

/// All lines that hold words, in order.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut after_gap = true;
    for line in text.split('\n') {
        let words = line.trim_end();
        if words.is_empty() {
            after_gap = true;
        } else {
            found.push(Line {
                words,
                start,
                after_gap,
            });
            after_gap = false;
        }
        start += line.len() + 1;
    }
    found
}
