//! Scores the engine on the specifications of Recognizers-Text.
//!
//! `recognizers [--packs FOLDER] [--misses FILE-NAME-PART] FOLDER` where the
//! folder holds `en/` and `es/` with the extractor and parser files.
//!
//! A case is right when the times of the file's own type are found with exactly
//! its words and, in parser files, with its values in both readings (the one
//! before the reference day and the one from it on). Cases that the reference
//! engine (.NET) does not support itself are left out.
//!
//! Where the conventions differ, ours stay inside and are turned here:
//! - their end of a range is the day after, or the first day of its last part;
//! - "two years ago" is one day to them: our `reckoned` day;
//! - a decade, a quarter, a half-year are ranges `(start,end,length)` to them;
//! - "early", "late", "end of" have fixed days to them: ours are right when they
//!   hold theirs;
//! - "next three days" start tomorrow to them.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use quipu_claims::times::{TimeReader, TimesInput, Undecided, day_of, day_text};
use quipu_model::Span;
use quipu_model::time::{Precision, TimeExpression, TimeKind, TimeModifier};
use quipu_packs::{DateOrder, PackFiles, Packs};
use serde_json::Value;

/// Files of one type: the part of their names, and whether the bar counts them.
const TYPES: [(&str, bool); 10] = [
    ("Date", true),
    ("DatePeriod", true),
    ("Duration", true),
    ("Set", true),
    ("Holiday", false),
    ("DateTime", false),
    ("DateTimePeriod", false),
    ("Time", false),
    ("TimePeriod", false),
    ("Merged", false),
];

struct Tally {
    right: usize,
    all: usize,
    extent: usize,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut packs, mut misses, mut folder) = (None, None, String::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--packs" => packs = arguments.next(),
            "--misses" => misses = arguments.next(),
            _ => folder = argument,
        }
    }
    let packs = match packs {
        Some(folder) => Packs::load(&PackFiles::from_folder(Path::new(&folder)).unwrap()).unwrap(),
        None => Packs::embedded().unwrap(),
    };
    let reader = TimeReader::new(&packs).unwrap();
    for lang in ["en", "es"] {
        let mut bar = Tally {
            right: 0,
            all: 0,
            extent: 0,
        };
        for (kind, counts) in TYPES {
            for role in ["Extractor", "Parser", "Parser-dmy-region"] {
                let name = format!("{kind}{role}.json");
                let path = Path::new(&folder).join(lang).join(&name);
                let Ok(text) = std::fs::read_to_string(&path) else {
                    continue;
                };
                let cases: Value =
                    serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
                let mut tally = Tally {
                    right: 0,
                    all: 0,
                    extent: 0,
                };
                for (i, case) in cases.as_array().unwrap().iter().enumerate() {
                    let out = ["NotSupported", "NotSupportedByDesign"].iter().any(|key| {
                        case[*key]
                            .as_str()
                            .is_some_and(|all| all.contains("dotnet"))
                    });
                    if out {
                        continue;
                    }
                    let order = if role.contains("dmy") {
                        DateOrder::Dmy
                    } else {
                        default_order(lang)
                    };
                    let verdict = judge(&reader, lang, kind, role, order, case);
                    tally.all += 1;
                    tally.extent += usize::from(verdict.0);
                    tally.right += usize::from(verdict.1);
                    let wanted = misses
                        .as_ref()
                        .is_some_and(|part| format!("{lang}/{name}").contains(part.as_str()));
                    if wanted && !verdict.1 {
                        println!(
                            "{lang}/{name} {i}: {:?} {}",
                            case["Input"].as_str().unwrap(),
                            verdict.2
                        );
                    }
                }
                let mark = if counts { "" } else { " (apart)" };
                println!(
                    "{lang}/{name:32} {:4}/{:4} right = {:5.1}%   extent {:5.1}%{mark}",
                    tally.right,
                    tally.all,
                    100.0 * tally.right as f64 / tally.all.max(1) as f64,
                    100.0 * tally.extent as f64 / tally.all.max(1) as f64,
                );
                if counts {
                    bar.right += tally.right;
                    bar.all += tally.all;
                    bar.extent += tally.extent;
                }
            }
        }
        println!(
            "{lang}: {}/{} = {:.1}% right in extent and value, extent alone {:.1}%\n",
            bar.right,
            bar.all,
            100.0 * bar.right as f64 / bar.all as f64,
            100.0 * bar.extent as f64 / bar.all as f64,
        );
    }
}

fn default_order(lang: &str) -> DateOrder {
    if lang == "en" {
        DateOrder::Mdy
    } else {
        DateOrder::Dmy
    }
}

/// Extent right, all right, and what was found.
fn judge(
    reader: &TimeReader,
    lang: &str,
    kind: &str,
    role: &str,
    order: DateOrder,
    case: &Value,
) -> (bool, bool, String) {
    let text = case["Input"].as_str().unwrap();
    let written = case["Context"]["ReferenceDateTime"]
        .as_str()
        .unwrap_or("2016-11-07");
    let reference = day_of(&written[..10]).unwrap();
    let languages = [(Span::from_usize(0, text.len()), lang)];
    let read = |undecided| {
        let input = TimesInput {
            text,
            languages: &languages,
            reference: Some(reference),
            order: Some(order),
            undecided,
            ..TimesInput::default()
        };
        reader.read(&input).value
    };
    let mine = |time: &TimeExpression| match kind {
        "Merged" => true,
        "Holiday" => sort(time) == "Date",
        "DateTime" | "DateTimePeriod" | "TimePeriod" => sort(time) == "Time",
        _ => sort(time) == kind,
    };
    let earlier: Vec<TimeExpression> = read(Undecided::TakesEarlier)
        .into_iter()
        .filter(&mine)
        .collect();
    let later: Vec<TimeExpression> = read(Undecided::TakesLater)
        .into_iter()
        .filter(&mine)
        .collect();
    let results = case["Results"].as_array().unwrap();
    let seen: Vec<String> = later
        .iter()
        .zip(&earlier)
        .map(|(f, p)| {
            format!(
                "[{}] said={} edtf={} past={} ({})",
                f.value.as_written, f.said, f.value.edtf, p.value.edtf, f.rule
            )
        })
        .collect();
    let wanted: Vec<String> = results
        .iter()
        .map(|r| {
            format!(
                "[{}] {} F={} P={}",
                r["Text"].as_str().unwrap(),
                r["Value"]["Timex"],
                r["Value"]["FutureResolution"],
                r["Value"]["PastResolution"]
            )
        })
        .collect();
    let message = format!(
        "\n    want {}\n    have {}",
        wanted.join(" ; "),
        seen.join(" ; ")
    );
    let same = later.len() == results.len()
        && earlier.len() == results.len()
        && results.iter().zip(&later).all(|(result, time)| {
            let words = result["Text"].as_str().unwrap();
            time.value.as_written.to_lowercase() == words.to_lowercase()
        });
    let values = same
        && (role == "Extractor"
            || kind == "Merged"
            || results
                .iter()
                .zip(later.iter().zip(&earlier))
                .all(|(result, (later, earlier))| {
                    let value = &result["Value"];
                    timex_fits(
                        kind,
                        value["Timex"].as_str().unwrap_or_default(),
                        later,
                        earlier,
                        reference,
                    ) && days_fit(kind, &value["FutureResolution"], later, reference)
                        && days_fit(kind, &value["PastResolution"], earlier, reference)
                }));
    (same, values, message)
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
    // Days with an open year are written as such.
    let start = |said: &str, whole: &str| -> Option<String> {
        if let Some((year, week)) = whole.split_once("-W") {
            let first = day_of(&format!("{year}-01-04"))?;
            let week: i64 = week.parse().ok()?;
            let monday = first - (first + 3).rem_euclid(7) + 7 * (week - 1);
            return Some(day_text(monday));
        }
        let text = if said.contains('X') { said } else { whole };
        Some(match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            10 => text.to_owned(),
            _ => return None,
        })
    };
    let inside = wanted.trim_matches(['(', ')']);
    let Some((from, rest)) = inside.split_once(',') else {
        return false;
    };
    let Some((to, length)) = rest.split_once(',') else {
        return false;
    };
    let _ = length;
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
    let _ = start;
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
