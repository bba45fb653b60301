//! Columns of money: what the heading of a table says of the numbers below it.

use quipu_model::span::{Repaired, Span};

use crate::patterns::sides::{folded, in_class};

use super::AmountMachine;
use super::finish::{Document, Mention};

/// So far above a table its caption may stand, in bytes.
const CAPTION: usize = 300;

/// A cell whose number is money.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MoneyCell {
    pub(crate) span: Span<Repaired>,
    /// The place among the mentions of the one that says which money.
    pub(crate) mention: usize,
}

/// A heading of a column.
#[derive(Clone, Copy, Default)]
struct Heading {
    money: bool,
    mention: Option<usize>,
}

/// Every cell of money, in the order of the text.
pub(crate) fn money_cells(document: &Document<'_>, machines: &[AmountMachine]) -> Vec<MoneyCell> {
    let text = document.input.text;
    let mut cells_found = Vec::new();
    let mut headings: Vec<Heading> = Vec::new();
    // The currency that lines above the columns name, and where it ends to hold.
    let mut caption: Option<(usize, usize)> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let row = line.trim_end_matches(['\n', '\r']);
        let here = start..start + row.len();
        start = end;
        let mentions = mentions_in(document.mentions, here.clone());
        let numbers = row.split('\t').filter(|cell| is_number(cell)).count();
        if !row.contains('\t') {
            if !row.trim().is_empty() && numbers == 0 {
                headings.clear();
            }
            if let Some(first) = mentions.clone().next() {
                caption = Some((first, end));
            }
            continue;
        }
        let cells: Vec<(usize, &str)> = cells_of(here.start, row).collect();
        if numbers == 0 {
            let made: Vec<Heading> = cells
                .iter()
                .map(|(at, cell)| heading(document, machines, *at, cell))
                .collect();
            if let Some(first) = mentions.clone().next() {
                caption = Some((first, end));
            }
            if made.iter().any(|heading| heading.money) {
                headings = made;
            }
            continue;
        }
        let above = caption
            .filter(|(_, at)| !headings.is_empty() || here.start - at <= CAPTION)
            .map(|(mention, _)| mention);
        // A cell of its own names the money of its row.
        let own = mentions.clone().find(|place| {
            let Some(mention) = document.mentions.get(*place) else {
                return false;
            };
            let range = mention.span.range();
            cells.iter().any(|(at, cell)| {
                *at <= range.start
                    && cell.trim().len() == range.len()
                    && range.end <= at + cell.len()
            })
        });
        let every = above.is_some() && named_in_caption(document, caption);
        let row = Row {
            headings: &headings,
            cells: &cells,
        };
        for (place, (at, cell)) in cells.iter().enumerate() {
            if !is_number(cell) {
                continue;
            }
            let heading = row.heading(place);
            // `USD` in the cell before says all.
            let beside = own.filter(|mention| {
                let before = place.checked_sub(1).and_then(|place| cells.get(place));
                let start = document.mentions.get(*mention);
                let start = start.map(|mention| mention.span.range().start);
                before.is_some_and(|(at, cell)| {
                    start.is_some_and(|start| (*at..at + cell.len()).contains(&start))
                })
            });
            let money = heading.money || (every && !headings.is_empty()) || beside.is_some();
            let mention = beside.or(heading.mention).or(own).or(above);
            if let (true, Some(mention)) = (money, mention) {
                let lead = cell.len() - cell.trim_start().len();
                let from = at + lead;
                cells_found.push(MoneyCell {
                    span: Span::from_usize(from, from + cell.trim().len()),
                    mention,
                });
            }
        }
        if let Some((_, at)) = &mut caption {
            *at = end;
        }
    }
    cells_found
}

/// A row under its headings.
struct Row<'a> {
    headings: &'a [Heading],
    cells: &'a [(usize, &'a str)],
}

impl Row<'_> {
    /// The heading of a cell. Empty cells may be left out, so where the counts
    /// differ columns are counted from either end, and a small number is none.
    fn heading(&self, place: usize) -> Heading {
        let from_right = self.cells.len() - place;
        let right = self.headings.len().checked_sub(from_right);
        let of = |place: Option<usize>| {
            let heading = place.and_then(|place| self.headings.get(place));
            heading.copied().unwrap_or_default()
        };
        let (left, right) = (of(Some(place)), of(right));
        if left.money == right.money {
            return right;
        }
        let cell = self.cells.get(place).map_or("", |(_, cell)| cell.trim());
        let sum = cell.len() >= 3;
        match (sum, left.money) {
            (false, _) => Heading::default(),
            (true, true) => left,
            (true, false) => right,
        }
    }
}

/// Cells of a row, each with its place in the text.
fn cells_of(start: usize, row: &str) -> impl Iterator<Item = (usize, &str)> {
    row.split('\t').scan(start, |at, cell| {
        let here = *at;
        *at += cell.len() + 1;
        Some((here, cell))
    })
}

/// Places of the mentions of currencies within a stretch.
fn mentions_in(mentions: &[Mention], range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let from = mentions.partition_point(|mention| mention.span.range().start < range.start);
    let to = mentions.partition_point(|mention| mention.span.range().start < range.end);
    from..to.max(from)
}

fn heading(document: &Document<'_>, machines: &[AmountMachine], at: usize, cell: &str) -> Heading {
    let mention = mentions_in(document.mentions, at..at + cell.len()).next();
    let word = cell.split(|c: char| !c.is_alphanumeric()).any(|word| {
        machines
            .iter()
            .any(|machine| in_class(machine, word, machine.own.heading))
    });
    Heading {
        money: word || mention.is_some(),
        mention,
    }
}

/// "(in crowns)": the caption says that all numbers are money.
fn named_in_caption(document: &Document<'_>, caption: Option<(usize, usize)>) -> bool {
    let Some(mention) = caption.and_then(|(place, _)| document.mentions.get(place)) else {
        return false;
    };
    let before = document
        .input
        .text
        .get(..mention.span.range().start)
        .unwrap_or_default();
    let mut words = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .next()
        .is_some_and(|word| folded(word).len() == 2 && before.ends_with(' '))
}

/// Whether a cell holds a number and nothing else.
fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    cell.len() <= 24
        && cell.bytes().any(|byte| byte.is_ascii_digit())
        && cell.bytes().all(|byte| {
            byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'\'' | b'-' | b'(' | b')')
        })
}
