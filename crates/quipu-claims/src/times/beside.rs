//! A distance in time beside the day it leads to.
//!
//! "on 10 March 1992, four days before the massacre" and "eight months later,
//! on Nov. 25, 2009" say one day in two ways; the exact way tells.

use quipu_model::span::{Repaired, Span};
use quipu_model::time::{Day, Precision, TimeExpression, TimeKind};

use super::known::{Known, Origin};
use super::meaning::{From, Meaning, Named, Unit};
use super::story::Story;
use super::{Raw, TimeMachine, TimeParser, calendar};
use crate::patterns::sides::in_class;
use crate::patterns::slots::NodeId;

/// So many words at most name what something happened before or after.
const EVENT_WORDS: usize = 6;

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

/// For each time the first day of what is joined to it and names its year, where
/// it names none itself: "July 3 and August 17, 1961", "May or June 1962".
pub(crate) fn years_ahead(
    text: &str,
    machines: &[TimeMachine],
    parsers: &[TimeParser],
    found: &[Raw],
) -> Vec<Option<Day>> {
    let mut ahead = vec![None; found.len()];
    let mut next: Option<(&Raw, Day)> = None;
    for (place, raw) in found.iter().enumerate().rev() {
        let (Some(machine), Some(parser)) = (machines.get(raw.machine), parsers.get(raw.machine))
        else {
            continue;
        };
        next = match named_by(parser, raw.node) {
            Some((Some(year), month, day)) => {
                calendar::day(year, month, day.unwrap_or(1)).map(|day| (raw, day))
            }
            Some((None, month, day)) => next
                .filter(|(other, _)| {
                    let gap = text.get(raw.span.range().end..other.span.range().start);
                    other.machine == raw.machine && is_joined(machine, gap.unwrap_or("?"))
                })
                .and_then(|(_, year)| {
                    let mut years = [0, 1].into_iter();
                    let own = years.find_map(|back| {
                        let year_of = calendar::civil(year).year - back;
                        calendar::day(year_of, month, day.unwrap_or(1)).filter(|own| *own <= year)
                    })?;
                    ahead[place] = Some(year);
                    Some((raw, own))
                }),
            None => None,
        };
    }
    ahead
}

/// Year, month and day of a date, or of the one that a bound or a part is of.
fn named_by(parser: &TimeParser, mut node: NodeId) -> Option<(Option<i32>, u8, Option<u8>)> {
    for _ in 0..4 {
        match parser.meaning(node) {
            Meaning::Bound { of, .. } | Meaning::Part { of, .. } | Meaning::About { of } => {
                node = of;
            }
            Meaning::Calendar(date) if !date.short_year => {
                return Some((date.year, date.month?, date.day));
            }
            Meaning::Named {
                what: Named::Month(month),
                steps: None,
                year,
            } => return Some((year, month, None)),
            _ => return None,
        }
    }
    None
}

/// Whether nothing but a comma, a stroke or a word like "and" stands between.
fn is_joined(machine: &TimeMachine, gap: &str) -> bool {
    gap.len() <= 8
        && gap
            .split([',', ' ', '/'])
            .all(|word| word.is_empty() || in_class(machine, word, machine.own.joins))
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

/// The day of a line that holds a place and a day and no more, as letters begin:
/// `Lima, 3 de marzo de 1998.`
pub(crate) fn letterhead(text: &str, span: Span<Repaired>, known: &Known) -> Option<Day> {
    let own = !known.origin.reference && known.origin.words.is_none() && known.is_exact();
    if !own || known.first != known.last {
        return None;
    }
    let range = span.range();
    let before = text.get(..range.start)?;
    let from = before.floor_char_boundary(before.len().saturating_sub(PLACE_MAX));
    let place = match before[from..].rfind('\n') {
        Some(at) => &before[from + at + 1..],
        None if from == 0 => before,
        None => return None,
    };
    let place = place.trim();
    let mut rest = text.get(range.end..)?.chars();
    let ends = rest.find(|c| *c == '\n' || !(c.is_whitespace() || *c == '.'));
    let alone = place.is_empty() || place.ends_with([',', ':']);
    known
        .first
        .filter(|_| alone && ends.is_none_or(|c| c == '\n'))
}

/// So many bytes of a line may name the place of a letter.
const PLACE_MAX: usize = 48;

/// How many times back an event is looked for.
const TIMES_BACK: usize = 100;

/// The day on which the story told of the event that a distance counts from:
/// "The vote was held on 3 May" before "the day after the vote". Nothing when
/// sentences before this one tell of it on several days.
pub(crate) fn told<'a>(
    story: &Story<'_>,
    times: &'a [TimeExpression],
) -> Option<&'a TimeExpression> {
    let event = event(story, story.here)?.range();
    let words = story.text.get(event.clone())?;
    let lead = |word: &str| {
        let machine = story.machine;
        machine
            .worth(machine.word(word.as_bytes()), machine.own.lead)
            .is_some()
    };
    let mut at = event.start;
    let mut names = words.split_whitespace().filter_map(|word| {
        at += story.text.get(at..event.end)?.find(word)?;
        let start = at;
        at += word.len();
        let lower = word.to_lowercase();
        let names = word.chars().count() > 3 && !lead(&lower) && story.may_name(start);
        names.then_some(lower)
    });
    // The noun names it; where the story used another, the name of its place may.
    names.find_map(|name| told_by(story, times, &name))
}

/// The one day on which earlier sentences tell of what a word names.
fn told_by<'a>(
    story: &Story<'_>,
    times: &'a [TimeExpression],
    name: &str,
) -> Option<&'a TimeExpression> {
    let mut found: Option<&TimeExpression> = None;
    for time in times.iter().rev().take(TIMES_BACK) {
        let exact = time.kind == TimeKind::Date
            && time.value.earliest.is_some()
            && time.value.earliest == time.value.latest;
        let around = story.sentence_around(time.span);
        if !exact || around.end > story.here.range().start {
            continue;
        }
        let sentence = story.text.get(around).unwrap_or_default().to_lowercase();
        let mut names = sentence.split(|c: char| !c.is_alphanumeric());
        if !names.any(|word| word == name) {
            continue;
        }
        if found.is_some_and(|other| other.value.earliest != time.value.earliest) {
            return None;
        }
        found = Some(time);
    }
    found
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
