//! Forms: documents whose head is filled in line by line, such as cables.

use quipu_model::ReadDocument;
use quipu_packs::Packs;

/// Reads the header of a form into fields, where the document is one.
pub(crate) fn fill(_document: &mut ReadDocument, _packs: &Packs) {}
