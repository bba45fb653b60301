//! A document: page picture, text, and what the machine read.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use quipu_desk::address::PassageAddress;
use quipu_desk::view::claims::ClaimFilter;
use quipu_desk::view::document::{
    BlockView, BoxView, DocumentView, FieldView, ItemView, PageView, SectionView,
};
use quipu_desk::view::meant::MeantView;
use quipu_desk::view::segment::MarkView;
use quipu_desk::{ReadAsk, SourceId, names};

use super::{Asked, Trouble, html};
use crate::frame::Frame;
use crate::link::address;
use crate::serve::SharedRoom;
use crate::write::Figure;

/// Parts, paths and fields listed on the page itself; more stand on their own.
const SHOWN: usize = 30;
/// Sections linked around the one shown.
const NEAR: usize = 4;

#[derive(Template)]
#[template(path = "document.html")]
pub(super) struct DocumentPage {
    pub(super) t: Frame,
    pub(super) view: DocumentView,
    /// The beginning of the hash that addresses use.
    pub(super) id: String,
    /// Whether pages can be drawn at all.
    pictures: bool,
    /// The question the reader came with.
    pub(super) query: String,
    /// The claims to be shown.
    pub(super) filter: ClaimFilter,
    /// Whether an element was already marked as the first of its kind.
    passage_begun: Cell<bool>,
    fields_begun: RefCell<BTreeSet<usize>>,
    meant_begun: RefCell<BTreeSet<(&'static str, usize)>>,
    pub(super) words_begun: RefCell<BTreeSet<usize>>,
    matches_begun: Cell<u32>,
    /// Whether the segment before was part of a match.
    in_match: Cell<bool>,
}

pub(super) fn page(room: &SharedRoom, asked: &Asked, id: SourceId) -> Result<Response, Trouble> {
    let number = |name: &str| asked.frame.parameters.number(name).filter(|n| *n > 0);
    let words = Some(asked.parameter("w")).filter(|words| !words.is_empty());
    let chosen =
        |name: &str| Some(asked.parameter(name).to_owned()).filter(|word| !word.is_empty());
    let ask = ReadAsk {
        passage: PassageAddress::from_parameters(asked.parameter("p"), words),
        section: number("part"),
        page: number("page").and_then(|n| u32::try_from(n).ok()),
        query: asked.parameter("q").to_owned(),
        claim: chosen("claim"),
        filter: ClaimFilter {
            kind: chosen("kind"),
            standing: chosen("standing"),
            holder: chosen("holder"),
        },
    };
    let view = room.desk.document(id, &ask)?.ok_or(Trouble::NotFound)?;
    let mut t = asked.frame.clone();
    if !ask.query.is_empty() {
        t.up = address("/search", &[("q", &ask.query)]);
    }
    let page = DocumentPage {
        t,
        id: names::short(&view.source).to_owned(),
        pictures: room.pictures.is_some(),
        query: ask.query,
        filter: ask.filter,
        view,
        passage_begun: Cell::new(false),
        fields_begun: RefCell::default(),
        meant_begun: RefCell::default(),
        words_begun: RefCell::default(),
        matches_begun: Cell::new(0),
        in_match: Cell::new(false),
    };
    html(StatusCode::OK, &page)
}

/// Repairs that change no letter a reader would miss; they are marked faintly.
const QUIET: &[&str] = &["soft-hyphen", "line-hyphen", "ligature", "spacing"];

impl DocumentPage {
    // --- what appears once only -------------------------------------------

    fn passage_begins(&self) -> bool {
        !self.passage_begun.replace(true)
    }

    fn field_begins(&self, field: &usize) -> bool {
        self.fields_begun.borrow_mut().insert(*field)
    }

    fn meant_begins(&self, meant: &MeantView) -> bool {
        let mut begun = self.meant_begun.borrow_mut();
        begun.insert((meant.kind, meant.number))
    }

    /// Whether a match begins with this segment; told of every segment once.
    fn match_begins(&self, matched: &bool) -> bool {
        !self.in_match.replace(*matched) && *matched
    }

    /// The number of a match on this page, counted from 1.
    fn match_number(&self) -> u32 {
        let number = self.matches_begun.get() + 1;
        self.matches_begun.set(number);
        number
    }

    // --- addresses ----------------------------------------------------------

    pub(super) fn section_link(&self, section: impl Figure) -> String {
        let asked = |part: &'_ Option<String>| part.clone().unwrap_or_default();
        let filter = &self.filter;
        address(
            &format!("/d/{}", self.id),
            &[
                ("part", &section.figure().to_string()),
                ("q", &self.query),
                ("kind", &asked(&filter.kind)),
                ("standing", &asked(&filter.standing)),
                ("holder", &asked(&filter.holder)),
            ],
        )
    }

    fn page_link(&self, page: impl Figure) -> String {
        let page = page.figure();
        let link = address(
            &format!("/d/{}", self.id),
            &[("page", &page.to_string()), ("q", &self.query)],
        );
        format!("{link}#page-{page}")
    }

    fn field_link(&self, field: &FieldView, number: impl Figure) -> Option<String> {
        let place = field.place.as_ref()?;
        let number = number.figure();
        Some(if place.section == self.view.section {
            format!("#field-{number}")
        } else {
            format!("{}#field-{number}", self.section_link(place.section))
        })
    }

    fn picture(&self, page: &PageView, width: u32) -> String {
        format!("/d/{}/page/{}.png?w={width}", self.id, page.number)
    }

    // --- the head ------------------------------------------------------------

    /// Fields of the head, in the order a citation has them.
    fn head(&self) -> Vec<(usize, &FieldView)> {
        let order = [
            "byline",
            "publisher",
            "dateline",
            "published",
            "revised",
            "reprint",
        ];
        let named = |name: &'static str| {
            let fields = self.view.fields.iter().enumerate();
            fields.filter(move |(_, field)| field.name == name).take(3)
        };
        order.into_iter().flat_map(named).collect()
    }

    fn shown_fields(&self) -> impl Iterator<Item = (usize, &FieldView)> {
        self.view.fields.iter().enumerate().take(2 * SHOWN)
    }

    fn has_more_fields(&self) -> bool {
        self.view.fields.len() > 2 * SHOWN
    }

    /// A value as shown: dates in words, everything else as it is.
    fn value(&self, field: &FieldView) -> String {
        let dates = [
            "published",
            "revised",
            "cable.date",
            "mail.date",
            "file.created",
            "file.modified",
        ];
        if field.name == "document-kind" {
            self.t.named("kind", &field.value)
        } else if dates.contains(&field.name.as_str()) {
            self.t.date(&field.value)
        } else {
            field.value.clone()
        }
    }

    fn shown_paths(&self) -> &[String] {
        self.view.paths.get(..SHOWN).unwrap_or(&self.view.paths)
    }

    fn shown_parts(&self) -> &[quipu_desk::view::document::KinView] {
        self.view.parts.get(..SHOWN).unwrap_or(&self.view.parts)
    }

    fn has_more_files(&self) -> bool {
        self.view.paths.len() > SHOWN || self.view.parts.len() > SHOWN
    }

    fn short<'a>(&self, source: &'a str) -> &'a str {
        names::short(source)
    }

    // --- sections and pages ----------------------------------------------------

    /// Sections to link: the first, the last, those around the one shown.
    /// `None` stands for those left out.
    fn section_links(&self) -> Vec<Option<(usize, &SectionView)>> {
        let mut links = Vec::new();
        let last = self.view.sections.len();
        let mut left_out = false;
        for (i, section) in self.view.sections.iter().enumerate() {
            let number = i + 1;
            if number == 1 || number == last || number.abs_diff(self.view.section) <= NEAR {
                links.push(Some((number, section)));
                left_out = false;
            } else if !left_out {
                links.push(None);
                left_out = true;
            }
        }
        links
    }

    fn is_shown(&self, section: impl Figure) -> bool {
        section.figure() == self.view.section as u64
    }

    fn section_name(&self, number: impl Figure, section: &SectionView) -> String {
        if let Some(heading) = &section.heading {
            return heading.clone();
        }
        match (section.first_page, section.last_page) {
            (Some(first), Some(last)) if first != last => {
                let mut args = fluent_bundle::FluentArgs::new();
                args.set("from", self.t.number(first));
                args.set("to", self.t.number(last));
                self.t
                    .message("pages-from-to", Some(&args))
                    .unwrap_or_default()
            }
            (Some(page), _) => self.t.count("page-number", page),
            _ => self.t.count("section-number", number),
        }
    }

    /// The page whose picture stands beside the text: the one asked for, that
    /// of the passage, or the first of the section.
    fn pictured(&self) -> Option<&PageView> {
        let asked: Option<u32> = self.t.parameters.number("page");
        let passage = self.view.passage.as_ref().and_then(|passage| passage.page);
        let wanted = asked.or(passage);
        let mut pages = self.view.pages.iter();
        let named = wanted.and_then(|wanted| pages.find(|page| page.number == wanted));
        named
            .or_else(|| {
                self.view
                    .pages
                    .iter()
                    .find(|page| page.section == self.view.section)
            })
            .or_else(|| {
                self.view
                    .pages
                    .iter()
                    .rev()
                    .find(|page| page.section < self.view.section)
            })
            .filter(|page| page.width > 0 && page.height > 0)
    }

    fn page_before(&self, page: &PageView) -> Option<u32> {
        page.number.checked_sub(1).filter(|number| *number > 0)
    }

    fn page_after(&self, page: &PageView) -> Option<u32> {
        (u64::from(page.number) < self.view.pages.len() as u64).then(|| page.number + 1)
    }

    /// Boxes widened a little, so that they frame their words.
    fn boxes(&self, page: &PageView) -> Vec<BoxView> {
        const MARGIN: i32 = 120;
        let widen = |lit: &BoxView| BoxView {
            left: lit.left.saturating_sub(MARGIN),
            top: lit.top.saturating_sub(MARGIN),
            width: lit.width.saturating_add(2 * MARGIN),
            height: lit.height.saturating_add(2 * MARGIN),
            passage: lit.passage,
        };
        page.boxes.iter().map(widen).collect()
    }

    fn scanned(&self) -> bool {
        self.view
            .pages
            .iter()
            .any(|page| page.origin.starts_with("ocr"))
    }

    // --- the text -----------------------------------------------------------------

    fn is_quiet(&self, kind: &str) -> bool {
        QUIET.contains(&kind)
    }

    fn is_heading(&self, block: &BlockView) -> bool {
        block.kind == "heading"
    }

    /// What a block is called, where its look does not say it.
    fn block_name(&self, block: &BlockView) -> Option<String> {
        let named = [
            "footnote",
            "comment",
            "hidden",
            "picture-text",
            "page-header",
            "page-footer",
        ];
        let name = named
            .contains(&block.kind)
            .then(|| self.t.named("block", block.kind));
        match (name, &block.label) {
            (Some(name), Some(label)) => Some(format!("{name} · {label}")),
            (name, _) => name,
        }
    }

    /// What a link or remark says, for the tip.
    fn target<'a>(&self, mark: &'a MarkView) -> Option<&'a str> {
        mark.target.as_deref().filter(|target| !target.is_empty())
    }

    /// The element that a mark is set in: changes have elements of their own.
    fn element(&self, mark: &MarkView) -> &'static str {
        match mark.kind {
            "inserted" => "ins",
            "deleted" => "del",
            "struck" => "s",
            _ => "span",
        }
    }

    fn remark(&self, mark: &MarkView) -> String {
        let by: Vec<&str> = [&mark.by, &mark.at]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        by.join(", ")
    }

    fn items(&self) -> &[ItemView] {
        &self.view.items
    }

    fn repairs_total(&self) -> u64 {
        self.view.repairs.iter().map(|(_, count)| count).sum()
    }
}
