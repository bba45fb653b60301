//! What the packs know of reference in one language, made ready to be asked.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use quipu_model::NameKind;
use quipu_packs::{
    Agreement, ClaimRules, Gender, PackError, Packs, PredicationWords, ReferenceEngine,
    ReferenceRules, fold,
};

/// What a pronoun is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pronoun {
    pub(crate) rule: String,
    pub(crate) sort: Sort,
    pub(crate) agreement: Agreement,
}

/// How a pronoun points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Personal,
    Possessive,
    Reflexive,
}

/// Subjects that the verb alone tells.
#[derive(Debug)]
pub(crate) struct Silent {
    /// Verbs that never have one.
    pub(crate) verbs: BTreeSet<String>,
    pub(crate) pronoun: Pronoun,
}

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) language: String,
    pub(crate) predication: PredicationWords,
    pub(crate) pronouns: HashMap<String, Vec<Pronoun>>,
    expletive: BTreeSet<String>,
    person: HashMap<String, Option<Gender>>,
    person_endings: Vec<(String, Option<Gender>)>,
    person_unless: BTreeSet<String>,
    given: HashMap<String, Gender>,
    given_endings: Vec<(String, Gender)>,
    given_unless: BTreeSet<String>,
    pub(crate) collective: BTreeSet<String>,
    sort: BTreeMap<String, NameKind>,
    pub(crate) alias: BTreeSet<String>,
    pub(crate) other: BTreeSet<String>,
    pub(crate) former: Vec<String>,
    pub(crate) latter: Vec<String>,
    pub(crate) author: BTreeSet<String>,
    /// Folded spellings with the place of their set.
    same: HashMap<String, usize>,
    particle: BTreeSet<String>,
    pub(crate) nobody: BTreeSet<String>,
    /// Subjects that the verb alone tells, where the language has them.
    pub(crate) silent: Option<Silent>,
    /// The name of the rule of each engine that has but one.
    names: BTreeMap<ReferenceEngine, String>,
}

impl Words {
    pub(crate) fn read(packs: &Packs, tag: &str) -> Result<Self, PackError> {
        let mut made = Self::new(tag, ClaimRules::read(packs, tag)?.words);
        for rule in ReferenceRules::read(packs, tag)?.rules {
            use ReferenceEngine as E;
            let agreement = rule.agreement;
            made.names
                .entry(rule.engine)
                .or_insert_with(|| rule.name.clone());
            match rule.engine {
                E::Pronoun => made.add(Sort::Personal, &rule.name, &rule.words, agreement),
                E::Possessive => made.add(Sort::Possessive, &rule.name, &rule.words, agreement),
                E::Reflexive => made.add(Sort::Reflexive, &rule.name, &rule.words, agreement),
                E::Expletive => made.expletive.extend(rule.words),
                E::Person => {
                    let words = rule
                        .words
                        .iter()
                        .map(|word| (word.clone(), agreement.gender));
                    made.person.extend(words);
                    let endings = rule.endings.iter().cloned();
                    made.person_endings
                        .extend(endings.map(|ending| (ending, agreement.gender)));
                    made.person_unless.extend(rule.unless);
                }
                E::Given => {
                    if let Some(gender) = agreement.gender {
                        let words = rule.words.iter().map(|word| (fold::phrase(word), gender));
                        made.given.extend(words);
                        let endings = rule.endings.iter().map(|ending| fold::phrase(ending));
                        made.given_endings
                            .extend(endings.map(|ending| (ending, gender)));
                        made.given_unless
                            .extend(rule.unless.iter().map(|word| fold::phrase(word)));
                    }
                }
                E::Collective => made.collective.extend(rule.words),
                E::Sort => {
                    let kind = rule.kind;
                    let words = rule.words.iter();
                    made.sort
                        .extend(words.filter_map(|word| Some((word.clone(), kind?))));
                }
                E::Alias => {
                    made.alias
                        .extend(rule.words.iter().map(|word| fold::phrase(word)));
                }
                E::Other => made.other.extend(rule.words),
                E::Former => made.former.extend(rule.words),
                E::Latter => made.latter.extend(rule.words),
                E::Author => made.author.extend(rule.words),
                E::Same => {
                    for set in &rule.sets {
                        let place = made.same.len();
                        for word in set {
                            made.same.insert(fold::phrase(word), place);
                        }
                    }
                }
                E::Particle => made.particle.extend(rule.words),
                E::Sieve => {}
                E::Nobody => made.nobody.extend(rule.words),
                E::Silent => {
                    made.silent = Some(Silent {
                        verbs: rule.words.into_iter().collect(),
                        pronoun: Pronoun {
                            rule: rule.name,
                            sort: Sort::Personal,
                            agreement,
                        },
                    });
                }
            }
        }
        Ok(made)
    }

    fn new(tag: &str, predication: PredicationWords) -> Self {
        Self {
            language: tag.to_owned(),
            predication,
            pronouns: HashMap::new(),
            expletive: BTreeSet::new(),
            person: HashMap::new(),
            person_endings: Vec::new(),
            person_unless: BTreeSet::new(),
            given: HashMap::new(),
            given_endings: Vec::new(),
            given_unless: BTreeSet::new(),
            collective: BTreeSet::new(),
            sort: BTreeMap::new(),
            alias: BTreeSet::new(),
            other: BTreeSet::new(),
            former: Vec::new(),
            latter: Vec::new(),
            author: BTreeSet::new(),
            same: HashMap::new(),
            particle: BTreeSet::new(),
            nobody: BTreeSet::new(),
            silent: None,
            names: BTreeMap::new(),
        }
    }

    fn add(&mut self, sort: Sort, rule: &str, words: &[String], agreement: Agreement) {
        for word in words {
            self.pronouns
                .entry(word.clone())
                .or_default()
                .push(Pronoun {
                    rule: rule.to_owned(),
                    sort,
                    agreement,
                });
        }
    }

    /// The rule of an engine, to be named as the reason.
    pub(crate) fn rule(&self, engine: ReferenceEngine) -> &str {
        self.names.get(&engine).map_or("", String::as_str)
    }

    /// Whether a noun stands for a person, and of which gender.
    pub(crate) fn person(&self, lemma: &str) -> Option<Option<Gender>> {
        if let Some(gender) = self.person.get(lemma) {
            return Some(*gender);
        }
        let listed = self.predication.nouns.get("person");
        if listed.is_some_and(|nouns| nouns.contains(lemma)) {
            return Some(None);
        }
        if self.person_unless.contains(lemma) || self.is_body(lemma) {
            return None;
        }
        let mut endings = self.person_endings.iter();
        endings
            .find(|(ending, _)| lemma.len() > ending.len() && lemma.ends_with(ending.as_str()))
            .map(|(_, gender)| *gender)
    }

    /// Whether a noun stands for a body of persons.
    pub(crate) fn is_body(&self, lemma: &str) -> bool {
        let nouns = self.predication.nouns.get("organisation");
        nouns.is_some_and(|nouns| nouns.contains(lemma))
    }

    /// Whether a noun stands for a place.
    pub(crate) fn is_place(&self, lemma: &str) -> bool {
        let nouns = self.predication.nouns.get("place");
        nouns.is_some_and(|nouns| nouns.contains(lemma))
    }

    /// The gender of a given name, folded.
    pub(crate) fn given(&self, name: &str) -> Option<Gender> {
        if let Some(gender) = self.given.get(name) {
            return Some(*gender);
        }
        if self.given_unless.contains(name) || name.len() < 4 {
            return None;
        }
        let mut endings = self.given_endings.iter();
        endings
            .find(|(ending, _)| name.ends_with(ending.as_str()))
            .map(|(_, gender)| *gender)
    }

    /// Whether a given name is listed.
    pub(crate) fn is_given(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    pub(crate) fn sort(&self, lemma: &str) -> Option<NameKind> {
        self.sort.get(lemma).copied()
    }

    pub(crate) fn is_expletive(&self, governor: &str) -> bool {
        self.expletive.contains(governor)
    }

    /// The set of spellings that a folded name belongs to.
    pub(crate) fn same(&self, name: &str) -> Option<usize> {
        self.same.get(name).copied()
    }

    pub(crate) fn is_particle(&self, word: &str) -> bool {
        self.particle.contains(word)
    }
}
