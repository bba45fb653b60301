//! One document as it is read: metadata, pages, blocks in order, folds, tables.

mod made;
mod pages;

use quipu_model::{Repaired, Span};
use serde::Serialize;

use super::claims::{ClaimCountsView, ClaimFilter, ClaimView};
use super::expression::{AmountView, TimeView};
use super::notice::NoticeView;
use super::segment::SegmentView;
use crate::address::PassageAddress;

pub use made::{anchor, document_view};
pub(crate) use made::{ranked, seek};

/// A document, or the section of it that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentView {
    /// The hash of the bytes, 64 hexadecimal digits.
    pub source: String,
    /// Its title, its subject or its file name.
    pub title: String,
    /// IANA media type, judged by content.
    pub media_type: String,
    /// `cable`, `mail`, `article`… where the document says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Size of the source in bytes.
    pub bytes: u64,
    /// The reader that made the text, with its version.
    pub reader: String,
    /// Languages of its sentences, the commonest first, with their counts.
    pub languages: Vec<(String, u64)>,
    /// What the document says about itself.
    pub fields: Vec<FieldView>,
    /// Its pages, where it has pages.
    pub pages: Vec<PageView>,
    /// All sections of the document.
    pub sections: Vec<SectionView>,
    /// The section shown, counted from 1.
    pub section: usize,
    /// The text of that section.
    pub items: Vec<ItemView>,
    /// Times in that section; those that are part of an amount are left out.
    pub times: Vec<TimeView>,
    /// Amounts in that section.
    pub amounts: Vec<AmountView>,
    /// Claims whose passage begins in that section, as far as they are to be shown.
    pub claims: Vec<ClaimView>,
    /// Claims of the whole document, counted.
    pub claim_counts: ClaimCountsView,
    /// Whether a claim was asked for that is not read here.
    pub claim_gone: bool,
    /// Every path it was found at.
    pub paths: Vec<String>,
    /// The files it was found in.
    pub inside: Vec<KinView>,
    /// The files found in it.
    pub parts: Vec<KinView>,
    /// What could not be done as wished.
    pub notices: Vec<NoticeView>,
    /// How many repairs the whole document has, by kind.
    pub repairs: Vec<(String, u64)>,
    /// The passage of the address, if one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passage: Option<PassageView>,
    /// Words that answer the question, in the whole document.
    pub matches: u64,
    /// Where the next section with an answer starts, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_match: Option<usize>,
    /// Author, title, publisher and date, as citations have them.
    pub cited_as: String,
    /// The seal of the archive.
    pub seal: String,
}

/// A field with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldView {
    /// `title`, `cable.from`, `file.author`…
    pub name: String,
    /// In one form: dates as EDTF.
    pub value: String,
    /// As written.
    pub as_written: String,
    /// `text`, `form` or `file`.
    pub origin: &'static str,
    /// The rule that found it.
    pub rule: String,
    /// Where it stands; `None` for properties of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceView>,
}

/// A place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceView {
    /// First code point of the transcript.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// The section it is shown in, counted from 1.
    pub section: usize,
    /// Page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// A page with what is to be lit on its picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageView {
    /// Counted from 1.
    pub number: u32,
    /// Width in hundredths of a point.
    pub width: i32,
    /// Height in hundredths of a point.
    pub height: i32,
    /// `text`, `ocr-rten`, `ocr-tesseract` or `picture`.
    pub origin: &'static str,
    /// How sure the OCR engine was, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
    /// The section in which its text starts.
    pub section: usize,
    /// Boxes of matches and of the passage.
    pub boxes: Vec<BoxView>,
}

/// A box on a page, in hundredths of a point from the top left corner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoxView {
    /// Distance from the left edge.
    pub left: i32,
    /// Distance from the top edge.
    pub top: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// Whether it belongs to the passage (else to a match).
    pub passage: bool,
}

/// A section of a long document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionView {
    /// Its first heading, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Its first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_page: Option<u32>,
    /// Its last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_page: Option<u32>,
}

/// Something set on the page, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemView {
    /// A paragraph, a heading, a header line…
    Block(BlockView),
    /// Rows of one table that follow one another.
    Table(TableView),
    /// Boilerplate: kept, folded.
    Fold(FoldView),
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BlockView {
    /// `paragraph`, `heading`, `mail-header`…
    pub kind: &'static str,
    /// First code point of the transcript.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// The parameters of its address.
    pub address: String,
    /// Page, where it differs from that of the block before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_begins: Option<u32>,
    /// What the format calls the place: a sheet, a note number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Language of the whole block.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether its line breaks mean something.
    pub lines_matter: bool,
    /// Its words.
    pub segments: Vec<SegmentView>,
}

/// Rows of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableView {
    /// Sheet or caption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Page, where it differs from that of what stands before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_begins: Option<u32>,
    /// Columns of the widest row.
    pub columns: u32,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowView {
    /// As the format counts, from 1.
    pub number: u32,
    /// First code point of the transcript.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// The parameters of its address.
    pub address: String,
    /// Cells from left to right.
    pub cells: Vec<CellView>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellView {
    /// Columns left out before it, because nothing stands there.
    pub gap: u32,
    /// Columns it covers.
    pub columns: u32,
    /// Whether it heads its row or column.
    pub heading: bool,
    /// Whether it is a number, set to the right.
    pub number: bool,
    /// Its words.
    pub segments: Vec<SegmentView>,
}

/// Boilerplate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoldView {
    /// `navigation`, `share`, `release-stamp`…
    pub kind: &'static str,
    /// Words folded away.
    pub words: usize,
    /// Whether it must be open because a match or the passage lies in it.
    pub open: bool,
    /// What it holds.
    pub items: Vec<ItemView>,
}

/// A container or a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KinView {
    /// The hash of its bytes.
    pub source: String,
    /// Its name inside the container.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its media type.
    pub media_type: String,
}

/// What became of the passage that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassageView {
    /// `there`, `moved` or `gone`.
    pub whereabouts: &'static str,
    /// First code point now.
    pub start: usize,
    /// First code point after it now.
    pub end: usize,
    /// Page it starts on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// Which part of a document is wanted.
#[derive(Debug, Clone, Default)]
pub struct DocumentAsk {
    /// A passage to light and to show.
    pub passage: Option<PassageAddress>,
    /// A section, counted from 1.
    pub section: Option<usize>,
    /// A page, counted from 1.
    pub page: Option<u32>,
    /// Words that answer a question, ascending.
    pub matches: Vec<Span<Repaired>>,
    /// The written id of a claim to light and to show.
    pub claim: Option<String>,
    /// The claims to be shown.
    pub filter: ClaimFilter,
}
