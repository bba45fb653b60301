//! Passages of a document that answer a question, with the words that match.
//! The same folding and the same stems as in the index.

use quipu_model::{AmountExpression, ReadDocument, Reading, Repaired, Span};

use super::claims::{AskedClaim, CLAIMS_MAX, language_at, tokens_of};
use super::expand::{Sought, seek};
use super::intervals;
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
    /// The claims in it that answer, by their numbers in the reading from 0.
    pub claims: Vec<u32>,
}

/// The passages of a document that answer a question best, the best first; at
/// most `most`. Times, amounts and passages of claims that answer are lit whole;
/// questions about classes, the document's own date and fields light no words.
///
/// # Errors
/// When a pattern of the question cannot be used.
pub fn highlight(
    document: &ReadDocument,
    reading: &Reading,
    query: &Query,
    stemmers: &Stemmers,
    most: usize,
) -> Result<Vec<Passage>, ArchiveError> {
    let ready = stemmers.ready();
    let mut asked = Asked::default();
    gather(query, &ready, &mut asked, 0)?;
    if most == 0 {
        return Ok(Vec::new());
    }
    let mut lit = if asked.parts.is_empty() {
        Vec::new()
    } else {
        light(document, &asked.parts, &ready)
    };
    for (number, meant) in asked.meant.iter().enumerate() {
        let part = asked.parts.len() + number;
        meant.light(document, reading, &ready, part, &mut lit);
    }
    lit.sort_by_key(|lit| (lit.span, lit.part, lit.claim));
    lit.dedup_by_key(|lit| (lit.span, lit.part, lit.claim));
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

/// A part of the question that lights expressions by what they mean.
enum Meant {
    Times((u64, u64)),
    Amounts((u64, u64), Option<String>),
    Claims(AskedClaim),
}

impl Meant {
    /// Lights the expressions that answer it.
    fn light(
        &self,
        document: &ReadDocument,
        reading: &Reading,
        stemmers: &ReadyStemmers,
        part: usize,
        lit: &mut Vec<Lit>,
    ) {
        let meets = |one: Option<(u64, u64)>, asked: (u64, u64)| {
            one.is_some_and(|(first, last)| first <= asked.1 && asked.0 <= last)
        };
        let spans: Vec<(Span<Repaired>, Option<u32>)> = match self {
            Self::Times(days) => {
                let times = reading.times.iter();
                let times = times.filter(|time| meets(intervals::of_time(time), *days));
                times.map(|time| (time.span, None)).take(MATCHES).collect()
            }
            Self::Amounts(numbers, unit) => {
                let of_unit = |amount: &&AmountExpression| match unit {
                    Some(unit) => intervals::units_of(amount).any(|own| own == *unit),
                    None => true,
                };
                let amounts = reading.amounts.iter().filter(of_unit);
                let amounts =
                    amounts.filter(|amount| meets(intervals::of_amount(amount), *numbers));
                amounts
                    .map(|amount| (amount.span, None))
                    .take(MATCHES)
                    .collect()
            }
            Self::Claims(asked) => {
                let map = &document.repaired.map;
                let claims = (0..).zip(reading.claims.iter().take(CLAIMS_MAX));
                let claims = claims.filter(|(_, claim)| {
                    let language = language_at(document, claim.sentence);
                    asked.holds(&tokens_of(claim, language, stemmers))
                });
                let claims = claims
                    .map(|(number, claim)| (map.to_repaired(claim.anchor.span()), Some(number)));
                let mut claims: Vec<_> = claims.take(MATCHES).collect();
                claims.sort_unstable();
                claims
            }
        };
        let mut zones: Vec<Span<Repaired>> = document.zones.iter().map(|zone| zone.span).collect();
        zones.sort_unstable();
        let mut zone = 0;
        for (span, claim) in spans {
            while zones
                .get(zone)
                .is_some_and(|zone| zone.end() <= span.start())
            {
                zone += 1;
            }
            let aside = zones.get(zone).is_some_and(|zone| zone.overlaps(span));
            lit.push(Lit {
                span,
                part,
                aside,
                claim,
            });
        }
    }
}

/// What a question lights.
#[derive(Default)]
struct Asked {
    parts: Vec<Part>,
    meant: Vec<Meant>,
}

fn gather(
    query: &Query,
    stemmers: &ReadyStemmers,
    asked: &mut Asked,
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
            asked.parts.push(Part { items, distance });
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
                gather(query, stemmers, asked, depth + 1)?;
            }
        }
        Query::Times { from, to } => {
            asked.meant.push(Meant::Times(intervals::days(*from, *to)));
        }
        Query::Amounts { least, most, unit } => {
            let numbers = intervals::numbers(*least, *most);
            let unit = unit.as_ref().map(|unit| unit.to_lowercase());
            asked.meant.push(Meant::Amounts(numbers, unit));
        }
        Query::Claim { all, none } => {
            let claim = AskedClaim::new(all, none, stemmers)?;
            asked.meant.push(Meant::Claims(claim));
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
    /// The claim whose passage it is.
    claim: Option<u32>,
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
                        claim: None,
                    }));
                }
            }
        }
    }
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
                last.claims.extend(one.claim);
                parts.push(one.part);
            }
            _ => passages.push((
                Passage {
                    span,
                    matches: vec![one.span],
                    weight: 0,
                    aside: one.aside,
                    claims: one.claim.into_iter().collect(),
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
