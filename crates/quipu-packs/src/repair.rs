//! Repair rules (`languages/*/repair.toml`): which damage there is, how it
//! shows, and the words that prove each rule. The engines that carry them out
//! live in the reading room.

use std::collections::BTreeMap;

use quipu_model::RepairKind;
use serde::Deserialize;

use crate::PackError;

/// One rule of repair.
#[derive(Debug)]
pub struct RepairRule {
    /// `en.repair.mac-quote`; begins with the language it is gated by.
    pub name: String,
    /// Tag of the pack it stands in: `any`, or the language its sentence must have.
    pub language: String,
    /// What damage it mends, in a sentence.
    pub says: String,
    /// The kind its edits carry.
    pub kind: RepairKind,
    /// The primitive that carries it out.
    pub engine: Engine,
    /// The charset the text really was in.
    pub was: Option<String>,
    /// The charset it was read in.
    pub read_as: Option<String>,
    /// Signs, and what each becomes.
    pub signs: BTreeMap<String, String>,
    /// Word endings, openings or other words the engine asks for.
    pub words: Vec<String>,
    /// Damaged texts and what they become.
    pub examples: Vec<Example>,
    /// Texts that look alike and must stay as they are.
    pub near_misses: Vec<String>,
}

/// A damaged text and what it must become under the whole of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// As found.
    pub text: String,
    /// As repaired.
    pub becomes: String,
}

/// Primitives that repair rules may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    /// Characters that are the bytes of UTF-8 read in the charset `read_as`.
    Utf8Sequences,
    /// A letter whose second byte was lost, put back where only one word fits:
    /// `signs` gives the stray sign and the letter.
    LostByte,
    /// Words of the one-byte charset `was` read in `read_as`.
    Words,
    /// Control characters that are bytes of the charset `was`.
    Controls,
    /// A letter that stands for an apostrophe before one of `words`.
    Apostrophes,
    /// Two letters (first and second of `words`) that stand for a pair of
    /// quotation marks (third and fourth).
    Quotes,
    /// A sign alone between spaces that stands for another.
    Alone,
    /// A sign inside or behind a lower-case word that stands for another.
    Inside,
    /// Signs that always become something else.
    Signs,
    /// Names of mark-up entities: `&amp;`.
    Entities,
    /// Characters written as their number: `<195>`, in the charsets of `words`.
    Numbers,
    /// Characters written as `\u00f3`.
    Escapes,
    /// A word cut at the end of a line.
    LineEnds,
    /// Words whose letters are parted by spaces.
    LetterSpacing,
    /// Letters that OCR takes for one another.
    Confusions,
    /// Letters inside a number that OCR took for digits.
    Digits,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRules {
    #[serde(default)]
    pub(crate) rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRule {
    name: String,
    says: String,
    kind: String,
    engine: Engine,
    was: Option<String>,
    read_as: Option<String>,
    #[serde(default)]
    signs: BTreeMap<String, String>,
    #[serde(default)]
    words: Vec<String>,
    examples: Vec<Example>,
    near_misses: Vec<String>,
}

impl RepairRule {
    pub(crate) fn read(
        raw: RawRule,
        language: &str,
        file: &str,
        text: &str,
        charsets: &[crate::Charset],
    ) -> Result<Self, PackError> {
        let wrong = |message: String, instead: &str| {
            Err(PackError::about(file, text, &raw.name, message, instead))
        };
        if !raw.name.starts_with(&format!("{language}.repair.")) {
            let instead = format!("begin the name with `{language}.repair.`");
            return wrong(
                format!("`{}` is no name of a rule here", raw.name),
                &instead,
            );
        }
        let Some(kind) = RepairKind::from_word(&raw.kind) else {
            let words: Vec<&str> = RepairKind::ALL.iter().map(|kind| kind.word()).collect();
            let instead = format!("write one of {}", words.join(", "));
            return wrong(format!("`{}` is no kind of repair", raw.kind), &instead);
        };
        let needs_was = matches!(raw.engine, Engine::Words | Engine::Controls);
        let needs_read_as = matches!(raw.engine, Engine::Words | Engine::Utf8Sequences);
        for (name, needed) in [(&raw.was, needs_was), (&raw.read_as, needs_read_as)] {
            let known = name
                .as_ref()
                .is_some_and(|name| charsets.iter().any(|charset| charset.name() == name));
            if needed && !known {
                return wrong(
                    format!("{} names no charset", raw.name),
                    "give `was` and `read_as` as this engine asks, from languages/any/charsets.toml",
                );
            }
        }
        if raw.engine == Engine::Quotes && raw.words.len() != 4 {
            return wrong(
                format!("{} needs four signs", raw.name),
                "write `words = [open as found, close as found, open, close]`",
            );
        }
        if raw.examples.is_empty() || raw.near_misses.is_empty() {
            return wrong(
                format!("{} proves nothing", raw.name),
                "give at least one of `examples` and one of `near_misses`",
            );
        }
        Ok(Self {
            language: language.to_owned(),
            name: raw.name,
            says: raw.says,
            kind,
            engine: raw.engine,
            was: raw.was,
            read_as: raw.read_as,
            signs: raw.signs,
            words: raw.words,
            examples: raw.examples,
            near_misses: raw.near_misses,
        })
    }
}
