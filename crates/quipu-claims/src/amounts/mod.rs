//! How much: the sums and quantities of a text, with what they mean.
//!
//! Three passes. The machine of patterns finds numbers with their units, and
//! beside them countries and currencies; [`guard`] drops what only looks like an
//! amount; then [`finish`] reads each against the whole document: whose pesos,
//! which sign divides. What stays undecided says so.

mod check;
mod currency;
mod finish;
mod guard;
mod habit;
mod meaning;
mod nearby;
mod nouns;
mod primitive;
mod table;
mod topic;

use quipu_model::span::{Repaired, Span};
use quipu_model::time::{Day, TimeExpression};
use quipu_model::{AmountExpression, AmountModifier, AnnotatedText, Outcome};
use quipu_packs::{AmountRules, Currency, Packs, currencies};

use crate::RulesError;
use crate::patterns::machine::Machine;
use crate::patterns::parse::Parser;
use crate::patterns::reader::{Run, runs, stretches};
use crate::patterns::sides::in_class;
use crate::patterns::token::Token;

use currency::Evidence;
use finish::{Document, Mention};
use habit::Habit;
use meaning::{Amount, Meaning, Unit};
use nearby::Nearby;
use nouns::Nouns;
use topic::AmountTopic;

pub use check::{check, shown};

pub(crate) type AmountMachine = Machine<AmountTopic>;
pub(crate) type AmountParser = Parser<Meaning>;

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
pub struct AmountReader {
    machines: Vec<AmountMachine>,
    currencies: Vec<Currency>,
}

/// An amount found, before the document was asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raw {
    pub(crate) span: Span<Repaired>,
    pub(crate) amount: Amount,
    pub(crate) rule: u16,
    pub(crate) machine: usize,
}

impl AmountReader {
    /// Makes the patterns of the packs ready.
    ///
    /// # Errors
    /// What is wrong in a file of the packs.
    pub fn new(packs: &Packs) -> Result<Self, RulesError> {
        let mut machines = Vec::new();
        for language in packs.languages() {
            let rules = AmountRules::read(packs, &language.tag)?;
            machines.push(topic::machine(&rules)?);
        }
        Ok(Self {
            machines,
            currencies: currencies(packs)?,
        })
    }

    /// Finds the amounts of a text, in its order; no two overlap.
    #[must_use]
    pub fn read(&self, input: &AmountsInput<'_>) -> Outcome<Vec<AmountExpression>> {
        let mut found: Vec<Raw> = Vec::new();
        let mut evidence = Evidence::default();
        let mut habit = Habit::default();
        let mut mentions = Vec::new();
        let mut nouns = Nouns::new(input.annotated);
        let stretches = stretches(&self.machines, input.text, input.annotated, input.languages);
        for (span, place) in stretches {
            let Some(machine) = self.machines.get(place) else {
                continue;
            };
            let mut parser = AmountParser::default();
            let see = |token: &mut Token| {
                habit.see(token.form);
                let written = input.text.get(token.start..token.end).unwrap_or_default();
                habit.see_grouped(token.form, written);
                nouns.see(machine, input.text, token);
            };
            runs(machine, input.text, span, see, |Run { tokens }| {
                parser.read(machine, tokens, |parser, find| {
                    let meaning = parser.meaning(find.node);
                    let tokens = &tokens[find.first..find.end];
                    guard::stands(input, machine, tokens, meaning).then_some(find.node)
                });
                for find in &parser.found {
                    let (first, last) = (&tokens[find.first], &tokens[find.end - 1]);
                    let span = Span::from_usize(first.start, last.end);
                    let topic = &machine.own;
                    let mut money = |code, country: Option<_>| {
                        mentions.push(Mention {
                            span,
                            code,
                            country,
                        });
                        let country = country.map(|country| topic.name(country));
                        evidence.see_currency(&self.currencies, topic.name(code), country, span);
                    };
                    match parser.meaning(find.node) {
                        Meaning::Country(code) => evidence.see_country(topic.name(code), span),
                        Meaning::Currency { code, country } => money(code, country),
                        Meaning::Amount(amount) => {
                            if let Unit::Currency {
                                code,
                                country,
                                doubtful: false,
                            } = amount.unit
                            {
                                money(code, country);
                            }
                            found.push(Raw {
                                span: words_of(machine, input.text, span, &amount),
                                amount,
                                rule: parser.rule(find.node),
                                machine: place,
                            });
                        }
                        Meaning::Nothing | Meaning::Number(_) => {}
                    }
                }
                parser.clear();
            });
        }
        let document = Document {
            input,
            table: &self.currencies,
            evidence,
            mentions: &mentions,
            habit,
            year: input.reference.map(crate::times::year_of),
        };
        self.finish(&document, &found)
    }

    fn finish(&self, document: &Document<'_>, found: &[Raw]) -> Outcome<Vec<AmountExpression>> {
        let mut made: Outcome<Vec<AmountExpression>> = Outcome::default();
        let mut bare = Vec::new();
        for raw in found {
            let Some(machine) = self.machines.get(raw.machine) else {
                continue;
            };
            if raw.amount.unit == Unit::Bare {
                bare.push(*raw);
            } else {
                made.value
                    .extend(document.finish(machine, raw, self.rule(raw)));
            }
        }
        let cells = table::money_cells(document, &self.machines);
        let nearby = Nearby::new(document, &made.value, &cells);
        let mut more = Vec::new();
        for raw in bare {
            if let Some(machine) = self.machines.get(raw.machine) {
                let rule = self.rule(&raw);
                let lent = nearby.settle(machine, &raw, rule);
                more.extend(lent.or_else(|| document.finish(machine, &raw, rule)));
            }
        }
        made.value.extend(more);
        made.value
            .sort_by_key(|amount| (amount.span.start(), amount.span.end()));
        made
    }

    fn rule(&self, raw: &Raw) -> &str {
        self.machines
            .get(raw.machine)
            .and_then(|machine| machine.rules.get(usize::from(raw.rule)))
            .map_or("", |rule| rule.name.as_str())
    }
}

/// The words of an amount: the number alone where its unit stands in another
/// cell, a count without what is counted, and no word behind a unit that only
/// led to it.
fn words_of(
    machine: &AmountMachine,
    text: &str,
    span: Span<Repaired>,
    amount: &Amount,
) -> Span<Repaired> {
    let words = span.of(text).unwrap_or_default();
    let number = amount.number.place;
    let things = matches!(
        amount.unit,
        Unit::Noun | Unit::Lemma(_) | Unit::Rank { noun: true }
    );
    let vague = amount.number.modifier == Some(AmountModifier::Vague);
    match amount.unit_place {
        None if vague && amount.unit == Unit::Bare => Span::new(span.start(), number.end),
        Some(place) if things => {
            // "20 or more men"
            let between = text.get(number.end as usize..place.start as usize);
            let between = between.unwrap_or_default().trim();
            let first = between.split_whitespace().next().unwrap_or_default();
            let end = if in_class(machine, first, machine.own.or) {
                number.end + 1 + u32::try_from(between.len()).unwrap_or(0)
            } else {
                number.end
            };
            Span::new(span.start(), end.min(span.end()))
        }
        _ if words.contains('\t') => Span::new(number.start, number.end),
        None if amount.ends_at_unit => Span::new(span.start(), number.end),
        Some(place) if amount.ends_at_unit => Span::new(span.start(), place.end),
        _ => span,
    }
}

/// The amounts of one text. Whoever reads many makes one [`AmountReader`].
///
/// # Errors
/// What is wrong in a file of the packs.
pub fn amounts(
    packs: &Packs,
    input: &AmountsInput<'_>,
) -> Result<Outcome<Vec<AmountExpression>>, RulesError> {
    Ok(AmountReader::new(packs)?.read(input))
}
