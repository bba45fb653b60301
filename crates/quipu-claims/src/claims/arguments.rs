//! What hangs on a predicate, under the functions of the active voice.

use quipu_packs::Function;

use super::predication::{Predication, Sort, Use};
use super::tree::Tree;

/// Files what hangs on the predicate under its functions. Tells whether no
/// relative pronoun was among it.
pub(crate) fn own_arguments(tree: &Tree<'_>, clause: &mut Predication) -> bool {
    let at = clause.token;
    let mut gap = true;
    let objects: Vec<usize> = tree
        .children(at)
        .iter()
        .copied()
        .filter(|child| tree.is(*child, "obj"))
        .collect();
    for child in tree.children(at).iter().copied() {
        let mut filler = child;
        if tree.is_relative(child) {
            gap = false;
            filler = clause.antecedent.unwrap_or(child);
        }
        let case = tree.case(child).unwrap_or_default();
        // `by decree` says how, not who.
        let bare = tree.pos(child) == "NOUN"
            && tree.name[child].is_none()
            && !["det", "nummod", "amod", "nmod", "conj"]
                .iter()
                .any(|relation| tree.child(child, relation).is_some())
            && !super::fillers::is(tree, &[], child, quipu_packs::Filler::Who);
        let agent = clause.is_passive() && tree.words.agent.contains(case) && !bare;
        let token = tree.token(child);
        let function = match token.relation.as_str() {
            _ if tree.timed[child] => continue,
            "obl:agent" if !bare => Function::Subject,
            "nsubj" | "nsubj:pass" | "nsubj:outer" => continue,
            _ if tree.is(child, "csubj") => {
                clause.role = Use::Idle;
                continue;
            }
            _ if agent && (tree.is(child, "obl") || tree.is(child, "obj")) => Function::Subject,
            // A case word that no object has makes it an oblique.
            _ if tree.is(child, "obj")
                && !case.is_empty()
                && !tree.words.object.contains(case)
                && tree.words.borrowed.contains(case) =>
            {
                Function::Oblique(case.to_owned())
            }
            // `conversaba distraído`: how, not what.
            _ if tree.is(child, "obj")
                && tree.pos(child) == "ADJ"
                && case.is_empty()
                && tree.child(child, "det").is_none() =>
            {
                Function::Complement
            }
            _ if tree.is(child, "obj") => object(tree, clause, child, &objects),
            // A noun alone behind the verb is its object, whatever the tree calls it.
            _ if tree.is(child, "iobj")
                && objects.is_empty()
                && case.is_empty()
                && token.upos != "PRON" =>
            {
                Function::Object
            }
            _ if tree.is(child, "iobj") => Function::Recipient,
            _ if tree.is(child, "obl") || (clause.sort == Sort::Noun && tree.is(child, "nmod")) => {
                if case.is_empty() {
                    continue;
                }
                Function::Oblique(case.to_owned())
            }
            _ if tree.is(child, "xcomp") && !is_clause(tree, child) => Function::Complement,
            _ if tree.is(child, "xcomp") || tree.is(child, "ccomp") => Function::Clause,
            _ if tree.is(child, "advcl")
                && (tree.words.of.contains(case)
                    || controlled(tree, child)
                    || asks(tree, at, child)) =>
            {
                Function::Clause
            }
            "compound:prt" => {
                clause.particle = Some(tree.lemma(child).to_owned());
                clause.words.insert(child);
                continue;
            }
            _ => continue,
        };
        clause.add(function, filler);
    }
    borrow(tree, clause);
    exist(tree, clause);
    // `nos esperaba`: a pronoun that can be an object is one where there is no other.
    if !clause.has(&Function::Object) && clause.sort == Sort::Verb && !clause.is_passive() {
        let mut own = clause.arguments.iter_mut();
        let alone = |token: usize| {
            let case = tree.feature(token, "Case").unwrap_or_default();
            tree.pos(token) == "PRON" && case.split(',').any(|own| own == "Acc")
        };
        if let Some(own) = own.find(|own| own.function == Function::Recipient && alone(own.token)) {
            own.function = Function::Object;
        }
    }
    gap
}

/// `hay un testigo`: what there is has the place of a subject, whatever its form.
fn exist(tree: &Tree<'_>, clause: &mut Predication) {
    let bare = clause.sort == Sort::Verb
        && tree.words.existing.contains(&clause.lemma)
        && tree.child(clause.token, "nsubj").is_none();
    let mut own = clause.arguments.iter_mut();
    if let Some(thing) = own.find(|own| bare && own.function == Function::Object) {
        thing.function = Function::Subject;
    }
}

/// What hangs on the object but may be the verb's: `signed a pact with the union`,
/// `ordered the police to leave`.
fn borrow(tree: &Tree<'_>, clause: &mut Predication) {
    let object = clause.argument(&Function::Object).map(|own| own.token);
    let Some(object) = object.filter(|at| tree.name[*at].is_none()) else {
        return;
    };
    for child in tree.children(object).iter().copied() {
        let case = tree.case(child).unwrap_or_default();
        if tree.is(child, "nmod") && !tree.timed[child] {
            if tree.words.borrowed.contains(case) {
                clause.add(Function::Oblique(case.to_owned()), child);
            }
        } else if controlled(tree, child) {
            clause.add(Function::Clause, child);
        }
    }
}

/// Whether what a verb brings is a clause and not a noun or adjective.
fn is_clause(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.pos(at), "VERB" | "AUX") || tree.child(at, "cop").is_some()
}

/// What a direct object is: of two, the one with a case word is the recipient,
/// and a post without one is what somebody is made.
fn object(tree: &Tree<'_>, clause: &Predication, child: usize, objects: &[usize]) -> Function {
    let cased = |at: usize| {
        tree.case(at)
            .is_some_and(|case| tree.words.object.contains(case))
    };
    let post = |at: usize| {
        tree.words
            .nouns
            .get("person")
            .is_some_and(|nouns| nouns.contains(tree.lemma(at)))
            && tree.name[at].is_none()
    };
    let other = objects.iter().copied().find(|other| *other != child);
    match other {
        _ if clause.is_passive()
            && (cased(child) || tree.feature(child, "Case") == Some("Dat")) =>
        {
            Function::Recipient
        }
        Some(other) if tree.has(child, "Case=Dat") && !tree.has(other, "Case=Dat") => {
            Function::Recipient
        }
        Some(other) if cased(child) && !cased(other) && !post(other) => Function::Recipient,
        Some(other) if !cased(child) && cased(other) && post(child) => Function::Complement,
        None if clause.is_passive() && !cased(child) && post(child) => Function::Complement,
        _ => Function::Object,
    }
}

/// Whether a clause is what a verb of asking asks: `asked when he would come`.
fn asks(tree: &Tree<'_>, verb: usize, clause: usize) -> bool {
    let first = tree.extent[clause].0;
    tree.words.asking.contains(tree.lemma(verb))
        && tree.words.interrogative.contains(&tree.lower(first))
}

/// Whether an infinitive is what somebody is told to do, though the tree hangs it
/// elsewhere: `ordered the police to arrest him`.
pub(crate) fn controlled(tree: &Tree<'_>, at: usize) -> bool {
    let orders = |at: usize| tree.words.controlling.contains(tree.lemma(at));
    tree.has(at, "VerbForm=Inf")
        && tree.head[at].is_some_and(|head| {
            if tree.is(at, "advcl") {
                orders(head) && tree.child(head, "obj").is_some_and(|object| object < at)
            } else {
                tree.is(at, "acl") && tree.is(head, "obj") && tree.head[head].is_some_and(orders)
            }
        })
}
