//! What a language knows of times (`languages/*/times`): words and patterns.
//!
//! A word belongs to classes (`month`, `unit`, `which`) and has a worth in each.
//! A pattern says which row of words, classes and lower kinds makes a time, and
//! which named primitive reckons its worth. This file reads and checks them;
//! what a primitive does is the business of the room of claims.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::fold;
use crate::{DateOrder, PackError, Packs};

/// Words and patterns of one language, those of every language included.
#[derive(Debug, Clone)]
pub struct TimeRules {
    /// Tag of the language.
    pub language: String,
    /// How its writers order a date of three numbers.
    pub date_order: DateOrder,
    /// Words by class: the folded form and what it is worth there.
    pub classes: BTreeMap<String, Vec<(String, i64)>>,
    /// Classes of which one word must stand in whatever is a time.
    pub core: BTreeSet<String>,
    /// Patterns in their order: where two match the same words, the first wins.
    pub patterns: Vec<TimePattern>,
    /// Kinds of patterns that stand for a time by themselves, best first.
    pub times: Vec<String>,
    /// When fiscal years start; the last that fits a year holds.
    pub fiscal: Vec<FiscalYear>,
    /// The day on which the examples are read.
    pub example_day: String,
}

/// When the fiscal year starts from some year on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiscalYear {
    /// First fiscal year it holds for.
    pub since: i32,
    /// Month it starts in, in the calendar year before the one it is named by;
    /// 1 when it is the calendar year.
    pub starts: u8,
}

/// One pattern.
#[derive(Debug, Clone)]
pub struct TimePattern {
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
    pub rows: Vec<Vec<TimeStep>>,
    /// Texts that are wholly one time by this pattern; after `=>` its EDTF.
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
    /// A word of the primitive's own.
    Word(String),
}

/// One step of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeStep {
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
    times: Vec<String>,
    #[serde(default)]
    fiscal: Vec<FiscalYear>,
    #[serde(default)]
    example_day: Option<String>,
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

impl TimeRules {
    /// The rules of a language, with those of every language before them.
    ///
    /// # Errors
    /// What is wrong in a file, with its line.
    pub fn read(packs: &Packs, tag: &str) -> Result<Self, PackError> {
        let mut made = Self {
            language: tag.to_owned(),
            date_order: DateOrder::Unsure,
            classes: BTreeMap::new(),
            core: BTreeSet::new(),
            patterns: Vec::new(),
            times: Vec::new(),
            fiscal: Vec::new(),
            example_day: String::new(),
        };
        if let Some(language) = packs.language(tag) {
            made.date_order = language.date_order;
            let months = made.classes.entry("month".to_owned()).or_default();
            for (i, names) in language.months.iter().enumerate() {
                let number = i64::try_from(i + 1).unwrap_or_default();
                months.extend(names.iter().map(|name| (name.clone(), number)));
            }
        }
        for folder in ["any", tag] {
            made.read_words(packs, folder)?;
        }
        // A language's own patterns come first: they know more.
        for folder in [tag, "any"] {
            let below = format!("languages/{folder}/times/");
            let words = format!("{below}words.toml");
            let paths: Vec<String> = packs
                .files()
                .paths()
                .filter(|path| path.starts_with(&below) && *path != words)
                .map(str::to_owned)
                .collect();
            for path in paths {
                made.read_patterns(packs, &path)?;
            }
        }
        Ok(made)
    }

    fn read_words(&mut self, packs: &Packs, folder: &str) -> Result<(), PackError> {
        let path = format!("languages/{folder}/times/words.toml");
        // A language may know nothing of times yet.
        if packs.files().text(&path)?.is_none() {
            return Ok(());
        }
        let raw: RawWords = packs.files().parse(&path)?;
        self.core.extend(raw.core);
        self.times.extend(raw.times);
        if !raw.fiscal.is_empty() {
            self.fiscal = raw.fiscal;
        }
        if let Some(day) = raw.example_day {
            self.example_day = day;
        }
        let text = packs.files().text(&path)?.unwrap_or_default();
        for (class, worths) in raw.class {
            let words = self.classes.entry(class.clone()).or_default();
            for (worth, forms) in worths {
                let number = unit_number(&worth)
                    .or_else(|| worth.parse().ok())
                    .ok_or_else(|| {
                        PackError::about(
                            &path,
                            text,
                            &worth,
                            format!("`{worth}` in [class.{class}] is neither a number nor a unit"),
                            "write what the words are worth as a whole number, or a unit of time",
                        )
                    })?;
                // Endings are told apart by their accents: `hablara`, `hablará`.
                let ending = class.ends_with("-ending");
                let write = |form: &String| if ending { form.clone() } else { folded(form) };
                words.extend(forms.iter().map(|form| (write(form), number)));
            }
        }
        Ok(())
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
            self.patterns.push(TimePattern {
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

fn unit_number(name: &str) -> Option<i64> {
    let at = UNITS.iter().position(|unit| *unit == name)?;
    i64::try_from(at).ok()
}

fn folded(word: &str) -> String {
    word.chars().map(fold::base).collect()
}

/// All rows that a written pattern stands for.
fn rows_of(written: &str) -> Option<Vec<Vec<TimeStep>>> {
    let signs: Vec<char> = written.chars().collect();
    let mut at = 0;
    let rows = choice(&signs, &mut at)?;
    (at == signs.len()).then_some(rows)
}

/// `a | b`, up to the end or a closing bracket.
fn choice(signs: &[char], at: &mut usize) -> Option<Vec<Vec<TimeStep>>> {
    let mut rows = row(signs, at)?;
    while signs.get(*at) == Some(&'|') {
        *at += 1;
        rows.extend(row(signs, at)?);
    }
    Some(rows)
}

fn row(signs: &[char], at: &mut usize) -> Option<Vec<Vec<TimeStep>>> {
    let mut rows: Vec<Vec<TimeStep>> = vec![Vec::new()];
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
                    vec![TimeStep::Slot {
                        name: name.trim().to_owned(),
                        kind: kind.trim().to_owned(),
                    }]
                };
                kinds.split('|').map(slot).collect()
            }
            Some('\\') => {
                *at += 2;
                vec![vec![TimeStep::Sign(*signs.get(*at - 1)?)]]
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
                vec![vec![TimeStep::Word(folded(&word))]]
            }
            Some(c) => {
                *at += 1;
                // `'s` after a name is a word; any other sign is itself.
                if *c == '\'' && signs.get(*at) == Some(&'s') {
                    *at += 1;
                    vec![vec![TimeStep::Word("'s".to_owned())]]
                } else {
                    vec![vec![TimeStep::Sign(*c)]]
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
    use super::{TimeStep, rows_of};

    #[test]
    fn a_pattern_stands_for_its_rows() {
        let rows = rows_of("the? (end|start) of {p:month|year} ,?").unwrap();
        assert_eq!(rows.len(), 2 * 2 * 2 * 2);
        assert!(rows.contains(&vec![
            TimeStep::Word("start".to_owned()),
            TimeStep::Word("of".to_owned()),
            TimeStep::Slot {
                name: "p".to_owned(),
                kind: "year".to_owned()
            },
            TimeStep::Sign(','),
        ]));
        assert_eq!(rows_of("the (end"), None);
        assert_eq!(rows_of("año").unwrap(), rows_of("ano").unwrap());
    }
}
