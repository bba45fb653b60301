//! One document as it is read: metadata, pages, blocks in order, folds, tables.

use std::collections::BTreeMap;

use quipu_model::{Anchor, BlockKind, Field, ReadDocument, Rect, Repaired, Span};
use serde::Serialize;

use super::expression::{AmountView, Expressions, TimeView};
use super::notice::NoticeView;
use super::pieces::{Piece, pieces};
use super::sections::{Section, page_of, sections};
use super::segment::{Cutter, Overlay, SegmentView};
use super::setting::Setter;
use crate::address::{PassageAddress, Whereabouts};
use crate::names;
use crate::points::Points;
use crate::shelf::{Held, Kin};

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
}

/// The view of a document.
#[must_use]
pub fn document_view(held: &Held, ask: &DocumentAsk) -> DocumentView {
    let document = &held.document;
    let points = Points::new(&document.transcript.text);
    let passage = ask.passage.map(|address| seek(document, &points, address));
    let overlay = Overlay {
        matches: ask.matches.clone(),
        passage: passage.as_ref().and_then(|(_, span)| *span),
    };
    let pieces = pieces(document);
    let sections = sections(document, &held.reading, &pieces);
    let section_of = |at: u32| -> usize {
        let piece = pieces.partition_point(|piece| piece.span.end() <= at);
        let section = sections.partition_point(|section| section.to <= piece);
        section.min(sections.len().saturating_sub(1)) + 1
    };
    let page_start = |number: u32| {
        let pages = &document.transcript.pages;
        let page = pages.iter().find(|page| page.number == number)?;
        Some(document.repaired.map.to_repaired(page.span).start())
    };
    let shown = ask
        .section
        .or_else(|| ask.page.and_then(page_start).map(section_of))
        .or_else(|| overlay.passage.map(|span| section_of(span.start())))
        .unwrap_or(1)
        .clamp(1, sections.len().max(1));
    let cutter = Cutter::new(document, Some(&held.reading), &points, &overlay);
    let setter = Setter {
        document,
        cutter: &cutter,
        overlay: &overlay,
    };
    let section = sections
        .get(shown - 1)
        .copied()
        .unwrap_or(Section { from: 0, to: 0 });
    let shown_pieces = pieces.get(section.from..section.to).unwrap_or_default();
    let items = setter.items(shown_pieces);
    let expressions = Expressions {
        reading: &held.reading,
        text: &document.repaired.text,
        place: &|span| cutter.place(span),
        section_of: &|at| Some(section_of(at)),
    };
    let edges = shown_pieces.first().zip(shown_pieces.last());
    let shown_span = edges.map_or(Span::new(0, 0), |(first, last)| first.span.join(last.span));
    let after = pieces
        .get(section.to.wrapping_sub(1))
        .map_or(0, |p| p.span.end());
    let next_match = ask
        .matches
        .get(ask.matches.partition_point(|m| m.start() < after)..)
        .and_then(|rest| rest.first())
        .map(|span| section_of(span.start()))
        .filter(|section| *section > shown);
    DocumentView {
        source: held.source.hex(),
        title: names::title(held),
        media_type: document.media_type.clone(),
        kind: document
            .field(quipu_model::field_names::DOCUMENT_KIND)
            .map(|field| field.value.clone()),
        bytes: held.bytes,
        reader: document.transcript.reader.clone(),
        languages: languages(document),
        fields: document
            .fields
            .iter()
            .map(|field| field_view(document, &cutter, field, section_of))
            .collect(),
        pages: page_views(document, &overlay, section_of),
        sections: section_views(document, &pieces, &sections),
        section: shown,
        items,
        times: expressions.times_alone(shown_span),
        amounts: expressions.amounts(shown_span),
        paths: held.paths.clone(),
        inside: held.inside.iter().map(kin).collect(),
        parts: held.parts.iter().map(kin).collect(),
        notices: document
            .notices
            .iter()
            .chain(&held.reading.notices)
            .map(NoticeView::of)
            .collect(),
        repairs: repairs(document),
        passage: passage.map(|(view, _)| view),
        matches: ask.matches.len() as u64,
        next_match,
    }
}

/// Finds an addressed passage in the text as it is now.
pub(crate) fn seek(
    document: &ReadDocument,
    points: &Points<'_>,
    address: PassageAddress,
) -> (PassageView, Option<Span<Repaired>>) {
    let whereabouts = address.whereabouts(&document.transcript.text);
    let (word, start, end) = match whereabouts {
        Whereabouts::There => ("there", address.start, address.end),
        Whereabouts::Moved { start, end } => ("moved", start, end),
        Whereabouts::Gone => ("gone", address.start, address.end),
    };
    let read = Span::from_usize(points.byte(start), points.byte(end));
    let page = document.transcript.page_of(read);
    let span = (whereabouts != Whereabouts::Gone).then(|| document.repaired.map.to_repaired(read));
    let view = PassageView {
        whereabouts: word,
        start,
        end,
        page: page.filter(|_| span.is_some()),
    };
    (view, span)
}

pub(crate) fn kin(kin: &Kin) -> KinView {
    KinView {
        source: kin.source.hex(),
        name: kin.name.clone(),
        title: kin.title.clone(),
        media_type: kin.media_type.clone(),
    }
}

fn field_view(
    document: &ReadDocument,
    cutter: &Cutter<'_>,
    field: &Field,
    section_of: impl Fn(u32) -> usize,
) -> FieldView {
    FieldView {
        name: field.name.clone(),
        value: field.value.clone(),
        as_written: field.as_written.clone(),
        origin: field.origin.word(),
        rule: field.rule.clone(),
        place: field.span.map(|span| {
            let (start, end) = cutter.place(span);
            let read = document.repaired.map.to_transcribed(span);
            PlaceView {
                start,
                end,
                section: section_of(span.start()),
                page: document.transcript.page_of(read),
            }
        }),
    }
}

fn languages(document: &ReadDocument) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for language in document
        .sentences
        .iter()
        .filter_map(|s| s.language.as_deref())
    {
        *counts.entry(language).or_default() += 1;
    }
    ranked(counts)
}

fn repairs(document: &ReadDocument) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for edit in document.repaired.map.edits() {
        *counts.entry(edit.kind.word()).or_default() += 1;
    }
    ranked(counts)
}

fn ranked(counts: BTreeMap<&str, u64>) -> Vec<(String, u64)> {
    let mut ranked: Vec<_> = counts
        .into_iter()
        .map(|(word, n)| (word.to_owned(), n))
        .collect();
    // Stable, so equal counts stay in the order of the alphabet.
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    ranked
}

/// The most boxes lit on one page.
const MOST_BOXES: usize = 600;

fn page_views(
    document: &ReadDocument,
    overlay: &Overlay,
    section_of: impl Fn(u32) -> usize,
) -> Vec<PageView> {
    let map = &document.repaired.map;
    let mut boxes: BTreeMap<u32, Vec<BoxView>> = BTreeMap::new();
    let lit = overlay.matches.iter().map(|span| (*span, false));
    for (span, passage) in lit.chain(overlay.passage.map(|span| (span, true))) {
        for (page, area) in document.transcript.boxes_of(map.to_transcribed(span)) {
            let on_page = boxes.entry(page).or_default();
            if on_page.len() < MOST_BOXES {
                on_page.push(box_view(area, passage));
            }
        }
    }
    let pages = document.transcript.pages.iter();
    pages
        .map(|page| PageView {
            number: page.number,
            width: page.width,
            height: page.height,
            origin: page.origin.word(),
            confidence: page.confidence,
            section: section_of(map.to_repaired(page.span).start()),
            boxes: boxes.remove(&page.number).unwrap_or_default(),
        })
        .collect()
}

const fn box_view(area: Rect, passage: bool) -> BoxView {
    BoxView {
        left: area.left,
        top: area.top,
        width: area.width,
        height: area.height,
        passage,
    }
}

fn section_views(
    document: &ReadDocument,
    pieces: &[Piece],
    sections: &[Section],
) -> Vec<SectionView> {
    let shorten = |words: &str| -> String {
        let words: Vec<&str> = words.split_whitespace().collect();
        words.join(" ").chars().take(90).collect()
    };
    sections
        .iter()
        .map(|section| {
            let own = pieces.get(section.from..section.to).unwrap_or_default();
            let heading = own
                .iter()
                .find(|piece| piece.kind == BlockKind::Heading && piece.zone.is_none())
                .and_then(|piece| piece.span.of(&document.repaired.text));
            SectionView {
                heading: heading.map(shorten),
                first_page: own.first().and_then(|piece| page_of(document, piece)),
                last_page: own.last().and_then(|piece| page_of(document, piece)),
            }
        })
        .collect()
}

/// The anchor behind a span of repaired words, for whoever quotes them.
#[must_use]
pub fn anchor(held: &Held, span: Span<Repaired>) -> Option<Anchor> {
    let document = &held.document;
    document
        .repaired
        .anchor(held.source, &document.transcript, span)
}
