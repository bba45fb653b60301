//! The query language: one line of text in, a tree out, never an error.
//!
//! Plain words must all occur; `"a phrase"`, `"two words"~5` (near one
//! another), `OR`/`AND`/`NOT` or `O`/`Y`/`NO` in capitals, `-word`,
//! parentheses, `word~` (one letter off) and `word~2`, `prefix*`,
//! `field:value`, `date:1991..1992` (in the text or of the document), `dated:`,
//! `before:` and `after:` (of the document), `amount:>1000 USD`, and what claims say:
//! `kind:payment`, `standing:alleged`, `holder:embassy`, `who:chávez`, `payer:chávez`,
//! which all hold of one claim where they stand together. What is not understood is
//! searched as plain words, and said.

mod amounts;
pub mod fields;
mod lex;
mod parse;
mod print;
mod said;
#[cfg(test)]
mod tests;

use crate::days::DaySpan;
pub use amounts::AmountSpan;
pub use fields::{FIELDS, FieldName};
pub use parse::{MOST_LEAVES, understand};
pub use print::print;
pub use said::{Known, Said};

/// A question as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What was typed, without blanks at the ends.
    pub typed: String,
    /// What is looked for; `None` when nothing is asked.
    pub asks: Option<Node>,
    /// What was not understood, in the order of the text.
    pub doubts: Vec<Doubt>,
}

/// One knot of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Each of these must hold.
    All(Vec<Node>),
    /// At least one of these must hold.
    Any(Vec<Node>),
    /// This must not hold.
    Not(Box<Node>),
    /// One thing looked for.
    Leaf(Leaf),
}

/// One thing looked for, anywhere or in one field or place of claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// In which field; `None` for the whole text and its fields, and in claims.
    pub field: Option<&'static FieldName>,
    /// In which place of a claim.
    pub said: Option<Said>,
    /// What.
    pub what: What,
}

/// What a leaf looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A word, in any of its forms, accents aside.
    Word(String),
    /// Words that begin so.
    Prefix(String),
    /// Words at most so many letters away (1 or 2).
    Fuzzy(String, u8),
    /// These words in this order.
    Phrase(String),
    /// These words, in any order, with at most so many others between them.
    Near(String, u32),
    /// A date within these days, and how it was typed.
    Dates(DaySpan, String),
    /// An amount in the text within these bounds, and how it was typed.
    Amounts(AmountSpan, String),
    /// A number from the first to the second, and how it was typed.
    Numbers(Option<u64>, Option<u64>, String),
}

/// Something that was not understood, and what was done instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A quotation mark without its fellow: the phrase runs to the end.
    OpenQuote,
    /// A parenthesis without its fellow: left out.
    Parenthesis,
    /// A field nobody knows: searched as plain words.
    UnknownField(String),
    /// A date that is none: searched as plain words.
    NotADate(String),
    /// A number that is none: searched as plain words.
    NotANumber(String),
    /// An amount that is none: searched as plain words.
    NotAnAmount(String),
    /// An operator with nothing to join: left out.
    LoneOperator(String),
    /// More than can be asked at once: the rest is left out.
    TooLong,
}

impl Doubt {
    /// A stable name for programs and translations.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OpenQuote => "open-quote",
            Self::Parenthesis => "parenthesis",
            Self::UnknownField(_) => "unknown-field",
            Self::NotADate(_) => "not-a-date",
            Self::NotANumber(_) => "not-a-number",
            Self::NotAnAmount(_) => "not-an-amount",
            Self::LoneOperator(_) => "lone-operator",
            Self::TooLong => "too-long",
        }
    }

    /// The words that were not understood; empty when the code says it all.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::UnknownField(words)
            | Self::NotADate(words)
            | Self::NotANumber(words)
            | Self::NotAnAmount(words)
            | Self::LoneOperator(words) => words,
            Self::OpenQuote | Self::Parenthesis | Self::TooLong => "",
        }
    }
}

impl Node {
    /// Every leaf, in the order of the text.
    pub fn leaves(&self) -> Vec<&Leaf> {
        let mut leaves = Vec::new();
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            match node {
                Self::All(nodes) | Self::Any(nodes) => open.extend(nodes.iter().rev()),
                Self::Not(node) => open.push(node),
                Self::Leaf(leaf) => leaves.push(leaf),
            }
        }
        leaves
    }
}
