//! The rules of names as one language uses them: those of every language first.

use std::collections::HashMap;

use quipu_model::NameKind;
use quipu_packs::{NameEngine, NameSheet, Packs, fold};

use super::phrases::Phrases;

/// The rule of words that only help other rules.
const NONE: usize = usize::MAX;

/// What is known of names in the sentences of one language.
#[derive(Debug, Default)]
pub(crate) struct NameRules {
    /// Names of the rules; everything else names a rule by its place here.
    pub(super) names: Vec<String>,
    pub(super) titles: Phrases,
    pub(super) posts: Phrases,
    /// Those of both that end with a full stop.
    pub(super) short_titles: Phrases,
    /// The last words of these without their full stop, folded, and whether they
    /// ask for a capital.
    pub(super) short_words: HashMap<String, bool>,
    /// What looks like a title or post and its name, and is a name whole.
    pub(super) wholes: Phrases,
    pub(super) articles: Phrases,
    pub(super) times: Phrases,
    pub(super) links: Phrases,
    pub(super) openings: Phrases,
    pub(super) qualities: Phrases,
    pub(super) fields: Phrases,
    pub(super) quotes: Vec<(String, String)>,
    pub(super) particles: Phrases,
    pub(super) hyphens: Phrases,
    /// Ends of names, by the kind of names they end.
    pub(super) suffixes: Vec<(NameKind, Phrases)>,
    pub(super) conjunctions: Phrases,
    /// Surnames with a conjunction in their middle.
    pub(super) double: Phrases,
    pub(super) initial: Option<usize>,
    pub(super) nickname: Option<usize>,
    pub(super) alias_cues: Phrases,
    pub(super) acronym: Option<usize>,
    /// What may stand between a long form and its short one.
    pub(super) acronym_cues: Phrases,
    /// Words that initials pass over.
    pub(super) passed_over: Phrases,
    pub(super) foreign_cues: Phrases,
    pub(super) bracketed: Option<usize>,
    /// Capitals in brackets that are no short form.
    pub(super) never_bracketed: Phrases,
    pub(super) places: Phrases,
    pub(super) demonyms: Phrases,
    pub(super) demonym_endings: Vec<(String, usize)>,
    /// Demonyms that persons are called too.
    pub(super) surnames_too: Phrases,
    /// Demonyms that with a capital are names of places too.
    pub(super) places_too: Phrases,
    /// Endings of names of files.
    pub(super) file_endings: Vec<(String, usize)>,
    pub(super) inverted: Option<usize>,
    /// Signs behind a surname, a comma and given names.
    pub(super) behind_inverted: Phrases,
}

impl NameRules {
    /// The rules for sentences of a language.
    pub(crate) fn read(packs: &Packs, tag: &str) -> Self {
        let mut made = Self::default();
        for sheet in packs.name_sheets() {
            if sheet.language == "any" || sheet.language == tag {
                made.add(sheet);
            }
        }
        made
    }

    /// Whether no pack tells anything of names.
    pub(crate) const fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    fn add(&mut self, sheet: &NameSheet) {
        let lists = &sheet.lists;
        self.articles.add(&lists.articles, NONE);
        self.times.add(&lists.times, NONE);
        self.links.add(&lists.links, NONE);
        self.openings.add(&lists.openings, NONE);
        self.qualities.add(&lists.qualities, NONE);
        self.fields.add(&lists.fields, NONE);
        self.passed_over.add(&lists.passed_over, NONE);
        for quotes in &lists.quotes {
            if let Some((open, close)) = quotes.split_once(' ') {
                self.quotes.push((open.to_owned(), close.to_owned()));
            }
        }
        for rule in &sheet.rules {
            let number = self.names.len();
            self.names.push(rule.name.clone());
            match rule.engine {
                NameEngine::Title => {
                    self.titles.add(&rule.words, number);
                    self.add_short(&rule.words, number);
                    self.wholes.add(&rule.unless, number);
                }
                NameEngine::Post => {
                    self.posts.add(&rule.words, number);
                    self.add_short(&rule.words, number);
                    self.wholes.add(&rule.unless, number);
                }
                NameEngine::Particle => self.particles.add(&rule.words, number),
                NameEngine::Suffix => {
                    if let Some(kind) = rule.kind {
                        let mut phrases = Phrases::default();
                        phrases.add(&rule.words, number);
                        self.suffixes.push((kind, phrases));
                    }
                }
                NameEngine::Hyphen => self.hyphens.add(&rule.words, number),
                NameEngine::Surnames => {
                    self.conjunctions.add(&rule.words, number);
                    self.double.add(&rule.unless, number);
                }
                NameEngine::Initial => self.initial = Some(number),
                NameEngine::Nickname => self.nickname = Some(number),
                NameEngine::Alias => self.alias_cues.add(&rule.words, number),
                NameEngine::Acronym => {
                    self.acronym = Some(number);
                    self.acronym_cues.add(&rule.words, number);
                }
                NameEngine::ForeignAcronym => self.foreign_cues.add(&rule.words, number),
                NameEngine::BracketedAcronym => {
                    self.bracketed = Some(number);
                    self.never_bracketed.add(&rule.unless, number);
                }
                NameEngine::Place => self.places.add(&rule.words, number),
                NameEngine::File => {
                    let endings = rule.endings.iter();
                    self.file_endings
                        .extend(endings.map(|ending| (ending.clone(), number)));
                }
                NameEngine::Inverted => {
                    self.inverted = Some(number);
                    self.behind_inverted.add(&rule.words, number);
                }
                NameEngine::Demonym => {
                    self.demonyms.add(&rule.words, number);
                    self.surnames_too.add(&rule.unless, number);
                    self.places_too.add(&rule.places, number);
                    let endings = rule.endings.iter();
                    self.demonym_endings
                        .extend(endings.map(|ending| (ending.clone(), number)));
                }
            }
        }
    }

    /// Adds the titles that are cut short and say so with a full stop. One letter
    /// and a full stop is rather an initial.
    fn add_short(&mut self, titles: &[String], rule: usize) {
        let short: Vec<String> = titles
            .iter()
            .filter(|title| title.ends_with('.') && title.chars().count() > 2)
            .cloned()
            .collect();
        for title in &short {
            let last = title.rsplit(' ').next().unwrap_or_default();
            let word: String = last.trim_end_matches('.').chars().map(fold::base).collect();
            let asks_capital = title.starts_with(char::is_uppercase);
            *self.short_words.entry(word).or_insert(asks_capital) &= asks_capital;
        }
        self.short_titles.add(&short, rule);
    }
}
