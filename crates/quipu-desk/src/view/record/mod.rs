//! One source with all that was read from it, as it leaves the house: the
//! record of `quipu export documents` and of `quipu read --dry-run`.
//!
//! Offsets count Unicode code points of `text`, the words after repair; where
//! a word was repaired, `edits` has what stood there.

mod made;

use serde::Serialize;

use super::expression::{AmountView, TimeView};

pub use made::record_view;

/// One source, whole.
#[derive(Debug, Clone, Serialize)]
pub struct RecordView<'a> {
    /// BLAKE3 of the bytes, 64 hexadecimal digits.
    pub source: String,
    /// Size of the source in bytes.
    pub bytes: u64,
    /// What the bytes are, judged by content.
    pub media_type: &'a str,
    /// Where it was found.
    pub paths: &'a [String],
    /// Containers it was found in: source and name there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inside: Vec<KinRecord<'a>>,
    /// Sources found in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<KinRecord<'a>>,
    /// Languages of its sentences, the most frequent first.
    pub languages: Vec<&'a str>,
    /// The reader that made the transcript, with its version.
    pub reader: &'a str,
    /// The words after repair.
    pub text: &'a str,
    /// What the document says about itself.
    pub fields: Vec<FieldRecord<'a>>,
    /// Pages, where the format has them.
    pub pages: Vec<PageRecord>,
    /// Blocks of the layout.
    pub blocks: Vec<BlockRecord>,
    /// Tables, row by row.
    pub tables: Vec<TableRecord<'a>>,
    /// Every repair.
    pub edits: Vec<EditRecord<'a>>,
    /// Boilerplate and furniture.
    pub zones: Vec<ZoneRecord<'a>>,
    /// Tracked changes, links, notes, comments.
    pub marks: Vec<MarkRecord<'a>>,
    /// Sentences with their languages.
    pub sentences: Vec<SentenceRecord<'a>>,
    /// Times in the text.
    pub times: Vec<TimeView>,
    /// Amounts in the text.
    pub amounts: Vec<AmountView>,
    /// What could not be done as wished.
    pub notices: Vec<NoticeRecord<'a>>,
}

/// A source beside this one.
#[derive(Debug, Clone, Serialize)]
pub struct KinRecord<'a> {
    /// Its hash.
    pub source: String,
    /// The name inside the container.
    pub name: &'a str,
}

/// A field with its place.
#[derive(Debug, Clone, Serialize)]
pub struct FieldRecord<'a> {
    /// Name, as in `cable.from`.
    pub name: &'a str,
    /// The value in one form.
    pub value: &'a str,
    /// The words.
    pub as_written: &'a str,
    /// First code point; absent for properties of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// First code point after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// `text`, `form` or `file`.
    pub origin: &'static str,
    /// The rule that found it.
    pub rule: &'a str,
}

/// A page.
#[derive(Debug, Clone, Serialize)]
pub struct PageRecord {
    /// Counted from 1.
    pub number: u32,
    /// First code point.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// Width in hundredths of a PDF point.
    pub width: i32,
    /// Height in hundredths of a PDF point.
    pub height: i32,
    /// Where its words come from.
    pub origin: &'static str,
    /// How sure OCR was, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
}

/// A block.
#[derive(Debug, Clone, Serialize)]
pub struct BlockRecord {
    /// What it is: `paragraph`, `heading`, `footnote`…
    pub kind: &'static str,
    /// First code point.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// Page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// A table.
#[derive(Debug, Clone, Serialize)]
pub struct TableRecord<'a> {
    /// Sheet or caption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// Page on which it starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Rows with their numbers.
    pub rows: Vec<RowRecord<'a>>,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct RowRecord<'a> {
    /// As the format counts.
    pub number: u32,
    /// Cells from left to right.
    pub cells: Vec<CellRecord<'a>>,
    /// Times in them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<TimeView>,
    /// Amounts in them; the head of a column may have given the unit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<AmountView>,
}

/// A cell.
#[derive(Debug, Clone, Serialize)]
pub struct CellRecord<'a> {
    /// Column, counted from 1.
    pub column: u32,
    /// Columns it covers.
    #[serde(skip_serializing_if = "is_one")]
    pub columns: u32,
    /// Whether it heads its column or row.
    #[serde(skip_serializing_if = "is_false")]
    pub heading: bool,
    /// Its words.
    pub text: &'a str,
    /// First code point.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
}

/// A repair.
#[derive(Debug, Clone, Serialize)]
pub struct EditRecord<'a> {
    /// First code point of what stands there now.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// What stood there.
    pub as_read: &'a str,
    /// The damage mended.
    pub kind: &'static str,
    /// The rule.
    pub rule: &'a str,
}

/// A zone.
#[derive(Debug, Clone, Serialize)]
pub struct ZoneRecord<'a> {
    /// What it is: `navigation`, `share`…
    pub kind: &'static str,
    /// First code point.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// The rule.
    pub rule: &'a str,
}

/// A mark.
#[derive(Debug, Clone, Serialize)]
pub struct MarkRecord<'a> {
    /// `inserted`, `deleted`, `link`…
    pub kind: &'static str,
    /// First code point.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<&'a str>,
    /// When, as the file writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<&'a str>,
    /// Where a link leads, what a remark says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<&'a str>,
}

/// A sentence.
#[derive(Debug, Clone, Serialize)]
pub struct SentenceRecord<'a> {
    /// First code point.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// Tag of a language pack, where one fits.
    pub language: Option<&'a str>,
}

/// A notice.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeRecord<'a> {
    /// `remark`, `damaged` or `refused`.
    pub level: &'static str,
    /// A stable name.
    pub code: &'a str,
    /// What happened.
    pub message: &'a str,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_step: Option<&'a str>,
    /// Page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in references"
)]
fn is_one(number: &u32) -> bool {
    *number == 1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in references"
)]
fn is_false(truth: &bool) -> bool {
    !*truth
}
