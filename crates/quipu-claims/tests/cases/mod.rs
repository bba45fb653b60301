//! Reads the files of `cases/times` and holds what they say against what is found.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::Path;

use quipu_claims::times::{TimeReader, TimesInput, day_of, day_text};
use quipu_model::{Span, TimeExpression};
use quipu_packs::DateOrder;

struct Case {
    place: String,
    text: String,
    wanted: Vec<String>,
    reference: Option<i64>,
    order: Option<DateOrder>,
}

/// Runs every case below a folder; gives what came out otherwise.
pub(crate) fn run(reader: &TimeReader, folder: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut count = 0;
    for lang in ["en", "es"] {
        let mut files: Vec<_> = std::fs::read_dir(folder.join(lang))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            for case in read(&file.display().to_string(), &text) {
                count += 1;
                compare(reader, lang, &case, &mut wrong);
            }
        }
    }
    assert!(count > 40, "only {count} cases were read");
    wrong
}

fn read(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let (mut reference, mut order) = (None, None);
    let mut open = false;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') {
        } else if let Some(day) = line.strip_prefix("reference ") {
            reference = day_of(day);
        } else if let Some(kept) = line.strip_prefix("order ") {
            order = Some(if kept == "dmy" {
                DateOrder::Dmy
            } else {
                DateOrder::Mdy
            });
        } else if line.trim().is_empty() {
            open = false;
        } else if let Some(wanted) = line.strip_prefix("  ") {
            if !wanted.starts_with("wrong:") {
                cases.last_mut().unwrap().wanted.push(wanted.to_owned());
            }
        } else if open {
            let case = cases.last_mut().unwrap();
            case.text.push('\n');
            case.text.push_str(line);
        } else {
            open = true;
            cases.push(Case {
                place: format!("{file}:{}", number + 1),
                text: line.to_owned(),
                wanted: Vec::new(),
                reference,
                order,
            });
        }
    }
    cases
}

fn compare(reader: &TimeReader, lang: &str, case: &Case, wrong: &mut Vec<String>) {
    let languages = [(Span::from_usize(0, case.text.len()), lang)];
    let found = reader.read(&TimesInput {
        text: &case.text,
        languages: &languages,
        reference: case.reference,
        order: case.order,
        ..TimesInput::default()
    });
    let mut seen: Vec<String> = found
        .value
        .iter()
        .map(|time| show(time, &case.text))
        .collect();
    seen.extend(
        found
            .notices
            .iter()
            .map(|notice| format!("notice {}", notice.code)),
    );
    if seen.is_empty() {
        seen.push("nothing".to_owned());
    }
    let same = seen.len() == case.wanted.len()
        && seen
            .iter()
            .zip(&case.wanted)
            .all(|(seen, wanted)| fits(seen, wanted));
    if !same {
        let mut message = format!("{}: {}\n", case.place, case.text);
        for line in &case.wanted {
            writeln!(message, "  want {line}").unwrap();
        }
        for line in &seen {
            writeln!(message, "  have {line}").unwrap();
        }
        wrong.push(message);
    }
}

fn show(time: &TimeExpression, text: &str) -> String {
    let value = &time.value;
    let day = |day: Option<i64>| day.map(day_text).unwrap_or_default();
    let written = match (
        value.edtf.is_empty(),
        value.timex.contains("XX-W") || value.timex.contains("WXX"),
    ) {
        (true, true) if value.reference.is_none() && time.kind == quipu_model::TimeKind::Date => {
            "?"
        }
        (true, _) => &value.timex,
        _ => &value.edtf,
    };
    let bounds = match (value.earliest, value.latest) {
        (None, None) => "?".to_owned(),
        (first, last) => format!("{}..{}", day(first), day(last)),
    };
    let from = match (value.anchored_on, value.reference) {
        (Some(span), _) => span.of(text).unwrap().to_owned(),
        (None, Some(_)) => "reference".to_owned(),
        (None, None) => String::new(),
    };
    format!("{} = {written} | {bounds} <- {from}", value.as_written)
}

/// Whether what was seen says all that was wanted; what was not asked is free.
fn fits(seen: &str, wanted: &str) -> bool {
    let parts = |line: &str| {
        let (line, from) = match line.split_once(" <- ") {
            Some((line, from)) => (line.to_owned(), Some(from.to_owned())),
            None => (line.to_owned(), None),
        };
        let (line, bounds) = match line.split_once(" | ") {
            Some((line, bounds)) => (line.to_owned(), Some(bounds.to_owned())),
            None => (line, None),
        };
        (line, bounds, from)
    };
    let (seen, wanted) = (parts(seen), parts(wanted));
    seen.0 == wanted.0
        && (wanted.1.is_none() || wanted.1 == seen.1)
        && (wanted.2.is_none() || wanted.2 == seen.2)
}
