//! Times, amounts and places: to which predication of a sentence each belongs.

use std::ops::Range;

use quipu_model::span::{Repaired, Span};
use quipu_model::{AmountExpression, AmountKind, ClauseMark, TimeExpression, TimeKind};

use quipu_packs::Function;

use super::predication::{Predication, Sort, Use};
use super::tree::Tree;

/// What a predication is set in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setting {
    /// Places among the times of the document.
    pub(crate) times: Vec<usize>,
    /// Places among its amounts.
    pub(crate) amounts: Vec<usize>,
    /// Heads of the phrases that say where.
    pub(crate) places: Vec<usize>,
    /// Whether the time is only that of the clause above.
    pub(crate) inherited: bool,
}

impl Setting {
    pub(crate) fn len(&self) -> usize {
        let time = usize::from(!self.times.is_empty() && !self.inherited);
        time + self.amounts.len().min(1) + self.places.len().min(1)
    }
}

/// For each word, the predication it belongs to: the nearest above it among those
/// that stand as claims.
pub(crate) fn owners(
    tree: &Tree<'_>,
    made: &[Predication],
    at: &[Option<usize>],
    stands: &[bool],
) -> Vec<Option<usize>> {
    // What is told of a verb that only brings or carries another is told of that.
    let mut instead: Vec<usize> = (0..made.len()).collect();
    for (place, predication) in made.iter().enumerate().rev() {
        if let Some(light) = predication.light.filter(|_| stands[place]) {
            instead[light] = place;
        }
        if let Some(governor) = predication.governor
            && made[governor].role == Use::Brings
            && tree.head[predication.token] == Some(made[governor].token)
        {
            instead[governor] = instead[place];
        }
    }
    let mut owner: Vec<Option<usize>> = vec![None; tree.len()];
    for token in tree.order.iter().copied() {
        let own = at[token]
            .map(|place| instead[place])
            .filter(|place| stands[*place] || made[*place].role == Use::Says);
        owner[token] = own.or_else(|| owner[tree.head[token]?]);
    }
    owner
}

/// The setting of each predication of a sentence.
pub(crate) fn settings(
    tree: &Tree<'_>,
    made: &[Predication],
    owner: &[Option<usize>],
    times: (&[TimeExpression], Range<usize>),
    amounts: (&[AmountExpression], Range<usize>),
) -> Vec<Setting> {
    let mut settings = vec![Setting::default(); made.len()];
    let mut nouns = vec![false; tree.len()];
    for own in made.iter().filter(|own| own.sort == Sort::Noun) {
        nouns[own.token] = true;
    }
    for place in times.1 {
        let time = &times.0[place];
        if matches!(time.kind, TimeKind::Date | TimeKind::Time)
            && let Some(top) = top_of(tree, time.span)
            && let Some(owner) = owner[top]
            && !dates_noun(tree, &nouns, top, &made[owner])
        {
            settings[owner].times.push(place);
        }
    }
    for place in amounts.1 {
        let amount = &amounts.0[place];
        // What is counted belongs to the claims that have it for a role.
        let measures = match amount.kind {
            AmountKind::Rank => false,
            AmountKind::Count => amount.unit.is_none(),
            _ => true,
        };
        if measures
            && let Some(top) = top_of(tree, amount.span)
            && let Some(owner) = owner[top]
            && !aside(tree, top, made[owner].token)
        {
            settings[owner].amounts.push(place);
        }
    }
    for (at, owner) in owner.iter().enumerate() {
        let Some(owner) = owner else { continue };
        let case = tree.case(at).unwrap_or_default();
        let outer = tree.is(at, "obl") || tree.is(at, "nmod");
        if outer
            && !tree.timed[at]
            && at != made[*owner].token
            && tree.words.place.contains(case)
            && super::fillers::is_place(tree, at)
            && tree.head[at].is_some_and(|head| {
                let case = tree.case(head).unwrap_or_default();
                !tree.words.place.contains(case) || !super::fillers::is_place(tree, head)
            })
        {
            settings[*owner].places.push(at);
        }
    }
    for place in 0..made.len() {
        inherit(tree, (made, owner), times.0, &mut settings, place);
    }
    // `was seized and sold in May`: what stands behind two verbs with nothing
    // between them is told of both.
    for place in (0..made.len()).rev() {
        let predication = &made[place];
        let token = predication.token;
        let Some(governor) = predication.governor.filter(|governor| {
            tree.is(token, "conj")
                && tree.child(token, "nsubj").is_none()
                && tree.head[token] == Some(made[*governor].token)
                && token.abs_diff(made[*governor].token) <= 2
        }) else {
            continue;
        };
        let behind = tree.letters[token].end();
        if let Some(shared) = settings[place].times.first().copied()
            && times.0[shared].span.start() >= behind
            && settings[governor].times.is_empty()
        {
            settings[governor].times.push(shared);
        }
        if settings[governor].places.is_empty() {
            let places = settings[place].places.iter().copied();
            let places: Vec<usize> = places.filter(|at| *at > token).collect();
            settings[governor].places = places;
        }
    }
    settings
}

/// `On Monday he came and left, taking the letter, after the arrest of Soto`: what
/// opens a clause is the time of all that is joined to it, of its participles and of
/// its events; `he left on Monday, leaving a letter`: what has no finite verb has the
/// time of its clause.
fn inherit(
    tree: &Tree<'_>,
    (made, owner): (&[Predication], &[Option<usize>]),
    times: &[TimeExpression],
    settings: &mut [Setting],
    place: usize,
) {
    let own = &made[place];
    let at = own.token;
    let Some(governor) = tree.head[at].and_then(|head| owner[head]) else {
        return;
    };
    if governor == place || !settings[place].times.is_empty() {
        return;
    }
    let direct = tree.head[at] == Some(made[governor].token);
    let nonfinite = own.marks.contains(&ClauseMark::Nonfinite);
    let follows = nonfinite && direct && (tree.is(at, "advcl") || tree.is(at, "xcomp"));
    let joined = direct && tree.is(at, "conj");
    let event = own.sort == Sort::Noun
        && !own.copular
        && own.light.is_none()
        && !own.has(&Function::Bearer);
    let participle = nonfinite && tree.is(at, "acl");
    if !(follows || joined || event || participle) {
        return;
    }
    let Some(shared) = settings[governor].times.first().copied() else {
        return;
    };
    let opens = times[shared].span.end() <= tree.letters[made[governor].token].start()
        && times[shared].span.end() <= tree.letters[at].start();
    if follows || opens {
        settings[place].times.push(shared);
        settings[place].inherited = true;
    }
}

/// The word of an expression that hangs highest.
fn top_of(tree: &Tree<'_>, span: Span<Repaired>) -> Option<usize> {
    let tokens = &tree.sentence.tokens;
    let first = tokens.partition_point(|token| token.span.end() <= span.start());
    let inside = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| span.overlaps(token.span))
    };
    (first..tokens.len())
        .take_while(|at| inside(*at))
        .take(30)
        .find(|at| tree.head[*at].is_none_or(|head| !inside(head)))
}

/// Whether a date belongs to a noun and not to the predicate above it: `Decree 9 of
/// 3 May`, `the 1972 tariff`, `the candidate in 1979`. `nouns` are those of events and
/// ties.
fn dates_noun(tree: &Tree<'_>, nouns: &[bool], top: usize, own: &Predication) -> bool {
    let Some(noun) = tree.head[top].filter(|head| *head != own.token) else {
        return false;
    };
    let case = tree.case(top);
    let within = [
        "compound", "amod", "nummod", "flat", "appos", "nmod", "dep", "advmod",
    ];
    // `signed the order of 3 May`: who makes or sends it does so on its day.
    let object = own.argument(&Function::Object).map(|own| own.token);
    let dated = object == Some(noun) && tree.words.dating.contains(&own.lemma);
    tree.is_nominal(noun)
        && !dated
        && !tree.timed[noun]
        && within.iter().any(|relation| tree.is(top, relation))
        && (nouns[noun] || case.is_none_or(|case| tree.words.of.contains(case)))
}

/// Whether a word stands in an apposition or aside below the predicate.
fn aside(tree: &Tree<'_>, top: usize, predicate: usize) -> bool {
    let mut at = top;
    for _ in 0..20 {
        if at == predicate {
            return false;
        }
        if tree.is(at, "appos") || tree.is(at, "parataxis") {
            return at != top;
        }
        match tree.head[at] {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// Whether what an amount counts is something that claims count: no abstraction.
pub(crate) fn counts(tree: &Tree<'_>, amount: &AmountExpression) -> bool {
    let words = tree.words;
    let Some(at) = top_of(tree, amount.span) else {
        return true;
    };
    let noun = match tree.pos(at) {
        "NUM" => tree.head[at].unwrap_or(at),
        _ => at,
    };
    amount.kind != AmountKind::Rank
        && (amount.kind != AmountKind::Count || !words.uncounted.contains(tree.lemma(noun)))
}
