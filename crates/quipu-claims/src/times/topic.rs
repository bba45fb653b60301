//! Times as a topic of patterns: the classes that its code asks for.

use quipu_packs::{DateOrder, FiscalYear, TimeRules};

use crate::patterns::machine::Machine;
use crate::patterns::token::Form;
use crate::patterns::vocabulary::ClassId;
use crate::patterns::{BadPattern, Topic};

use super::TimeMachine;
use super::meaning::Meaning;
use super::primitive::Primitive;
use super::slots::Slots;

/// What times know of a language beside words and patterns.
#[derive(Debug)]
pub(crate) struct TimeTopic {
    pub(crate) date_order: DateOrder,
    pub(crate) fiscal: Vec<FiscalYear>,
    pub(crate) before_year: ClassId,
    pub(crate) not_before_year: ClassId,
    pub(crate) not_after_year: ClassId,
    pub(crate) doubtful: ClassId,
    pub(crate) lead: ClassId,
    pub(crate) past: ClassId,
    pub(crate) future: ClassId,
    pub(crate) past_ending: ClassId,
    pub(crate) future_ending: ClassId,
    pub(crate) follows_day: ClassId,
    pub(crate) counted: ClassId,
    pub(crate) before_day: ClassId,
    pub(crate) before_length: ClassId,
    pub(crate) frequency: ClassId,
    pub(crate) weekday: ClassId,
    pub(crate) before_whole: ClassId,
    pub(crate) joins: ClassId,
}

/// The machine of times of a language.
pub(crate) fn machine(rules: &TimeRules) -> Result<TimeMachine, BadPattern> {
    Machine::new(&rules.phrases, |words| TimeTopic {
        date_order: rules.date_order,
        fiscal: rules.fiscal.clone(),
        before_year: words.class("before-year"),
        not_before_year: words.class("not-before-year"),
        not_after_year: words.class("not-after-year"),
        doubtful: words.class("doubtful"),
        lead: words.class("lead"),
        past: words.class("past"),
        future: words.class("future"),
        past_ending: words.class("past-ending"),
        future_ending: words.class("future-ending"),
        follows_day: words.class("follows-day"),
        counted: words.class("counted"),
        before_day: words.class("before-day"),
        before_length: words.class("before-length"),
        frequency: words.class("frequency"),
        weekday: words.class("weekday"),
        before_whole: words.class("before-whole"),
        joins: words.class("joins"),
    })
}

impl Topic for TimeTopic {
    type Meaning = Meaning;
    type Primitive = Primitive;

    fn primitive(name: &str) -> Option<Primitive> {
        Primitive::named(name)
    }

    fn build(&self, primitive: Primitive, slots: &Slots<'_>) -> Option<Meaning> {
        primitive.build(slots)
    }

    fn is_core(form: Form) -> bool {
        match form {
            Form::Whole { worth, digits } => {
                (digits == 4 && (1000..2200).contains(&worth)) || digits <= 2
            }
            Form::Ordinal(_)
            | Form::Decade { .. }
            | Form::Pair { .. }
            | Form::Triple { .. }
            | Form::Clock { .. }
            | Form::Group { .. } => true,
            Form::Word
            | Form::Noun
            | Form::Roman(_)
            | Form::Grouped { .. }
            | Form::Long(_)
            | Form::Sign(_)
            | Form::Other => false,
        }
    }
}
