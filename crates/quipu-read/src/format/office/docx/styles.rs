//! Styles of a Word document: what a named style says a paragraph or run is.

use std::collections::BTreeMap;

use quipu_model::BlockKind;

use crate::format::office::word::heading_of;
use crate::format::office::xml::{Ns, Token, Xml};

/// Styles build on one another; a chain longer than this is a circle.
const CHAIN_MAX: usize = 16;

/// What a style says, its ancestors included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    name: String,
    based_on: Option<String>,
    /// Outline level, 0 for the highest; 9 means running text.
    pub(super) outline: Option<u8>,
    /// List and level in it.
    pub(super) list: Option<u32>,
    /// Level within the list.
    pub(super) list_level: Option<u8>,
    /// Whether its words are not shown.
    pub(super) hidden: Option<bool>,
    /// Whether its words are struck through.
    pub(super) struck: Option<bool>,
    named: Option<(BlockKind, Option<u8>)>,
}

impl Style {
    /// What kind of block a paragraph of this style is, with its level where
    /// it is a heading.
    pub(super) fn kind(&self) -> (BlockKind, Option<u8>) {
        if let Some(named) = self.named {
            return named;
        }
        match self.outline {
            Some(level) if level < 9 => (BlockKind::Heading, Some(level + 1)),
            _ => (BlockKind::Paragraph, None),
        }
    }
}

/// All styles of a document, by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    pub(super) usual: Style,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(text: &str) -> Self {
        let mut raw: BTreeMap<String, Style> = BTreeMap::new();
        let mut usual = None;
        let mut style: Option<(String, Style)> = None;
        let mut xml = Xml::new(text, 64);
        loop {
            match xml.next() {
                Token::End => break,
                Token::Close => {
                    if xml.depth() < 2
                        && let Some((id, made)) = style.take()
                    {
                        raw.insert(id, made);
                    }
                }
                Token::Open(element) if element.ns == Ns::Word => {
                    let value = || element.attr("val");
                    match (element.name(), &mut style) {
                        ("style", slot) => {
                            let id = element.attr("styleId").unwrap_or_default();
                            if element.attr("type").as_deref() == Some("paragraph")
                                && matches!(element.attr("default").as_deref(), Some("1" | "true"))
                            {
                                usual = Some(id.clone());
                            }
                            *slot = Some((id, Style::default()));
                        }
                        ("name", Some((_, style))) => {
                            style.name = value().unwrap_or_default();
                            style.named = heading_of(&style.name);
                        }
                        ("basedOn", Some((_, style))) => style.based_on = value(),
                        ("outlineLvl", Some((_, style))) => {
                            style.outline = value().and_then(|value| value.parse().ok());
                        }
                        ("numId", Some((_, style))) => {
                            style.list = value().and_then(|value| value.parse().ok());
                        }
                        ("ilvl", Some((_, style))) => {
                            style.list_level = value().and_then(|value| value.parse().ok());
                        }
                        ("vanish", Some((_, style))) => style.hidden = Some(element.is_on()),
                        ("strike" | "dstrike", Some((_, style))) => {
                            style.struck = Some(element.is_on());
                        }
                        ("tblStylePr" | "pPrChange" | "rPrChange", _) => xml.skip(),
                        _ => {}
                    }
                }
                Token::Open(_) | Token::Words(_) => {}
            }
        }
        let by_id: BTreeMap<String, Style> = raw
            .keys()
            .map(|id| (id.clone(), inherited(&raw, id)))
            .collect();
        let usual = usual.and_then(|id| by_id.get(&id).cloned());
        Self {
            by_id,
            usual: usual.unwrap_or_default(),
        }
    }

    /// The style of that id.
    pub(super) fn get(&self, id: &str) -> Option<&Style> {
        self.by_id.get(id)
    }
}

fn inherited(raw: &BTreeMap<String, Style>, id: &str) -> Style {
    let mut style = raw.get(id).cloned().unwrap_or_default();
    let mut next = style.based_on.clone();
    for _ in 0..CHAIN_MAX {
        let Some(parent) = next.and_then(|id| raw.get(&id)) else {
            break;
        };
        style.outline = style.outline.or(parent.outline);
        style.list = style.list.or(parent.list);
        style.list_level = style.list_level.or(parent.list_level);
        style.hidden = style.hidden.or(parent.hidden);
        style.struck = style.struck.or(parent.struck);
        style.named = style.named.or(parent.named);
        next = parent.based_on.clone();
    }
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_inherits_and_a_circle_ends() {
        let styles = Styles::read(
            "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
             <w:style w:type='paragraph' w:styleId='Ttulo1'><w:name w:val='heading 1'/></w:style>\
             <w:style w:type='paragraph' w:styleId='Own'><w:name w:val='House head'/>\
             <w:basedOn w:val='Ttulo1'/></w:style>\
             <w:style w:type='paragraph' w:styleId='A'><w:basedOn w:val='B'/></w:style>\
             <w:style w:type='paragraph' w:styleId='B'><w:basedOn w:val='A'/>\
             <w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style></w:styles>",
        );
        let kind = |id: &str| styles.get(id).map(Style::kind);
        assert_eq!(kind("Own"), Some((BlockKind::Heading, Some(1))));
        assert_eq!(kind("A"), Some((BlockKind::Heading, Some(3))));
        assert_eq!(kind("C"), None);
    }
}
