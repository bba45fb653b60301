//! All packs, read and checked once.

use std::collections::{BTreeMap, BTreeSet};

use crate::charset::RawCharsets;
use crate::document::{DocumentRules, RawDocument};
use crate::form::HeaderForm;
use crate::language::{RawLanguage, RawNeighbours};
use crate::names::{NameSheet, RawNames};
use crate::page::PageHints;
use crate::repair::RawRules;
use crate::{
    AmountRules, Broken, Charset, ClaimRules, FieldRule, Language, Lexicon, Neighbour, PackError,
    PackFiles, ReferenceRules, RepairRule, TimeRules, ZoneRule,
};

/// All packs, checked. The default holds nothing: no language, no rule.
#[derive(Debug, Default)]
pub struct Packs {
    languages: Vec<Language>,
    charsets: Vec<Charset>,
    neighbours: Vec<Neighbour>,
    /// Small words of neighbours, each with the places of its languages.
    neighbour_words: BTreeMap<String, Vec<usize>>,
    repair: Vec<RepairRule>,
    documents: Vec<DocumentRules>,
    names: Vec<NameSheet>,
    forms: Vec<HeaderForm>,
    pages: PageHints,
    files: PackFiles,
    hash: [u8; 32],
}

impl Packs {
    /// The packs of this release, which the program carries in itself.
    ///
    /// # Errors
    /// As [`Packs::load`]; a test of this crate keeps the release free of them.
    pub fn embedded() -> Result<Self, PackError> {
        Self::read(&PackFiles::embedded(), false)
    }

    /// Reads packs from their files.
    ///
    /// # Errors
    /// The first thing that is wrong: file, line, and what to write instead.
    pub fn load(files: &PackFiles) -> Result<Self, PackError> {
        Self::read(files, true)
    }

    /// `eager` makes every pattern of the document rules at once and says which
    /// is none; those of a release are known to be sound.
    fn read(files: &PackFiles, eager: bool) -> Result<Self, PackError> {
        let charsets = charsets(files)?;
        let mut made = Self {
            hash: files.hash(),
            files: files.clone(),
            ..Self::default()
        };
        let mut names = BTreeSet::new();
        for tag in tags(files) {
            let path = format!("languages/{tag}/language.toml");
            let raw: RawLanguage = files.parse(&path)?;
            if raw.tag != tag {
                let message = format!("tag `{}` in the folder `{tag}`", raw.tag);
                return Err(PackError::at(
                    &path,
                    1,
                    message,
                    "name the folder by the tag",
                ));
            }
            let words_path = format!("languages/{tag}/words.txt");
            let words = match files.text(&words_path)? {
                Some(text) => Lexicon::read(&words_path, text)?,
                None => Lexicon::default(),
            };
            let language = Language::new(raw, words);
            made.read_repair(&tag, files, &charsets, &mut names)?;
            made.read_documents(&language, files, eager)?;
            made.read_names(&tag, files, &mut names)?;
            if tag != "any" {
                made.languages.push(language);
            }
        }
        for path in files
            .paths()
            .filter(|path| path.starts_with("schema/documents/"))
        {
            let text = files.text(path)?.unwrap_or_default();
            let form = HeaderForm::from_toml(text).map_err(|message| {
                PackError::at(path, 1, message, "see schema/documents/cable.toml")
            })?;
            made.forms.push(form);
        }
        let path = "languages/any/page.toml";
        if let Some(text) = files.text(path)? {
            made.pages = PageHints::from_toml(text).map_err(|message| {
                PackError::at(path, 1, message, "name the zone and give names of classes")
            })?;
        }
        let raw: RawNeighbours = files.parse("languages/any/neighbours.toml")?;
        for (i, neighbour) in raw.neighbour.iter().enumerate() {
            for word in &neighbour.words {
                made.neighbour_words
                    .entry(word.clone())
                    .or_default()
                    .push(i);
            }
        }
        made.neighbours = raw.neighbour;
        made.charsets = charsets;
        if eager {
            crate::MatchingRules::read(&made)?;
        }
        for language in made.languages.iter().filter(|_| eager) {
            TimeRules::read(&made, &language.tag)?;
            AmountRules::read(&made, &language.tag)?;
            ClaimRules::read(&made, &language.tag)?;
            ReferenceRules::read(&made, &language.tag)?;
        }
        Ok(made)
    }

    fn read_repair(
        &mut self,
        tag: &str,
        files: &PackFiles,
        charsets: &[Charset],
        names: &mut BTreeSet<String>,
    ) -> Result<(), PackError> {
        let path = format!("languages/{tag}/repair.toml");
        let raw: RawRules = files.parse(&path)?;
        let text = files.text(&path)?.unwrap_or_default();
        for rule in raw.rule {
            let rule = RepairRule::read(rule, tag, &path, text, charsets)?;
            if !names.insert(rule.name.clone()) {
                let message = format!("a second rule is named {}", rule.name);
                return Err(PackError::about(
                    &path,
                    text,
                    &rule.name,
                    message,
                    "name it anew",
                ));
            }
            self.repair.push(rule);
        }
        Ok(())
    }

    fn read_documents(
        &mut self,
        language: &Language,
        files: &PackFiles,
        eager: bool,
    ) -> Result<(), PackError> {
        let path = format!("languages/{}/document.toml", language.tag);
        let raw: RawDocument = files.parse(&path)?;
        let text = files.text(&path)?.unwrap_or_default();
        let mut parts = BTreeMap::new();
        parts.insert("month".to_owned(), one_of(language.months.iter().flatten()));
        parts.insert("weekday".to_owned(), one_of(language.weekdays.iter()));
        parts.insert("number".to_owned(), one_of(language.numbers.keys()));
        let rules = DocumentRules::read(raw, &language.tag, &path, text, &parts, eager)?;
        self.documents.push(rules);
        Ok(())
    }

    fn read_names(
        &mut self,
        tag: &str,
        files: &PackFiles,
        names: &mut BTreeSet<String>,
    ) -> Result<(), PackError> {
        let path = format!("languages/{tag}/names.toml");
        let raw: RawNames = files.parse(&path)?;
        let text = files.text(&path)?.unwrap_or_default();
        let sheet = NameSheet::read(raw, tag, &path, text)?;
        if let Some(twice) = sheet
            .rules
            .iter()
            .find(|rule| !names.insert(rule.name.clone()))
        {
            let message = format!("a second rule is named {}", twice.name);
            return Err(PackError::about(
                &path,
                text,
                &twice.name,
                message,
                "name it anew",
            ));
        }
        self.names.push(sheet);
        Ok(())
    }

    /// The languages, in the order of their tags.
    #[must_use]
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The language of a tag.
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.tag == tag)
    }

    /// Languages near to ours that no pack reads.
    #[must_use]
    pub fn neighbours(&self) -> &[Neighbour] {
        &self.neighbours
    }

    /// The places in [`Packs::neighbours`] of those that use this small word.
    #[must_use]
    pub fn neighbours_of(&self, word: &str) -> &[usize] {
        self.neighbour_words.get(word).map_or(&[], Vec::as_slice)
    }

    /// The charset of a name.
    #[must_use]
    pub fn charset(&self, name: &str) -> Option<&Charset> {
        self.charsets.iter().find(|charset| charset.name() == name)
    }

    /// Rules of repair: those of every language first, each file in its order.
    #[must_use]
    pub fn repair_rules(&self) -> &[RepairRule] {
        &self.repair
    }

    /// Rules for lines that are not the document's own say: those of a language
    /// before those of every language, which are coarser.
    pub fn zone_rules(&self) -> impl Iterator<Item = &ZoneRule> {
        self.documents.iter().rev().flat_map(|rules| &rules.zones)
    }

    /// Rules for lines that give fields, in the same order.
    pub fn field_rules(&self) -> impl Iterator<Item = &FieldRule> {
        self.documents.iter().rev().flat_map(|rules| &rules.fields)
    }

    /// What the packs know of names: that of every language first.
    #[must_use]
    pub fn name_sheets(&self) -> &[NameSheet] {
        &self.names
    }

    /// The header forms of `schema/documents`, in the order of their names.
    #[must_use]
    pub fn forms(&self) -> &[HeaderForm] {
        &self.forms
    }

    /// What designers of web pages call the parts that are not their own say.
    #[must_use]
    pub const fn page_hints(&self) -> &PageHints {
        &self.pages
    }

    /// BLAKE3 over all pack files: what recipes name.
    #[must_use]
    pub const fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// The files as they were read, for rooms with files of their own.
    #[must_use]
    pub const fn files(&self) -> &PackFiles {
        &self.files
    }

    /// Runs every rule that is matched here on its own examples and near
    /// misses. (Rules of repair are run by the reading room's
    /// own check, those of names by the annotating room's.)
    #[must_use]
    pub fn check(&self) -> Vec<Broken> {
        let mut broken = Vec::new();
        for rules in &self.documents {
            rules.check(&mut broken);
        }
        broken
    }
}

/// The language folders: `any` first, then in the order of their tags.
fn tags(files: &PackFiles) -> Vec<String> {
    let mut tags: Vec<String> = files
        .paths()
        .filter_map(|path| path.strip_prefix("languages/")?.split_once('/'))
        .map(|(tag, _)| tag.to_owned())
        .collect();
    tags.dedup();
    tags.sort_by_key(|tag| (tag != "any", tag.clone()));
    tags
}

fn charsets(files: &PackFiles) -> Result<Vec<Charset>, PackError> {
    let path = "languages/any/charsets.toml";
    let raw: RawCharsets = files.parse(path)?;
    let text = files.text(path)?.unwrap_or_default();
    let read = |raw: &crate::charset::RawCharset| {
        Charset::read(raw).ok_or_else(|| {
            let message = format!("{} has not 128 characters", raw.name);
            PackError::about(
                path,
                text,
                &raw.name,
                message,
                "write eight lines of sixteen",
            )
        })
    };
    raw.charset.iter().map(read).collect()
}

/// A pattern for any of these folded words, in any case, accents or none.
fn one_of<'a>(words: impl Iterator<Item = &'a String>) -> String {
    let mut words: Vec<&String> = words.collect();
    // Longer ones first: a pattern takes the first that fits.
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    words.dedup();
    let mut pattern = String::from("(?i:");
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            pattern.push('|');
        }
        for c in word.chars() {
            match c {
                'a' => pattern.push_str("[aá]"),
                'e' => pattern.push_str("[eé]"),
                'i' => pattern.push_str("[ií]"),
                'o' => pattern.push_str("[oó]"),
                'u' => pattern.push_str("[uú]"),
                other => pattern.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
            }
        }
    }
    pattern.push(')');
    pattern
}
