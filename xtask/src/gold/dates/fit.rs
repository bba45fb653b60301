//! Whether a time of ours says what a time of Recognizers-Text says.
//!
//! Where the conventions differ, ours stay inside and are turned here:
//! - their end of a range is the day after, or the first day of its last part;
//! - "two years ago" is one day to them: our `reckoned` day;
//! - a decade, a quarter, a half-year are ranges `(start,end,length)` to them;
//! - "early", "late", "end of" have fixed days to them: ours are right when they
//!   hold theirs;
//! - "next three days" start tomorrow to them.

use quipu_claims::times::{day_of, day_text};
use quipu_model::time::{Precision, TimeExpression, TimeKind, TimeModifier};
use serde_json::Value;

/// Whether a time is of the type that a file asks for.
pub(super) fn is_of(time: &TimeExpression, kind: &str) -> bool {
    match kind {
        "Merged" => true,
        "Holiday" => sort(time) == "Date",
        "DateTime" | "DateTimePeriod" | "TimePeriod" => sort(time) == "Time",
        _ => sort(time) == kind,
    }
}

/// Whether the two readings of a time have the values that are wanted.
pub(super) fn fits(
    kind: &str,
    wanted: &Value,
    later: &TimeExpression,
    earlier: &TimeExpression,
    reference: i64,
) -> bool {
    let timex = wanted["Timex"].as_str().unwrap_or_default();
    timex_fits(kind, timex, later, earlier, reference)
        && days_fit(kind, &wanted["FutureResolution"], later, reference)
        && days_fit(kind, &wanted["PastResolution"], earlier, reference)
}

/// Which of their types a time of ours is.
fn sort(time: &TimeExpression) -> &'static str {
    match time.kind {
        TimeKind::Duration => "Duration",
        TimeKind::Set => "Set",
        TimeKind::Time => "Time",
        TimeKind::Date => {
            let interval = time.value.edtf.contains('/');
            let vague = time.value.edtf.contains(['~', '[']);
            let day = time.value.precision == Precision::Day || (time.reckoned.is_some() && vague);
            if day && !interval && time.modifier != Some(TimeModifier::LessThan) {
                "Date"
            } else {
                "DatePeriod"
            }
        }
    }
}

fn date(day: Option<i64>) -> String {
    day.map_or_else(String::new, day_text)
}

fn point(time: &TimeExpression) -> Option<i64> {
    time.reckoned.or(time.value.earliest)
}

/// Their TIMEX form of a time of ours, or several that mean the same.
fn timex_fits(
    kind: &str,
    wanted: &str,
    time: &TimeExpression,
    earlier: &TimeExpression,
    reference: i64,
) -> bool {
    let any = |ours: &str| wanted.split('|').any(|wanted| wanted == ours);
    if any(&time.said) || any(&time.value.timex) {
        return true;
    }
    if kind == "Date" {
        if time.reckoned.is_some() && any(&date(time.reckoned)) {
            return true;
        }
        // The month of "the first Friday of this month" is open to them.
        if let (Some(a), Some(b)) = (wanted.get(4..), time.said.get(4..)) {
            return wanted.contains("-#") && a == b;
        }
        return false;
    }
    if kind != "DatePeriod" {
        return false;
    }
    let inside = wanted.trim_matches(['(', ')']);
    let Some((from, rest)) = inside.split_once(',') else {
        return false;
    };
    let Some((to, _length)) = rest.split_once(',') else {
        return false;
    };
    for time in [time, earlier] {
        for (a, b) in ranges(time, reference) {
            if day_text(a) == from && day_text(b) == to {
                return true;
            }
            // The same with what they leave open left open.
            let open = |ours: &str, theirs: &str| {
                ours.len() == theirs.len()
                    && ours
                        .chars()
                        .zip(theirs.chars())
                        .all(|(a, b)| a == b || b == 'X')
            };
            if inside.contains('X') && open(&day_text(a), from) && open(&day_text(b), to) {
                return true;
            }
        }
    }
    false
}

/// Their first and last day, in each of their ways to give an end.
fn ranges(time: &TimeExpression, reference: i64) -> Vec<(i64, i64)> {
    let mut all = Vec::new();
    let value = &time.value;
    if let (Some(first), Some(last)) = (value.earliest, value.latest) {
        all.push((first, last + 1));
        // From one day to another, both named.
        all.push((first, last));
        if let Some((_, end)) = value.edtf.split_once('/') {
            let end = end.trim_end_matches('~');
            let start = match end.len() {
                4 => day_of(&format!("{end}-01-01")),
                7 => day_of(&format!("{end}-01")),
                _ => day_of(end),
            };
            all.extend(start.map(|start| (first, start)));
        }
        if let Some((year, week)) = value
            .timex
            .split_once('/')
            .and_then(|(_, end)| end.split_once("-W"))
        {
            let fourth = day_of(&format!("{year}-01-04"));
            if let (Some(day), Ok(week)) = (fourth, week.parse::<i64>()) {
                all.push((first, day - (day + 3).rem_euclid(7) + 7 * (week - 1)));
            }
        }
        // A century by its first two digits.
        if value.precision == Precision::Century {
            all.push((first, last - 365));
            all.push((first, last - 364));
        }
    }
    if let Some(day) = time.reckoned {
        all.push((day, day + 7));
        all.push((day, reference));
        all.push((reference, day));
        all.push((reference + 1, day + 1));
        if let Some(first) = value.earliest {
            all.push((first, day));
        }
        if let Some(last) = value.latest {
            all.push((day, last));
        }
    }
    all
}

fn days_fit(kind: &str, wanted: &Value, time: &TimeExpression, reference: i64) -> bool {
    let Some(map) = wanted.as_object() else {
        return true;
    };
    if map.is_empty() {
        return true;
    }
    let get = |key: &str| map.get(key).and_then(Value::as_str);
    match kind {
        "Date" => match get("date") {
            Some("0001-01-01") => false,
            Some(day) => date(point(time)) == day,
            None => false,
        },
        "DatePeriod" => match (get("startDate"), get("endDate")) {
            (Some(from), Some(to)) => {
                let (Some(from), Some(to)) = (day_of(from), day_of(to)) else {
                    return false;
                };
                if matches!(
                    time.modifier,
                    Some(TimeModifier::Start | TimeModifier::Mid | TimeModifier::End)
                ) && time.value.earliest <= Some(from)
                    && time.value.latest >= Some(to - 1)
                {
                    return true;
                }
                ranges(time, reference).contains(&(from, to))
            }
            (Some(day), None) | (None, Some(day)) => date(point(time)) == day,
            (None, None) => true,
        },
        // Seconds follow from the TIMEX length.
        _ => true,
    }
}
