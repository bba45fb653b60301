//! A pull reader of XML for hostile files: names by namespace, entities
//! resolved, depth bounded, broken places stepped over instead of ending it all.

use std::borrow::Cow;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Broken places stepped over in one file before the rest is given up. Each
/// may cost one look at the whole rest, so the number keeps the cost linear.
const BROKEN_PLACES_MAX: u32 = 32;

/// The vocabularies readers ask for, whichever address or prefix a file uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ns {
    /// Word: transitional, strict and the flat form of 2003.
    Word,
    /// Spreadsheet cells.
    Sheet,
    /// Slides.
    Slides,
    /// Drawings shared by the three.
    Drawing,
    /// A drawing's place in a Word text.
    WordDrawing,
    /// Old drawings.
    Vml,
    /// The office part of old drawings.
    VmlOffice,
    /// Formulas as Word sets them.
    Math,
    /// Branches for programs of different age.
    Compatibility,
    /// Relations between parts.
    Relations,
    /// Dublin Core, elements or terms.
    Dublin,
    /// Properties of the file.
    Properties,
    /// OpenDocument: the document as such.
    OdfOffice,
    /// OpenDocument: text.
    OdfText,
    /// OpenDocument: tables.
    OdfTable,
    /// OpenDocument: drawings.
    OdfDraw,
    /// OpenDocument: styles.
    OdfStyle,
    /// OpenDocument: properties of the file.
    OdfMeta,
    /// OpenDocument: titles and descriptions of drawings.
    OdfSvg,
    /// OpenDocument: number formats.
    OdfNumber,
    /// OpenDocument: the list of a package's files.
    OdfManifest,
    /// Anything else.
    Other,
}

fn vocabulary(address: &str) -> Ns {
    const ODF: &str = "urn:oasis:names:tc:opendocument:xmlns:";
    const OPEN: &str = "http://schemas.openxmlformats.org/";
    const STRICT: &str = "http://purl.oclc.org/ooxml/";
    if let Some(rest) = address.strip_prefix(ODF) {
        return match rest {
            "office:1.0" => Ns::OdfOffice,
            "text:1.0" => Ns::OdfText,
            "table:1.0" => Ns::OdfTable,
            "drawing:1.0" => Ns::OdfDraw,
            "style:1.0" => Ns::OdfStyle,
            "meta:1.0" => Ns::OdfMeta,
            "svg-compatible:1.0" => Ns::OdfSvg,
            "datastyle:1.0" => Ns::OdfNumber,
            "manifest:1.0" => Ns::OdfManifest,
            _ => Ns::Other,
        };
    }
    let path = address
        .strip_prefix(OPEN)
        .or_else(|| address.strip_prefix(STRICT));
    if let Some(path) = path {
        return match path
            .trim_end_matches("/2006/main")
            .trim_end_matches("/main")
        {
            "wordprocessingml" => Ns::Word,
            "spreadsheetml" => Ns::Sheet,
            "presentationml" => Ns::Slides,
            "drawingml" => Ns::Drawing,
            "drawingml/2006/wordprocessingDrawing" | "drawingml/wordprocessingDrawing" => {
                Ns::WordDrawing
            }
            "officeDocument/2006/math" | "officeDocument/math" => Ns::Math,
            "officeDocument/2006/relationships" | "officeDocument/relationships" => Ns::Relations,
            "package/2006/relationships" => Ns::Relations,
            "markup-compatibility/2006" => Ns::Compatibility,
            "package/2006/metadata/core-properties"
            | "officeDocument/2006/extended-properties"
            | "officeDocument/extendedProperties" => Ns::Properties,
            _ => Ns::Other,
        };
    }
    match address {
        "http://schemas.microsoft.com/office/word/2003/wordml" => Ns::Word,
        "urn:schemas-microsoft-com:vml" => Ns::Vml,
        "urn:schemas-microsoft-com:office:office" => Ns::VmlOffice,
        "http://purl.org/dc/elements/1.1/" | "http://purl.org/dc/terms/" => Ns::Dublin,
        _ => Ns::Other,
    }
}

/// What comes next in the file.
#[derive(Debug)]
pub(crate) enum Token<'a> {
    /// An element opens; its [`Token::Close`] will follow, even if it is empty.
    Open(Element<'a>),
    /// The element opened last closes.
    Close,
    /// Words between elements, entities resolved. Words of one place may come
    /// in several pieces.
    Words(Cow<'a, str>),
    /// Nothing more.
    End,
}

/// The head of an element.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    /// Its vocabulary.
    pub(crate) ns: Ns,
    tag: BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without prefix.
    pub(crate) fn name(&self) -> &str {
        local(self.tag.name().into_inner())
    }

    /// The value of the first attribute of that name, whatever its prefix.
    pub(crate) fn attr(&self, name: &str) -> Option<String> {
        self.tag
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| local(attribute.key.into_inner()) == name)
            .map(|attribute| unescape(&attribute.value).into_owned())
    }

    /// The same as a number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.attr(name)?.trim().parse().ok()
    }

    /// Whether a switch (`w:b`, `w:vanish w:val="0"`) is on: it is when there
    /// is no value or one that is not a form of no.
    pub(crate) fn is_on(&self) -> bool {
        self.attr("val")
            .is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

struct Binding {
    depth: u32,
    prefix: String,
    ns: Ns,
}

/// Reads one XML file front to back.
pub(crate) struct Xml<'a> {
    text: &'a str,
    base: usize,
    reader: Reader<&'a [u8]>,
    depth: u32,
    depth_max: u32,
    bindings: Vec<Binding>,
    last: Option<(String, Ns)>,
    empty: bool,
    broken: u32,
    too_deep: bool,
    ended: bool,
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

impl<'a> Xml<'a> {
    /// Starts at the front; what is nested deeper than `depth_max` is skipped.
    pub(crate) fn new(text: &'a str, depth_max: u32) -> Self {
        Self {
            text,
            base: 0,
            reader: reader(text),
            depth: 0,
            depth_max,
            bindings: Vec::new(),
            last: None,
            empty: false,
            broken: 0,
            too_deep: false,
            ended: false,
        }
    }

    /// Whether a place was broken, so that words may be missing.
    pub(crate) const fn is_broken(&self) -> bool {
        self.broken > 0
    }

    /// Whether something was skipped because it lay too deep.
    pub(crate) const fn is_too_deep(&self) -> bool {
        self.too_deep
    }

    /// How many elements are open.
    pub(crate) const fn depth(&self) -> u32 {
        self.depth
    }

    /// What comes next.
    pub(crate) fn next(&mut self) -> Token<'a> {
        if std::mem::take(&mut self.empty) {
            self.leave();
            return Token::Close;
        }
        loop {
            match self.event() {
                Event::Start(tag) => {
                    if self.depth >= self.depth_max {
                        self.too_deep = true;
                        self.skip_raw();
                        continue;
                    }
                    return Token::Open(self.enter(tag));
                }
                Event::Empty(tag) => {
                    let element = self.enter(tag);
                    self.empty = true;
                    return Token::Open(element);
                }
                Event::End(_) if self.depth > 0 => {
                    self.leave();
                    return Token::Close;
                }
                Event::Text(words) => return Token::Words(words.into_inner()),
                Event::CData(words) => return Token::Words(words.into_inner()),
                Event::GeneralRef(name) => {
                    let name = name.into_inner();
                    return Token::Words(
                        entity(&name)
                            .map_or_else(|| format!("&{name};"), String::from)
                            .into(),
                    );
                }
                Event::Eof => {
                    // Elements that a cut file left open still get their close.
                    self.ended = true;
                    if self.depth > 0 {
                        self.broken += 1;
                        self.leave();
                        return Token::Close;
                    }
                    return Token::End;
                }
                _ => {}
            }
        }
    }

    /// Steps over what is left of the element opened last, its close included.
    pub(crate) fn skip(&mut self) {
        if !std::mem::take(&mut self.empty) {
            self.skip_raw();
        }
        self.leave();
    }

    /// All words up to the close of the element opened last, close included.
    pub(crate) fn words_inside(&mut self) -> String {
        let depth = self.depth;
        let mut words = String::new();
        while self.depth >= depth {
            match self.next() {
                Token::Words(more) => words.push_str(&more),
                Token::End => break,
                _ => {}
            }
        }
        words
    }

    fn skip_raw(&mut self) {
        let mut inside = 1u32;
        while inside > 0 {
            match self.event() {
                Event::Start(_) => inside += 1,
                Event::End(_) => inside -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
    }

    fn event(&mut self) -> Event<'a> {
        if self.ended {
            return Event::Eof;
        }
        loop {
            match self.reader.read_event() {
                Ok(event) => return event,
                Err(_) => {
                    self.broken += 1;
                    let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
                    let from = self.base.saturating_add(at).saturating_add(1);
                    let next = self
                        .text
                        .as_bytes()
                        .get(from..)
                        .and_then(|rest| memchr::memchr(b'<', rest));
                    match next {
                        Some(next) if self.broken <= BROKEN_PLACES_MAX => {
                            self.base = from + next;
                            self.reader = reader(self.text.get(self.base..).unwrap_or_default());
                        }
                        _ => {
                            self.ended = true;
                            return Event::Eof;
                        }
                    }
                }
            }
        }
    }

    fn enter(&mut self, tag: BytesStart<'a>) -> Element<'a> {
        self.depth += 1;
        if memmem::find(tag.attributes_raw().as_bytes(), b"xmlns").is_some() {
            self.bind(&tag);
        }
        let ns = self.resolve(tag.name().into_inner());
        Element { ns, tag }
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        while self
            .bindings
            .last()
            .is_some_and(|binding| binding.depth > self.depth)
        {
            self.bindings.pop();
            self.last = None;
        }
    }

    fn bind(&mut self, tag: &BytesStart<'a>) {
        for attribute in tag.attributes().with_checks(false).flatten() {
            let key = attribute.key.into_inner();
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            self.last = None;
            self.bindings.push(Binding {
                depth: self.depth,
                prefix: prefix.to_owned(),
                ns: vocabulary(&attribute.value),
            });
            // More names than any real file has: the oldest of the deepest
            // element are enough, and lookup stays cheap.
            if self.bindings.len() > 4096 {
                break;
            }
        }
    }

    fn resolve(&mut self, name: &str) -> Ns {
        let prefix = name.rsplit_once(':').map_or("", |(prefix, _)| prefix);
        if let Some((last, ns)) = &self.last
            && last == prefix
        {
            return *ns;
        }
        let ns = self
            .bindings
            .iter()
            .rev()
            .find(|binding| binding.prefix == prefix)
            .map_or(Ns::Other, |binding| binding.ns);
        self.last = Some((prefix.to_owned(), ns));
        ns
    }
}

/// The character an entity stands for: the five of XML and numbers.
fn entity(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Resolves the entities of an attribute's value.
fn unescape(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        // The longest entity that means anything here has ten letters.
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, entity(rest.get(1..end)?)?))) {
            Some((end, letter)) => {
                plain.push(letter);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The text of an XML file: UTF-8 unless a byte order mark or its own first
/// line says otherwise.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    let utf16 = match bytes {
        [b'<', 0, ..] => Some(encoding_rs::UTF_16LE),
        [0, b'<', ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = utf16 {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let head = &bytes[..bytes.len().min(200)];
    let declared = memmem::find(head, b"encoding=").and_then(|at| {
        let label = head.get(at + 10..)?;
        let end = label.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
        encoding_rs::Encoding::for_label(&label[..end])
    });
    match declared {
        Some(encoding) if encoding.is_ascii_compatible() => {
            encoding.decode_without_bom_handling(bytes).0
        }
        _ => String::from_utf8_lossy(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let mut xml = Xml::new(text, 8);
        let mut told = String::new();
        loop {
            match xml.next() {
                Token::Open(element) => {
                    told.push_str(&format!("({:?}.{}", element.ns, element.name()));
                }
                Token::Close => told.push(')'),
                Token::Words(words) => told.push_str(&words),
                Token::End => return told,
            }
        }
    }

    #[test]
    fn names_go_by_address_and_not_by_prefix() {
        let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
        let text = format!("<q:p xmlns:q='{strict}'><p/>a&amp;b&#241;&x;</q:p>");
        assert_eq!(told(&text), "(Word.p(Other.p)a&bñ&x;)");
    }

    #[test]
    fn a_broken_place_costs_itself_only() {
        assert_eq!(told("<a>one<b <c>two</a>"), told("<a>one<b <c>two</a>"));
        assert!(told("<a>one</a><!DOC <b>two</b>").contains("one"));
        assert!(told("<a>one<").starts_with("(Other.aone"));
    }

    #[test]
    fn what_lies_too_deep_is_skipped() {
        let deep = format!("{}deep{}after", "<a>".repeat(100), "</a>".repeat(93));
        assert!(!told(&deep).contains("deep"));
        assert!(told(&deep).contains("after"));
    }

    #[test]
    fn bytes_become_text_by_their_own_word() {
        assert_eq!(decode(b"\xFF\xFE<\0a\0"), "<a");
        assert_eq!(
            decode(b"<?xml version='1.0' encoding='windows-1252'?>\xF1"),
            "<?xml version='1.0' encoding='windows-1252'?>ñ"
        );
    }
}
