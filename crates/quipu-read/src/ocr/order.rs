//! In which order the lines of a page are read, and what they form: columns,
//! paragraphs, headings, rows of a table.

use super::engine::{OcrLine, OcrPage};

/// How deep columns may lie within columns.
const DEPTH_MAX: u32 = 12;
/// Places tried for a gutter between columns.
const GUTTERS_MAX: usize = 48;

/// A piece of a page. Numbers are places in [`OcrPage::lines`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Running text: rows from top to bottom, each of one or more found lines.
    Text {
        rows: Vec<Vec<usize>>,
        heading: bool,
    },
    /// Rows of cells.
    Table { rows: Vec<Vec<Cell>> },
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Counted from 1.
    pub(crate) column: u32,
    /// How many columns it covers.
    pub(crate) columns: u32,
    pub(crate) lines: Vec<usize>,
}

/// A found line, as it would stand on a page that is not slanted.
#[derive(Debug, Clone, Copy)]
struct Item {
    index: usize,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    letters: u32,
    signs: u32,
    /// Whether it starts with a capital or a digit, as sentences and items do.
    starts: bool,
}

impl Item {
    fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

/// Items side by side, from left to right.
type Row = Vec<Item>;

/// The pieces of a page in reading order.
pub(crate) fn layout(page: &OcrPage) -> Vec<Piece> {
    let lines = page.lines.iter().enumerate();
    let items: Vec<Item> = lines.filter_map(|(i, line)| item(i, line, page)).collect();
    let height = median(items.iter().map(Item::height)).max(1.0);
    let mut pieces = Vec::new();
    split(rows(items), height, DEPTH_MAX, &mut pieces);
    pieces
}

fn item(index: usize, line: &OcrLine, page: &OcrPage) -> Option<Item> {
    let (sin, cos) = (-page.skew.to_radians()).sin_cos();
    let (cx, cy) = (page.width as f32 / 2.0, page.height as f32 / 2.0);
    let (mut left, mut right, mut middle) = (f32::MAX, f32::MIN, 0.0);
    for word in &line.words {
        let (width, area) = (word.area.width() as f32, word.area);
        let (x, y) = (
            (area.left + area.right) as f32 / 2.0 - cx,
            (area.top + area.bottom) as f32 / 2.0 - cy,
        );
        let (x, y) = (x * cos - y * sin + cx, x * sin + y * cos + cy);
        left = left.min(x - width / 2.0);
        right = right.max(x + width / 2.0);
        middle += y;
    }
    // The box of a slanted word is taller than its letters by its fall.
    let slope = page.skew.to_radians().tan().abs();
    let heights = line.words.iter().map(|word| {
        let area = word.area;
        (area.height() as f32 - slope * area.width() as f32).max(area.height() as f32 * 0.3)
    });
    let height = median(heights).max(1.0);
    let text = line.words.iter().flat_map(|word| word.text.chars());
    let first = text.clone().next()?;
    let middle = middle / line.words.len() as f32;
    Some(Item {
        index,
        left,
        right,
        top: middle - height / 2.0,
        bottom: middle + height / 2.0,
        letters: text.clone().filter(|c| c.is_alphabetic()).count() as u32,
        signs: text.count() as u32 + line.words.len() as u32 - 1,
        starts: !first.is_lowercase(),
    })
}

fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Rows of items that stand side by side, from top to bottom.
fn rows(mut items: Vec<Item>) -> Vec<Row> {
    let middle = |item: &Item| item.top + item.bottom;
    items.sort_by(|a, b| {
        let by_place = middle(a)
            .total_cmp(&middle(b))
            .then(a.left.total_cmp(&b.left));
        by_place.then(a.index.cmp(&b.index))
    });
    let mut rows: Vec<Row> = Vec::new();
    for item in items {
        let beside = |row: &Row| {
            let shared = |other: &Item| item.bottom.min(other.bottom) - item.top.max(other.top);
            let apart = |other: &Item| {
                item.right.min(other.right) - item.left.max(other.left)
                    < 0.3 * (item.right - item.left).min(other.right - other.left)
            };
            row.iter().all(|other| {
                apart(other) && shared(other) > 0.5 * item.height().min(other.height())
            })
        };
        // Rows further up have ended.
        let near = rows.len().saturating_sub(3);
        match rows[near..].iter_mut().rev().find(|row| beside(row)) {
            Some(row) => row.push(item),
            None => rows.push(vec![item]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.index.cmp(&b.index)));
    }
    rows
}

/// Parts columns of running text; what is left is written row by row.
fn split(rows: Vec<Row>, height: f32, depth: u32, pieces: &mut Vec<Piece>) {
    let gutter = if depth == 0 {
        None
    } else {
        gutter(&rows, height)
    };
    let Some((x, range)) = gutter else {
        write(&rows, height, pieces);
        return;
    };
    let mut above = rows;
    let mut inside = above.split_off(range.start);
    let below = inside.split_off(range.end - range.start);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for item in inside.into_iter().flatten() {
        if (item.left + item.right) / 2.0 < x {
            left.push(item);
        } else {
            right.push(item);
        }
    }
    let parts = [above, self::rows(left), self::rows(right), below];
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        split(part, height, depth - 1, pieces);
    }
}

/// The gutter between two columns of running text that holds the most lines:
/// its place, and the rows it parts.
fn gutter(rows: &[Row], height: f32) -> Option<(f32, std::ops::Range<usize>)> {
    let mut places: Vec<f32> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        // The lines of two columns need not stand level: neighbours of the
        // next rows count when they stand partly beside.
        let beside = rows.iter().skip(i).take(3).flatten();
        for b in beside {
            places.extend(row.iter().filter_map(|a| {
                let (a, b) = if a.left < b.left { (a, b) } else { (b, a) };
                let shared = a.bottom.min(b.bottom) - a.top.max(b.top);
                (b.left - a.right > 0.6 * height && shared > 0.0)
                    .then_some((a.right + b.left) / 2.0)
            }));
        }
    }
    places.sort_by(f32::total_cmp);
    places.dedup_by(|a, b| (*a - *b).abs() < 0.5 * height);
    let step = places.len().div_ceil(GUTTERS_MAX).max(1);
    let mut best: Option<(usize, f32, std::ops::Range<usize>)> = None;
    for x in places.into_iter().step_by(step) {
        let mut start = 0;
        for end in 0..=rows.len() {
            let crossed = rows.get(end).is_none_or(|row| {
                row.iter()
                    .any(|item| item.left < x - 0.3 * height && item.right > x + 0.3 * height)
            });
            if !crossed {
                continue;
            }
            if let Some((count, range)) = columns(rows, start..end, x)
                && best.as_ref().is_none_or(|(most, ..)| count > *most)
            {
                best = Some((count, x, range));
            }
            start = end + 1;
        }
    }
    best.map(|(_, x, range)| (x, range))
}

/// Whether the rows form two columns of running text left and right of `x`:
/// how many items they hold, and the rows from where both columns have begun
/// to where both have ended.
fn columns(
    rows: &[Row],
    range: std::ops::Range<usize>,
    x: f32,
) -> Option<(usize, std::ops::Range<usize>)> {
    let is_left = |item: &&Item| (item.left + item.right) / 2.0 < x;
    let has = |i: usize, left: bool| {
        rows.get(i)
            .is_some_and(|row| row.iter().any(|item| is_left(&item) == left))
    };
    let first_of = |left: bool| range.clone().find(|i| has(*i, left));
    let last_of = |left: bool| range.clone().rev().find(|i| has(*i, left));
    // What stands above the later of the two beginnings is a heading, unless
    // it is the row just above, as lines need not stand level. One column may
    // go on alone when the other has ended.
    let begin = first_of(true)?.max(first_of(false)?);
    let first = begin.saturating_sub(1).max(range.start);
    let last = last_of(true)?.max(last_of(false)?) + 1;
    if last <= first {
        return None;
    }
    let items = || rows[first..last].iter().flatten();
    let left: Vec<&Item> = items().filter(is_left).collect();
    let right: Vec<&Item> = items().filter(|item| !is_left(item)).collect();
    (is_prose(&left) && is_prose(&right)).then(|| (left.len() + right.len(), first..last))
}

/// Whether items look like the lines of running text: several, mostly letters,
/// long, and most of them as wide as the widest.
fn is_prose(items: &[&Item]) -> bool {
    let left = items.iter().map(|item| item.left).fold(f32::MAX, f32::min);
    let right = items.iter().map(|item| item.right).fold(f32::MIN, f32::max);
    let letters: u32 = items.iter().map(|item| item.letters).sum();
    let signs: u32 = items.iter().map(|item| item.signs).sum();
    let width = median(items.iter().map(|item| item.right - item.left));
    let length = median(items.iter().map(|item| item.signs as f32));
    items.len() >= 3
        && length >= 14.0
        && letters * 10 >= signs * 6
        && width >= 0.55 * (right - left)
}

/// Rows that are not parted into columns: tables and paragraphs.
fn write(rows: &[Row], height: f32, pieces: &mut Vec<Piece>) {
    let cells: Vec<Vec<Vec<Item>>> = rows.iter().map(|row| cells(row, height)).collect();
    let mut from = 0;
    let mut row = 0;
    while row < rows.len() {
        let end = table_end(&cells, row);
        if end > row {
            paragraphs(&rows[from..row], height, pieces);
            pieces.push(table(&cells[row..end]));
            from = end;
            row = end;
        } else {
            row += 1;
        }
    }
    paragraphs(&rows[from..], height, pieces);
}

/// The items of a row, those close together taken as one cell.
fn cells(row: &Row, height: f32) -> Vec<Vec<Item>> {
    let mut cells: Vec<Vec<Item>> = Vec::new();
    let mut right = f32::MIN;
    for item in row {
        match cells.last_mut() {
            Some(cell) if item.left - right < 1.2 * height => cell.push(*item),
            _ => cells.push(vec![*item]),
        }
        right = right.max(item.right);
    }
    cells
}

/// Where the table ends that starts with this row; the row itself when none
/// does. Two rows of two or more cells in the same columns make a table; a row
/// of one cell may stand between them.
fn table_end(cells: &[Vec<Vec<Item>>], start: usize) -> usize {
    let many = |i: usize| cells.get(i).is_some_and(|row| row.len() > 1);
    if !many(start) {
        return start;
    }
    let (mut end, mut full) = (start + 1, 1);
    loop {
        if many(end) {
            end += 1;
            full += 1;
        } else if many(end + 1) && many(end + 2) && end < cells.len() {
            end += 3;
            full += 2;
        } else {
            break;
        }
    }
    if full >= 2 { end } else { start }
}

fn table(rows: &[Vec<Vec<Item>>]) -> Piece {
    let bounds = |cell: &[Item]| {
        let left = cell.iter().map(|item| item.left).fold(f32::MAX, f32::min);
        let right = cell.iter().map(|item| item.right).fold(f32::MIN, f32::max);
        (left, right)
    };
    // Columns grow from the narrowest cell to the widest; what would join two
    // of them spans both instead.
    let mut all: Vec<(f32, f32)> = rows.iter().flatten().map(|cell| bounds(cell)).collect();
    all.sort_by(|a, b| {
        (a.1 - a.0)
            .total_cmp(&(b.1 - b.0))
            .then(a.0.total_cmp(&b.0))
    });
    let mut columns: Vec<(f32, f32)> = Vec::new();
    let shared = |a: (f32, f32), b: (f32, f32)| a.1.min(b.1) - a.0.max(b.0);
    for cell in all {
        let mut met = columns
            .iter_mut()
            .filter(|column| shared(cell, **column) > 0.0);
        match (met.next(), met.next()) {
            (None, _) => columns.push(cell),
            (Some(column), None) => *column = (column.0.min(cell.0), column.1.max(cell.1)),
            _ => {}
        }
    }
    columns.sort_by(|a, b| a.0.total_cmp(&b.0));
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let rows = rows.iter().map(|row| {
        let mut next = 0;
        let cells = row.iter().map(|cell| {
            let own = bounds(cell);
            let met = |column: &&(f32, f32)| shared(own, **column) > 0.0;
            let first = columns
                .iter()
                .position(|column| met(&column))
                .unwrap_or(next)
                .max(next);
            let count = columns[first.min(columns.len())..]
                .iter()
                .take_while(met)
                .count()
                .max(1);
            next = first + count;
            Cell {
                column: number(first + 1),
                columns: number(count),
                lines: cell.iter().map(|item| item.index).collect(),
            }
        });
        cells.collect()
    });
    Piece::Table {
        rows: rows.collect(),
    }
}

/// A row as one line of running text.
struct TextRow {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    starts: bool,
    lines: Vec<usize>,
}

fn paragraphs(rows: &[Row], height: f32, pieces: &mut Vec<Piece>) {
    let rows: Vec<TextRow> = rows
        .iter()
        .map(|row| TextRow {
            left: row.iter().map(|item| item.left).fold(f32::MAX, f32::min),
            right: row.iter().map(|item| item.right).fold(f32::MIN, f32::max),
            top: median(row.iter().map(|item| item.top)),
            bottom: median(row.iter().map(|item| item.bottom)),
            starts: row.first().is_some_and(|item| item.starts),
            lines: row.iter().map(|item| item.index).collect(),
        })
        .collect();
    let left = rows.iter().map(|row| row.left).fold(f32::MAX, f32::min);
    let right = rows.iter().map(|row| row.right).fold(f32::MIN, f32::max);
    let gaps = rows
        .windows(2)
        .map(|two| (two[1].top - two[0].bottom).max(0.0));
    let gap_usual = median(gaps);
    let tall = |row: &TextRow| row.bottom - row.top;
    let parts = |before: &TextRow, row: &TextRow| {
        let gap = row.top - before.bottom;
        let ratio = tall(row) / tall(before);
        let indented = row.left > before.left + height && before.left < left + 0.5 * height;
        let short = before.right < right - 0.25 * (right - left);
        gap > gap_usual + 0.5 * height
            || !(0.7..1.45).contains(&ratio)
            || (row.starts && (short || indented))
    };
    let mut block: Vec<&TextRow> = Vec::new();
    let mut finish = |block: &mut Vec<&TextRow>| {
        if block.is_empty() {
            return;
        }
        let heading = block.len() <= 3 && block.iter().all(|row| tall(row) > 1.4 * height);
        let rows = block.iter().map(|row| row.lines.clone()).collect();
        pieces.push(Piece::Text { rows, heading });
        block.clear();
    };
    for row in &rows {
        if block.last().is_some_and(|before| parts(before, row)) {
            finish(&mut block);
        }
        block.push(row);
    }
    finish(&mut block);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::{OcrWord, PixelBox};

    /// Lines given as (left, top, right, text), 20 pixels high.
    fn page(lines: &[(i32, i32, i32, &str)]) -> OcrPage {
        let lines = lines.iter().map(|&(left, top, right, text)| {
            let area = PixelBox {
                left,
                top,
                right,
                bottom: top + 20,
            };
            let word = OcrWord {
                text: text.to_owned(),
                area,
                confidence: 90,
            };
            OcrLine {
                words: vec![word],
                area,
                confidence: 90,
            }
        });
        OcrPage {
            lines: lines.collect(),
            width: 1000,
            height: 1000,
            ..OcrPage::default()
        }
    }

    fn told(page: &OcrPage) -> Vec<String> {
        let text = |lines: &[usize]| {
            let words: Vec<String> = lines.iter().map(|i| page.lines[*i].text()).collect();
            words.join(" ")
        };
        let pieces = layout(page);
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text { rows, heading } => {
                    let rows: Vec<String> = rows.iter().map(|row| text(row)).collect();
                    format!("{}{}", if *heading { "# " } else { "" }, rows.join("/"))
                }
                Piece::Table { rows } => {
                    let cell = |cell: &Cell| format!("{}:{}", cell.column, text(&cell.lines));
                    let row = |row: &Vec<Cell>| row.iter().map(cell).collect::<Vec<_>>().join("|");
                    rows.iter().map(row).collect::<Vec<_>>().join("//")
                }
            })
            .collect()
    }

    #[test]
    fn columns_of_prose_are_read_one_after_the_other() {
        let mut lines = vec![(100, 50, 900, "A title across both columns")];
        let words = [
            "the minister said that",
            "no payment was made to",
            "anyone in the harbour",
            "office that winter",
        ];
        for (i, words) in words.iter().enumerate() {
            lines.push((100, 100 + 30 * i as i32, 460, words));
            lines.push((540, 112 + 30 * i as i32, 900, words));
        }
        let told = told(&page(&lines));
        let column = words.join("/");
        assert_eq!(told, ["A title across both columns", &column, &column]);
    }

    #[test]
    fn a_ledger_keeps_its_rows() {
        let told = told(&page(&[
            (100, 50, 500, "Accounts of the harbour office"),
            (100, 100, 400, "Repairs to the quay"),
            (700, 102, 800, "50,000"),
            (100, 130, 350, "Paid to M. Orduña"),
            (500, 131, 600, "12 March"),
            (690, 129, 800, "125,000"),
            (100, 160, 380, "Lamps and rope"),
            (730, 160, 800, "1,200"),
        ]));
        assert_eq!(
            told,
            [
                "Accounts of the harbour office",
                "1:Repairs to the quay|3:50,000//1:Paid to M. Orduña|2:12 March|3:125,000//1:Lamps and rope|3:1,200"
            ]
        );
    }

    #[test]
    fn paragraphs_part_at_gaps_and_at_short_lines() {
        let told = told(&page(&[
            (100, 100, 900, "The first line runs to the edge"),
            (100, 130, 500, "and ends early."),
            (100, 160, 900, "A second paragraph begins"),
            (100, 190, 880, "and goes on"),
            (100, 260, 900, "after a gap"),
        ]));
        assert_eq!(
            told,
            [
                "The first line runs to the edge/and ends early.",
                "A second paragraph begins/and goes on",
                "after a gap"
            ]
        );
    }

    #[test]
    fn slanted_rows_stay_rows() {
        // Three lines falling by three degrees, each found as two pieces.
        let mut lines = Vec::new();
        for row in 0..3 {
            for (k, word) in ["left", "right"].iter().enumerate() {
                let x = 100 + 400 * k as i32;
                let y = 100 + 30 * row + (f64::from(x) * 3f64.to_radians().tan()) as i32;
                lines.push((x, y, x + 385, *word));
            }
        }
        let mut page = page(&lines);
        for line in &mut page.lines {
            // An upright box around a slanted word has its fall added.
            line.words[0].area.bottom += 20;
        }
        page.skew = 3.0;
        assert_eq!(told(&page), ["left right/left right/left right"]);
    }

    #[test]
    fn nothing_makes_nothing() {
        assert!(layout(&page(&[])).is_empty());
    }
}
