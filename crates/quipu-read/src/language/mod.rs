//! The language of each sentence.
//!
//! Function words settle nearly every sentence, so the vote is by the packs'
//! own word lists; a sentence that none of them covers belongs to no pack, and
//! one too short to tell leans on its neighbours.

mod sentences;
mod vote;

use quipu_model::{OffsetMap, ReadDocument, SentenceLanguage, Span};
use quipu_packs::Packs;

use vote::Vote;

/// Parts the text into sentences and tells the language of each.
pub(crate) fn tell(document: &mut ReadDocument, packs: &Packs) {
    let mut breaks: Vec<usize> = Vec::new();
    let map: &OffsetMap = &document.repaired.map;
    for block in &document.transcript.blocks {
        breaks.push(map.to_repaired(block.span).range().start);
    }
    let cells = document
        .transcript
        .tables
        .iter()
        .flat_map(|table| &table.rows);
    for cell in cells.flat_map(|row| &row.cells) {
        breaks.push(map.to_repaired(cell.span).range().start);
    }
    breaks.sort_unstable();
    breaks.dedup();
    document.sentences = tell_text(&document.repaired.text, &breaks, packs);
}

/// The sentences of a text with their languages; `breaks` are the bytes where
/// blocks begin, in order.
#[must_use]
pub fn tell_text(text: &str, breaks: &[usize], packs: &Packs) -> Vec<SentenceLanguage> {
    let ranges = sentences::sentences(text, breaks, packs);
    let votes: Vec<Vote> = ranges
        .iter()
        .map(|range| vote::vote(&text[range.clone()], packs))
        .collect();
    let mut told: Vec<Option<usize>> = votes.iter().map(Vote::settled).collect();
    // What is too short to tell takes the language of the nearest sentence
    // that tells, provided that it does not speak against it.
    let settled = told.clone();
    let mut last = None;
    let before: Vec<Option<usize>> = settled
        .iter()
        .map(|language| {
            last = language.or(last);
            last
        })
        .collect();
    let mut next = None;
    for i in (0..told.len()).rev() {
        if told[i].is_none() {
            told[i] = votes[i].leaning(before[i], next);
        }
        next = settled[i].or(next);
    }
    let tags: Vec<&str> = packs
        .languages()
        .iter()
        .map(|language| language.tag.as_str())
        .collect();
    ranges
        .into_iter()
        .zip(told)
        .map(|(range, language)| SentenceLanguage {
            span: Span::from_usize(range.start, range.end),
            language: language
                .and_then(|i| tags.get(i))
                .map(|tag| (*tag).to_owned()),
        })
        .collect()
}
