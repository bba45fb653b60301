//! A text as lines with their places.

use quipu_model::{ReadDocument, Rect, Repaired, Span};

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

/// Line pitches beyond which two lines stand apart, in tenths of the height of
/// a line: printed lines follow each other at 10 to 14.
const APART_TENTHS: i32 = 20;

/// All lines of a document that hold words. Where the page tells how far apart
/// lines stand, that counts and not how the text was parted into blocks: an
/// indented second line of a subject is no new paragraph.
pub(super) fn lines_of(document: &ReadDocument) -> Vec<Line<'_>> {
    let mut found = lines(&document.repaired.text);
    let mut above: Option<(u32, Rect)> = None;
    for line in &mut found {
        let span = document.repaired.map.to_transcribed(line.span());
        let here = document.transcript.boxes_of(span).next();
        if let (Some((page, upper)), Some((same, lower))) = (above, here)
            && page == same
            && lower.top >= upper.top
        {
            let pitch = lower.top.saturating_sub(upper.top);
            let height = upper.height.max(lower.height).max(1);
            line.after_gap &= pitch.saturating_mul(10) > height.saturating_mul(APART_TENTHS);
        }
        above = here;
    }
    found
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
