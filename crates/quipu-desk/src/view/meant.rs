//! Times and amounts as they lie over the segments of a text.

use quipu_model::{Reading, Repaired, Span};
use serde::Serialize;

use super::expression::is_within_amount;
use super::segment::{MOST_CUTS, SegmentView};

/// A time or an amount that runs over one segment or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MeantView {
    /// `time` or `amount`.
    pub kind: &'static str,
    /// Its number among those of the document, from 1.
    pub number: usize,
    /// Whether this is its first segment here.
    pub begins: bool,
    /// Whether this is its last one here.
    pub ends: bool,
}

/// Times and amounts that share a byte with the span, in order and apart.
pub(super) fn meant(reading: &Reading, span: Span<Repaired>) -> Vec<(Span<Repaired>, MeantView)> {
    let view = |kind, at: usize| MeantView {
        kind,
        number: at + 1,
        begins: false,
        ends: false,
    };
    let from = reading
        .times
        .partition_point(|time| time.span.end() <= span.start());
    let times = reading.times.iter().enumerate().skip(from);
    let times = times
        .take_while(|(_, time)| time.span.start() < span.end())
        .filter(|(_, time)| !is_within_amount(reading, time))
        .map(|(at, time)| (time.span, view("time", at)));
    let from = reading
        .amounts
        .partition_point(|amount| amount.span.end() <= span.start());
    let amounts = reading.amounts.iter().enumerate().skip(from);
    let amounts = amounts
        .take_while(|(_, amount)| amount.span.start() < span.end())
        .map(|(at, amount)| (amount.span, view("amount", at)));
    let mut meant: Vec<_> = times
        .take(MOST_CUTS)
        .chain(amounts.take(MOST_CUTS))
        .collect();
    meant.sort_by_key(|(edge, _)| *edge);
    meant
}

/// Tells of every time and amount where it begins and ends. What was taken out
/// of the text within one leaves it whole.
pub(super) fn edges(segments: &mut [SegmentView]) {
    let key = |meant: &MeantView| (meant.kind, meant.number);
    let mut before: Option<usize> = None;
    for at in 0..segments.len() {
        let here = segments.get(at).and_then(|segment| segment.meant);
        let letters = segments
            .get(at)
            .is_some_and(|segment| !segment.text.is_empty());
        if !letters {
            continue;
        }
        let open = before.and_then(|before| segments.get(before)?.meant);
        let same = match (open, here) {
            (Some(open), Some(here)) => key(&open) == key(&here),
            (None, None) => true,
            _ => false,
        };
        if !same {
            if let Some(meant) = before.and_then(|before| segments.get_mut(before)?.meant.as_mut())
            {
                meant.ends = true;
            }
            if let Some(meant) = segments
                .get_mut(at)
                .and_then(|segment| segment.meant.as_mut())
            {
                meant.begins = true;
            }
        }
        before = Some(at);
    }
    if let Some(meant) = before.and_then(|before| segments.get_mut(before)?.meant.as_mut()) {
        meant.ends = true;
    }
}

#[cfg(test)]
mod tests {
    use super::{MeantView, SegmentView, edges};

    #[test]
    fn an_expression_begins_and_ends_once_whatever_lies_over_it() {
        let meant = |number| MeantView {
            kind: "time",
            number,
            begins: false,
            ends: false,
        };
        let segment = |text: &str, number: usize| SegmentView {
            text: text.to_owned(),
            meant: (number > 0).then(|| meant(number)),
            ..SegmentView::default()
        };
        let mut segments = [
            segment("on ", 0),
            segment("3 ", 1),
            // A hyphen was taken out here: no letters, no edge.
            segment("", 0),
            segment("March", 1),
            segment("1998", 2),
            segment(".", 0),
        ];
        edges(&mut segments);
        let found: Vec<String> = segments
            .iter()
            .map(|segment| match segment.meant {
                Some(meant) => format!("{}{}", u8::from(meant.begins), u8::from(meant.ends)),
                None => "-".to_owned(),
            })
            .collect();
        assert_eq!(found, ["-", "10", "-", "01", "11", "-"]);
    }
}
