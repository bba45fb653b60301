//! What a clause shows beside its arguments: voice, negation, tense, mood, and
//! which words belong to its predicate.

use quipu_model::ClauseMark;

use super::predication::{Predication, Sort, Use};
use super::tree::Tree;

/// Reads the marks of a clause; `parent` is the one it hangs on directly.
pub(crate) fn read(tree: &Tree<'_>, clause: &mut Predication, parent: Option<&Predication>) {
    let at = clause.token;
    let words = tree.words;
    let (mut finite, mut helped) = (tree.has(at, "VerbForm=Fin"), false);
    let mut passive = false;
    let part = tree.has(at, "VerbForm=Part") && !tree.has(at, "Tense=Pres");
    form(tree, clause, at);
    for child in tree.children(at).iter().copied() {
        let (lemma, lower) = (tree.lemma(child), tree.lower(child));
        let relation = tree.token(child).relation.as_str();
        if tree.is(child, "aux") || tree.is(child, "cop") {
            clause.words.insert(child);
            finite |= tree.has(child, "VerbForm=Fin");
            helped = true;
            passive |= relation == "aux:pass" || (part && words.passive.contains(lemma));
            form(tree, clause, child);
            let helpers = [
                (&words.future, ClauseMark::Future),
                (&words.conditional, ClauseMark::Conditional),
                (&words.necessary, ClauseMark::Necessary),
                (&words.possible, ClauseMark::Possible),
            ];
            for (list, mark) in helpers {
                if list.contains(&lower) || list.contains(lemma) {
                    clause.marks.insert(mark);
                }
            }
        } else if words.negation.contains(&lower) && child != at && !limits(tree, child + 1) {
            clause.marks.insert(ClauseMark::Negated);
            clause.words.insert(child);
        } else if tree.is(child, "mark") {
            if tree.has(at, "VerbForm=Inf") && tree.is(at, "xcomp") {
                clause.words.insert(child);
            }
            mark(tree, clause, at, child);
        } else if words.doubt.contains(lemma) {
            clause.marks.insert(ClauseMark::Doubt);
        } else if tree.is(child, "expl") {
            clause.words.insert(child);
            clause.reflexive |= relation != "expl";
            passive |= relation == "expl:pass" && clause.sort == Sort::Verb;
        }
        passive |= relation == "nsubj:pass" || relation == "obl:agent";
        let negative = |at: usize| words.nobody.contains(&tree.lower(at));
        if tree.is_nominal(child)
            && (negative(child)
                || tree
                    .children(child)
                    .iter()
                    .any(|below| tree.is(*below, "det") && negative(*below)))
        {
            clause.marks.insert(ClauseMark::Negated);
        }
    }
    // A participle without helpers behind a noun or in a headline is passive.
    passive |= part && !helped && clause.sort == Sort::Verb && !finite;
    if let Some(parent) = parent.filter(|_| tree.is(at, "conj")) {
        if !helped && part && !tree.has(parent.token, "VerbForm=Fin") {
            passive = parent.is_passive();
        }
        inherit(tree, clause, parent, helped);
        finite |= !parent.marks.contains(&ClauseMark::Nonfinite) && !helped;
    }
    if passive && clause.sort == Sort::Verb && !words.states.contains(&tree.lower(at)) {
        clause.marks.insert(ClauseMark::Passive);
    }
    let verbless = clause.sort != Sort::Verb && !helped;
    if !finite && !verbless {
        clause.marks.insert(ClauseMark::Nonfinite);
    }
    clause.role = role(tree, clause, parent);
}

/// Tense and mood of one form.
fn form(tree: &Tree<'_>, clause: &mut Predication, at: usize) {
    let features = [
        ("Tense=Past", ClauseMark::Past),
        ("Tense=Imp", ClauseMark::Past),
        ("Tense=Fut", ClauseMark::Future),
        ("Mood=Cnd", ClauseMark::Conditional),
        ("Mood=Sub", ClauseMark::Subjunctive),
        ("Mood=Imp", ClauseMark::Imperative),
    ];
    for (feature, mark) in features {
        if tree.has(at, feature) {
            clause.marks.insert(mark);
        }
    }
}

/// `not only` denies nothing.
fn limits(tree: &Tree<'_>, at: usize) -> bool {
    at < tree.len() && tree.words.limiting.contains(&tree.lower(at))
}

/// What a word that opens the clause says of it: `if he came` as the content of
/// something asked supposes nothing.
fn mark(tree: &Tree<'_>, clause: &mut Predication, clausal: usize, at: usize) {
    let content = tree.is(clausal, "ccomp") || tree.is(clausal, "csubj");
    let supposed = match content {
        true => ClauseMark::Question,
        false => ClauseMark::Hypothetical,
    };
    let lists = [
        (&tree.words.hypothetical, supposed),
        (&tree.words.whether, ClauseMark::Question),
        (&tree.words.lacking, ClauseMark::Negated),
    ];
    for (list, mark) in lists {
        if list.contains(tree.lemma(at)) {
            clause.marks.insert(mark);
        }
    }
}

/// What a coordinated verb takes over from the first.
fn inherit(tree: &Tree<'_>, clause: &mut Predication, parent: &Predication, helped: bool) {
    for mark in [ClauseMark::Hypothetical, ClauseMark::Question] {
        if parent.marks.contains(&mark) {
            clause.marks.insert(mark);
        }
    }
    if helped || tree.has(clause.token, "VerbForm=Fin") {
        return;
    }
    let shared = [
        ClauseMark::Future,
        ClauseMark::Conditional,
        ClauseMark::Necessary,
        ClauseMark::Possible,
        ClauseMark::Negated,
        ClauseMark::Content,
    ];
    for mark in shared {
        if parent.marks.contains(&mark) {
            clause.marks.insert(mark);
        }
    }
}

/// What becomes of a clause by its own form.
fn role(tree: &Tree<'_>, clause: &mut Predication, parent: Option<&Predication>) -> Use {
    let at = clause.token;
    let infinitive = tree.has(at, "VerbForm=Inf");
    let case = tree.case(at).unwrap_or_default();
    let is_root = tree.head[at].is_none();
    if tree.is(at, "conj")
        && let Some(parent) = parent
        && parent.role == Use::Idle
        && !tree.has(at, "VerbForm=Fin")
    {
        return Use::Idle;
    }
    if is_question(tree) && !tree.is(at, "acl") && !tree.is(at, "advcl") {
        clause.marks.insert(ClauseMark::Question);
    }
    if opens_question(tree, at) {
        clause.marks.insert(ClauseMark::Question);
    }
    if clause.marks.contains(&ClauseMark::Question) {
        return Use::Idle;
    }
    let subjectless = tree.child(at, "nsubj").is_none();
    if subjectless && (is_root || tree.is(at, "conj")) && commands(tree, clause, at) {
        return Use::Idle;
    }
    let nonfinite = clause.marks.contains(&ClauseMark::Nonfinite);
    if nonfinite && super::subjects::awaits(tree, clause) {
        clause.marks.insert(ClauseMark::Future);
        return Use::IfFramed;
    }
    if nonfinite && infinitive {
        let adjunct = ["advcl", "acl", "csubj", "nmod", "obl", "nsubj"]
            .iter()
            .any(|relation| tree.is(at, relation));
        let content = tree.is(at, "advcl") && tree.words.of.contains(case);
        // `the order to arrest him`: the content of a noun of saying.
        let noun = tree.is(at, "acl")
            && tree.head[at].is_some_and(|head| {
                let noun = tree.lemma(head);
                tree.words.saying.contains(noun) && !tree.words.efforts.contains(noun)
            });
        if adjunct && !content && !noun && !super::arguments::controlled(tree, at) {
            return Use::Idle;
        }
        if noun {
            clause.marks.insert(ClauseMark::Content);
        }
        // An infinitive alone gives an order or makes a heading.
        if is_root {
            return Use::Idle;
        }
    }
    // `as indicated`: where it is said, not what.
    let aside = tree.is(at, "advcl")
        && subjectless
        && tree.words.saying.contains(tree.lemma(at))
        && tree.words.circumstance.contains(case);
    if nonfinite && aside {
        return Use::Idle;
    }
    if nonfinite && !infinitive {
        let adjunct = tree.is(at, "acl") || tree.is(at, "advcl") || tree.is(at, "amod");
        if adjunct || (is_root && subjectless) {
            return Use::IfFramed;
        }
    }
    Use::Claim
}

/// Whether a main clause tells somebody to do something: `Devuélvanse los folios`.
/// A subjunctive that nothing brings is a wish, unless a word of doubt does.
fn commands(tree: &Tree<'_>, clause: &Predication, at: usize) -> bool {
    let wished = clause.marks.contains(&ClauseMark::Subjunctive)
        && tree.has(at, "VerbForm=Fin")
        && tree.case(at).is_none()
        && !clause.marks.contains(&ClauseMark::Doubt);
    wished || clause.marks.contains(&ClauseMark::Imperative)
}

/// Whether a clause is an indirect question: `asked when he would come`, `saw what
/// was there`.
fn opens_question(tree: &Tree<'_>, at: usize) -> bool {
    let asks = |at: usize| tree.words.interrogative.contains(&tree.lower(at));
    if tree.is_exactly(at, "acl:relcl") {
        // `what was there`: the pronoun is the head of its own clause.
        return tree.head[at].is_some_and(|head| {
            tree.pos(head) == "PRON"
                && asks(head)
                && !tree.is(head, "nsubj")
                && tree.child(head, "case").is_none()
        });
    }
    let asked = tree.is(at, "advcl")
        && tree.head[at].is_some_and(|head| tree.words.asking.contains(tree.lemma(head)));
    let inner = asked
        || ["ccomp", "xcomp", "csubj"]
            .iter()
            .any(|own| tree.is(at, own));
    // The first word of the clause, or the one behind its preposition.
    let first = tree.extent[at].0;
    inner && (first..=first + 1).any(|place| place < at && asks(place))
}

/// Whether the sentence ends as questions do.
fn is_question(tree: &Tree<'_>) -> bool {
    let last = tree.len().saturating_sub(3)..tree.len();
    last.into_iter()
        .any(|at| tree.pos(at) == "PUNCT" && tree.form(at).contains('?'))
}
