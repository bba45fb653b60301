//! Words of saying (`languages/*/sayings.toml`): what says that somebody says,
//! believes, orders or denies something, and what that does to the thing said.

use std::collections::{BTreeMap, BTreeSet};

use quipu_model::Standing;
use serde::Deserialize;

use crate::{PackError, Packs};

/// What a negated cue does to what it brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Negated {
    /// The negation is that of the content: `does not believe that`.
    Inside,
    /// The author grants the content: `did not mention that`, `does not know that`.
    #[default]
    Granted,
}

/// How far the content of a formula goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Until {
    /// The end of the paragraph.
    #[default]
    Paragraph,
    /// The next formula of the rule, or the end of the text.
    Formula,
    /// The whole text, before the formula too.
    Text,
}

/// One rule of saying.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saying {
    /// Such as `en.saying.say`.
    pub name: String,
    /// What it recognises, in one plain sentence.
    pub says: String,
    /// Verbs and adjectives that bring a clause or a quotation, by lemma.
    #[serde(default)]
    pub verbs: BTreeSet<String>,
    /// Nouns that bring a clause: `the claim that`.
    #[serde(default)]
    pub nouns: BTreeSet<String>,
    /// Case words whose phrase names who says it: `according to`.
    #[serde(default)]
    pub phrases: BTreeSet<String>,
    /// Words that say that it is said, without who: `allegedly`, `presunto`.
    #[serde(default)]
    pub particles: BTreeSet<String>,
    /// Stretches of words, as written, behind which all is said: `DIJO:`.
    #[serde(default)]
    pub formulas: Vec<String>,
    /// How far that goes.
    #[serde(default)]
    pub until: Until,
    /// Stretches of words, in lower case, behind which the speaker of the formulas
    /// is named.
    #[serde(default)]
    pub speaker_behind: Vec<String>,
    /// Nouns that head the name of the speaker of the formulas.
    #[serde(default)]
    pub speaker_nouns: BTreeSet<String>,
    /// How what is said stands.
    #[serde(deserialize_with = "standing")]
    pub standing: Standing,
    /// How it stands in the author's first person; asserted where nothing is told.
    #[serde(default, deserialize_with = "maybe_standing")]
    pub mine: Option<Standing>,
    /// How it stands where nobody is named who says it: `is believed to`.
    #[serde(default, deserialize_with = "maybe_standing")]
    pub unnamed: Option<Standing>,
    /// How it stands if a word of `formal_nouns` heads its source: a court finds.
    #[serde(default, deserialize_with = "maybe_standing")]
    pub formal: Option<Standing>,
    /// Nouns of those who speak with that weight.
    #[serde(default)]
    pub formal_nouns: BTreeSet<String>,
    /// How an infinitive stands that it brings, where that is not `standing`.
    #[serde(default, deserialize_with = "maybe_standing")]
    pub infinitive: Option<Standing>,
    /// Whether the content is the contrary of what is maintained: `deny`.
    #[serde(default)]
    pub contrary: bool,
    /// Whether it answers for its content: `forced him to leave` does not.
    #[serde(default = "yes")]
    pub holder: bool,
    /// Whether it answers even for its own deed: `promised to pay`.
    #[serde(default)]
    pub own: bool,
    /// Whether its noun too is only wanted: `wants two boats` lies ahead.
    #[serde(default)]
    pub wants: bool,
    /// Whether words between quotation marks may be its content.
    #[serde(default)]
    pub quotes: bool,
    /// Whether it is read from the perfect conditional without an if: `habría`.
    #[serde(default)]
    pub rumour: bool,
    /// What its negation does.
    #[serde(default)]
    pub negated: Negated,
    /// Case words of whom it was heard from: `heard from`.
    #[serde(default)]
    pub from: BTreeSet<String>,
    /// Sentences with what must be read from them.
    pub examples: Vec<SayingExample>,
    /// Sentences in which it must read nothing.
    pub near_misses: Vec<String>,
}

/// A sentence with the attribution that must be read from it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SayingExample {
    /// The sentence or sentences.
    pub text: String,
    /// The words of the source; nothing where nobody is named.
    #[serde(default)]
    pub source: Option<String>,
    /// The words of the content, its stretches joined by ` … `.
    pub content: String,
}

/// What a language knows of sayings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sayings {
    /// Words of the author's own person, in lower case: `i`, `we`.
    pub first_person: BTreeSet<String>,
    /// Phrases by which authors mean themselves, in lower case: `this embassy`.
    pub author: BTreeSet<String>,
    /// Markers of a clause that tells who says the rest: `as Paz said`.
    pub as_marks: BTreeSet<String>,
    /// Helpers of the perfect: behind a word of possibility they look back.
    pub perfect: BTreeSet<String>,
    /// Forms of words of possibility that say no more than ability: `can`.
    pub ability: BTreeSet<String>,
    /// The rules.
    pub saying: Vec<Saying>,
    /// Thousandths of factuality by what the clause shows; see the decision page.
    pub factuality: BTreeMap<String, i32>,
}

const fn yes() -> bool {
    true
}

fn standing<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Standing, D::Error> {
    let word = String::deserialize(from)?;
    Standing::from_word(&word)
        .ok_or_else(|| serde::de::Error::custom(format!("`{word}` is no standing")))
}

fn maybe_standing<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Standing>, D::Error> {
    standing(from).map(Some)
}

impl Sayings {
    /// The sayings of a language.
    ///
    /// # Errors
    /// What is wrong in the file, with its line.
    pub fn read(packs: &Packs, tag: &str) -> Result<Self, PackError> {
        let path = format!("languages/{tag}/sayings.toml");
        let files = packs.files();
        let made: Self = files.parse(&path)?;
        let text = files.text(&path)?.unwrap_or_default();
        let mut names = BTreeSet::new();
        for saying in &made.saying {
            let wrong = |message: String, instead: &str| {
                Err(PackError::about(
                    &path,
                    text,
                    &saying.name,
                    message,
                    instead,
                ))
            };
            if !saying.name.starts_with(&format!("{tag}.saying.")) {
                let message = format!("the name `{}` does not begin so", saying.name);
                return wrong(message, "name a saying LANG.saying.WHAT");
            }
            if !names.insert(&saying.name) {
                let message = format!("a second saying is named {}", saying.name);
                return wrong(message, "name it anew");
            }
            if saying.examples.is_empty() || saying.near_misses.is_empty() {
                let message = "it lacks an example or a near miss".to_owned();
                return wrong(message, "write at least one of each");
            }
            if saying.says.trim().is_empty() {
                let message = "it does not say what it recognises".to_owned();
                return wrong(message, "write `says`");
            }
        }
        Ok(made)
    }
}
