//! Quotation marks and dashes of talk: what stands between them, and the cue that
//! says whose words they are.

use quipu_model::span::{Repaired, Span};

use super::super::ReadSentence;
use super::records::Paragraphs;
use super::{Draft, Source};

/// Quotations inside quotations that are told apart.
const DEPTH: usize = 3;

/// Words that a quotation needs to have a speaker of its own; fewer are a phrase
/// that somebody calls something.
const WORDS: usize = 3;

/// Letters a quotation can reach over at most.
const REACH: usize = 20_000;

/// What stands between marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Quote {
    pub(super) span: Span<Repaired>,
    depth: usize,
    /// Whether it goes on with what the quotation before it said.
    goes_on: bool,
}

/// Marks that open, with what closes them.
const PAIRS: [(char, char); 5] = [
    ('\u{201c}', '\u{201d}'),
    ('\u{ab}', '\u{bb}'),
    ('\u{201e}', '\u{201c}'),
    ('\u{2018}', '\u{2019}'),
    ('"', '"'),
];

/// All quotations of a text, in its order. What is not closed ends with its
/// paragraph, unless the next one opens with the same mark.
pub(super) fn find(text: &str) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut start = 0;
    let mut carried: Option<char> = None;
    for paragraph in text.split("\n\n") {
        let body = paragraph.trim_start();
        let offset = start + paragraph.len() - body.len();
        if body.starts_with(['\u{2014}', '\u{2013}']) {
            talk(body, offset, &mut quotes);
            carried = None;
        } else {
            carried = marked(body, offset, carried, &mut quotes);
        }
        start += paragraph.len() + 2;
    }
    quotes.sort_unstable();
    quotes
}

/// `—No lo sé —dijo Paz—. Vámonos.`: every second stretch between dashes is told.
fn talk(body: &str, offset: usize, quotes: &mut Vec<Quote>) {
    let mut at = offset;
    let mut goes_on = false;
    for (place, part) in body.split(['\u{2014}', '\u{2013}']).enumerate() {
        let inner = part.trim().trim_start_matches(['.', ',', ' ']);
        if place % 2 == 1 && inner.chars().any(char::is_alphabetic) {
            let from = at + part.find(inner).unwrap_or(0);
            let span = Span::from_usize(from, from + inner.len());
            quotes.push(Quote {
                span,
                depth: 0,
                goes_on,
            });
            goes_on = true;
        }
        at += part.len() + '\u{2014}'.len_utf8();
    }
}

fn marked(
    body: &str,
    offset: usize,
    carried: Option<char>,
    quotes: &mut Vec<Quote>,
) -> Option<char> {
    let mut open: Vec<(char, usize, bool)> = Vec::new();
    let mut before = ' ';
    let mut letters = body.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map_or(' ', |(_, letter)| *letter);
        let closes = open.last().is_some_and(|(mark, _, _)| {
            PAIRS
                .iter()
                .any(|(opens, closes)| opens == mark && *closes == letter)
        });
        let apostrophe =
            letter == '\u{2019}' && before.is_alphanumeric() && after.is_alphanumeric();
        if closes && !apostrophe {
            if let Some((_, from, goes_on)) = open.pop()
                && from < at
                && at - from < REACH
            {
                let span = Span::from_usize(offset + from, offset + at);
                quotes.push(Quote {
                    span,
                    depth: open.len(),
                    goes_on,
                });
            }
        } else if PAIRS.iter().any(|(opens, _)| *opens == letter)
            && open.len() < DEPTH
            && !before.is_alphanumeric()
            && !after.is_whitespace()
        {
            let goes_on = at == 0 && carried == Some(letter);
            open.push((letter, at + letter.len_utf8(), goes_on));
        }
        before = letter;
    }
    let first = open.first().copied();
    for (depth, (_, from, goes_on)) in open.into_iter().enumerate().take(1) {
        if body.len() - from < REACH {
            let span = Span::from_usize(offset + from, offset + body.trim_end().len().max(from));
            quotes.push(Quote {
                span,
                depth,
                goes_on,
            });
        }
    }
    first.map(|(mark, _, _)| mark)
}

/// Gives each quotation its speaker: what brings its words already, a cue beside it
/// in its sentences, the next or the one before, or who spoke last in the paragraph.
pub(super) fn attach<'a>(
    quotes: &[Quote],
    sentences: &[ReadSentence<'a>],
    paragraphs: &Paragraphs,
    made: &mut Vec<Draft<'a>>,
    loose: &[Draft<'a>],
) {
    made.sort_by_key(|draft| draft.at);
    let mut last: Option<(usize, Draft<'a>)> = None;
    let of_sentence = starts(made, sentences.len());
    let mut taken = vec![false; loose.len()];
    for quote in quotes {
        let first =
            sentences.partition_point(|own| own.tree.sentence.span.end() <= quote.span.start());
        let behind =
            sentences.partition_point(|own| own.tree.sentence.span.start() < quote.span.end());
        if first >= behind {
            continue;
        }
        let words: usize = sentences[first..behind]
            .iter()
            .map(|own| {
                own.tree
                    .letters
                    .iter()
                    .filter(|own| quote.span.contains(**own))
                    .count()
            })
            .sum();
        let paragraph = paragraphs.of[first];
        let outside = |draft: &Draft<'_>| !quote.span.overlaps(draft.cue);
        let mut own = None;
        for sentence in [first, behind - 1] {
            let (from, to) = (of_sentence[sentence], of_sentence[sentence + 1]);
            for (place, draft) in made.iter().enumerate().take(to).skip(from) {
                let meets = draft.content.iter().any(|span| span.overlaps(quote.span));
                if outside(draft) && meets && draft.saying.particles.is_empty() {
                    let width = draft.content.iter().map(|span| span.len()).sum::<u32>();
                    if own.is_none_or(|(least, _)| width < least) {
                        own = Some((width, place));
                    }
                }
            }
        }
        if let Some((_, place)) = own {
            let within = made[place]
                .content
                .iter()
                .any(|span| span.contains(quote.span));
            if !within && (made[place].saying.quotes || words < 40) && quote.depth == 0 {
                made[place].add(quote.span);
            }
            last = Some((paragraph, made[place].clone()));
            continue;
        }
        let found = beside(quote, sentences, (first, behind), loose)
            .filter(|place| !std::mem::replace(&mut taken[*place], true))
            .map(|place| loose[place].clone());
        let draft = match (found, &last) {
            (Some(found), _) => Some(found),
            (None, Some((at, before))) if *at == paragraph || quote.goes_on => {
                let stands = quote.depth == 0 && words >= WORDS && whole(quote, sentences, first);
                stands.then(|| before.clone())
            }
            _ if words >= WORDS && quote.depth == 0 && whole(quote, sentences, first) => {
                previous(made, &of_sentence, paragraphs, first)
            }
            _ => None,
        };
        if let Some(mut draft) = draft {
            draft.content.clear();
            draft.heads.clear();
            draft.contrary = false;
            draft.add(quote.span);
            last = Some((paragraph, draft.clone()));
            made.push(draft);
        }
    }
    made.sort_by_key(|draft| draft.at);
}

/// For each sentence, where its drafts begin.
fn starts(made: &[Draft<'_>], sentences: usize) -> Vec<usize> {
    (0..=sentences)
        .map(|sentence| made.partition_point(|draft| draft.at.0 < sentence))
        .collect()
}

/// Whether a quotation begins with a sentence of its own.
fn whole(quote: &Quote, sentences: &[ReadSentence<'_>], first: usize) -> bool {
    let start = sentences[first].tree.sentence.span.start();
    quote.span.start().saturating_sub(start) <= 4
}

/// The cue without a clause that stands beside a quotation: in its sentences, at the
/// head of the next, or at the end of the one before.
fn beside(
    quote: &Quote,
    sentences: &[ReadSentence<'_>],
    (first, behind): (usize, usize),
    loose: &[Draft<'_>],
) -> Option<usize> {
    let of = |sentence: usize| {
        let from = loose.partition_point(|draft| draft.at.0 < sentence);
        let to = loose.partition_point(|draft| draft.at.0 <= sentence);
        from..to
    };
    let gap = |place: usize| {
        let cue = loose[place].cue;
        let before = quote.span.start().saturating_sub(cue.end());
        let after = cue.start().saturating_sub(quote.span.end());
        before.max(after)
    };
    let inside = |place: &usize| !quote.span.overlaps(loose[*place].cue);
    let own = of(first).chain(
        (behind > first + 1)
            .then(|| of(behind - 1))
            .into_iter()
            .flatten(),
    );
    if let Some(found) = own.filter(inside).min_by_key(|place| gap(*place)) {
        return (gap(found) < 200).then_some(found);
    }
    // `"He left." said Paz.`: the cue heads the next sentence.
    if let Some(next) = sentences.get(behind)
        && next
            .tree
            .sentence
            .span
            .start()
            .saturating_sub(quote.span.end())
            <= 4
        && let Some(found) = of(behind).find(|place| loose[*place].at.1 < 4)
        && !next
            .tree
            .sentence
            .tokens
            .iter()
            .any(|token| token.span.of(next.tree.text) == Some(":"))
    {
        return Some(found);
    }
    let before = first.checked_sub(1)?;
    let end = sentences[before].tree.sentence.span.end();
    let near = quote.span.start().saturating_sub(end) <= 6;
    of(before).rfind(|_| near)
}

/// Who was told in the sentence before to have said something: `Paz said that the
/// mill was dead. "We sold it."`
fn previous<'a>(
    made: &[Draft<'a>],
    of_sentence: &[usize],
    paragraphs: &Paragraphs,
    first: usize,
) -> Option<Draft<'a>> {
    let before = first.checked_sub(1)?;
    if paragraphs.of[before] != paragraphs.of[first] {
        return None;
    }
    let drafts = made.get(of_sentence[before]..of_sentence[before + 1])?;
    let mut drafts = drafts.iter();
    let found = drafts.find(|draft| {
        draft.saying.quotes && matches!(draft.source, Source::Word(..) | Source::Left)
    })?;
    Some(found.clone())
}
