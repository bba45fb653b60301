//! Desk views come in; one file per outside format goes out.
//! Every format has its own module and its standard named, and gives the same
//! bytes for the same archive: no clock, no chance, an order of its own.
//! It never touches the archive or a stage.

pub mod annotations;
pub mod bagit;
pub mod claims;
pub mod documents;

use std::io;

use quipu_desk::ShelfError;
use thiserror::Error;

/// Why an export ended early.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The archive could not answer.
    #[error("the archive cannot answer: {0}")]
    Desk(#[from] ShelfError),
    /// The file or folder could not be written.
    #[error("writing: {0}")]
    Write(#[from] io::Error),
    /// The place is already taken.
    #[error("{0} is there already; name a new folder")]
    Taken(String),
}
