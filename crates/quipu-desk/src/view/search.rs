//! Answers to a question: passages, with the question as it was understood.

use quipu_model::{Repaired, Span};
use serde::Serialize;

use super::overview::{FacetView, facet_view};
use super::segment::{Cutter, Overlay, SegmentView};
use crate::address::PassageAddress;
use crate::names;
use crate::points::Points;
use crate::query::{Doubt, Node, Question, What, print};
use crate::shelf::{Found, Held, Lit, Sort};

/// Answers on one page.
pub const PAGE: usize = 20;
/// Passages shown of one document.
const PASSAGES: usize = 3;
/// Letters shown before and after a match.
const AROUND: usize = 150;

/// A question and its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchView {
    /// The question as typed.
    pub query: String,
    /// The question as it was understood, part by part.
    pub parts: Vec<PartView>,
    /// What was not understood.
    pub doubts: Vec<DoubtView>,
    /// Documents that answer.
    pub total: u64,
    /// The page of answers shown, counted from 1.
    pub page: usize,
    /// Pages of answers that can be asked for.
    pub pages: usize,
    /// `relevance`, `oldest`, `newest` or `title`.
    pub sort: &'static str,
    /// The answers.
    pub hits: Vec<HitView>,
    /// Counts over all answers, each a way to narrow them.
    pub facets: Vec<FacetView>,
}

/// One part of a question, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// `word`, `prefix`, `fuzzy`, `phrase`, `near`, `dates`, `amounts`,
    /// `numbers`, or the knots
    /// `all`, `any` with parts of their own.
    pub kind: &'static str,
    /// Whether it must not occur.
    pub negated: bool,
    /// The field it looks in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// The words looked for, or the date as typed.
    pub words: String,
    /// Letters that may differ (fuzzy), words that may lie between (near).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<u32>,
    /// The parts of a knot.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartView>,
    /// The question without this part.
    pub without: String,
}

/// Something not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoubtView {
    /// A stable name: `unknown-field`, `open-quote`…
    pub code: &'static str,
    /// The words concerned.
    pub words: String,
}

/// A document that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HitView {
    /// The hash of the source.
    pub source: String,
    /// Its title, subject or file name.
    pub title: String,
    /// Who published or sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When it was published or sent, EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// `cable`, `mail`, `article`… or the media type.
    pub kind: String,
    /// Where it was found first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Words that answer, in the whole document.
    pub matches: u64,
    /// Some of them, in their surroundings.
    pub passages: Vec<HitPassageView>,
}

/// Words that answer, in their surroundings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HitPassageView {
    /// Page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Whether the passage begins inside a sentence.
    pub cut_before: bool,
    /// Whether it ends inside one.
    pub cut_after: bool,
    /// Its words, matches marked.
    pub segments: Vec<SegmentView>,
    /// The parameters of its address.
    pub address: String,
}

pub(crate) fn search_view(
    question: &Question,
    found: &Found,
    hits: Vec<HitView>,
    sort: Sort,
    page: usize,
    reach: usize,
) -> SearchView {
    let reachable = usize::try_from(found.total)
        .unwrap_or(usize::MAX)
        .min(reach);
    // Facets narrow the question as understood, so that a click never
    // repeats what was not.
    let base = question.asks.as_ref().map(narrowable).unwrap_or_default();
    SearchView {
        query: question.typed.clone(),
        parts: question.asks.as_ref().map(parts).unwrap_or_default(),
        doubts: question.doubts.iter().map(doubt_view).collect(),
        total: found.total,
        page,
        pages: reachable.div_ceil(PAGE).max(1),
        sort: sort.word(),
        hits,
        facets: found
            .facets
            .iter()
            .map(|facet| facet_view(facet, &base))
            .collect(),
    }
}

/// The question written so that another condition can follow it.
fn narrowable(node: &Node) -> String {
    match node {
        Node::Any(_) => format!("({})", print(node)),
        _ => print(node),
    }
}

fn doubt_view(doubt: &Doubt) -> DoubtView {
    DoubtView {
        code: doubt.code(),
        words: doubt.words().to_owned(),
    }
}

/// The parts of a question, each with the question that is left without it.
fn parts(root: &Node) -> Vec<PartView> {
    let whole = |kept: Option<Node>| kept.map(|node| print(&node)).unwrap_or_default();
    match root {
        Node::All(nodes) => nodes
            .iter()
            .enumerate()
            .map(|(i, node)| part(node, false, &|kept| whole(replaced(root, i, kept))))
            .collect(),
        _ => vec![part(root, false, &whole)],
    }
}

/// One part; `around` writes the question with something else in its place.
// Depth is bounded by the parser.
fn part(node: &Node, negated: bool, around: &dyn Fn(Option<Node>) -> String) -> PartView {
    let plain = |kind, words: &str| PartView {
        kind,
        negated,
        field: None,
        words: words.to_owned(),
        distance: None,
        parts: Vec::new(),
        without: around(None),
    };
    match node {
        Node::Not(inside) => part(inside, !negated, &|kept| {
            around(kept.map(|node| Node::Not(Box::new(node))))
        }),
        Node::All(nodes) | Node::Any(nodes) => {
            let kind = if matches!(node, Node::All(_)) {
                "all"
            } else {
                "any"
            };
            let inner = nodes.iter().enumerate();
            PartView {
                parts: inner
                    .map(|(i, one)| part(one, false, &|kept| around(replaced(node, i, kept))))
                    .collect(),
                ..plain(kind, "")
            }
        }
        Node::Leaf(leaf) => {
            let (kind, words, distance) = match &leaf.what {
                What::Word(words) => ("word", words, None),
                What::Prefix(words) => ("prefix", words, None),
                What::Fuzzy(words, edits) => ("fuzzy", words, Some(u32::from(*edits))),
                What::Phrase(words) => ("phrase", words, None),
                What::Near(words, gap) => ("near", words, Some(*gap)),
                What::Dates(_, typed) => ("dates", typed, None),
                What::Amounts(_, typed) => ("amounts", typed, None),
                What::Numbers(_, _, typed) => ("numbers", typed, None),
            };
            PartView {
                field: leaf.field.map(|field| field.name),
                distance,
                ..plain(kind, words)
            }
        }
    }
}

/// A knot with another node, or nothing, in place of number `i`.
fn replaced(knot: &Node, i: usize, with: Option<Node>) -> Option<Node> {
    let (Node::All(nodes) | Node::Any(nodes)) = knot else {
        return with;
    };
    let mut nodes = nodes.clone();
    match with {
        Some(node) => nodes.get_mut(i).map(|old| *old = node),
        None => (i < nodes.len()).then(|| drop(nodes.remove(i))),
    };
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ if matches!(knot, Node::All(_)) => Some(Node::All(nodes)),
        _ => Some(Node::Any(nodes)),
    }
}

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
    let mut windows: Vec<Window> = lit
        .iter()
        .take(PASSAGES)
        .filter_map(|lit| window(text, lit))
        .collect();
    if windows.is_empty() {
        windows.extend(beginning(text));
    }
    windows.sort_by_key(|window| window.shown);
    let points = Points::new(&document.transcript.text);
    let cutter = Cutter::new(document, None, &points, &overlay);
    let passages = windows.into_iter().map(|window| {
        let read = document.repaired.map.to_transcribed(window.lit);
        let (start, end) = cutter.place(window.lit);
        let words = cutter.as_read(window.lit);
        HitPassageView {
            page: document.transcript.page_of(read),
            cut_before: window.cut_before,
            cut_after: window.cut_after,
            segments: cutter.cut(window.shown),
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
    use crate::query::understand;

    fn without(query: &str) -> Vec<String> {
        let question = understand(query);
        let mut flat = Vec::new();
        let mut open = question.asks.as_ref().map(parts).unwrap_or_default();
        open.reverse();
        while let Some(part) = open.pop() {
            let sign = if part.negated { "-" } else { "" };
            flat.push(format!(
                "{sign}{}:{} → {}",
                part.kind, part.words, part.without
            ));
            open.extend(part.parts.into_iter().rev());
        }
        flat
    }

    #[test]
    fn every_part_can_be_taken_away() {
        assert_eq!(without("lima"), ["word:lima → "]);
        assert_eq!(without("a b"), ["word:a → b", "word:b → a"]);
        assert_eq!(
            without("juez (pago OR \"dos palabras\") -kind:mail"),
            [
                "word:juez → (pago OR \"dos palabras\") -kind:mail",
                "any: → juez -kind:mail",
                "word:pago → juez \"dos palabras\" -kind:mail",
                "phrase:dos palabras → juez pago -kind:mail",
                "-word:mail → juez (pago OR \"dos palabras\")",
            ]
        );
    }

    #[test]
    fn a_passage_is_a_sentence_in_its_surroundings() {
        let text = "One thing. The mayor paid the bank. Another thing.\n\nNext paragraph.";
        let at = text.find("paid").unwrap();
        let lit = Lit {
            span: Span::from_usize(0, text.find("\n\n").unwrap()),
            matches: vec![Span::from_usize(at, at + 4)],
        };
        let short = window(text, &lit).unwrap();
        assert_eq!(short.lit.of(text), Some("The mayor paid the bank."));
        assert!(!short.cut_before && !short.cut_after);

        let long = format!("{}{text}", "words and words ".repeat(60));
        let at = long.find("paid").unwrap();
        let lit = Lit {
            span: Span::from_usize(0, long.len()),
            matches: vec![Span::from_usize(at, at + 4)],
        };
        let cut = window(&long, &lit).unwrap();
        assert_eq!(cut.lit.of(&long), Some("The mayor paid the bank."));
        assert!(cut.shown.len() < LONGEST);
    }
}
