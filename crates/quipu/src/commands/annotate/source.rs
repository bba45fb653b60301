//! An input on its way through the annotator: a text in stretches, or given
//! sentences in handfuls.

use std::collections::BTreeSet;
use std::ops::Range;

use quipu_annotate::conllu::{self, GivenSentence};
use quipu_annotate::{Annotator, Hands, Stretch};
use quipu_model::{AnnotatedText, Name, SentenceLanguage, Span};

use super::language::{Teller, most};
use super::part::{Points, Shown};
use crate::cli::Given;

/// Words of given sentences that make a piece.
const PIECE_WORDS: usize = 2_000;

/// One input, its languages told.
pub(super) struct Source<'a> {
    kind: Kind<'a>,
    language: Option<String>,
    tags: BTreeSet<String>,
}

enum Kind<'a> {
    Text {
        text: &'a str,
        languages: Vec<SentenceLanguage>,
    },
    Given {
        sentences: Vec<GivenSentence>,
        /// The language of each.
        tags: Vec<String>,
    },
}

/// What one thread works on at a time.
pub(super) enum Piece {
    /// A stretch of the text, and how many code points stand before it.
    Text(Stretch, usize),
    /// Places of given sentences, and their bytes.
    Given(Range<usize>, u64),
}

impl Piece {
    /// How long it is.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Text(stretch, _) => stretch.bytes().len() as u64,
            Self::Given(_, bytes) => *bytes,
        }
    }
}

impl<'a> Source<'a> {
    /// Takes an input as text or as given words, with a notice of what is odd
    /// about it.
    pub(super) fn new(text: &'a str, form: Given, teller: &Teller<'_>) -> (Self, Option<String>) {
        match form {
            Given::Text => (Self::text(text, teller), None),
            Given::Conllu => Self::given(text, teller),
        }
    }

    fn text(text: &'a str, teller: &Teller<'_>) -> Self {
        let languages = teller.text(text);
        let tags = languages
            .iter()
            .filter_map(|sentence| sentence.language.clone())
            .collect();
        let blank = text.trim().is_empty();
        let language = most(languages.iter()).or(teller.fallback());
        Self {
            language: language.filter(|_| !blank).map(str::to_owned),
            kind: Kind::Text { text, languages },
            tags,
        }
    }

    fn given(table: &str, teller: &Teller<'_>) -> (Self, Option<String>) {
        // What stands for a byte order mark would hide the first comment.
        let sentences = conllu::read(table.trim_start());
        let tags = teller.given(&sentences);
        let mut bytes = 0;
        let shares = sentences.iter().zip(&tags).map(|(sentence, tag)| {
            let start = bytes;
            bytes += sentence.text.len();
            SentenceLanguage {
                span: Span::from_usize(start, bytes),
                language: Some(tag.clone()),
            }
        });
        let shares: Vec<SentenceLanguage> = shares.collect();
        let language = most(shares.iter()).map(str::to_owned);
        let notice = if sentences.is_empty() && !table.trim().is_empty() {
            Some("holds no sentence in CoNLL-U; for plain text leave out --input conllu".to_owned())
        } else {
            reworded(&sentences)
        };
        let source = Self {
            language,
            tags: tags.iter().cloned().collect(),
            kind: Kind::Given { sentences, tags },
        };
        (source, notice)
    }

    /// The language of most of it.
    pub(super) fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Languages it is read in.
    pub(super) fn tags(&self) -> &BTreeSet<String> {
        &self.tags
    }

    /// How long it is.
    pub(super) fn bytes(&self) -> u64 {
        match &self.kind {
            Kind::Text { text, .. } => text.len() as u64,
            Kind::Given { sentences, .. } => sentences
                .iter()
                .map(|sentence| sentence.text.len() as u64)
                .sum(),
        }
    }

    /// Parts it into pieces, always the same.
    pub(super) fn pieces(&self, annotator: &Annotator<'_>) -> Vec<Piece> {
        match &self.kind {
            Kind::Text { text, languages } => {
                let mut points = Points::new(text, 0, 0);
                annotator
                    .stretches(text, languages)
                    .into_iter()
                    .map(|stretch| {
                        let point = points.at(stretch.bytes().start);
                        Piece::Text(stretch, point)
                    })
                    .collect()
            }
            Kind::Given { sentences, .. } => {
                let mut pieces = Vec::new();
                let (mut start, mut words, mut bytes) = (0, 0, 0);
                for (at, sentence) in sentences.iter().enumerate() {
                    words += sentence.words.len();
                    bytes += sentence.text.len() as u64;
                    if words >= PIECE_WORDS || at + 1 == sentences.len() {
                        pieces.push(Piece::Given(start..at + 1, bytes));
                        (start, words, bytes) = (at + 1, 0, 0);
                    }
                }
                pieces
            }
        }
    }

    /// Annotates a piece and shows its sentences in order.
    pub(super) fn annotate(
        &self,
        annotator: &Annotator<'_>,
        piece: &Piece,
        hands: &mut Hands,
        show: &mut dyn FnMut(&Shown<'_>),
    ) {
        match (&self.kind, piece) {
            (Kind::Text { text, .. }, Piece::Text(stretch, point)) => {
                // Of short forms a text tells as far as a stretch goes.
                let made = annotator.annotate_stretch(text, stretch, &[], hands);
                let made = annotator.join(text, [made]);
                show_text(text, &made, stretch.bytes().start, *point, show);
            }
            (Kind::Given { sentences, tags }, Piece::Given(range, _)) => {
                for at in range.clone() {
                    let (Some(given), Some(tag)) = (sentences.get(at), tags.get(at)) else {
                        continue;
                    };
                    let made = annotator.annotate_given(std::slice::from_ref(given), tag, hands);
                    let Some(sentence) = made.sentences.first() else {
                        continue;
                    };
                    let start = sentence.span.range().start;
                    show(&Shown {
                        text: &given.text,
                        sentence,
                        names: &made.names,
                        acronyms: &made.acronyms,
                        point: Points::new(&given.text, 0, 0).at(start),
                        first: at == 0,
                        paragraph: false,
                        close: given.close,
                        given: Some((given, at + 1)),
                    });
                }
            }
            _ => {}
        }
    }
}

fn show_text(
    text: &str,
    made: &AnnotatedText,
    start: usize,
    point: usize,
    show: &mut dyn FnMut(&Shown<'_>),
) {
    let mut points = Points::new(text, start, point);
    let mut names: &[Name] = &made.names;
    for sentence in &made.sentences {
        let inside = names.partition_point(|name| name.span.start() < sentence.span.end());
        let (own, rest) = names.split_at(inside);
        names = rest;
        let Range { start, end } = sentence.span.range();
        let (first, paragraph) = opening(text.get(..start).unwrap_or_default());
        let next = text.get(end..).and_then(|rest| rest.chars().next());
        show(&Shown {
            text,
            sentence,
            names: own,
            acronyms: &made.acronyms,
            point: points.at(start),
            first,
            paragraph,
            close: next.is_some_and(|c| !c.is_whitespace()),
            given: None,
        });
    }
}

/// Whether nothing but blanks stands before, and whether a paragraph ended
/// there: with an empty line, as the annotator counts them.
fn opening(before: &str) -> (bool, bool) {
    let mut lines = 0;
    for c in before.chars().rev() {
        if !c.is_whitespace() {
            return (false, lines > 1);
        }
        lines += usize::from(c == '\n');
    }
    (true, true)
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

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn a_paragraph_begins_behind_an_empty_line() {
        assert_eq!(opening(""), (true, true));
        assert_eq!(opening(" \n"), (true, true));
        assert_eq!(opening("Fin.\n"), (false, false));
        assert_eq!(opening("Fin.\r\n \r\n"), (false, true));
    }
}
