//! Repaired text comes in; sentences, words, morphology, syntax and names go out, as layers beside the text.
//! Model inference lives here.
//! It never touches bytes of sources, claims, other documents or the archive.

mod annotator;
pub mod conllu;
mod decode;
mod embedded;
mod kernel;
mod margins;
mod names;
mod network;
mod rules;
#[cfg(test)]
mod tiny;
mod words;

/// Version of the whole stage: raise it whenever the same text and models may
/// give another annotation.
pub const VERSION: u32 = 1;

pub use annotator::{Annotator, Hands, Stretch};
pub use embedded::{embedded, embedded_models};
pub use margins::flowing;
pub use names::check_names;
pub use network::ModelError;
pub use rules::{check, check_given};
