//! Repaired text comes in; sentences, words, morphology, syntax and names go out, as layers beside the text.
//! Model inference lives here.
//! It never touches bytes of sources, claims, other documents or the archive.
