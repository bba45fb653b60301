//! What a run tells while it goes on, and at its end.

use quipu_model::{Notice, NoticeLevel, SourceId};

/// Counts of a run so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Files found under the paths handed in.
    pub files: u64,
    /// Bytes of those files.
    pub file_bytes: u64,
    /// Files dealt with so far.
    pub files_done: u64,
    /// Bytes of the files dealt with so far.
    pub bytes_done: u64,
    /// Documents read, with or without remarks.
    pub read: u64,
    /// Files whose source was known and need not be read again.
    pub unchanged: u64,
    /// Documents of which something is missing or doubtful.
    pub damaged: u64,
    /// Documents of which nothing could be read, and files that could not even
    /// be opened.
    pub refused: u64,
    /// Sources found inside others.
    pub parts: u64,
    /// Documents that came into the search index.
    pub indexed: u64,
}

impl Tally {
    /// Documents read in any way.
    #[must_use]
    pub const fn documents(&self) -> u64 {
        self.read + self.damaged + self.refused
    }
}

/// Somebody who is told how a run goes on. Called from one thread only.
pub trait Progress {
    /// All files are found; reading begins.
    fn found(&mut self, _tally: &Tally) {}

    /// Something was dealt with. `level` is its weightiest notice.
    fn done(&mut self, _path: &str, _level: Option<NoticeLevel>, _tally: &Tally) {}

    /// Search takes in what was read.
    fn indexing(&mut self, _tally: &Tally) {}

    /// Asked now and then: whether to stop at the next good place.
    fn stop(&mut self) -> bool {
        false
    }
}

/// Tells nobody anything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Counts.
    pub tally: Tally,
    /// Whether it was stopped before the end; the next run goes on from there.
    pub stopped: bool,
    /// What was damaged, refused or passed over, in the order of reading: path,
    /// source where there is one, and the weightiest notice. At most 10,000.
    pub troubles: Vec<(String, Option<SourceId>, Notice)>,
}

/// Troubles kept for the summary; the archive keeps all that have a source.
const TROUBLES: usize = 10_000;

impl Summary {
    pub(crate) fn trouble(&mut self, path: &str, source: Option<SourceId>, notice: &Notice) {
        if self.troubles.len() < TROUBLES {
            self.troubles
                .push((path.to_owned(), source, notice.clone()));
        }
    }

    /// Whether anything was damaged or refused.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.tally.damaged == 0 && self.tally.refused == 0
    }
}
