//! Pages with what is lit on them, and sections with their names.

use std::collections::BTreeMap;

use quipu_model::{BlockKind, ReadDocument, Rect};

use super::{BoxView, PageView, SectionView};
use crate::view::pieces::Piece;
use crate::view::sections::{Section, page_of};
use crate::view::segment::Overlay;

/// The most boxes lit on one page.
const MOST_BOXES: usize = 600;

pub(super) fn page_views(
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

pub(super) fn section_views(
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
