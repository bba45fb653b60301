//! `quipu claims`: who says who did what in documents, read apart and shown sentence
//! by sentence. Nothing is written.

mod shown;
mod worker;

use std::io::{BufWriter, ErrorKind, Write};
use std::path::Path;
use std::time::Duration;

use quipu_claims::times::day_text;
use quipu_model::{Notice, NoticeLevel};
use quipu_packs::{Packs, claim_kinds};
use serde_json::Value;

use crate::Done;
use crate::apart::{self, Answer, Apart};
use crate::cli::{Claims, Format, Told};
use crate::fault::Fault;
use crate::ink::Ink;
use crate::tools::{self, Kit};
pub(crate) use worker::serve_claims;

/// The language that is told for each sentence.
const AUTO: &str = "auto";

pub(crate) fn claims(ask: &Claims) -> Result<Done, Fault> {
    // What is wrong with packs or models is said once, here.
    let kit = Kit::load(
        ask.reading.packs.as_deref(),
        ask.reading.ocr,
        ask.reading.ocr_models.as_deref(),
    )?;
    kit.understanding()?;
    known(&kit.packs, ask)?;
    let mut page = Page {
        ask,
        ink: Ink::of_output(),
        out: BufWriter::new(std::io::stdout().lock()),
        done: Done::All,
    };
    let apart = Apart {
        command: "claims-worker",
        arguments: arguments(ask),
        patience: Duration::from_secs(ask.reading.patience),
    };
    let mut ended = false;
    let read = apart.read(&apart::files(&ask.paths), &mut |path, answer| {
        page.add(path, &answer).map_err(|error| {
            // Whoever reads has seen enough.
            ended = error.kind() == ErrorKind::BrokenPipe;
            Fault::could_not("standard output", error)
        })
    });
    match read.and_then(|()| {
        let flushed = page.out.flush();
        flushed.map_err(|error| Fault::could_not("standard output", error))
    }) {
        Err(_) if ended => Ok(page.done),
        Err(fault) => Err(fault),
        Ok(()) => Ok(page.done),
    }
}

/// Whether kinds and language are there.
fn known(packs: &Packs, ask: &Claims) -> Result<(), Fault> {
    let kinds = claim_kinds(packs).map_err(|error| Fault::wrong_use(error.to_string()))?;
    let mut kinds: Vec<&str> = kinds.iter().map(|kind| kind.kind.as_str()).collect();
    kinds.sort_unstable();
    if let Some(kind) = ask
        .kinds
        .iter()
        .find(|kind| !kinds.contains(&kind.as_str()))
    {
        return Err(Fault::wrong_use(format!(
            "there is no kind `{kind}`; kinds are {}",
            kinds.join(", ")
        )));
    }
    let tags: Vec<&str> = packs
        .languages()
        .iter()
        .map(|own| own.tag.as_str())
        .collect();
    let lang = ask.told.lang.as_str();
    if lang != AUTO && !tags.contains(&lang) {
        return Err(Fault::wrong_use(format!(
            "there is no language `{lang}`; say --lang auto, or one of {}",
            tags.join(", ")
        )));
    }
    Ok(())
}

/// What the worker must know.
fn arguments(ask: &Claims) -> Vec<std::ffi::OsString> {
    let Told {
        lang,
        reference_date,
    } = &ask.told;
    let mut arguments = tools::worker_arguments(&ask.reading);
    arguments.extend(["--lang".into(), lang.into()]);
    if let Some(day) = reference_date {
        arguments.extend(["--reference-date".into(), day_text(day.0).into()]);
    }
    if ask.explain {
        arguments.push("--explain".into());
    }
    arguments
}

/// What is written, file by file.
struct Page<'a, W> {
    ask: &'a Claims,
    ink: Ink,
    out: W,
    done: Done,
}

impl<W: Write> Page<'_, W> {
    fn add(&mut self, path: &Path, answer: &Answer<'_>) -> std::io::Result<()> {
        let record: Value = match answer {
            Answer::Line(line) => serde_json::from_str(line).unwrap_or_default(),
            Answer::Lost(notice) => worker::refused(notice),
        };
        self.notices(path, &record);
        match self.ask.format {
            Format::Json => self.json(&record),
            Format::Text => {
                let page = shown::file(path, &record, self.ask, self.ink);
                self.out.write_all(page.as_bytes())
            }
        }
    }

    /// Says what is wrong with a file, and remembers that something was.
    fn notices(&mut self, path: &Path, record: &Value) {
        for notice in list(record, "notices") {
            if text(notice, "level") == NoticeLevel::Remark.word() {
                continue;
            }
            self.done = Done::WithTroubles;
            eprintln!(
                "quipu: {}: {} {}",
                path.display(),
                text(notice, "message"),
                text(notice, "next_step")
            );
        }
    }

    fn json(&mut self, record: &Value) -> std::io::Result<()> {
        for sentence in list(record, "sentences") {
            for claim in list(sentence, "claims") {
                let line = claim.as_str().unwrap_or_default();
                let value: Value = serde_json::from_str(line).unwrap_or_default();
                if shown::is_asked(&value, self.ask) {
                    writeln!(self.out, "{line}")?;
                }
            }
        }
        Ok(())
    }
}

/// A notice in the worker's line.
fn notice_json(notice: &Notice) -> Value {
    serde_json::json!({
        "level": notice.level.word(),
        "message": notice.message,
        "next_step": notice.next_step,
    })
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    let list = value.get(key).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}
