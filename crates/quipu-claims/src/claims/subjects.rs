//! Whose deed a clause is: its own subject, the antecedent of a relative, the
//! controller of an infinitive, the owner of an effort.

use quipu_model::ClauseMark;
use quipu_packs::Function;

use super::arguments::controlled;
use super::predication::{Predication, Sort, Use};
use super::tree::Tree;

/// Finds the subject of the clause: its own, or whose it is by the construction.
pub(super) fn find_surface(
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
pub(crate) fn is_done_to(tree: &Tree<'_>, at: usize, antecedent: usize) -> bool {
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
pub(super) fn owned_effort(tree: &Tree<'_>, clause: &mut Predication) {
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
pub(super) fn carry(tree: &Tree<'_>, verb: &mut Predication, clause: &Predication) {
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
pub(super) fn place_subject(clause: &mut Predication, subject: usize) {
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
