//! Reads the files of `cases/times` and `cases/amounts` and holds what they say
//! against what is found.
#![allow(clippy::unwrap_used, dead_code)]

use std::fmt::Write as _;
use std::path::Path;

use quipu_claims::times::day_of;
use quipu_packs::DateOrder;

pub(crate) struct Case {
    place: String,
    pub(crate) text: String,
    wanted: Vec<String>,
    pub(crate) reference: Option<i64>,
    pub(crate) order: Option<DateOrder>,
    pub(crate) country: Option<String>,
}

/// Runs every case below a folder; gives what came out otherwise. `see` shows
/// what is found in a text of a language, a line each.
pub(crate) fn run(
    folder: &str,
    least: usize,
    see: impl Fn(&str, &Case) -> Vec<String>,
) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../cases")
        .join(folder);
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
                compare(see(lang, &case), &case, &mut wrong);
            }
        }
    }
    assert!(count > least, "only {count} cases were read");
    wrong
}

fn read(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let (mut reference, mut order, mut country) = (None, None, None);
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
        } else if let Some(code) = line.strip_prefix("country ") {
            country = (code != "none").then(|| code.to_owned());
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
                country: country.clone(),
            });
        }
    }
    cases
}

fn compare(mut seen: Vec<String>, case: &Case, wrong: &mut Vec<String>) {
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
