//! The pens that write given facts. The two are different types: who takes
//! sources in cannot decide, who decides cannot touch what was derived.

use std::path::PathBuf;

use quipu_model::{Decision, SourceId};

use super::entry::What;
use super::log::{Open, Seal, sealed};
use crate::error::ArchiveError;

/// Writes which sources were taken in and where they were seen.
#[derive(Debug)]
pub struct IntakePen {
    log: PathBuf,
    head: PathBuf,
}

/// One thing to write about a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// Its bytes are new; they are in `originals/` and on the disk.
    New {
        /// BLAKE3 of its bytes.
        source: SourceId,
        /// How many bytes.
        bytes: u64,
        /// SHA-256 of its bytes.
        sha256: [u8; 32],
    },
    /// It was seen at a place; fields as in [`What::SeenAt`].
    Seen {
        /// The source.
        source: SourceId,
        /// Path below the root, or name inside the container.
        path: String,
        /// Absolute folder; empty inside a container.
        root: String,
        /// The source inside which it was found.
        container: Option<SourceId>,
        /// When the file says it was last changed, in seconds since 1970.
        modified: Option<i64>,
    },
}

impl IntakePen {
    pub(crate) const fn new(log: PathBuf, head: PathBuf) -> Self {
        Self { log, head }
    }

    /// Appends entries in their order, all or none acknowledged.
    ///
    /// # Errors
    /// When the ledger is not what its seal says, or the disk refuses.
    pub fn append(&self, time: &str, taken: Vec<Taken>) -> Result<Seal, ArchiveError> {
        let all = taken
            .into_iter()
            .map(|taken| match taken {
                Taken::New {
                    source,
                    bytes,
                    sha256,
                } => What::SourceTakenIn {
                    source,
                    bytes,
                    sha256,
                },
                Taken::Seen {
                    source,
                    path,
                    root,
                    container,
                    modified,
                } => What::SeenAt {
                    source,
                    path,
                    root,
                    container,
                    modified,
                },
            })
            .collect();
        Open::lock(&self.log, &self.head)?.append(time, all)
    }

    /// Mends what a crash left behind the seal and gives the seal.
    ///
    /// # Errors
    /// When the ledger is not what its seal says.
    pub fn recover(&self) -> Result<Seal, ArchiveError> {
        Ok(Open::lock(&self.log, &self.head)?.seal())
    }
}

/// Writes what people decided.
#[derive(Debug)]
pub struct DecisionPen {
    log: PathBuf,
    head: PathBuf,
}

impl DecisionPen {
    pub(crate) const fn new(log: PathBuf, head: PathBuf) -> Self {
        Self { log, head }
    }

    /// Appends a decision and waits until it is on the disk. The decision's own
    /// `at` is the time of the entry.
    ///
    /// # Errors
    /// When the ledger is not what its seal says, or the disk refuses.
    pub fn append(&self, decision: Decision) -> Result<Seal, ArchiveError> {
        let time = decision.at.clone();
        Open::lock(&self.log, &self.head)?.append(&time, vec![What::Decision(decision)])
    }

    /// The seal of the ledger now.
    ///
    /// # Errors
    /// When `ledger.head` is missing or damaged.
    pub fn seal(&self) -> Result<Seal, ArchiveError> {
        sealed(&self.head)
    }
}
