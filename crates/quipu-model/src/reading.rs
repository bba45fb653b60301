//! What was understood of one document, beside its text.

use crate::amount::AmountExpression;
use crate::claim::Claim;
use crate::layout;
use crate::notice::Notice;
use crate::span::{Repaired, Span};
use crate::time::TimeExpression;

/// Times, amounts and claims of one document, in the order of its repaired text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Times; no two overlap.
    pub times: Vec<TimeExpression>,
    /// Amounts; no two overlap.
    pub amounts: Vec<AmountExpression>,
    /// Claims, by sentence and then by the words they quote; several may share them.
    pub claims: Vec<Claim>,
    /// What has the form of a time or an amount and can be none.
    pub notices: Vec<Notice>,
}

layout!(Reading {
    times,
    amounts,
    claims,
    notices
});

impl Reading {
    /// The times that begin within a span.
    #[must_use]
    pub fn times_in(&self, span: Span<Repaired>) -> &[TimeExpression] {
        within(&self.times, span, |time| time.span.start())
    }

    /// The amounts that begin within a span.
    #[must_use]
    pub fn amounts_in(&self, span: Span<Repaired>) -> &[AmountExpression] {
        within(&self.amounts, span, |amount| amount.span.start())
    }

    /// The claims whose sentence shares letters with a span.
    #[must_use]
    pub fn claims_in(&self, span: Span<Repaired>) -> &[Claim] {
        let from = self
            .claims
            .partition_point(|claim| claim.sentence.end() <= span.start());
        let rest = self.claims.get(from..).unwrap_or_default();
        let count = rest.partition_point(|claim| claim.sentence.start() < span.end());
        rest.get(..count).unwrap_or_default()
    }
}

fn within<T>(all: &[T], span: Span<Repaired>, start: impl Fn(&T) -> u32) -> &[T] {
    let from = all.partition_point(|one| start(one) < span.start());
    let rest = all.get(from..).unwrap_or_default();
    let count = rest.partition_point(|one| start(one) < span.end());
    rest.get(..count).unwrap_or_default()
}
