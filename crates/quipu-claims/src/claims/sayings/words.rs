//! The sayings of one language, found by their words.

use std::collections::HashMap;

use quipu_packs::{PackError, Packs, Saying, Sayings};

/// The sayings of one language, made ready once.
#[derive(Debug)]
pub(crate) struct SayingWords {
    pub(crate) own: Sayings,
    verbs: HashMap<String, Vec<usize>>,
    nouns: HashMap<String, Vec<usize>>,
    phrases: HashMap<String, Vec<usize>>,
    particles: HashMap<String, Vec<usize>>,
}

impl SayingWords {
    pub(crate) fn read(packs: &Packs, tag: &str) -> Result<Self, PackError> {
        let own = Sayings::read(packs, tag)?;
        let index = |words: fn(&Saying) -> &std::collections::BTreeSet<String>| {
            let mut index: HashMap<String, Vec<usize>> = HashMap::new();
            for (place, saying) in own.saying.iter().enumerate() {
                for word in words(saying) {
                    index.entry(word.clone()).or_default().push(place);
                }
            }
            index
        };
        Ok(Self {
            verbs: index(|saying| &saying.verbs),
            nouns: index(|saying| &saying.nouns),
            phrases: index(|saying| &saying.phrases),
            particles: index(|saying| &saying.particles),
            own,
        })
    }

    fn first(&self, places: Option<&Vec<usize>>) -> Option<&Saying> {
        self.own.saying.get(*places?.first()?)
    }

    pub(crate) fn verb(&self, lemma: &str) -> Option<&Saying> {
        self.first(self.verbs.get(lemma))
    }

    pub(crate) fn noun(&self, lemma: &str) -> Option<&Saying> {
        self.first(self.nouns.get(lemma))
    }

    pub(crate) fn phrase(&self, case: &str) -> Option<&Saying> {
        self.first(self.phrases.get(case))
    }

    pub(crate) fn particle(&self, word: &str) -> Option<&Saying> {
        self.first(self.particles.get(word))
    }
}
