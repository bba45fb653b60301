//! A sentence as the rules of names see it: words as they are written.

use std::ops::Range;

use quipu_model::{Repaired, Sentence, Span};
use quipu_packs::fold;

/// A written word or sign; words that share their letters are one piece.
#[derive(Debug)]
struct Piece {
    /// Its letters in [`Line::text`].
    letters: Range<usize>,
    /// Its folded letters in [`Line::folded`].
    folded: Range<usize>,
    /// Whether its part of speech, where one is known, can stand in a phrase of
    /// nouns.
    nominal: bool,
    /// Whether it is a proper noun, as far as is known.
    proper: bool,
}

/// The pieces of one sentence.
#[derive(Debug)]
pub(super) struct Line<'a> {
    text: &'a str,
    /// Where `text` begins in the text that spans count in.
    offset: usize,
    pieces: Vec<Piece>,
    folded: String,
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str, offset: usize, sentence: &Sentence) -> Self {
        let mut line = Self {
            text,
            offset,
            pieces: Vec::with_capacity(sentence.tokens.len()),
            folded: String::new(),
        };
        #[allow(clippy::cast_possible_truncation, reason = "texts are below 4 GiB")]
        let own = sentence.own_letters(text, offset as u32);
        let mut last = None;
        for (token, span) in sentence.tokens.iter().zip(own) {
            if last == Some(span) {
                continue;
            }
            last = Some(span);
            let span = span.range();
            let letters = span.start.saturating_sub(offset)..span.end.saturating_sub(offset);
            let start = line.folded.len();
            let word = text.get(letters.clone()).unwrap_or_default();
            line.folded.extend(word.chars().map(fold::base));
            if word.len() > 1 && word.ends_with('.') {
                line.folded.pop();
            }
            line.pieces.push(Piece {
                letters,
                folded: start..line.folded.len(),
                proper: matches!(token.upos.as_str(), "" | "PROPN"),
                nominal: matches!(
                    token.upos.as_str(),
                    "" | "NOUN" | "ADJ" | "PROPN" | "NUM" | "X"
                ),
            });
        }
        line
    }

    pub(super) const fn len(&self) -> usize {
        self.pieces.len()
    }

    /// The letters of a piece; those of none are empty.
    pub(super) fn letters(&self, at: usize) -> &'a str {
        self.pieces
            .get(at)
            .and_then(|piece| self.text.get(piece.letters.clone()))
            .unwrap_or_default()
    }

    /// A piece in base letters, without the full stop of a short form.
    pub(super) fn folded(&self, at: usize) -> &str {
        self.pieces
            .get(at)
            .and_then(|piece| self.folded.get(piece.folded.clone()))
            .unwrap_or_default()
    }

    /// Whether a piece ends with a full stop of its own.
    pub(super) fn dotted(&self, at: usize) -> bool {
        let letters = self.letters(at);
        letters.len() > 1 && letters.ends_with('.')
    }

    /// Whether a piece can stand in a phrase of nouns.
    pub(super) fn nominal(&self, at: usize) -> bool {
        self.word(at) && self.pieces.get(at).is_some_and(|piece| piece.nominal)
    }

    /// Whether a piece can be a word of a name: a proper noun with a capital.
    pub(super) fn proper(&self, at: usize) -> bool {
        self.capital(at) && self.pieces.get(at).is_some_and(|piece| piece.proper)
    }

    /// Whether a piece begins with a capital letter.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.letters(at)
            .chars()
            .next()
            .is_some_and(char::is_uppercase)
    }

    /// Whether a piece begins with a letter.
    pub(super) fn word(&self, at: usize) -> bool {
        self.letters(at)
            .chars()
            .next()
            .is_some_and(char::is_alphabetic)
    }

    /// Whether a piece has small letters.
    pub(super) fn small(&self, at: usize) -> bool {
        self.letters(at).chars().any(char::is_lowercase)
    }

    /// Whether a piece is this sign.
    pub(super) fn is(&self, at: usize, sign: &str) -> bool {
        self.letters(at) == sign
    }

    /// Whether nothing stands between a piece and the one before it.
    pub(super) fn touches(&self, at: usize) -> bool {
        let end = at
            .checked_sub(1)
            .and_then(|before| self.pieces.get(before))
            .map(|piece| piece.letters.end);
        end.is_some() && end == self.pieces.get(at).map(|piece| piece.letters.start)
    }

    /// The span of a run of pieces.
    pub(super) fn span(&self, pieces: &Range<usize>) -> Span<Repaired> {
        let start = self.pieces.get(pieces.start);
        let last = pieces
            .end
            .checked_sub(1)
            .and_then(|last| self.pieces.get(last));
        let start = start.map_or(0, |piece| piece.letters.start);
        let end = last.map_or(start, |piece| piece.letters.end);
        Span::from_usize(self.offset + start, self.offset + end.max(start))
    }

    /// The pieces that a span holds.
    pub(super) fn pieces(&self, span: Span<Repaired>) -> Range<usize> {
        let span = span.range();
        let (start, end) = (
            span.start.saturating_sub(self.offset),
            span.end.saturating_sub(self.offset),
        );
        let first = self
            .pieces
            .partition_point(|piece| piece.letters.end <= start);
        let after = self
            .pieces
            .partition_point(|piece| piece.letters.start < end);
        first..after.max(first)
    }
}
