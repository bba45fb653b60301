//! What stops a whole run; what concerns one document is a notice.

use std::path::PathBuf;

use quipu_archive::ArchiveError;

/// Why a run could not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// The archive could not be written.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A worker process could not be started.
    #[error("cannot start a reader ({}): {cause}", program.display())]
    Worker {
        /// The program.
        program: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// A thread of ours went away.
    #[error("a part of Quipu stopped unexpectedly; run the same command again, nothing is lost")]
    Stopped,
}
