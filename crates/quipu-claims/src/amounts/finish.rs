//! From what the words say to what they mean in their document.

use quipu_model::span::{Repaired, Span};
use quipu_model::{AmountExpression, AmountKind, AmountModifier, Decimal, UnitSource};
use quipu_packs::{Currency, UNITS};

use crate::patterns::quantity::Quantity;
use crate::patterns::sides::{folded, in_class, words_before};
use crate::patterns::slots::Place;

use super::currency::{Ask, Evidence, Settled};
use super::habit::{Habit, Whole};
use super::meaning::{Amount, Code, Per, Unit};
use super::nouns::{self, lemma};
use super::{AmountMachine, AmountsInput, Raw};

/// So many words before a sum may say how often it is paid.
const RATE_WORDS: usize = 7;

/// What the whole document tells.
pub(crate) struct Document<'a> {
    pub(crate) input: &'a AmountsInput<'a>,
    pub(crate) table: &'a [Currency],
    pub(crate) evidence: Evidence,
    /// Currencies named, with a sum or without, in the order of the text.
    pub(crate) mentions: &'a [Mention],
    pub(crate) habit: Habit,
    pub(crate) year: Option<i32>,
}

/// A currency named.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention {
    pub(crate) span: Span<Repaired>,
    pub(crate) code: Code,
    pub(crate) country: Option<Code>,
}

/// The unit of an amount.
struct Known {
    kind: AmountKind,
    whole: Whole,
    unit: Option<String>,
    choices: Vec<String>,
    source: Option<UnitSource>,
    span: Option<Span<Repaired>>,
}

impl Document<'_> {
    /// What an amount means; `None` when its unit is not said.
    pub(crate) fn finish(
        &self,
        machine: &AmountMachine,
        raw: &Raw,
        rule: &str,
    ) -> Option<AmountExpression> {
        let known = self.unit(machine, raw.span, &raw.amount)?;
        self.made(machine, raw, rule, known)
    }

    /// A number that counts something the words do not name.
    pub(crate) fn finish_count(
        &self,
        machine: &AmountMachine,
        raw: &Raw,
        rule: &str,
    ) -> Option<AmountExpression> {
        let known = Known {
            kind: AmountKind::Count,
            whole: Whole::Always,
            unit: None,
            choices: Vec::new(),
            source: None,
            span: None,
        };
        self.made(machine, raw, rule, known)
    }

    /// The same with the unit of another amount.
    pub(crate) fn finish_as(
        &self,
        machine: &AmountMachine,
        raw: &Raw,
        rule: &str,
        other: &AmountExpression,
    ) -> Option<AmountExpression> {
        let known = Known {
            kind: other.kind,
            whole: Whole::Mostly,
            unit: other.unit.clone(),
            choices: other.unit_choices.clone(),
            source: Some(UnitSource::Nearby),
            span: Some(other.span),
        };
        self.made(machine, raw, rule, known)
    }

    fn made(
        &self,
        machine: &AmountMachine,
        raw: &Raw,
        rule: &str,
        known: Known,
    ) -> Option<AmountExpression> {
        let number = raw.amount.number;
        let (mut low, mut high, mut value) = (None, None, None);
        let mut doubt = None;
        let mut read = |number: Option<Quantity>, to: &mut Option<Decimal>| {
            let Some(number) = number else { return };
            let (one, other) = self
                .habit
                .settle(number, known.whole, machine.own.decimal_sign);
            *to = Some(one);
            doubt = doubt.or(other.map(|other| (one.min(other), one.max(other))));
        };
        read(number.low, &mut low);
        read(number.high, &mut high);
        read(number.value, &mut value);
        let mut modifier = number.modifier;
        if let Some((least, most)) = doubt {
            // Bounds stay true whichever way the digits are read.
            low = low.map(|low| low.min(least));
            high = high.map(|high| high.max(most));
            value = None;
            modifier = Some(AmountModifier::Undecided);
        }
        let text = self.input.text;
        Some(AmountExpression {
            span: raw.span,
            as_written: raw.span.of(text)?.to_owned(),
            kind: known.kind,
            value,
            low,
            high,
            modifier,
            unit: known.unit,
            unit_choices: known.choices,
            unit_from: known.source,
            unit_span: known.span,
            per: raw
                .amount
                .per
                .or_else(|| self.rate_before(machine, raw, known.kind))
                .map(|per| per_name(machine, per)),
            rule: rule.to_owned(),
        })
    }

    fn unit(
        &self,
        machine: &AmountMachine,
        span: Span<Repaired>,
        amount: &Amount,
    ) -> Option<Known> {
        let topic = &machine.own;
        let place = amount.unit_place;
        let written = |kind, whole, unit: Option<String>| {
            Some(Known {
                kind,
                whole,
                source: unit.is_some().then_some(UnitSource::Written),
                unit,
                choices: Vec::new(),
                span: place.map(span_of),
            })
        };
        match amount.unit {
            Unit::Bare => match self.told_by_tree(machine, amount) {
                Some((place, unit)) => {
                    let known = written(AmountKind::Count, Whole::Always, Some(unit));
                    known.map(|known| Known {
                        span: Some(place),
                        ..known
                    })
                }
                None => self
                    .counts_alone(machine, span, amount)
                    .then(|| written(AmountKind::Count, Whole::Always, None))
                    .flatten(),
            },
            Unit::Currency {
                code,
                country,
                doubtful,
            } => {
                let home = self.input.country;
                if doubtful && !self.evidence.knows(self.table, topic.name(code), home) {
                    return None;
                }
                let country = country.map(|country| topic.name(country));
                Some(self.money(machine, topic.name(code), country, span, place))
            }
            Unit::MeasureOrCurrency { measure, currency } => {
                // Pounds are money where the document has such money.
                let family = topic.name(currency);
                let mut at_home = self.table.iter().filter(|money| {
                    let country = self.input.country.unwrap_or_default();
                    money.family == family && money.countries.iter().any(|own| own == country)
                });
                let spoken = self.evidence.speaks_of(self.table, family);
                if spoken.is_some() || at_home.next().is_some() {
                    return Some(self.money(machine, family, None, span, place));
                }
                let unit = topic.name(measure).to_owned();
                written(AmountKind::Measure, Whole::Perhaps, Some(unit))
            }
            Unit::Measure(code) => {
                let unit = topic.name(code).to_owned();
                written(AmountKind::Measure, Whole::Perhaps, Some(unit))
            }
            Unit::Percent(code) => {
                let unit = topic.name(code).to_owned();
                written(AmountKind::Percent, Whole::Perhaps, Some(unit))
            }
            Unit::Lemma(code) => {
                let unit = topic.name(code).to_owned();
                written(AmountKind::Count, Whole::Always, Some(unit))
            }
            Unit::Noun => {
                let unit = self.noun(machine, place?);
                written(AmountKind::Count, Whole::Always, unit)
            }
            Unit::Rank { noun } => {
                // By their look alone a verb behind a rank is no other than a noun.
                let told = noun && self.input.annotated.is_some();
                let unit = if told {
                    self.noun(machine, place?)
                } else {
                    None
                };
                written(AmountKind::Rank, Whole::Always, unit)
            }
        }
    }

    /// What an exact number counts, as the tree has it. A year counts nothing.
    fn told_by_tree(
        &self,
        machine: &AmountMachine,
        amount: &Amount,
    ) -> Option<(Span<Repaired>, String)> {
        let value = amount.number.value?;
        let whole = value.number.exponent() >= 0
            && !amount.number.may_be_year()
            && !(value.worded && amount.number.is(1));
        let place = span_of(amount.number.place);
        let told = || nouns::told_by_tree(machine, self.input.text, self.input.annotated, place);
        whole.then(told).flatten()
    }

    /// "three were absent": a number of what was spoken of. In digits it takes a
    /// word that goes on with it; bare digits are more often names.
    fn counts_alone(&self, machine: &AmountMachine, span: Span<Repaired>, amount: &Amount) -> bool {
        let own = &machine.own;
        let text = self.input.text;
        let value = amount.number.value.or(amount.number.low);
        let worded = value.is_some_and(|value| value.worded);
        let word = |word: &str, class| in_class(machine, word, class);
        let (before, after) = (
            text.get(..span.range().start).unwrap_or_default(),
            text.get(span.range().end..).unwrap_or_default(),
        );
        let next: String = after
            .trim_start_matches([' ', '\n'])
            .chars()
            .take(24)
            .take_while(|c| c.is_alphabetic())
            .collect();
        if worded {
            let alone = span.of(text).unwrap_or_default();
            let named = before.trim_end().ends_with(char::is_alphanumeric)
                && words_before(before, 1)
                    .any(|word| word.starts_with(char::is_uppercase) && !word.ends_with(','));
            return !word(alone, own.article) && !named;
        }
        // `1,400` is a number of something; plain digits are more often a name.
        let grouped =
            value.is_some_and(|value| value.marked && !value.cents && value.number.exponent() >= 0);
        let last = words_before(before, 1).next().unwrap_or_default();
        grouped || word(&next, own.after_count) || word(last, own.before_count)
    }

    /// "a monthly salary of 500 dollars": the rate stands before the sum.
    fn rate_before(&self, machine: &AmountMachine, raw: &Raw, kind: AmountKind) -> Option<Per> {
        if kind != AmountKind::Money {
            return None;
        }
        let own = &machine.own;
        let before = self.input.text.get(..raw.span.range().start)?;
        let words: Vec<&str> = words_before(before, RATE_WORDS).collect();
        let is = |word: &&str, class| in_class(machine, word, class);
        words.iter().enumerate().find_map(|(at, word)| {
            let id = machine.word(folded(word).as_bytes());
            let unit = machine.worth(id, own.frequency)?;
            let beside = [at.checked_sub(1), Some(at + 1)];
            let mut beside = beside.into_iter().flatten().filter_map(|at| words.get(at));
            let led = at > 0 && words.first().is_some_and(|word| is(word, own.leads_to_sum));
            (led || beside.any(|word| is(word, own.money_word))).then_some(Per::Time(unit))
        })
    }

    fn noun(&self, machine: &AmountMachine, place: Place) -> Option<String> {
        let input = self.input;
        let letters = input.text.get(place.last as usize..place.end as usize)?;
        Some(lemma(machine, input.annotated, place.last, letters))
    }

    fn money(
        &self,
        machine: &AmountMachine,
        name: &str,
        of: Option<&str>,
        span: Span<Repaired>,
        place: Option<Place>,
    ) -> Known {
        let ask = Ask {
            table: self.table,
            topic: &machine.own,
            name,
            of,
            country: self.input.country,
            year: self.year,
            at: span.start(),
        };
        let Settled {
            unit,
            choices,
            source,
            span,
        } = self.evidence.settle(&ask);
        Known {
            kind: AmountKind::Money,
            whole: Whole::Mostly,
            unit: Some(unit),
            choices,
            source,
            span: span.or_else(|| place.map(span_of)),
        }
    }
}

fn span_of(place: Place) -> Span<Repaired> {
    Span::new(place.start, place.end)
}

fn per_name(machine: &AmountMachine, per: Per) -> String {
    match per {
        Per::Time(unit) => usize::try_from(unit)
            .ok()
            .and_then(|at| UNITS.get(at))
            .copied()
            .unwrap_or_default()
            .to_owned(),
        Per::Code(code) => machine.own.name(code).to_owned(),
    }
}
