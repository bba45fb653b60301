//! Fields: what a document says about itself, each with its words.

use crate::span::{Repaired, Span};
use crate::{layout, words};

/// One field: a name, a value, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// A name of [`names`], or a form's own (`cable.tags`).
    pub name: String,
    /// The value, put into one form: dates as EDTF, lists as one field each.
    pub value: String,
    /// The words as written.
    pub as_written: String,
    /// Where they stand; `None` only when they are not in the text at all
    /// (properties of the file).
    pub span: Option<Span<Repaired>>,
    /// Whether the text says it or the file's properties do.
    pub origin: FieldOrigin,
    /// The rule that found it.
    pub rule: String,
}

layout!(Field {
    name,
    value,
    as_written,
    span,
    origin,
    rule
});

/// Where a field was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldOrigin {
    /// In words of the document that a reader sees.
    Text,
    /// In a form's header (cable, mail).
    Form,
    /// In properties of the file (PDF information, HTML `meta`), which say when
    /// and by whom the file was made rather than what it tells.
    File,
}

words!(FieldOrigin {
    Text = 1 "text",
    Form = 2 "form",
    File = 3 "file",
});

/// The names of fields that every room may rely on.
pub mod names {
    /// Title or headline.
    pub const TITLE: &str = "title";
    /// Who wrote it, one field for each name.
    pub const BYLINE: &str = "byline";
    /// Who published it.
    pub const PUBLISHER: &str = "publisher";
    /// Place (and date) at the head of the report: `LIMA, Dec 16 2010`.
    pub const DATELINE: &str = "dateline";
    /// When it was published or sent, EDTF.
    pub const PUBLISHED: &str = "published";
    /// When it was changed after publication, EDTF, or what is said about it.
    pub const REVISED: &str = "revised";
    /// A line saying that it appeared elsewhere before.
    pub const REPRINT: &str = "reprint";
    /// Where the page was found on the web.
    pub const ADDRESS: &str = "address";
    /// What kind of document it is: `cable`, `mail`, `article`, `table`…
    pub const DOCUMENT_KIND: &str = "document-kind";
    /// Fields of a diplomatic cable begin with this.
    pub const CABLE: &str = "cable.";
    /// Fields of a mail begin with this.
    pub const MAIL: &str = "mail.";
    /// Properties of the file begin with this.
    pub const FILE: &str = "file.";
}
