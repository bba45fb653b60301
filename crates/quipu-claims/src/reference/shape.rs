//! The letters of a mention.

use quipu_model::span::{Repaired, Span};

pub(crate) use crate::claims::phrase::phrase;

use crate::claims::tree::Tree;

/// Words that a mention can have at most.
const WORDS: usize = 120;

/// All that belongs to a noun, clauses and appositions with it, as the OntoNotes
/// scheme draws mentions: without case words, and `alone` without the members
/// coordinated with it.
pub(crate) fn whole(tree: &Tree<'_>, head: usize, alone: bool) -> Span<Repaired> {
    let (mut from, mut to) = (head, head);
    for child in tree.children(head).iter().copied() {
        let relation = tree.token(child).relation.as_str();
        let relation = relation.split_once(':').map_or(relation, |(base, _)| base);
        let inside = match relation {
            "mark" | "cop" | "nsubj" | "csubj" | "aux" | "punct" | "cc" | "discourse"
            | "vocative" | "parataxis" | "expl" | "dep" | "orphan" | "advcl" | "obl"
            | "dislocated" | "ccomp" | "xcomp" => false,
            "conj" => !alone,
            // The sign of the genitive ends the phrase: *the Secretary's*.
            "case" => child > head && tree.lower(child).starts_with(['\'', '’']),
            "advmod" => child < head && head - child <= 3,
            _ => true,
        };
        if inside {
            let (first, last) = tree.extent[child];
            from = from.min(first.max(head.saturating_sub(WORDS)));
            to = to.max(last.min(head + WORDS));
        }
    }
    // What the members of a coordination hang on may lie between.
    while to > head && tree.pos(to) == "PUNCT" && !closes(tree, from, to) {
        to -= 1;
    }
    while from < head && tree.pos(from) == "PUNCT" && !opens(tree, from, to) {
        from += 1;
    }
    tree.letters[from].join(tree.letters[to])
}

/// Whether the sign at the end closes what opens inside.
fn closes(tree: &Tree<'_>, from: usize, to: usize) -> bool {
    let opening = match tree.form(to) {
        ")" => "(",
        "]" => "[",
        "”" => "“",
        "»" => "«",
        "\"" => "\"",
        _ => return false,
    };
    (from..to).any(|at| tree.form(at) == opening)
}

/// Whether the sign at the start is closed inside.
fn opens(tree: &Tree<'_>, from: usize, to: usize) -> bool {
    let closing = match tree.form(from) {
        "(" => ")",
        "[" => "]",
        "“" => "”",
        "«" => "»",
        "\"" => "\"",
        _ => return false,
    };
    (from + 1..=to).any(|at| tree.form(at) == closing)
}
