//! Taking in: the paths and the archive, the hands that read, and one run that
//! puts away what they read.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use quipu_archive::{Archive, Recipes, Stemmers};

use crate::child::{InChild, Program};
use crate::error::PipelineError;
use crate::frame::Job;
use crate::progress::{Progress, Summary};
use crate::reader::Reader;
use crate::run::{Answered, Run};
use crate::runner::{Here, Runner};
use crate::walk::walk;

/// Where reading happens.
#[derive(Debug, Clone)]
pub enum Workers {
    /// In threads of this process.
    Here,
    /// In processes of their own, each bounded in memory by itself.
    Processes {
        /// The program, usually this one.
        program: PathBuf,
        /// What makes it serve as a worker.
        arguments: Vec<OsString>,
        /// How long one may give no sign of life.
        silence: Duration,
    },
}

/// Bounds for files inside files, counted for each outermost one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Containers inside one another.
    pub depth: u32,
    /// Sources inside, at any depth.
    pub parts: u64,
    /// Their bytes together.
    pub bytes: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            depth: 16,
            parts: 200_000,
            bytes: 8 << 30,
        }
    }
}

/// How to take in.
pub struct Options<'a> {
    /// How many read at once; at least one does.
    pub hands: usize,
    /// Where they do.
    pub workers: Workers,
    /// Bounds for files inside files.
    pub bounds: Bounds,
    /// The stemmer of each language, for search.
    pub stemmers: Stemmers,
    /// Documents after which search is committed on the way.
    pub commit_each: usize,
    /// Whether to make again what was made with another recipe.
    pub stale: bool,
    /// The time for the ledger, RFC 3339 in UTC.
    pub now: &'a dyn Fn() -> String,
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("hands", &self.hands)
            .field("workers", &self.workers)
            .field("bounds", &self.bounds)
            .finish_non_exhaustive()
    }
}

/// Reads what is new or changed under the paths into the archive, and then
/// whatever in it has no document or an outdated one.
///
/// # Errors
/// When the archive cannot be written or no reader can be started. Whatever
/// concerns single files is told in the summary and in their notices.
pub fn take_in(
    paths: &[PathBuf],
    archive: &Archive,
    reader: &dyn Reader,
    options: &Options<'_>,
    progress: &mut dyn Progress,
) -> Result<Summary, PipelineError> {
    let mut pen = archive.shelf_pen()?;
    let found = walk(paths);
    let (jobs, jobs_taken) = channel::<(u64, Job)>();
    let jobs_taken = Mutex::new(jobs_taken);
    let (results, results_here) = channel();
    std::thread::scope(|scope| {
        let workers = &options.workers;
        for _ in 0..options.hands.max(1) {
            let results = results.clone();
            let jobs_taken = &jobs_taken;
            let originals = archive.originals();
            scope.spawn(move || match workers {
                Workers::Here => work(&mut Here { reader, originals }, jobs_taken, &results),
                Workers::Processes {
                    program,
                    arguments,
                    silence,
                } => {
                    let program = Program {
                        path: program.clone(),
                        arguments: arguments.clone(),
                        silence: *silence,
                    };
                    let mut runner = InChild {
                        program,
                        originals,
                        running: None,
                    };
                    work(&mut runner, jobs_taken, &results);
                }
            });
        }
        drop(results);
        // The sender of jobs goes with the run, and with it the hands.
        let mut run = Run::new(
            &mut pen,
            options,
            Recipes {
                document: reader.recipe().id(),
                reading: reader.reading_recipe().id(),
            },
            jobs,
            results_here,
            progress,
        );
        run.all(&found)?;
        Ok(run.summary)
    })
}

fn work(runner: &mut dyn Runner, jobs: &Mutex<Receiver<(u64, Job)>>, results: &Sender<Answered>) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, job)) = job else { return };
        let reading = runner.run(&job);
        if results.send((number, reading)).is_err() {
            return;
        }
    }
}
