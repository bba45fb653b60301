//! Predications of clauses: verbs, and nouns and adjectives behind a copula.
//!
//! Words are visited heads first, so that whatever a clause inherits (subject,
//! antecedent, helpers, negation) is known before it.

use std::collections::BTreeSet;

use quipu_model::ClauseMark;
use quipu_packs::Function;

use super::arguments::{controlled, own_arguments};
use super::marks;
use super::predication::{Predication, Sort, Use};
use super::subjects::{carry, find_surface, is_done_to, owned_effort, place_subject};
use super::tree::Tree;

/// Words on either side of a predicate that can belong to it.
const GROUP: usize = 12;

/// Words from a verb to the one joined to it that can share what stands behind.
const BESIDE: usize = 5;

/// All predications of clauses, and for each word which one it heads.
pub(crate) fn clauses(tree: &Tree<'_>) -> (Vec<Predication>, Vec<Option<usize>>) {
    let mut made: Vec<Predication> = Vec::new();
    let mut at: Vec<Option<usize>> = vec![None; tree.len()];
    // The nearest predication above each word.
    let mut above: Vec<Option<usize>> = vec![None; tree.len()];
    for token in tree.order.iter().copied() {
        let governor = tree.head[token].and_then(|head| at[head].or(above[head]));
        above[token] = governor;
        let Some(sort) = sort_of(tree, token) else {
            continue;
        };
        let mut clause = Predication::new(token, tree.lemma(token), sort);
        clause.governor = governor;
        clause.copular = tree.child(token, "cop").is_some();
        let parent = tree.head[token].and_then(|head| at[head]);
        let governing = governor.map(|governor| &made[governor]);
        build(
            tree,
            &mut clause,
            parent.map(|parent| &made[parent]),
            governing,
        );
        if let Some(parent) = parent {
            relate(tree, &mut made[parent], &mut clause);
        }
        if let Some(place) = governor {
            carry(tree, &mut made[place], &clause);
        }
        at[token] = Some(made.len());
        made.push(clause);
    }
    (made, at)
}

/// What sort of predicate a word is, if it is one.
fn sort_of(tree: &Tree<'_>, at: usize) -> Option<Sort> {
    let relation = tree.token(at).relation.as_str();
    let base = relation.split_once(':').map_or(relation, |(base, _)| base);
    if matches!(
        base,
        "aux" | "cop" | "case" | "mark" | "fixed" | "flat" | "compound" | "punct" | "cc" | "det"
    ) {
        return None;
    }
    // `hace dos años` is a time.
    if tree.timed[at] && tree.pos(at) == "VERB" {
        return None;
    }
    let copular = tree.child(at, "cop").is_some();
    let participle = tree.has(at, "VerbForm=Part");
    match tree.pos(at) {
        "VERB" | "AUX" if base == "amod" && !has_words(tree, at) => None,
        "VERB" | "AUX" => Some(Sort::Verb),
        "ADJ" if participle && !copular => {
            let open = matches!(base, "amod" | "acl" | "advcl" | "root" | "conj");
            (open && has_words(tree, at)).then_some(Sort::Verb)
        }
        "ADJ" => {
            let clause = tree.child(at, "nsubj").is_some() && base != "amod";
            // `is calm and ready`: the copula of the first is that of both.
            let shared = base == "conj"
                && tree.head[at].is_some_and(|head| {
                    tree.pos(head) == "ADJ" && tree.child(head, "cop").is_some()
                });
            // `seemed likely to be sold`: it only brings the infinitive.
            let brings = base == "xcomp"
                && tree.words.bringing.contains(tree.lemma(at))
                && tree.child(at, "xcomp").is_some();
            (copular || clause || shared || brings).then_some(Sort::Adjective)
        }
        "NOUN" | "PROPN" | "PRON" | "NUM" => copular.then_some(Sort::Noun),
        _ => None,
    }
}

/// Whether a participle brings something of its own.
fn has_words(tree: &Tree<'_>, at: usize) -> bool {
    tree.children(at)
        .iter()
        .any(|child| tree.is(*child, "obl") || tree.is(*child, "obj") || tree.is(*child, "xcomp"))
}

/// `parent` is the predication it hangs on, `above` the nearest over it.
fn build(
    tree: &Tree<'_>,
    clause: &mut Predication,
    parent: Option<&Predication>,
    above: Option<&Predication>,
) {
    let at = clause.token;
    marks::read(tree, clause, parent);
    if clause.sort == Sort::Verb {
        clause.other_lemmas = verb_lemmas(tree, at);
    }
    find_surface(tree, clause, parent, above);
    owned_effort(tree, clause);
    let gap = own_arguments(tree, clause);
    if let Some(subject) = clause.surface {
        place_subject(clause, subject);
    }
    // `the man she paid`: no pronoun stands for the antecedent.
    if let Some(antecedent) = clause.antecedent
        && (gap || is_done_to(tree, at, antecedent))
        && tree.is_exactly(at, "acl:relcl")
        && clause.sort == Sort::Verb
        && !clause.has(&Function::Object)
        && !clause.is_passive()
    {
        clause.add(Function::Object, antecedent);
    }
    if let Some(parent) = parent.filter(|_| tree.is(at, "conj")) {
        share(clause, parent);
    }
}

/// Lemmas that the form may have by its ending.
fn verb_lemmas(tree: &Tree<'_>, at: usize) -> Vec<String> {
    let form = tree.lower(at);
    let mut found = Vec::new();
    for word in [form.as_str(), tree.lemma(at)] {
        for (ending, verb) in &tree.words.endings {
            if let Some(stem) = word.strip_suffix(ending.as_str())
                && stem.len() > 2
            {
                let guess = format!("{stem}{verb}");
                if !found.contains(&guess) {
                    found.push(guess);
                }
            }
        }
    }
    found
}

/// Whether a `that` clause behind a predicate that no list knows is said, believed
/// or felt, and not brought about.
fn brings_what_is_said(tree: &Tree<'_>, parent: &Predication) -> bool {
    let words = tree.words;
    let lists = [&words.causing, &words.controlling, &words.existing];
    !parent.has(&Function::Object) && lists.iter().all(|list| !list.contains(&parent.lemma))
}

/// What coordinated verbs share: an object or agent that stands behind the last.
fn share(clause: &mut Predication, parent: &Predication) {
    for argument in &parent.arguments {
        let behind = argument.token > clause.token;
        if behind && !clause.has(&argument.function) && argument.function != Function::Clause {
            clause.add(argument.function.clone(), argument.token);
        }
    }
}

/// Whether a verb stands in a list, with its reflexive where the list says so:
/// `negar se`.
fn listed(list: &BTreeSet<String>, verb: &Predication) -> bool {
    list.contains(&verb.lemma) || (verb.reflexive && list.contains(&format!("{} se", verb.lemma)))
}

/// What a predicate and the clause it brings are to each other.
fn relate(tree: &Tree<'_>, parent: &mut Predication, clause: &mut Predication) {
    let at = clause.token;
    let said = tree
        .words
        .complementizers
        .contains(tree.case(at).unwrap_or_default());
    let content = tree.is(at, "xcomp")
        || tree.is(at, "ccomp")
        || (said && (tree.is(at, "advcl") || tree.is(at, "acl") || tree.is(at, "csubj")))
        || (tree.is(at, "advcl")
            && tree.has(at, "VerbForm=Inf")
            && !tree
                .words
                .purpose
                .contains(tree.case(at).unwrap_or_default()));
    // `was arrested and charged by the police`: what the last has, the first has, if
    // nothing but the conjunction stands between them.
    let beside = tree.child(at, "nsubj").is_none() && at.abs_diff(parent.token) <= BESIDE;
    if tree.is(at, "conj") && beside && clause.sort == Sort::Verb && parent.sort == Sort::Verb {
        for function in [Function::Subject, Function::Object] {
            let shared = clause.is_passive() == parent.is_passive()
                && !parent.has(&function)
                && (function == Function::Object || clause.is_passive());
            if let Some(argument) = clause.argument(&function).filter(|_| shared) {
                let token = argument.token;
                if token > at {
                    parent.add(function, token);
                }
            }
        }
    }
    if !content && !controlled(tree, at) {
        return;
    }
    let nonfinite = clause.marks.contains(&ClauseMark::Nonfinite);
    if nonfinite && listed(&tree.words.bringing, parent) {
        let inherited = [
            ClauseMark::Negated,
            ClauseMark::Future,
            ClauseMark::Conditional,
            ClauseMark::Necessary,
            ClauseMark::Possible,
            ClauseMark::Hypothetical,
            ClauseMark::Question,
            ClauseMark::Past,
        ];
        for mark in inherited {
            if parent.marks.contains(&mark) {
                clause.marks.insert(mark);
            }
        }
        if listed(&tree.words.failing, parent) {
            clause.marks.insert(ClauseMark::Negated);
        }
        if tree.words.forward.contains(&parent.lemma) {
            clause.marks.insert(ClauseMark::Future);
        }
        clause.marks.remove(&ClauseMark::Nonfinite);
        let near = |word: &usize| word.abs_diff(at) <= GROUP;
        clause
            .words
            .extend(parent.words.iter().copied().filter(near));
        match parent.role {
            Use::Idle => clause.role = Use::Idle,
            Use::Claim | Use::IfFramed => {
                clause.role = parent.role;
                parent.role = Use::Brings;
            }
            Use::Brings | Use::Says => {}
        }
    } else {
        if nonfinite {
            clause.marks.insert(ClauseMark::Content);
        }
        let told = nonfinite && tree.words.controlling.contains(&parent.lemma);
        let asked = clause.marks.contains(&ClauseMark::Question)
            && tree.words.asking.contains(&parent.lemma);
        // Whatever brings a `that` clause says it, believes it or feels about it.
        let says = tree.words.saying.contains(&parent.lemma)
            || ((said || tree.is(at, "ccomp") && tree.child(at, "nsubj").is_some())
                && !nonfinite
                && !clause.marks.contains(&ClauseMark::Question)
                && brings_what_is_said(tree, parent));
        if says && parent.role != Use::Idle && !told && !asked {
            parent.role = Use::Says;
        }
    }
}
