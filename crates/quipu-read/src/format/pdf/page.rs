//! One page, from its ink to pieces in the order of reading.

use std::collections::BTreeSet;

use super::columns;
use super::furniture::Furniture;
use super::grid;
use super::ink::{Frame, Ink, Shown};
use super::lines::{Line, lines};
use super::paragraphs::{Paragraph, Usual, mark_footnotes, paragraphs};
use super::table::{Piece, Table, pieces};
use super::words::{Sheet, Turn, Word, sheets};

use quipu_model::BlockKind;

/// A page before it is known what repeats on others.
pub(super) struct Rough {
    pub(super) unmapped: u32,
    pub(super) guessed: bool,
    pub(super) full: bool,
    glyphs: usize,
    /// How much of the page pictures cover, 0 to 1.
    pictured: f32,
    /// Shapes drawn on it.
    shapes: u32,
    /// The words seen, direction by direction; the first is the page's own.
    sheets: Vec<RoughSheet>,
    /// Whether the words come from an invisible layer under a scan.
    pub(super) from_layer: bool,
    /// Words the page does not show.
    pub(super) hidden: Vec<Line>,
}

struct RoughSheet {
    lines: Vec<Line>,
    tables: Vec<Table>,
    levels: Vec<grid::Level>,
    /// Top and bottom of the page in the frame of the text.
    top: f32,
    bottom: f32,
}

/// A block ready to be written.
pub(super) enum Laid {
    Text(Paragraph),
    Table(Table),
}

impl Rough {
    pub(super) fn of(ink: &Ink) -> Self {
        let mut shown: Vec<Sheet> = Vec::new();
        let mut layer: Vec<Sheet> = Vec::new();
        let mut outside: Vec<Sheet> = Vec::new();
        for sheet in sheets(ink) {
            match sheet.shown {
                Shown::Yes => shown.push(sheet),
                Shown::Invisible => layer.push(sheet),
                Shown::Outside => outside.push(sheet),
            }
        }
        let count = |sheets: &[Sheet]| sheets.iter().map(|sheet| sheet.words.len()).sum::<usize>();
        let from_layer = count(&layer) > 4 && count(&layer) > count(&shown) * 3;
        if from_layer {
            layer.append(&mut shown);
            shown = layer;
        } else {
            // Invisible copies of visible words say nothing new.
            let inked: BTreeSet<(i32, i32)> = shown
                .iter()
                .flat_map(|sheet| &sheet.words)
                .flat_map(|word| spots(word.area))
                .collect();
            for sheet in &mut layer {
                sheet
                    .words
                    .retain(|word| !spots(word.area).any(|spot| inked.contains(&spot)));
            }
            outside.append(&mut layer);
        }
        let page = Frame {
            left: 0.0,
            top: 0.0,
            right: ink.width,
            bottom: ink.height,
        };
        let sheets = shown.into_iter().map(|sheet| {
            let turn = Turn::new(sheet.degrees);
            let (lying, standing) = grid::levels(&ink.rules, &turn);
            let mut words = sheet.words;
            let tables = grid::take(&mut words, &lying, &standing);
            let extent = turn.frame(page);
            RoughSheet {
                lines: lines(words),
                tables,
                levels: lying,
                top: extent.top,
                bottom: extent.bottom,
            }
        });
        let covered: f32 = ink
            .pictures
            .iter()
            .map(|p| p.width().max(0.0) * p.height().max(0.0))
            .sum();
        Self {
            unmapped: ink.unmapped,
            guessed: ink.guessed,
            shapes: ink.shapes,
            full: ink.full,
            glyphs: ink.glyphs.len(),
            pictured: covered / (ink.width * ink.height).max(1.0),
            sheets: sheets.collect(),
            from_layer,
            hidden: outside
                .into_iter()
                .flat_map(|sheet| lines(sheet.words))
                .collect(),
        }
    }

    /// The lines by which running heads and feet are told.
    pub(super) fn edge_lines(&self) -> &[Line] {
        self.sheets.first().map_or(&[], |sheet| &sheet.lines)
    }

    /// All lines seen.
    pub(super) fn all_lines(&self) -> impl Iterator<Item = &Line> {
        self.sheets.iter().flat_map(|sheet| &sheet.lines)
    }

    /// Whether nothing can be read on the page as text.
    pub(super) fn is_empty(&self) -> bool {
        self.sheets
            .iter()
            .all(|sheet| sheet.lines.is_empty() && sheet.tables.is_empty())
    }

    /// Whether the words of the page, if it has any, stand in a picture: a scan,
    /// letters drawn as shapes, or letters of which the file does not say what
    /// they are.
    pub(super) fn is_pictured(&self) -> bool {
        let letters: usize = self.all_lines().map(Line::letters).sum();
        if self.is_empty() {
            return self.pictured > 0.02 || self.shapes > 40;
        }
        if self.from_layer {
            return false;
        }
        let unmapped = self.unmapped as usize * 2 > self.glyphs.max(1);
        unmapped || (self.pictured > 0.6 && letters < 80)
    }

    /// Lays the page out in the order of reading.
    pub(super) fn lay(self, furniture: &Furniture, usual: Usual) -> Vec<Laid> {
        let mut laid = Vec::new();
        for (at, sheet) in self.sheets.into_iter().enumerate() {
            if at == 0 {
                sheet.lay(furniture, usual, &mut laid);
            } else {
                sheet.lay(&Furniture::default(), usual, &mut laid);
            }
        }
        for line in self.hidden {
            laid.push(Laid::Text(Paragraph {
                kind: BlockKind::Hidden,
                lines: vec![line],
            }));
        }
        laid
    }
}

impl RoughSheet {
    fn lay(self, furniture: &Furniture, usual: Usual, laid: &mut Vec<Laid>) {
        let parted = furniture.part(self.lines, self.top, self.bottom);
        let mut tables: Vec<Option<Table>> = self.tables.into_iter().map(Some).collect();
        laid.extend(edge(parted.head, BlockKind::PageHeader));
        let mut body: Vec<Laid> = Vec::new();
        for area in columns::areas(parted.body) {
            let mut text: Vec<Line> = Vec::new();
            for line in area {
                let (marks, words): (Vec<Word>, Vec<Word>) = line
                    .words
                    .into_iter()
                    .partition(|word| word.table.is_some());
                text.extend(Line::of(words));
                for table in marks.iter().filter_map(|mark| mark.table) {
                    let text = std::mem::take(&mut text);
                    column(text, &self.levels, usual, &mut body);
                    if let Some(table) = tables.get_mut(table).and_then(Option::take) {
                        body.push(Laid::Table(table));
                    }
                }
            }
            column(text, &self.levels, usual, &mut body);
        }
        let foot = self.top + (self.bottom - self.top) * 0.4;
        let mut texts: Vec<&mut Paragraph> = body
            .iter_mut()
            .filter_map(|piece| match piece {
                Laid::Text(paragraph) => Some(paragraph),
                Laid::Table(_) => None,
            })
            .collect();
        mark_footnotes(&mut texts, usual, foot);
        laid.append(&mut body);
        laid.extend(edge(parted.foot, BlockKind::PageFooter));
    }
}

fn edge(lines: Vec<Line>, kind: BlockKind) -> impl Iterator<Item = Laid> {
    lines.into_iter().map(move |line| {
        Laid::Text(Paragraph {
            kind,
            lines: vec![line],
        })
    })
}

fn column(lines: Vec<Line>, levels: &[grid::Level], usual: Usual, laid: &mut Vec<Laid>) {
    for piece in pieces(lines, levels) {
        match piece {
            Piece::Text(lines) => {
                let mut made = paragraphs(lines, usual).into_iter();
                if let Some(first) = made.next() {
                    // A sentence cut by the end of a column goes on in the next.
                    match laid.last_mut() {
                        Some(Laid::Text(last)) if last.goes_on_in(&first) => {
                            last.lines.extend(first.lines);
                        }
                        _ => laid.push(Laid::Text(first)),
                    }
                }
                laid.extend(made.map(Laid::Text));
            }
            Piece::Table(table) => laid.push(Laid::Table(table)),
        }
    }
}

/// The fields of a coarse net that a box touches along its middle.
fn spots(area: Frame) -> impl Iterator<Item = (i32, i32)> {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
    let step = |points: f32| (points / 6.0).floor() as i32;
    let row = step(f32::midpoint(area.top, area.bottom));
    (step(area.left)..=step(area.right))
        .take(400)
        .map(move |column| (column, row))
}
