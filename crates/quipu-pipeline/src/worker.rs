//! The inside of a worker process: takes jobs, reads, answers. A source that
//! brings it down brings nothing else down.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use quipu_model::{Layout, Notice, NoticeLevel, Part, ReadDocument, Reading, SourceId};

use crate::frame::{self, Job};
use crate::reader::{Reader, Watch};

/// Signs of life are passed on at most this often.
const BEAT: Duration = Duration::from_millis(100);

/// Stack of the thread that reads, in bytes: some formats nest.
const STACK_BYTES: usize = 64 << 20;

/// Reads sources until no more jobs come over standard input. `memory` bounds
/// what the process may take beyond what it has now, in bytes.
///
/// # Errors
/// When the pipes to Quipu break: then Quipu itself is gone.
pub fn serve_worker(reader: &dyn Reader, memory: Option<u64>) -> io::Result<()> {
    bind_to_parent();
    if let Some(memory) = memory {
        bound_memory(memory);
    }
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("reader".to_owned())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || answer_all(reader))?
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the reader thread stopped")))
    })
}

fn answer_all(reader: &dyn Reader) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut out = io::BufWriter::with_capacity(64 << 10, private_output()?);
    while let Some(job) = frame::read_job(&mut input)? {
        let mut watcher = Telling {
            out: &mut out,
            last: None,
            broken: None,
        };
        let document = read_job(reader, &job, &mut watcher);
        if let Some(cause) = watcher.broken {
            return Err(cause);
        }
        // A document that is known is not sent back.
        if job.document.is_none() {
            frame::write_document(watcher.out, &document.to_bytes())?;
        }
        let reading = understand(reader, job.source, &document, &mut watcher);
        if let Some(cause) = watcher.broken {
            return Err(cause);
        }
        frame::write_reading(watcher.out, &reading.to_bytes())?;
    }
    Ok(())
}

/// The pipe to Quipu, for frames only: what a library prints goes nowhere.
#[cfg(unix)]
fn private_output() -> io::Result<std::fs::File> {
    let pipe = rustix::io::dup(io::stdout())?;
    let nowhere = std::fs::OpenOptions::new().write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdout(&nowhere)?;
    Ok(pipe.into())
}

#[cfg(not(unix))]
fn private_output() -> io::Result<io::Stdout> {
    Ok(io::stdout())
}

struct Telling<'a> {
    out: &'a mut dyn Write,
    last: Option<Instant>,
    broken: Option<io::Error>,
}

impl Watch for Telling<'_> {
    fn part(&mut self, part: Part) {
        if self.broken.is_none()
            && let Err(cause) = frame::write_part(self.out, &part.name, &part.bytes)
        {
            self.broken = Some(cause);
        }
    }

    fn step(&mut self, _done: u32, _of: u32) {
        if self.last.is_some_and(|last| last.elapsed() < BEAT) || self.broken.is_some() {
            return;
        }
        self.last = Some(Instant::now());
        if let Err(cause) = frame::write_step(self.out) {
            self.broken = Some(cause);
        }
    }
}

/// Reads one job; whatever happens there is a document.
pub(crate) fn read_job(reader: &dyn Reader, job: &Job, watcher: &mut dyn Watch) -> ReadDocument {
    if let Some(layout) = &job.document {
        return ReadDocument::from_bytes(layout).unwrap_or_else(|_| not_a_document());
    }
    let bytes = match std::fs::read(&job.path) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == io::ErrorKind::OutOfMemory => {
            return refused(
                Notice::new(
                    NoticeLevel::Refused,
                    "read.memory",
                    "The file is larger than the memory a reader may take; its bytes are kept.",
                )
                .next("Read it alone with a larger bound, or take it apart by hand."),
            );
        }
        Err(cause) => {
            return refused(
                Notice::new(
                    NoticeLevel::Refused,
                    "read.missing",
                    format!("The kept original cannot be opened: {cause}."),
                )
                .next("Run `quipu verify`."),
            );
        }
    };
    // The watcher may be left in the middle of something, but it is not used
    // for this source again.
    let read = catch_unwind(AssertUnwindSafe(|| reader.read(&bytes, &job.name, watcher)));
    read.unwrap_or_else(|_| {
        refused(
            Notice::new(
                NoticeLevel::Refused,
                "read.failed",
                "The reader failed on this file; its bytes are kept.",
            )
            .next("Open the original by hand, and report the file if it may be shared."),
        )
    })
}

/// Understands a document; whatever happens there is a reading.
pub(crate) fn understand(
    reader: &dyn Reader,
    source: SourceId,
    document: &ReadDocument,
    watcher: &mut dyn Watch,
) -> Reading {
    catch_unwind(AssertUnwindSafe(|| {
        reader.understand(source, document, watcher)
    }))
    .unwrap_or_else(|_| not_understood("the program failed on it"))
}

/// A reading of which nothing came.
pub(crate) fn not_understood(why: &str) -> Reading {
    let message = format!("Times, amounts and claims were not read: {why}. The text is whole.");
    Reading {
        notices: vec![
            Notice::new(NoticeLevel::Damaged, "reading.failed", message)
                .next("Search and read it by its words; report the file if it may be shared."),
        ],
        ..Reading::default()
    }
}

/// What stands for a document that cannot be understood as one.
pub(crate) fn not_a_document() -> ReadDocument {
    let message = "The reader gave something that is no document; the bytes are kept.";
    refused(Notice::new(NoticeLevel::Refused, "read.failed", message))
}

/// A document of which nothing could be read.
pub(crate) fn refused(notice: Notice) -> ReadDocument {
    ReadDocument {
        media_type: "application/octet-stream".to_owned(),
        notices: vec![notice],
        ..ReadDocument::default()
    }
}

/// A worker must not outlive the Quipu that started it.
fn bind_to_parent() {
    #[cfg(target_os = "linux")]
    {
        let kill = Some(rustix::process::Signal::KILL);
        // Without it a worker goes when its pipe breaks, only later.
        let _ = rustix::process::set_parent_process_death_signal(kill);
    }
}

/// Bounds what this process may take beyond what it has now, and the stack of
/// a thread that reads, in bytes. It cannot be loosened again.
pub fn bound_memory(bytes: u64) {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // First number of statm: pages of address space in use now.
        let pages = std::fs::read_to_string("/proc/self/statm")
            .ok()
            .and_then(|text| text.split(' ').next()?.parse::<u64>().ok())
            .unwrap_or(0);
        let most = (pages * rustix::param::page_size() as u64)
            .saturating_add(STACK_BYTES as u64)
            .saturating_add(bytes);
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        // Where the system allows no bound, the other bounds still hold.
        let _ = setrlimit(Resource::As, limit);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = bytes;
}
