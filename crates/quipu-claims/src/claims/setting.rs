//! Times, amounts and places: to which predication of a sentence each belongs.

use std::ops::Range;

use quipu_model::span::{Repaired, Span};
use quipu_model::{AmountExpression, AmountKind, ClauseMark, TimeExpression, TimeKind};

use super::predication::{Predication, Use};
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
}

impl Setting {
    pub(crate) fn len(&self) -> usize {
        self.times.len().min(1) + self.amounts.len().min(1) + self.places.len().min(1)
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
    for place in times.1 {
        let time = &times.0[place];
        if matches!(time.kind, TimeKind::Date | TimeKind::Time)
            && let Some(owner) = owner_of(tree, owner, time.span)
        {
            settings[owner].times.push(place);
        }
    }
    for place in amounts.1 {
        let amount = &amounts.0[place];
        if amount.kind != AmountKind::Rank
            && let Some(owner) = owner_of(tree, owner, amount.span)
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
    // `On Monday he came and left`: a time before both is the time of both.
    for place in 0..made.len() {
        let predication = &made[place];
        let Some(governor) = predication
            .governor
            .filter(|_| settings[place].times.is_empty() && tree.is(predication.token, "conj"))
        else {
            continue;
        };
        let start = tree.letters[made[governor].token].start();
        if tree.head[predication.token] == Some(made[governor].token)
            && let Some(shared) = settings[governor].times.first().copied()
            && times.0[shared].span.end() <= start
        {
            settings[place].times.push(shared);
        }
    }
    // `He left on Monday, leaving a letter`: what has no finite verb has the time of
    // its clause.
    for place in 0..made.len() {
        let predication = &made[place];
        let nonfinite = predication.marks.contains(&ClauseMark::Nonfinite)
            && (tree.is(predication.token, "advcl") || tree.is(predication.token, "xcomp"));
        if let Some(governor) = predication.governor
            && nonfinite
            && settings[place].times.is_empty()
            && tree.head[predication.token] == Some(made[governor].token)
        {
            settings[place].times = settings[governor].times.clone();
        }
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

/// Whose an expression is: that of the word in it that hangs highest.
fn owner_of(tree: &Tree<'_>, owner: &[Option<usize>], span: Span<Repaired>) -> Option<usize> {
    let tokens = &tree.sentence.tokens;
    let first = tokens.partition_point(|token| token.span.end() <= span.start());
    let inside = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| span.overlaps(token.span))
    };
    let top = (first..tokens.len())
        .take_while(|at| inside(*at))
        .take(30)
        .find(|at| tree.head[*at].is_none_or(|head| !inside(head)))?;
    owner[top]
}
