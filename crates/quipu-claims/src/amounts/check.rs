//! Runs every pattern on its own examples and near misses.

use quipu_model::{AmountExpression, AmountKind, AmountModifier, Repaired, Span};
use quipu_packs::{AmountRules, Broken, Packs, PhrasePattern};

use crate::patterns::check::bracketed;
use crate::times::{TimeReader, TimesInput};

use super::{AmountReader, AmountsInput, RulesError};

/// What the examples of the packs' patterns promise and do not keep.
///
/// # Errors
/// What is wrong in a file of the packs.
pub fn check(packs: &Packs) -> Result<Vec<Broken>, RulesError> {
    let (amounts, times) = (AmountReader::new(packs)?, TimeReader::new(packs)?);
    let mut broken = Vec::new();
    for language in packs.languages() {
        let rules = AmountRules::read(packs, &language.tag)?;
        let bench = Bench {
            amounts: &amounts,
            times: &times,
            language: &language.tag,
        };
        for pattern in &rules.phrases.patterns {
            bench.check(pattern, &mut broken);
        }
    }
    Ok(broken)
}

struct Bench<'a> {
    amounts: &'a AmountReader,
    times: &'a TimeReader,
    language: &'a str,
}

impl Bench<'_> {
    fn check(&self, pattern: &PhrasePattern, broken: &mut Vec<Broken>) {
        let mut say = |text: &str, message: String| {
            broken.push(Broken {
                rule: pattern.name.clone(),
                text: text.to_owned(),
                message,
            });
        };
        for example in &pattern.examples {
            let (text, promised) = match example.split_once(" => ") {
                Some((text, promised)) => (text, Some(promised)),
                None => (example.as_str(), None),
            };
            let (clean, span) = bracketed(text);
            let found = self.read(&clean);
            let Some(amount) = found.iter().find(|amount| amount.span == span) else {
                let words: Vec<String> = found
                    .iter()
                    .map(|amount| format!("{} ({})", amount.as_written, amount.rule))
                    .collect();
                say(text, format!("no amount of these words, but {words:?}"));
                continue;
            };
            let shown = shown(amount);
            if promised.is_some_and(|promised| promised != shown) {
                say(text, format!("{shown} by {}", amount.rule));
            }
        }
        for miss in &pattern.near_misses {
            let found = self.read(miss);
            if let Some(amount) = found.iter().find(|amount| amount.rule == pattern.name) {
                say(miss, format!("it finds `{}`", amount.as_written));
            }
        }
    }

    fn read(&self, text: &str) -> Vec<AmountExpression> {
        let all: Span<Repaired> = Span::from_usize(0, text.len());
        let languages = [(all, self.language)];
        let times = self.times.read(&TimesInput {
            text,
            languages: &languages,
            ..TimesInput::default()
        });
        let found = self.amounts.read(&AmountsInput {
            text,
            languages: &languages,
            times: &times.value,
            ..AmountsInput::default()
        });
        found.value
    }
}

/// An amount in one line: its number or bounds, unit and rate. `~` stands behind
/// an approximate number, `?` behind a unit that is not settled.
#[must_use]
pub fn shown(amount: &AmountExpression) -> String {
    let number = |number: Option<quipu_model::Decimal>| {
        number.map(|number| number.to_string()).unwrap_or_default()
    };
    let mut line = match (amount.kind, amount.modifier) {
        (AmountKind::Rank, _) => format!("#{}", number(amount.value)),
        (_, None) => number(amount.value),
        (_, Some(AmountModifier::Approx)) => format!("{}~", number(amount.value)),
        _ => format!("{}..{}", number(amount.low), number(amount.high)),
    };
    if let Some(unit) = &amount.unit {
        line.push(' ');
        line.push_str(unit);
        if !amount.unit_choices.is_empty() {
            line.push('?');
        }
    }
    if let Some(per) = &amount.per {
        line.push_str(" /");
        line.push_str(per);
    }
    line
}
