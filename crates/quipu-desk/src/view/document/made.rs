//! Makes the view of a document from what the archive holds.

use std::collections::BTreeMap;

use quipu_model::{Anchor, Field, ReadDocument, Repaired, Span};

use super::pages::{page_views, section_views};
use super::{DocumentAsk, DocumentView, FieldView, KinView, PassageView, PlaceView};
use crate::address::{PassageAddress, Whereabouts};
use crate::names;
use crate::points::Points;
use crate::shelf::{Held, Kin};
use crate::view::citation::cited_as;
use crate::view::claims::Claims;
use crate::view::expression::Expressions;
use crate::view::lines::Lines;
use crate::view::notice::NoticeView;
use crate::view::pieces::pieces;
use crate::view::sections::{Section, sections};
use crate::view::segment::{Cutter, Overlay};
use crate::view::setting::Setter;

/// The view of a document.
#[must_use]
pub fn document_view(held: &Held, ask: &DocumentAsk, seal: String) -> DocumentView {
    let document = &held.document;
    let points = Points::new(&document.transcript.text);
    let passage = ask.passage.map(|address| seek(document, &points, address));
    let claims = Claims::new(held, &ask.filter, ask.claim.as_deref());
    let asked = claims.asked.and_then(|at| claims.passages.get(at).copied());
    let overlay = Overlay {
        matches: ask.matches.clone(),
        passage: asked.or_else(|| passage.as_ref().and_then(|(_, span)| *span)),
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
    let mut cutter = Cutter::new(document, Some(&held.reading), &points, &overlay);
    let section = sections
        .get(shown - 1)
        .copied()
        .unwrap_or(Section { from: 0, to: 0 });
    let shown_pieces = pieces.get(section.from..section.to).unwrap_or_default();
    let edges = shown_pieces.first().zip(shown_pieces.last());
    let shown_span = edges.map_or(Span::new(0, 0), |(first, last)| first.span.join(last.span));
    let numbers = claims.shown_in(shown_span);
    cutter.lines = Some(Lines::new(held, &claims, &numbers));
    let setter = Setter {
        document,
        cutter: &cutter,
        overlay: &overlay,
    };
    let items = setter.items(shown_pieces);
    let expressions = Expressions {
        reading: &held.reading,
        text: &document.repaired.text,
        place: &|span| cutter.place(span),
        section_of: &|at| Some(section_of(at)),
    };
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
        claims: claims.views(&numbers, &cutter, &expressions),
        claim_counts: claims.counts(shown, section_of),
        claim_gone: ask.claim.is_some() && claims.asked.is_none(),
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
        passage: asked.map_or_else(
            || passage.map(|(view, _)| view),
            |span| Some(there(document, &cutter, span)),
        ),
        matches: ask.matches.len() as u64,
        next_match,
        cited_as: cited_as(held),
        seal,
    }
}

/// A passage that was found by the claim it says.
fn there(document: &ReadDocument, cutter: &Cutter<'_>, span: Span<Repaired>) -> PassageView {
    let (start, end) = cutter.place(span);
    let read = document.repaired.map.to_transcribed(span);
    PassageView {
        whereabouts: "there",
        start,
        end,
        page: document.transcript.page_of(read),
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

fn kin(kin: &Kin) -> KinView {
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

pub(crate) fn ranked(counts: BTreeMap<&str, u64>) -> Vec<(String, u64)> {
    let mut ranked: Vec<_> = counts
        .into_iter()
        .map(|(word, n)| (word.to_owned(), n))
        .collect();
    // Stable, so equal counts stay in the order of the alphabet.
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    ranked
}

/// The anchor behind a span of repaired words, for whoever quotes them.
#[must_use]
pub fn anchor(held: &Held, span: Span<Repaired>) -> Option<Anchor> {
    let document = &held.document;
    document
        .repaired
        .anchor(held.source, &document.transcript, span)
}
