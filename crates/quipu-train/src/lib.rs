//! Treebanks, name sets and plain text come in; `models/` with cards and scores go out.
//! It is not part of the shipped binary.
//! It never touches anything but model, packs and annotate.

pub mod conllu;

pub mod cess;

pub mod gsd;

pub mod compare;
pub mod portion;
