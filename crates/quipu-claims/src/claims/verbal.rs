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

/// Finds the subject of the clause: its own, or whose it is by the construction.
fn find_surface(
    tree: &Tree<'_>,
    clause: &mut Predication,
    parent: Option<&Predication>,
    governing: Option<&Predication>,
) {
    let at = clause.token;
    let above = tree.head[at];
    clause.antecedent = if tree.is(at, "acl") || tree.is(at, "amod") {
        apposed(tree, at).or(above)
    } else {
        parent.and_then(|parent| parent.antecedent)
    };
    if let Some(own) = written_subject(tree, at) {
        clause.surface = if tree.is_relative(own) {
            let alone = !tree.words.complementizers.contains(&tree.lower(own));
            let antecedent = clause.antecedent.or(Some(own).filter(|_| alone));
            antecedent.filter(|antecedent| !is_done_to(tree, at, *antecedent))
        } else if tree.words.expletive.contains(&tree.lower(own)) && announces(tree, at) {
            if clause.sort != Sort::Verb {
                clause.role = Use::Idle;
            }
            None
        } else {
            Some(own)
        };
        return;
    }
    let finite = !clause.marks.contains(&ClauseMark::Nonfinite);
    let controlled = controlled(tree, at);
    clause.surface = match (parent, tree.is(at, "acl") || tree.is(at, "amod")) {
        (Some(parent), false) if controlled => controller(tree, parent),
        (_, true) if controlled => above,
        (_, true) if !finite && awaits(tree, clause) => above,
        (_, true) if !finite && tree.case(at).is_some() => deed_of(tree, at, governing),
        (_, true) if !finite && !tree.has(at, "VerbForm=Inf") => above,
        (Some(parent), _) if tree.is(at, "conj") => {
            let agree = |name: &str| {
                let (one, other) = (tree.feature(at, name), tree.feature(parent.token, name));
                one.is_none() || other.is_none() || one == other
            };
            parent
                .surface
                .filter(|_| !finite || (agree("Number") && agree("Person")))
        }
        (Some(parent), _) if tree.is(at, "xcomp") || (!finite && tree.is(at, "ccomp")) => {
            controller(tree, parent)
        }
        (Some(parent), _) if !finite && tree.is(at, "advcl") => {
            if tree.words.of.contains(tree.case(at).unwrap_or_default()) {
                controller(tree, parent)
            } else {
                parent.surface
            }
        }
        _ => None,
    };
}

/// `los torneos que ha jugado`: the verb is of one, so those it is told of are what is
/// played.
fn is_done_to(tree: &Tree<'_>, at: usize, antecedent: usize) -> bool {
    let finite = tree.children(at).iter().copied();
    let finite = finite
        .chain(std::iter::once(at))
        .find(|word| tree.has(*word, "VerbForm=Fin") && !tree.is(*word, "conj"));
    tree.pos(at) == "VERB"
        && tree.has(antecedent, "Number=Plur")
        && finite.is_some_and(|word| tree.has(word, "Number=Sing"))
}

/// The subject that hangs on a predicate: of several the one nearest before it, and
/// never the number or day that opens the entry.
fn written_subject(tree: &Tree<'_>, at: usize) -> Option<usize> {
    let counts = |at: usize| {
        let form = tree.form(at);
        let number = form.starts_with(|c: char| c.is_ascii_digit());
        number && (form.ends_with(['.', ')', '*']) || tree.timed[at])
    };
    let children = tree.children(at).iter().copied();
    let own = children.filter(|child| tree.is(*child, "nsubj") && !counts(*child));
    let own: Vec<usize> = own.collect();
    let mut before = own.iter().copied().filter(|own| *own < at);
    before.next_back().or_else(|| own.first().copied())
}

/// `a letter to be prepared`: what is yet to be done to the noun before it.
pub(super) fn awaits(tree: &Tree<'_>, clause: &Predication) -> bool {
    let at = clause.token;
    tree.is(at, "acl")
        && clause.is_passive()
        && tree
            .children(at)
            .iter()
            .any(|child| tree.is(*child, "aux") && tree.has(*child, "VerbForm=Inf"))
}

/// `the Navy's efforts to curb the union`: one claim, of the infinitive.
fn owned_effort(tree: &Tree<'_>, clause: &mut Predication) {
    let at = clause.token;
    let noun = tree.head[at].filter(|noun| {
        tree.is(at, "acl")
            && tree.has(at, "VerbForm=Inf")
            && tree.words.efforts.contains(tree.lemma(*noun))
    });
    let (Some(noun), true) = (noun, clause.surface.is_some()) else {
        return;
    };
    clause.words.insert(noun);
    clause.marks.remove(&ClauseMark::Nonfinite);
    if tree.words.failing.contains(tree.lemma(noun)) {
        clause.marks.insert(ClauseMark::Negated);
    }
    if tree.words.forward.contains(tree.lemma(noun)) {
        clause.marks.insert(ClauseMark::Future);
    }
    clause.role = Use::Claim;
}

/// `took the decision to sell`: the verb only carries the effort.
fn carry(tree: &Tree<'_>, verb: &mut Predication, clause: &Predication) {
    let object = verb.argument(&Function::Object).map(|own| own.token);
    let carries = clause.role == Use::Claim
        && tree.is(clause.token, "acl")
        && tree.head[clause.token].is_some_and(|noun| {
            object == Some(noun) && tree.words.efforts.contains(tree.lemma(noun))
        })
        && tree.words.light.contains(&verb.lemma);
    if carries && matches!(verb.role, Use::Claim | Use::IfFramed) {
        verb.role = Use::Brings;
    }
}

/// Whether a `that` clause behind a predicate that no list knows is said, believed
/// or felt, and not brought about.
fn brings_what_is_said(tree: &Tree<'_>, parent: &Predication) -> bool {
    let words = tree.words;
    let lists = [&words.causing, &words.controlling, &words.existing];
    !parent.has(&Function::Object) && lists.iter().all(|list| !list.contains(&parent.lemma))
}

/// Whose deed a gerund or infinitive behind a noun is: `Soto's fear of losing`, `Soto
/// considers the possibility of leaving`.
fn deed_of(tree: &Tree<'_>, at: usize, governing: Option<&Predication>) -> Option<usize> {
    let noun = tree.head[at]?;
    let possessive = |child: &usize| {
        tree.is_exactly(*child, "nmod:poss")
            || tree.is_exactly(*child, "det:poss")
            || tree.has(*child, "Poss=Yes")
    };
    let lemma = tree.lemma(noun);
    let effort = tree.words.efforts.contains(lemma);
    // The order of one is the deed of another.
    if tree.words.saying.contains(lemma) && !effort && !tree.words.subject_control.contains(lemma) {
        return None;
    }
    let written = |child: &usize| {
        let case = tree.case(*child).unwrap_or_default();
        effort
            && tree.is(*child, "nmod")
            && (tree.words.of.contains(case) || tree.words.agent.contains(case))
    };
    let children = || tree.children(noun).iter().copied();
    let owner = children()
        .find(possessive)
        .or_else(|| children().find(written));
    owner.or_else(|| {
        let governing = governing?;
        let object = governing.argument(&Function::Object);
        governing
            .surface
            .filter(|own| *own != noun && object.is_some_and(|own| own.token == noun))
    })
}

/// Whether a clause stands behind for the empty subject: `it is true that`.
fn announces(tree: &Tree<'_>, at: usize) -> bool {
    ["ccomp", "csubj", "xcomp", "advcl"]
        .iter()
        .any(|relation| tree.child(at, relation).is_some())
}

/// `the brother of the minister, Luis Paz, who`: a clause behind a name in
/// apposition is about the name, whatever the tree hangs it on.
fn apposed(tree: &Tree<'_>, at: usize) -> Option<usize> {
    let start = tree.extent[at].0;
    let comma = match tree.pos(start) {
        "PUNCT" => start,
        _ => start.checked_sub(1)?,
    };
    let mut last = comma.checked_sub(1)?;
    let name = tree.name[last].filter(|_| tree.pos(comma) == "PUNCT")?;
    for _ in 0..8 {
        match tree.head[last] {
            Some(head) if tree.name[head] == Some(name) => last = head,
            _ => break,
        }
    }
    tree.is(last, "appos").then_some(last)
}

/// Whose infinitive it is that a predicate brings.
fn controller(tree: &Tree<'_>, parent: &Predication) -> Option<usize> {
    if tree.words.subject_control.contains(&parent.lemma)
        || tree.words.bringing.contains(&parent.lemma)
    {
        return parent.surface;
    }
    [Function::Object, Function::Recipient]
        .iter()
        .find_map(|function| parent.argument(function))
        .map(|argument| argument.token)
        .or(parent.surface)
}

/// The subject of the clause under the function it has in the active voice.
fn place_subject(clause: &mut Predication, subject: usize) {
    let function = if clause.sort == Sort::Noun {
        Function::Bearer
    } else if !clause.is_passive() {
        Function::Subject
    } else if clause.has(&Function::Object) && !clause.reflexive {
        Function::Recipient
    } else {
        Function::Object
    };
    clause.add(function, subject);
    // What stands first in the clause is looked for first.
    if let Some(last) = clause.arguments.pop() {
        clause.arguments.insert(0, last);
    }
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
