//! Makes the record of a source from what the archive holds.

use quipu_model::span::CodePoints;
use quipu_model::{Repaired, Span, Transcribed};

use super::{
    BlockRecord, CellRecord, EditRecord, FieldRecord, KinRecord, MarkRecord, NoticeRecord,
    PageRecord, RecordView, RowRecord, SentenceRecord, TableRecord, ZoneRecord,
};
use crate::points::Points;
use crate::shelf::Held;
use crate::view::expression::Expressions;

/// Spans of both texts as code points of the repaired one. Each list of spans
/// ascends, so one walk serves it.
struct Places<'a> {
    walk: CodePoints<'a>,
    held: &'a Held,
}

impl<'a> Places<'a> {
    const fn new(held: &'a Held) -> Self {
        Self {
            walk: CodePoints::new(held.document.repaired.text.as_str()),
            held,
        }
    }

    fn repaired(&mut self, span: Span<Repaired>) -> (usize, usize) {
        let range = span.range();
        (self.walk.at(range.start), self.walk.at(range.end))
    }

    fn transcribed(&mut self, span: Span<Transcribed>) -> (usize, usize) {
        let span = self.held.document.repaired.map.to_repaired(span);
        self.repaired(span)
    }
}

/// The record of a source.
#[must_use]
pub fn record_view(held: &Held) -> RecordView<'_> {
    let document = &held.document;
    let (transcript, repaired) = (&document.transcript, &document.repaired);
    let at = || Places::new(held);
    let kin = |kin: &'_ crate::shelf::Kin| kin.source.hex();
    let fields = document.fields.iter().map(|field| {
        let place = field.span.map(|span| at().repaired(span));
        FieldRecord {
            name: &field.name,
            value: &field.value,
            as_written: &field.as_written,
            start: place.map(|place| place.0),
            end: place.map(|place| place.1),
            origin: field.origin.word(),
            rule: &field.rule,
        }
    });
    let mut place = at();
    let pages = transcript.pages.iter().map(|page| {
        let (start, end) = place.transcribed(page.span);
        let (width, height, confidence) = (page.width, page.height, page.confidence);
        PageRecord {
            number: page.number,
            start,
            end,
            width,
            height,
            origin: page.origin.word(),
            confidence,
        }
    });
    let pages = pages.collect();
    let mut place = at();
    let blocks = transcript.blocks.iter().map(|block| {
        let (start, end) = place.transcribed(block.span);
        BlockRecord {
            kind: block.kind.word(),
            start,
            end,
            page: block.place.page,
        }
    });
    let blocks = blocks.collect();
    let mut place = at();
    let edits = repaired.map.edits().iter().map(|edit| {
        let (start, end) = place.repaired(edit.repaired);
        let as_read = edit.transcribed.of(&transcript.text).unwrap_or_default();
        EditRecord {
            start,
            end,
            as_read,
            kind: edit.kind.word(),
            rule: &edit.rule,
        }
    });
    let edits = edits.collect();
    let mut place = at();
    let zones = document.zones.iter().map(|zone| {
        let (start, end) = place.repaired(zone.span);
        ZoneRecord {
            kind: zone.kind.word(),
            start,
            end,
            rule: &zone.rule,
        }
    });
    let zones = zones.collect();
    let mut place = at();
    let marks = transcript.marks.iter().map(|mark| {
        let (start, end) = place.transcribed(mark.span);
        MarkRecord {
            kind: mark.kind.word(),
            start,
            end,
            by: mark.by.as_deref(),
            at: mark.at.as_deref(),
            target: mark.target.as_deref(),
        }
    });
    let marks = marks.collect();
    let mut place = at();
    let sentences = document.sentences.iter().map(|sentence| {
        let (start, end) = place.repaired(sentence.span);
        SentenceRecord {
            start,
            end,
            language: sentence.language.as_deref(),
        }
    });
    let sentences = sentences.collect();
    let points = Points::new(&repaired.text);
    let expressions = Expressions {
        reading: &held.reading,
        text: &repaired.text,
        place: &|span| {
            let range = span.range();
            (points.at(range.start), points.at(range.end))
        },
        section_of: &|_| None,
    };
    let whole = Span::from_usize(0, repaired.text.len());
    let all = document.notices.iter().chain(&held.reading.notices);
    let notices = all.map(|notice| NoticeRecord {
        level: notice.level.word(),
        code: &notice.code,
        message: &notice.message,
        next_step: notice.next_step.as_deref(),
        page: notice.page,
    });
    RecordView {
        source: held.source.hex(),
        bytes: held.bytes,
        media_type: &document.media_type,
        paths: &held.paths,
        inside: held
            .inside
            .iter()
            .map(|one| KinRecord {
                source: kin(one),
                name: &one.name,
            })
            .collect(),
        parts: held
            .parts
            .iter()
            .map(|one| KinRecord {
                source: kin(one),
                name: &one.name,
            })
            .collect(),
        languages: languages(held),
        reader: &transcript.reader,
        text: &repaired.text,
        fields: fields.collect(),
        pages,
        blocks,
        tables: tables(held, &expressions),
        edits,
        zones,
        marks,
        sentences,
        times: expressions.times(whole),
        amounts: expressions.amounts(whole),
        notices: notices.collect(),
    }
}

fn tables<'a>(held: &'a Held, expressions: &Expressions<'_>) -> Vec<TableRecord<'a>> {
    let text = held.document.repaired.text.as_str();
    let mut place = Places::new(held);
    let tables = held.document.transcript.tables.iter().map(|table| {
        let rows = table.rows.iter().map(|row| {
            let cells = row.cells.iter().map(|cell| {
                let span = held.document.repaired.map.to_repaired(cell.span);
                let (start, end) = place.repaired(span);
                CellRecord {
                    column: cell.column,
                    columns: cell.columns,
                    heading: cell.heading,
                    text: span.of(text).unwrap_or_default(),
                    start,
                    end,
                }
            });
            let span = held.document.repaired.map.to_repaired(row.span);
            RowRecord {
                number: row.number,
                cells: cells.collect(),
                times: expressions.times(span),
                amounts: expressions.amounts(span),
            }
        });
        TableRecord {
            name: table.name.as_deref(),
            page: table.page,
            rows: rows.collect(),
        }
    });
    tables.collect()
}

fn languages(held: &Held) -> Vec<&str> {
    let mut counts: Vec<(usize, &str)> = Vec::new();
    for sentence in &held.document.sentences {
        let Some(language) = sentence.language.as_deref() else {
            continue;
        };
        let letters = sentence.span.len() as usize;
        match counts.iter_mut().find(|(_, tag)| *tag == language) {
            Some((count, _)) => *count += letters,
            None => counts.push((letters, language)),
        }
    }
    counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    counts.into_iter().map(|(_, tag)| tag).collect()
}
