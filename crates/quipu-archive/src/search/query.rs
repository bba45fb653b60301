//! Questions to the index, as a tree of plain data.

use std::ops::Bound;

use quipu_model::Decimal;
use quipu_model::time::Day;

use super::schema::{Facet, Number};

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Every document.
    All,
    /// Documents with a word. A word that search itself takes apart
    /// (`50,000`) is looked for as a phrase.
    Word(Word),
    /// Words one after the other.
    Phrase(Vec<Word>),
    /// Words or phrases near each other in any order: from the end of the one
    /// that stands first to the start of the one that stands last there are at
    /// most `distance` steps; neighbours are one step apart.
    Near {
        /// Each a word or a phrase.
        items: Vec<Vec<Word>>,
        /// Steps.
        distance: u32,
    },
    /// All of them hold. Nothing in it means every document.
    And(Vec<Query>),
    /// At least one holds.
    Or(Vec<Query>),
    /// It does not hold.
    Not(Box<Query>),
    /// Words are looked for in a field of the document (`title`, `byline`,
    /// `cable.subject`) and not in its text.
    Field {
        /// Name of the field as reading gives it.
        name: String,
        /// What is looked for there.
        query: Box<Query>,
    },
    /// Documents in a class of a facet.
    Facet {
        /// Which facet.
        facet: Facet,
        /// The class, exactly.
        value: String,
    },
    /// Documents whose own date can lie within; vague dates overlap.
    Dates {
        /// First day; open when `None`.
        from: Option<Day>,
        /// Last day; open when `None`.
        to: Option<Day>,
    },
    /// Documents with a time in their text that can lie within; vague and open
    /// ones overlap.
    Times {
        /// First day; open when `None`.
        from: Option<Day>,
        /// Last day; open when `None`.
        to: Option<Day>,
    },
    /// Documents with an amount in their text that can lie within; vague and
    /// open ones overlap.
    Amounts {
        /// Least.
        least: Bound<Decimal>,
        /// Most.
        most: Bound<Decimal>,
        /// An ISO 4217 code, a UCUM code or `%`, in any case; any unit and any
        /// thing counted when `None`.
        unit: Option<String>,
    },
    /// Documents with a claim of which all this holds at once.
    Claim {
        /// Of each of these, at least one part holds.
        all: Vec<Vec<ClaimPart>>,
        /// None of these parts holds.
        none: Vec<ClaimPart>,
    },
    /// Documents with a number within bounds, both included.
    Between {
        /// Which number.
        number: Number,
        /// Least; open when `None`.
        least: Option<u64>,
        /// Most; open when `None`.
        most: Option<u64>,
    },
}

/// Something asked of a claim: words that stand in one place of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimPart {
    /// The place.
    pub place: ClaimPlace,
    /// All of these words, in any order.
    pub words: Vec<Word>,
}

/// A place in a claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClaimPlace {
    /// Its kind or subkind.
    Kind,
    /// How it is said: `asserted`, `alleged`…
    Standing,
    /// Any of those who say it.
    Holder,
    /// Who fills any of its roles, and where it happened.
    Who,
    /// Who fills this role.
    Role(String),
}

/// A word looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its letters; accents and case do not matter.
    pub text: String,
    /// How close a word must come.
    pub matching: Matching,
}

impl Word {
    /// A word with its other grammatical forms.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            matching: Matching::Stem,
        }
    }

    /// A word with just these letters.
    #[must_use]
    pub fn exact(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            matching: Matching::Exact,
        }
    }
}

/// How close a word must come to the one looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matching {
    /// The same letters.
    Exact,
    /// The same letters or the same stem in some language.
    Stem,
    /// It begins with the letters.
    Prefix,
    /// `*` stands for any letters, `?` for one.
    Wildcard,
    /// So many letters (1 or 2; more count as 2) may be wrong, missing, too many
    /// or swapped.
    Fuzzy(u8),
}
