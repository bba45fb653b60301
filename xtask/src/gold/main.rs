//! `cargo xtask gold`: scores development data and writes cases/gold/SCORES.md.
//!
//! Gold sets are scored, never passed or failed. A set is a module here with a
//! `score` function; `SETS` is the one list of them.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod annotate;
mod cables;
mod claims;
mod dates;
mod demo;
mod identity;
mod language;
mod ocr;
mod reference;
mod repair;
mod speed;
mod times_amounts;
mod understand;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use quipu_packs::{PackFiles, Packs};

/// One figure of one set.
pub(crate) struct Score {
    /// What was measured.
    pub(crate) what: String,
    /// The figure, ready to print.
    pub(crate) figure: String,
    /// How many items it rests on, and anything a reader must know.
    pub(crate) note: String,
}

impl Score {
    /// A share of so many, as a percentage.
    pub(crate) fn share(what: &str, right: usize, of: usize) -> Self {
        let percent = if of == 0 {
            0.0
        } else {
            right as f64 * 100.0 / of as f64
        };
        Self {
            what: what.to_owned(),
            figure: format!("{percent:.1}%"),
            note: format!("{right} of {of}"),
        }
    }
}

/// The packs of this source tree: rules are scored as they lie there, without a build.
pub(crate) fn packs() -> Result<Packs, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = PackFiles::from_folder(&root).map_err(|error| error.to_string())?;
    Packs::load(&files).map_err(|error| error.to_string())
}

type Scorer = fn(&Path) -> Result<Vec<Score>, String>;

/// Every set: its name, what it is, its scorer.
const SETS: &[(&str, &str, Scorer)] = &[
    (
        "annotate",
        "Trees and names on development data kept out of training: F1 of the CoNLL 2018 shared task, and of names by extent and kind. Bold is the bar, after it the figure beyond which we lead",
        annotate::score,
    ),
    (
        "cables",
        "Header fields of diplomatic cables, read from the PDFs alone, against the transcribed front matter",
        cables::score,
    ),
    (
        "dates",
        "Times of the specifications of Recognizers-Text, with their words and in both readings; bold is the bar, over date, date range, duration and set",
        dates::score,
    ),
    (
        "demo",
        "What the demo documents say about themselves, their spoilt words, and the times and sums in them, against demo/KEY.toml; bold is the bar",
        demo::score,
    ),
    (
        "times-amounts",
        "Times and amounts of press, cables, ledger and diplomatic papers (cases/gold/times-amounts); bold is the bar. Rules are written on the dev passages alone",
        times_amounts::score,
    ),
    (
        "reference",
        "Who each mention of a document stands for, by the measures of the CoNLL 2012 shared task: OntoGUM dev, and LitBank, old novels whose key marks persons, places and bodies alone",
        reference::score,
    ),
    (
        "claims",
        "Claims of press, cables, diplomatic papers and the dossier (cases/gold/claims); bold is the bar. Found: the same passage and both first roles. Rules are written on the dev texts alone",
        claims::score,
    ),
    (
        "identity",
        "Who is who in diplomatic papers: names found in plain text and put together, against the volumes' own lists of persons (B-cubed); bold is the bar",
        identity::score,
    ),
    (
        "ocr",
        "Our own scanned pages (demo/scans) against their truth, by each engine that is there",
        ocr::score,
    ),
    (
        "repair",
        "Repair of damaged text: sound text must stay as it is, broken text of the ftfy collection must be mended",
        repair::score,
    ),
    (
        "language",
        "The language of each sentence, told from the word lists of the packs",
        language::score,
    ),
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
        .to_path_buf();
    let data =
        std::env::var_os("QUIPU_DATA").map_or_else(|| root.join("../shared/data"), PathBuf::from);
    match wanted
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["conllu", key, file] => return done(annotate::compare(key.as_ref(), file.as_ref())),
        ["rows", folder] => return done(times_amounts::print_rows(folder.as_ref())),
        ["texts", folder] => return done(annotate::write_texts(&data, folder.as_ref())),
        ["speed", files @ ..] => return done(speed::speed(files).map(|line| println!("{line}"))),
        ["claims", "--calibrate"] => return done(claims::calibrate(&data)),
        ["claims", "--list", asked @ ..] => {
            return done(claims::list(&data, asked).map(|page| print!("{page}")));
        }
        _ => {}
    }
    let mut failed = false;
    let mut page = String::from(
        "# Scores on development data\n\nWritten by `cargo xtask gold`; figures may fall only with a reason.\n",
    );
    for (name, about, score) in SETS {
        if !wanted.is_empty() && !wanted.iter().any(|word| word == name) {
            continue;
        }
        println!("== {name}: {about}");
        match score(&data) {
            Ok(scores) => {
                let _ = write!(
                    page,
                    "\n## {name}\n\n{about}.\n\n| what | figure | of |\n|---|---|---|\n"
                );
                for Score { what, figure, note } in &scores {
                    println!("{what:<44} {figure:>9}  {note}");
                    let _ = writeln!(page, "| {what} | {figure} | {note} |");
                }
            }
            Err(reason) => {
                eprintln!("{name}: {reason}");
                failed = true;
            }
        }
    }
    if wanted.is_empty() && !failed {
        let said = |program: &str, words: &[&str]| {
            let answer = Command::new(program)
                .args(words)
                .current_dir(&root)
                .output()
                .ok();
            answer
                .map(|a| String::from_utf8_lossy(&a.stdout).trim().to_owned())
                .unwrap_or_default()
        };
        let (date, commit) = (
            said("date", &["+%Y-%m-%d"]),
            said("git", &["rev-parse", "--short", "HEAD"]),
        );
        let _ = write!(page, "\nMeasured on {date} at commit {commit}.\n");
        if let Err(error) = std::fs::write(root.join("cases/gold/SCORES.md"), page) {
            eprintln!("cases/gold/SCORES.md: {error}");
            failed = true;
        }
    } else if !wanted.is_empty() {
        println!("(SCORES.md is written only when every set is scored: cargo xtask gold)");
    }
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn done(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
