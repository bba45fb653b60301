//! What the document is: its fields, and which parts of it are not its own say.
//!
//! How such lines look is data in `languages/*/document.toml`; here is where
//! they may stand. A document is read as lines: those above its first long
//! paragraph are its head, those below the last its foot.

mod date;
mod fields;
mod lines;
mod rules;
mod title;
mod zones;

use quipu_model::ReadDocument;
use quipu_packs::Packs;

/// Finds fields and zones.
pub(crate) fn describe(document: &mut ReadDocument, packs: &Packs) {
    let lines = lines::Lines::of(document);
    zones::mark(document, &lines, packs);
    fields::fill(document, &lines, packs);
}
