//! Numbered spans that may lie over each other, found by what they touch.

use quipu_model::{Repaired, Span};

use super::segment::MOST_CUTS;

/// Numbered spans.
pub(super) struct Reaching {
    /// Span, number, and the greatest end of this and all before it.
    entries: Vec<(Span<Repaired>, usize, u32)>,
}

impl Reaching {
    pub(super) fn new(numbered: impl Iterator<Item = (usize, Span<Repaired>)>) -> Self {
        let mut entries: Vec<_> = numbered.map(|(i, span)| (span, i, 0)).collect();
        entries.sort();
        let mut reach = 0;
        for (span, _, greatest) in &mut entries {
            reach = reach.max(span.end());
            *greatest = reach;
        }
        Self { entries }
    }

    /// The entries that share a byte with the span.
    pub(super) fn touching(&self, span: Span<Repaired>) -> Vec<(Span<Repaired>, usize)> {
        let until = self
            .entries
            .partition_point(|(edge, ..)| edge.start() < span.end());
        let before = self.entries.get(..until).unwrap_or_default();
        before
            .iter()
            .rev()
            .take_while(|(.., reach)| *reach > span.start())
            .filter(|(edge, ..)| edge.overlaps(span))
            .take(MOST_CUTS)
            .map(|(edge, i, _)| (*edge, *i))
            .collect()
    }
}
