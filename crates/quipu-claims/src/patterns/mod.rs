//! The machine that finds expressions: words by class, patterns of words, and
//! numbers. What expressions mean is the business of each topic (times, amounts).

pub(crate) mod check;
mod digits;
pub(crate) mod machine;
pub(crate) mod numeral;
pub(crate) mod parse;
pub(crate) mod quantity;
pub(crate) mod reader;
pub(crate) mod sides;
pub(crate) mod slots;
pub(crate) mod token;
pub(crate) mod vocabulary;
pub(crate) mod words;

use std::fmt::Debug;

use quipu_packs::PackError;

use slots::{Filled, SlotName};
use token::Form;

/// What a topic makes of patterns.
pub(crate) trait Topic: Debug + Sized {
    /// What words alone say.
    type Meaning: Copy + Debug + Default;
    /// The named primitives that patterns call.
    type Primitive: Copy + Debug;

    /// The primitive of that name.
    fn primitive(name: &str) -> Option<Self::Primitive>;

    /// The meaning of a match; `None` when the slots do not go together.
    fn build(
        &self,
        primitive: Self::Primitive,
        slots: &Filled<'_, Self::Meaning>,
    ) -> Option<Self::Meaning>;

    /// The slot whose filling a primitive hands on unchanged, so that the pattern
    /// of that is the one to name.
    fn hands_on(_primitive: Self::Primitive) -> Option<SlotName> {
        None
    }

    /// Whether an expression may hang on a number of this form.
    fn is_core(form: Form) -> bool;
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPattern {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub message: String,
}

impl std::fmt::Display for BadPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.pattern, self.message)
    }
}

impl std::error::Error for BadPattern {}

/// Why the rules of a topic cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RulesError {
    /// A pack file is wrong.
    Pack(PackError),
    /// A pattern is wrong.
    Pattern(BadPattern),
}

impl std::fmt::Display for RulesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pack(error) => write!(f, "{error}"),
            Self::Pattern(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for RulesError {}

impl From<PackError> for RulesError {
    fn from(error: PackError) -> Self {
        Self::Pack(error)
    }
}

impl From<BadPattern> for RulesError {
    fn from(error: BadPattern) -> Self {
        Self::Pattern(error)
    }
}
