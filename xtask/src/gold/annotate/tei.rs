//! Volumes of TEI: blocks of plain text with the persons their editors tagged.

use std::ops::Range;
use std::path::Path;
use std::process::Command;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A block: one element without the blocks inside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) text: String,
    /// The tagged persons.
    pub(crate) persons: Vec<Tagged>,
}

/// A tagged person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tagged {
    pub(crate) bytes: Range<usize>,
    /// Who it is in the volume's own list of persons.
    pub(crate) who: Option<String>,
}

/// Elements that are blocks of their own.
const BLOCKS: &[&str] = &[
    "byline",
    "cell",
    "closer",
    "dateline",
    "div",
    "figure",
    "head",
    "item",
    "l",
    "label",
    "lg",
    "list",
    "note",
    "opener",
    "p",
    "postscript",
    "q",
    "quote",
    "row",
    "salute",
    "signed",
    "table",
];

/// An element and what is in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    /// Whether it is a document of the volume.
    document: bool,
    /// The entry of a list that it points to.
    who: Option<String>,
    inside: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Words(String),
    Element(Element),
}

/// The documents of a volume that lies compressed at a path.
///
/// # Errors
/// When it cannot be unpacked or is no XML.
pub(crate) fn volume(path: &Path) -> Result<Vec<Vec<Block>>, String> {
    let said = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    if !path.is_file() {
        return Err(said(&"it is not there"));
    }
    let unpacked = Command::new("xz")
        .arg("-dc")
        .arg(path)
        .output()
        .map_err(|error| said(&format!("`xz` could not unpack it: {error}")))?;
    if !unpacked.status.success() {
        return Err(said(&String::from_utf8_lossy(&unpacked.stderr).trim()));
    }
    let text = String::from_utf8(unpacked.stdout).map_err(|error| said(&error))?;
    documents(&text).map_err(|error| said(&error))
}

/// The documents of a volume, as blocks.
fn documents(xml: &str) -> Result<Vec<Vec<Block>>, String> {
    let mut found = Vec::new();
    collect(&tree(xml)?, &mut found);
    Ok(found)
}

fn collect(element: &Element, found: &mut Vec<Vec<Block>>) {
    if element.document {
        let mut blocks = Vec::new();
        add_blocks(element, &mut blocks);
        found.push(blocks);
    }
    for node in &element.inside {
        if let Node::Element(inner) = node {
            collect(inner, found);
        }
    }
}

fn tree(xml: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    loop {
        let event = reader
            .read_event()
            .map_err(|error| format!("byte {}: {error}", reader.error_position()))?;
        let close = matches!(&event, Event::Empty(_) | Event::End(_));
        let words = match event {
            Event::Start(tag) | Event::Empty(tag) => {
                open.push(element(&tag));
                None
            }
            Event::Text(words) => Some(words.xml10_content().into_owned()),
            Event::CData(words) => Some(words.xml10_content().into_owned()),
            Event::GeneralRef(name) => {
                let number = name.resolve_char_ref().ok().flatten();
                let known = quick_xml::escape::resolve_predefined_entity(&name);
                number.map(String::from).or(known.map(str::to_owned))
            }
            Event::Eof => break,
            _ => None,
        };
        if let (Some(words), Some(top)) = (words, open.last_mut()) {
            top.inside.push(Node::Words(words));
        }
        if close && let Some(done) = open.pop() {
            match open.last_mut() {
                Some(top) => top.inside.push(Node::Element(done)),
                None => return Err("more elements end than begin".to_owned()),
            }
        }
    }
    match open.pop() {
        Some(top) if open.is_empty() => Ok(top),
        _ => Err("it ends inside an element".to_owned()),
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let name = tag.local_name();
    let name = name.as_ref();
    let value = |name: &str| {
        let value = tag.try_get_attribute(name).ok().flatten()?;
        let value = value.normalized_value(XmlVersion::Explicit1_0).ok()?;
        Some(value.into_owned())
    };
    Element {
        document: name == "div" && value("type").as_deref() == Some("document"),
        who: value("corresp").and_then(|who| who.strip_prefix('#').map(str::to_owned)),
        name: name.to_owned(),
        inside: Vec::new(),
    }
}

/// The element's own text, then the blocks inside it.
fn add_blocks(element: &Element, blocks: &mut Vec<Block>) {
    let mut block = Block::default();
    let mut inner = Vec::new();
    walk(element, &mut block, &mut inner);
    block.text.truncate(block.text.trim_end().len());
    if !block.text.is_empty() {
        blocks.push(block);
    }
    for element in inner {
        add_blocks(element, blocks);
    }
}

fn walk<'a>(element: &'a Element, block: &mut Block, inner: &mut Vec<&'a Element>) {
    for node in &element.inside {
        let child = match node {
            Node::Words(words) => {
                put(words, &mut block.text);
                continue;
            }
            Node::Element(child) => child,
        };
        match child.name.as_str() {
            name if BLOCKS.binary_search(&name).is_ok() => {
                inner.push(child);
                if name != "note" {
                    put(" ", &mut block.text);
                }
            }
            "pb" | "graphic" => {}
            "lb" => put(" ", &mut block.text),
            "ref" if is_footnote_mark(child) => {}
            "persName" => {
                let start = block.text.len();
                walk(child, block, inner);
                let name = block.text.get(start..).unwrap_or_default();
                let from = start + name.len() - name.trim_start().len();
                let to = start + name.trim_end().len();
                if from < to {
                    block.persons.push(Tagged {
                        bytes: from..to,
                        who: child.who.clone(),
                    });
                }
            }
            _ => walk(child, block, inner),
        }
    }
}

fn is_footnote_mark(element: &Element) -> bool {
    element.inside.iter().all(|node| match node {
        Node::Words(words) => words.chars().all(|c| c.is_whitespace() || c.is_numeric()),
        Node::Element(inner) => is_footnote_mark(inner),
    })
}

/// Adds words; every run of white space becomes one blank.
fn put(words: &str, text: &mut String) {
    for c in words.chars() {
        if !c.is_whitespace() {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCKS, documents};

    #[test]
    fn blocks_can_be_searched() {
        assert!(BLOCKS.is_sorted());
    }

    #[test]
    fn a_block_is_its_own_text_with_its_persons() {
        let xml = "<TEI><div type='document'><head>1. A<note n='1'>Drafted by\n <persName>Rusk</persName>.</note> letter</head>
            <p>Mr. <persName corresp='#x'>  Ball\n &amp; son </persName>said<lb/>yes.<ref> 2 </ref></p></div>
            <div type='other'><p>Not this.</p></div></TEI>";
        let found = documents(xml).unwrap();
        assert_eq!(found.len(), 1);
        let texts: Vec<&str> = found[0].iter().map(|block| block.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "1. A letter",
                "Drafted by Rusk.",
                "Mr. Ball & son said yes."
            ]
        );
        let person = &found[0][2].persons[0].bytes;
        assert_eq!(&found[0][2].text[person.clone()], "Ball & son");
    }

    #[test]
    fn what_is_no_xml_is_refused() {
        assert!(documents("<TEI><div>").is_err());
        assert!(documents("<a></b>").is_err());
    }
}
