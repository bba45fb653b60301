//! First and second persons: the author's, and those inside quotations.

use super::resolve::Story;

/// A first person that waits for its speaker, who is told behind the quotation.
#[derive(Debug)]
pub(crate) struct Waiting {
    at: usize,
    quote: usize,
    rule: String,
}

impl Story<'_, '_> {
    /// The place of the mention that a word heads.
    pub(crate) fn place_of(&self, sentence: usize, head: usize) -> Option<usize> {
        let key = (sentence, head);
        let from = self
            .found
            .partition_point(|own| (own.sentence, own.head) < key);
        let own = self.found.get(from)?;
        ((own.sentence, own.head) == key).then_some(from)
    }

    /// Whether an entity speaks in a quotation.
    pub(crate) fn is_speaker(&self, quote: Option<usize>, entity: usize) -> bool {
        self.speaker(quote) == Some(entity)
    }

    fn speaker(&self, quote: Option<usize>) -> Option<usize> {
        let (sentence, head) = (*self.speech.speakers.get(quote?)?)?;
        self.of[self.place_of(sentence, head)?]
    }

    /// Whether an entity was told as one that is known.
    pub(crate) fn pointed(&self, entity: usize) -> bool {
        let mut mentions = self.entities[entity].mentions.iter();
        mentions.any(|at| super::entity::points_back(&self.found[*at]))
    }

    /// Resolves a first or second person.
    pub(crate) fn spoken(&mut self, at: usize, rule: &str) {
        let own = &self.found[at];
        let person = own.agreement.person.unwrap_or(1);
        let plural = own.agreement.plural == Some(true);
        if person == 1 && !plural {
            match own.quote {
                Some(quote) => match self.speaker(Some(quote)) {
                    Some(entity) => self.join(at, entity, rule),
                    None => self.waiting.push(Waiting {
                        at,
                        quote,
                        rule: rule.to_owned(),
                    }),
                },
                None => match self.voices.get(&None).copied() {
                    Some(entity) => self.join(at, entity, rule),
                    None => {
                        let entity = self.open(at);
                        self.voices.insert(None, entity);
                    }
                },
            }
            return;
        }
        // You, and we: those of one quotation, or of the text outside all.
        let key = (own.quote, person, plural && person == 1);
        match self.spoken.get(&key).copied() {
            Some(entity) => self.join(at, entity, rule),
            None => {
                let entity = self.open(at);
                self.spoken.insert(key, entity);
            }
        }
    }

    /// Ties first persons whose speaker was told behind them.
    pub(crate) fn wait_no_longer(&mut self) {
        for waiting in std::mem::take(&mut self.waiting) {
            let Waiting { at, quote, rule } = waiting;
            let key = (Some(quote), 1, false);
            let known = self.speaker(Some(quote));
            match known.or_else(|| self.spoken.get(&key).copied()) {
                Some(entity) => self.join(at, entity, &rule),
                None => {
                    let entity = self.open(at);
                    self.spoken.insert(key, entity);
                }
            }
        }
    }
}
