//! The dictionary form of a word, from its form and its tags.
//!
//! Known exceptions come first; then the longest known ending for the tags
//! says how many letters to take away and what to put on.

use std::borrow::Cow;

use super::hash::Hash;
use super::shape::lower;
use super::table::{Table, Words, hash};
use crate::network::{ModelError, ModelFile};

/// Letters of the longest ending that rules are about.
const LONGEST: usize = 6;
/// Parts of speech whose words are written in a dictionary as in the text.
const AS_WRITTEN: [&str; 4] = ["PROPN", "SYM", "X", "PUNCT"];

/// Rules and exceptions of a language.
#[derive(Debug, Clone)]
pub(crate) struct Lemmas {
    /// Tags that rules or exceptions are about: `UPOS` or `UPOS|FEATS`.
    tags: Words,
    /// By number of the tag: whether there is a rule for every ending.
    rule_for_all: Vec<bool>,
    rules: Lines,
    exceptions: Lines,
}

/// The tags of a word, looked up once for many words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag {
    upos: Option<u32>,
    /// With the features.
    full: Option<u32>,
    as_written: bool,
}

/// Words under a tag, each with a number and another word.
#[derive(Debug, Clone, Default)]
struct Lines {
    text: String,
    lines: Vec<Line>,
    table: Table,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    tag: u32,
    /// Letters to take away.
    away: u32,
    start: u32,
    /// Where the word ends and what to put on begins.
    middle: u32,
    end: u32,
}

impl Lines {
    fn push(&mut self, tag: u32, word: &str, away: u32, other: &str) {
        let place = |text: &String| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let start = place(&self.text);
        self.text.push_str(word);
        let middle = place(&self.text);
        self.text.push_str(other);
        self.lines.push(Line {
            tag,
            away,
            start,
            middle,
            end: place(&self.text),
        });
    }

    fn part(&self, from: u32, until: u32) -> &str {
        self.text
            .get(from as usize..until as usize)
            .unwrap_or_default()
    }

    fn index(&mut self, hash: impl Fn(&str) -> u32) {
        let hashes: Vec<u32> = self
            .lines
            .iter()
            .map(|line| mixed(hash(self.part(line.start, line.middle)), line.tag))
            .collect();
        self.table = Table::new(&hashes);
    }

    /// What is said of a word with this hash under a tag.
    fn find(&self, hash: u32, tag: u32, word: &str) -> Option<(u32, &str)> {
        let meant = |line: &Line| line.tag == tag && self.part(line.start, line.middle) == word;
        let number = self.table.find(mixed(hash, tag), |number| {
            self.lines.get(number).is_some_and(meant)
        })?;
        let line = self.lines.get(number)?;
        Some((line.away, self.part(line.middle, line.end)))
    }
}

/// A hash of a word and its tag.
const fn mixed(hash: u32, tag: u32) -> u32 {
    let all = (hash ^ tag.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
    all ^ (all >> 16)
}

/// A hash that grows from the last letter to the first, so that all endings of
/// a word are hashed in one go.
fn backward(ending: &str) -> u32 {
    ending
        .chars()
        .rev()
        .fold(Hash::new(0), Hash::with_char)
        .whole()
}

impl Lemmas {
    /// Reads rules and exceptions.
    pub(crate) fn read(file: &ModelFile<'_>) -> Result<Self, ModelError> {
        let rules: Vec<[&str; 4]> = four(file.table("lemma.rules")?);
        let exceptions: Vec<[&str; 4]> = four(file.table("lemma.exceptions")?);
        Ok(Self::new(&rules, &exceptions))
    }

    /// Of rules (tag, ending, letters to take away, what to put on) and
    /// exceptions (word, part of speech, features, lemma).
    fn new(rules: &[[&str; 4]], exceptions: &[[&str; 4]]) -> Self {
        let full = |upos: &str, features: &str| {
            if features.is_empty() {
                upos.to_owned()
            } else {
                format!("{upos}|{features}")
            }
        };
        let mut tags: Vec<String> = rules.iter().map(|rule| rule[0].to_owned()).collect();
        tags.extend(
            exceptions
                .iter()
                .map(|[_, upos, features, _]| full(upos, features)),
        );
        tags.sort_unstable();
        tags.dedup();
        let tags = Words::new(tags.iter().map(String::as_str));
        let number = |tag: &str| {
            tags.find(tag)
                .and_then(|number| u32::try_from(number).ok())
                .unwrap_or(u32::MAX)
        };
        let mut own = Self {
            rule_for_all: vec![false; tags.iter().count()],
            rules: Lines::default(),
            exceptions: Lines::default(),
            tags: Words::default(),
        };
        for [tag, ending, away, on] in rules {
            let (tag, Ok(away)) = (number(tag), away.parse()) else {
                continue;
            };
            if let Some(all) = own.rule_for_all.get_mut(tag as usize)
                && ending.is_empty()
            {
                *all = true;
            }
            own.rules.push(tag, ending, away, on);
        }
        for [word, upos, features, lemma] in exceptions {
            own.exceptions
                .push(number(&full(upos, features)), word, 0, lemma);
        }
        own.rules.index(backward);
        own.exceptions.index(hash);
        own.tags = tags;
        own
    }

    /// The tag of a part of speech and features as in CoNLL-U (`_` for none).
    pub(crate) fn tag(&self, upos: &str, features: &str) -> Tag {
        let full = Hash::new(0)
            .with(upos.as_bytes())
            .with(b"|")
            .with(features.as_bytes());
        let both = |tag: &str| {
            tag.strip_prefix(upos)
                .and_then(|rest| rest.strip_prefix('|'))
                .is_some_and(|rest| rest == features)
        };
        let number = |number: Option<usize>| number.and_then(|number| u32::try_from(number).ok());
        Tag {
            upos: number(self.tags.find(upos)),
            full: number(self.tags.find_by(full.whole(), both)),
            as_written: AS_WRITTEN.contains(&upos),
        }
    }

    /// The lemma of a word whose tags were looked up.
    ///
    /// Of `"Cities"` under `NOUN` and `Number=Plur` it is `"city"`.
    pub(crate) fn tagged(&self, form: &str, tag: Tag) -> String {
        let base = if tag.as_written {
            Cow::Borrowed(form)
        } else {
            lower(form)
        };
        if let Some(lemma) = self.exception(&base, tag) {
            return lemma.to_owned();
        }
        let Some((away, on)) = self.rule(&base, tag) else {
            return base.into_owned();
        };
        let until = match away as usize {
            0 => base.len(),
            away => match base.char_indices().rev().nth(away - 1) {
                Some((at, _)) => at,
                // A rule for longer words.
                None => return base.into_owned(),
            },
        };
        let mut lemma = base.into_owned();
        lemma.truncate(until);
        lemma.push_str(on);
        lemma
    }

    fn exception(&self, base: &str, tag: Tag) -> Option<&str> {
        let hash = hash(base);
        let find = |tag: Option<u32>| Some(self.exceptions.find(hash, tag?, base)?.1);
        let general = || {
            let for_all = tag
                .full
                .and_then(|full| self.rule_for_all.get(full as usize));
            (for_all != Some(&true)).then(|| find(tag.upos)).flatten()
        };
        find(tag.full).or_else(general)
    }

    /// Of the longest ending under the full tag, else under the part of speech.
    fn rule(&self, base: &str, tag: Tag) -> Option<(u32, &str)> {
        let mut endings = [(0, base.len()); LONGEST + 1];
        let mut hash = Hash::new(0);
        endings[0].0 = hash.whole();
        let mut count = 1;
        for (ending, (at, c)) in endings.iter_mut().skip(1).zip(base.char_indices().rev()) {
            hash = hash.with_char(c);
            *ending = (hash.whole(), at);
            count += 1;
        }
        let endings = endings.get(..count).unwrap_or_default();
        let longest = |tag: Option<u32>| {
            let tag = tag?;
            let mut endings = endings.iter().rev();
            endings.find_map(|(hash, at)| self.rules.find(*hash, tag, base.get(*at..)?))
        };
        longest(tag.full).or_else(|| longest(tag.upos))
    }
}

fn four<'a>(lines: impl Iterator<Item = std::str::Split<'a, char>>) -> Vec<[&'a str; 4]> {
    lines
        .filter_map(|mut columns| {
            Some([
                columns.next()?,
                columns.next()?,
                columns.next()?,
                columns.next()?,
            ])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Lemmas;

    fn lemmas() -> Lemmas {
        let rules = [
            ["NOUN|Number=Plur", "", "1", ""],
            ["NOUN|Number=Plur", "ies", "3", "y"],
            ["NOUN", "", "0", ""],
            ["VERB", "iéndo", "9", "x"],
            ["VERB", "ó", "1", "ar"],
            ["ADJ", "er", "2", ""],
        ];
        let exceptions = [
            ["men", "NOUN", "Number=Plur", "man"],
            ["mice", "NOUN", "", "mouse"],
            ["is", "VERB", "", "be"],
            ["Rd.", "PROPN", "_", "Road"],
        ];
        Lemmas::new(&rules, &exceptions)
    }

    fn lemma(form: &str, upos: &str, features: &str) -> String {
        let lemmas = lemmas();
        lemmas.tagged(form, lemmas.tag(upos, features))
    }

    #[test]
    fn exceptions_come_before_rules_and_long_endings_before_short_ones() {
        let cases = [
            ("Men", "NOUN", "Number=Plur", "man"),
            ("Cities", "NOUN", "Number=Plur", "city"),
            ("dogs", "NOUN", "Number=Plur", "dog"),
            ("ies", "NOUN", "Number=Plur", "y"),
            ("cats", "NOUN", "_", "cats"),
            ("men", "NOUN", "_", "men"),
            ("taller", "ADJ", "Degree=Cmp", "tall"),
            ("HABLÓ", "VERB", "_", "hablar"),
            ("big", "ADJ", "_", "big"),
            ("what", "ZZZ", "_", "what"),
            ("", "ADJ", "_", ""),
        ];
        for (form, upos, features, expected) in cases {
            assert_eq!(lemma(form, upos, features), expected, "{form}");
        }
    }

    #[test]
    fn an_exception_for_all_features_gives_way_to_a_rule_for_these() {
        assert_eq!(lemma("mice", "NOUN", "Number=Plur"), "mic");
        assert_eq!(lemma("mice", "NOUN", "Number=Sing"), "mouse");
        assert_eq!(lemma("is", "VERB", "Mood=Ind"), "be");
    }

    #[test]
    fn names_keep_their_capitals() {
        assert_eq!(lemma("Rd.", "PROPN", "_"), "Road");
        assert_eq!(lemma("Ñaupa", "PROPN", "_"), "Ñaupa");
        assert_eq!(lemma("Ñaupa", "NOUN", "_"), "ñaupa");
    }

    #[test]
    fn a_rule_that_takes_more_than_there_is_takes_nothing() {
        assert_eq!(lemma("iéndo", "VERB", "_"), "iéndo");
    }
}
