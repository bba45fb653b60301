//! Reads and checks the files of claims, and tells their authors what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{
    ClaimKind, ClaimRules, Filler, Frame, FrameExample, Function, Need, PredicationWords, Trigger,
    Way,
};
use crate::{PackError, Packs};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrames {
    #[serde(default)]
    frame: Vec<RawFrame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    name: String,
    says: String,
    subkind: Option<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    relations: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    roles: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    also: bool,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    unless: BTreeSet<String>,
    #[serde(default)]
    beside: BTreeSet<String>,
    examples: Vec<FrameExample>,
    near_misses: Vec<String>,
}

/// The kinds of the schema, in the order of their names.
///
/// # Errors
/// What is wrong in a file, with its line.
pub fn claim_kinds(packs: &Packs) -> Result<Vec<ClaimKind>, PackError> {
    let files = packs.files();
    let mut kinds = Vec::new();
    for path in files.paths() {
        let Some(name) = path
            .strip_prefix("schema/claims/")
            .and_then(|name| name.strip_suffix(".toml"))
        else {
            continue;
        };
        let kind: ClaimKind = files.parse(path)?;
        let text = files.text(path)?.unwrap_or_default();
        let wrong = |word: &str, message: String, instead: &str| {
            Err(PackError::about(path, text, word, message, instead))
        };
        if kind.kind != name {
            let message = format!("kind `{}` in the file `{name}.toml`", kind.kind);
            return wrong(&kind.kind, message, "name the file by the kind");
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = kind.roles().find(|role| !seen.insert(*role)) {
            let message = format!("two roles are called `{twice}`");
            return wrong(twice, message, "give each role a name of its own");
        }
        kinds.push(kind);
    }
    Ok(kinds)
}

impl ClaimRules {
    /// The frames and words of a language.
    ///
    /// # Errors
    /// What is wrong in a file, with its line.
    pub fn read(packs: &Packs, tag: &str) -> Result<Self, PackError> {
        let files = packs.files();
        let kinds = claim_kinds(packs)?;
        let folder = format!("languages/{tag}/claims/");
        let words_path = format!("{folder}words.toml");
        let words: PredicationWords = files.parse(&words_path)?;
        if let Some(word) = words
            .nouns
            .keys()
            .find(|word| Filler::from_word(word).is_none())
        {
            let text = files.text(&words_path)?.unwrap_or_default();
            let message = format!("`{word}` is nothing a noun can stand for");
            let instead = "write person, organisation, place, money or document";
            return Err(PackError::about(&words_path, text, word, message, instead));
        }
        let mut made = Self {
            language: tag.to_owned(),
            words,
            frames: Vec::new(),
        };
        let mut names = BTreeSet::new();
        for path in files.paths().filter(|path| path.starts_with(&folder)) {
            if path == words_path {
                continue;
            }
            let stem = path.get(folder.len()..).unwrap_or_default();
            let stem = stem.strip_suffix(".toml").unwrap_or(stem);
            let Some(kind) = kinds.iter().find(|kind| kind.kind == stem) else {
                let message = format!("there is no kind `{stem}`");
                let instead = "write schema/claims/KIND.toml first, and name this file by the kind";
                return Err(PackError::at(path, 1, message, instead));
            };
            let raw: RawFrames = files.parse(path)?;
            let text = files.text(path)?.unwrap_or_default();
            for frame in raw.frame {
                let name = frame.name.clone();
                let frame = frame.read(kind, tag, path).map_err(|(message, instead)| {
                    PackError::about(path, text, &name, message, instead)
                })?;
                if !names.insert(frame.name.clone()) {
                    let message = format!("a second frame is named {name}");
                    return Err(PackError::about(path, text, &name, message, "name it anew"));
                }
                made.frames.push(frame);
            }
        }
        Ok(made)
    }
}

impl RawFrame {
    fn read(
        self,
        kind: &ClaimKind,
        tag: &str,
        path: &str,
    ) -> Result<Frame, (String, &'static str)> {
        let prefix = format!("{tag}.claim.{}.", kind.kind);
        if !self.name.starts_with(&prefix) {
            let message = format!("the name `{}` does not begin with `{prefix}`", self.name);
            return Err((message, "name a frame LANG.claim.KIND.WHAT"));
        }
        if self.says.trim().is_empty() {
            return Err((
                "it does not say what it recognises".to_owned(),
                "write `says`",
            ));
        }
        if let Some(other) = self
            .subkind
            .as_ref()
            .filter(|word| !kind.subkinds.contains(word))
        {
            let message = format!("the kind {} has no subkind `{other}`", kind.kind);
            return Err((message, "add it to `subkinds` in schema/claims"));
        }
        let sorts = [
            (Trigger::Verb, &self.verbs),
            (Trigger::Event, &self.events),
            (Trigger::Relation, &self.relations),
            (Trigger::Adjective, &self.adjectives),
        ];
        let triggers: Vec<(Trigger, String)> = sorts
            .into_iter()
            .flat_map(|(sort, words)| words.iter().map(move |word| (sort, word.clone())))
            .collect();
        if triggers.is_empty() {
            let instead = "write `verbs`, `events`, `relations` or `adjectives`";
            return Err(("it has no predicates".to_owned(), instead));
        }
        let mut roles = Vec::new();
        for role in kind.roles() {
            if let Some(ways) = self.roles.get(role) {
                let ways: Result<Vec<Way>, _> = ways.iter().map(|way| read_way(way)).collect();
                roles.push((role.to_owned(), ways?));
            }
        }
        let known: BTreeSet<&str> = kind.roles().collect();
        let example_roles = self
            .examples
            .iter()
            .flat_map(|example| example.roles.keys());
        if let Some(other) = self
            .roles
            .keys()
            .chain(example_roles)
            .find(|role| !known.contains(role.as_str()))
        {
            let message = format!("the kind {} has no role `{other}`", kind.kind);
            return Err((message, "write one of the roles of schema/claims"));
        }
        if self.examples.is_empty() || self.near_misses.is_empty() {
            let message = "it lacks an example or a near miss".to_owned();
            return Err((message, "write at least one of each"));
        }
        let needs: Result<Vec<Vec<Need>>, _> = self
            .needs
            .iter()
            .map(|row| row.split('|').map(|need| read_need(need, &known)).collect())
            .collect();
        let without: Result<Vec<Way>, _> = self.without.iter().map(|way| read_way(way)).collect();
        Ok(Frame {
            name: self.name,
            says: self.says,
            kind: kind.kind.clone(),
            subkind: self.subkind,
            triggers,
            roles,
            also: self.also,
            needs: needs?,
            without: without?,
            unless: self.unless,
            beside: self.beside,
            file: path.to_owned(),
            examples: self.examples,
            near_misses: self.near_misses,
        })
    }
}

fn read_way(written: &str) -> Result<Way, (String, &'static str)> {
    let (function, filler) = match written.split_once(':') {
        Some((function, filler)) => (function, Some(filler)),
        None => (written, None),
    };
    let filler = match filler {
        None => None,
        Some(word) => Some(Filler::from_word(word).ok_or_else(|| {
            let message = format!("`{word}` is nothing that a filler can be");
            let instead = "write person, organisation, place, who, money, document or thing";
            (message, instead)
        })?),
    };
    if function.is_empty() {
        let message = format!("`{written}` names no function");
        return Err((message, "write subject, object, recipient or a case word"));
    }
    Ok(Way {
        function: Function::from_word(function),
        filler,
    })
}

fn read_need(written: &str, roles: &BTreeSet<&str>) -> Result<Need, (String, &'static str)> {
    Ok(match written {
        "amount" => Need::Amount,
        role if roles.contains(role) => Need::Role(role.to_owned()),
        way => Need::Argument(read_way(way)?),
    })
}
