//! Whose money it is: `$`, pesos and pounds, judged from the document.

use std::collections::BTreeMap;

use quipu_model::UnitSource;
use quipu_model::span::{Repaired, Span};
use quipu_packs::Currency;

use super::topic::AmountTopic;

/// What a document says of countries and their money.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    /// Countries named, with how often and where last.
    countries: BTreeMap<String, Vec<Span<Repaired>>>,
    /// Currencies said in full: `US$`, "Mexican pesos".
    full: BTreeMap<String, Vec<Span<Repaired>>>,
    /// Families said with a country: "Mexican pesos".
    of: BTreeMap<(String, String), Vec<Span<Repaired>>>,
    /// Families named by their word: "pesos" beside `$`.
    families: BTreeMap<String, Vec<Span<Repaired>>>,
}

/// What the unit of a sum was settled to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settled {
    pub(crate) unit: String,
    pub(crate) choices: Vec<String>,
    pub(crate) source: Option<UnitSource>,
    /// Words elsewhere that told it.
    pub(crate) span: Option<Span<Repaired>>,
}

/// A document leans on a place from so many mentions on.
const MENTIONS: usize = 3;

impl Evidence {
    pub(crate) fn see_country(&mut self, country: &str, span: Span<Repaired>) {
        let spans = self.countries.entry(country.to_owned()).or_default();
        spans.push(span);
    }

    /// Takes note of a currency by its code, family or sign.
    pub(crate) fn see_currency(
        &mut self,
        table: &[Currency],
        name: &str,
        country: Option<&str>,
        span: Span<Repaired>,
    ) {
        if table.iter().any(|currency| currency.code == name) {
            self.full.entry(name.to_owned()).or_default().push(span);
            return;
        }
        if let Some(country) = country {
            let key = (name.to_owned(), country.to_owned());
            self.of.entry(key).or_default().push(span);
        }
        self.families.entry(name.to_owned()).or_default().push(span);
    }

    /// The currency of a sum.
    pub(crate) fn settle(&self, ask: &Ask<'_>) -> Settled {
        let made = |code: &str, source, span| Settled {
            unit: code.to_owned(),
            choices: Vec::new(),
            source: Some(source),
            span,
        };
        let mut choices = ask.choices();
        match choices.as_slice() {
            [] => return self.other(ask),
            [only] => return made(&only.code, UnitSource::Written, None),
            _ => {}
        }
        // Said in full elsewhere.
        let said: Vec<(&str, Span<Repaired>)> = choices
            .iter()
            .filter_map(|currency| Some((currency.code.as_str(), self.in_full(currency, ask.at)?)))
            .collect();
        if ask.name != "$"
            && let [(code, span)] = said.as_slice()
        {
            return made(code, UnitSource::Currency, Some(*span));
        }
        if ask.name == "$"
            && let Some(settled) = self.dollar_sign(ask, &choices, &said)
        {
            return settled;
        }
        if let Some(country) = ask.country {
            let mut own = choices.iter().filter(|currency| has(currency, country));
            if let (Some(only), None) = (own.next(), own.next()) {
                return made(&only.code, UnitSource::Country, None);
            }
        }
        let usual = ask.topic.usual.get(ask.name).map(String::as_str);
        if let Some((code, span)) = self.by_place(ask, &choices, usual) {
            return made(code, UnitSource::Place, Some(span));
        }
        if let Some(usual) = usual
            && choices.iter().any(|currency| currency.code == usual)
        {
            return made(usual, UnitSource::Usual, None);
        }
        // What is left are those whose country is spoken of, and the dollar that
        // the sign means everywhere.
        let everywhere = |currency: &Currency| ask.name == "$" && currency.code == "USD";
        narrow(&mut choices, |currency| {
            let named = |country: &String| self.countries.contains_key(country);
            everywhere(currency) || currency.countries.iter().any(named)
        });
        if let [only] = choices.as_slice()
            && everywhere(only)
        {
            return made(&only.code, UnitSource::Usual, None);
        }
        choices.sort_by(|a, b| a.code.cmp(&b.code));
        Settled {
            unit: ask.lemma(),
            choices: choices
                .iter()
                .map(|currency| currency.code.clone())
                .collect(),
            source: None,
            span: None,
        }
    }

    /// A family that no currency of the table has.
    fn other(&self, ask: &Ask<'_>) -> Settled {
        Settled {
            unit: ask.lemma(),
            choices: Vec::new(),
            source: Some(UnitSource::Written),
            span: None,
        }
    }

    /// `$` is what the document calls its sums in words: dollars or pesos. One
    /// that writes `US$` for dollars and speaks of pesos means pesos.
    fn dollar_sign(
        &self,
        ask: &Ask<'_>,
        choices: &[&Currency],
        said: &[(&str, Span<Repaired>)],
    ) -> Option<Settled> {
        let word = |family: &str| nearest(self.families.get(family)?, ask.at);
        let dollars_in_full = said.iter().find(|(code, _)| *code == "USD");
        let family = match (word("dollar"), word("peso"), dollars_in_full) {
            (None, Some(_), _) | (Some(_), Some(_), Some(_)) => "peso",
            (Some(_), None, _) => "dollar",
            (None, None, Some((_, span))) => {
                return Some(Settled {
                    unit: "USD".to_owned(),
                    choices: Vec::new(),
                    source: Some(UnitSource::Currency),
                    span: Some(*span),
                });
            }
            _ => return None,
        };
        let narrowed = Ask {
            name: family,
            ..*ask
        };
        let mut settled = self.settle(&narrowed);
        // What the word means, the sign means.
        if settled.choices.is_empty() {
            settled.source = Some(UnitSource::Currency);
            settled.span = settled.span.or_else(|| word(family));
        } else {
            settled.unit = ask.lemma();
            settled
                .choices
                .retain(|code| choices.iter().any(|own| own.code == *code));
        }
        Some(settled)
    }

    /// The currency of the country that most of the places belong to.
    fn by_place<'a>(
        &self,
        ask: &Ask<'_>,
        choices: &[&'a Currency],
        usual: Option<&str>,
    ) -> Option<(&'a str, Span<Repaired>)> {
        // Where the sign is that of dollars, a document that speaks of no pesos
        // writes sums of other countries in dollars.
        let family = usual.and_then(|code| ask.table.iter().find(|own| own.code == code));
        let family = family.filter(|_| ask.name == "$");
        let choices = choices
            .iter()
            .filter(|own| family.is_none_or(|family| own.family == family.family));
        let all: usize = self.countries.values().map(Vec::len).sum();
        let mut best: Option<(&'a str, usize, Span<Repaired>)> = None;
        let mut second = 0;
        for currency in choices {
            let spans = currency
                .countries
                .iter()
                .filter_map(|c| self.countries.get(c));
            let count: usize = spans.clone().map(Vec::len).sum();
            let Some(span) = spans
                .flatten()
                .copied()
                .min_by_key(|span| away(*span, ask.at))
            else {
                continue;
            };
            match best {
                Some((_, most, _)) if most >= count => second = second.max(count),
                _ => {
                    second = best.map_or(0, |(_, most, _)| most);
                    best = Some((&currency.code, count, span));
                }
            }
        }
        let (code, count, span) = best?;
        // Against what the word usually means, places must speak loudly.
        let most = count > second * 2 && count * 2 > all;
        let enough = match usual {
            Some(usual) if usual != code => most && count >= MENTIONS && second == 0,
            _ => most,
        };
        enough.then_some((code, span))
    }

    /// Where a currency is said in full, nearest before a place.
    fn in_full(&self, currency: &Currency, at: u32) -> Option<Span<Repaired>> {
        let of = currency.countries.iter().filter_map(|country| {
            let key = (currency.family.clone(), country.clone());
            nearest(self.of.get(&key)?, at)
        });
        let code = self.full.get(&currency.code);
        let code = code.and_then(|spans| nearest(spans, at));
        code.into_iter()
            .chain(of)
            .min_by_key(|span| away(*span, at))
    }

    /// Whether the document has to do with a family: by name or by country.
    pub(crate) fn knows(&self, table: &[Currency], family: &str, home: Option<&str>) -> bool {
        let mut of = table.iter().filter(|currency| currency.family == family);
        self.speaks_of(table, family).is_some()
            || of.any(|currency| {
                currency.countries.iter().any(|country| {
                    Some(country.as_str()) == home || self.countries.contains_key(country)
                })
            })
    }

    /// Whether a family is named with its sign or in full.
    pub(crate) fn speaks_of(&self, table: &[Currency], family: &str) -> Option<Span<Repaired>> {
        let full = table
            .iter()
            .filter(|currency| currency.family == family)
            .find_map(|currency| self.full.get(&currency.code)?.first());
        full.or_else(|| self.families.get(family)?.first()).copied()
    }
}

/// The last before a place, else the first behind it.
fn nearest(spans: &[Span<Repaired>], at: u32) -> Option<Span<Repaired>> {
    let next = spans.partition_point(|span| span.start() < at);
    let before = next.checked_sub(1).and_then(|at| spans.get(at));
    before.or_else(|| spans.get(next)).copied()
}

fn away(span: Span<Repaired>, at: u32) -> u32 {
    span.start().abs_diff(at)
}

fn has(currency: &Currency, country: &str) -> bool {
    currency.countries.iter().any(|own| own == country)
}

/// A sum whose currency is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) table: &'a [Currency],
    pub(crate) topic: &'a AmountTopic,
    /// Code, family or sign.
    pub(crate) name: &'a str,
    /// The country that stands beside it.
    pub(crate) of: Option<&'a str>,
    /// The country of the document.
    pub(crate) country: Option<&'a str>,
    /// The year of the document.
    pub(crate) year: Option<i32>,
    pub(crate) at: u32,
}

impl<'a> Ask<'a> {
    /// What it can be, before the document is asked.
    fn choices(&self) -> Vec<&'a Currency> {
        let name = self.name;
        let mut choices: Vec<&Currency> = self
            .table
            .iter()
            .filter(|currency| {
                currency.code == name
                    || currency.family == name
                    || currency.signs.iter().any(|sign| sign == name)
            })
            .collect();
        if let Some(code) = choices.iter().find(|currency| currency.code == name) {
            return vec![code];
        }
        narrow(&mut choices, |currency| {
            self.of.is_none_or(|country| has(currency, country))
        });
        let all = choices.clone();
        narrow(&mut choices, |currency| match self.year {
            Some(year) => currency.holds_in(year),
            // A text without a date speaks of the money a country has today.
            None => {
                currency.until.is_none()
                    || !all.iter().any(|other| {
                        other.until.is_none()
                            && currency.countries.iter().any(|country| has(other, country))
                    })
            }
        });
        choices
    }

    /// The word or sign for it.
    fn lemma(&self) -> String {
        self.topic
            .code_named(self.name)
            .and_then(|code| self.topic.lemmas.get(&code))
            .map_or_else(|| self.name.to_owned(), Clone::clone)
    }
}

/// Keeps what fits, unless nothing does.
fn narrow(choices: &mut Vec<&Currency>, fits: impl Fn(&Currency) -> bool) {
    if choices.iter().any(|currency| fits(currency)) {
        choices.retain(|currency| fits(currency));
    }
}
