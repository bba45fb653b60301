//! Excel 97-2003 workbooks (BIFF8) and those of Excel 5 and 95 (MS-XLS).
//!
//! An own reader for the reasons that `xlsx` has: number formats, hidden rows,
//! and no sheet laid out in memory up to its farthest cell.

mod records;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quipu_model::{BlockKind, Notice, NoticeLevel, Place};

use self::records::{Records, box_text, half, shared, short_number, string, whole};
use super::number_format::{Kind, NumberFormat};
use super::sheet::{CELLS_MAX, SheetCell, SheetRow, Sheets};
use super::{codepage, damaged, ole, summary};
use crate::draft::{Draft, Scribe};
use crate::input::{Input, Tools, Watcher};

/// Name and version of this reader.
const READER: &str = "xls 1";

/// Reads an XLS workbook.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let Ok(mut compound) = cfb::CompoundFile::open(Cursor::new(input.bytes)) else {
        return broken();
    };
    let mut stream = |name: &str| {
        let stream = compound.open_stream(name).ok()?;
        let mut bytes = Vec::new();
        // What can be read before a damaged place is better than nothing.
        let _ = stream
            .take(input.bytes.len() as u64)
            .read_to_end(&mut bytes);
        Some(bytes)
    };
    let Some(bytes) = stream("/Workbook").or_else(|| stream("/Book")) else {
        return broken();
    };
    let properties = stream("/\u{5}SummaryInformation").unwrap_or_default();
    let book = Book::read(&bytes);
    if book.encrypted {
        return damaged::encrypted(READER);
    }
    let mut scribe = Scribe::new(READER, tools.limits.text_bytes);
    let mut sheets = Sheets::new(&mut scribe);
    let count = u32::try_from(book.tabs.len()).unwrap_or(u32::MAX);
    for (i, tab) in book.tabs.iter().enumerate() {
        sheets.begin(i + 1, &tab.name, tab.hidden);
        let sheet = Sheet::read(book.part(&bytes, tab.place), &book);
        sheet.write(&book, &mut sheets);
        if sheets.is_full() {
            break;
        }
        watcher.step(u32::try_from(i + 1).unwrap_or(u32::MAX), count);
    }
    let mut notices = Vec::new();
    sheets.notices("xls", &mut notices);
    damaged::add(&mut notices, "xls", book.tabs.is_empty(), false, false);
    for part in ole::objects(&mut compound, "/", tools.limits) {
        watcher.part(part);
    }
    Draft {
        transcript: scribe.finish(),
        fields: summary::fields(&properties),
        notices,
        ..Draft::default()
    }
}

fn broken() -> Draft {
    let notice = Notice::new(
        NoticeLevel::Refused,
        "xls.broken",
        "The file is cut or damaged: the workbook cannot be found in it.",
    );
    Draft::refused(
        READER,
        notice.next("Ask for another copy, or let a spreadsheet program repair it."),
    )
}

struct Tab {
    name: String,
    place: usize,
    hidden: bool,
}

/// What the sheets share.
struct Book {
    modern: bool,
    encrypted: bool,
    code_page: u16,
    since_1904: bool,
    tabs: Vec<Tab>,
    strings: Vec<String>,
    formats: BTreeMap<u16, NumberFormat>,
    styles: Vec<u16>,
    plain: NumberFormat,
}

impl Book {
    fn read(bytes: &[u8]) -> Self {
        let mut book = Self {
            modern: true,
            encrypted: false,
            code_page: codepage::WESTERN,
            since_1904: false,
            tabs: Vec::new(),
            strings: Vec::new(),
            formats: BTreeMap::new(),
            styles: Vec::new(),
            plain: NumberFormat::default(),
        };
        let mut records = Records::new(bytes);
        while let Some(record) = records.next() {
            let data = record.data;
            match record.kind {
                0x0809 => book.modern = half(data, 0).unwrap_or(0x0600) >= 0x0600,
                0x002F => book.encrypted = true,
                0x0042 => {
                    let page = half(data, 0).unwrap_or(codepage::WESTERN);
                    book.code_page = match page {
                        0x8000 => 10000,
                        0x8001 => codepage::WESTERN,
                        page => page,
                    };
                }
                0x0022 => book.since_1904 = half(data, 0) == Some(1),
                // Charts and macros have no cells.
                0x0085 if data.get(5) == Some(&0) && book.tabs.len() < 4096 => {
                    let name = data.get(6..).unwrap_or_default();
                    let place = whole(data, 0).unwrap_or(u32::MAX) as usize;
                    if book.tabs.iter().any(|tab| tab.place == place) {
                        continue;
                    }
                    book.tabs.push(Tab {
                        name: string(name, book.modern, false, book.code_page),
                        place,
                        hidden: data.get(4).is_some_and(|state| state & 3 != 0),
                    });
                }
                0x041E => {
                    let code = data.get(2..).unwrap_or_default();
                    let code = string(code, book.modern, book.modern, book.code_page);
                    if let Some(id) = half(data, 0) {
                        book.formats.insert(id, NumberFormat::parse(&code));
                    }
                }
                0x00E0 if book.styles.len() < 1 << 16 => {
                    book.styles.push(half(data, 2).unwrap_or(0));
                }
                0x00FC => {
                    let mut segments = vec![data];
                    while records.continues()
                        && let Some(more) = records.next()
                    {
                        segments.push(more.data);
                    }
                    book.strings = shared(segments);
                }
                0x000A => break,
                _ => {}
            }
        }
        for id in &book.styles {
            let built_in = || NumberFormat::built_in(u32::from(*id));
            book.formats.entry(*id).or_insert_with(built_in);
        }
        book
    }

    /// The records of a sheet: up to where the next one starts, so that sheets
    /// never share any.
    fn part<'b>(&self, bytes: &'b [u8], place: usize) -> &'b [u8] {
        let places = self.tabs.iter().map(|tab| tab.place);
        let next = places.filter(|other| *other > place).min();
        let end = next.unwrap_or(bytes.len()).min(bytes.len());
        bytes.get(place..end).unwrap_or_default()
    }

    fn format(&self, style: u16) -> &NumberFormat {
        let id = self.styles.get(usize::from(style));
        id.and_then(|id| self.formats.get(id))
            .unwrap_or(&self.plain)
    }
}

enum Value {
    Shared(u32),
    Number(f64, u16),
    Words(Box<str>),
}

/// One sheet.
#[derive(Default)]
struct Sheet {
    cells: Vec<((u16, u16), Value)>,
    hidden_rows: Vec<u16>,
    hidden_columns: Vec<(u16, u16)>,
    merged: BTreeMap<(u16, u16), u32>,
    /// Drawn texts by object: whether a remark, and the words.
    drawn: BTreeMap<u16, (bool, String)>,
    /// Remarks: cell, object, author.
    remarks: Vec<((u16, u16), u16, String)>,
}

impl Sheet {
    fn read(bytes: &[u8], book: &Book) -> Self {
        let mut sheet = Self::default();
        let mut formula: Option<(u16, u16)> = None;
        let mut object = None;
        let mut records = Records::new(bytes);
        // Charts in a sheet are streams of records of their own.
        let mut depth = 0u32;
        while let Some(record) = records.next() {
            let data = record.data;
            match record.kind {
                0x0809 => depth += 1,
                0x000A => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                _ if depth > 1 => {}
                0x0208 => {
                    if half(data, 12).is_some_and(|flags| flags & 0x20 != 0) {
                        sheet.hidden_rows.extend(half(data, 0));
                    }
                }
                0x007D => {
                    if let (Some(first), Some(last), Some(flags)) =
                        (half(data, 0), half(data, 2), half(data, 8))
                        && flags & 1 != 0
                        && sheet.hidden_columns.len() < 1024
                    {
                        sheet.hidden_columns.push((first, last));
                    }
                }
                0x00E5 => {
                    for area in data.get(2..).unwrap_or_default().chunks_exact(8) {
                        if let (Some(row), Some(first), Some(last)) =
                            (half(area, 0), half(area, 4), half(area, 6))
                            && last > first
                        {
                            sheet
                                .merged
                                .insert((row, first), u32::from(last - first) + 1);
                        }
                    }
                }
                0x005D => object = half(data, 6).map(|id| (half(data, 4) == Some(0x19), id)),
                0x01B6 => {
                    let count = usize::from(half(data, 10).unwrap_or(0));
                    let mut following = Vec::new();
                    while records.continues()
                        && let Some(more) = records.next()
                    {
                        following.push(more.data);
                    }
                    if let Some((remark, id)) = object.take()
                        && count > 0
                        && sheet.drawn.len() < 1 << 16
                    {
                        sheet.drawn.insert(id, (remark, box_text(count, following)));
                    }
                }
                0x001C if book.modern => {
                    if let (Some(row), Some(column), Some(id)) =
                        (half(data, 0), half(data, 2), half(data, 6))
                    {
                        let author = data.get(8..).unwrap_or_default();
                        let author = string(author, true, true, book.code_page);
                        sheet.remarks.push(((row, column), id, author));
                    }
                }
                0x0207 => {
                    if let Some(place) = formula.take() {
                        let words = string(data, book.modern, true, book.code_page);
                        sheet.put(place, Value::Words(words.into()));
                    }
                }
                kind => sheet.cell(kind, data, book, &mut formula),
            }
            if sheet.cells.len() as u64 > CELLS_MAX {
                break;
            }
        }
        sheet
    }

    fn put(&mut self, place: (u16, u16), value: Value) {
        self.cells.push((place, value));
    }

    fn cell(&mut self, kind: u16, data: &[u8], book: &Book, formula: &mut Option<(u16, u16)>) {
        let (Some(row), Some(column), Some(style)) = (half(data, 0), half(data, 2), half(data, 4))
        else {
            return;
        };
        let place = (row, column);
        let rest = data.get(6..).unwrap_or_default();
        match kind {
            0x00FD => {
                if let Some(index) = whole(rest, 0) {
                    self.put(place, Value::Shared(index));
                }
            }
            0x0204 | 0x00D6 => {
                let words = string(rest, book.modern, true, book.code_page);
                self.put(place, Value::Words(words.into()));
            }
            0x0203 => {
                if let Some(value) = rest.first_chunk::<8>() {
                    self.put(place, Value::Number(f64::from_le_bytes(*value), style));
                }
            }
            0x027E => {
                if let Some(packed) = whole(rest, 0) {
                    self.put(place, Value::Number(short_number(packed), style));
                }
            }
            0x00BD => {
                let cells = data.get(4..).unwrap_or_default().chunks_exact(6);
                for (nth, cell) in cells.enumerate() {
                    let column = u16::try_from(nth)
                        .ok()
                        .and_then(|nth| column.checked_add(nth));
                    if let (Some(style), Some(packed), Some(column)) =
                        (half(cell, 0), whole(cell, 2), column)
                    {
                        self.put((row, column), Value::Number(short_number(packed), style));
                    }
                }
            }
            0x0205 => {
                let words = match (rest.first(), rest.get(1)) {
                    (Some(value), Some(0)) => truth(*value),
                    (Some(code), _) => error(*code),
                    _ => return,
                };
                self.put(place, Value::Words(words.into()));
            }
            0x0006 | 0x0206 | 0x0406 => {
                let Some(value) = rest.first_chunk::<8>() else {
                    return;
                };
                *formula = None;
                match value {
                    [0, _, _, _, _, _, 0xFF, 0xFF] => *formula = Some(place),
                    [1, _, value, _, _, _, 0xFF, 0xFF] => {
                        self.put(place, Value::Words(truth(*value).into()));
                    }
                    [2, _, code, _, _, _, 0xFF, 0xFF] => {
                        self.put(place, Value::Words(error(*code).into()));
                    }
                    [_, _, _, _, _, _, 0xFF, 0xFF] => {}
                    value => self.put(place, Value::Number(f64::from_le_bytes(*value), style)),
                }
            }
            _ => {}
        }
    }

    fn write(mut self, book: &Book, sheets: &mut Sheets<'_>) {
        self.cells.sort_by_key(|(place, _)| *place);
        self.hidden_rows.sort_unstable();
        let mut row: Option<SheetRow> = None;
        for ((number, column), value) in &self.cells {
            let row_number = u32::from(*number) + 1;
            if row.as_ref().is_some_and(|row| row.number != row_number)
                && let Some(done) = row.take()
            {
                sheets.row(done);
            }
            let (words, kind) = shown(book, value);
            if words.trim().is_empty() {
                continue;
            }
            let row = row.get_or_insert_with(|| SheetRow {
                number: row_number,
                hidden: self.hidden_rows.binary_search(number).is_ok(),
                cells: Vec::new(),
            });
            row.cells.push(SheetCell {
                column: u32::from(*column) + 1,
                columns: self.merged.get(&(*number, *column)).copied().unwrap_or(1),
                words,
                kind,
                hidden: self
                    .hidden_columns
                    .iter()
                    .any(|(first, last)| (first..=last).contains(&column)),
                link: None,
            });
        }
        if let Some(done) = row {
            sheets.row(done);
        }
        sheets.end();
        for ((row, column), object, author) in &self.remarks {
            if let Some((_, words)) = self.drawn.get(object) {
                let cell = super::sheet::cell_name(u32::from(*row) + 1, u32::from(*column) + 1);
                sheets.remark(&cell, Some(author), words);
            }
        }
        for (_, words) in self.drawn.values().filter(|(remark, _)| !remark) {
            let place = Place {
                label: Some("text box".to_owned()),
                ..Place::default()
            };
            sheets.block(BlockKind::Paragraph, place, words);
        }
    }
}

fn shown(book: &Book, value: &Value) -> (String, Kind) {
    match value {
        Value::Shared(index) => {
            let words = book.strings.get(*index as usize).cloned();
            (words.unwrap_or_default(), Kind::Words)
        }
        Value::Words(words) => (words.to_string(), Kind::Words),
        Value::Number(value, style) => {
            let format = book.format(*style);
            let kind = if format.is_date() {
                Kind::Date
            } else {
                Kind::Number
            };
            (format.show(*value, book.since_1904), kind)
        }
    }
}

const fn truth(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}

const fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
