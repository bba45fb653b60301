//! The network: word types to vectors, recurrences, scores.

mod file;
mod parser;
mod recurrence;
mod types;

pub use file::ModelError;
pub(crate) use file::ModelFile;
pub(crate) use parser::{Parser, Scratch, Told};
pub(crate) use recurrence::Recurrence;
