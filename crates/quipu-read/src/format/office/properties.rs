//! Properties that an office file states about itself.

use super::package::Package;
use super::xml::{Ns, Token, Xml};
use crate::draft::DraftField;

/// Longer values are cut: a property is a line, not a text.
const VALUE_CHARS_MAX: usize = 4096;

/// Adds a property unless it is empty.
pub(crate) fn add(fields: &mut Vec<DraftField>, name: &str, value: &str, rule: &str) {
    let value: String = value.trim().chars().take(VALUE_CHARS_MAX).collect();
    if !value.is_empty() {
        fields.push(DraftField::property(name, &value, rule));
    }
}

/// Properties of Office Open XML: `docProps/core.xml` and `docProps/app.xml`.
pub(crate) fn open_xml(package: &mut Package<'_>) -> Vec<DraftField> {
    let mut fields = Vec::new();
    for part in ["docProps/core.xml", "docProps/app.xml"] {
        let Some(text) = package.text(part) else {
            continue;
        };
        let mut xml = Xml::new(&text, 16);
        loop {
            let element = match xml.next() {
                Token::End => break,
                Token::Open(element) => element,
                _ => continue,
            };
            let name = match (element.ns, element.name()) {
                (Ns::Dublin, "title") => "file.title",
                (Ns::Dublin, "creator") => "file.creator",
                (Ns::Dublin, "subject") => "file.subject",
                (Ns::Dublin, "description") => "file.description",
                (Ns::Dublin, "created") => "file.created",
                (Ns::Dublin, "modified") => "file.modified",
                (Ns::Properties, "lastModifiedBy") => "file.last-modified-by",
                (Ns::Properties, "keywords") => "file.keywords",
                (Ns::Properties, "lastPrinted") => "file.printed",
                (Ns::Properties, "Company") => "file.company",
                (Ns::Properties, "Manager") => "file.manager",
                (Ns::Properties, "Application") => "file.program",
                _ => continue,
            };
            add(&mut fields, name, &xml.words_inside(), "ooxml.properties");
        }
    }
    fields
}
