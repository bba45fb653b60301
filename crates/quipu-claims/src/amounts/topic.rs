//! Amounts as a topic of patterns: the classes that its code asks for.

use std::collections::BTreeMap;

use quipu_packs::AmountRules;

use crate::patterns::machine::Machine;
use crate::patterns::slots::{Filled, SlotName};
use crate::patterns::token::Form;
use crate::patterns::vocabulary::ClassId;
use crate::patterns::{BadPattern, Topic};

use super::AmountMachine;
use super::meaning::{Code, Meaning};
use super::primitive::Primitive;

/// What amounts know of a language beside words and patterns.
#[derive(Debug)]
pub(crate) struct AmountTopic {
    /// Codes by their worth, and back.
    pub(crate) codes: Vec<String>,
    places: BTreeMap<String, Code>,
    /// How a code is called, where the language has a word for it.
    pub(crate) lemmas: BTreeMap<Code, String>,
    /// Endings of plurals, and what stands there in the singular.
    pub(crate) plurals: Vec<(String, String)>,
    /// What a family of currencies means where nothing tells otherwise.
    pub(crate) usual: BTreeMap<String, String>,
    /// The sign that divides where a document shows no other habit.
    pub(crate) decimal_sign: Option<u8>,
    pub(crate) numbered: ClassId,
    pub(crate) article: ClassId,
    pub(crate) no_noun: ClassId,
    pub(crate) time_unit: ClassId,
    pub(crate) frequency: ClassId,
    pub(crate) no_rank_before: ClassId,
    pub(crate) no_rank_after: ClassId,
    pub(crate) change: ClassId,
    pub(crate) money_word: ClassId,
    pub(crate) heading: ClassId,
    pub(crate) quantity_heading: ClassId,
    pub(crate) code: ClassId,
    pub(crate) doubtful_code: ClassId,
    pub(crate) before_rank: ClassId,
    pub(crate) joins: ClassId,
    pub(crate) leads_to_sum: ClassId,
    pub(crate) or: ClassId,
    pub(crate) counted: ClassId,
    pub(crate) of_country: ClassId,
    pub(crate) after_count: ClassId,
    pub(crate) before_count: ClassId,
    pub(crate) vote: ClassId,
    pub(crate) vote_joins: ClassId,
    pub(crate) shares_magnitude: ClassId,
}

impl AmountTopic {
    /// What a code is worth.
    pub(crate) fn code_named(&self, name: &str) -> Option<Code> {
        self.places.get(name).copied()
    }

    /// The code of a worth.
    pub(crate) fn name(&self, code: Code) -> &str {
        usize::try_from(code)
            .ok()
            .and_then(|at| self.codes.get(at))
            .map_or("", String::as_str)
    }
}

/// The machine of amounts of a language.
pub(crate) fn machine(rules: &AmountRules) -> Result<AmountMachine, BadPattern> {
    let phrases = &rules.phrases;
    let places = phrases.symbols.iter().zip(0..);
    Machine::new(phrases, |words| AmountTopic {
        codes: phrases.symbols.clone(),
        places: places.map(|(code, at)| (code.clone(), at)).collect(),
        lemmas: phrases.lemmas.clone(),
        plurals: rules.plurals.clone(),
        usual: rules.usual.clone(),
        decimal_sign: rules.decimal_sign.map(|sign| sign as u8),
        numbered: words.class("not-before-year"),
        article: words.class("article"),
        no_noun: words.class("no-noun"),
        time_unit: words.class("unit"),
        frequency: words.class("frequency"),
        no_rank_before: words.class("no-rank-before"),
        no_rank_after: words.class("no-rank-after"),
        change: words.class("change"),
        money_word: words.class("money-word"),
        heading: words.class("money-heading"),
        quantity_heading: words.class("quantity-heading"),
        code: words.class("currency-code"),
        doubtful_code: words.class("doubtful-code"),
        before_rank: words.class("before-rank"),
        joins: words.class("joins"),
        leads_to_sum: words.class("leads-to-sum"),
        or: words.class("or"),
        counted: words.class("counted"),
        of_country: words.class("of-country"),
        after_count: words.class("after-count"),
        before_count: words.class("before-count"),
        vote: words.class("vote-word"),
        vote_joins: words.class("vote-joins"),
        shares_magnitude: words.class("shares-magnitude"),
    })
}

impl Topic for AmountTopic {
    type Meaning = Meaning;
    type Primitive = Primitive;

    fn primitive(name: &str) -> Option<Primitive> {
        Primitive::named(name)
    }

    fn build(&self, primitive: Primitive, slots: &Filled<'_, Meaning>) -> Option<Meaning> {
        primitive.build(self, slots)
    }

    fn hands_on(primitive: Primitive) -> Option<SlotName> {
        matches!(primitive, Primitive::Same).then_some(SlotName::Of)
    }

    fn is_core(form: Form) -> bool {
        match form {
            Form::Whole { .. }
            | Form::Grouped { .. }
            | Form::Pair { .. }
            | Form::Long(_)
            | Form::Ordinal(_) => true,
            Form::Word
            | Form::Noun
            | Form::Decade { .. }
            | Form::Triple { .. }
            | Form::Clock { .. }
            | Form::Group { .. }
            | Form::Roman(_)
            | Form::Sign(_)
            | Form::Other => false,
        }
    }
}
