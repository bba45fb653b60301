//! The models that lie inside the program.

use quipu_packs::Packs;

use crate::{Annotator, ModelError};

/// A tag of a language and its file, in the order of the tags.
type Embedded = &'static [(&'static str, &'static [u8])];

const MODELS: Embedded = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The tags of the languages that are built in, and their model files.
pub fn embedded_models() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    MODELS.iter().copied()
}

/// The annotator of all languages that are built in, with what the packs know
/// of names.
///
/// # Errors
/// When a file of `models/` is broken, or none was there at the time of building.
pub fn embedded(packs: &Packs) -> Result<Annotator<'static>, ModelError> {
    let files: Vec<&[u8]> = MODELS.iter().map(|(_, bytes)| *bytes).collect();
    Annotator::read(&files, packs)
}
