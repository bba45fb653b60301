//! The cells of one sheet.

use std::collections::BTreeMap;

use memchr::memmem;

use super::book::Book;
use crate::format::office::number_format::{Kind, NumberFormat, general};
use crate::format::office::package::Relation;
use crate::format::office::sheet::{SheetCell, SheetRow, Sheets};
use crate::format::office::xml::{Element, Token, Xml};
use crate::input::Watcher;

/// Merged cells and links of one sheet beyond this are not kept.
const ENTRIES_MAX: usize = 1 << 20;

/// What stands before or behind the cells but is about them.
#[derive(Debug, Default)]
struct About {
    /// Columns covered by the cell at (row, column).
    merged: BTreeMap<(u32, u32), u32>,
    /// Where the link of a cell leads.
    links: BTreeMap<(u32, u32), String>,
    /// Hidden columns, first and last.
    hidden: Vec<(u32, u32)>,
}

#[derive(Debug, Default)]
struct Open {
    column: u32,
    kind: String,
    style: usize,
    value: String,
    inline: String,
}

/// Reads a sheet into rows; says whether the file was broken.
pub(super) fn read(
    text: &str,
    book: &Book,
    relations: &BTreeMap<String, Relation>,
    sheets: &mut Sheets<'_>,
    watcher: &mut dyn Watcher,
) -> bool {
    let mut about = About::default();
    // What follows the cells must be known before they are written.
    let tail = memmem::rfind(text.as_bytes(), b"sheetData").unwrap_or(text.len());
    if let Some(tail) = text.get(tail..) {
        about.read(tail, relations);
    }
    let head = memmem::find(text.as_bytes(), b"sheetData").unwrap_or(0);
    if let Some(head) = text.get(..head) {
        about.read(head, relations);
    }
    let mut row: Option<SheetRow> = None;
    let mut row_depth = 0;
    let mut next_row = 1u32;
    let mut next_column = 1u32;
    let mut cell: Option<(u32, Open)> = None;
    let mut reading = Reading::Nothing;
    let mut reading_depth = 0;
    let mut xml = Xml::new(text, 64);
    loop {
        match xml.next() {
            Token::End => break,
            Token::Open(element) => match element.name() {
                "row" => {
                    let number = element
                        .number("r")
                        .and_then(|number| u32::try_from(number).ok());
                    let number = number.unwrap_or(next_row);
                    next_row = number.saturating_add(1);
                    next_column = 1;
                    row_depth = xml.depth();
                    let hidden = matches!(element.attr("hidden").as_deref(), Some("1" | "true"));
                    row = Some(SheetRow {
                        number,
                        hidden,
                        cells: Vec::new(),
                    });
                    if number % 4096 == 0 {
                        watcher.step(number, 0);
                    }
                }
                "c" if row.is_some() => {
                    let open = opened(&element, next_column);
                    next_column = open.column.saturating_add(1);
                    cell = Some((xml.depth(), open));
                }
                "v" if cell.is_some() => {
                    reading = Reading::Value;
                    reading_depth = xml.depth();
                }
                "t" if cell.is_some() => {
                    reading = Reading::Inline;
                    reading_depth = xml.depth();
                }
                "f" | "rPh" => xml.skip(),
                _ => {}
            },
            Token::Words(words) => {
                if let Some((_, cell)) = &mut cell {
                    match reading {
                        Reading::Value => cell.value.push_str(&words),
                        Reading::Inline => cell.inline.push_str(&words),
                        Reading::Nothing => {}
                    }
                }
            }
            Token::Close => {
                let depth = xml.depth();
                if reading != Reading::Nothing && depth < reading_depth {
                    reading = Reading::Nothing;
                }
                if let Some((_, open)) = cell.take_if(|(opened, _)| depth < *opened)
                    && let Some(row) = &mut row
                {
                    let number = row.number;
                    row.cells.extend(shown(book, &about, number, open));
                }
                if depth < row_depth
                    && let Some(row) = row.take()
                {
                    sheets.row(row);
                    if sheets.is_full() {
                        break;
                    }
                }
            }
        }
    }
    if let Some(row) = row {
        sheets.row(row);
    }
    xml.is_broken()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Nothing,
    Value,
    Inline,
}

fn opened(element: &Element<'_>, next_column: u32) -> Open {
    let place = element.attr("r").and_then(|place| place_of(&place));
    Open {
        column: place.map_or(next_column, |(_, column)| column),
        kind: element.attr("t").unwrap_or_default(),
        style: element
            .number("s")
            .and_then(|style| usize::try_from(style).ok())
            .unwrap_or(0),
        value: String::new(),
        inline: String::new(),
    }
}

/// The cell as a person sees it; `None` when there is nothing to see.
fn shown(book: &Book, about: &About, row: u32, open: Open) -> Option<SheetCell> {
    let plain = NumberFormat::default();
    let format = book.formats.get(open.style).unwrap_or(&plain);
    let mut kind = Kind::Words;
    let words = match open.kind.as_str() {
        "s" => {
            let index = open.value.trim().parse().ok()?;
            book.string(index)?.to_owned()
        }
        "inlineStr" => open.inline,
        "str" | "e" => open.value,
        "b" => {
            let words = if open.value.trim() == "1" {
                "TRUE"
            } else {
                "FALSE"
            };
            words.to_owned()
        }
        "d" => {
            kind = Kind::Date;
            open.value
        }
        _ => match open.value.trim().parse::<f64>() {
            Ok(value) => {
                kind = if format.is_date() {
                    Kind::Date
                } else {
                    Kind::Number
                };
                if book.formats.is_empty() {
                    general(value)
                } else {
                    format.show(value, book.since_1904)
                }
            }
            Err(_) if open.value.is_empty() => open.inline,
            Err(_) => open.value,
        },
    };
    let words = unescaped(&words);
    if words.trim().is_empty() {
        return None;
    }
    let place = (row, open.column);
    Some(SheetCell {
        column: open.column,
        columns: about.merged.get(&place).copied().unwrap_or(1),
        hidden: about
            .hidden
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&open.column)),
        link: about.links.get(&place).cloned(),
        words,
        kind,
    })
}

/// Strings of sheets write control characters as `_x000D_`.
fn unescaped(words: &str) -> String {
    if !words.contains("_x") {
        return words.to_owned();
    }
    let mut plain = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest
            .get(2..6)
            .filter(|_| rest.as_bytes().get(6) == Some(&b'_'))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .and_then(char::from_u32);
        match code {
            Some(letter) => {
                plain.push(letter);
                rest = &rest[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

impl About {
    fn read(&mut self, text: &str, relations: &BTreeMap<String, Relation>) {
        let mut xml = Xml::new(text, 64);
        loop {
            let element = match xml.next() {
                Token::End => return,
                Token::Open(element) => element,
                _ => continue,
            };
            match element.name() {
                "col" => {
                    let on = matches!(element.attr("hidden").as_deref(), Some("1" | "true"));
                    let number =
                        |name: &str| element.number(name).and_then(|n| u32::try_from(n).ok());
                    if let (true, Some(first), Some(last)) = (on, number("min"), number("max"))
                        && self.hidden.len() < 1024
                    {
                        self.hidden.push((first, last));
                    }
                }
                "mergeCell" if self.merged.len() < ENTRIES_MAX => {
                    let area = element.attr("ref").and_then(|area| area_of(&area));
                    if let Some((first, last)) = area.filter(|(first, last)| last.1 > first.1) {
                        self.merged.insert(first, last.1 - first.1 + 1);
                    }
                }
                "hyperlink" if self.links.len() < ENTRIES_MAX => {
                    let Some((first, _)) = element.attr("ref").and_then(|area| area_of(&area))
                    else {
                        continue;
                    };
                    let outside = element.attr("id").and_then(|id| relations.get(&id));
                    let target = match (outside, element.attr("location")) {
                        (Some(relation), _) => relation.target.clone(),
                        (None, Some(place)) => format!("#{place}"),
                        (None, None) => continue,
                    };
                    self.links.insert(first, target);
                }
                _ => {}
            }
        }
    }
}

/// `B3:D3` as its corners; a single cell is both.
fn area_of(area: &str) -> Option<((u32, u32), (u32, u32))> {
    match area.split_once(':') {
        Some((first, last)) => Some((place_of(first)?, place_of(last)?)),
        None => place_of(area).map(|place| (place, place)),
    }
}

/// `B3` as (row, column), both counted from 1.
fn place_of(name: &str) -> Option<(u32, u32)> {
    let name = name.trim();
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at(digits);
    let mut column = 0u32;
    for letter in letters.bytes().filter(|letter| *letter != b'$') {
        let value = letter
            .to_ascii_uppercase()
            .checked_sub(b'A')
            .filter(|value| *value < 26)?;
        column = column.checked_mul(26)?.checked_add(u32::from(value) + 1)?;
    }
    let row = digits.trim_start_matches('$').parse().ok()?;
    (column > 0).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        assert_eq!(place_of("B3"), Some((3, 2)));
        assert_eq!(place_of("XFD1048576"), Some((1_048_576, 16_384)));
        assert_eq!(place_of("3"), None);
        assert_eq!(place_of("ZZZZZZZZZZ1"), None);
        assert_eq!(area_of("A1:C1"), Some(((1, 1), (1, 3))));
    }

    #[test]
    fn control_characters_of_strings_are_read() {
        assert_eq!(unescaped("a_x000D_b_xZZZZ_c"), "a\rb_xZZZZ_c");
    }
}
