//! Styles of OpenDocument files: what they say about the words under them.

use std::collections::BTreeMap;

use quipu_model::BlockKind;

use crate::format::office::word::heading_of;
use crate::format::office::xml::{Ns, Token, Xml};

/// Styles build on one another; a chain longer than this is a circle.
const CHAIN_MAX: usize = 16;

/// Styles kept.
const STYLES_MAX: usize = 1 << 16;

/// What a style says, its ancestors included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Style {
    parent: Option<String>,
    /// What a paragraph of this style is.
    pub(crate) kind: Option<(BlockKind, Option<u8>)>,
    /// Whether its words are not shown.
    pub(crate) hidden: Option<bool>,
    /// Whether its words are struck through.
    pub(crate) struck: Option<bool>,
    /// Whether a table of this style is not shown.
    pub(crate) table_hidden: bool,
}

/// All styles of a document, by name.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    by_name: BTreeMap<String, Style>,
}

impl Styles {
    /// Reads the styles that stand in front of the words of a file.
    pub(crate) fn add(&mut self, text: &str, depth_max: u32) {
        let mut current: Option<(u32, String, Style)> = None;
        let mut xml = Xml::new(text, depth_max);
        loop {
            match xml.next() {
                Token::End => break,
                Token::Close => {
                    if let Some((_, name, style)) =
                        current.take_if(|(depth, ..)| xml.depth() < *depth)
                        && self.by_name.len() < STYLES_MAX
                    {
                        self.by_name.insert(name, style);
                    }
                }
                Token::Open(element) => match (element.ns, element.name()) {
                    (Ns::OdfOffice, "body") => break,
                    (Ns::OdfStyle, "style") => {
                        let name = element.attr("name").unwrap_or_default();
                        let shown = element.attr("display-name");
                        let shown = shown.unwrap_or_else(|| name.replace("_20_", " "));
                        let level = element.number("default-outline-level");
                        let level = level.and_then(|level| u8::try_from(level).ok());
                        let kind = heading_of(&shown)
                            .or_else(|| level.map(|level| (BlockKind::Heading, Some(level))));
                        let style = Style {
                            parent: element.attr("parent-style-name"),
                            kind: kind
                                .filter(|_| element.attr("family").as_deref() == Some("paragraph")),
                            ..Style::default()
                        };
                        current = Some((xml.depth(), name, style));
                    }
                    (Ns::OdfStyle, "text-properties") => {
                        if let Some((_, _, style)) = &mut current {
                            let shown = element.attr("display");
                            style.hidden = shown.map(|shown| shown == "none");
                            let line = element
                                .attr("text-line-through-style")
                                .or_else(|| element.attr("text-line-through-type"));
                            style.struck = line.map(|line| line != "none");
                        }
                    }
                    (Ns::OdfStyle, "table-properties") => {
                        if let Some((_, _, style)) = &mut current {
                            style.table_hidden =
                                element.attr("display").as_deref() == Some("false");
                        }
                    }
                    _ => {}
                },
                Token::Words(_) => {}
            }
        }
    }

    /// What a style says, with what it takes over from its ancestors.
    pub(crate) fn get(&self, name: &str) -> Style {
        let mut style = self.by_name.get(name).cloned().unwrap_or_default();
        let mut next = style.parent.clone();
        for _ in 0..CHAIN_MAX {
            let Some(parent) = next.and_then(|name| self.by_name.get(&name)) else {
                break;
            };
            style.kind = style.kind.or(parent.kind);
            style.hidden = style.hidden.or(parent.hidden);
            style.struck = style.struck.or(parent.struck);
            next = parent.parent.clone();
        }
        style
    }
}
