//! Who and what a document tells of, as far as it is read.

use quipu_model::NameKind;
use quipu_packs::Agreement;

use super::mention::{Found, Place, Reach};

/// Something it is said to be, with whose.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    pub(crate) lemma: String,
    pub(crate) owner: Option<usize>,
    pub(crate) modifiers: Vec<String>,
}

/// A person, body or thing.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    /// Places among the mentions, ascending.
    pub(crate) mentions: Vec<usize>,
    pub(crate) agreement: Agreement,
    pub(crate) body: bool,
    pub(crate) kind: Option<NameKind>,
    pub(crate) named: bool,
    pub(crate) labels: Vec<Label>,
    /// Heads of the members, where it is several told together.
    pub(crate) members: Vec<usize>,
    /// Sentence, head and place of the last mention, and whether a pronoun.
    pub(crate) last: Last,
    /// The last sentence in which it was a subject.
    pub(crate) subject: Option<usize>,
}

/// Where an entity stood last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Last {
    pub(crate) sentence: usize,
    pub(crate) head: usize,
    pub(crate) place: Place,
    pub(crate) governor: Option<usize>,
    pub(crate) pronoun: bool,
}

impl Last {
    pub(crate) fn of(found: &Found<'_>) -> Self {
        Self {
            sentence: found.sentence,
            head: found.head,
            place: found.place,
            governor: found.governor,
            pronoun: found.pronoun.is_some(),
        }
    }
}

/// Labels an entity keeps.
const LABELS: usize = 16;

impl Entity {
    pub(crate) fn new(mention: usize, found: &Found<'_>) -> Self {
        let mut made = Self {
            mentions: Vec::new(),
            agreement: Agreement::default(),
            body: found.body,
            kind: None,
            named: false,
            labels: Vec::new(),
            members: Vec::new(),
            last: Last::of(found),
            subject: None,
        };
        made.add(mention, found);
        made
    }

    pub(crate) fn add(&mut self, mention: usize, found: &Found<'_>) {
        self.mentions.push(mention);
        let (own, other) = (&mut self.agreement, found.agreement);
        if found.pronoun.is_none_or(|_| other.person == Some(3)) {
            own.person = Some(3);
            own.plural = own.plural.or(other.plural);
            own.gender = own.gender.or(other.gender);
            own.animate = own.animate.or(other.animate);
        } else {
            own.person = own.person.or(other.person);
            own.animate = own.animate.or(Some(true));
        }
        self.body |= found.body;
        if let Some(name) = found.name {
            // A name tells more than the noun before it.
            if !self.named {
                own.plural = other.plural;
                own.animate = other.animate.or(own.animate);
                own.gender = other.gender.or(own.gender);
            }
            self.named = true;
            self.kind = self.kind.or(Some(name.kind));
        }
        self.last = Last::of(found);
        if found.place == Place::Subject {
            self.subject = Some(found.sentence);
        }
    }

    pub(crate) fn label(&mut self, label: Label) {
        let known = |own: &Label| own.lemma == label.lemma && own.owner == label.owner;
        let room = self.labels.len() < LABELS;
        match self.labels.iter_mut().find(|own| known(own)) {
            Some(own) => {
                let new = label.modifiers.iter();
                let new: Vec<String> = new
                    .filter(|word| !own.modifiers.contains(word))
                    .take(8)
                    .cloned()
                    .collect();
                if own.modifiers.len() < 24 {
                    own.modifiers.extend(new);
                }
            }
            None if room => self.labels.push(label),
            None => {}
        }
    }
}

/// Whether a noun phrase points back at all.
pub(crate) fn points_back(found: &Found<'_>) -> bool {
    matches!(
        found.reach,
        Reach::Definite | Reach::Pointing | Reach::Owned
    )
}
