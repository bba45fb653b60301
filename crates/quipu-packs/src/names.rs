//! Rules of names (`languages/*/names.toml`): what stands beside a name and is no
//! part of it, what joins the parts of one, which short form goes with which long
//! one. The engines that carry them out live in the annotating room.

use quipu_model::NameKind;
use serde::Deserialize;

use crate::{Example, PackError};

/// What a pack knows of names.
#[derive(Debug)]
pub struct NameSheet {
    /// Tag of the pack: `any`, or the language whose sentences it is for.
    pub language: String,
    /// Words that several rules ask for.
    pub lists: NameLists,
    /// The rules, in the order of the file.
    pub rules: Vec<NameRule>,
}

/// Words that several rules of a pack ask for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameLists {
    /// Articles that open a post: *the* head of the agency.
    #[serde(default)]
    pub articles: Vec<String>,
    /// Words before a post that are no part of it: *former* head of the agency.
    #[serde(default)]
    pub times: Vec<String>,
    /// Words that tie a post to what it is a post of: head *of* the agency.
    #[serde(default)]
    pub links: Vec<String>,
    /// Words that belong to a post and stand before its first noun: *deputy* head.
    #[serde(default)]
    pub openings: Vec<String>,
    /// Words that belong to a post and stand behind one of its nouns: attorney
    /// *general*.
    #[serde(default)]
    pub qualities: Vec<String>,
    /// What one can hold a post of, where it is written with a capital and only
    /// the list can tell it from a name: Secretary of *State*.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Words that the letters of a short form pass over: Bureau *of* Investigation.
    #[serde(default)]
    pub passed_over: Vec<String>,
    /// Pairs of quotation marks, each as two signs parted by a blank.
    #[serde(default)]
    pub quotes: Vec<String>,
}

/// One rule of names.
#[derive(Debug)]
pub struct NameRule {
    /// `es.name.rank`; begins with the language whose sentences it is for.
    pub name: String,
    /// What it concludes, in a sentence.
    pub says: String,
    /// The primitive that carries it out.
    pub engine: NameEngine,
    /// Words and phrases the engine asks for. One that begins with a capital is
    /// only met with one.
    pub words: Vec<String>,
    /// Endings of words, where the engine asks for such.
    pub endings: Vec<String>,
    /// Words and phrases that look alike and are none.
    pub unless: Vec<String>,
    /// Words that with a capital are names of places too.
    pub places: Vec<String>,
    /// The kind of names the engine works on, where it asks for one.
    pub kind: Option<NameKind>,
    /// What the network may say, and what must become of it.
    pub examples: Vec<Example>,
    /// What the network may say, and where this rule must keep still.
    pub near_misses: Vec<String>,
}

/// Primitives that rules of names may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameEngine {
    /// One of `words` before a person's name stands beside it.
    Title,
    /// A phrase that begins with one of `words` and goes on as posts do stands
    /// beside a person's name, before it or behind a comma.
    Post,
    /// `words` between two parts of a person's name join them.
    Particle,
    /// One of `words` before a hyphen joins what stands behind it.
    Hyphen,
    /// One of `words` behind a name of `kind`, with or without a comma, ends it.
    Suffix,
    /// A surname with one of `words` in its middle: `unless` lists the surnames
    /// that are one; any other such name is two.
    Surnames,
    /// Initials between two parts of a name, or between a title and a name, belong
    /// to it.
    Initial,
    /// A nickname in quotation marks between two parts of a name joins them.
    Nickname,
    /// A nickname in quotation marks behind a name and one of `words`.
    Alias,
    /// A short form beside its long one, in brackets or behind one of `words`.
    Acronym,
    /// Capitals in brackets behind the name of a body are its short form, whatever
    /// its letters, `unless` they are of a list.
    BracketedAcronym,
    /// One of `words` may stand in the brackets of a short form, which then need
    /// not be made of the initials.
    ForeignAcronym,
    /// What stands behind one of `words` and looks like a person is a place.
    Place,
    /// One of `words`, or a word with one of `endings`, is of a people and not
    /// the name of a place. `unless` are words that persons are called too.
    Demonym,
    /// What ends with one of `endings` is the name of a file, and nobody's.
    File,
    /// A surname, a comma and given names, alone in quotation marks or before one
    /// of `words`, are one person.
    Inverted,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNames {
    #[serde(default)]
    lists: NameLists,
    #[serde(default)]
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    name: String,
    says: String,
    engine: NameEngine,
    #[serde(default)]
    words: Vec<String>,
    /// Beginnings that stand with every one of `forms`: peruan- with -o and -a.
    #[serde(default)]
    stems: Vec<String>,
    #[serde(default)]
    forms: Vec<String>,
    #[serde(default)]
    endings: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    places: Vec<String>,
    kind: Option<String>,
    examples: Vec<Example>,
    near_misses: Vec<String>,
}

impl NameSheet {
    pub(crate) fn read(
        raw: RawNames,
        language: &str,
        file: &str,
        text: &str,
    ) -> Result<Self, PackError> {
        let mut rules = Vec::with_capacity(raw.rule.len());
        for raw in raw.rule {
            rules.push(rule(raw, language, file, text)?);
        }
        let pair = |quotes: &String| quotes.split(' ').count() == 2;
        if let Some(wrong) = raw.lists.quotes.iter().find(|quotes| !pair(quotes)) {
            return Err(PackError::about(
                file,
                text,
                wrong,
                format!("`{wrong}` is no pair of quotation marks"),
                "write the opening one, a blank, and the closing one",
            ));
        }
        Ok(Self {
            language: language.to_owned(),
            lists: raw.lists,
            rules,
        })
    }
}

fn rule(raw: RawRule, language: &str, file: &str, text: &str) -> Result<NameRule, PackError> {
    let wrong = |message: String, instead: &str| {
        Err(PackError::about(file, text, &raw.name, message, instead))
    };
    if !raw.name.starts_with(&format!("{language}.name.")) {
        let instead = format!("begin the name with `{language}.name.`");
        return wrong(
            format!("`{}` is no name of a rule here", raw.name),
            &instead,
        );
    }
    if raw.examples.is_empty() || raw.near_misses.is_empty() {
        return wrong(
            format!("{} proves nothing", raw.name),
            "give at least one of `examples` and one of `near_misses`",
        );
    }
    if raw.stems.is_empty() != raw.forms.is_empty() {
        return wrong(
            format!(
                "{} has stems without forms, or forms without stems",
                raw.name
            ),
            "give both or neither; each stem stands with each form",
        );
    }
    let stems = raw.stems.iter();
    let inflected =
        stems.flat_map(|stem| raw.forms.iter().map(move |form| format!("{stem}{form}")));
    let words: Vec<String> = raw.words.iter().cloned().chain(inflected).collect();
    let silent = matches!(
        raw.engine,
        NameEngine::Nickname | NameEngine::Initial | NameEngine::BracketedAcronym
    );
    if words.is_empty() && raw.endings.is_empty() && !silent {
        return wrong(
            format!("{} names no word", raw.name),
            "give the `words` it is about",
        );
    }
    let reads_endings = matches!(raw.engine, NameEngine::Demonym | NameEngine::File);
    let reads_places = raw.engine == NameEngine::Demonym;
    if !(raw.endings.is_empty() || reads_endings) || !(raw.places.is_empty() || reads_places) {
        return wrong(
            format!("{} cannot use endings or places", raw.name),
            "only the engines `demonym` and `file` read `endings`, only `demonym` `places`",
        );
    }
    let kind = raw.kind.as_deref().map(NameKind::from_word);
    if kind == Some(None) || kind.is_some() != (raw.engine == NameEngine::Suffix) {
        return wrong(
            format!("{} is wrong about the kind of names", raw.name),
            "only the engine `suffix` reads `kind`, one of PER, ORG and LOC",
        );
    }
    Ok(NameRule {
        name: raw.name,
        says: raw.says,
        engine: raw.engine,
        words,
        endings: raw.endings,
        unless: raw.unless,
        places: raw.places,
        kind: kind.flatten(),
        examples: raw.examples,
        near_misses: raw.near_misses,
    })
}
