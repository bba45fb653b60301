//! Boilerplate by measure: runs of blocks that are nearly nothing but links.
//!
//! A menu is many short links in a row, a list of other articles many longer
//! ones. Nothing is dropped; such runs are marked.

use quipu_model::{BlockKind, MarkKind, Span, Transcribed, Transcript, ZoneKind};

use crate::draft::DraftZone;

/// Blocks in a row that make a run.
const RUN_MIN: usize = 3;
/// The longest block of a run.
const BLOCK_MAX: u32 = 300;
/// Links with more letters than this on average are headlines of others.
const HEADLINE: u32 = 32;
/// Of a page, at least one part in so many must be words outside links: an
/// index of links is its own say.
const PROSE_SHARE: u64 = 5;
/// Links counted in one block.
const LINKS_MAX: usize = 1000;

/// Marks the runs of links among the blocks that no zone holds yet.
pub(super) fn mark(transcript: &Transcript, zones: &mut Vec<DraftZone>) {
    let links: Vec<Span<Transcribed>> = transcript
        .marks
        .iter()
        .filter(|mark| mark.kind == MarkKind::Link)
        .map(|mark| mark.span)
        .collect();
    let mut held: Vec<Span<Transcribed>> = zones.iter().map(|zone| zone.span).collect();
    held.sort_unstable();
    let covered = linked(transcript, &links);
    let all: u64 = transcript
        .blocks
        .iter()
        .map(|block| u64::from(block.span.len()))
        .sum();
    let inside: u64 = covered.iter().map(|length| u64::from(*length)).sum();
    if (all - inside.min(all)) * PROSE_SHARE < all {
        return;
    }
    let mut run: Vec<(Span<Transcribed>, u32)> = Vec::new();
    let mut last_held = 0usize;
    for (block, covered) in transcript.blocks.iter().zip(covered) {
        while held
            .get(last_held)
            .is_some_and(|span| span.end() <= block.span.start())
        {
            last_held += 1;
        }
        let free = held
            .get(last_held)
            .is_none_or(|span| !span.overlaps(block.span));
        let kinds = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading
        );
        let linky = covered * 10 >= block.span.len() * 8 && block.span.len() <= BLOCK_MAX;
        let heading_inside =
            block.kind == BlockKind::Heading && !run.is_empty() && block.span.len() < 60;
        if free && kinds && (linky || heading_inside) {
            run.push((block.span, covered));
        } else if block.kind != BlockKind::PictureText {
            end_run(&mut run, zones);
        }
    }
    end_run(&mut run, zones);
}

fn end_run(run: &mut Vec<(Span<Transcribed>, u32)>, zones: &mut Vec<DraftZone>) {
    // A heading behind the last link opens what follows.
    while run.last().is_some_and(|(_, covered)| *covered == 0) {
        run.pop();
    }
    let links: Vec<u32> = run
        .iter()
        .map(|(_, covered)| *covered)
        .filter(|n| *n > 0)
        .collect();
    if links.len() >= RUN_MIN
        && let (Some((first, _)), Some((last, _))) = (run.first(), run.last())
    {
        let mean = links.iter().sum::<u32>() / u32::try_from(links.len()).unwrap_or(1);
        let (kind, rule) = if mean > HEADLINE {
            (ZoneKind::Related, "html.density.headlines")
        } else {
            (ZoneKind::Navigation, "html.density.links")
        };
        zones.push(DraftZone {
            span: first.join(*last),
            kind,
            rule: rule.to_owned(),
        });
    }
    run.clear();
}

/// How many bytes of each block are links. Marks and blocks both ascend.
fn linked(transcript: &Transcript, links: &[Span<Transcribed>]) -> Vec<u32> {
    let mut first = 0;
    let blocks = transcript.blocks.iter();
    let count = |block: &quipu_model::Block| {
        while links
            .get(first)
            .is_some_and(|link| link.end() <= block.span.start())
        {
            first += 1;
        }
        let near = links.get(first..).unwrap_or_default();
        let near = near
            .iter()
            .take(LINKS_MAX)
            .take_while(|link| link.start() < block.span.end());
        let inside = near.map(|link| {
            link.end().min(block.span.end()) - link.start().max(block.span.start()).min(link.end())
        });
        inside.fold(0, u32::saturating_add).min(block.span.len())
    };
    blocks.map(count).collect()
}
