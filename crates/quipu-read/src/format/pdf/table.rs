//! Tables without lines on all sides: cells are told by the white between them,
//! rows by ruling lines where there are some, else by the baseline, so that an
//! amount stays with the label of its row.

use std::collections::BTreeMap;

use super::grid::Level;
use super::lines::Line;
use super::words::Word;

/// Gap between cells, in letter heights.
const CELL_GAP: f32 = 0.8;

/// Rows of one table; a longer one goes on as the next.
const ROWS_MAX: usize = 300;

/// A table as laid out on the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    /// From left to right.
    pub(super) cells: Vec<Cell>,
}

#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Counted from 1.
    pub(super) column: usize,
    /// How many columns it covers.
    pub(super) columns: usize,
    pub(super) heading: bool,
    pub(super) lines: Vec<Line>,
}

/// Text and tables in the order of reading.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Text(Vec<Line>),
    Table(Table),
}

/// What stands between two rules, or on one baseline.
struct Band {
    lines: Vec<Line>,
    /// Stretches that carry words.
    cells: Vec<(f32, f32)>,
    top: f32,
    bottom: f32,
}

impl Band {
    fn of(lines: Vec<Line>) -> Self {
        let em = lines.first().map_or(1.0, |line| line.em);
        let mut inked: Vec<(f32, f32)> = lines
            .iter()
            .flat_map(|line| &line.words)
            .map(|word| (word.from, word.to))
            .collect();
        inked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut cells: Vec<(f32, f32)> = Vec::new();
        for (from, to) in inked {
            match cells.last_mut() {
                Some(cell) if from - cell.1 < em * CELL_GAP => cell.1 = cell.1.max(to),
                _ => cells.push((from, to)),
            }
        }
        let top = lines.iter().map(Line::top).fold(f32::MAX, f32::min);
        let bottom = lines.iter().map(Line::bottom).fold(f32::MIN, f32::max);
        Self {
            lines,
            cells,
            top,
            bottom,
        }
    }

    fn em(&self) -> f32 {
        self.lines.first().map_or(1.0, |line| line.em)
    }
}

/// Parts the lines of one column into text and tables.
pub(super) fn pieces(lines: Vec<Line>, levels: &[Level]) -> Vec<Piece> {
    let bands = bands(lines, levels);
    let mut pieces = Vec::new();
    let mut text: Vec<Line> = Vec::new();
    let mut bands: Vec<Option<Band>> = bands.into_iter().map(Some).collect();
    let mut at = 0;
    while at < bands.len() {
        if let Some((end, rivers)) = table_at(&bands, at, levels) {
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            let taken = bands[at..end].iter_mut().filter_map(Option::take);
            pieces.push(Piece::Table(table(taken, &rivers)));
            at = end;
        } else {
            if let Some(band) = bands[at].take() {
                text.extend(band.lines);
            }
            at += 1;
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

/// Lines that stand between the same two rules make one band, if the area is
/// ruled row by row; else each line is a band.
fn bands(lines: Vec<Line>, levels: &[Level]) -> Vec<Band> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return Vec::new();
    };
    let from = lines.iter().map(|line| line.from).fold(f32::MAX, f32::min);
    let to = lines.iter().map(|line| line.to).fold(f32::MIN, f32::max);
    let (top, bottom) = (first.top(), last.bottom());
    let rules: Vec<f32> = levels
        .iter()
        .filter(|level| {
            let shared = level.to.min(to) - level.from.max(from);
            shared > (to - from) * 0.5 && level.at > top - 8.0 && level.at < bottom + 8.0
        })
        .map(|level| level.at)
        .collect();
    let ruled = rules.len() >= 3 && rules.len() * 5 >= lines.len() * 2;
    let mut bands: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        let joins = ruled
            && bands.last().is_some_and(|band| {
                let bottom = band.iter().map(Line::bottom).fold(f32::MIN, f32::max);
                let base = band.last().map_or(line.base, |last| last.base);
                let ruled_off = rules
                    .iter()
                    .any(|rule| *rule > base - line.em * 0.2 && *rule < line.base - line.em * 0.3);
                !ruled_off && line.top() - bottom < line.em * 0.45
            });
        match bands.last_mut() {
            Some(band) if joins => band.push(line),
            _ => bands.push(vec![line]),
        }
    }
    bands.into_iter().map(Band::of).collect()
}

/// Whether a table starts at a band: where it ends, and the white between its
/// columns.
fn table_at(
    bands: &[Option<Band>],
    start: usize,
    levels: &[Level],
) -> Option<(usize, Vec<(f32, f32)>)> {
    let first = bands.get(start)?.as_ref()?;
    if first.cells.len() < 2 {
        return None;
    }
    // The white common to the bands, band after band.
    let mut rivers: Vec<(f32, f32)> = gaps(&first.cells);
    let mut end = start + 1;
    let mut last_bottom = first.bottom;
    let mut wide_end = start + 1;
    while let Some(Some(band)) = bands.get(end) {
        if end - start >= ROWS_MAX {
            break;
        }
        if band.top - last_bottom > band.em().max(first.em()) * 1.6 {
            break;
        }
        let kept = narrowed(&rivers, &band.cells, band.em() * 0.5);
        // A line across everything ends a table; one of few words that only
        // loses an edge column does not.
        if kept.is_empty() || (band.cells.len() >= 2 && kept.len() * 2 < rivers.len()) {
            break;
        }
        rivers = kept;
        if rivers.len() == 1 && band.cells.len() < 2 && !is_ruled(levels, last_bottom, band) {
            break;
        }
        last_bottom = last_bottom.max(band.bottom);
        end += 1;
        if band.cells.len() >= 2 {
            wide_end = end;
        }
    }
    let end = wide_end;
    let run: Vec<&Band> = bands[start..end].iter().flatten().collect();
    is_table(&run, &rivers, levels).then_some((end, rivers))
}

fn is_ruled(levels: &[Level], top: f32, band: &Band) -> bool {
    levels
        .iter()
        .any(|level| level.at > top - band.em() && level.at < band.bottom + band.em())
}

fn gaps(cells: &[(f32, f32)]) -> Vec<(f32, f32)> {
    cells.windows(2).map(|two| (two[0].1, two[1].0)).collect()
}

/// What is left of rivers when the words of one more band are set in.
fn narrowed(rivers: &[(f32, f32)], cells: &[(f32, f32)], least: f32) -> Vec<(f32, f32)> {
    let mut kept = Vec::new();
    for &river in rivers {
        let (mut from, mut to) = river;
        let mut open = true;
        for &(a, b) in cells {
            if b <= from || a >= to {
                continue;
            }
            if a <= from && b < to {
                from = b;
            } else if a > from && b >= to {
                to = a;
            } else {
                open = false;
                break;
            }
        }
        if open && to - from >= least {
            kept.push((from, to));
        }
    }
    kept
}

#[expect(clippy::cast_precision_loss, reason = "counts of cells and letters")]
fn is_table(run: &[&Band], rivers: &[(f32, f32)], levels: &[Level]) -> bool {
    let rows = run.iter().filter(|band| band.cells.len() >= 2).count();
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return false;
    };
    let ruled = levels
        .iter()
        .filter(|level| level.at > first.top - 6.0 && level.at < last.bottom + 6.0)
        .count()
        >= 2;
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); rivers.len() + 1];
    for band in run {
        let mut cells: BTreeMap<usize, String> = BTreeMap::new();
        for word in band.lines.iter().flat_map(|line| &line.words) {
            let cell = cells.entry(column_of(rivers, word)).or_default();
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&word.text);
        }
        for (column, text) in cells {
            columns[column].push(text);
        }
    }
    let letters = |column: &Vec<String>| {
        column
            .iter()
            .map(|cell| cell.chars().count())
            .sum::<usize>() as f32
            / column.len().max(1) as f32
    };
    let longest = columns.iter().map(&letters).fold(0.0, f32::max);
    let filled: usize = columns.iter().map(Vec::len).sum();
    let fill = filled as f32 / (run.len() * columns.len()).max(1) as f32;
    if columns.len() >= 3 {
        let enough = if ruled { 2 } else { 3 };
        return rows >= enough && fill >= 0.4 && longest <= if ruled { 120.0 } else { 45.0 };
    }
    let (Some(labels), Some(values)) = (columns.first(), columns.last()) else {
        return false;
    };
    let figures = values.iter().filter(|cell| is_figure(cell)).count();
    let counters = labels.iter().filter(|cell| is_counter(cell)).count();
    rows >= 3
        && columns.len() == 2
        && fill >= 0.6
        && counters * 2 < labels.len()
        && (figures * 5 >= values.len() * 3 || (ruled && longest <= 80.0))
}

/// A number with its signs, rather than a sentence that holds one.
fn is_figure(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 1 && letters <= 4 && cell.chars().count() <= 24
}

/// A bullet or the number of an item.
pub(super) fn is_counter(text: &str) -> bool {
    let core = text.trim_matches(|c: char| "()[].-–—•·*º°:".contains(c));
    let letters = core.chars().count();
    letters == 0
        || (text.chars().count() <= 6
            && text.ends_with(['.', ')', ']', '-', 'º'])
            && (core.chars().all(|c| c.is_ascii_digit() || c == '.')
                || letters == 1
                || core.chars().all(|c| "ivxlcIVXLC".contains(c))))
}

fn column_of(rivers: &[(f32, f32)], word: &Word) -> usize {
    let middle = f32::midpoint(word.from, word.to);
    rivers.partition_point(|river| f32::midpoint(river.0, river.1) < middle)
}

fn table(bands: impl Iterator<Item = Band>, rivers: &[(f32, f32)]) -> Table {
    let mut rows = Vec::new();
    for band in bands {
        let mut cells: BTreeMap<usize, Vec<Line>> = BTreeMap::new();
        for line in band.lines {
            let mut parts: BTreeMap<usize, Vec<Word>> = BTreeMap::new();
            for word in line.words {
                parts
                    .entry(column_of(rivers, &word))
                    .or_default()
                    .push(word);
            }
            for (column, words) in parts {
                cells.entry(column).or_default().extend(Line::of(words));
            }
        }
        let cells = cells
            .into_iter()
            .map(|(column, lines)| Cell {
                column: column + 1,
                columns: 1,
                heading: false,
                lines,
            })
            .collect();
        rows.push(Row { cells });
    }
    let mut table = Table { rows };
    mark_headings(&mut table);
    table
}

/// The first row heads the columns when it holds no figure and rows below do.
pub(super) fn mark_headings(table: &mut Table) {
    let figures = |row: &Row| {
        row.cells
            .iter()
            .flat_map(|cell| &cell.lines)
            .flat_map(|line| &line.words)
            .any(|word| word.text.chars().any(|c| c.is_ascii_digit()))
    };
    let below = table.rows.iter().skip(1).any(figures);
    if let Some(first) = table.rows.first_mut()
        && below
        && !figures(first)
    {
        for cell in &mut first.cells {
            cell.heading = !cell.lines.is_empty();
        }
    }
}
