//! Reads times and amounts together, and holds what comes out to the rules. The
//! fuzz target uses it as well.
#![allow(clippy::unwrap_used, dead_code)]

use quipu_claims::amounts::{AmountReader, AmountsInput};
use quipu_claims::{TimeReader, TimesInput};
use quipu_model::{AmountExpression, Layout, Span};
use quipu_packs::Packs;

pub(crate) struct Readers {
    times: TimeReader,
    amounts: AmountReader,
}

impl Readers {
    pub(crate) fn new() -> Self {
        let packs = Packs::embedded().unwrap();
        Self {
            times: TimeReader::new(&packs).unwrap(),
            amounts: AmountReader::new(&packs).unwrap(),
        }
    }

    pub(crate) fn read(&self, text: &str, lang: Option<&str>) -> Vec<AmountExpression> {
        self.read_in(text, lang, None, None)
    }

    pub(crate) fn read_in(
        &self,
        text: &str,
        lang: Option<&str>,
        reference: Option<i64>,
        country: Option<&str>,
    ) -> Vec<AmountExpression> {
        let all = [(Span::from_usize(0, text.len()), lang.unwrap_or_default())];
        let languages: &[_] = if lang.is_some() { &all } else { &[] };
        let times = self.times.read(&TimesInput {
            text,
            languages,
            reference,
            ..TimesInput::default()
        });
        let found = self.amounts.read(&AmountsInput {
            text,
            languages,
            times: &times.value,
            reference,
            country,
            ..AmountsInput::default()
        });
        found.value
    }
}

/// What holds of every reading, whatever the text.
pub(crate) fn sound(text: &str, found: &[AmountExpression]) {
    let mut end = 0;
    for amount in found {
        assert_eq!(amount.span.of(text), Some(amount.as_written.as_str()));
        assert!(
            amount.span.start() >= end,
            "two amounts lie over each other in {text:?}"
        );
        end = amount.span.end();
        if let Some(span) = amount.unit_span {
            assert!(span.of(text).is_some(), "a unit outside {text:?}");
        }
        let least = amount.low.or(amount.value);
        let most = amount.high.or(amount.value);
        if let (Some(low), Some(high)) = (least, most) {
            assert!(low <= high, "{amount:?}");
        }
        let bytes = amount.to_bytes();
        assert_eq!(AmountExpression::from_bytes(&bytes).as_ref(), Ok(amount));
    }
}
