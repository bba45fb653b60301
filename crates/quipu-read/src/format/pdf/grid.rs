//! Tables drawn with lines on all sides: the lines say what a cell is.

use super::ink::{Frame, Rule};
use super::lines::{Line, lines};
use super::table::{Cell, Row, Table, mark_headings};
use super::words::{Turn, Word};

/// Lines that end within this many points of each other meet.
const TOUCH: f32 = 3.0;
/// Cells of one grid.
const CELLS_MAX: usize = 20_000;
/// Crossings looked at on one page.
const CROSSINGS_MAX: usize = 4_000_000;

/// A straight ruling line in the frame of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    /// Where it lies: down for one that lies, along for one that stands.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// The ruling lines of a page: those that lie and those that stand in the
/// frame of the text, pieces joined.
pub(super) fn levels(rules: &[Rule], turn: &Turn) -> (Vec<Level>, Vec<Level>) {
    let (mut lying, mut standing) = (Vec::new(), Vec::new());
    for rule in rules {
        let frame: Frame = turn.frame(rule.frame);
        if frame.width() >= frame.height() {
            lying.push(Level {
                at: f32::midpoint(frame.top, frame.bottom),
                from: frame.left,
                to: frame.right,
            });
        } else {
            standing.push(Level {
                at: f32::midpoint(frame.left, frame.right),
                from: frame.top,
                to: frame.bottom,
            });
        }
    }
    (joined(lying), joined(standing))
}

fn joined(mut levels: Vec<Level>) -> Vec<Level> {
    levels.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut done: Vec<Level> = Vec::new();
    for level in levels {
        let touching = done.iter_mut().rev().take(64).find(|other| {
            (other.at - level.at).abs() < 1.5
                && level.from <= other.to + TOUCH
                && other.from <= level.to + TOUCH
        });
        match touching {
            Some(other) => {
                other.from = other.from.min(level.from);
                other.to = other.to.max(level.to);
            }
            None => done.push(level),
        }
    }
    done
}

/// Takes the words of every grid out of `words` and gives the tables; a word
/// without letters stays in the place of each.
pub(super) fn take(words: &mut Vec<Word>, lying: &[Level], standing: &[Level]) -> Vec<Table> {
    let mut tables = Vec::new();
    if lying.len() < 2 || standing.len() < 3 || lying.len() * standing.len() > CROSSINGS_MAX {
        return tables;
    }
    for (rows, columns) in webs(lying, standing) {
        let (tops, lefts) = (places(&rows), places(&columns));
        let cells = tops.len().saturating_sub(1) * lefts.len().saturating_sub(1);
        if tops.len() < 2 || lefts.len() < 3 || cells > CELLS_MAX {
            continue;
        }
        let (left, right) = (lefts[0], lefts[lefts.len() - 1]);
        let (top, bottom) = (tops[0], tops[tops.len() - 1]);
        let inside = |word: &Word| {
            let (x, y) = (f32::midpoint(word.from, word.to), word.base - word.em * 0.3);
            x > left && x < right && y > top && y < bottom
        };
        let letters: usize = words
            .iter()
            .filter(|w| inside(w))
            .map(|w| w.text.len())
            .sum();
        if letters == 0 || letters > cells.max(1) * 300 {
            continue;
        }
        let (taken, kept): (Vec<Word>, Vec<Word>) =
            std::mem::take(words).into_iter().partition(inside);
        *words = kept;
        let em = taken.first().map_or(10.0, |word| word.em);
        let area = taken
            .iter()
            .map(|word| word.area)
            .reduce(Frame::join)
            .unwrap_or_default();
        let made = Web {
            rows: &rows,
            columns: &columns,
            tops: &tops,
            lefts: &lefts,
        }
        .table(taken);
        words.push(Word {
            text: String::new(),
            from: left,
            to: right,
            base: f32::midpoint(top, bottom),
            em,
            spaced: true,
            glued: false,
            area,
            settled: true,
            table: Some(tables.len()),
        });
        tables.push(made);
    }
    tables
}

/// Lines that hang together by crossings, group by group.
fn webs(lying: &[Level], standing: &[Level]) -> Vec<(Vec<Level>, Vec<Level>)> {
    let count = lying.len() + standing.len();
    let mut parent: Vec<usize> = (0..count).collect();
    for (i, row) in lying.iter().enumerate() {
        for (j, column) in standing.iter().enumerate() {
            let meet = column.at > row.from - TOUCH
                && column.at < row.to + TOUCH
                && row.at > column.from - TOUCH
                && row.at < column.to + TOUCH;
            if meet {
                let (a, b) = (root(&mut parent, i), root(&mut parent, lying.len() + j));
                if let Some(slot) = parent.get_mut(a.max(b)) {
                    *slot = a.min(b);
                }
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Level>, Vec<Level>)> =
        std::collections::BTreeMap::new();
    for (i, row) in lying.iter().enumerate() {
        let group = root(&mut parent, i);
        groups.entry(group).or_default().0.push(*row);
    }
    for (j, column) in standing.iter().enumerate() {
        let group = root(&mut parent, lying.len() + j);
        groups.entry(group).or_default().1.push(*column);
    }
    groups
        .into_values()
        .filter(|(rows, columns)| rows.len() >= 2 && columns.len() >= 2)
        .collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while let Some(&up) = parent.get(at)
        && up != at
    {
        let over = parent.get(up).copied().unwrap_or(up);
        if let Some(slot) = parent.get_mut(at) {
            *slot = over;
        }
        at = up;
    }
    at
}

/// The places at which lines lie, those nearer than a few points made one.
fn places(levels: &[Level]) -> Vec<f32> {
    let mut all: Vec<f32> = levels.iter().map(|level| level.at).collect();
    all.sort_by(f32::total_cmp);
    let mut places: Vec<f32> = Vec::new();
    for at in all {
        if places.last().is_none_or(|last| at - last > TOUCH) {
            places.push(at);
        }
    }
    places
}

struct Web<'a> {
    rows: &'a [Level],
    columns: &'a [Level],
    tops: &'a [f32],
    lefts: &'a [f32],
}

impl Web<'_> {
    fn table(&self, words: Vec<Word>) -> Table {
        let (height, width) = (self.tops.len() - 1, self.lefts.len() - 1);
        let mut parent: Vec<usize> = (0..height * width).collect();
        let mut join = |a: usize, b: usize| {
            let (a, b) = (root(&mut parent, a), root(&mut parent, b));
            if let Some(slot) = parent.get_mut(a.max(b)) {
                *slot = a.min(b);
            }
        };
        // Cells without a line between them are one.
        for row in 0..height {
            let middle = f32::midpoint(self.tops[row], self.tops[row + 1]);
            for column in 1..width {
                if !is_drawn(self.columns, self.lefts[column], middle) {
                    join(row * width + column - 1, row * width + column);
                }
            }
        }
        for column in 0..width {
            let middle = f32::midpoint(self.lefts[column], self.lefts[column + 1]);
            for row in 1..height {
                if !is_drawn(self.rows, self.tops[row], middle) {
                    join((row - 1) * width + column, row * width + column);
                }
            }
        }
        let mut inside: Vec<Vec<Word>> = vec![Vec::new(); height * width];
        for word in words {
            let (x, y) = (f32::midpoint(word.from, word.to), word.base - word.em * 0.3);
            let row = self.tops.partition_point(|top| *top <= y);
            let column = self.lefts.partition_point(|left| *left <= x);
            let row = row.saturating_sub(1).min(height - 1);
            let column = column.saturating_sub(1).min(width - 1);
            let cell = root(&mut parent, row * width + column);
            if let Some(cell) = inside.get_mut(cell) {
                cell.push(word);
            }
        }
        let mut spans = vec![0_usize; height * width];
        for cell in 0..height * width {
            let owner = root(&mut parent, cell);
            let wide = (cell % width).saturating_sub(owner % width) + 1;
            if let Some(span) = spans.get_mut(owner) {
                *span = (*span).max(wide);
            }
        }
        let mut rows = Vec::new();
        for row in 0..height {
            let mut cells = Vec::new();
            for column in 0..width {
                let cell = row * width + column;
                if root(&mut parent, cell) == cell {
                    cells.push(Cell {
                        column: column + 1,
                        columns: spans[cell].max(1),
                        heading: false,
                        lines: lines(std::mem::take(&mut inside[cell])),
                    });
                }
            }
            rows.extend(unstacked(cells).into_iter().map(|cells| Row { cells }));
        }
        let mut table = Table { rows };
        mark_headings(&mut table);
        table
    }
}

fn is_drawn(levels: &[Level], at: f32, middle: f32) -> bool {
    levels
        .iter()
        .any(|level| (level.at - at).abs() <= TOUCH && level.from <= middle && middle <= level.to)
}

/// Where no lines are drawn between the rows of a table, its cells hold one
/// line for each row.
fn unstacked(cells: Vec<Cell>) -> Vec<Vec<Cell>> {
    let tallest = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let filled = cells.iter().filter(|cell| !cell.lines.is_empty()).count();
    let as_tall = cells
        .iter()
        .filter(|cell| cell.lines.len() == tallest)
        .count();
    if tallest < 3 || as_tall < 2 || as_tall * 2 < filled {
        return vec![cells];
    }
    let mut all: Vec<(usize, usize, Line)> = Vec::new();
    for cell in cells {
        for line in cell.lines {
            all.push((cell.column, cell.columns, line));
        }
    }
    all.sort_by(|a, b| a.2.base.total_cmp(&b.2.base).then(a.0.cmp(&b.0)));
    let mut rows: Vec<(f32, Vec<Cell>)> = Vec::new();
    for (column, columns, line) in all {
        let cell = |line| Cell {
            column,
            columns,
            heading: false,
            lines: vec![line],
        };
        match rows.last_mut() {
            Some((base, row)) if line.base - *base < line.em * 0.4 => row.push(cell(line)),
            _ => rows.push((line.base, vec![cell(line)])),
        }
    }
    rows.into_iter()
        .map(|(_, mut cells)| {
            cells.sort_by_key(|cell| cell.column);
            cells
        })
        .collect()
}
