//! Open information extraction: subject, relation words and arguments of every
//! clause, as the benchmarks of the field have them (Stanovsky and Dagan's OIE2016,
//! `CaRB`): nothing is resolved, and each word stands where the text has it.

use quipu_model::ClauseMark;
use quipu_model::span::{Repaired, Span};
use quipu_packs::Function;

use super::predication::{Predication, Sort, Use};
use super::tree::Tree;

/// Words on either side of its head that an argument can reach at most.
const REACH: usize = 60;

/// Words of a sentence from which on a tuple is less sure.
const SHORT: usize = 20;

/// What one clause says, in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tuple {
    /// The subject as it stands, in whatever voice; `None` where the sentence leaves
    /// it out.
    pub subject: Option<Span<Repaired>>,
    /// The words of the relation, in the order of the text.
    pub relation: Vec<Span<Repaired>>,
    /// Objects, obliques with their prepositions, times and clauses, in the order of
    /// the text.
    pub arguments: Vec<Span<Repaired>>,
    /// How sure it is, in thousandths.
    pub confidence: u32,
}

/// The tuple of a clause; nouns that are said of nobody make none.
pub(super) fn tuple(tree: &Tree<'_>, clause: &Predication) -> Option<Tuple> {
    if clause.sort != Sort::Verb && !clause.copular {
        return None;
    }
    let subject = subject(tree, clause);
    let mut relation = relation(tree, clause);
    let mut heads: Vec<usize> = clause.arguments.iter().map(|own| own.token).collect();
    heads.extend(adjuncts(tree, clause));
    // What belongs to the noun of a copula is told with it: `head of the agency`.
    let within = |at: usize| {
        let inner = tree.head[at] == Some(clause.token) && !tree.is(at, "obl");
        clause.copular && inner && !tree.is(at, "advcl")
    };
    heads.retain(|at| Some(*at) != subject && !relation.contains(at) && !within(*at));
    heads.sort_unstable();
    heads.dedup();
    let mut arguments: Vec<(usize, usize)> = Vec::new();
    if clause.copular {
        arguments.push(extent(tree, clause.token, |at| {
            clause.words.contains(&at) && at != clause.token
                || Some(at) == subject
                || heads.contains(&at)
        }));
    }
    let object = clause.argument(&Function::Object).map(|own| own.token);
    let bare = |at: &usize| tree.case(*at).is_none() || Some(*at) == object;
    let plain = clause.copular || heads.iter().any(bare);
    for (place, at) in heads.iter().enumerate() {
        let (from, to) = extent(tree, *at, |_| false);
        // `was arrested in | Lima`: where no object comes first, the preposition
        // belongs to the relation.
        let mut start = case_start(tree, *at).unwrap_or(from).min(from);
        let last = relation.last().copied();
        if place == 0 && !plain && start < from && last.is_some_and(|last| last + 1 == start) {
            relation.extend(start..from);
            start = from;
        }
        // What lies within another is told with it.
        if arguments.iter().all(|(_, end)| *end < start) {
            arguments.push((start, to));
        }
    }
    if relation.is_empty() || subject.is_none() && arguments.is_empty() {
        return None;
    }
    arguments.sort_unstable();
    let letters = |(from, to): (usize, usize)| tree.letters[from].join(tree.letters[to]);
    Some(Tuple {
        confidence: confidence(tree, clause, subject, arguments.len()),
        subject: subject.map(|at| letters(extent(tree, at, |_| false))),
        relation: runs(tree, &relation),
        arguments: arguments.into_iter().map(letters).collect(),
    })
}

/// The subject as the clause shows it, or as it is shared with it.
fn subject(tree: &Tree<'_>, clause: &Predication) -> Option<usize> {
    let verb = clause.token;
    let mut own = tree.children(verb).iter().copied();
    own.find(|at| tree.is(*at, "nsubj") || tree.is(*at, "csubj"))
        .filter(|at| !tree.is_relative(*at))
        .or(clause.surface)
        .or_else(|| {
            let function = if clause.is_passive() {
                Function::Object
            } else {
                Function::Subject
            };
            let own = clause.argument(&function);
            own.or(clause.argument(&Function::Bearer))
                .map(|own| own.token)
        })
        .filter(|at| *at != verb)
}

/// Words of the relation: the verb with helpers, negation and particle, and adverbs
/// that stand between them.
fn relation(tree: &Tree<'_>, clause: &Predication) -> Vec<usize> {
    let mut words: Vec<usize> = clause.words.iter().copied().collect();
    if clause.copular {
        words.retain(|at| *at != clause.token);
    }
    let ends = words.first().copied().zip(words.last().copied());
    if let Some((from, to)) = ends {
        let between = |at: &usize| from < *at && *at < to && tree.is(*at, "advmod");
        words.extend(tree.children(clause.token).iter().copied().filter(between));
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// What stands beside the arguments: times, places and manners with a preposition.
fn adjuncts(tree: &Tree<'_>, clause: &Predication) -> impl Iterator<Item = usize> {
    let own = tree.children(clause.token).iter().copied();
    own.filter(|at| {
        tree.is(*at, "obl") || (tree.is(*at, "advmod") || tree.is(*at, "nmod")) && tree.timed[*at]
    })
}

/// The first word of the preposition before a word.
fn case_start(tree: &Tree<'_>, at: usize) -> Option<usize> {
    let own = tree.children(at).iter().copied();
    own.filter(|child| *child < at && tree.is(*child, "case"))
        .min()
}

/// First and last word of all that hangs on a word and stands together with it, but
/// relative clauses, what joins it to others, and what is `left_out`.
fn extent(tree: &Tree<'_>, head: usize, left_out: impl Fn(usize) -> bool) -> (usize, usize) {
    let from = head.saturating_sub(REACH);
    let to = (head + REACH).min(tree.len().saturating_sub(1));
    let mut kept = vec![false; to - from + 1];
    let mut open = vec![head];
    while let Some(at) = open.pop() {
        kept[at - from] = true;
        for child in tree.children(at).iter().copied() {
            let joins = at == head
                && (tree.is(child, "case")
                    || tree.is(child, "cc")
                    || tree.is(child, "mark") && tree.pos(child) == "SCONJ");
            let apart = tree.is_exactly(child, "acl:relcl") || tree.is(child, "parataxis");
            if (from..=to).contains(&child) && !joins && !apart && !left_out(child) {
                open.push(child);
            }
        }
    }
    let sign = |at: usize| tree.pos(at) == "PUNCT";
    let (mut first, mut last) = (head, head);
    while first > from && kept[first - 1 - from] {
        first -= 1;
    }
    while last < to && kept[last + 1 - from] {
        last += 1;
    }
    while first < head && sign(first) {
        first += 1;
    }
    while last > head && sign(last) {
        last -= 1;
    }
    (first, last)
}

/// Letters of words, those that stand together as one.
fn runs(tree: &Tree<'_>, words: &[usize]) -> Vec<Span<Repaired>> {
    let mut runs: Vec<(usize, Span<Repaired>)> = Vec::new();
    for at in words.iter().copied() {
        match runs.last_mut() {
            Some((last, span)) if *last + 1 == at => {
                *last = at;
                *span = span.join(tree.letters[at]);
            }
            _ => runs.push((at, tree.letters[at])),
        }
    }
    runs.into_iter().map(|(_, span)| span).collect()
}

/// An order, not a probability: what the clause itself shows is surer than what is
/// shared with it, a finite clause than another, a short sentence than a long one.
fn confidence(
    tree: &Tree<'_>,
    clause: &Predication,
    subject: Option<usize>,
    arguments: usize,
) -> u32 {
    let own = subject.is_some_and(|at| tree.head[at] == Some(clause.token));
    let long = tree.len().saturating_sub(SHORT).min(40) as u32;
    let mut sure = 950 - 5 * long;
    for (doubt, cost) in [
        (subject.is_none(), 150),
        (!own, 150),
        (arguments == 0, 150),
        (clause.marks.contains(&ClauseMark::Nonfinite), 100),
        (matches!(clause.role, Use::Idle | Use::Brings), 100),
    ] {
        if doubt {
            sure -= cost;
        }
    }
    sure
}
