//! Putting away what was read, many at a time: bytes first, then the ledger,
//! then the shelf. Whatever moment ends the program, the next run goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use quipu_archive::ledger::Taken;
use quipu_archive::{FileStamp, Received, Recipes, ShelfPen, Shelved};
use quipu_model::{Layout, Notice, NoticeLevel, ReadDocument, Reading, SourceId};

use crate::card::card_of;
use crate::error::PipelineError;
use crate::intake::{Bounds, Options};
use crate::runner::Made;
use crate::worker::{not_a_document, not_understood};

/// Documents in one batch.
const DOCUMENTS: usize = 256;

/// Bytes of new sources and documents in one batch.
const BYTES: u64 = 32 << 20;

/// A batch waits no longer than this.
const WAIT: Duration = Duration::from_secs(1);

/// Where a file was found.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) root: String,
    pub(crate) path: String,
    pub(crate) stamp: FileStamp,
    pub(crate) modified: Option<i64>,
}

/// The writing end of a run.
pub(crate) struct Batch<'a> {
    pen: &'a mut ShelfPen,
    options: &'a Options<'a>,
    recipes: Recipes,
    kept: Vec<Received>,
    taken: Vec<Taken>,
    fresh: BTreeSet<SourceId>,
    shelved: Vec<Shelved>,
    stamps: Vec<(String, String, FileStamp, SourceId)>,
    bytes: u64,
    since: Option<Instant>,
    inside: BTreeMap<SourceId, (u64, u64)>,
}

impl<'a> Batch<'a> {
    pub(crate) fn new(pen: &'a mut ShelfPen, options: &'a Options<'a>, recipes: Recipes) -> Self {
        Self {
            pen,
            options,
            recipes,
            kept: Vec::new(),
            taken: Vec::new(),
            fresh: BTreeSet::new(),
            shelved: Vec::new(),
            stamps: Vec::new(),
            bytes: 0,
            since: None,
            inside: BTreeMap::new(),
        }
    }

    pub(crate) const fn pen(&self) -> &ShelfPen {
        self.pen
    }

    /// Whether the ledger has a source, or will have it with this batch.
    pub(crate) fn knows(&self, source: SourceId) -> Result<bool, PipelineError> {
        Ok(self.fresh.contains(&source) || self.pen.knows(source)?)
    }

    /// A source was found in a file.
    pub(crate) fn seen(&mut self, source: SourceId, seen: &Seen) -> Result<(), PipelineError> {
        self.since.get_or_insert_with(Instant::now);
        if !self.pen.knows_place(source, None, &seen.root, &seen.path)? {
            self.taken.push(Taken::Seen {
                source,
                path: seen.path.clone(),
                root: seen.root.clone(),
                container: None,
                modified: seen.modified,
            });
        }
        let stamp = (seen.root.clone(), seen.path.clone(), seen.stamp, source);
        self.stamps.push(stamp);
        Ok(())
    }

    /// A source is to be kept, unless it is already.
    pub(crate) fn take(&mut self, received: Received) -> Result<bool, PipelineError> {
        if self.knows(received.source)? {
            return Ok(false);
        }
        self.since.get_or_insert_with(Instant::now);
        self.fresh.insert(received.source);
        self.taken.push(Taken::New {
            source: received.source,
            bytes: received.bytes,
            sha256: received.sha256,
        });
        self.bytes += received.bytes;
        self.kept.push(received);
        Ok(true)
    }

    /// A source was read, or its document understood anew. Gives its weightiest
    /// notice and how many new sources were inside.
    pub(crate) fn read(
        &mut self,
        source: SourceId,
        made: Made,
    ) -> Result<(Option<Notice>, u64), PipelineError> {
        self.since.get_or_insert_with(Instant::now);
        let reading = Reading::from_bytes(&made.reading)
            .unwrap_or_else(|_| not_understood("the program gave something else"));
        let mut document = match &made.document {
            Some(layout) => ReadDocument::from_bytes(layout).ok(),
            None => self.pen.document(source)?,
        }
        .unwrap_or_else(not_a_document);
        // A document that stands keeps the recipe it was made with.
        let recipe = match made.document {
            Some(_) => None,
            None => self.pen.recipe_of(source)?,
        }
        .unwrap_or(self.recipes.document);
        self.bytes += made.bytes();
        let parts = self.parts(source, made.parts, &mut document)?;
        let notices = || document.notices.iter().chain(&reading.notices);
        let level = notices().map(|notice| notice.level).max();
        let weightiest = notices().find(|n| Some(n.level) == level).cloned();
        self.shelved.push(Shelved {
            source,
            recipe,
            card: card_of(&document),
            document,
            reading,
            reading_recipe: self.recipes.reading,
        });
        Ok((weightiest, parts))
    }

    /// Files found inside become sources, as far as the bounds allow.
    fn parts(
        &mut self,
        container: SourceId,
        parts: Vec<(String, Received)>,
        document: &mut ReadDocument,
    ) -> Result<u64, PipelineError> {
        if parts.is_empty() {
            return Ok(0);
        }
        let bounds = self.options.bounds;
        let (root, depth) = self.root_of(container)?;
        if depth >= bounds.depth {
            document.notices.push(left_out(
                "part.depth",
                parts.len(),
                &format!("containers lie inside one another more than {depth} deep"),
            ));
            return Ok(0);
        }
        let (mut count, mut bytes) = match self.inside.get(&root) {
            Some(inside) => *inside,
            None => self.pen.inside(root)?,
        };
        let (mut new, mut over) = (0, 0);
        for (path, received) in parts {
            let source = received.source;
            let length = received.bytes;
            let known = self.knows(source)?;
            if !known && (count >= bounds.parts || bytes.saturating_add(length) > bounds.bytes) {
                over += 1;
                continue;
            }
            if self.take(received)? {
                new += 1;
                count += 1;
                bytes += length;
            }
            if !self.pen.knows_place(source, Some(container), "", &path)? {
                self.taken.push(Taken::Seen {
                    source,
                    path,
                    root: String::new(),
                    container: Some(container),
                    modified: None,
                });
            }
        }
        self.inside.insert(root, (count, bytes));
        if over > 0 {
            let Bounds { parts, bytes, .. } = bounds;
            let mebibytes = bytes >> 20;
            let why = format!("one file may hold {parts} others of {mebibytes} MiB together");
            document.notices.push(left_out("part.many", over, &why));
        }
        Ok(new)
    }

    /// The outermost container of a source and how deep the source lies in it.
    fn root_of(&self, source: SourceId) -> Result<(SourceId, u32), PipelineError> {
        let mut at = source;
        let mut depth = 0;
        while depth < self.options.bounds.depth {
            match self.pen.place_of(at)?.and_then(|place| place.container) {
                Some(container) => {
                    at = container;
                    depth += 1;
                }
                None => break,
            }
        }
        Ok((at, depth))
    }

    /// Whether it is time to put the batch away.
    pub(crate) fn is_due(&self) -> bool {
        self.shelved.len() >= DOCUMENTS
            || self.taken.len() + self.stamps.len() >= DOCUMENTS * 8
            || self.bytes >= BYTES
            || self.since.is_some_and(|since| since.elapsed() >= WAIT)
    }

    /// Puts the batch away. The order matters: an original is on the disk
    /// before the ledger tells of it, and the ledger before the shelf.
    pub(crate) fn flush(&mut self) -> Result<u64, PipelineError> {
        self.since = None;
        self.bytes = 0;
        if self.taken.is_empty() && self.shelved.is_empty() && self.stamps.is_empty() {
            return Ok(0);
        }
        let archive = self.pen.archive().clone();
        let originals = archive.originals();
        if !self.kept.is_empty() {
            let sources: Vec<SourceId> = self.kept.iter().map(|kept| kept.source).collect();
            originals.announce(&sources)?;
            for kept in self.kept.drain(..) {
                originals.keep(&kept)?;
            }
            originals.settle()?;
        }
        let time = (self.options.now)();
        let taken = std::mem::take(&mut self.taken);
        let seal = archive.intake_pen().append(&time, taken)?;
        self.pen.shelve(seal, &self.shelved, &self.stamps)?;
        self.shelved.clear();
        self.stamps.clear();
        self.fresh.clear();
        self.pen
            .index(&self.options.stemmers, self.options.commit_each, false)
            .map_err(Into::into)
    }

    /// Lets search see everything.
    pub(crate) fn finish(&mut self) -> Result<u64, PipelineError> {
        let indexed = self.flush()?;
        let options = self.options;
        let rest = self
            .pen
            .index(&options.stemmers, options.commit_each, true)?;
        self.pen.tidy()?;
        Ok(indexed + rest)
    }
}

fn left_out(code: &str, count: usize, why: &str) -> Notice {
    let message = format!("{count} files found inside were left out: {why}.");
    Notice::new(NoticeLevel::Damaged, code, message)
        .next("Unpack it by hand and hand in the folder.")
}
