//! What a reader found in a source: the words, and where each of them stood.

use crate::layout::Layout;
use crate::place::{Place, Rect};
use crate::span::{Span, Transcribed};
use crate::{layout, words};

/// The words of a source as read, before any repair.
///
/// Line ends are `\n`, blocks are parted by `\n\n` or, in tables and headers,
/// by `\n`; cells of a row by `\t`. A text of pages has one [`Page`] each, in
/// order, and their spans cover the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transcript {
    /// The words.
    pub text: String,
    /// Which reader made this, with its version: `pdf 1`, `html 2`.
    pub reader: String,
    /// Pages, where the format has them.
    pub pages: Vec<Page>,
    /// Paragraphs, headings, header lines, notes…, in the order of the text.
    pub blocks: Vec<Block>,
    /// Words with their boxes on the page, in the order of the text.
    pub words: Vec<WordBox>,
    /// Tables, row by row.
    pub tables: Vec<Table>,
    /// Stretches with a special standing: tracked changes, links, comments.
    pub marks: Vec<Mark>,
}

layout!(Transcript {
    text,
    reader,
    pages,
    blocks,
    words,
    tables,
    marks
});

impl Transcript {
    /// The page on which a span starts, counted from 1.
    #[must_use]
    pub fn page_of(&self, span: Span<Transcribed>) -> Option<u32> {
        let i = self
            .pages
            .partition_point(|page| page.span.start() <= span.start());
        self.pages.get(i.checked_sub(1)?).map(|page| page.number)
    }

    /// The boxes of the words that share a character with the span, as
    /// (page, box) pairs in the order of the text.
    pub fn boxes_of(&self, span: Span<Transcribed>) -> impl Iterator<Item = (u32, Rect)> + '_ {
        let from = self
            .words
            .partition_point(|word| word.span.end() <= span.start());
        self.words[from..]
            .iter()
            .take_while(move |word| word.span.start() < span.end())
            .map(|word| (word.page, word.area))
    }
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Counted from 1, as the file orders them.
    pub number: u32,
    /// Its part of the text; empty when nothing could be read on it.
    pub span: Span<Transcribed>,
    /// Width as shown, in hundredths of a point.
    pub width: i32,
    /// Height as shown, in hundredths of a point.
    pub height: i32,
    /// Where its words come from.
    pub origin: TextOrigin,
    /// How sure the OCR engine was of them on the whole, in percent.
    pub confidence: Option<u8>,
}

layout!(Page {
    number,
    span,
    width,
    height,
    origin,
    confidence
});

/// Where the words of a page come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextOrigin {
    /// The file holds them as text.
    Text,
    /// OCR by neural networks run in Quipu (PP-OCR by `rten`).
    OcrRten,
    /// OCR by the `tesseract` program.
    OcrTesseract,
    /// The page is a picture and no engine was there to read it.
    Picture,
}

words!(TextOrigin {
    Text = 1 "text",
    OcrRten = 2 "ocr-rten",
    OcrTesseract = 3 "ocr-tesseract",
    Picture = 4 "picture",
});

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its words.
    pub span: Span<Transcribed>,
    /// What it is in the layout of the document.
    pub kind: BlockKind,
    /// Where it stood.
    pub place: Place,
}

layout!(Block { span, kind, place });

/// What a block is in the layout of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading of any level.
    Heading,
    /// An item of a list.
    ListItem,
    /// A row of a table (its cells are in [`Table`]).
    TableRow,
    /// Words under a picture or table.
    Caption,
    /// A line repeated at the head of pages.
    PageHeader,
    /// A line repeated at the foot of pages.
    PageFooter,
    /// A footnote or endnote.
    Footnote,
    /// A remark in the margin.
    Comment,
    /// A header line of a mail.
    MailHeader,
    /// Words quoted from an earlier mail, or a block quotation.
    Quoted,
    /// Text kept letter by letter (code, poems, telegram bodies).
    Preformatted,
    /// A line of navigation, a button or a form in a web page.
    Control,
    /// Words that describe a picture.
    PictureText,
    /// Words the layout hides from the reader's eye.
    Hidden,
}

words!(BlockKind {
    Paragraph = 1 "paragraph",
    Heading = 2 "heading",
    ListItem = 3 "list-item",
    TableRow = 4 "table-row",
    Caption = 5 "caption",
    PageHeader = 6 "page-header",
    PageFooter = 7 "page-footer",
    Footnote = 8 "footnote",
    Comment = 9 "comment",
    MailHeader = 10 "mail-header",
    Quoted = 11 "quoted",
    Preformatted = 12 "preformatted",
    Control = 13 "control",
    PictureText = 14 "picture-text",
    Hidden = 15 "hidden",
});

/// A word (or the smallest run the format gives) with its box on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordBox {
    /// Its letters in the transcript.
    pub span: Span<Transcribed>,
    /// Page, counted from 1.
    pub page: u32,
    /// Box on the page.
    pub area: Rect,
}

layout!(WordBox { span, page, area });

/// A table: rows of cells, each with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Sheet or caption, where it has one.
    pub name: Option<String>,
    /// Page on which it starts, counted from 1.
    pub page: Option<u32>,
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
}

layout!(Table { name, page, rows });

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The words of the whole row.
    pub span: Span<Transcribed>,
    /// Its number as the format counts (sheet row 1 is the first), from 1.
    pub number: u32,
    /// Cells from left to right; empty cells of a sheet are left out.
    pub cells: Vec<Cell>,
}

layout!(Row {
    span,
    number,
    cells
});

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its words; empty for a cell without text.
    pub span: Span<Transcribed>,
    /// Column, counted from 1.
    pub column: u32,
    /// How many columns it covers, at least 1.
    pub columns: u32,
    /// Whether it heads its column or row.
    pub heading: bool,
}

layout!(Cell {
    span,
    column,
    columns,
    heading
});

/// A stretch of text with a standing of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The words marked.
    pub span: Span<Transcribed>,
    /// What they are.
    pub kind: MarkKind,
    /// Who made the change or remark.
    pub by: Option<String>,
    /// When, as the file writes it.
    pub at: Option<String>,
    /// Where a link leads, which note a reference means, what a remark says.
    pub target: Option<String>,
}

layout!(Mark {
    span,
    kind,
    by,
    at,
    target
});

/// Why a stretch of text is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// Put in by a tracked change.
    Inserted,
    /// Taken out by a tracked change: still readable, no longer said.
    Deleted,
    /// The words a comment is about.
    Commented,
    /// A link.
    Link,
    /// The sign of a footnote.
    NoteReference,
    /// Struck through by the author.
    Struck,
    /// Not shown by the layout.
    Hidden,
}

words!(MarkKind {
    Inserted = 1 "inserted",
    Deleted = 2 "deleted",
    Commented = 3 "commented",
    Link = 4 "link",
    NoteReference = 5 "note-reference",
    Struck = 6 "struck",
    Hidden = 7 "hidden",
});

/// Checks the rules a transcript must keep; the answer names the first that is
/// broken. Readers' tests call it on everything they make.
///
/// # Errors
/// The rule, in words.
pub fn check(transcript: &Transcript) -> Result<(), String> {
    let text = transcript.text.as_str();
    let fits = |what: &str, span: Span<Transcribed>| match span.of(text) {
        Some(_) => Ok(()),
        None => Err(format!(
            "{what} {span:?} does not fit the text of {} bytes",
            text.len()
        )),
    };
    for (i, page) in transcript.pages.iter().enumerate() {
        fits("page", page.span)?;
        if page.number as usize != i + 1 {
            return Err(format!("page {} stands at place {}", page.number, i + 1));
        }
    }
    if transcript
        .pages
        .windows(2)
        .any(|two| two[0].span.end() > two[1].span.start())
    {
        return Err("pages overlap".to_owned());
    }
    for block in &transcript.blocks {
        fits("block", block.span)?;
    }
    for word in &transcript.words {
        fits("word", word.span)?;
    }
    if transcript
        .words
        .windows(2)
        .any(|two| two[0].span.start() > two[1].span.start())
    {
        return Err("words out of the order of the text".to_owned());
    }
    for cell in transcript
        .tables
        .iter()
        .flat_map(|table| &table.rows)
        .flat_map(|row| &row.cells)
    {
        fits("cell", cell.span)?;
    }
    for mark in &transcript.marks {
        fits("mark", mark.span)?;
    }
    let again = Transcript::from_bytes(&transcript.to_bytes());
    if again.as_ref() != Ok(transcript) {
        return Err("does not survive its own layout".to_owned());
    }
    Ok(())
}
