//! One run: finds, hashes, sends to be read, and puts away in an order that
//! does not depend on how many hands there are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};

use quipu_archive::{Originals, Received, Recipes, ShelfPen, Stale};
use quipu_model::{Layout, Notice, NoticeLevel, SourceId};

use crate::batch::{Batch, Seen};
use crate::error::PipelineError;
use crate::frame::Job;
use crate::intake::Options;
use crate::progress::{Progress, Summary, Tally};
use crate::runner::Made;
use crate::walk::{Walk, shown, stamp};

/// Sources that may be on their way at once: read, or waiting for their turn.
const UNDERWAY: usize = 512;

/// Bytes of sources and documents on their way at once. One is always allowed.
const UNDERWAY_BYTES: u64 = 128 << 20;

/// What a hand gives back: the number of the job, and what came of it.
pub(crate) type Answered = (u64, Result<Made, PipelineError>);

/// Something that waits for its turn to be put away.
enum Waiting {
    /// A file that has not changed since it was last seen.
    Unchanged { path: String, bytes: u64 },
    /// A file whose bytes are known.
    Known { source: SourceId, seen: Seen },
    /// A file or a source on its way through a reader.
    Read {
        source: SourceId,
        bytes: u64,
        received: Option<Received>,
        seen: Option<Seen>,
        path: String,
        made: Option<Made>,
    },
    /// A file that could not be taken in at all.
    Refused { path: String, notice: Notice },
}

/// The state of a run.
pub(crate) struct Run<'a> {
    batch: Batch<'a>,
    originals: Originals,
    options: &'a Options<'a>,
    recipes: Recipes,
    jobs: Sender<(u64, Job)>,
    results: Receiver<Answered>,
    pub(crate) summary: Summary,
    progress: &'a mut dyn Progress,
    next_number: u64,
    next_done: u64,
    underway: BTreeSet<SourceId>,
    underway_bytes: u64,
    waiting: BTreeMap<u64, Waiting>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        pen: &'a mut ShelfPen,
        options: &'a Options<'a>,
        recipes: Recipes,
        jobs: Sender<(u64, Job)>,
        results: Receiver<Answered>,
        progress: &'a mut dyn Progress,
    ) -> Self {
        Self {
            originals: pen.archive().originals(),
            batch: Batch::new(pen, options, recipes),
            options,
            recipes,
            jobs,
            results,
            summary: Summary::default(),
            progress,
            next_number: 0,
            next_done: 0,
            underway: BTreeSet::new(),
            underway_bytes: 0,
            waiting: BTreeMap::new(),
        }
    }

    pub(crate) fn all(&mut self, found: &Walk) -> Result<(), PipelineError> {
        self.summary.tally.files = found.files.len() as u64;
        self.summary.tally.file_bytes = found.files.iter().map(|file| file.bytes).sum();
        let tally = self.summary.tally;
        self.progress.found(&tally);
        for (path, notice) in &found.passed {
            self.summary.trouble(path, None, notice);
            if notice.level == NoticeLevel::Refused {
                self.summary.tally.refused += 1;
            }
        }
        for file in &found.files {
            if self.stopping() {
                break;
            }
            let root = found.roots.get(file.root);
            let root = root.map_or_else(|| "/".as_ref(), PathBuf::as_path);
            self.file(root, &file.relative)?;
            self.make_room()?;
        }
        self.drain()?;
        self.rest()?;
        let tally = self.summary.tally;
        self.progress.indexing(&tally);
        self.summary.tally.indexed += self.batch.finish()?;
        Ok(())
    }

    fn stopping(&mut self) -> bool {
        self.summary.stopped |= self.progress.stop();
        self.summary.stopped
    }

    /// Sources in the ledger without a document or a reading, or with outdated ones: what
    /// an earlier run left, and what was found inside others.
    fn rest(&mut self) -> Result<(), PipelineError> {
        loop {
            let mut after = 0;
            let mut any = false;
            loop {
                let page = self.batch.pen().stale(
                    self.recipes,
                    !self.options.stale,
                    after,
                    UNDERWAY as u32,
                )?;
                let Some(last) = page.last() else {
                    break;
                };
                after = last.entry;
                any = true;
                for stale in page {
                    if self.stopping() {
                        return self.drain();
                    }
                    self.source(stale)?;
                    self.make_room()?;
                }
            }
            self.drain()?;
            if !any {
                return Ok(());
            }
        }
    }

    /// One file: known by its stamp, or hashed, or hashed and read.
    fn file(&mut self, root: &Path, relative: &Path) -> Result<(), PipelineError> {
        let path = shown(relative);
        let refuse = |cause: &std::io::Error| {
            Notice::new(
                NoticeLevel::Refused,
                "walk.unreadable",
                format!("The file cannot be read: {cause}."),
            )
            .next("Check the right to read it and the disk it lies on.")
        };
        let opened = File::open(root.join(relative)).and_then(|file| {
            let meta = file.metadata()?;
            Ok((file, meta))
        });
        let (mut file, meta) = match opened {
            Ok(opened) => opened,
            Err(cause) => {
                let notice = refuse(&cause);
                self.put(Waiting::Refused { path, notice });
                return Ok(());
            }
        };
        let (stamp, modified) = stamp(&meta);
        let seen = Seen {
            root: shown(root),
            path: path.clone(),
            stamp,
            modified,
        };
        let known = self.batch.pen().stamped(&seen.root, &seen.path, stamp)?;
        if let Some(source) = known
            && self.originals.seems_whole(source, stamp.bytes)
            && self.batch.pen().knows(source)?
        {
            let bytes = stamp.bytes;
            self.put(Waiting::Unchanged { path, bytes });
            return Ok(());
        }
        let received = match self.originals.receive(&mut file)? {
            Ok(received) => received,
            Err(cause) => {
                let notice = refuse(&cause);
                self.put(Waiting::Refused { path, notice });
                return Ok(());
            }
        };
        let source = received.source;
        if self.underway.contains(&source) || self.batch.knows(source)? {
            // Its document is there, on its way, or made by `rest`. An original
            // that was lost is mended by the same bytes.
            if self.batch.pen().knows(source)?
                && !self.originals.seems_whole(source, received.bytes)
            {
                self.originals.keep(&received)?;
            }
            self.put(Waiting::Known { source, seen });
            return Ok(());
        }
        let job = Job {
            source,
            path: received.path().to_owned(),
            name: path.clone(),
            document: None,
        };
        self.send(
            job,
            Waiting::Read {
                source,
                bytes: received.bytes,
                received: Some(received),
                seen: Some(seen),
                path,
                made: None,
            },
        )
    }

    /// A source of the ledger that wants reading, or whose document wants
    /// understanding.
    fn source(&mut self, stale: Stale) -> Result<(), PipelineError> {
        let Stale { source, bytes, .. } = stale;
        let known = if stale.unread {
            None
        } else {
            self.batch.pen().document(source)?
        };
        let place = self.batch.pen().place_of(source)?;
        let path = place.map_or_else(|| source.hex(), |place| place.path);
        let job = Job {
            source,
            path: self.originals.path(source),
            name: path.clone(),
            document: known.map(|document| document.to_bytes()),
        };
        self.send(
            job,
            Waiting::Read {
                source,
                bytes,
                received: None,
                seen: None,
                path,
                made: None,
            },
        )
    }

    fn put(&mut self, waiting: Waiting) {
        self.waiting.insert(self.next_number, waiting);
        self.next_number += 1;
    }

    fn send(&mut self, job: Job, waiting: Waiting) -> Result<(), PipelineError> {
        let number = self.next_number;
        if let Waiting::Read { source, bytes, .. } = &waiting {
            self.underway.insert(*source);
            self.underway_bytes += bytes;
        }
        self.put(waiting);
        self.jobs
            .send((number, job))
            .map_err(|_| PipelineError::Stopped)
    }

    /// Puts away what is ready; waits while too much is on its way.
    fn make_room(&mut self) -> Result<(), PipelineError> {
        while let Ok(answer) = self.results.try_recv() {
            self.answered(answer)?;
        }
        self.settle()?;
        while self.waiting.len() >= UNDERWAY
            || (self.underway_bytes > UNDERWAY_BYTES && self.waiting.len() > 1)
        {
            self.wait_for_one()?;
        }
        Ok(())
    }

    /// Waits until everything on its way is put away.
    fn drain(&mut self) -> Result<(), PipelineError> {
        self.settle()?;
        while !self.waiting.is_empty() {
            self.wait_for_one()?;
        }
        self.flush()
    }

    fn wait_for_one(&mut self) -> Result<(), PipelineError> {
        let answer = self.results.recv().map_err(|_| PipelineError::Stopped)?;
        self.answered(answer)?;
        self.settle()
    }

    fn answered(&mut self, (number, result): Answered) -> Result<(), PipelineError> {
        let got = result?;
        if let Some(Waiting::Read { made, .. }) = self.waiting.get_mut(&number) {
            self.underway_bytes += got.bytes();
            *made = Some(got);
        }
        Ok(())
    }

    /// Puts away, in order, everything up to the first that is still being
    /// read.
    fn settle(&mut self) -> Result<(), PipelineError> {
        loop {
            let ready = match self.waiting.get(&self.next_done) {
                None => false,
                Some(Waiting::Read { made, .. }) => made.is_some(),
                Some(_) => true,
            };
            if !ready {
                break;
            }
            if let Some(waiting) = self.waiting.remove(&self.next_done) {
                self.next_done += 1;
                self.put_away(waiting)?;
            }
            if self.batch.is_due() {
                self.flush()?;
            }
        }
        if self.batch.is_due() {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), PipelineError> {
        self.summary.tally.indexed += self.batch.flush()?;
        Ok(())
    }

    fn put_away(&mut self, waiting: Waiting) -> Result<(), PipelineError> {
        match waiting {
            Waiting::Unchanged { path, bytes } => {
                self.summary.tally.unchanged += 1;
                self.tell(&path, Some(bytes), None);
            }
            Waiting::Known { source, seen } => {
                let bytes = seen.stamp.bytes;
                self.batch.seen(source, &seen)?;
                self.summary.tally.unchanged += 1;
                self.tell(&seen.path, Some(bytes), None);
            }
            Waiting::Refused { path, notice } => {
                self.summary.tally.refused += 1;
                self.summary.trouble(&path, None, &notice);
                self.tell(&path, Some(0), Some(NoticeLevel::Refused));
            }
            Waiting::Read {
                source,
                bytes,
                received,
                seen,
                path,
                made,
            } => {
                self.underway.remove(&source);
                self.underway_bytes = self.underway_bytes.saturating_sub(bytes);
                if let Some(received) = received {
                    self.batch.take(received)?;
                }
                let is_file = seen.is_some();
                if let Some(seen) = seen {
                    self.batch.seen(source, &seen)?;
                }
                let Some(made) = made else {
                    return Ok(());
                };
                self.underway_bytes = self.underway_bytes.saturating_sub(made.bytes());
                let (notice, parts) = self.batch.read(source, made)?;
                let level = notice.as_ref().map(|notice| notice.level);
                let tally: &mut Tally = &mut self.summary.tally;
                tally.parts += parts;
                match level {
                    Some(NoticeLevel::Refused) => tally.refused += 1,
                    Some(NoticeLevel::Damaged) => tally.damaged += 1,
                    _ => tally.read += 1,
                }
                if let Some(notice) = notice.filter(|n| n.level != NoticeLevel::Remark) {
                    self.summary.trouble(&path, Some(source), &notice);
                }
                self.tell(&path, is_file.then_some(bytes), level);
            }
        }
        Ok(())
    }

    fn tell(&mut self, path: &str, file: Option<u64>, level: Option<NoticeLevel>) {
        if let Some(bytes) = file {
            self.summary.tally.files_done += 1;
            self.summary.tally.bytes_done += bytes;
        }
        let tally = self.summary.tally;
        self.progress.done(path, level, &tally);
    }
}
