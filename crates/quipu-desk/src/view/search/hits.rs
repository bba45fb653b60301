//! Documents that answer, with their passages.

use quipu_model::{Repaired, Span};

use super::{HitPassageView, HitView};
use crate::address::PassageAddress;
use crate::names;
use crate::points::Points;
use crate::shelf::{Held, Lit};
use crate::view::claims::{ClaimFilter, Claims};
use crate::view::expression::Expressions;
use crate::view::segment::{Cutter, Overlay};

/// Passages shown of one document.
const PASSAGES: usize = 3;
/// Claims told of one passage.
const CLAIMS: usize = 4;
/// Letters shown before and after a match.
const AROUND: usize = 150;

/// All words that answer, ascending.
pub(crate) fn matches_of(lit: &[Lit]) -> Vec<Span<Repaired>> {
    let mut matches: Vec<_> = lit
        .iter()
        .flat_map(|lit| lit.matches.iter().copied())
        .collect();
    matches.sort();
    matches.dedup();
    matches
}

/// A document that answers, with its best passages in the order of the text.
pub(crate) fn hit_view(held: &Held, lit: &[Lit]) -> HitView {
    let document = &held.document;
    let text = document.repaired.text.as_str();
    let field = |names: &[&str]| {
        let fields = names.iter().filter_map(|name| document.field(name));
        fields
            .map(|field| field.value.clone())
            .find(|value| !value.is_empty())
    };
    let overlay = Overlay {
        matches: matches_of(lit),
        passage: None,
    };
    let mut windows: Vec<(Window, &[usize])> = lit
        .iter()
        .take(PASSAGES)
        .filter_map(|lit| Some((window(text, lit)?, lit.claims.as_slice())))
        .collect();
    if windows.is_empty() {
        windows.extend(beginning(text).map(|window| (window, &[][..])));
    }
    windows.sort_by_key(|(window, _)| window.shown);
    let points = Points::new(&document.transcript.text);
    let cutter = Cutter::new(document, None, &points, &overlay);
    let claims = Claims::new(held, &ClaimFilter::default(), None);
    let expressions = Expressions {
        reading: &held.reading,
        text,
        place: &|span| cutter.place(span),
        section_of: &|_| None,
    };
    let passages = windows.into_iter().map(|(window, said)| {
        let said = said.get(..CLAIMS).unwrap_or(said);
        let read = document.repaired.map.to_transcribed(window.lit);
        let (start, end) = cutter.place(window.lit);
        let words = cutter.as_read(window.lit);
        HitPassageView {
            page: document.transcript.page_of(read),
            cut_before: window.cut_before,
            cut_after: window.cut_after,
            segments: cutter.cut(window.shown),
            claims: claims.views(said, &cutter, &expressions),
            address: PassageAddress::with_words(start, end, words).parameters(),
        }
    });
    HitView {
        source: held.source.hex(),
        title: names::title(held),
        publisher: field(&["publisher", "cable.from", "mail.from"]),
        published: field(&["published", "cable.date", "mail.date"]),
        kind: field(&["document-kind"]).unwrap_or_else(|| document.media_type.clone()),
        path: held
            .paths
            .first()
            .or(held.inside.first().map(|kin| &kin.name))
            .cloned(),
        passages: passages.collect(),
        matches: overlay.matches.len() as u64,
    }
}

/// A stretch shown among the answers.
struct Window {
    /// What is shown.
    shown: Span<Repaired>,
    /// The sentence that its link lights.
    lit: Span<Repaired>,
    cut_before: bool,
    cut_after: bool,
}

/// The longest passage shown whole, in bytes.
const LONGEST: u32 = 420;

fn window(text: &str, lit: &Lit) -> Option<Window> {
    let first = *lit.matches.first()?;
    let near =
        |found: &&Span<Repaired>| (found.end() - first.start()) < LONGEST - 2 * (AROUND as u32 / 2);
    let group = lit
        .matches
        .iter()
        .take_while(near)
        .fold(first, |all, one| all.join(*one));
    if lit.span.len() <= LONGEST {
        return Some(Window {
            shown: lit.span,
            lit: sentence(text, group, lit.span),
            cut_before: false,
            cut_after: false,
        });
    }
    let floor = lit.span.start() as usize;
    let (start, cut_before) = widen_back(text, group.start() as usize, floor);
    let (end, cut_after) = widen_on(text, group.end() as usize);
    let shown = Span::from_usize(start, end);
    Some(Window {
        shown,
        lit: sentence(text, group, shown),
        cut_before,
        cut_after,
    })
}

/// What is shown of a document that was found by its fields or dates alone.
fn beginning(text: &str) -> Option<Window> {
    let start = text.len() - text.trim_start().len();
    let (end, cut_after) = widen_on(text, start);
    let shown = Span::from_usize(start, end);
    (!shown.is_empty()).then_some(Window {
        shown,
        lit: shown,
        cut_before: false,
        cut_after,
    })
}

/// Back to the start of the paragraph, of a sentence, or of a word.
fn widen_back(text: &str, at: usize, floor: usize) -> (usize, bool) {
    let mut from = at.saturating_sub(AROUND).max(floor.min(at));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..at).unwrap_or_default();
    if let Some(line) = before.rfind("\n\n") {
        return (from + line + 2, false);
    }
    if from == 0 {
        return (0, false);
    }
    if let Some(stop) = before.find(". ") {
        return (from + stop + 2, false);
    }
    let word = before
        .find(char::is_whitespace)
        .map_or(0, |blank| blank + 1);
    (from + word, true)
}

/// On to the end of the paragraph, of a sentence, or of a word.
fn widen_on(text: &str, at: usize) -> (usize, bool) {
    let mut to = (at + AROUND).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let after = text.get(at..to).unwrap_or_default();
    if let Some(line) = after.find("\n\n") {
        return (at + line, false);
    }
    if to == text.len() {
        return (to, false);
    }
    if let Some(stop) = after.rfind(". ") {
        return (at + stop + 1, false);
    }
    let word = after.rfind(char::is_whitespace).unwrap_or(after.len());
    (at + word, true)
}

/// The matches with the rest of their sentence, as far as the window shows it.
fn sentence(text: &str, group: Span<Repaired>, window: Span<Repaired>) -> Span<Repaired> {
    let (from, to) = (group.start() as usize, group.end() as usize);
    let before = text.get(window.start() as usize..from).unwrap_or_default();
    let after = text.get(to..window.end() as usize).unwrap_or_default();
    let stops = [". ", "? ", "! ", "\n"];
    let begin = stops
        .iter()
        .filter_map(|s| before.rfind(s).map(|at| at + s.len()))
        .max();
    let end = stops
        .iter()
        .filter_map(|s| after.find(s).map(|at| at + 1))
        .min();
    let begin = window.start() as usize + begin.unwrap_or(0);
    let end = to + end.unwrap_or(after.len());
    let words = text.get(begin..end).unwrap_or_default();
    let lead = words.len() - words.trim_start().len();
    let tail = words.len() - words.trim_end().len();
    Span::from_usize(begin + lead, end - tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_a_sentence_in_its_surroundings() {
        let text = "One thing. The mayor paid the bank. Another thing.\n\nNext paragraph.";
        let at = text.find("paid").unwrap();
        let lit = Lit {
            span: Span::from_usize(0, text.find("\n\n").unwrap()),
            matches: vec![Span::from_usize(at, at + 4)],
            claims: Vec::new(),
        };
        let short = window(text, &lit).unwrap();
        assert_eq!(short.lit.of(text), Some("The mayor paid the bank."));
        assert!(!short.cut_before && !short.cut_after);

        let long = format!("{}{text}", "words and words ".repeat(60));
        let at = long.find("paid").unwrap();
        let lit = Lit {
            span: Span::from_usize(0, long.len()),
            matches: vec![Span::from_usize(at, at + 4)],
            claims: Vec::new(),
        };
        let cut = window(&long, &lit).unwrap();
        assert_eq!(cut.lit.of(&long), Some("The mayor paid the bank."));
        assert!(cut.shown.len() < LONGEST);
    }
}
