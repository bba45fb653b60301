//! Lines that are not the document's own say are marked, and folded later.

use std::collections::BTreeMap;

use quipu_model::{BlockKind, ReadDocument, Span, Zone, ZoneKind};
use quipu_packs::{Packs, Reach, fold};

use super::lines::Lines;

/// A line of a list of other articles is no longer than this.
const SHORT_WORDS: usize = 14;
/// Longer lines are sentences, not labels.
const LABEL_WORDS: usize = 40;
/// A line repeated on so many pages is furniture.
const PAGES_MIN: usize = 3;
/// Running heads stand this near to the edge of a page, in lines.
const EDGE_LINES: usize = 3;

/// Marks zones; what the format or a form has marked already stays so.
pub(super) fn mark(document: &mut ReadDocument, lines: &Lines, packs: &Packs) {
    let text = document.repaired.text.clone();
    let mut kinds: Vec<Option<(ZoneKind, String)>> = vec![None; lines.all.len()];
    // A reader that saw the page knows its edges better than repetition does.
    let edge = |kind| matches!(kind, Some(BlockKind::PageHeader | BlockKind::PageFooter));
    if !lines.all.iter().any(|line| edge(line.kind)) {
        running_heads(&text, lines, &mut kinds);
    }
    let mut reach = None;
    for (i, line) in lines.all.iter().enumerate() {
        let words = &text[line.range.clone()];
        if line.words <= LABEL_WORDS {
            let folded = fold::phrase(words);
            let rule = packs.zone_rules().find(|rule| {
                lines.stands(i, rule.place, None) && rule.matches_folded(words, &folded)
            });
            if let Some(rule) = rule {
                reach = (rule.reach == Reach::ShortLines).then_some(rule);
                kinds[i].get_or_insert((rule.zone, rule.name.clone()));
                continue;
            }
        }
        let short = line.words <= SHORT_WORDS && !words.ends_with('.');
        reach = reach.filter(|_| short);
        if let Some(rule) = reach {
            kinds[i].get_or_insert((rule.zone, rule.name.clone()));
        }
        match line.kind {
            Some(BlockKind::Control) => {
                kinds[i].get_or_insert((ZoneKind::Navigation, "any.zone.control".to_owned()));
            }
            Some(BlockKind::PageHeader | BlockKind::PageFooter) => {
                kinds[i].get_or_insert((ZoneKind::PageFurniture, "any.zone.page-edge".to_owned()));
            }
            _ => {}
        }
    }
    link_lists(lines, &mut kinds);
    push(document, lines, kinds);
}

/// Lines that are all links, three and more in a row.
fn link_lists(lines: &Lines, kinds: &mut [Option<(ZoneKind, String)>]) {
    let is_link = |i: usize| {
        lines
            .all
            .get(i)
            .is_some_and(|line| line.linked >= 80 && line.words <= SHORT_WORDS)
    };
    let mut i = 0;
    while i < lines.all.len() {
        let mut end = i;
        while is_link(end) {
            end += 1;
        }
        let zone = if i < lines.body {
            ZoneKind::Navigation
        } else {
            ZoneKind::Related
        };
        let edges = end <= lines.body || i >= lines.foot;
        if end >= i + 3 && edges {
            for kind in &mut kinds[i..end] {
                kind.get_or_insert((zone, "any.zone.link-list".to_owned()));
            }
        }
        i = end + 1;
    }
}

/// Lines that come back at the head or foot of pages, numbers aside.
fn running_heads(text: &str, lines: &Lines, kinds: &mut [Option<(ZoneKind, String)>]) {
    let mut edges: Vec<usize> = Vec::new();
    for i in 0..lines.all.len() {
        let page = lines.all[i].page;
        if page.is_none() {
            return;
        }
        let from_top = (0..=EDGE_LINES).any(|n| i < n || lines.all[i - n].page != page);
        let from_end =
            (0..=EDGE_LINES).any(|n| lines.all.get(i + n).is_none_or(|line| line.page != page));
        if (from_top || from_end) && lines.all[i].words <= SHORT_WORDS + 6 {
            edges.push(i);
        }
    }
    let shape = |i: usize| -> String {
        let words = fold::phrase(&text[lines.all[i].range.clone()]);
        let mut made = String::new();
        for c in words.chars() {
            let c = if c.is_ascii_digit() { '#' } else { c };
            if c != '#' || !made.ends_with('#') {
                made.push(c);
            }
        }
        made
    };
    let mut seen: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for i in edges {
        seen.entry(shape(i)).or_default().push(i);
    }
    for places in seen.values() {
        let mut pages: Vec<Option<u32>> = places.iter().map(|i| lines.all[*i].page).collect();
        pages.dedup();
        if pages.len() >= PAGES_MIN {
            for i in places {
                kinds[*i] = Some((ZoneKind::PageFurniture, "any.zone.running-head".to_owned()));
            }
        }
    }
}

/// Lines of one kind and rule that follow each other become one zone.
fn push(document: &mut ReadDocument, lines: &Lines, kinds: Vec<Option<(ZoneKind, String)>>) {
    let taken: Vec<Span<quipu_model::Repaired>> =
        document.zones.iter().map(|zone| zone.span).collect();
    let mut last: Option<(usize, Zone)> = None;
    for (i, kind) in kinds.into_iter().enumerate() {
        let Some((kind, rule)) = kind else { continue };
        let range = &lines.all[i].range;
        let span = Span::from_usize(range.start, range.end);
        if taken.iter().any(|zone| zone.overlaps(span)) {
            continue;
        }
        match &mut last {
            Some((at, zone)) if *at + 1 == i && zone.kind == kind && zone.rule == rule => {
                zone.span = zone.span.join(span);
                *at = i;
            }
            _ => {
                document.zones.extend(last.take().map(|last| last.1));
                last = Some((i, Zone { span, kind, rule }));
            }
        }
    }
    document.zones.extend(last.map(|last| last.1));
}
