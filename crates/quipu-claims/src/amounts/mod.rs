//! How much: the sums and quantities of a text, with what they mean.

use quipu_model::span::{Repaired, Span};
use quipu_model::time::{Day, TimeExpression};
use quipu_model::{AmountExpression, AnnotatedText, Outcome};
use quipu_packs::Packs;

use crate::RulesError;

/// A text to read amounts from.
#[derive(Debug, Clone, Copy, Default)]
pub struct AmountsInput<'a> {
    /// The repaired text.
    pub text: &'a str,
    /// Its annotation, where there is one: it tells what a number counts.
    pub annotated: Option<&'a AnnotatedText>,
    /// Stretches by language, in the order of the text; nothing when the words
    /// themselves have to tell.
    pub languages: &'a [(Span<Repaired>, &'a str)],
    /// The times of the text: a year or a length is no amount.
    pub times: &'a [TimeExpression],
    /// The day the document was written: currencies come and go.
    pub reference: Option<Day>,
    /// The country the document comes from, where it is known (ISO 3166-1
    /// alpha-2): whose pesos they are.
    pub country: Option<&'a str>,
}

/// The patterns of all languages, made ready once for many texts.
#[derive(Debug)]
pub struct AmountReader {}

impl AmountReader {
    /// Makes the patterns of the packs ready.
    ///
    /// # Errors
    /// What is wrong in a file of the packs.
    pub fn new(_packs: &Packs) -> Result<Self, RulesError> {
        Ok(Self {})
    }

    /// Finds the amounts of a text, in its order; no two overlap.
    #[must_use]
    pub fn read(&self, _input: &AmountsInput<'_>) -> Outcome<Vec<AmountExpression>> {
        Outcome::default()
    }
}
