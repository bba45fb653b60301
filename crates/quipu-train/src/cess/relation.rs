//! Which relation an arc has: what the shape decided, else the first line of
//! `relations.tsv` that fits.

use super::tables::{RelationRule, fits};

/// What a line of `relations.tsv` may ask about, in the order of its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Function of the constituent, `-` if none.
    pub function: String,
    /// Category of the constituent; a tag in small letters if it is a bare word.
    pub category: String,
    /// Category of the constituent it stands in; `sp:S` for one that governs a clause.
    pub at: String,
    /// Part of speech of the dependent word.
    pub upos: String,
    /// Part of speech of the governing word.
    pub head_upos: String,
    /// What opens the dependent constituent: the lemma of its preposition or
    /// conjunction, or its category, or `-`.
    pub opened_by: String,
}

impl Context {
    /// The columns in order.
    #[must_use]
    pub fn columns(&self) -> [&str; 6] {
        [
            &self.function,
            &self.category,
            &self.at,
            &self.upos,
            &self.head_upos,
            &self.opened_by,
        ]
    }
}

/// The relation of the first rule that fits; `dep` if none does.
#[must_use]
pub fn relation<'a>(context: &Context, rules: &'a [RelationRule]) -> &'a str {
    let columns = context.columns();
    rules
        .iter()
        .find(|rule| {
            rule.conditions
                .iter()
                .zip(columns)
                .all(|(condition, value)| {
                    condition
                        .split(',')
                        .any(|pattern| match pattern.strip_prefix('!') {
                            Some(not) => !fits(not, value),
                            None => fits(pattern, value),
                        })
                })
        })
        .map_or("dep", |rule| &rule.relation)
}
