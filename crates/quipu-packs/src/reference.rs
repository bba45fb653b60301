//! Reference inside a document (`languages/*/reference.toml`): which words stand
//! for somebody told elsewhere, and what they say of whom they stand for. The
//! sieves that carry the rules out live in the claims room.

use std::collections::BTreeSet;

use quipu_model::NameKind;
use serde::Deserialize;

use crate::{PackError, Packs};

/// What a pack knows of reference.
#[derive(Debug, Clone, Default)]
pub struct ReferenceRules {
    /// The rules, those of every language first.
    pub rules: Vec<ReferenceRule>,
}

/// One rule of reference.
#[derive(Debug, Clone)]
pub struct ReferenceRule {
    /// `en.reference.he`; begins with the language whose sentences it is for.
    pub name: String,
    /// What it concludes, in a sentence.
    pub says: String,
    /// What carries it out.
    pub engine: ReferenceEngine,
    /// Words, in lower case; lemmas for nouns and verbs, forms for pronouns.
    pub words: Vec<String>,
    /// Spellings of one name each, for [`ReferenceEngine::Same`].
    pub sets: Vec<Vec<String>>,
    /// Endings of words.
    pub endings: Vec<String>,
    /// Words that are none of them.
    pub unless: BTreeSet<String>,
    /// What the words say of whom they stand for.
    pub agreement: Agreement,
    /// Kind of names, for [`ReferenceEngine::Sort`].
    pub kind: Option<NameKind>,
    /// Texts with marks (`[1 Ana Coll] left. [1 She] …`): marks of one number stand
    /// for one, marks of different numbers for different ones.
    pub examples: Vec<String>,
    /// The same, where the rule must not tie what it seems to tie.
    pub near_misses: Vec<String>,
}

/// Number, gender, person and life, as far as words tell them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Agreement {
    /// Grammatical person, 1 to 3.
    pub person: Option<u8>,
    /// One or several.
    pub plural: Option<bool>,
    /// Masculine or feminine.
    pub gender: Option<Gender>,
    /// Whether it can act: a person, or a body of persons.
    pub animate: Option<bool>,
}

/// Gender of a word or of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// He, él.
    Masculine,
    /// She, ella.
    Feminine,
}

/// What carries a rule of reference out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceEngine {
    /// `words` (forms) stand for somebody told before.
    Pronoun,
    /// `words` (forms) before a noun say whose it is.
    Possessive,
    /// `words` (forms) stand for the subject of their own clause.
    Reflexive,
    /// A third person that hangs on one of `words` (lemmas) stands for nothing.
    Expletive,
    /// `words` (lemmas), or nouns with one of `endings`, are nouns and titles of
    /// persons, where told of one gender.
    Person,
    /// `words`, or words with one of `endings`, are given names, where told of
    /// one gender.
    Given,
    /// `words` (lemmas) in the singular can be told as *they*.
    Collective,
    /// `words` (lemmas) are said of a name of `kind` later: *the country*.
    Sort,
    /// Between two names or behind one, `words` tell that both are of one:
    /// *alias*, *whose real name was*.
    Alias,
    /// `words` (lemmas) before a noun say that it is another one: *another*.
    Other,
    /// `words` (forms in a row) stand for the first of two told together.
    Former,
    /// `words` (forms in a row) stand for the last of two told together.
    Latter,
    /// `words` (lemmas) with a determiner of the first person or a pointing one
    /// are the author: *this Embassy*.
    Author,
    /// Each of `sets` holds spellings of one name.
    Same,
    /// `words` between the parts of a name that say nothing: *de la*.
    Particle,
    /// A finite verb may tell its subject alone; `words` (lemmas) are verbs that
    /// have none.
    Silent,
    /// A sieve in code, which needs no words; the rule is its name, and its
    /// examples show what it ties.
    Sieve,
    /// `words` (forms) that determine a noun phrase which stands for nobody in
    /// particular: *every*, *no*.
    Nobody,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReference {
    #[serde(default)]
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    name: String,
    says: String,
    engine: ReferenceEngine,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    sets: Vec<Vec<String>>,
    #[serde(default)]
    endings: Vec<String>,
    #[serde(default)]
    unless: BTreeSet<String>,
    person: Option<u8>,
    plural: Option<bool>,
    gender: Option<Gender>,
    animate: Option<bool>,
    kind: Option<String>,
    examples: Vec<String>,
    near_misses: Vec<String>,
}

impl ReferenceRules {
    /// What the packs know of reference in a language.
    ///
    /// # Errors
    /// What is wrong in a file, with its line.
    pub fn read(packs: &Packs, tag: &str) -> Result<Self, PackError> {
        let mut made = Self::default();
        let mut names = BTreeSet::new();
        for folder in ["any", tag] {
            let path = format!("languages/{folder}/reference.toml");
            let raw: RawReference = packs.files().parse(&path)?;
            let text = packs.files().text(&path)?.unwrap_or_default();
            for raw in raw.rule {
                let name = raw.name.clone();
                let rule = raw.read(folder).map_err(|(message, instead)| {
                    PackError::about(&path, text, &name, message, instead)
                })?;
                if !names.insert(name.clone()) {
                    let message = format!("a second rule is named {name}");
                    return Err(PackError::about(
                        &path,
                        text,
                        &name,
                        message,
                        "name it anew",
                    ));
                }
                made.rules.push(rule);
            }
        }
        Ok(made)
    }
}

impl RawRule {
    fn read(self, tag: &str) -> Result<ReferenceRule, (String, &'static str)> {
        if !self.name.starts_with(&format!("{tag}.reference.")) {
            let message = format!("`{}` is no name of a rule here", self.name);
            return Err((message, "begin it with the language and `.reference.`"));
        }
        if self.examples.is_empty() || self.near_misses.is_empty() {
            let message = format!("{} proves nothing", self.name);
            let instead = "give at least one of `examples` and one of `near_misses`";
            return Err((message, instead));
        }
        let sets = self.engine == ReferenceEngine::Same;
        let silent = sets || self.engine == ReferenceEngine::Sieve;
        let worded = !self.words.is_empty() || !self.endings.is_empty();
        if silent == worded || sets == self.sets.is_empty() {
            let message = format!("{} names no word", self.name);
            let instead = "give `words`; the engine `same` reads `sets` instead";
            return Err((message, instead));
        }
        let kind = self.kind.as_deref().map(NameKind::from_word);
        if kind == Some(None) || kind.is_some() != (self.engine == ReferenceEngine::Sort) {
            let message = format!("{} is wrong about the kind of names", self.name);
            let instead = "only the engine `sort` reads `kind`, one of PER, ORG and LOC";
            return Err((message, instead));
        }
        let lower = |word: String| word.to_lowercase();
        Ok(ReferenceRule {
            name: self.name,
            says: self.says,
            engine: self.engine,
            words: self.words.into_iter().map(lower).collect(),
            sets: self.sets,
            endings: self.endings,
            unless: self.unless,
            agreement: Agreement {
                person: self.person,
                plural: self.plural,
                gender: self.gender,
                animate: self.animate,
            },
            kind: kind.flatten(),
            examples: self.examples,
            near_misses: self.near_misses,
        })
    }
}
