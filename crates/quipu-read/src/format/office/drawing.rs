//! Words in drawings of Office Open XML: slides, text boxes of sheets, diagrams.

use super::xml::{Ns, Token, Xml};

/// One paragraph of a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Words {
    /// What the paragraph says.
    pub(crate) words: String,
    /// The role of the shape that holds it (`title`, `body`), where it has one.
    pub(crate) role: Option<String>,
    /// Table, row and cell, each counted from 1.
    pub(crate) cell: Option<(u32, u32, u32)>,
    /// Whether it describes a picture.
    pub(crate) describes: bool,
}

enum Open {
    Plain,
    Words,
    Paragraph,
    Table,
}

/// The paragraphs of a drawing in the order of the file, and whether some of
/// it was broken.
pub(crate) fn paragraphs(text: &str, depth_max: u32) -> (Vec<Words>, bool) {
    let mut found: Vec<Words> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut words: Option<String> = None;
    let mut reading = false;
    let mut role = None;
    let mut tables = 0u32;
    let mut cell: Option<(u32, u32, u32)> = None;
    let mut xml = Xml::new(text, depth_max);
    loop {
        match xml.next() {
            Token::Open(element) => {
                let mut opened = Open::Plain;
                match (element.ns, element.name()) {
                    (Ns::Drawing, "p") => {
                        words = Some(String::new());
                        opened = Open::Paragraph;
                    }
                    (Ns::Drawing, "t") => {
                        reading = true;
                        opened = Open::Words;
                    }
                    (Ns::Drawing, "br") => words.iter_mut().for_each(|words| words.push('\n')),
                    (Ns::Drawing, "tbl") => {
                        tables += 1;
                        cell = Some((tables, 0, 0));
                        opened = Open::Table;
                    }
                    (Ns::Drawing, "tr") => {
                        cell = cell.map(|(table, row, _)| (table, row.saturating_add(1), 0));
                    }
                    (Ns::Drawing, "tc") => {
                        cell = cell.map(|(table, row, cell)| (table, row, cell.saturating_add(1)));
                    }
                    (_, "sp" | "graphicFrame" | "pic") => role = None,
                    (_, "ph") => role = Some(element.attr("type").unwrap_or_default()),
                    (_, "cNvPr" | "docPr") => {
                        let said = element.attr("descr").unwrap_or_default();
                        if !said.trim().is_empty() {
                            found.push(Words {
                                words: said.trim().to_owned(),
                                describes: true,
                                ..Words::default()
                            });
                        }
                    }
                    (Ns::Compatibility, "Fallback") => {
                        xml.skip();
                        continue;
                    }
                    _ => {}
                }
                open.push(opened);
            }
            Token::Words(more) => {
                if let Some(words) = words.as_mut().filter(|_| reading) {
                    words.push_str(&more);
                }
            }
            Token::Close => match open.pop() {
                Some(Open::Words) => reading = false,
                Some(Open::Table) => cell = None,
                Some(Open::Paragraph) => {
                    if let Some(words) = words.take().filter(|words| !words.trim().is_empty()) {
                        found.push(Words {
                            words,
                            role: role.clone(),
                            cell,
                            describes: false,
                        });
                    }
                }
                _ => {}
            },
            Token::End => return (found, xml.is_broken() || xml.is_too_deep()),
        }
    }
}
