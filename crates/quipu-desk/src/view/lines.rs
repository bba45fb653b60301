//! The lines that claims draw under a text: which passage has which, so that
//! those that lie over each other can be told apart.

use quipu_model::{Repaired, Span};
use serde::Serialize;

use super::claims::Claims;
use super::reaching::Reaching;
use crate::shelf::Held;

/// Lines drawn under one word; what lies deeper is reached by its card.
const LANES: usize = 3;

/// A claim over a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ClaimMarkView {
    /// Its number among the claims of the document, from 1.
    pub number: usize,
    /// `asserted`, `reported`…
    pub standing: &'static str,
    /// Its line, counted from the words down; `None` where there are too many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lane: Option<usize>,
    /// Whether its passage begins here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub begins: bool,
    /// Whether these are words of its predicate.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub predicate: bool,
    /// Whether the predicate's words end here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub predicate_ends: bool,
}

/// Claims laid over a text.
pub(super) struct Lines {
    laid: Vec<Laid>,
    reaching: Reaching,
}

struct Laid {
    passage: Span<Repaired>,
    predicate: Span<Repaired>,
    number: usize,
    standing: &'static str,
    lane: Option<usize>,
}

impl Lines {
    /// Lays these claims, given by their numbers from 0.
    pub(super) fn new(held: &Held, claims: &Claims<'_>, numbers: &[usize]) -> Self {
        let one = |at: &usize| {
            let claim = held.reading.claims.get(*at)?;
            Some(Laid {
                passage: *claims.passages.get(*at)?,
                predicate: claim.predicate_span,
                number: at + 1,
                standing: claim.standing.word(),
                lane: None,
            })
        };
        let mut laid: Vec<Laid> = numbers.iter().filter_map(one).collect();
        // Short passages lie next to the words, those around them below.
        laid.sort_by_key(|one| (one.passage.len(), one.passage, one.standing, one.number));
        lanes(&mut laid);
        Self {
            reaching: Reaching::new(laid.iter().map(|one| one.passage).enumerate()),
            laid,
        }
    }

    /// Where the claims that touch a span begin and end.
    pub(super) fn edges(&self, touching: &[(Span<Repaired>, usize)]) -> Vec<Span<Repaired>> {
        let predicates = touching.iter().filter_map(|(_, at)| self.laid.get(*at));
        let predicates = predicates.map(|one| one.predicate);
        touching
            .iter()
            .map(|(span, _)| *span)
            .chain(predicates)
            .collect()
    }

    pub(super) fn touching(&self, span: Span<Repaired>) -> Vec<(Span<Repaired>, usize)> {
        let mut touching = self.reaching.touching(span);
        touching.sort_by_key(|(_, at)| *at);
        touching
    }

    /// The claims over a stretch that no edge cuts, the shortest passage first.
    pub(super) fn over(
        &self,
        touching: &[(Span<Repaired>, usize)],
        at: Span<Repaired>,
    ) -> Vec<ClaimMarkView> {
        let over = touching.iter().filter(|(passage, _)| passage.contains(at));
        let over = over.filter_map(|(_, number)| self.laid.get(*number));
        over.map(|one| {
            let predicate = !one.predicate.is_empty() && one.predicate.contains(at);
            ClaimMarkView {
                number: one.number,
                standing: one.standing,
                lane: one.lane,
                begins: one.passage.start() == at.start(),
                predicate,
                predicate_ends: predicate && one.predicate.end() == at.end(),
            }
        })
        .collect()
    }
}

/// Gives each passage the nearest line that no other one takes there. Claims of
/// one standing that quote the same words share theirs.
fn lanes(laid: &mut [Laid]) {
    let mut taken: [Vec<Span<Repaired>>; LANES] = std::array::from_fn(|_| Vec::new());
    let mut before: Option<(Span<Repaired>, &'static str, Option<usize>)> = None;
    for one in laid {
        let same = before
            .filter(|(passage, standing, _)| (*passage, *standing) == (one.passage, one.standing));
        one.lane = match same {
            Some((.., lane)) => lane,
            None => taken.iter_mut().position(|lane| {
                let free = !lane.iter().any(|other| other.overlaps(one.passage));
                if free {
                    lane.push(one.passage);
                }
                free
            }),
        };
        before = Some((one.passage, one.standing, one.lane));
    }
}

#[cfg(test)]
mod tests {
    use super::{Laid, lanes};
    use quipu_model::Span;

    #[test]
    fn passages_over_each_other_have_lines_of_their_own() {
        let laid = |from, to, standing| Laid {
            passage: Span::new(from, to),
            predicate: Span::new(from, from),
            number: 1,
            standing,
            lane: None,
        };
        let mut all = [
            laid(10, 20, "asserted"),
            laid(10, 20, "asserted"),
            laid(10, 20, "denied"),
            laid(15, 30, "asserted"),
            laid(30, 40, "asserted"),
            laid(12, 36, "asserted"),
        ];
        lanes(&mut all);
        let lanes: Vec<Option<usize>> = all.iter().map(|one| one.lane).collect();
        assert_eq!(lanes, [Some(0), Some(0), Some(1), Some(2), Some(0), None]);
    }
}
