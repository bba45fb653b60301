//! The rules of the packs, by word.

use std::collections::{HashMap, HashSet};

use quipu_packs::MatchingRules;

use super::written::words_of;

/// Words of a legal form at most.
const FORM_WORDS: usize = 6;

/// The rules of all packs, ready to be asked by folded word.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    pub(crate) titles: HashSet<String>,
    pub(crate) particles: HashSet<String>,
    pub(crate) joining: HashSet<String>,
    pub(crate) common: HashSet<String>,
    pub(crate) sounds: Vec<(String, String)>,
    pub(crate) slips: Vec<(String, String)>,
    pub(crate) genders: Vec<(String, String)>,
    generations: HashMap<String, u16>,
    forms: HashMap<Vec<String>, u16>,
    nicknames: HashMap<String, Vec<u16>>,
    words: HashMap<String, Vec<u16>>,
    /// Groups of words that mean a number.
    numbers: HashSet<u16>,
}

impl Lexicon {
    pub(crate) fn new(rules: &MatchingRules) -> Self {
        let set = |words: &[String]| -> HashSet<String> {
            words.iter().flat_map(|word| words_of(word)).collect()
        };
        let mut made = Self {
            titles: set(&rules.titles),
            particles: set(&rules.particles),
            joining: set(&rules.joining),
            common: set(&rules.common),
            sounds: rules.sounds.clone(),
            slips: rules.slips.clone(),
            genders: rules.genders.clone(),
            ..Self::default()
        };
        made.sounds
            .sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        for (group, words) in (0u16..).zip(&rules.generations) {
            for word in words {
                made.generations.insert(word.clone(), group);
            }
        }
        for (group, writings) in (0u16..).zip(&rules.forms) {
            for writing in writings {
                made.forms.insert(words_of(writing), group);
            }
        }
        for (group, names) in (0u16..).zip(&rules.nicknames) {
            for name in names {
                made.nicknames.entry(name.clone()).or_default().push(group);
            }
        }
        for (group, words) in (0u16..).zip(&rules.words) {
            for word in words {
                if word.chars().all(|c| c.is_ascii_digit()) {
                    made.numbers.insert(group);
                }
                made.words.entry(word.clone()).or_default().push(group);
            }
        }
        made
    }

    pub(crate) fn generation(&self, word: &str) -> Option<u16> {
        self.generations.get(word).copied()
    }

    /// The legal form that some words begin with, and how many words it takes.
    pub(crate) fn form(&self, words: &[String]) -> Option<(u16, usize)> {
        let most = words.len().min(FORM_WORDS);
        (1..=most).rev().find_map(|many| {
            let form = self.forms.get(words.get(..many)?)?;
            Some((*form, many))
        })
    }

    /// Whether a word is digits or means some.
    pub(crate) fn is_number(&self, word: &str) -> bool {
        let digits = |word: &str| word.chars().all(|c| c.is_ascii_digit());
        let meanings = self.meanings(word);
        digits(word) || meanings.iter().any(|group| self.numbers.contains(group))
    }

    /// Groups of given names that a word belongs to.
    pub(crate) fn nicknames(&self, word: &str) -> &[u16] {
        self.nicknames.get(word).map_or(&[], Vec::as_slice)
    }

    /// Groups of words of one meaning that a word belongs to.
    pub(crate) fn meanings(&self, word: &str) -> &[u16] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }
}
