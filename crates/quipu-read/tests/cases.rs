//! Reads every case of `cases/read/FORMAT/`: a source `NAME.EXT` and what is
//! expected of it in `NAME.toml`. `cases/read/README.md` says how to write one.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::{Path, PathBuf};

use quipu_model::{ReadDocument, Span, Transcribed};
use quipu_packs::Packs;
use quipu_read::{Input, Limits, Silent, Tools};
use serde::Deserialize;

/// What a case expects; what it leaves out is not looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    /// What the case shows, in one line.
    what: String,
    /// The name the source is read under; the file's own where left out.
    name: Option<String>,
    /// Whether it is read with the packs of the release: for what they tell.
    #[serde(default)]
    packs: bool,
    /// Reason why the output is known to be wrong. The case then fails as soon
    /// as everything in it holds.
    wrong: Option<String>,
    media_type: Option<String>,
    /// The whole transcript.
    text: Option<String>,
    /// Words that stand in the transcript.
    #[serde(default)]
    contains: Vec<String>,
    /// Words that stand nowhere in it.
    #[serde(default)]
    absent: Vec<String>,
    /// Every block, `kind: words`.
    blocks: Option<Vec<String>>,
    /// Some blocks, `kind: words`.
    #[serde(default)]
    some_blocks: Vec<String>,
    /// Fields and their values; more may be there.
    #[serde(default)]
    fields: BTreeMap<String, Values>,
    /// Names of fields that are not there.
    #[serde(default)]
    fields_absent: Vec<String>,
    /// Every zone, `kind: words`.
    zones: Option<Vec<String>>,
    /// Some marks, `kind: words` or `kind: words -> target`.
    #[serde(default)]
    marks: Vec<String>,
    /// The code of every notice.
    notices: Option<Vec<String>>,
    /// Every part, by name.
    parts: Option<Vec<String>>,
    /// How many pages.
    pages: Option<usize>,
    /// Every table: rows, cells parted by ` | `.
    tables: Option<Vec<Vec<String>>>,
}

/// One value, or all values of a field in order.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Values {
    One(String),
    Many(Vec<String>),
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/read")
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of cases");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_case_reads_as_it_says() {
    let mut seen = 0;
    let mut failures = Vec::new();
    for folder in listed(&root()).iter().filter(|path| path.is_dir()) {
        for source in listed(folder) {
            if source.extension().is_some_and(|ending| ending == "toml") || source.is_dir() {
                continue;
            }
            seen += 1;
            let problems = try_case(&source);
            let label = source.strip_prefix(root()).expect("under the root");
            let label = label.display();
            failures.extend(problems.iter().map(|problem| format!("{label}: {problem}")));
        }
    }
    assert!(seen > 0, "no case was found");
    assert!(
        failures.is_empty(),
        "{} problems in {seen} cases\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn try_case(source: &Path) -> Vec<String> {
    let beside = source.with_extension("toml");
    let expected = std::fs::read_to_string(&beside)
        .map_err(|error| error.to_string())
        .and_then(|toml| toml::from_str::<Case>(&toml).map_err(|error| error.to_string()));
    let case = match expected {
        Ok(case) => case,
        Err(error) => return vec![format!("{}: {error}", beside.display())],
    };
    let bytes = std::fs::read(source).expect("the source");
    let own_name = source.file_name().expect("a name").to_string_lossy();
    let name = case.name.as_deref().unwrap_or(&own_name);
    let packs = Packs::default();
    let release = case.packs.then(|| Packs::embedded().expect("packs"));
    let tools = Tools {
        packs: release.as_ref().unwrap_or(&packs),
        ocr: None,
        limits: Limits::default(),
    };
    let mut watcher = Silent::default();
    let input = Input {
        bytes: &bytes,
        name,
    };
    let document = quipu_read::read(&input, &tools, &mut watcher);
    let mut problems = Vec::new();
    if case.what.trim().is_empty() {
        problems.push("`what` is empty".to_owned());
    }
    if let Err(rule) = quipu_read::check(&document) {
        problems.push(format!("a rule is broken: {rule}"));
    }
    let parts: Vec<String> = watcher.parts.into_iter().map(|part| part.name).collect();
    let held = compare(&case, &document, &parts);
    match &case.wrong {
        None => problems.extend(held),
        Some(_) if held.is_empty() => {
            problems.push("is marked wrong, but all of it holds: take the mark away".to_owned());
        }
        Some(_) => {}
    }
    problems
}

/// Everything in which a document differs from what is expected.
fn compare(case: &Case, document: &ReadDocument, parts: &[String]) -> Vec<String> {
    let transcript = &document.transcript;
    let text = transcript.text.as_str();
    let words = |span: Span<Transcribed>| span.of(text).unwrap_or("?");
    let mut problems = Vec::new();
    if let Some(expected) = &case.media_type {
        same(&mut problems, "media-type", expected, &document.media_type);
    }
    if let Some(expected) = &case.text {
        let expected: Vec<&str> = expected.trim_end_matches('\n').lines().collect();
        same(&mut problems, "text", &expected, &text.lines().collect());
    }
    let blocks: Vec<String> = transcript
        .blocks
        .iter()
        .map(|block| format!("{}: {}", block.kind.word(), words(block.span)))
        .collect();
    if let Some(expected) = &case.blocks {
        same(&mut problems, "blocks", expected, &blocks);
    }
    if let Some(expected) = &case.notices {
        let codes = document.notices.iter().map(|notice| notice.code.clone());
        same(&mut problems, "notices", expected, &codes.collect());
    }
    if let Some(expected) = &case.parts {
        same(&mut problems, "parts", expected, &parts.to_vec());
    }
    if let Some(expected) = &case.pages {
        same(&mut problems, "pages", expected, &transcript.pages.len());
    }
    if let Some(expected) = &case.tables {
        let row = |row: &quipu_model::Row| {
            let cells: Vec<&str> = row.cells.iter().map(|cell| words(cell.span)).collect();
            cells.join(" | ")
        };
        let tables = transcript.tables.iter();
        let found = tables.map(|table| table.rows.iter().map(row).collect());
        same(&mut problems, "tables", expected, &found.collect());
    }
    if let Some(expected) = &case.zones {
        let repaired = document.repaired.text.as_str();
        let zones = document.zones.iter();
        let found = zones.map(|zone| {
            let words = zone.span.of(repaired).unwrap_or("?");
            format!("{}: {words}", zone.kind.word())
        });
        same(&mut problems, "zones", expected, &found.collect());
    }
    for (name, values) in &case.fields {
        let expected = match values {
            Values::One(one) => vec![one.clone()],
            Values::Many(many) => many.clone(),
        };
        let fields = document.fields.iter().filter(|field| field.name == *name);
        let found = fields.map(|field| field.value.clone()).collect();
        same(&mut problems, &format!("field {name}"), &expected, &found);
    }
    for name in &case.fields_absent {
        if let Some(field) = document.field(name) {
            problems.push(format!("field {name} is there: {}", field.value));
        }
    }
    let mut marks = Vec::new();
    for mark in &transcript.marks {
        let plain = format!("{}: {}", mark.kind.word(), words(mark.span));
        marks.extend(mark.target.iter().map(|to| format!("{plain} -> {to}")));
        marks.push(plain);
    }
    for (what, expected, found) in [
        ("block", &case.some_blocks, &blocks),
        ("mark", &case.marks, &marks),
    ] {
        for one in expected.iter().filter(|one| !found.contains(one)) {
            problems.push(format!("no {what} {one:?} among\n{}", found.join("\n")));
        }
    }
    for one in &case.contains {
        if !text.contains(one.as_str()) {
            problems.push(format!("{one:?} does not stand in\n{text}"));
        }
    }
    for one in &case.absent {
        if text.contains(one.as_str()) {
            problems.push(format!("{one:?} stands in\n{text}"));
        }
    }
    problems
}

fn same<T: Debug + PartialEq>(problems: &mut Vec<String>, what: &str, expected: &T, found: &T) {
    if expected != found {
        problems.push(format!("{what}\nexpected {expected:#?}\nfound {found:#?}"));
    }
}
