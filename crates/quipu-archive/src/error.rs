//! What can go wrong between an archive and the disk under it.

use std::path::{Path, PathBuf};

use quipu_model::LayoutError;

/// Why the archive could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// The disk said no.
    #[error("{}: {cause}", path.display())]
    Disk {
        /// The file or folder concerned.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// There is no archive at that place.
    #[error("{} is not a Quipu archive; `quipu read PATH --archive A` makes one", path.display())]
    NotAnArchive {
        /// The place.
        path: PathBuf,
    },
    /// The archive has a format this program does not know.
    #[error("{} has archive format {found}, this program knows up to {known}; use a newer Quipu", path.display())]
    NewerFormat {
        /// The archive.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format known here.
        known: u32,
    },
    /// Somebody else is writing derived data into the archive.
    #[error("{} is being read into by another Quipu; wait until it is done", path.display())]
    Busy {
        /// The archive.
        path: PathBuf,
    },
    /// The ledger is not what it was when it was last written.
    #[error("{}: {reason}; nothing was written, run `quipu verify`", path.display())]
    Ledger {
        /// The file concerned.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The shelf could not be read or written.
    #[error("the shelf: {0}; it is derived: delete shelf.sqlite and read again if this stays")]
    Shelf(#[from] rusqlite::Error),
    /// A record on the shelf is not what was put there.
    #[error("a record on the shelf is damaged ({0}); delete shelf.sqlite and read again")]
    Record(#[from] LayoutError),
    /// The search index could not be read or written.
    #[error("the search index: {0}; it is derived: delete search/ and read again if this stays")]
    Search(#[from] tantivy::TantivyError),
    /// A question that cannot be put to the index.
    #[error("{0}")]
    Question(String),
}

impl ArchiveError {
    pub(crate) fn disk(path: &Path, cause: std::io::Error) -> Self {
        Self::Disk {
            path: path.to_owned(),
            cause,
        }
    }

    pub(crate) fn ledger(path: &Path, reason: impl Into<String>) -> Self {
        Self::Ledger {
            path: path.to_owned(),
            reason: reason.into(),
        }
    }
}

/// Gives an answer of the disk its path.
pub(crate) trait At<T> {
    fn at(self, path: &Path) -> Result<T, ArchiveError>;
}

impl<T> At<T> for std::io::Result<T> {
    fn at(self, path: &Path) -> Result<T, ArchiveError> {
        self.map_err(|cause| ArchiveError::disk(path, cause))
    }
}
