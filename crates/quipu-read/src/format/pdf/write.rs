//! Writes what was laid out onto the sheet of the reader.

use std::collections::BTreeMap;

use quipu_model::{BlockKind, MarkKind, Place, Rect, Span, Transcribed, ZoneKind};

use crate::draft::{Draft, DraftZone, Scribe};

use super::ink::{Frame, Point};
use super::lines::Line;
use super::page::{Laid, Rough};
use super::paragraphs::{Paragraph, Usual};
use super::remarks::{Over, What};
use super::table::Table;

/// The letter height of running text: that of most letters.
pub(super) fn usual<'a>(pages: impl Iterator<Item = &'a Rough>) -> Usual {
    let mut letters: BTreeMap<i32, usize> = BTreeMap::new();
    for line in pages.flat_map(Rough::all_lines) {
        #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
        let step = (line.em * 4.0).round() as i32;
        *letters.entry(step).or_default() += line.letters();
    }
    let most = letters.iter().max_by_key(|(step, count)| (**count, **step));
    #[expect(clippy::cast_precision_loss, reason = "a letter height")]
    let em = most.map_or(10.0, |(step, _)| *step as f32 / 4.0);
    Usual { em }
}

/// Words as they were written, with their boxes.
pub(super) type Placed = Vec<(Span<Transcribed>, Frame)>;

/// Writes the blocks of one page.
pub(super) fn page(scribe: &mut Scribe, draft: &mut Draft, blocks: Vec<Laid>) -> Placed {
    let mut placed = Vec::new();
    for block in blocks {
        match block {
            Laid::Text(block) => paragraph(scribe, draft, &block, &mut placed),
            Laid::Table(block) => table(scribe, &block, &mut placed),
        }
    }
    placed
}

/// Writes what lies over the page: links mark the words under them, remarks
/// and values become blocks of their own.
pub(super) fn over(scribe: &mut Scribe, placed: &Placed, over: &[Over]) {
    for Over { area, what } in over {
        let place = |label: Option<String>| Place {
            page: None,
            area: Some(rect(*area)),
            label,
        };
        match what {
            What::Link(address) => {
                let mut linked: Option<Span<Transcribed>> = None;
                for (span, word) in placed {
                    let middle = Point {
                        x: f32::midpoint(word.left, word.right),
                        y: f32::midpoint(word.top, word.bottom),
                    };
                    if !area.holds(middle) {
                        continue;
                    }
                    // One mark for words that follow each other, else several.
                    linked = match linked {
                        Some(before) if span.start() <= before.end() + 2 => {
                            Some(before.join(*span))
                        }
                        Some(before) => {
                            link(scribe, before, address);
                            Some(*span)
                        }
                        None => Some(*span),
                    };
                }
                if let Some(span) = linked {
                    link(scribe, span, address);
                }
            }
            What::Remark { words, by, at } => {
                let label = match (by, at) {
                    (Some(by), Some(at)) => Some(format!("{by}, {at}")),
                    (by, at) => by.clone().or_else(|| at.clone()),
                };
                scribe.block(BlockKind::Comment, place(label), words);
            }
            What::Value { field, words } => {
                scribe.block(BlockKind::Paragraph, place(field.clone()), words);
            }
        }
    }
}

fn link(scribe: &mut Scribe, span: Span<Transcribed>, address: &str) {
    scribe.mark(span, MarkKind::Link, None, None, Some(address.to_owned()));
}

fn paragraph(scribe: &mut Scribe, draft: &mut Draft, paragraph: &Paragraph, placed: &mut Placed) {
    scribe.begin_block(paragraph.kind, place(&paragraph.lines));
    for (at, line) in paragraph.lines.iter().enumerate() {
        if at > 0 {
            scribe.push("\n");
        }
        words(scribe, line, placed);
    }
    let Some(span) = scribe.end_block() else {
        return;
    };
    match paragraph.kind {
        BlockKind::PageHeader | BlockKind::PageFooter => draft.zones.push(DraftZone {
            span,
            kind: ZoneKind::PageFurniture,
            rule: "pdf.furniture.repeated-at-the-edge".to_owned(),
        }),
        BlockKind::Hidden => scribe.mark(span, MarkKind::Hidden, None, None, None),
        _ => {}
    }
}

fn table(scribe: &mut Scribe, table: &Table, placed: &mut Placed) {
    scribe.begin_table(None);
    for (number, row) in (1..).zip(&table.rows) {
        let all: Vec<Line> = row
            .cells
            .iter()
            .flat_map(|cell| cell.lines.iter().cloned())
            .collect();
        if all.is_empty() {
            continue;
        }
        scribe.begin_row(number, place(&all));
        for cell in &row.cells {
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            scribe.begin_cell(count(cell.column), count(cell.columns), cell.heading);
            for (at, line) in cell.lines.iter().enumerate() {
                if at > 0 {
                    scribe.push(" ");
                }
                words(scribe, line, placed);
            }
        }
        scribe.end_row();
    }
    scribe.end_table();
}

fn words(scribe: &mut Scribe, line: &Line, placed: &mut Placed) {
    for (at, word) in line.words.iter().enumerate() {
        if at > 0 && !word.glued {
            scribe.push(" ");
        }
        let span = scribe.word(&word.text, rect(word.area));
        placed.push((span, word.area));
        // A small raised number after a word is the sign of a note.
        if word.glued
            && at > 0
            && word.em < line.em * 0.8
            && word.base < line.base - line.em * 0.15
            && word.text.chars().count() <= 3
            && word
                .text
                .chars()
                .all(|c| c.is_ascii_digit() || "*†‡".contains(c))
        {
            scribe.mark(
                span,
                MarkKind::NoteReference,
                None,
                None,
                Some(word.text.clone()),
            );
        }
    }
}

fn place(lines: &[Line]) -> Place {
    Place {
        page: None,
        area: lines
            .iter()
            .map(|line| line.area)
            .reduce(Frame::join)
            .map(rect),
        label: None,
    }
}

fn rect(area: Frame) -> Rect {
    Rect::from_points(area.left, area.top, area.width(), area.height())
}
