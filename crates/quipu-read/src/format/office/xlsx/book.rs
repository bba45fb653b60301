//! What the sheets of a workbook share: their names, strings and formats.

use crate::format::office::number_format::NumberFormat;
use crate::format::office::package::{self, Package};
use crate::format::office::xml::{Ns, Token, Xml};

/// Strings and formats beyond this are not kept.
const ENTRIES_MAX: usize = 1 << 22;

/// One sheet of the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tab {
    /// The name on its tab.
    pub(super) name: String,
    /// The part that holds it.
    pub(super) part: String,
    /// Whether the workbook hides it.
    pub(super) hidden: bool,
}

/// The workbook.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Its sheets, in the order of their tabs.
    pub(super) tabs: Vec<Tab>,
    /// Whether days are counted from 1904.
    pub(super) since_1904: bool,
    /// The format of each cell style.
    pub(super) formats: Vec<NumberFormat>,
    /// Whether one of its files was broken.
    pub(super) broken: bool,
    strings: Strings,
}

impl Book {
    /// Reads the workbook, its strings and its styles.
    pub(super) fn read(package: &mut Package<'_>) -> Option<Self> {
        let start = package::relations(package, "");
        let main = start
            .into_values()
            .find(|relation| relation.kind == "officeDocument")
            .map(|relation| relation.target)
            .filter(|name| package.has(name))
            .unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let text = package.text(&main)?;
        let relations = package::relations(package, &main);
        let mut book = Self::default();
        let mut xml = Xml::new(&text, 32);
        loop {
            match xml.next() {
                Token::End => break,
                Token::Open(element) if element.ns == Ns::Sheet => match element.name() {
                    "workbookPr" => {
                        let value = element.attr("date1904");
                        book.since_1904 = matches!(value.as_deref(), Some("1" | "true"));
                    }
                    "sheet" => {
                        let relation = element.attr("id").and_then(|id| relations.get(&id));
                        let part = relation.map(|relation| relation.target.clone());
                        book.tabs.push(Tab {
                            name: element.attr("name").unwrap_or_default(),
                            part: part.unwrap_or_default(),
                            hidden: element
                                .attr("state")
                                .is_some_and(|state| state != "visible"),
                        });
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        book.broken |= xml.is_broken();
        let named = |kind: &str, usual: &str| {
            relations
                .values()
                .find(|relation| relation.kind == kind)
                .map_or_else(
                    || package::resolve(&main, usual),
                    |found| found.target.clone(),
                )
        };
        if let Some(text) = package.text(&named("sharedStrings", "sharedStrings.xml")) {
            book.strings = Strings::read(&text, &mut book.broken);
        }
        if let Some(text) = package.text(&named("styles", "styles.xml")) {
            book.formats = formats(&text);
        }
        Some(book)
    }

    /// A shared string.
    pub(super) fn string(&self, index: usize) -> Option<&str> {
        let end = *self.strings.ends.get(index)?;
        let start = match index.checked_sub(1) {
            Some(before) => *self.strings.ends.get(before)?,
            None => 0,
        };
        self.strings.text.get(start..end)
    }
}

/// All shared strings, one after the other.
#[derive(Debug, Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    fn read(text: &str, broken: &mut bool) -> Self {
        let mut strings = Self::default();
        let mut reading = None;
        let mut item = None;
        let mut xml = Xml::new(text, 32);
        loop {
            match xml.next() {
                Token::End => break,
                Token::Open(element) => match element.name() {
                    "si" => item = Some(xml.depth()),
                    "t" => reading = Some(xml.depth()),
                    // How a name is spoken, printed small above it.
                    "rPh" => xml.skip(),
                    _ => {}
                },
                Token::Words(words) => {
                    if reading.is_some() {
                        strings.text.push_str(&words);
                    }
                }
                Token::Close => {
                    if reading.is_some_and(|depth| xml.depth() < depth) {
                        reading = None;
                    }
                    if item.is_some_and(|depth| xml.depth() < depth) {
                        item = None;
                        if strings.ends.len() < ENTRIES_MAX {
                            strings.ends.push(strings.text.len());
                        }
                    }
                }
            }
        }
        *broken |= xml.is_broken();
        strings
    }
}

/// The number format of each cell style (`cellXfs`), in order.
fn formats(text: &str) -> Vec<NumberFormat> {
    let mut own = std::collections::BTreeMap::new();
    let mut formats = Vec::new();
    let mut cells = None;
    let mut xml = Xml::new(text, 32);
    loop {
        match xml.next() {
            Token::End => return formats,
            Token::Open(element) => match element.name() {
                "numFmt" => {
                    if let (Some(id), Some(code)) =
                        (element.number("numFmtId"), element.attr("formatCode"))
                    {
                        own.insert(id, NumberFormat::parse(&code));
                    }
                }
                "cellXfs" => cells = Some(xml.depth()),
                "xf" if cells.is_some() && formats.len() < (1 << 16) => {
                    let id = element.number("numFmtId").unwrap_or(0);
                    let format = own.get(&id).cloned();
                    let built_in = || NumberFormat::built_in(u32::try_from(id).unwrap_or(0));
                    formats.push(format.unwrap_or_else(built_in));
                }
                _ => {}
            },
            Token::Close => {
                if cells.is_some_and(|depth| xml.depth() < depth) {
                    cells = None;
                }
            }
            Token::Words(_) => {}
        }
    }
}
