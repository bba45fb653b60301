//! Rows of a sheet on their way to the transcript, the same for every format
//! that has sheets.

use quipu_model::{BlockKind, MarkKind, Notice, NoticeLevel, Place};

use super::number_format::Kind;
use crate::draft::Scribe;

/// Rows held back until the heading row can be guessed.
const LOOK_AHEAD: usize = 24;

/// Cells of one document; more than any sheet a person made by hand.
pub(crate) const CELLS_MAX: u64 = 8_000_000;

/// One cell with words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetCell {
    /// Column, counted from 1.
    pub(crate) column: u32,
    /// Columns covered.
    pub(crate) columns: u32,
    /// What a person sees.
    pub(crate) words: String,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Whether its column is hidden.
    pub(crate) hidden: bool,
    /// Where its link leads.
    pub(crate) link: Option<String>,
}

/// One row with cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetRow {
    /// Row, counted from 1.
    pub(crate) number: u32,
    /// Whether the sheet hides it.
    pub(crate) hidden: bool,
    /// Cells with words, from left to right.
    pub(crate) cells: Vec<SheetCell>,
}

/// Writes sheets as tables.
pub(crate) struct Sheets<'s> {
    scribe: &'s mut Scribe,
    held: Vec<SheetRow>,
    guessed: bool,
    hidden_sheet: bool,
    /// Cells written so far.
    cells: u64,
    /// Whether something hidden was met.
    hidden_seen: bool,
}

impl<'s> Sheets<'s> {
    /// Starts.
    pub(crate) fn new(scribe: &'s mut Scribe) -> Self {
        Self {
            scribe,
            held: Vec::new(),
            guessed: false,
            hidden_sheet: false,
            cells: 0,
            hidden_seen: false,
        }
    }

    /// Whether no more cells are taken.
    pub(crate) fn is_full(&self) -> bool {
        self.cells >= CELLS_MAX || self.scribe.is_full()
    }

    /// Opens a sheet. Its name, which a person sees on its tab, is its heading.
    pub(crate) fn begin(&mut self, number: usize, name: &str, hidden: bool) {
        self.end();
        self.hidden_sheet = hidden;
        self.hidden_seen |= hidden;
        self.guessed = false;
        if !name.is_empty() {
            let place = Place {
                label: Some(format!("sheet {number}")),
                ..Place::default()
            };
            let span = self.scribe.block(BlockKind::Heading, place, name);
            if let Some(span) = span.filter(|_| hidden) {
                self.scribe.mark(span, MarkKind::Hidden, None, None, None);
            }
        }
        let name = Some(name.to_owned()).filter(|name| !name.is_empty());
        self.scribe.begin_table(name);
    }

    /// Takes the next row.
    pub(crate) fn row(&mut self, row: SheetRow) {
        if row.cells.is_empty() || self.is_full() {
            return;
        }
        self.cells += row.cells.len() as u64;
        if self.guessed {
            self.write(&row, false);
            return;
        }
        self.held.push(row);
        if self.held.len() >= LOOK_AHEAD {
            self.guess();
        }
    }

    /// Closes the sheet.
    pub(crate) fn end(&mut self) {
        self.guess();
        self.scribe.end_table();
    }

    /// A remark that belongs to a cell of the sheet just closed.
    pub(crate) fn remark(&mut self, cell: &str, by: Option<&str>, words: &str) {
        let mut label = format!("comment {cell}");
        if let Some(by) = by.filter(|by| !by.is_empty()) {
            label.push_str(", ");
            label.push_str(by);
        }
        let place = Place {
            label: Some(label),
            ..Place::default()
        };
        self.scribe.block(BlockKind::Comment, place, words);
    }

    /// A block after the sheet just closed.
    pub(crate) fn block(&mut self, kind: BlockKind, place: Place, words: &str) {
        self.scribe.block(kind, place, words);
    }

    /// What has to be said about the sheets.
    pub(crate) fn notices(&self, format: &str, notices: &mut Vec<Notice>) {
        if self.is_full() {
            notices.push(
                Notice::new(
                    NoticeLevel::Damaged,
                    &format!("{format}.too-long"),
                    format!(
                        "The sheets are larger than the bound of {CELLS_MAX} cells; \
                         the rest was left out."
                    ),
                )
                .next("Split the file and add the pieces."),
            );
        }
        if self.hidden_seen {
            notices.push(Notice::new(
                NoticeLevel::Remark,
                &format!("{format}.hidden"),
                "The file holds hidden sheets, rows or columns; they were read and marked.",
            ));
        }
    }

    fn guess(&mut self) {
        if std::mem::replace(&mut self.guessed, true) {
            return;
        }
        let held = std::mem::take(&mut self.held);
        let heading = heading_row(&held);
        for (i, row) in held.iter().enumerate() {
            self.write(row, heading == Some(i));
        }
    }

    fn write(&mut self, row: &SheetRow, heading: bool) {
        self.scribe.begin_row(row.number, Place::default());
        self.hidden_seen |= row.hidden;
        for cell in &row.cells {
            self.hidden_seen |= cell.hidden;
            self.scribe.begin_cell(cell.column, cell.columns, heading);
            let start = self.scribe.position();
            let words = cell.words.trim();
            if words.contains(['\n', '\r', '\t']) {
                let breaks = |c: char| matches!(c, '\n' | '\r' | '\t');
                let lines: Vec<&str> = words.split(breaks).filter(|l| !l.is_empty()).collect();
                self.scribe.push(&lines.join(" "));
            } else {
                self.scribe.push(words);
            }
            let span = quipu_model::Span::from_usize(start, self.scribe.position());
            if row.hidden || cell.hidden || self.hidden_sheet {
                self.scribe.mark(span, MarkKind::Hidden, None, None, None);
            }
            if cell.link.is_some() {
                self.scribe
                    .mark(span, MarkKind::Link, None, None, cell.link.clone());
            }
        }
        self.scribe.end_row();
    }
}

/// The row that names the columns: the first of two cells or more, all of them
/// short words, about as wide as the rows below it, which hold other kinds of
/// things or longer words in the same columns.
fn heading_row(rows: &[SheetRow]) -> Option<usize> {
    (0..rows.len()).find(|place| match rows.get(*place..) {
        Some([row, below @ ..]) => names_columns(row, below),
        _ => false,
    })
}

fn names_columns(row: &SheetRow, below: &[SheetRow]) -> bool {
    let all_words = row
        .cells
        .iter()
        .all(|cell| cell.kind == Kind::Words && cell.words.chars().count() <= 80);
    let widest = below.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if !all_words || row.cells.len() < 2 || below.is_empty() || row.cells.len() * 4 < widest * 3 {
        return false;
    }
    let under = |cell: &SheetCell| -> Vec<&SheetCell> {
        let column = cell.column;
        let same = below.iter().filter_map(|row| {
            let mut cells = row.cells.iter();
            cells.find(|other| other.column == column)
        });
        same.collect()
    };
    // Some column that is words above holds numbers or dates below.
    let differs = row.cells.iter().any(|cell| {
        let others = under(cell);
        let numbers = others.iter().filter(|other| other.kind != Kind::Words);
        !others.is_empty() && numbers.count() * 2 >= others.len()
    });
    // Without numbers: no name of a column comes again as a value in it, and
    // values are longer than names.
    let distinct = || {
        let mut cells = row.cells.iter();
        cells.all(|cell| under(cell).iter().all(|other| other.words != cell.words))
    };
    let length = |row: &SheetRow| -> usize {
        row.cells.iter().map(|cell| cell.words.len()).sum::<usize>() / row.cells.len().max(1)
    };
    let longer = || below.iter().map(length).sum::<usize>() / below.len() > length(row);
    differs || (distinct() && longer())
}

/// The name of a cell by row and column, both counted from 1: `B3`.
pub(crate) fn cell_name(row: u32, column: u32) -> String {
    format!("{}{row}", column_name(column))
}

/// 1 is A, 27 is AA.
fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u32, cells: &[&str]) -> SheetRow {
        let cells = cells.iter().enumerate().map(|(i, words)| SheetCell {
            column: i as u32 + 1,
            columns: 1,
            words: (*words).to_owned(),
            kind: if words.parse::<f64>().is_ok() {
                Kind::Number
            } else {
                Kind::Words
            },
            hidden: false,
            link: None,
        });
        SheetRow {
            number,
            hidden: false,
            cells: cells.collect(),
        }
    }

    #[test]
    fn cells_have_names() {
        assert_eq!(cell_name(1, 1), "A1");
        assert_eq!(cell_name(7, 28), "AB7");
    }

    #[test]
    fn the_row_that_names_the_columns_is_found() {
        let title = row(1, &["Ledger of the year"]);
        let names = row(2, &["payee", "sum"]);
        let value = row(3, &["Farol", "12000"]);
        assert_eq!(heading_row(&[title, names.clone(), value.clone()]), Some(1));
        assert_eq!(heading_row(&[value.clone(), value.clone()]), None);
        assert_eq!(heading_row(&[names]), None);
        let words = row(2, &["payee", "place"]);
        assert_eq!(
            heading_row(&[words.clone(), row(3, &["Farol", "Caleta Brava"])]),
            Some(0)
        );
        assert_eq!(heading_row(&[words.clone(), words]), None);
        let bank = row(1, &["Banco Mercantil", "Extracto"]);
        let names = row(2, &["date", "concept", "charge"]);
        let value = row(3, &["1992", "Cheque", "4"]);
        assert_eq!(heading_row(&[bank, names, value.clone(), value]), Some(1));
    }
}
