//! Times of the specifications of Recognizers-Text: one expression or none in a
//! made-up sentence, with a reference day and the values of both readings.
//!
//! A case is right when the times of the file's own type are found with exactly
//! its words and, in parser files, with its values in both readings (the one
//! before the reference day and the one from it on). Cases that the reference
//! engine (.NET) does not support itself are left out.

mod fit;

use std::path::Path;

use quipu_claims::times::{TimeReader, TimesInput, Undecided, day_of};
use quipu_model::Span;
use quipu_model::time::TimeExpression;
use quipu_packs::DateOrder;
use serde_json::Value;

use crate::Score;

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

/// The two kinds of files. The bar is over both.
const ROLES: [&str; 3] = ["Extractor", "Parser", "Parser-dmy-region"];

/// Languages with the order of day and month that the specifications presume,
/// and the bar.
const LANGUAGES: [(&str, DateOrder, u32); 2] =
    [("en", DateOrder::Mdy, 92), ("es", DateOrder::Dmy, 88)];

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    right: usize,
    all: usize,
    extent: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.all += other.all;
        self.extent += other.extent;
    }

    fn score(self, what: &str, more: &str) -> Score {
        let mut score = Score::share(what, self.right, self.all);
        let extent = 100.0 * self.extent as f64 / self.all.max(1) as f64;
        score.note = format!("{more}{}; extent alone {extent:.1}", score.note);
        score
    }
}

/// What a case must hold to be counted.
struct Task<'a> {
    lang: &'a str,
    kind: &'a str,
    role: &'a str,
    order: DateOrder,
}

pub(crate) fn score(data: &Path) -> Result<Vec<Score>, String> {
    let packs = crate::packs()?;
    let reader = TimeReader::new(&packs).map_err(|error| error.to_string())?;
    let mut scores = Vec::new();
    for (lang, usual, least) in LANGUAGES {
        let mut bar = Tally::default();
        let mut parts = Vec::new();
        for (kind, counts) in TYPES {
            let mut of_kind = Tally::default();
            for role in ROLES {
                let order = if role.contains("dmy") {
                    DateOrder::Dmy
                } else {
                    usual
                };
                let task = Task {
                    lang,
                    kind,
                    role,
                    order,
                };
                of_kind.add(file(data, &reader, &task, counts)?);
            }
            if counts {
                bar.add(of_kind);
            }
            if of_kind.all > 0 {
                let more = if counts { "" } else { "outside the bar; " };
                parts.push(of_kind.score(&format!("{lang}, {kind}"), more));
            }
        }
        if bar.all == 0 {
            return Err(format!("no files in {}", data.join("dates").display()));
        }
        scores.push(bar.score(
            &format!("{lang}, extent and value right"),
            &format!("**{least}**; "),
        ));
        scores.append(&mut parts);
    }
    Ok(scores)
}

/// Counts one file; a file that is not there counts nothing.
fn file(data: &Path, reader: &TimeReader, task: &Task<'_>, show: bool) -> Result<Tally, String> {
    let (lang, kind, role) = (task.lang, task.kind, task.role);
    let path = data.join(format!("dates/{lang}/{kind}{role}.json"));
    let mut tally = Tally::default();
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Ok(tally);
    };
    let cases: Vec<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("{}: {error}", path.display()))?;
    for (i, case) in cases.iter().enumerate() {
        let unsupported = ["NotSupported", "NotSupportedByDesign"].iter().any(|key| {
            case[*key]
                .as_str()
                .is_some_and(|all| all.contains("dotnet"))
        });
        if unsupported {
            continue;
        }
        let (extent, right, message) = judge(reader, task, case)
            .ok_or_else(|| format!("{}: case {i} has no input", path.display()))?;
        tally.all += 1;
        tally.extent += usize::from(extent);
        tally.right += usize::from(right);
        if show && !right {
            println!("  {lang}/{kind}{role} {i}: {} {message}", case["Input"]);
        }
    }
    Ok(tally)
}

/// Extent right, all right, and what was wanted and found.
fn judge(reader: &TimeReader, task: &Task<'_>, case: &Value) -> Option<(bool, bool, String)> {
    let text = case["Input"].as_str()?;
    let written = case["Context"]["ReferenceDateTime"]
        .as_str()
        .unwrap_or("2016-11-07");
    let reference = day_of(written.get(..10)?)?;
    let languages = [(Span::from_usize(0, text.len()), task.lang)];
    let read = |undecided| -> Vec<TimeExpression> {
        let input = TimesInput {
            text,
            languages: &languages,
            reference: Some(reference),
            order: Some(task.order),
            undecided,
            ..TimesInput::default()
        };
        let found = reader.read(&input).value.into_iter();
        found.filter(|time| fit::is_of(time, task.kind)).collect()
    };
    let earlier = read(Undecided::TakesEarlier);
    let later = read(Undecided::TakesLater);
    let results = case["Results"].as_array()?;
    let seen: Vec<String> = later
        .iter()
        .zip(&earlier)
        .map(|(later, earlier)| {
            format!(
                "[{}] said={} edtf={} past={} ({})",
                later.value.as_written,
                later.said,
                later.value.edtf,
                earlier.value.edtf,
                later.rule
            )
        })
        .collect();
    let wanted: Vec<String> = results
        .iter()
        .map(|wanted| {
            let value = &wanted["Value"];
            format!(
                "[{}] {} F={} P={}",
                wanted["Text"].as_str().unwrap_or_default(),
                value["Timex"],
                value["FutureResolution"],
                value["PastResolution"]
            )
        })
        .collect();
    let message = format!(
        "\n    want {}\n    have {}",
        wanted.join(" ; "),
        seen.join(" ; ")
    );
    let extent = later.len() == results.len()
        && earlier.len() == results.len()
        && results.iter().zip(&later).all(|(wanted, time)| {
            let words = wanted["Text"].as_str().unwrap_or_default();
            time.value.as_written.to_lowercase() == words.to_lowercase()
        });
    let has_values = task.role != "Extractor" && task.kind != "Merged";
    let right = extent
        && (!has_values
            || results
                .iter()
                .zip(later.iter().zip(&earlier))
                .all(|(wanted, (later, earlier))| {
                    fit::fits(task.kind, &wanted["Value"], later, earlier, reference)
                }));
    Some((extent, right, message))
}
