//! What a text tells beside its claims, for other programs.

use quipu_model::{Attribution, Chain, Factuality};

use super::tuples::{self, Tuple};
use super::{ClaimReader, ClaimsInput, around, sayings};

/// Layers over a whole text, each in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Who says what.
    pub attributions: Vec<Attribution>,
    /// Each predicate and how sure the text is of it.
    pub predicates: Vec<Factuality>,
    /// What is mentioned at least twice.
    pub chains: Vec<Chain>,
    /// What each clause says, in its own words.
    pub tuples: Vec<Tuple>,
}

impl ClaimReader {
    /// All layers of a text, at the cost of one reading.
    #[must_use]
    pub fn told(&self, input: &ClaimsInput<'_>) -> Told {
        let references = self.references(input);
        let sentences = self.read_sentences(&input.layers(), &references);
        let said = sayings::read(&input.repaired.text, &sentences, input.times);
        let around = around(&sentences, &said);
        let mut told = Told::default();
        for (read, around) in sentences.iter().zip(&around) {
            told.predicates.extend(sayings::factuality(read, around));
            let clauses = read.predications.iter();
            let tuples = clauses.filter_map(|clause| tuples::tuple(&read.tree, clause));
            told.tuples.extend(tuples);
        }
        drop(around);
        told.attributions = said.into_iter().map(|said| said.attribution).collect();
        told.chains = references.chains().cloned().collect();
        told
    }
}
