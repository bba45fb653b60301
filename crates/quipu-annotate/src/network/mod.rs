//! The network: word types to vectors, recurrences, scores.

mod file;
mod known;
mod parser;
mod recurrence;
mod seen;
mod types;

pub use file::ModelError;
pub(crate) use file::ModelFile;
pub(crate) use parser::{BATCH_WORDS, Parser, Scratch, Told};
pub(crate) use recurrence::Recurrence;
