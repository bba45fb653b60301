//! Passages of a document that answer a question, with the words that match.
//! The same folding and the same stems as in the index.

use quipu_model::{ReadDocument, Repaired, Span};

use super::expand::{Sought, seek};
use super::near::{Item, phrases, together};
use super::query::{Query, Word};
use super::words::{ReadyStemmers, Stemmers, placed_words};
use crate::error::ArchiveError;

/// A passage holds about so many bytes of text.
const PASSAGE: usize = 280;

/// The most matches of one part of a question that are looked at.
const MATCHES: usize = 10_000;

/// A passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands in the repaired text.
    pub span: Span<Repaired>,
    /// The matching words, in order.
    pub matches: Vec<Span<Repaired>>,
    /// How much of the question it answers; larger is better.
    pub weight: u32,
    /// Whether it stands in boilerplate.
    pub aside: bool,
}

/// The passages of a document that answer a question best, the best first; at
/// most `most`. Questions about classes, dates and fields light no words.
///
/// # Errors
/// When a pattern of the question cannot be used.
pub fn highlight(
    document: &ReadDocument,
    query: &Query,
    stemmers: &Stemmers,
    most: usize,
) -> Result<Vec<Passage>, ArchiveError> {
    let ready = stemmers.ready();
    let mut parts = Vec::new();
    gather(query, &ready, &mut parts, 0)?;
    if parts.is_empty() || most == 0 {
        return Ok(Vec::new());
    }
    let lit = light(document, &parts, &ready);
    let mut passages = group(document, &lit);
    passages.sort_by(|a, b| {
        (a.aside, std::cmp::Reverse(a.weight), a.span).cmp(&(
            b.aside,
            std::cmp::Reverse(b.weight),
            b.span,
        ))
    });
    passages.truncate(most);
    Ok(passages)
}

/// A part of the question that lights words: items near each other.
struct Part {
    items: Vec<Vec<Sought>>,
    distance: u32,
}

fn gather(
    query: &Query,
    stemmers: &ReadyStemmers,
    parts: &mut Vec<Part>,
    depth: u32,
) -> Result<(), ArchiveError> {
    if depth > 64 {
        return Ok(());
    }
    let all = |words: &[Word]| -> Result<Vec<Sought>, ArchiveError> {
        let mut sought = Vec::new();
        for word in words {
            sought.extend(seek(word, stemmers)?);
        }
        Ok(sought)
    };
    let mut add = |items: Vec<Vec<Sought>>, distance| {
        if !items.is_empty() && !items.iter().any(Vec::is_empty) {
            parts.push(Part { items, distance });
        }
    };
    match query {
        Query::Word(word) => add(vec![all(std::slice::from_ref(word))?], 0),
        Query::Phrase(words) => add(vec![all(words)?], 0),
        Query::Near { items, distance } => {
            let items = items.iter().map(|words| all(words));
            add(items.collect::<Result<_, _>>()?, *distance);
        }
        Query::And(queries) | Query::Or(queries) => {
            for query in queries {
                gather(query, stemmers, parts, depth + 1)?;
            }
        }
        Query::All
        | Query::Not(_)
        | Query::Field { .. }
        | Query::Facet { .. }
        | Query::Dates { .. }
        | Query::Between { .. } => {}
    }
    Ok(())
}

/// A lit stretch: which part of the question, which words.
struct Lit {
    span: Span<Repaired>,
    part: usize,
    aside: bool,
}

fn light(document: &ReadDocument, parts: &[Part], stemmers: &ReadyStemmers) -> Vec<Lit> {
    // For each side (own say, boilerplate): where each position stands, and
    // for each word sought its positions.
    let slots: usize = parts
        .iter()
        .flat_map(|part| &part.items)
        .map(Vec::len)
        .sum();
    let mut places: [Vec<(u32, Span<Repaired>)>; 2] = [Vec::new(), Vec::new()];
    let mut positions: [Vec<Vec<u32>>; 2] = [vec![Vec::new(); slots], vec![Vec::new(); slots]];
    for word in placed_words(document) {
        let side = usize::from(word.aside);
        let folded = word.token.folded.as_str();
        let stem = word
            .language
            .and_then(|language| stemmers.stem(language, folded));
        let all = parts.iter().flat_map(|part| part.items.iter().flatten());
        let mut any = false;
        let Some(into) = positions.get_mut(side) else {
            continue;
        };
        for (sought, into) in all.zip(into.iter_mut()) {
            if into.len() < MATCHES && sought.finds(folded, stem.as_deref()) {
                into.push(word.position);
                any = true;
            }
        }
        if any && let Some(places) = places.get_mut(side) {
            let span = Span::from_usize(word.token.start, word.token.end);
            places.push((word.position, span));
        }
    }
    let mut lit = Vec::new();
    for (side, (places, positions)) in places.iter().zip(&positions).enumerate() {
        let span_at = |position: u32| {
            let at = places.binary_search_by_key(&position, |(position, _)| *position);
            at.ok().and_then(|at| places.get(at)).map(|(_, span)| *span)
        };
        let mut from = 0;
        for (number, part) in parts.iter().enumerate() {
            let mut items = Vec::new();
            for item in &part.items {
                let words = positions.get(from..from + item.len()).unwrap_or_default();
                from += item.len();
                let mut starts = Vec::new();
                phrases(words, &mut starts);
                let length = u32::try_from(item.len()).unwrap_or(u32::MAX);
                items.push(Item { starts, length });
            }
            let found: Vec<(u32, u32)> = match items.as_slice() {
                [only] => only
                    .starts
                    .iter()
                    .map(|start| (*start, only.length))
                    .collect(),
                several => together(several, part.distance)
                    .into_iter()
                    .flat_map(|starts| {
                        let lengths = several.iter().map(|item| item.length);
                        starts.into_iter().zip(lengths).collect::<Vec<_>>()
                    })
                    .collect(),
            };
            for (start, length) in found {
                for position in start..start.saturating_add(length) {
                    lit.extend(span_at(position).map(|span| Lit {
                        span,
                        part: number,
                        aside: side == 1,
                    }));
                }
            }
        }
    }
    lit.sort_by_key(|lit| (lit.span, lit.part));
    lit.dedup_by_key(|lit| (lit.span, lit.part));
    lit
}

/// Puts lit words that stand close into one passage and widens it to whole
/// sentences, or to whole words where those are long.
fn group(document: &ReadDocument, lit: &[Lit]) -> Vec<Passage> {
    let mut passages: Vec<(Passage, Vec<usize>)> = Vec::new();
    for one in lit {
        let span = around(document, one.span);
        match passages.last_mut() {
            Some((last, parts))
                if last.aside == one.aside
                    && (span.start() < last.span.end()
                        || one.span.end() <= last.span.end()
                        || span.range().end - last.span.range().start <= PASSAGE) =>
            {
                // Sentences next to each other make one passage while it stays
                // short; a match inside the last one belongs to it.
                last.span = Span::new(last.span.start(), last.span.end().max(span.end()));
                if last.matches.last() != Some(&one.span) {
                    last.matches.push(one.span);
                }
                parts.push(one.part);
            }
            _ => passages.push((
                Passage {
                    span,
                    matches: vec![one.span],
                    weight: 0,
                    aside: one.aside,
                },
                vec![one.part],
            )),
        }
    }
    passages
        .into_iter()
        .map(|(mut passage, mut parts)| {
            let many = u32::try_from(parts.len().min(99)).unwrap_or(99);
            parts.sort_unstable();
            parts.dedup();
            // How many parts of the question come before how often.
            let different = u32::try_from(parts.len()).unwrap_or(u32::MAX);
            passage.weight = different.saturating_mul(100).saturating_add(many);
            passage
        })
        .collect()
}

/// The sentence of a word, cut to a passage's length around it.
fn around(document: &ReadDocument, word: Span<Repaired>) -> Span<Repaired> {
    let text = document.repaired.text.as_str();
    let i = document
        .sentences
        .partition_point(|sentence| sentence.span.end() <= word.start());
    let sentence = document
        .sentences
        .get(i)
        .map(|sentence| sentence.span)
        .filter(|sentence| sentence.contains(word));
    let whole = sentence.map_or(0..text.len(), Span::range);
    if whole.len() <= PASSAGE {
        return Span::from_usize(whole.start, whole.end);
    }
    let (start, end) = (word.range().start, word.range().end);
    let before = PASSAGE / 2;
    let mut from = start.saturating_sub(before).max(whole.start);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    if from > whole.start
        && let Some(gap) = text
            .get(from..start)
            .and_then(|left| left.find(char::is_whitespace))
    {
        from += gap;
        let rest = text.get(from..start).unwrap_or_default();
        from += rest.len() - rest.trim_start().len();
    }
    let mut to = (end + before).min(whole.end);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    if to < whole.end
        && let Some(gap) = text
            .get(end..to)
            .and_then(|right| right.rfind(char::is_whitespace))
    {
        to = end + gap;
    }
    Span::from_usize(from, to.max(end))
}
