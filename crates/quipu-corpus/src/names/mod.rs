//! Names written in many ways: are two of them one?
//!
//! A name is read once into a [`WrittenName`]: its words folded to plain letters,
//! without titles, with particles, initials, legal forms and words that mean the
//! same marked. Two of them are compared by the best pairing of their words. What
//! both have and differ in speaks against them (`Jorge Soto`, `Luis Soto`); what
//! only one has speaks little (`Vladimiro Montesinos Torres`).

mod compare;
mod lexicon;
mod likeness;
mod written;

use quipu_packs::{Broken, MatchingRules, PackError, Packs};

use lexicon::Lexicon;
pub use written::WrittenName;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameSort {
    /// A person.
    Person,
    /// An organisation or public body.
    Body,
    /// Nobody says.
    Any,
    /// A thing: a ship, a document.
    Other,
}

impl NameSort {
    /// The sort of a word: `PER`, `ORG`, `ANY` or `OTHER`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "PER" => Some(Self::Person),
            "ORG" => Some(Self::Body),
            "ANY" => Some(Self::Any),
            "OTHER" => Some(Self::Other),
            _ => None,
        }
    }
}

/// From this likeness on two names are taken for one, in thousandths.
pub const SAME: u16 = 500;

/// Compares names by the rules of the packs.
#[derive(Debug)]
pub struct NameMatcher {
    rules: MatchingRules,
    lexicon: Lexicon,
}

impl NameMatcher {
    /// Makes the rules ready.
    ///
    /// # Errors
    /// What is wrong in a file of the packs.
    pub fn new(packs: &Packs) -> Result<Self, PackError> {
        let rules = MatchingRules::read(packs)?;
        let lexicon = Lexicon::new(&rules);
        Ok(Self { rules, lexicon })
    }

    /// Reads a name once, to be compared with many.
    #[must_use]
    pub fn read(&self, sort: NameSort, name: &str) -> WrittenName {
        WrittenName::read(&self.lexicon, sort, name)
    }

    /// How alike two names are, in thousandths: 0 two names, 1000 one; from
    /// [`SAME`] on rather one.
    #[must_use]
    pub fn likeness(&self, one: &WrittenName, other: &WrittenName) -> u16 {
        compare::likeness(&self.lexicon, one, other)
    }

    /// Reads and compares two names.
    #[must_use]
    pub fn compare(&self, sort: NameSort, one: &str, other: &str) -> u16 {
        self.likeness(&self.read(sort, one), &self.read(sort, other))
    }

    /// Runs the pairs that the packs promise.
    #[must_use]
    pub fn check(&self) -> Vec<Broken> {
        let same = self.rules.same.iter().map(|pair| (pair, true));
        let different = self.rules.different.iter().map(|pair| (pair, false));
        let mut broken = Vec::new();
        for (pair, promised) in same.chain(different) {
            let Some(sort) = NameSort::from_word(&pair.kind) else {
                continue;
            };
            for (one, other) in [(&pair.one, &pair.other), (&pair.other, &pair.one)] {
                let likeness = self.compare(sort, one, other);
                if (likeness >= SAME) != promised {
                    broken.push(Broken {
                        rule: pair.file.clone(),
                        text: format!("{one} / {other}"),
                        message: format!("likeness {likeness}"),
                    });
                }
            }
        }
        broken
    }
}
