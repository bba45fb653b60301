//! What a text tells beside its claims, for other programs.

use quipu_model::Chain;

use super::tuples::{self, Tuple};
use super::{ClaimReader, ClaimsInput, ReadSentence};

/// Layers over a whole text, each in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layers {
    /// What is mentioned at least twice.
    pub chains: Vec<Chain>,
    /// What each clause says, in its own words.
    pub tuples: Vec<Tuple>,
}

impl ClaimReader {
    /// The layers of a text.
    #[must_use]
    pub fn layers(&self, input: &ClaimsInput<'_>) -> Layers {
        let references = self.references(input);
        let mut layers = Layers::default();
        for sentence in &input.annotated.sentences {
            let Some(frames) = self.frames(sentence) else {
                continue;
            };
            let read = ReadSentence::new(input, sentence, frames, &references);
            let clauses = read.predications.iter();
            let tuples = clauses.filter_map(|clause| tuples::tuple(&read.tree, clause));
            layers.tuples.extend(tuples);
        }
        layers.chains = references.chains().cloned().collect();
        layers
    }
}
