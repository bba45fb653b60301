//! CoNLL-U (Universal Dependencies): annotation out, given words in.

mod given;
mod write;

pub use given::{GivenSentence, GivenWord, read};
pub use write::{as_line, words, write};
