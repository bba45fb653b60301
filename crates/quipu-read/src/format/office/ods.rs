//! OpenDocument sheets, zipped or flat: the words of each cell as the file
//! shows them; dates by their value, in ISO 8601.

use super::number_format::Kind;
use super::sheet::{SheetCell, SheetRow, Sheets, cell_name};
use super::xml::{Element, Ns, Token, Xml};
use super::{damaged, odf};
use crate::draft::{Draft, Scribe};
use crate::input::{Input, Tools, Watcher};

/// Name and version of this reader.
const READER: &str = "ods 1";

/// How often a cell or row with words is written again where the file says
/// that it repeats; more is a bound, not a sheet.
const REPEATED_MAX: u32 = 1000;

/// Reads an ODS workbook.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let limits = tools.limits;
    let mut opened = match odf::open(input, limits, READER) {
        Ok(opened) => opened,
        Err(refused) => return *refused,
    };
    let mut styles = odf::Styles::default();
    styles.add(&opened.styles, limits.depth);
    styles.add(&opened.content, limits.depth);
    let mut scribe = Scribe::new(READER, limits.text_bytes);
    let mut book = Book {
        sheets: Sheets::new(&mut scribe),
        styles: &styles,
        number: 0,
        row: 0,
        repeated_rows: 1,
        column: 0,
        current: None,
        cell: None,
        hidden_columns: Vec::new(),
        next_column: 1,
        remarks: Vec::new(),
        remark: None,
        value: None,
    };
    let mut open: Vec<Open> = Vec::new();
    let mut xml = Xml::new(&opened.content, limits.depth);
    loop {
        match xml.next() {
            Token::Open(element) => match book.opens(&element) {
                Some(opened) => open.push(opened),
                None => xml.skip(),
            },
            Token::Close => {
                if let Some(closed) = open.pop() {
                    book.closes(&closed, watcher);
                }
            }
            Token::Words(words) => book.words(&words),
            Token::End => break,
        }
        if book.sheets.is_full() {
            break;
        }
    }
    let (broken, too_deep) = (xml.is_broken(), xml.is_too_deep());
    let mut notices = Vec::new();
    book.sheets.end();
    book.sheets.notices("ods", &mut notices);
    let fields = opened.fields();
    if let Some(package) = &mut opened.package {
        package.hand_over(&["Pictures/", "media/"], watcher);
    }
    opened.notices(&mut notices);
    damaged::add(&mut notices, "ods", broken, too_deep, false);
    Draft {
        transcript: scribe.finish(),
        fields,
        notices,
        ..Draft::default()
    }
}

enum Open {
    Plain,
    Table,
    Row,
    Cell,
    Paragraph,
    Remark,
    Value(bool),
}

#[derive(Default)]
struct Cell {
    words: String,
    kind: Option<Kind>,
    /// A date by its value.
    date: Option<String>,
    columns: u32,
    repeated: u32,
    link: Option<String>,
    paragraphs: u32,
}

#[derive(Default)]
struct Remark {
    cell: String,
    by: String,
    at: String,
    words: String,
}

struct Book<'s> {
    sheets: Sheets<'s>,
    styles: &'s odf::Styles,
    number: usize,
    row: u32,
    repeated_rows: u32,
    column: u32,
    current: Option<SheetRow>,
    cell: Option<Cell>,
    hidden_columns: Vec<(u32, u32)>,
    next_column: u32,
    remarks: Vec<Remark>,
    remark: Option<Remark>,
    value: Option<String>,
}

fn count(element: &Element<'_>, name: &str) -> u32 {
    let count = element.number(name).unwrap_or(1).max(1);
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Book<'_> {
    fn opens(&mut self, element: &Element<'_>) -> Option<Open> {
        Some(match (element.ns, element.name()) {
            (Ns::OdfTable, "table") => {
                self.number += 1;
                self.row = 0;
                self.next_column = 1;
                self.hidden_columns.clear();
                let style = element.attr("style-name").unwrap_or_default();
                let hidden = self.styles.get(&style).table_hidden;
                let name = element.attr("name").unwrap_or_default();
                self.sheets.begin(self.number, &name, hidden);
                Open::Table
            }
            (Ns::OdfTable, "table-column") => {
                let repeated = count(element, "number-columns-repeated");
                let last = self.next_column.saturating_add(repeated - 1);
                let visible = element.attr("visibility");
                if visible.is_some_and(|visible| visible != "visible")
                    && self.hidden_columns.len() < 1024
                {
                    self.hidden_columns.push((self.next_column, last));
                }
                self.next_column = last.saturating_add(1);
                Open::Plain
            }
            (Ns::OdfTable, "table-row") => {
                self.row = self.row.saturating_add(1);
                self.repeated_rows = count(element, "number-rows-repeated");
                self.column = 0;
                let visible = element.attr("visibility");
                self.current = Some(SheetRow {
                    number: self.row,
                    hidden: visible.is_some_and(|visible| visible != "visible"),
                    cells: Vec::new(),
                });
                Open::Row
            }
            (Ns::OdfTable, "table-cell" | "covered-table-cell") => {
                let kind = match element.attr("value-type").as_deref() {
                    Some("float" | "percentage" | "currency") => Some(Kind::Number),
                    Some("date" | "time") => Some(Kind::Date),
                    _ => None,
                };
                self.cell = Some(Cell {
                    kind,
                    date: element.attr("date-value"),
                    columns: count(element, "number-columns-spanned").min(1 << 14),
                    repeated: count(element, "number-columns-repeated"),
                    ..Cell::default()
                });
                Open::Cell
            }
            (Ns::OdfText, "p" | "h") => {
                let before = match (&mut self.remark, &mut self.cell) {
                    (Some(remark), _) => Some(&mut remark.words),
                    (None, Some(cell)) => {
                        cell.paragraphs += 1;
                        Some(&mut cell.words)
                    }
                    (None, None) => None,
                };
                if let Some(words) = before.filter(|words| !words.is_empty()) {
                    words.push(' ');
                }
                Open::Paragraph
            }
            (Ns::OdfText, "s") => {
                let spaces = count(element, "c").min(1024) as usize;
                self.words(&" ".repeat(spaces));
                Open::Plain
            }
            (Ns::OdfText, "tab" | "line-break") => {
                self.words(" ");
                Open::Plain
            }
            (Ns::OdfText, "a") => {
                if let Some(cell) = &mut self.cell {
                    cell.link = element.attr("href");
                }
                Open::Plain
            }
            (Ns::OdfOffice, "annotation") => {
                let column = self.column.saturating_add(1);
                self.remark = Some(Remark {
                    cell: cell_name(self.row, column),
                    ..Remark::default()
                });
                Open::Remark
            }
            (Ns::Dublin, "creator") if self.remark.is_some() => {
                self.value = Some(String::new());
                Open::Value(true)
            }
            (Ns::Dublin, "date") if self.remark.is_some() => {
                self.value = Some(String::new());
                Open::Value(false)
            }
            (Ns::OdfText, "tracked-changes")
            | (Ns::OdfTable, "tracked-changes" | "content-validations" | "named-expressions")
            | (Ns::OdfOffice, "forms" | "scripts" | "event-listeners" | "binary-data")
            | (Ns::OdfDraw, "object" | "object-ole") => return None,
            _ => Open::Plain,
        })
    }

    fn words(&mut self, words: &str) {
        if let Some(value) = &mut self.value {
            value.push_str(words);
            return;
        }
        let slot = match (&mut self.remark, &mut self.cell) {
            (Some(remark), _) => &mut remark.words,
            (None, Some(cell)) if cell.paragraphs > 0 => &mut cell.words,
            _ => return,
        };
        if words.contains(['\n', '\r', '\t']) {
            slot.push_str(&words.replace(['\n', '\r', '\t'], " "));
        } else {
            slot.push_str(words);
        }
    }

    fn closes(&mut self, closed: &Open, watcher: &mut dyn Watcher) {
        match closed {
            Open::Plain | Open::Paragraph => {}
            Open::Cell => self.end_cell(),
            Open::Row => self.end_row(watcher),
            Open::Table => {
                self.sheets.end();
                for remark in std::mem::take(&mut self.remarks) {
                    let mut by = remark.by.trim().to_owned();
                    if !remark.at.trim().is_empty() {
                        if !by.is_empty() {
                            by.push_str(", ");
                        }
                        by.push_str(remark.at.trim());
                    }
                    self.sheets.remark(&remark.cell, Some(&by), &remark.words);
                }
            }
            Open::Remark => {
                if let Some(remark) = self.remark.take()
                    && self.remarks.len() < (1 << 16)
                {
                    self.remarks.push(remark);
                }
            }
            Open::Value(author) => {
                let value = self.value.take().unwrap_or_default();
                if let Some(remark) = &mut self.remark {
                    if *author {
                        remark.by = value;
                    } else {
                        remark.at = value;
                    }
                }
            }
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let first = self.column.saturating_add(1);
        self.column = self.column.saturating_add(cell.repeated);
        let words = match cell.date {
            Some(date) if cell.kind == Some(Kind::Date) => shown_date(&date),
            _ => cell.words,
        };
        if words.trim().is_empty() {
            return;
        }
        let Some(row) = &mut self.current else { return };
        for nth in 0..cell.repeated.min(REPEATED_MAX) {
            let column = first.saturating_add(nth);
            row.cells.push(SheetCell {
                column,
                columns: cell.columns,
                words: words.clone(),
                kind: cell.kind.unwrap_or(Kind::Words),
                hidden: self
                    .hidden_columns
                    .iter()
                    .any(|(from, to)| (*from..=*to).contains(&column)),
                link: cell.link.clone(),
            });
        }
    }

    fn end_row(&mut self, watcher: &mut dyn Watcher) {
        let Some(row) = self.current.take() else {
            return;
        };
        let last = self.row.saturating_add(self.repeated_rows - 1);
        if !row.cells.is_empty() {
            for nth in 1..self.repeated_rows.min(REPEATED_MAX) {
                let mut again = row.clone();
                again.number = row.number.saturating_add(nth);
                if nth == 1 {
                    self.sheets.row(row.clone());
                }
                self.sheets.row(again);
            }
            if self.repeated_rows == 1 {
                self.sheets.row(row);
            }
        }
        self.row = last;
        if last.is_multiple_of(4096) {
            watcher.step(last, 0);
        }
    }
}

/// A date value as it is shown elsewhere: midnight is a day without a time.
fn shown_date(value: &str) -> String {
    let value = value.trim();
    let (day, time) = value.split_once('T').unwrap_or((value, ""));
    match time.trim_end_matches('Z') {
        "" | "00:00:00" | "00:00" => day.to_owned(),
        time => format!("{day} {}", time.strip_suffix(":00").unwrap_or(time)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_elsewhere() {
        assert_eq!(shown_date("1992-03-14"), "1992-03-14");
        assert_eq!(shown_date("1992-03-14T00:00:00"), "1992-03-14");
        assert_eq!(shown_date("1992-03-14T09:30:00"), "1992-03-14 09:30");
    }
}
