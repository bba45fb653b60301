//! A distance in time beside the day it leads to.
//!
//! "on 10 March 1992, four days before the massacre" and "eight months later,
//! on Nov. 25, 2009" say one day in two ways; the exact way tells.

use quipu_model::span::{Repaired, Span};
use quipu_model::time::{Precision, TimeExpression, TimeKind};

use super::known::{Known, Origin};
use super::meaning::{From, Unit};
use super::story::Story;

/// So many words at most name what something happened before or after.
const EVENT_WORDS: usize = 4;

/// What is known of a distance, with the times on either side of it.
pub(crate) fn settle(
    story: &Story<'_>,
    known: Known,
    from: From,
    before: Option<&TimeExpression>,
    after: Option<(Span<Repaired>, Known)>,
) -> Known {
    let here = story.here;
    if let Some((span, day)) = after
        && from == From::Story
        && day.first == day.last
        && day.is_exact()
        && joins(story, gap(story, here, span), true)
    {
        return Known {
            origin: Origin {
                reference: false,
                words: Some(span),
            },
            ..day
        };
    }
    if from != From::Event {
        return known;
    }
    if let Some(time) = before
        && time.kind == TimeKind::Date
        && time.value.precision == Precision::Day
        && time.value.earliest == time.value.latest
        && joins(story, gap(story, time.span, here), false)
        && let Some(day) = time.value.earliest
        && let Some(whole) = Known::whole(Unit::Day, day)
    {
        return whole.from(Origin {
            reference: false,
            words: Some(time.span),
        });
    }
    known.from(Origin {
        reference: false,
        words: event(story, here),
    })
}

fn gap<'a>(story: &Story<'a>, before: Span<Repaired>, after: Span<Repaired>) -> &'a str {
    let range = before.range().end..after.range().start;
    story.text.get(range).unwrap_or("?")
}

/// Whether only a comma, and perhaps a small word, stands between.
fn joins(story: &Story<'_>, between: &str, word: bool) -> bool {
    let Some(rest) = between.trim().strip_prefix([',', '(']) else {
        return false;
    };
    let rest = rest.trim().to_lowercase();
    let machine = story.machine;
    let led = || {
        let id = machine.word(rest.as_bytes());
        machine.worth(id, machine.own.lead).is_some()
            || machine.worth(id, machine.own.before_day).is_some()
    };
    rest.is_empty() || (word && led())
}

/// The words that name what happened.
fn event(story: &Story<'_>, here: Span<Repaired>) -> Option<Span<Repaired>> {
    let start = here.range().end;
    let rest = story.text.get(start..)?;
    let mut end = 0;
    let mut words = 0;
    let mut from = None;
    for (at, c) in rest.char_indices().take(120) {
        if c.is_alphanumeric() || matches!(c, '\'' | '’' | '-') {
            from = from.or(Some(at));
            end = at + c.len_utf8();
        } else if c.is_whitespace() {
            words += usize::from(end == at && from.is_some());
            if words == EVENT_WORDS {
                break;
            }
        } else {
            break;
        }
    }
    let from = from?;
    Some(Span::from_usize(start + from, start + end))
}
