//! Words and patterns of one topic (`languages/*/times`, `languages/*/amounts`).
//!
//! A word belongs to classes (`month`, `unit`, `currency`) and has a worth in
//! each. A pattern says which row of words, classes and lower kinds makes an
//! expression, and which named primitive reckons its worth. This file reads and
//! checks them; what a primitive does is the business of the room of claims.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::fold;
use crate::{PackError, Packs};

/// Words and patterns of one topic in one language, those of every language
/// included, with the words of counting that topics share.
#[derive(Debug, Clone, Default)]
pub struct PhraseRules {
    /// Tag of the language.
    pub language: String,
    /// Words by class: the folded form and what it is worth there.
    pub classes: BTreeMap<String, Vec<(String, i64)>>,
    /// Codes that words of some classes stand for, by what they are worth.
    pub symbols: Vec<String>,
    /// How a code is called in this language: the first word that stands for it.
    pub lemmas: BTreeMap<i64, String>,
    /// Classes of which one word must stand in whatever is an expression.
    pub core: BTreeSet<String>,
    /// Patterns in their order: where two match the same words, the first wins.
    pub patterns: Vec<PhrasePattern>,
    /// Kinds of patterns that stand by themselves, best first.
    pub whole: Vec<String>,
}

/// One pattern.
#[derive(Debug, Clone)]
pub struct PhrasePattern {
    /// Its name: `en.time.ago`.
    pub name: String,
    /// The file it stands in, for messages.
    pub file: String,
    /// The kind it makes, which other patterns may use.
    pub makes: String,
    /// The primitive that reckons its worth.
    pub primitive: String,
    /// What the primitive is told beside the slots.
    pub with: BTreeMap<String, Setting>,
    /// Every row of steps it matches.
    pub rows: Vec<Vec<PhraseStep>>,
    /// Texts that are wholly one expression by this pattern, or have it in
    /// square brackets; after `=>` what it means.
    pub examples: Vec<String>,
    /// Texts in which it must find nothing.
    pub near_misses: Vec<String>,
}

/// What a primitive is told.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Setting {
    /// A number.
    Number(i64),
    /// A word of the primitive's own, or a code.
    Word(String),
}

/// One step of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PhraseStep {
    /// This word, folded.
    Word(String),
    /// This sign.
    Sign(char),
    /// A class, a kind, or a form of numbers, kept under a name.
    Slot {
        /// The name.
        name: String,
        /// What may stand there.
        kind: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    #[serde(default)]
    core: Vec<String>,
    #[serde(default)]
    whole: Vec<String>,
    /// Classes whose words stand for codes.
    #[serde(default)]
    codes: BTreeSet<String>,
    /// What only this topic knows.
    #[serde(default)]
    own: Option<toml::Value>,
    #[serde(default)]
    class: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPatterns {
    #[serde(default)]
    pattern: Vec<RawPattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPattern {
    name: String,
    makes: String,
    is: String,
    #[serde(default)]
    with: BTreeMap<String, Setting>,
    matches: Vec<String>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    near_misses: Vec<String>,
}

/// Rows of one pattern are made one by one: more of them than this means that
/// it should be two patterns, one a kind of the other.
const ROWS_MAX: usize = 2048;

impl PhraseRules {
    /// The rules of a topic in a language, with those of every language before
    /// them; and what the words' files say of the topic's own, in that order.
    pub(crate) fn read<Own: DeserializeOwned>(
        packs: &Packs,
        tag: &str,
        topic: &str,
    ) -> Result<(Self, Vec<Own>), PackError> {
        let mut made = Self {
            language: tag.to_owned(),
            ..Self::default()
        };
        let mut own = Vec::new();
        let mut codes = BTreeSet::new();
        for folder in ["any", tag] {
            for name in [
                "counting".to_owned(),
                format!("{topic}/words"),
                format!("{topic}/countries"),
            ] {
                let path = format!("languages/{folder}/{name}.toml");
                // A language may know nothing of a topic yet.
                if packs.files().text(&path)?.is_some() {
                    own.extend(made.read_words(packs, &path, &mut codes)?);
                }
            }
        }
        // A language's own patterns come first: they know more.
        for folder in [tag, "any"] {
            let below = format!("languages/{folder}/{topic}/");
            let paths: Vec<String> = packs
                .files()
                .paths()
                .filter(|path| path.starts_with(&below) && !is_words(&path[below.len()..]))
                .map(str::to_owned)
                .collect();
            for path in paths {
                made.read_patterns(packs, &path)?;
            }
        }
        Ok((made, own))
    }

    fn read_words<Own: DeserializeOwned>(
        &mut self,
        packs: &Packs,
        path: &str,
        codes: &mut BTreeSet<String>,
    ) -> Result<Option<Own>, PackError> {
        let raw: RawWords = packs.files().parse(path)?;
        let text = packs.files().text(path)?.unwrap_or_default();
        self.core.extend(raw.core);
        self.whole.extend(raw.whole);
        codes.extend(raw.codes);
        for (class, worths) in raw.class {
            for (worth, forms) in worths {
                let number = if codes.contains(&class) {
                    Some(self.code(&worth))
                } else {
                    unit_number(&worth).or_else(|| worth.parse().ok())
                };
                let number = number.ok_or_else(|| {
                    PackError::about(
                        path,
                        text,
                        &worth,
                        format!("`{worth}` in [class.{class}] is neither a number nor a unit"),
                        "write what the words are worth as a whole number, or a unit of time",
                    )
                })?;
                // Endings are told apart by their accents: `hablara`, `hablará`.
                let ending = class.ends_with("-ending");
                let write = |form: &String| if ending { form.clone() } else { folded(form) };
                if let (true, Some(lemma)) = (codes.contains(&class), forms.first()) {
                    self.lemmas.entry(number).or_insert_with(|| lemma.clone());
                }
                let words = self.classes.entry(class.clone()).or_default();
                words.extend(forms.iter().map(|form| (write(form), number)));
            }
        }
        let own = raw.own.map(|own| {
            own.try_into().map_err(|error: toml::de::Error| {
                PackError::about(
                    path,
                    text,
                    "own",
                    error.message().to_owned(),
                    "see the comments at the head of the file for what may stand here",
                )
            })
        });
        own.transpose()
    }

    /// What a code is worth; a new one is put behind the others.
    pub(crate) fn code(&mut self, code: &str) -> i64 {
        let at = self.symbols.iter().position(|known| known == code);
        let at = at.unwrap_or_else(|| {
            self.symbols.push(code.to_owned());
            self.symbols.len() - 1
        });
        i64::try_from(at).unwrap_or(i64::MAX)
    }

    fn read_patterns(&mut self, packs: &Packs, path: &str) -> Result<(), PackError> {
        let raw: RawPatterns = packs.files().parse(path)?;
        let text = packs.files().text(path)?.unwrap_or_default();
        for pattern in raw.pattern {
            let mut rows = Vec::new();
            for written in &pattern.matches {
                let found = rows_of(written).ok_or_else(|| {
                    PackError::about(
                        path,
                        text,
                        &pattern.name,
                        format!("`{written}` of {} cannot be read", pattern.name),
                        "write words, {slots}, groups in ( | ) and ? after what may be left out",
                    )
                })?;
                rows.extend(found);
            }
            rows.sort();
            rows.dedup();
            if self.patterns.iter().any(|other| other.name == pattern.name) {
                let message = format!("a second pattern is named {}", pattern.name);
                return Err(PackError::about(
                    path,
                    text,
                    &pattern.name,
                    message,
                    "name it anew",
                ));
            }
            for setting in pattern.with.values() {
                if let Setting::Word(code) = setting {
                    self.code(code);
                }
            }
            self.patterns.push(PhrasePattern {
                name: pattern.name,
                file: path.to_owned(),
                makes: pattern.makes,
                primitive: pattern.is,
                with: pattern.with,
                rows,
                examples: pattern.examples,
                near_misses: pattern.near_misses,
            });
        }
        Ok(())
    }
}

/// Units of time by name, in the numbers that stand for them in classes.
pub const UNITS: [&str; 15] = [
    "second",
    "minute",
    "hour",
    "day",
    "business-day",
    "week",
    "weekend",
    "fortnight",
    "month",
    "quarter",
    "half-year",
    "year",
    "decade",
    "century",
    "night",
];

/// The files of a folder that hold no patterns.
fn is_words(name: &str) -> bool {
    matches!(name, "words.toml" | "countries.toml" | "currencies.toml")
}

fn unit_number(name: &str) -> Option<i64> {
    let at = UNITS.iter().position(|unit| *unit == name)?;
    i64::try_from(at).ok()
}

fn folded(word: &str) -> String {
    word.chars().map(fold::base).collect()
}

/// All rows that a written pattern stands for.
fn rows_of(written: &str) -> Option<Vec<Vec<PhraseStep>>> {
    let signs: Vec<char> = written.chars().collect();
    let mut at = 0;
    let rows = choice(&signs, &mut at)?;
    (at == signs.len()).then_some(rows)
}

/// `a | b`, up to the end or a closing bracket.
fn choice(signs: &[char], at: &mut usize) -> Option<Vec<Vec<PhraseStep>>> {
    let mut rows = row(signs, at)?;
    while signs.get(*at) == Some(&'|') {
        *at += 1;
        rows.extend(row(signs, at)?);
    }
    Some(rows)
}

fn row(signs: &[char], at: &mut usize) -> Option<Vec<Vec<PhraseStep>>> {
    let mut rows: Vec<Vec<PhraseStep>> = vec![Vec::new()];
    loop {
        while signs.get(*at).is_some_and(|c| c.is_whitespace()) {
            *at += 1;
        }
        let mut ends = match signs.get(*at) {
            None | Some('|' | ')') => return Some(rows),
            Some('(') => {
                *at += 1;
                let inner = choice(signs, at)?;
                if signs.get(*at) != Some(&')') {
                    return None;
                }
                *at += 1;
                inner
            }
            Some('{') => {
                let close = signs[*at..].iter().position(|c| *c == '}')?;
                let inside: String = signs[*at + 1..*at + close].iter().collect();
                *at += close + 1;
                let (name, kinds) = inside.split_once(':').unwrap_or((&inside, &inside));
                let slot = |kind: &str| {
                    vec![PhraseStep::Slot {
                        name: name.trim().to_owned(),
                        kind: kind.trim().to_owned(),
                    }]
                };
                kinds.split('|').map(slot).collect()
            }
            Some('\\') => {
                *at += 2;
                vec![vec![PhraseStep::Sign(*signs.get(*at - 1)?)]]
            }
            Some(c) if c.is_alphabetic() => {
                let from = *at;
                while signs
                    .get(*at)
                    .is_some_and(|c| c.is_alphabetic() || *c == '\'')
                {
                    *at += 1;
                }
                let word: String = signs[from..*at].iter().collect();
                vec![vec![PhraseStep::Word(folded(&word))]]
            }
            Some(c) => {
                *at += 1;
                // `'s` after a name is a word; any other sign is itself.
                if *c == '\'' && signs.get(*at) == Some(&'s') {
                    *at += 1;
                    vec![vec![PhraseStep::Word("'s".to_owned())]]
                } else {
                    vec![vec![PhraseStep::Sign(*c)]]
                }
            }
        };
        if signs.get(*at) == Some(&'?') {
            *at += 1;
            ends.push(Vec::new());
        }
        if rows.len() * ends.len() > ROWS_MAX {
            return None;
        }
        rows = rows
            .iter()
            .flat_map(|row| ends.iter().map(|end| [row.clone(), end.clone()].concat()))
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use super::{PhraseStep, rows_of};

    #[test]
    fn a_pattern_stands_for_its_rows() {
        let rows = rows_of("the? (end|start) of {p:month|year} ,?").unwrap();
        assert_eq!(rows.len(), 2 * 2 * 2 * 2);
        assert!(rows.contains(&vec![
            PhraseStep::Word("start".to_owned()),
            PhraseStep::Word("of".to_owned()),
            PhraseStep::Slot {
                name: "p".to_owned(),
                kind: "year".to_owned()
            },
            PhraseStep::Sign(','),
        ]));
        assert_eq!(rows_of("the (end"), None);
        assert_eq!(rows_of("año").unwrap(), rows_of("ano").unwrap());
    }
}
