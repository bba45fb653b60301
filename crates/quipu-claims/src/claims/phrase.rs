//! The words of an argument: its noun with what belongs to it, no clause, no
//! apposition.

use quipu_model::span::{Repaired, Span};
use quipu_model::{Name, NameKind, Slot};

use super::tree::Tree;

/// Words on either side of a noun that its phrase can reach at most.
const REACH: usize = 40;

/// The letters of the phrase that a word heads.
pub(crate) fn phrase(tree: &Tree<'_>, head: usize) -> Span<Repaired> {
    let mut span = tree.letters[head];
    let near = |at: usize| at.abs_diff(head) <= REACH;
    let mut open = vec![head];
    while let Some(at) = open.pop() {
        for child in tree.children(at).iter().copied().filter(|at| near(*at)) {
            let inside = match tree.token(child).relation.as_str() {
                "case" => at != head,
                "amod" => !is_clause(tree, child),
                "nmod:desc" => tree.pos(child) == "PROPN" || child < head,
                "det" | "nummod" | "compound" | "flat" | "fixed" | "nmod:poss" | "goeswith"
                | "flat:name" | "compound:name" | "nummod:gov" | "det:poss" => true,
                _ => false,
            };
            // The article of `del` has no letters of its own.
            let inside = inside && !melts(tree, child);
            if inside && span.start().abs_diff(tree.letters[child].start()) < 400 {
                span = span.join(tree.letters[child]);
                open.push(child);
            }
        }
    }
    match tree.name[head] {
        Some(name) if tree.sentence.span.contains(name.span) => {
            let title = name.titles.iter().find(|title| {
                title.end() <= name.span.start()
                    && name.span.start() - title.end() <= 1
                    && tree.sentence.span.contains(**title)
                    && title.len() <= 30
            });
            let span = span.join(name.span);
            title.map_or(span, |title| span.join(*title))
        }
        // `el coronel Paz`: a title and the name behind it are one.
        None => match tree.titled[head] {
            Some(name) if behind(span, name.span) => span.join(name.span),
            _ => span,
        },
        _ => span,
    }
}

fn behind(span: Span<Repaired>, other: Span<Repaired>) -> bool {
    span.end() <= other.start() && other.start() - span.end() <= 1
}

/// The name that a phrase without one is said to be of: that of a person it is
/// the title of, or that stands in apposition to it.
///
/// Behind a comma the title may be another's: `the brother of the minister, Paz`.
fn bearer<'a>(tree: &Tree<'a>, head: usize, span: Span<Repaired>) -> Option<&'a Name> {
    let person = |at: usize| {
        let name = tree.name[at].or(tree.titled[at]);
        name.filter(|name| name.kind == NameKind::Person)
    };
    let beside = |at: &&usize| {
        tree.is(**at, "appos") || tree.is(**at, "flat") || tree.is_exactly(**at, "nmod:desc")
    };
    let mut children = tree.children(head).iter().filter(beside).take(20);
    let titled = tree.titled[head].filter(|name| span.contains(name.span));
    titled.or_else(|| children.find_map(|at| person(*at)))
}

/// Whether a word shares its letters with the preposition before it.
fn melts(tree: &Tree<'_>, at: usize) -> bool {
    at > 0 && tree.letters[at] == tree.letters[at - 1]
}

/// Whether a participle before or behind a noun has words of its own.
fn is_clause(tree: &Tree<'_>, at: usize) -> bool {
    tree.children(at)
        .iter()
        .any(|child| !tree.is(*child, "advmod") && !tree.is(*child, "punct"))
}

/// What fills a role by the phrase that a word heads.
pub(crate) fn slot(tree: &Tree<'_>, head: usize) -> Slot {
    let span = phrase(tree, head);
    let as_written = tree.words_of(span).to_owned();
    let told = tree
        .references
        .and_then(|references| references.chain_of(tree.letters[head]))
        .filter(|chain| !chain.name.is_empty());
    if let Some(chain) = told {
        return Slot {
            name: chain.name.clone(),
            as_written: Some(as_written),
            span: Some(span),
        };
    }
    let name = match tree.name[head].or_else(|| bearer(tree, head, span)) {
        Some(name) => tree.words_of(name.span).to_owned(),
        None => without_article(tree, &as_written).to_owned(),
    };
    Slot {
        name,
        as_written: Some(as_written),
        span: Some(span),
    }
}

pub(crate) fn without_article<'b>(tree: &Tree<'_>, words: &'b str) -> &'b str {
    match words.split_once(char::is_whitespace) {
        Some((first, rest)) if tree.words.articles.contains(&first.to_lowercase()) => {
            rest.trim_start()
        }
        _ => words,
    }
}
