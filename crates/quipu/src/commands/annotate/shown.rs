//! A sentence between annotation and the forms of output.

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
    /// Short forms with their long forms, those in the sentence among them.
    pub(super) acronyms: &'a [Acronym],
    /// Its number, from 1, in all that is written.
    pub(super) number: usize,
    /// The same in its input.
    pub(super) number_here: usize,
    /// Code points of the text before the sentence.
    pub(super) point: usize,
    /// Whether a paragraph begins with it.
    pub(super) paragraph: bool,
    /// Whether the text goes on behind it without a blank.
    pub(super) close: bool,
    /// The sentence as it was given, where it was.
    pub(super) given: Option<&'a GivenSentence>,
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
    use super::Points;

    #[test]
    fn code_points_are_counted_both_ways() {
        let text = "a😀ñ b";
        let mut points = Points::new(text, 0, 10);
        assert_eq!(points.at(5), 12);
        assert_eq!(points.at(1), 11);
        assert_eq!(points.at(text.len()), 15);
        assert_eq!(points.at(0), 10);
    }
}
