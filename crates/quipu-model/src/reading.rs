//! What was understood of one document, beside its text.

use crate::amount::AmountExpression;
use crate::layout;
use crate::notice::Notice;
use crate::span::{Repaired, Span};
use crate::time::TimeExpression;

/// Times and amounts of one document, in the order of its repaired text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Times; no two overlap.
    pub times: Vec<TimeExpression>,
    /// Amounts; no two overlap.
    pub amounts: Vec<AmountExpression>,
    /// What has the form of a time or an amount and can be none.
    pub notices: Vec<Notice>,
}

layout!(Reading {
    times,
    amounts,
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
}

fn within<T>(all: &[T], span: Span<Repaired>, start: impl Fn(&T) -> u32) -> &[T] {
    let from = all.partition_point(|one| start(one) < span.start());
    let rest = all.get(from..).unwrap_or_default();
    let count = rest.partition_point(|one| start(one) < span.end());
    rest.get(..count).unwrap_or_default()
}
