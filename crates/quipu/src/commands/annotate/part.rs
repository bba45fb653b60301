//! What passes between annotation and the forms of output.

use std::io::Write;

use quipu_annotate::conllu::GivenSentence;
use quipu_model::{Acronym, Name, Sentence};

/// A sentence ready to be shown.
pub(super) struct Shown<'a> {
    /// What its places count in.
    pub(super) text: &'a str,
    /// The sentence.
    pub(super) sentence: &'a Sentence,
    /// Names in it, in order.
    pub(super) names: &'a [Name],
    /// Short forms with their long forms, of the whole stretch.
    pub(super) acronyms: &'a [Acronym],
    /// Code points of the text before the sentence.
    pub(super) point: usize,
    /// Whether it is the first of its input.
    pub(super) first: bool,
    /// Whether a paragraph begins with it.
    pub(super) paragraph: bool,
    /// Whether the text goes on behind it without a blank.
    pub(super) close: bool,
    /// The sentence as it was given, where it was, and its number from 1.
    pub(super) given: Option<(&'a GivenSentence, usize)>,
}

/// Some sentences in their form of output.
#[derive(Default)]
pub(super) struct Part {
    /// The sentences.
    pub(super) body: String,
    /// Names, where they stand apart from the sentences.
    pub(super) names: String,
    /// Bytes of the body where the running number of a sentence belongs: it is
    /// known only when all before is written.
    numbers: Vec<usize>,
    /// How many sentences there are.
    sentences: usize,
}

impl Part {
    /// Leaves room for the running number of the sentence begun last.
    pub(super) fn number(&mut self) {
        self.numbers.push(self.body.len());
    }

    /// Begins a sentence.
    pub(super) fn begin(&mut self) {
        self.sentences += 1;
    }

    /// Writes the body; `before` sentences were written before it.
    pub(super) fn write_numbered(
        &self,
        before: &mut usize,
        out: &mut impl Write,
    ) -> std::io::Result<()> {
        let mut from = 0;
        for (at, place) in self.numbers.iter().enumerate() {
            out.write_all(&self.body.as_bytes()[from..*place])?;
            write!(out, "{}", *before + at + 1)?;
            from = *place;
        }
        *before += self.sentences;
        out.write_all(&self.body.as_bytes()[from..])
    }
}

/// Counts code points at places near each other.
pub(super) struct Points<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

impl<'a> Points<'a> {
    /// Begins at a byte that has `point` code points before it.
    pub(super) fn new(text: &'a str, byte: usize, point: usize) -> Self {
        Self { text, byte, point }
    }

    /// Code points before a byte.
    pub(super) fn at(&mut self, byte: usize) -> usize {
        let count = |from, to| {
            self.text
                .get(from..to)
                .map_or(0, |some| some.chars().count())
        };
        if byte >= self.byte {
            self.point += count(self.byte, byte);
        } else {
            self.point -= count(byte, self.byte);
        }
        self.byte = byte;
        self.point
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, Points};

    #[test]
    fn code_points_are_counted_both_ways() {
        let text = "a😀ñ b";
        let mut points = Points::new(text, 0, 10);
        assert_eq!(points.at(5), 12);
        assert_eq!(points.at(1), 11);
        assert_eq!(points.at(text.len()), 15);
        assert_eq!(points.at(0), 10);
    }

    #[test]
    fn numbers_run_on_over_parts() {
        let mut part = Part::default();
        for word in ["a", "b"] {
            part.begin();
            part.body.push_str("# ");
            part.number();
            part.body.push_str(word);
        }
        let (mut before, mut out) = (0, Vec::new());
        part.write_numbered(&mut before, &mut out).expect("memory");
        part.write_numbered(&mut before, &mut out).expect("memory");
        assert_eq!(String::from_utf8_lossy(&out), "# 1a# 2b# 3a# 4b");
    }
}
