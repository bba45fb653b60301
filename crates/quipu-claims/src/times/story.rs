//! The document around a time: its own day, the story so far, the tense.

use quipu_model::span::{Repaired, Span};
use quipu_model::time::Day;
use quipu_model::{AnnotatedText, Sentence};
use quipu_packs::DateOrder;

use crate::patterns::sides::in_class;

use super::TimeMachine;
use super::known::{Known, Origin};
use super::meaning::Unit;

/// How to decide what the words leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Undecided {
    /// It stays open, with the bounds that are known.
    #[default]
    StaysOpen,
    /// For callers that must have one day: the last one before the reference
    /// date, with "last" and "next" counted in whole units of the calendar.
    TakesEarlier,
    /// The same, but the first one from the reference date on.
    TakesLater,
}

/// Where the story has come to.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    pub(crate) first: Day,
    pub(crate) last: Day,
    pub(crate) grain: Unit,
    pub(crate) span: Span<Repaired>,
    pub(crate) year_said: bool,
}

/// What a time is read against.
#[derive(Debug)]
pub(crate) struct Story<'a> {
    pub(crate) text: &'a str,
    pub(crate) annotated: Option<&'a AnnotatedText>,
    pub(crate) machine: &'a TimeMachine,
    pub(crate) reference: Option<Day>,
    pub(crate) undecided: Undecided,
    pub(crate) order: DateOrder,
    /// The last times of the story, oldest first.
    pub(crate) recent: Vec<Anchor>,
    /// The first day of a time with its year, to which this one is joined: "July
    /// or August 1962".
    pub(crate) year_ahead: Option<Day>,
    /// The time that is being read.
    pub(crate) here: Span<Repaired>,
}

/// A date without a year leans on the story only if it is so near, in bytes.
const STORY_REACH: u32 = 2000;
/// Times within so many bytes are of one thread.
const CLOSE_REACH: usize = 300;
/// So far back, in bytes, a quotation may have begun.
const QUOTED_REACH: usize = 600;
/// So near before a sentence a time stands beside it.
const BESIDE_REACH: usize = 60;
/// So many times back the story is remembered.
const RECENT_MAX: usize = 6;
/// How far the words that tell the tense may stand.
pub(super) const TENSE_REACH: usize = 240;

impl Story<'_> {
    pub(crate) fn reference_origin() -> Origin {
        Origin {
            reference: true,
            words: None,
        }
    }

    /// The last time of the story, if it is near enough to lean on.
    pub(crate) fn near(&self) -> Option<&Anchor> {
        let near =
            |anchor: &&Anchor| self.here.start().saturating_sub(anchor.span.end()) <= STORY_REACH;
        let recent = self.recent.iter().rev();
        recent.take_while(near).find(|anchor| anchor.year_said)
    }

    /// Whether a time stands so near that what follows surely goes on from it.
    pub(crate) fn is_close(&self, anchor: &Anchor) -> bool {
        let between = self
            .text
            .get(anchor.span.range().end..self.here.range().start)
            .unwrap_or_default();
        between.len() <= CLOSE_REACH && !between.contains("\n\n")
    }

    /// Whether a time stands in the same sentence, or ends the one before.
    pub(crate) fn is_beside(&self, anchor: &Anchor) -> bool {
        let sentence = self.sentence_around(self.here);
        anchor.span.range().end + BESIDE_REACH >= sentence.start && self.is_close(anchor)
    }

    /// Whether the words of a time name a weekday.
    pub(crate) fn names_weekday(&self, span: Span<Repaired>) -> bool {
        let words = span.of(self.text).unwrap_or_default();
        let mut words = words.split(|c: char| !c.is_alphabetic());
        words.any(|word| in_class(self.machine, word, self.machine.own.weekday))
    }

    /// Whether a place lies within a quotation that began in its own paragraph.
    fn is_quoted(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let from = floor(before, before.len().saturating_sub(QUOTED_REACH));
        let before = &before[from..];
        let paragraph = before.rfind("\n\n").map_or(before, |at| &before[at..]);
        let last = |marks: [char; 2]| paragraph.rfind(marks);
        last(['«', '“']) > last(['»', '”']) || paragraph.matches('"').count() % 2 == 1
    }

    /// Whether only a comma or a bracket stands between, and perhaps a small word.
    pub(crate) fn is_beside_by_comma(&self, anchor: &Anchor) -> bool {
        let gap = self
            .text
            .get(anchor.span.range().end..self.here.range().start)
            .unwrap_or_default();
        let rest = gap.trim().strip_prefix([',', '(']);
        rest.is_some_and(|rest| rest.trim().chars().count() <= 2)
    }

    /// Takes a time into the story.
    pub(crate) fn go_on(&mut self, known: &Known, span: Span<Repaired>) {
        // What somebody is quoted to have said has a now of its own.
        let relative = known.origin != Origin::default();
        if relative && self.is_quoted(span.range().start) {
            return;
        }
        let ends = known
            .named
            .or_else(|| Some((known.first?, known.last?, known.grain)));
        if let Some((first, last, grain)) = ends {
            if self.recent.len() == RECENT_MAX {
                self.recent.remove(0);
            }
            self.recent.push(Anchor {
                first,
                last,
                grain,
                span,
                year_said: known.year_said,
            });
        }
    }

    /// Whether the word that starts here can be a name of a thing; without an
    /// annotation any word can.
    pub(crate) fn may_name(&self, start: usize) -> bool {
        let (Some(annotated), Ok(start)) = (self.annotated, u32::try_from(start)) else {
            return true;
        };
        let sentences = &annotated.sentences;
        let at = sentences.partition_point(|other| other.span.end() <= start);
        let tokens = sentences
            .get(at)
            .map_or(&[][..], |sentence| &sentence.tokens);
        let token = tokens.iter().find(|token| token.span.start() == start);
        token.is_none_or(|token| token.upos == "NOUN" || token.upos == "PROPN")
    }

    /// The sentence around a time, as far as it reaches; without an annotation
    /// from one full stop or line to the next.
    pub(crate) fn sentence_around(&self, span: Span<Repaired>) -> std::ops::Range<usize> {
        let annotated = self.annotated.map(|annotated| {
            let sentences = &annotated.sentences;
            sentences.get(sentences.partition_point(|other| other.span.end() <= span.start()))
        });
        if let Some(Some(sentence)) = annotated {
            return sentence.span.range();
        }
        let range = span.range();
        let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n');
        let before = self.text.get(..range.start).unwrap_or_default();
        let from = floor(before, before.len().saturating_sub(TENSE_REACH));
        let start = before[from..].rfind(ends).map_or(from, |at| from + at + 1);
        let after = self.text.get(range.end..).unwrap_or_default();
        let after = &after[..floor(after, TENSE_REACH.min(after.len()))];
        start..range.end + after.find(ends).unwrap_or(after.len())
    }

    /// The annotated sentence around the time that is being read.
    pub(crate) fn sentence(&self) -> Option<&Sentence> {
        let sentences = &self.annotated?.sentences;
        let at = sentences.partition_point(|other| other.span.end() <= self.here.start());
        sentences
            .get(at)
            .filter(|sentence| sentence.span.overlaps(self.here))
    }
}

pub(super) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
