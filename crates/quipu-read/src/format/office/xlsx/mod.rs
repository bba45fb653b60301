//! Excel workbooks (Office Open XML), read cell by cell: values as a person
//! sees them, formulas by the result the file keeps.
//!
//! An own reader, because the libraries at hand drop number formats and hidden
//! rows, and lay out a whole sheet in memory up to its farthest cell.

mod book;
mod cells;

use std::collections::BTreeMap;

use quipu_model::{BlockKind, Notice, Place};

use self::book::Book;
use super::package::{self, Package, Relation};
use super::sheet::Sheets;
use super::xml::{Token, Xml};
use super::{damaged, drawing, properties};
use crate::draft::{Draft, Scribe};
use crate::input::{Input, Tools, Watcher};

/// Name and version of this reader.
const READER: &str = "xlsx 1";

/// Reads an XLSX workbook.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let Some(mut package) = Package::open(input.bytes, tools.limits) else {
        return damaged::package(READER, input.bytes);
    };
    let Some(mut book) = Book::read(&mut package) else {
        return damaged::package(READER, input.bytes);
    };
    let tabs = std::mem::take(&mut book.tabs);
    let mut scribe = Scribe::new(READER, tools.limits.text_bytes);
    let mut sheets = Sheets::new(&mut scribe);
    let mut broken = book.broken;
    let count = u32::try_from(tabs.len()).unwrap_or(u32::MAX);
    let mut read = std::collections::BTreeSet::new();
    for (i, tab) in tabs.iter().enumerate().take(1 << 12) {
        // No two tabs of a sound file show the same sheet.
        if !read.insert(tab.part.to_lowercase()) || sheets.is_full() {
            broken = true;
            continue;
        }
        let relations = package::relations(&mut package, &tab.part);
        sheets.begin(i + 1, &tab.name, tab.hidden);
        match package.text(&tab.part) {
            Some(text) => broken |= cells::read(&text, &book, &relations, &mut sheets, watcher),
            None => broken = true,
        }
        sheets.end();
        for remark in remarks(&mut package, &relations) {
            sheets.remark(&remark.cell, remark.by.as_deref(), &remark.words);
        }
        for words in boxes(&mut package, &relations, tools.limits.depth) {
            let (kind, label) = if words.describes {
                (BlockKind::PictureText, None)
            } else {
                (BlockKind::Paragraph, Some("text box".to_owned()))
            };
            let place = Place {
                label,
                ..Place::default()
            };
            sheets.block(kind, place, &words.words);
        }
        watcher.step(u32::try_from(i + 1).unwrap_or(u32::MAX), count);
    }
    let mut notices: Vec<Notice> = Vec::new();
    sheets.notices("xlsx", &mut notices);
    package.hand_over(&["xl/media/", "xl/embeddings/"], watcher);
    let fields = properties::open_xml(&mut package);
    package.notices(&mut notices);
    damaged::add(&mut notices, "xlsx", broken, false, false);
    Draft {
        transcript: scribe.finish(),
        fields,
        notices,
        ..Draft::default()
    }
}

/// A remark on a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Remark {
    cell: String,
    by: Option<String>,
    words: String,
}

/// The remarks of a sheet: of the new kind, in threads, where there are such,
/// else of the old.
fn remarks(package: &mut Package<'_>, relations: &BTreeMap<String, Relation>) -> Vec<Remark> {
    let part = |kind: &str| {
        let found = relations.values().find(|relation| relation.kind == kind);
        found.map(|relation| relation.target.clone())
    };
    let mut people = BTreeMap::new();
    let threaded = part("threadedComment").and_then(|part| package.text(&part));
    if threaded.is_some() {
        for name in package.under("xl/persons/") {
            let Some(text) = package.text(&name) else {
                continue;
            };
            let mut xml = Xml::new(&text, 16);
            loop {
                match xml.next() {
                    Token::Open(element) if element.name() == "person" => {
                        if let (Some(id), Some(name)) =
                            (element.attr("id"), element.attr("displayName"))
                        {
                            people.insert(id, name);
                        }
                    }
                    Token::End => break,
                    _ => {}
                }
            }
        }
    }
    match threaded.or_else(|| part("comments").and_then(|part| package.text(&part))) {
        Some(text) => read_remarks(&text, &people),
        None => Vec::new(),
    }
}

fn read_remarks(text: &str, people: &BTreeMap<String, String>) -> Vec<Remark> {
    let mut authors: Vec<String> = Vec::new();
    let mut found: Vec<Remark> = Vec::new();
    let mut xml = Xml::new(text, 32);
    loop {
        match xml.next() {
            Token::End => return found,
            Token::Open(element) => match element.name() {
                "author" => authors.push(xml.words_inside()),
                "comment" => found.push(Remark {
                    cell: element.attr("ref").unwrap_or_default(),
                    by: element
                        .number("authorId")
                        .and_then(|id| authors.get(usize::try_from(id).ok()?).cloned()),
                    words: String::new(),
                }),
                "threadedComment" => found.push(Remark {
                    cell: element.attr("ref").unwrap_or_default(),
                    by: element
                        .attr("personId")
                        .and_then(|id| people.get(&id).cloned()),
                    words: String::new(),
                }),
                "t" | "text" if element.name() == "t" || !people.is_empty() => {
                    let words = xml.words_inside();
                    if let Some(remark) = found.last_mut() {
                        remark.words.push_str(&words);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
}

/// Words drawn over a sheet.
fn boxes(
    package: &mut Package<'_>,
    relations: &BTreeMap<String, Relation>,
    depth_max: u32,
) -> Vec<drawing::Words> {
    let drawings = relations
        .values()
        .filter(|relation| relation.kind == "drawing");
    let mut found = Vec::new();
    for relation in drawings {
        if let Some(text) = package.text(&relation.target) {
            found.extend(drawing::paragraphs(&text, depth_max).0);
        }
    }
    found
}
