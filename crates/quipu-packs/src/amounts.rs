//! What a language knows of amounts (`languages/*/amounts`), and the currencies
//! of the world (`languages/any/amounts/currencies.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{PackError, Packs, PhraseRules};

/// Words and patterns of amounts in one language, those of every language included.
#[derive(Debug, Clone)]
pub struct AmountRules {
    /// The words and patterns.
    pub phrases: PhraseRules,
    /// Endings of plurals with those of the singular, longest first.
    pub plurals: Vec<(String, String)>,
    /// The currency that a family's word means where nothing tells otherwise.
    pub usual: BTreeMap<String, String>,
    /// The sign before decimals where a document shows no habit of its own;
    /// `None` where writers of the language differ.
    pub decimal_sign: Option<char>,
}

/// A currency.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// ISO 4217 code, of today or of its time.
    pub code: String,
    /// What its name is short for: `peso`, `dollar`.
    pub family: String,
    /// Countries whose money it is (ISO 3166-1 alpha-2).
    pub countries: Vec<String>,
    /// First year it was in use, where that tells it from another of its name.
    pub since: Option<i32>,
    /// Last year it was in use; `None` when it still is.
    pub until: Option<i32>,
    /// Signs it shares with others: `$`.
    #[serde(default)]
    pub signs: Vec<String>,
}

impl Currency {
    /// Whether it was money in a year; sums are still told in it for two years more.
    #[must_use]
    pub fn holds_in(&self, year: i32) -> bool {
        self.since.is_none_or(|since| since <= year)
            && self.until.is_none_or(|until| year <= until + 2)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCurrencies {
    currency: Vec<Currency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    #[serde(default)]
    plurals: Vec<(String, String)>,
    #[serde(default)]
    usual: BTreeMap<String, String>,
    decimal_sign: Option<char>,
}

const CURRENCIES: &str = "languages/any/amounts/currencies.toml";

/// The currencies of the packs, in the order of their file.
///
/// # Errors
/// What is wrong in the file, with its line.
pub fn currencies(packs: &Packs) -> Result<Vec<Currency>, PackError> {
    if packs.files().text(CURRENCIES)?.is_none() {
        return Ok(Vec::new());
    }
    let raw: RawCurrencies = packs.files().parse(CURRENCIES)?;
    let text = packs.files().text(CURRENCIES)?.unwrap_or_default();
    for (at, currency) in raw.currency.iter().enumerate() {
        let earlier = raw.currency.get(..at).unwrap_or_default();
        let letters = |code: &str, count| {
            code.len() == count && code.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        let sound = letters(&currency.code, 3)
            && currency.countries.iter().all(|country| letters(country, 2))
            && currency
                .until
                .is_none_or(|until| Some(until) >= currency.since)
            && !earlier.iter().any(|other| other.code == currency.code);
        if !sound {
            return Err(PackError::about(
                CURRENCIES,
                text,
                &currency.code,
                format!("the currency {} is not sound", currency.code),
                "give each code once, countries as two capitals, and years in their order",
            ));
        }
    }
    Ok(raw.currency)
}

impl AmountRules {
    /// The rules of a language, with those of every language before them.
    ///
    /// # Errors
    /// What is wrong in a file, with its line.
    pub fn read(packs: &Packs, tag: &str) -> Result<Self, PackError> {
        let (phrases, owns) = PhraseRules::read::<Own>(packs, tag, "amounts")?;
        let mut made = Self {
            phrases,
            plurals: Vec::new(),
            usual: BTreeMap::new(),
            decimal_sign: None,
        };
        for own in owns {
            made.plurals.extend(own.plurals);
            made.usual.extend(own.usual);
            made.decimal_sign = own.decimal_sign.or(made.decimal_sign);
        }
        for currency in currencies(packs)? {
            let worth = made.phrases.code(&currency.code);
            made.phrases.code(&currency.family);
            let codes = made
                .phrases
                .classes
                .entry("currency-code".to_owned())
                .or_default();
            codes.push((currency.code.to_lowercase(), worth));
        }
        Ok(made)
    }
}
