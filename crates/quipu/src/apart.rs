//! Files read one after the other in a child process that answers a line each, so
//! that a file that brings it down costs one answer: the parent says so and goes
//! on behind it.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use quipu_desk::{Kin, SourceId};
use quipu_model::{Notice, NoticeLevel, Part};
use quipu_pipeline::Watch;

use crate::Done;
use crate::fault::Fault;

/// Signs of life are given at most this often.
const BEAT: Duration = Duration::from_millis(500);

/// A file larger than this is not read in one piece.
const FILE_BYTES_MAX: u64 = 2 << 30;

/// Stack of the reading thread, in bytes: some formats nest.
const STACK_BYTES: usize = 64 << 20;

/// This program again, as a reader.
pub(crate) struct Apart {
    /// The hidden command that serves.
    pub(crate) command: &'static str,
    /// What it must know.
    pub(crate) arguments: Vec<OsString>,
    /// How long it may be silent.
    pub(crate) patience: Duration,
}

/// What came of a file.
pub(crate) enum Answer<'a> {
    /// The child's line.
    Line(&'a str),
    /// Why there is none.
    Lost(Notice),
}

impl Apart {
    /// Lets children read files and hands on their answers, in the order of the
    /// files.
    pub(crate) fn read(
        &self,
        files: &[PathBuf],
        say: &mut dyn FnMut(&Path, Answer<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let mut next = 0;
        while let Some(left) = files.get(next..).filter(|left| !left.is_empty()) {
            next += self.some(left, say)?;
        }
        Ok(())
    }

    /// Lets one child read as many files as it can; says how many are dealt with.
    fn some(
        &self,
        files: &[PathBuf],
        say: &mut dyn FnMut(&Path, Answer<'_>) -> Result<(), Fault>,
    ) -> Result<usize, Fault> {
        let failed = |error| Fault::could_not("a reading worker", error);
        let mut child = self.start()?;
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
        let mut dealt = 0;
        let mut silent = false;
        while let Some(file) = files.get(dealt) {
            match heard.recv_timeout(self.patience) {
                Ok(beat) if beat.is_empty() => {}
                Ok(line) => {
                    say(file, Answer::Line(&line))?;
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
        if let Some(file) = files.get(dealt) {
            let notice = if silent {
                let patience = self.patience.as_secs();
                Notice::new(
                    NoticeLevel::Refused,
                    "read.stalled",
                    format!("Reading gave no sign of life for {patience} seconds."),
                )
                .next("Give it longer with --patience.")
            } else {
                quipu_pipeline::died(Some(status))
            };
            say(file, Answer::Lost(notice))?;
            dealt += 1;
        }
        Ok(dealt)
    }

    fn start(&self) -> Result<Child, Fault> {
        let program = std::env::current_exe()
            .map_err(|error| Fault::could_not("this program's own file", error))?;
        let mut command = Command::new(program);
        command.arg(self.command).args(&self.arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command
            .spawn()
            .map_err(|error| Fault::could_not("a reading worker", error))
    }
}

/// The files under the paths, folders in the order of their names.
pub(crate) fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
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

/// The inside of the child: paths come in, each ended by a zero byte; answers go
/// out, a line each; empty lines are signs of life.
pub(crate) fn serve(
    memory: Option<u64>,
    answer: &(dyn Fn(&Path, &mut Living) -> String + Sync),
) -> Result<Done, Fault> {
    let failed = |error: std::io::Error| Fault::could_not("a reading worker", error);
    if let Some(mebibytes) = memory {
        quipu_pipeline::bound_memory(mebibytes << 20);
    }
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().stack_size(STACK_BYTES);
        let reader = reader.spawn_scoped(scope, || {
            for path in std::io::stdin().lock().split(0) {
                let path = path_of(path.map_err(failed)?);
                let line = answer(&path, &mut Living::new());
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

/// The bytes of a file and its name, or why they cannot be had.
pub(crate) fn bytes_of(path: &Path) -> Result<(Vec<u8>, String), Notice> {
    let refuse = |code: &str, words: String| {
        Notice::new(NoticeLevel::Refused, code, words)
            .next("Check that the file is there and may be read.")
    };
    match std::fs::metadata(path) {
        Ok(about) if about.is_file() && about.len() > FILE_BYTES_MAX => {
            let words = format!("The file is larger than {} GiB.", FILE_BYTES_MAX >> 30);
            return Err(refuse("file.too-large", words));
        }
        Ok(about) if !about.is_file() => {
            let words = "This is no ordinary file.".to_owned();
            return Err(refuse("file.special", words));
        }
        Ok(_) | Err(_) => {}
    }
    let bytes = std::fs::read(path).map_err(|error| {
        refuse(
            "file.unreadable",
            format!("The file cannot be read: {error}."),
        )
    })?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok((bytes, name))
}

/// Gives signs of life and keeps what is found inside a file.
pub(crate) struct Living {
    pub(crate) parts: Vec<Kin>,
    last: Instant,
}

impl Living {
    fn new() -> Self {
        Self {
            parts: Vec::new(),
            last: Instant::now(),
        }
    }
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
