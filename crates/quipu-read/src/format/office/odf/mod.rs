//! What OpenDocument texts and sheets share (ISO/IEC 26300): the package, its
//! flat form in one file, properties.

mod styles;
mod walk;

use quipu_model::{BlockKind, Notice};

pub(crate) use self::styles::Styles;
pub(crate) use self::walk::walk;
use super::package::Package;
use super::xml::{self, Ns, Token, Xml};
use super::{damaged, properties};
use crate::draft::{Draft, DraftField};
use crate::input::{Input, Limits};

/// An opened file: its two texts, from a package or from one flat file.
pub(crate) struct Opened<'a> {
    /// The package; `None` for a flat file.
    pub(crate) package: Option<Package<'a>>,
    /// The words.
    pub(crate) content: String,
    /// Styles, headers and footers; empty for a flat file, which holds them in
    /// its content.
    pub(crate) styles: String,
    meta: String,
}

/// Opens an OpenDocument file.
pub(crate) fn open<'a>(
    input: &Input<'a>,
    limits: Limits,
    reader: &str,
) -> Result<Opened<'a>, Box<Draft>> {
    let Some(mut package) = Package::open(input.bytes, limits) else {
        let text = xml::decode(input.bytes);
        if text
            .get(..4096.min(text.len()))
            .is_some_and(|head| head.contains("opendocument"))
        {
            return Ok(Opened {
                package: None,
                meta: String::new(),
                content: text.into_owned(),
                styles: String::new(),
            });
        }
        return Err(Box::new(damaged::package(reader, input.bytes)));
    };
    let manifest = package.text("META-INF/manifest.xml").unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Box::new(damaged::encrypted(reader)));
    }
    let Some(content) = package.text("content.xml") else {
        return Err(Box::new(damaged::package(reader, input.bytes)));
    };
    let styles = package.text("styles.xml").unwrap_or_default();
    let meta = package.text("meta.xml").unwrap_or_default();
    Ok(Opened {
        package: Some(package),
        content,
        styles,
        meta,
    })
}

impl Opened<'_> {
    /// Properties of the file.
    pub(crate) fn fields(&self) -> Vec<DraftField> {
        let flat = self.package.is_none();
        let text = if flat { &self.content } else { &self.meta };
        let mut fields = Vec::new();
        let mut xml = Xml::new(text, 16);
        loop {
            let element = match xml.next() {
                Token::End => return fields,
                Token::Open(element) => element,
                _ => continue,
            };
            let name = match (element.ns, element.name()) {
                (Ns::OdfOffice, "body") => return fields,
                (Ns::Dublin, "title") => "file.title",
                (Ns::Dublin, "subject") => "file.subject",
                (Ns::Dublin, "description") => "file.description",
                (Ns::Dublin, "creator") => "file.last-modified-by",
                (Ns::Dublin, "date") => "file.modified",
                (Ns::OdfMeta, "initial-creator") => "file.creator",
                (Ns::OdfMeta, "creation-date") => "file.created",
                (Ns::OdfMeta, "keyword") => "file.keywords",
                (Ns::OdfMeta, "print-date") => "file.printed",
                (Ns::OdfMeta, "generator") => "file.program",
                _ => continue,
            };
            properties::add(&mut fields, name, &xml.words_inside(), "odf.meta");
        }
    }

    /// What has to be said about the package.
    pub(crate) fn notices(&mut self, notices: &mut Vec<Notice>) {
        if let Some(package) = &mut self.package {
            package.notices(notices);
        }
    }
}

/// The stories of one kind, taken out of the others.
pub(crate) fn of_kind(
    asides: &mut Vec<(BlockKind, String, super::story::Story)>,
    kind: BlockKind,
) -> Vec<(BlockKind, String, super::story::Story)> {
    let (these, others) = std::mem::take(asides)
        .into_iter()
        .partition(|aside| aside.0 == kind);
    *asides = others;
    these
}
