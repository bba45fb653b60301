//! `quipu read --dry-run`: what the reader sees, one record a file, in the
//! order asked for. Nothing is written.
//!
//! A child process reads and answers line by line, so that a file that brings
//! it down costs one record: the parent says so and goes on behind it.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use quipu_desk::{Held, Kin, SourceId, record_view};
use quipu_model::{Notice, NoticeLevel, Part, ReadDocument, Reading};
use quipu_pipeline::{ReadStage, Reader, Watch};

use crate::Done;
use crate::cli::{Format, Read, Worker};
use crate::fault::Fault;
use crate::tools::{self, Kit};

/// Signs of life are given at most this often.
const BEAT: Duration = Duration::from_millis(500);

/// A file larger than this is not read in one piece.
const FILE_BYTES_MAX: u64 = 2 << 30;

/// Stack of the reading thread, in bytes: some formats nest.
const STACK_BYTES: usize = 64 << 20;

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
    let files = files(&ask.paths);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let broken = |error| Fault::could_not("standard output", error);
    let mut done = Done::All;
    let mut next = 0;
    while next < files.len() {
        let mut say = |path: &PathBuf, line: &str| -> Result<(), Fault> {
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
        };
        next += some(ask, &files[next..], &mut say)?;
    }
    out.flush().map_err(broken)?;
    Ok(done)
}

/// Lets one child read as many files as it can; says how many are dealt with.
fn some(
    ask: &Read,
    files: &[PathBuf],
    say: &mut dyn FnMut(&PathBuf, &str) -> Result<(), Fault>,
) -> Result<usize, Fault> {
    let failed = |error| Fault::could_not("a reading worker", error);
    let mut child = start(ask)?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let list: Vec<u8> = files
        .iter()
        .flat_map(|path| [path.as_os_str().as_encoded_bytes(), b"\0"].concat())
        .collect();
    let feeding = std::thread::spawn(move || {
        // A child that ends early is noticed by its silence.
        let _ = input.map(|mut input| input.write_all(&list));
    });
    let (lines, heard) = channel();
    let listening = std::thread::spawn(move || {
        let reader = output
            .map(BufReader::new)
            .into_iter()
            .flat_map(BufRead::lines);
        for line in reader.map_while(Result::ok) {
            if lines.send(line).is_err() {
                break;
            }
        }
    });
    let patience = Duration::from_secs(ask.reading.patience);
    let mut dealt = 0;
    let mut silent = false;
    while dealt < files.len() {
        match heard.recv_timeout(patience) {
            Ok(beat) if beat.is_empty() => {}
            Ok(line) => {
                say(&files[dealt], &line)?;
                dealt += 1;
            }
            Err(reason) => {
                silent = reason == RecvTimeoutError::Timeout;
                break;
            }
        }
    }
    let _ = child.kill();
    let status = child.wait().map_err(failed)?;
    drop(heard);
    let _ = (feeding.join(), listening.join());
    if dealt < files.len() {
        let notice = if silent {
            Notice::new(
                NoticeLevel::Refused,
                "read.stalled",
                format!(
                    "Reading gave no sign of life for {} seconds.",
                    patience.as_secs()
                ),
            )
            .next("Give it longer with --patience.")
        } else {
            quipu_pipeline::died(Some(status))
        };
        let record = record(
            &files[dealt],
            &[],
            ReadDocument {
                notices: vec![notice],
                ..ReadDocument::default()
            },
            Reading::default(),
            Vec::new(),
        );
        say(&files[dealt], &record)?;
        dealt += 1;
    }
    Ok(dealt)
}

fn start(ask: &Read) -> Result<Child, Fault> {
    let program = std::env::current_exe()
        .map_err(|error| Fault::could_not("this program's own file", error))?;
    let mut command = Command::new(program);
    command
        .arg("look-worker")
        .args(tools::worker_arguments(&ask.reading));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
        .spawn()
        .map_err(|error| Fault::could_not("a reading worker", error))
}

/// The files under the paths, folders in the order of their names.
fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = paths.iter().rev().cloned().collect();
    while let Some(path) = open.pop() {
        // Links are followed where a person named them, not inside folders.
        let below = if path.is_dir() {
            std::fs::read_dir(&path).ok()
        } else {
            None
        };
        let Some(below) = below else {
            found.push(path);
            continue;
        };
        let mut entries: Vec<PathBuf> = below
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let kind = entry.file_type().ok()?;
                (kind.is_dir() || kind.is_file()).then(|| entry.path())
            })
            .collect();
        entries.sort();
        open.extend(entries.into_iter().rev());
    }
    found
}

/// The inside of the child: paths come in, each ended by a zero byte; records
/// go out, a line each; empty lines are signs of life.
pub(crate) fn serve_looks(ask: &Worker) -> Result<Done, Fault> {
    let kit = Kit::load(ask.packs.as_deref(), ask.ocr, ask.ocr_models.as_deref())?;
    let understanding = kit.understanding()?;
    let failed = |error: std::io::Error| Fault::could_not("a reading worker", error);
    if let Some(mebibytes) = ask.memory {
        quipu_pipeline::bound_memory(mebibytes << 20);
    }
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().stack_size(STACK_BYTES);
        let reader = reader.spawn_scoped(scope, || {
            let stage = kit.stage(&understanding);
            for path in std::io::stdin().lock().split(0) {
                let path = path_of(path.map_err(failed)?);
                let line = one(&path, &stage);
                let mut out = std::io::stdout().lock();
                writeln!(out, "{line}")
                    .and_then(|()| out.flush())
                    .map_err(failed)?;
            }
            Ok(Done::All)
        });
        let reader = reader.map_err(failed)?;
        reader
            .join()
            .unwrap_or_else(|_| Err(Fault::could_not("a reading worker", "the thread stopped")))
    })
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

fn one(path: &Path, stage: &ReadStage<'_>) -> String {
    let refuse = |code: &str, words: String| {
        let notice = Notice::new(NoticeLevel::Refused, code, words)
            .next("Check that the file is there and may be read.");
        record(
            path,
            &[],
            ReadDocument {
                notices: vec![notice],
                ..ReadDocument::default()
            },
            Reading::default(),
            Vec::new(),
        )
    };
    match std::fs::metadata(path) {
        Ok(about) if about.is_file() && about.len() > FILE_BYTES_MAX => {
            return refuse(
                "file.too-large",
                format!("The file is larger than {} GiB.", FILE_BYTES_MAX >> 30),
            );
        }
        Ok(about) if !about.is_file() => {
            return refuse("file.special", "This is no ordinary file.".to_owned());
        }
        Ok(_) | Err(_) => {}
    }
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            return refuse(
                "file.unreadable",
                format!("The file cannot be read: {error}."),
            );
        }
    };
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut living = Living {
        parts: Vec::new(),
        last: Instant::now(),
    };
    let document = stage.read(&bytes, &name, &mut living);
    let source = SourceId::of(&bytes);
    let reading = stage.understand(source, &document, &mut living);
    record(path, &bytes, document, reading, living.parts)
}

struct Living {
    parts: Vec<Kin>,
    last: Instant,
}

impl Watch for Living {
    fn part(&mut self, part: Part) {
        let source = SourceId::of(&part.bytes);
        self.parts.push(Kin {
            source,
            title: part.name.clone(),
            name: part.name,
            media_type: String::new(),
        });
        self.step(0, 0);
    }

    fn step(&mut self, _done: u32, _of: u32) {
        if self.last.elapsed() >= BEAT {
            self.last = Instant::now();
            let mut out = std::io::stdout().lock();
            // A parent that has gone ends this process soon enough.
            let _ = out.write_all(b"\n").and_then(|()| out.flush());
        }
    }
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
