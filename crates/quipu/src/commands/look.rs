//! `quipu read --dry-run`: what the reader sees, one record a file, in the
//! order asked for. Nothing is written.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Duration;

use quipu_desk::{Held, Kin, SourceId, record_view};
use quipu_model::{Notice, ReadDocument, Reading};
use quipu_pipeline::{ReadStage, Reader};

use crate::Done;
use crate::apart::{self, Answer, Apart, Living};
use crate::cli::{Format, Read, Worker};
use crate::fault::Fault;
use crate::tools::{self, Kit};

/// Words of the text shown to a person.
const SHOWN_LINES: usize = 12;

pub(crate) fn look(ask: &Read) -> Result<Done, Fault> {
    // What is wrong with packs or models is said once, here.
    Kit::load(
        ask.reading.packs.as_deref(),
        ask.reading.ocr,
        ask.reading.ocr_models.as_deref(),
    )?
    .understanding()?;
    let files = apart::files(&ask.paths);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let broken = |error| Fault::could_not("standard output", error);
    let mut done = Done::All;
    let apart = Apart {
        command: "look-worker",
        arguments: tools::worker_arguments(&ask.reading),
        patience: Duration::from_secs(ask.reading.patience),
    };
    apart.read(&files, &mut |path, answer| {
        let lost;
        let line = match answer {
            Answer::Line(line) => line,
            Answer::Lost(notice) => {
                lost = refused(path, notice);
                &lost
            }
        };
        let record: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        let notices = record.get("notices").and_then(serde_json::Value::as_array);
        let level = |notice: &serde_json::Value| {
            notice.get("level").and_then(|l| l.as_str()) != Some("remark")
        };
        if notices.is_some_and(|notices| notices.iter().any(level)) {
            done = Done::WithTroubles;
        }
        match ask.format {
            Format::Json => writeln!(out, "{line}"),
            Format::Text => write!(out, "{}", shown(path, &record)),
        }
        .map_err(broken)
    })?;
    out.flush().map_err(broken)?;
    Ok(done)
}

/// The inside of the child.
pub(crate) fn serve_looks(ask: &Worker) -> Result<Done, Fault> {
    let kit = Kit::load(ask.packs.as_deref(), ask.ocr, ask.ocr_models.as_deref())?;
    let understanding = kit.understanding()?;
    apart::serve(ask.memory, &|path, living| {
        one(path, &kit.stage(&understanding), living)
    })
}

fn one(path: &Path, stage: &ReadStage<'_>, living: &mut Living) -> String {
    let (bytes, name) = match apart::bytes_of(path) {
        Ok(read) => read,
        Err(notice) => return refused(path, notice),
    };
    let document = stage.read(&bytes, &name, living);
    let reading = stage.understand(SourceId::of(&bytes), &document, living);
    let parts = std::mem::take(&mut living.parts);
    record(path, &bytes, document, reading, parts)
}

/// The record of a file of which nothing was read.
fn refused(path: &Path, notice: Notice) -> String {
    let document = ReadDocument {
        notices: vec![notice],
        ..ReadDocument::default()
    };
    record(path, &[], document, Reading::default(), Vec::new())
}

fn record(
    path: &Path,
    bytes: &[u8],
    document: ReadDocument,
    reading: Reading,
    parts: Vec<Kin>,
) -> String {
    let held = Held {
        source: SourceId::of(bytes),
        bytes: bytes.len() as u64,
        document,
        reading,
        paths: vec![path.display().to_string()],
        inside: Vec::new(),
        parts,
    };
    let mut value = serde_json::to_value(record_view(&held)).unwrap_or_default();
    if let Some(value) = value.as_object_mut() {
        value.insert("file".to_owned(), path.display().to_string().into());
    }
    value.to_string()
}

/// A record for a person.
fn shown(path: &Path, record: &serde_json::Value) -> String {
    use std::fmt::Write as _;
    let text = |value: &serde_json::Value, key: &str| {
        value
            .get(key)
            .and_then(|v| v.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let list = |key: &str| {
        record
            .get(key)
            .and_then(serde_json::Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let mut made = String::new();
    let _ = writeln!(made, "{}  {}", path.display(), text(record, "media_type"));
    for notice in list("notices") {
        let _ = writeln!(
            made,
            "  {}: {} {}",
            text(&notice, "level"),
            text(&notice, "message"),
            text(&notice, "next_step")
        );
    }
    for field in list("fields") {
        let _ = writeln!(
            made,
            "  {:<20} {}",
            text(&field, "name"),
            text(&field, "value")
        );
    }
    let counts = ["pages", "tables", "edits", "zones", "parts"]
        .map(|key| format!("{} {key}", list(key).len()));
    let _ = writeln!(made, "  {}", counts.join(", "));
    for line in text(record, "text")
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(SHOWN_LINES)
    {
        let _ = writeln!(made, "  | {line}");
    }
    made.push('\n');
    made
}
