//! Reading in a process of its own: what dies, stalls or eats the memory there
//! costs one document its text, never its bytes and never the run.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::Duration;

use quipu_archive::{Originals, Received};
use quipu_model::{Layout, Notice, NoticeLevel, Reading};

use crate::error::PipelineError;
use crate::frame::{Job, Said, read_said, write_job};
use crate::runner::{Made, Runner};
use crate::worker::{not_understood, refused};

/// The program that reads, and how long it may be silent.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) path: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) silence: Duration,
}

/// One worker process, started again whenever it goes.
pub(crate) struct InChild {
    pub(crate) program: Program,
    pub(crate) originals: Originals,
    pub(crate) running: Option<Running>,
}

pub(crate) struct Running {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

/// How a job ended without a document.
enum End {
    Silent,
    Gone,
    Ours(PipelineError),
}

impl Runner for InChild {
    fn run(&mut self, job: &Job) -> Result<Made, PipelineError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let mut half = Half::default();
            match self.attempt(job, &mut half) {
                Ok(reading) => return Ok(half.with(&reading)),
                Err(End::Ours(trouble)) => return Err(trouble),
                Err(End::Silent) => {
                    self.stop();
                    if half.is_read(job) {
                        return Ok(half.with(&not_understood("it took too long")));
                    }
                    let silence = self.program.silence.as_secs();
                    return Ok(without(
                        Notice::new(
                            NoticeLevel::Refused,
                            "read.stalled",
                            format!("The reader gave no sign of life for {silence} s on this file; its bytes are kept."),
                        )
                        .next("Read it alone with a longer bound, or open the original by hand."),
                    ));
                }
                Err(End::Gone) => {
                    let status = self.stop();
                    // Somebody from outside may have ended it; a file that
                    // does so by itself does it twice.
                    if tries > 1 {
                        if half.is_read(job) {
                            return Ok(half.with(&not_understood("the program ended on it")));
                        }
                        let mut notice = died(status);
                        notice.message.push_str(" Its bytes are kept.");
                        return Ok(without(notice));
                    }
                }
            }
        }
    }
}

/// What of a job is done while it goes on.
#[derive(Default)]
struct Half {
    document: Option<Vec<u8>>,
    parts: Vec<(String, Received)>,
}

impl Half {
    /// Whether only understanding is left.
    fn is_read(&self, job: &Job) -> bool {
        self.document.is_some() || job.document.is_some()
    }

    fn with(self, reading: &Reading) -> Made {
        Made {
            document: self.document,
            reading: reading.to_bytes(),
            parts: self.parts,
        }
    }
}

impl InChild {
    fn attempt(&mut self, job: &Job, half: &mut Half) -> Result<Reading, End> {
        let silence = self.program.silence;
        let originals = self.originals.clone();
        let running = self.ready().map_err(End::Ours)?;
        write_job(&mut running.input, job).map_err(|_| End::Gone)?;
        let mut output = Patient {
            output: &mut running.output,
            silence,
        };
        loop {
            match read_said(&mut output) {
                Ok(Said::Step) => {}
                Ok(Said::Part(name, bytes)) => {
                    let mut body = (&mut output).take(bytes);
                    let received = originals.receive(&mut body);
                    match received.map_err(|cause| End::Ours(cause.into()))? {
                        Ok(received) if received.bytes == bytes => {
                            half.parts.push((name, received));
                        }
                        Ok(_) => return Err(End::Gone),
                        Err(cause) => return Err(ended(&cause)),
                    }
                }
                Ok(Said::Document(layout)) => {
                    // What cannot be understood was not said by a sound worker.
                    if quipu_model::ReadDocument::from_bytes(&layout).is_err() {
                        return Err(End::Gone);
                    }
                    half.document = Some(layout);
                }
                Ok(Said::Reading(layout)) => {
                    let reading = Reading::from_bytes(&layout).map_err(|_| End::Gone)?;
                    return Ok(reading);
                }
                Err(cause) => return Err(ended(&cause)),
            }
        }
    }

    fn ready(&mut self) -> Result<&mut Running, PipelineError> {
        let running = match self.running.take() {
            Some(running) => running,
            None => start(&self.program).map_err(|cause| PipelineError::Worker {
                program: self.program.path.clone(),
                cause,
            })?,
        };
        Ok(self.running.insert(running))
    }

    fn stop(&mut self) -> Option<ExitStatus> {
        let mut running = self.running.take()?;
        drop(running.input);
        let gone = running.child.try_wait().ok().flatten();
        if gone.is_some() {
            return gone;
        }
        // It closed its output, so it is ending by itself; give it the moment
        // to say how, then end it.
        for _ in 0..20 {
            std::thread::sleep(Duration::from_millis(5));
            if let Ok(Some(status)) = running.child.try_wait() {
                return Some(status);
            }
        }
        let _ = running.child.kill();
        let _ = running.child.wait();
        None
    }
}

impl Drop for InChild {
    fn drop(&mut self) {
        self.stop();
    }
}

fn start(program: &Program) -> io::Result<Running> {
    let mut child = Command::new(&program.path)
        .args(&program.arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    match (child.stdin.take(), child.stdout.take()) {
        (Some(input), Some(output)) => Ok(Running {
            child,
            input,
            output,
        }),
        _ => Err(io::Error::other("no pipes to the reader")),
    }
}

fn ended(cause: &io::Error) -> End {
    if cause.kind() == io::ErrorKind::TimedOut {
        End::Silent
    } else {
        End::Gone
    }
}

/// A pipe that is read with patience, but not without end.
struct Patient<'a> {
    output: &'a mut ChildStdout,
    silence: Duration,
}

impl Read for Patient<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        {
            use rustix::event::{PollFd, PollFlags, Timespec, poll};
            let timeout = Timespec::try_from(self.silence).ok();
            let mut waiting = [PollFd::new(self.output, PollFlags::IN)];
            loop {
                match poll(&mut waiting, timeout.as_ref()) {
                    Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
                    Ok(_) => break,
                    Err(rustix::io::Errno::INTR) => {}
                    Err(cause) => return Err(cause.into()),
                }
            }
        }
        self.output.read(into)
    }
}

/// What is said of a file on which a reading process ended with this status.
#[must_use]
pub fn died(status: Option<ExitStatus>) -> Notice {
    #[cfg(unix)]
    let signal = status.and_then(|status| {
        use std::os::unix::process::ExitStatusExt;
        status.signal()
    });
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    // Rust ends with SIGABRT (6) when memory or stack is used up.
    if signal == Some(6) {
        return Notice::new(
            NoticeLevel::Refused,
            "read.memory",
            "The reader used up its memory on this file.",
        )
        .next("Read it alone with a larger bound, or open the original by hand.");
    }
    let how = match (signal, status.and_then(|status| status.code())) {
        (Some(signal), _) => format!("signal {signal}"),
        (None, Some(code)) => format!("status {code}"),
        (None, None) => "no status".to_owned(),
    };
    Notice::new(
        NoticeLevel::Refused,
        "read.died",
        format!("The reader died on this file ({how})."),
    )
    .next("Open the original by hand, and report the file if it may be shared.")
}

fn without(notice: Notice) -> Made {
    Made {
        document: Some(refused(notice).to_bytes()),
        reading: Reading::default().to_bytes(),
        parts: Vec::new(),
    }
}
