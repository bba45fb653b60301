//! An input on its way through the annotator: a text in stretches, or given
//! sentences in handfuls.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use quipu_annotate::conllu::{self, GivenSentence};
use quipu_annotate::{Annotator, Hands, Stretch, flowing};
use quipu_model::{AnnotatedText, Repaired, SentenceLanguage, Span};

use super::language::{Teller, most};
use crate::cli::Given as Form;

/// Words of given sentences that make a piece.
const PIECE_WORDS: usize = 2_000;

/// One input, its languages told.
pub(super) struct Source<'a> {
    /// What all places count in: the input, or the texts of the given sentences,
    /// each with a line end behind it.
    text: Cow<'a, str>,
    /// A text without line ends that only a margin caused.
    flowing: Cow<'a, str>,
    kind: Kind,
    language: Option<String>,
    tags: BTreeSet<String>,
}

enum Kind {
    Text(Vec<SentenceLanguage>),
    Given(Given),
}

/// Given sentences: for each its language, and where it begins in the text.
struct Given {
    sentences: Vec<GivenSentence>,
    tags: Vec<String>,
    starts: Vec<usize>,
}

/// What one thread works on at a time.
pub(super) struct Piece {
    what: What,
    /// How long it is.
    pub(super) bytes: u64,
    /// Whether a document ends with it.
    pub(super) last: bool,
}

enum What {
    Stretch(Stretch),
    /// Places of given sentences of one language.
    Given(Range<usize>),
}

impl<'a> Source<'a> {
    /// Takes an input as text or as given words, with a notice of what is odd
    /// about it.
    pub(super) fn new(text: &'a str, form: Form, teller: &Teller<'_>) -> (Self, Option<String>) {
        match form {
            Form::Text => (Self::of_text(text, teller), None),
            Form::Conllu => Self::of_table(text, teller),
        }
    }

    fn of_text(text: &'a str, teller: &Teller<'_>) -> Self {
        let flowing = flowing(text);
        let languages = teller.text(&flowing);
        let tags = languages
            .iter()
            .filter_map(|sentence| sentence.language.clone())
            .collect();
        let blank = text.trim().is_empty();
        let language = most(languages.iter()).or(teller.fallback());
        Self {
            language: language.filter(|_| !blank).map(str::to_owned),
            text: Cow::Borrowed(text),
            flowing,
            kind: Kind::Text(languages),
            tags,
        }
    }

    fn of_table(table: &str, teller: &Teller<'_>) -> (Self, Option<String>) {
        // What stands for a byte order mark would hide the first comment.
        let sentences = conllu::read(table.trim_start());
        let notice = if sentences.is_empty() && !table.trim().is_empty() {
            Some("holds no sentence in CoNLL-U; for plain text leave out --input conllu".to_owned())
        } else {
            reworded(&sentences)
        };
        let mut text = String::new();
        let mut starts = Vec::with_capacity(sentences.len());
        for sentence in &sentences {
            starts.push(text.len());
            text.push_str(&sentence.text);
            text.push('\n');
        }
        let tags = teller.given(&text, &starts);
        let shares: Vec<SentenceLanguage> = starts
            .iter()
            .zip(&sentences)
            .zip(&tags)
            .map(|((start, sentence), tag)| SentenceLanguage {
                span: Span::from_usize(*start, start + sentence.text.len()),
                language: Some(tag.clone()),
            })
            .collect();
        let source = Self {
            text: Cow::Owned(text),
            flowing: Cow::Borrowed(""),
            language: most(shares.iter()).map(str::to_owned),
            tags: tags.iter().cloned().collect(),
            kind: Kind::Given(Given {
                sentences,
                tags,
                starts,
            }),
        };
        (source, notice)
    }

    /// What all places count in.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The same without line ends that only a margin caused; every byte keeps
    /// its place.
    pub(super) fn flowing(&self) -> &str {
        match self.kind {
            Kind::Text(_) => &self.flowing,
            Kind::Given(_) => &self.text,
        }
    }

    /// Languages of a part of the text, counted from where it begins.
    pub(super) fn languages(&self, part: Range<usize>) -> Vec<(Span<Repaired>, &str)> {
        let told: Vec<(Range<usize>, &str)> = match &self.kind {
            Kind::Text(languages) => languages
                .iter()
                .filter_map(|told| Some((told.span.range(), told.language.as_deref()?)))
                .collect(),
            Kind::Given(given) => given
                .starts
                .iter()
                .zip(&given.sentences)
                .zip(&given.tags)
                .map(|((start, sentence), tag)| (*start..start + sentence.text.len(), tag.as_str()))
                .collect(),
        };
        told.into_iter()
            .filter(|(span, _)| span.start >= part.start && span.end <= part.end)
            .map(|(span, tag)| {
                let (from, to) = (span.start - part.start, span.end - part.start);
                (Span::from_usize(from, to), tag)
            })
            .collect()
    }

    /// The number from 0 of the given sentence at a byte.
    pub(super) fn sentence_at(&self, byte: usize) -> Option<usize> {
        match &self.kind {
            Kind::Text(_) => None,
            Kind::Given(given) => {
                let behind = given.starts.partition_point(|start| *start <= byte);
                behind.checked_sub(1)
            }
        }
    }

    /// A sentence by its number from 0, and where it begins, if it was given.
    pub(super) fn given(&self, at: usize) -> Option<(&GivenSentence, usize)> {
        match &self.kind {
            Kind::Text(_) => None,
            Kind::Given(given) => Some((given.sentences.get(at)?, *given.starts.get(at)?)),
        }
    }

    /// The language of most of it.
    pub(super) fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Languages it is read in.
    pub(super) fn tags(&self) -> &BTreeSet<String> {
        &self.tags
    }

    /// Parts it into pieces, always the same.
    pub(super) fn pieces(&self, annotator: &Annotator<'_>) -> Vec<Piece> {
        let given = match &self.kind {
            Kind::Given(given) => given,
            Kind::Text(languages) => {
                let stretches = annotator.stretches(&self.flowing, languages);
                let count = stretches.len();
                let pieces = stretches.into_iter().enumerate();
                return pieces
                    .map(|(at, stretch)| Piece {
                        bytes: stretch.bytes().len() as u64,
                        what: What::Stretch(stretch),
                        last: at + 1 == count,
                    })
                    .collect();
            }
        };
        let mut pieces = Vec::new();
        let (mut start, mut words, mut bytes) = (0, 0, 0);
        for (at, sentence) in given.sentences.iter().enumerate() {
            words += sentence.words.len();
            bytes += sentence.text.len() as u64;
            let next = given.sentences.get(at + 1);
            let last = next.is_none_or(GivenSentence::opens_document);
            if last || words >= PIECE_WORDS || given.tags.get(at) != given.tags.get(at + 1) {
                pieces.push(Piece {
                    what: What::Given(start..at + 1),
                    bytes,
                    last,
                });
                (start, words, bytes) = (at + 1, 0, 0);
            }
        }
        pieces
    }

    /// Annotates a piece.
    pub(super) fn annotate(
        &self,
        annotator: &Annotator<'_>,
        piece: &Piece,
        hands: &mut Hands,
    ) -> AnnotatedText {
        match (&piece.what, &self.kind) {
            (What::Stretch(stretch), _) => {
                annotator.annotate_stretch(&self.flowing, stretch, &[], hands)
            }
            (What::Given(range), Kind::Given(given)) => {
                let tag = given.tags.get(range.start);
                let sentences = given.sentences.get(range.clone());
                let mut made = annotator.annotate_given(
                    sentences.unwrap_or_default(),
                    tag.map_or("", String::as_str),
                    hands,
                );
                let start = given.starts.get(range.start);
                shift(&mut made, start.copied().unwrap_or_default());
                made
            }
            (What::Given(_), Kind::Text(_)) => AnnotatedText::default(),
        }
    }
}

/// Moves an annotation that counts from a place to where the place counts from.
fn shift(made: &mut AnnotatedText, by: usize) {
    let moved = |span: &mut Span<Repaired>| {
        let range = span.range();
        *span = Span::from_usize(range.start + by, range.end + by);
    };
    for sentence in &mut made.sentences {
        moved(&mut sentence.span);
        sentence
            .tokens
            .iter_mut()
            .for_each(|token| moved(&mut token.span));
    }
    for name in &mut made.names {
        moved(&mut name.span);
        name.titles.iter_mut().for_each(moved);
        name.aliases.iter_mut().for_each(moved);
    }
    for acronym in &mut made.acronyms {
        moved(&mut acronym.short);
        moved(&mut acronym.long);
    }
}

/// Says which given sentences have a `# text` that does not hold their words.
fn reworded(sentences: &[GivenSentence]) -> Option<String> {
    let odd = || {
        sentences
            .iter()
            .enumerate()
            .filter(|(_, sentence)| sentence.reworded)
    };
    let (at, first) = odd().next()?;
    let number = (at + 1).to_string();
    Some(format!(
        "sentence {}: its `# text` does not hold its words, so their offsets count in the words joined by blanks; the same of {} more",
        first.id().unwrap_or(&number),
        odd().count() - 1
    ))
}
