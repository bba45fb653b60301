//! Times and amounts: read from a whole document once its sentences are
//! annotated, for a time leans on those before it.

use std::ops::Range;

use quipu_claims::{DocumentInput, DocumentReader};
use quipu_model::time::Day;
use quipu_model::{AnnotatedText, Reading, Repaired, Sentence, Span};
use quipu_packs::Packs;
use quipu_read::{Format, Input, Silent, Tools};

use super::source::Source;

/// Annotation of one document that is kept until its end, in bytes of text.
/// Beyond it times and amounts are read by the words alone.
const KEPT: usize = 4 << 20;

/// At the head of a text its own date is looked for, in bytes.
const HEAD: usize = 64 << 10;

/// What times and amounts are read with.
pub(super) struct Expressions<'a> {
    reader: DocumentReader,
    packs: &'a Packs,
    /// The day that was said on the command line.
    reference: Option<Day>,
}

/// A document whose sentences are on their way.
#[derive(Default)]
pub(super) struct Growing {
    start: usize,
    sentences: Vec<Sentence>,
    bytes: usize,
}

impl Growing {
    /// Takes sentences whose places count in the text of the source.
    pub(super) fn add(&mut self, sentences: Vec<Sentence>) {
        self.bytes = sentences
            .last()
            .map_or(self.bytes, |last| last.span.range().end - self.start);
        if self.bytes > KEPT {
            self.sentences = Vec::new();
        } else {
            self.sentences.extend(sentences);
        }
    }
}

impl<'a> Expressions<'a> {
    pub(super) fn new(reader: DocumentReader, packs: &'a Packs, reference: Option<Day>) -> Self {
        Self {
            reader,
            packs,
            reference,
        }
    }

    /// Reads the document that ends at `end`; the next one begins there. Places
    /// count in the text of the source.
    pub(super) fn read(&self, source: &Source<'_>, growing: &mut Growing, end: usize) -> Reading {
        let Growing {
            start,
            mut sentences,
            bytes,
        } = std::mem::replace(
            growing,
            Growing {
                start: end,
                ..Growing::default()
            },
        );
        let text = source.flowing().get(start..end).unwrap_or_default();
        for sentence in &mut sentences {
            back(&mut sentence.span, start);
            let tokens = sentence.tokens.iter_mut();
            tokens.for_each(|token| back(&mut token.span, start));
        }
        let languages = if bytes > KEPT {
            source.languages(start..end)
        } else {
            Vec::new()
        };
        let annotated = AnnotatedText {
            sentences,
            ..AnnotatedText::default()
        };
        let mut reading = self.reader.read(&DocumentInput {
            text,
            annotated: Some(&annotated),
            languages: &languages,
            reference: self.reference.or_else(|| self.own_day(text)),
            passages: None,
        });
        on(&mut reading, start);
        reading
    }

    /// The date at the head of a text, as the reader of documents finds it.
    fn own_day(&self, text: &str) -> Option<Day> {
        let mut end = text.len().min(HEAD);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let tools = Tools {
            packs: self.packs,
            ocr: None,
            limits: quipu_read::Limits::default(),
        };
        let input = Input {
            bytes: text.get(..end)?.as_bytes(),
            name: "",
        };
        let document = quipu_read::read_as(Format::Text, &input, &tools, &mut Silent::default());
        quipu_pipeline::own_day(&document)
    }
}

fn back(span: &mut Span<Repaired>, by: usize) {
    let range = span.range();
    *span = Span::from_usize(range.start.saturating_sub(by), range.end.saturating_sub(by));
}

/// Moves a reading that counts from a place to where the place counts from.
fn on(reading: &mut Reading, by: usize) {
    let moved = |span: &mut Span<Repaired>| {
        let Range { start, end } = span.range();
        *span = Span::from_usize(start + by, end + by);
    };
    for time in &mut reading.times {
        moved(&mut time.span);
        time.value.anchored_on.iter_mut().for_each(moved);
    }
    for amount in &mut reading.amounts {
        moved(&mut amount.span);
        amount.unit_span.iter_mut().for_each(moved);
    }
}
