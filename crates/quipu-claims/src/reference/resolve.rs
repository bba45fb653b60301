//! Who each mention stands for, told in the order of the text.

use std::collections::{HashMap, VecDeque};

use quipu_model::{MentionKind, NameKind};
use quipu_packs::ReferenceEngine as E;

use super::describe;
use super::entity::{Entity, Label};
use super::mention::{Found, Said};
use super::names::{Tie, Why};
use super::pronoun;
use super::speech::Speech;
use super::spoken::Waiting;
use super::words::Words;

/// Entities told last that a pronoun or description can stand for.
pub(crate) const WINDOW: usize = 64;

/// Entities with one noun that are kept to be found by it.
const BY_NOUN: usize = 24;

/// A document while it is resolved.
pub(crate) struct Story<'s, 'a> {
    pub(crate) found: &'s [Found<'a>],
    pub(crate) words: &'s [&'a Words],
    pub(crate) entities: Vec<Entity>,
    /// The entity of each mention, and the rule that told it.
    pub(crate) of: Vec<Option<usize>>,
    pub(crate) rule: Vec<String>,
    /// Entities told last, the latest at the end, each once.
    pub(crate) recent: VecDeque<usize>,
    /// Entities by the nouns they were told by, latest at the end.
    pub(crate) by_noun: HashMap<String, Vec<usize>>,
    /// Entities by sentence and head.
    pub(crate) here: HashMap<(usize, usize), usize>,
    pub(crate) speech: &'s Speech,
    /// The entity of each speaker and the author.
    pub(crate) voices: HashMap<Option<usize>, usize>,
    /// First persons whose speaker is told behind them.
    pub(crate) waiting: Vec<Waiting>,
    /// Entities of first and second person, by quotation and number.
    pub(crate) spoken: HashMap<(Option<usize>, u8, bool), usize>,
}

/// Resolves a document. `ties` are those of the names, `name_of` the place of the
/// name of each mention.
pub(crate) fn resolve<'s, 'a>(
    found: &'s [Found<'a>],
    words: &'s [&'a Words],
    ties: &[Tie],
    name_of: &[Option<usize>],
    speech: &'s Speech,
) -> Story<'s, 'a> {
    let mut story = Story {
        found,
        words,
        entities: Vec::new(),
        of: vec![None; found.len()],
        rule: vec![String::new(); found.len()],
        recent: VecDeque::new(),
        by_noun: HashMap::new(),
        here: HashMap::new(),
        speech,
        voices: HashMap::new(),
        waiting: Vec::new(),
        spoken: HashMap::new(),
    };
    let mut named: HashMap<usize, usize> = HashMap::new();
    for at in 0..found.len() {
        let own = &found[at];
        if let Some(place) = name_of[at] {
            let tie = ties.get(place).copied();
            story.named(at, tie, place, &mut named);
        } else if own.is_group() {
            story.group(at);
        } else if let Some(engine) = own.ordinal {
            pronoun::ordinal(&mut story, at, engine);
        } else if own.kind == MentionKind::Pronoun {
            pronoun::resolve(&mut story, at);
        } else {
            describe::resolve(&mut story, at);
        }
    }
    story.wait_no_longer();
    story
}

impl<'a> Story<'_, 'a> {
    pub(crate) fn words(&self, at: usize) -> &'a Words {
        self.words[self.found[at].sentence]
    }

    /// A mention stands for an entity that was told.
    pub(crate) fn join(&mut self, at: usize, entity: usize, rule: &str) {
        self.entities[entity].add(at, &self.found[at]);
        rule.clone_into(&mut self.rule[at]);
        self.put(at, entity);
    }

    /// A mention stands for something new.
    pub(crate) fn open(&mut self, at: usize) -> usize {
        self.entities.push(Entity::new(at, &self.found[at]));
        let entity = self.entities.len() - 1;
        self.put(at, entity);
        entity
    }

    fn put(&mut self, at: usize, entity: usize) {
        self.of[at] = Some(entity);
        let own = &self.found[at];
        if !own.is_group() {
            self.here.insert((own.sentence, own.head), entity);
        }
        if let Some(place) = self.recent.iter().rposition(|other| *other == entity) {
            self.recent.remove(place);
        }
        self.recent.push_back(entity);
        if self.recent.len() > WINDOW {
            self.recent.pop_front();
        }
        if own.pronoun.is_none() && !own.is_group() {
            let owner = self.owner(own.sentence, own.owner);
            if own.name.is_none() {
                self.note(
                    entity,
                    Label {
                        lemma: own.lemma.clone(),
                        owner,
                        modifiers: own.modifiers.clone(),
                    },
                );
            }
            for said in &own.said {
                self.say(entity, own.sentence, said);
            }
        }
    }

    fn say(&mut self, entity: usize, sentence: usize, said: &Said) {
        let owner = self.owner(sentence, said.owner);
        self.note(
            entity,
            Label {
                lemma: said.lemma.clone(),
                owner,
                modifiers: said.modifiers.clone(),
            },
        );
    }

    fn note(&mut self, entity: usize, label: Label) {
        let known = self.by_noun.entry(label.lemma.clone()).or_default();
        if known.last() != Some(&entity) {
            known.retain(|other| *other != entity);
            if known.len() >= BY_NOUN {
                known.remove(0);
            }
            known.push(entity);
        }
        self.entities[entity].label(label);
    }

    /// The entity of a possessor in the sentence at hand.
    pub(crate) fn owner(&self, sentence: usize, owner: Option<usize>) -> Option<usize> {
        self.here.get(&(sentence, owner?)).copied()
    }

    fn named(
        &mut self,
        at: usize,
        tie: Option<Tie>,
        place: usize,
        named: &mut HashMap<usize, usize>,
    ) {
        let Some(tie) = tie else {
            self.open(at);
            return;
        };
        if let Some(entity) = named.get(&tie.first).copied() {
            let rule = self.tied_by(at, tie.why);
            self.join(at, entity, &rule);
            return;
        }
        // `his brother` was told before `his brother, Luis Paz`.
        let told = (tie.first == place && tie.why != Why::Ambiguous)
            .then(|| describe::told_before(self, at))
            .flatten();
        let entity = match told {
            Some((entity, rule)) => {
                self.join(at, entity, &rule);
                entity
            }
            None => self.open(at),
        };
        if matches!(tie.why, Why::Ambiguous | Why::Alias) {
            self.rule[at] = self.tied_by(at, tie.why);
        }
        named.insert(tie.first, entity);
        let words = self.words(at);
        // `the Bank` for the Fishing Bank.
        if let Some(name) = self.found[at].name
            && name.kind != NameKind::Person
        {
            let last = self.found[at].lemma.clone();
            let parts = std::iter::once(last).chain(self.found[at].modifiers.clone());
            let nouns = parts.filter(|word| words.is_body(word) || words.is_place(word));
            for lemma in nouns.take(2).collect::<Vec<_>>() {
                self.note(
                    entity,
                    Label {
                        lemma,
                        owner: None,
                        modifiers: self.found[at].modifiers.clone(),
                    },
                );
            }
        }
    }

    fn group(&mut self, at: usize) {
        let own = &self.found[at];
        // Members behind the first are told later; they are looked up when asked.
        let entity = self.open(at);
        self.entities[entity].agreement = own.agreement;
        self.entities[entity].members.clone_from(&own.members);
    }

    fn tied_by(&self, at: usize, why: Why) -> String {
        match why.rule() {
            "" => self.rule_of(at, E::Alias),
            rule => rule.to_owned(),
        }
    }

    pub(crate) fn rule_of(&self, at: usize, engine: E) -> String {
        self.words(at).rule(engine).to_owned()
    }
}
