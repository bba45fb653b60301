//! From text to words: tokens, sentence ends, multiword tokens, lemmas.

mod ends;
pub(crate) mod hash;
mod lemma;
mod letters;
mod multi;
mod seams;
pub(crate) mod shape;
mod table;

pub(crate) use ends::{Ends, EndsMemory};
pub(crate) use lemma::{Lemmas, Tag};
pub(crate) use multi::Multi;
pub(crate) use seams::Seams;
