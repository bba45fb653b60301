//! What tells two writings of one name from two names (`languages/*/matching.toml`).
//! The engine that compares lives in the room of the whole archive.

use serde::Deserialize;

use crate::{PackError, Packs};

/// What all packs together know of comparing names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MatchingRules {
    /// Words beside a person's name that are no part of it.
    pub titles: Vec<String>,
    /// Small words that belong to a surname and are often left out.
    pub particles: Vec<String>,
    /// What tells bearers of one name apart: each entry is one of them in all its
    /// writings.
    pub generations: Vec<Vec<String>>,
    /// Letters that are written in more than one way, and what stands for all.
    pub sounds: Vec<(String, String)>,
    /// Letters that a scanner mistakes for each other.
    pub slips: Vec<(String, String)>,
    /// Endings that tell a woman's name from a man's.
    pub genders: Vec<(String, String)>,
    /// Legal forms, each in all its writings.
    pub forms: Vec<Vec<String>>,
    /// Short words that tell nothing in the name of a body.
    pub joining: Vec<String>,
    /// Given names, each with its short and pet forms.
    pub nicknames: Vec<Vec<String>>,
    /// Words of bodies that mean the same.
    pub words: Vec<Vec<String>>,
    /// Words that the names of many bodies share.
    pub common: Vec<String>,
    /// Pairs that must come out as one.
    pub same: Vec<NamePair>,
    /// Pairs that must come out as two.
    pub different: Vec<NamePair>,
}

/// Two names to compare: an example of the packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePair {
    /// File that promises it.
    pub file: String,
    /// `PER`, `ORG`, `ANY` or `OTHER`.
    pub kind: String,
    /// The first name.
    pub one: String,
    /// The second name.
    pub other: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sheet {
    titles: Vec<String>,
    particles: Vec<String>,
    generations: Vec<Vec<String>>,
    sounds: Vec<String>,
    slips: Vec<String>,
    genders: Vec<String>,
    forms: Vec<Vec<String>>,
    joining: Vec<String>,
    nicknames: Vec<Vec<String>>,
    words: Vec<Vec<String>>,
    common: Vec<String>,
    same: Vec<String>,
    different: Vec<String>,
}

impl MatchingRules {
    /// The rules of every language and of all together: names cross languages.
    ///
    /// # Errors
    /// What is wrong in a file, with its line.
    pub fn read(packs: &Packs) -> Result<Self, PackError> {
        let mut made = Self::default();
        let tags = packs.languages().iter().map(|own| own.tag.as_str());
        for tag in std::iter::once("any").chain(tags) {
            let path = format!("languages/{tag}/matching.toml");
            let Some(text) = packs.files().text(&path)? else {
                continue;
            };
            let sheet: Sheet = packs.files().parse(&path)?;
            made.take(sheet, &path, text)?;
        }
        Ok(made)
    }

    fn take(&mut self, sheet: Sheet, path: &str, text: &str) -> Result<(), PackError> {
        let pairs = |lines: &[String]| -> Result<Vec<(String, String)>, PackError> {
            let lines = lines.iter();
            let split = lines.map(|line| {
                let pair = line.split_once(' ');
                pair.map(|(one, other)| (one.to_owned(), other.to_owned()))
                    .ok_or_else(|| {
                        let message = format!("`{line}` is no pair");
                        PackError::about(path, text, line, message, "write two, parted by a blank")
                    })
            });
            split.collect()
        };
        self.sounds.extend(pairs(&sheet.sounds)?);
        self.slips.extend(pairs(&sheet.slips)?);
        self.genders.extend(pairs(&sheet.genders)?);
        let examples = |lines: &[String]| -> Result<Vec<NamePair>, PackError> {
            lines.iter().map(|line| example(line, path, text)).collect()
        };
        self.same.extend(examples(&sheet.same)?);
        self.different.extend(examples(&sheet.different)?);
        self.titles.extend(sheet.titles);
        self.particles.extend(sheet.particles);
        self.generations.extend(sheet.generations);
        self.forms.extend(sheet.forms);
        self.joining.extend(sheet.joining);
        self.nicknames.extend(sheet.nicknames);
        self.words.extend(sheet.words);
        self.common.extend(sheet.common);
        Ok(())
    }
}

fn example(line: &str, path: &str, text: &str) -> Result<NamePair, PackError> {
    let mut parts = line.split('\t');
    let (kind, one, other) = (parts.next(), parts.next(), parts.next());
    match (kind, one, other, parts.next()) {
        (Some(kind @ ("PER" | "ORG" | "ANY" | "OTHER")), Some(one), Some(other), None) => {
            Ok(NamePair {
                file: path.to_owned(),
                kind: kind.to_owned(),
                one: one.to_owned(),
                other: other.to_owned(),
            })
        }
        _ => Err(PackError::about(
            path,
            text,
            line,
            format!("`{line}` compares nothing"),
            "write PER, ORG, ANY or OTHER, `\\t`, a name, `\\t`, a name",
        )),
    }
}
