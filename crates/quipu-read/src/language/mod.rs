//! The language of each sentence.

use quipu_model::ReadDocument;
use quipu_packs::Packs;

/// Parts the text into sentences and tells the language of each.
pub(crate) fn tell(_document: &mut ReadDocument, _packs: &Packs) {}
