//! A language as every stage knows it (`languages/*/language.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Lexicon;
use crate::fold;

/// What stands in `language.toml`, with the words of `words.txt`.
#[derive(Debug)]
pub struct Language {
    /// BCP 47 tag: `es`.
    pub tag: String,
    /// Its English name.
    pub name: String,
    /// Its own name for itself.
    pub own_name: String,
    /// Lower-case letters of its words.
    pub letters: String,
    /// Signs its texts use as a matter of course.
    pub marks: String,
    /// The stemmer the search index uses for it.
    pub stemmer: Option<String>,
    /// Its name in the `lingua` library.
    pub lingua: Option<String>,
    /// Endings by which an unlisted word is still known.
    pub endings: Vec<String>,
    /// Short forms, without their full stop, folded.
    pub abbreviations: Vec<String>,
    /// Short forms only before a number, folded.
    pub abbreviations_before_numbers: Vec<String>,
    /// How a date of three numbers is ordered.
    pub date_order: DateOrder,
    /// Names of the twelve months, full name first, folded.
    pub months: Vec<Vec<String>>,
    /// Names of weekdays, folded.
    pub weekdays: Vec<String>,
    /// Words of its cardinal numbers, folded, with what each is worth; those of
    /// 100 and 1000 multiply what stands before them.
    pub numbers: BTreeMap<String, u32>,
    /// Its words.
    pub words: Lexicon,
}

/// The order of day, month and year in `3/4/2010`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
    /// Writers of the language differ.
    Unsure,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLanguage {
    pub(crate) tag: String,
    name: String,
    own_name: String,
    letters: String,
    marks: String,
    stemmer: Option<String>,
    lingua: Option<String>,
    endings: Vec<String>,
    abbreviations: Vec<String>,
    abbreviations_before_numbers: Vec<String>,
    date_order: DateOrder,
    months: Vec<Vec<String>>,
    weekdays: Vec<String>,
    #[serde(default)]
    numbers: BTreeMap<String, u32>,
}

fn folded(words: &[String]) -> Vec<String> {
    let fold = |word: &String| word.chars().map(fold::base).collect();
    words.iter().map(fold).collect()
}

impl Language {
    pub(crate) fn new(raw: RawLanguage, words: Lexicon) -> Self {
        Self {
            abbreviations: folded(&raw.abbreviations),
            abbreviations_before_numbers: folded(&raw.abbreviations_before_numbers),
            months: raw.months.iter().map(|names| folded(names)).collect(),
            weekdays: folded(&raw.weekdays),
            numbers: raw
                .numbers
                .iter()
                .map(|(word, worth)| (word.chars().map(fold::base).collect(), *worth))
                .collect(),
            tag: raw.tag,
            name: raw.name,
            own_name: raw.own_name,
            letters: raw.letters,
            marks: raw.marks,
            stemmer: raw.stemmer,
            lingua: raw.lingua,
            endings: raw.endings,
            date_order: raw.date_order,
            words,
        }
    }

    /// The number (1 to 12) of a month by its name or short form.
    #[must_use]
    pub fn month(&self, name: &str) -> Option<u8> {
        let name: String = name.trim_end_matches('.').chars().map(fold::base).collect();
        let at = self.months.iter().position(|names| names.contains(&name))?;
        u8::try_from(at + 1).ok()
    }

    /// What a number word is worth.
    #[must_use]
    pub fn number(&self, word: &str) -> Option<u32> {
        let word: String = word.chars().map(fold::base).collect();
        self.numbers.get(&word).copied()
    }

    /// Whether every letter of the word belongs to the language's alphabet.
    #[must_use]
    pub fn spells(&self, word: &str) -> bool {
        word.chars().all(|c| {
            !c.is_alphabetic() || c.to_lowercase().all(|lower| self.letters.contains(lower))
        })
    }

    /// Whether a word is listed, or ends as words of the language end.
    #[must_use]
    pub fn accepts(&self, word: &str) -> bool {
        if self.words.knows(word) {
            return true;
        }
        let lower = word.to_lowercase();
        self.spells(&lower)
            && self
                .endings
                .iter()
                .any(|ending| lower.len() >= ending.len() + 3 && lower.ends_with(ending.as_str()))
    }
}

/// A language near to ours that no pack reads, by its small words
/// (`languages/any/neighbours.toml`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neighbour {
    /// BCP 47 tag.
    pub tag: String,
    /// Small words, in lower case.
    pub words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNeighbours {
    pub(crate) neighbour: Vec<Neighbour>,
}
