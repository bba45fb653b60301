//! Times, amounts and other layers: read from a whole document once its sentences are
//! annotated, for a time leans on those before it.

use std::ops::Range;

use quipu_claims::claims::Told as Layers;
use quipu_claims::{DocumentInput, DocumentReader, Passages};
use quipu_model::time::Day;
use quipu_model::{AnnotatedText, Reading, Repaired, RepairedText, SourceId, Span, Transcript};
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
    /// Whether other layers are asked for.
    layers: bool,
}

/// A document whose sentences are on their way.
#[derive(Default)]
pub(super) struct Growing {
    start: usize,
    layers: AnnotatedText,
    bytes: usize,
}

/// What a whole document tells.
pub(super) struct Told {
    /// Times and amounts.
    pub(super) reading: Reading,
    /// What else it tells; nothing of a text that is too long.
    pub(super) layers: Layers,
}

impl Growing {
    /// Takes sentences and names whose places count in the text of the source.
    pub(super) fn add(&mut self, mut section: AnnotatedText) {
        let last = section.sentences.last();
        self.bytes = last.map_or(self.bytes, |last| last.span.range().end - self.start);
        if self.bytes > KEPT {
            self.layers = AnnotatedText::default();
        } else {
            self.layers.sentences.append(&mut section.sentences);
            self.layers.names.append(&mut section.names);
            self.layers.acronyms.append(&mut section.acronyms);
        }
    }
}

impl<'a> Expressions<'a> {
    pub(super) fn new(
        reader: DocumentReader,
        packs: &'a Packs,
        reference: Option<Day>,
        layers: bool,
    ) -> Self {
        Self {
            reader,
            packs,
            reference,
            layers,
        }
    }

    /// Reads the document that ends at `end`; the next one begins there. Places
    /// count in the text of the source.
    pub(super) fn read(&self, source: &Source<'_>, growing: &mut Growing, end: usize) -> Told {
        let Growing {
            start,
            mut layers,
            bytes,
        } = std::mem::replace(
            growing,
            Growing {
                start: end,
                ..Growing::default()
            },
        );
        let text = source.flowing().get(start..end).unwrap_or_default();
        move_back(&mut layers, start);
        let languages = if bytes > KEPT {
            source.languages(start..end)
        } else {
            Vec::new()
        };
        let mut reading = self.reader.read(&DocumentInput {
            text,
            annotated: Some(&layers),
            languages: &languages,
            reference: self.reference.or_else(|| self.own_day(text)),
            passages: None,
        });
        let mut told = if self.layers {
            self.layers(source, start..end, &layers, &reading)
        } else {
            Layers::default()
        };
        on(&mut reading, start);
        for tuple in &mut told.tuples {
            let spans = tuple.subject.iter_mut().chain(&mut tuple.relation);
            spans
                .chain(&mut tuple.arguments)
                .for_each(|span| forth(span, start));
        }
        for attribution in &mut told.attributions {
            let spans = attribution.source.iter_mut().chain(&mut attribution.cue);
            let spans = spans.chain(&mut attribution.content);
            spans.for_each(|span| forth(span, start));
        }
        for predicate in &mut told.predicates {
            forth(&mut predicate.span, start);
        }
        let mentions = told.chains.iter_mut().flat_map(|chain| &mut chain.mentions);
        mentions.for_each(|mention| forth(&mut mention.span, start));
        Told {
            reading,
            layers: told,
        }
    }

    fn layers(
        &self,
        source: &Source<'_>,
        part: Range<usize>,
        layers: &AnnotatedText,
        reading: &Reading,
    ) -> Layers {
        // Only the words are asked for: what is quoted is the text as it stands.
        let repaired = RepairedText::untouched(source.text().get(part).unwrap_or_default());
        let passages = Passages {
            source: SourceId::of(repaired.text.as_bytes()),
            transcript: &Transcript::default(),
            repaired: &repaired,
        };
        self.reader.told(&passages, layers, reading)
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

fn move_back(layers: &mut AnnotatedText, by: usize) {
    for sentence in &mut layers.sentences {
        back(&mut sentence.span, by);
        let tokens = sentence.tokens.iter_mut();
        tokens.for_each(|token| back(&mut token.span, by));
    }
    for name in &mut layers.names {
        back(&mut name.span, by);
        let beside = name.titles.iter_mut().chain(&mut name.aliases);
        beside.for_each(|span| back(span, by));
    }
    for acronym in &mut layers.acronyms {
        back(&mut acronym.short, by);
        back(&mut acronym.long, by);
    }
}

fn forth(span: &mut Span<Repaired>, by: usize) {
    let Range { start, end } = span.range();
    *span = Span::from_usize(start + by, end + by);
}

fn back(span: &mut Span<Repaired>, by: usize) {
    let range = span.range();
    *span = Span::from_usize(range.start.saturating_sub(by), range.end.saturating_sub(by));
}

/// Moves a reading that counts from a place to where the place counts from.
fn on(reading: &mut Reading, by: usize) {
    let moved = |span: &mut Span<Repaired>| forth(span, by);
    for time in &mut reading.times {
        moved(&mut time.span);
        time.value.anchored_on.iter_mut().for_each(moved);
    }
    for amount in &mut reading.amounts {
        moved(&mut amount.span);
        amount.unit_span.iter_mut().for_each(moved);
    }
}
