//! Why a predicate gave no claim of a kind: for whoever writes frames.

use std::fmt;

use quipu_model::span::{Repaired, Span};

use super::frames::Lack;
use super::predication::{Predication, Use};
use super::{ClaimReader, ClaimsInput, ReadSentence};

/// Frames that know a word and do not fit, told at most for one predicate.
const FRAMES_TOLD: usize = 3;

/// Words from which no claim of a kind was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The sentence they stand in.
    pub sentence: Span<Repaired>,
    /// The predicate; the sentence itself where it has none.
    pub span: Span<Repaired>,
    /// Whether it is a claim nevertheless, of no kind.
    pub open: bool,
    /// Why.
    pub why: Why,
}

/// Why no claim of a kind was read. As text it is one plain sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// No pack has frames for the language, which is this.
    NoFrames(String),
    /// Nothing in the sentence says anything of anybody.
    NoPredicate,
    /// It only brings the predicate behind it.
    Brings,
    /// What it says stands in its clause; its subject answers for that.
    Says,
    /// It is asked, wished, a purpose or a formula, or another word has its meaning.
    Idle,
    /// No frame knows its lemma, which is this.
    Unknown(String),
    /// Frames know its lemma, but lack something here: their names and what.
    Lacks(String, Vec<(String, Lack)>),
    /// A frame fits, but too little is told to be a claim.
    TooLittle(String),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFrames(tag) => write!(
                f,
                "there are no frames for the language `{tag}` (languages/{tag}/claims)"
            ),
            Self::NoPredicate => f.write_str("it has no predicate"),
            Self::Brings => f.write_str("it only brings the predicate behind it"),
            Self::Says => f.write_str("what it says is the claim, and its subject answers for it"),
            Self::Idle => {
                f.write_str("it is asked, wished or a formula, or another word has its meaning")
            }
            Self::Unknown(lemma) => write!(f, "no frame knows `{lemma}`"),
            Self::Lacks(lemma, frames) => {
                write!(f, "frames know `{lemma}`, but ")?;
                for (i, (frame, lack)) in frames.iter().take(FRAMES_TOLD).enumerate() {
                    write!(f, "{}{frame} {lack}", if i == 0 { "" } else { "; " })?;
                }
                match frames.len().saturating_sub(FRAMES_TOLD) {
                    0 => Ok(()),
                    more => write!(f, "; {more} more"),
                }
            }
            Self::TooLittle(frame) => write!(f, "{frame} fits, but too little is told here"),
        }
    }
}

impl ClaimReader {
    /// What of a text gave no claim of a kind, and why, in the order of the
    /// sentences. It reads every sentence once more.
    #[must_use]
    pub fn unread(&self, input: &ClaimsInput<'_>) -> Vec<Unread> {
        let mut all = Vec::new();
        let layers = input.layers();
        let references = self.references(input);
        for sentence in &input.annotated.sentences {
            let whole = |why| Unread {
                sentence: sentence.span,
                span: sentence.span,
                open: false,
                why,
            };
            let Some(frames) = self.frames(sentence) else {
                all.push(whole(Why::NoFrames(sentence.language.clone())));
                continue;
            };
            let read = ReadSentence::new(&layers, sentence, frames, &references);
            if read.predications.is_empty() {
                all.push(whole(Why::NoPredicate));
            }
            for (place, predication) in read.predications.iter().enumerate() {
                if let Some(why) = read.why(input, place, predication) {
                    all.push(Unread {
                        sentence: sentence.span,
                        span: read.tree.letters[predication.token],
                        open: read.stands[place],
                        why,
                    });
                }
            }
        }
        all
    }
}

impl ReadSentence<'_> {
    /// Why a predication gives no claim of a kind; `None` where it gives one.
    fn why(&self, input: &ClaimsInput<'_>, place: usize, predication: &Predication) -> Option<Why> {
        let fit = self.fits.get(place).and_then(Option::as_ref);
        match (predication.role, fit) {
            (Use::Brings, _) => Some(Why::Brings),
            (Use::Says, _) => Some(Why::Says),
            (Use::Idle, _) => Some(Why::Idle),
            (_, Some(fit)) => {
                let frame = self.frames.frames.get(fit.frame)?;
                (!self.stands[place]).then(|| Why::TooLittle(frame.name.clone()))
            }
            (_, None) => {
                let lacks = self.frames.lacks(&self.tree, input.amounts, predication);
                let lemma = predication.lemma.clone();
                Some(if lacks.is_empty() {
                    Why::Unknown(lemma)
                } else {
                    Why::Lacks(lemma, lacks)
                })
            }
        }
    }
}
