//! Times and amounts in the text, with what they were taken to mean and why.

use quipu_model::{AmountExpression, Decimal, Reading, Repaired, Span, TimeExpression};
use serde::{Serialize, Serializer};

use crate::days::iso;

/// A time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimeView {
    /// Its number among the times of the document, from 1.
    pub number: usize,
    /// First code point: of the transcript on the page of a document, of `text` in
    /// its record.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// The words, white space made single.
    pub text: String,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// TIMEX3 value.
    pub timex: String,
    /// EDTF; `None` for lengths and repetitions.
    pub edtf: Option<String>,
    /// First day it can mean, `None` where that is open.
    pub earliest: Option<String>,
    /// Last day it can mean, `None` where that is open.
    pub latest: Option<String>,
    /// TIMEX3 modifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modifier: Option<&'static str>,
    /// The words it was reckoned from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchored_on: Option<WordsView>,
    /// The document's own day, where it was reckoned from that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The pattern that found it.
    pub rule: String,
}

/// An amount. Numbers are plain digits with a point, exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountView {
    /// Its number among the amounts of the document, from 1.
    pub number: usize,
    /// First code point: of the transcript on the page of a document, of `text` in
    /// its record.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// The words, white space made single.
    pub text: String,
    /// `money`, `count`, `measure`, `percent` or `rank`.
    pub kind: &'static str,
    /// The number that is said.
    #[serde(serialize_with = "number")]
    pub value: Option<String>,
    /// Least it can be.
    #[serde(serialize_with = "number")]
    pub low: Option<String>,
    /// Most it can be.
    #[serde(serialize_with = "number")]
    pub high: Option<String>,
    /// How the words take the number: `approx`, `more-than`…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modifier: Option<&'static str>,
    /// ISO 4217 code, UCUM code, `%`, or what is counted.
    pub unit: Option<String>,
    /// Codes that the unit can be, where it is not settled.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unit_choices: Vec<String>,
    /// What the unit was known by: `written`, `place`, `heading`…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_from: Option<&'static str>,
    /// The words elsewhere that gave the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_words: Option<WordsView>,
    /// What it is per.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// The pattern that found it.
    pub rule: String,
}

/// Digits as a number: exact while they are whole and fit, else as near as a
/// floating one comes.
#[expect(clippy::ref_option, reason = "serde hands in references")]
pub(super) fn number<S: Serializer>(digits: &Option<String>, to: S) -> Result<S::Ok, S::Error> {
    match digits.as_deref() {
        None => to.serialize_none(),
        Some(digits) => match (digits.parse::<i64>(), digits.parse::<f64>()) {
            (Ok(whole), _) => to.serialize_i64(whole),
            (_, Ok(part)) => to.serialize_f64(part),
            _ => to.serialize_str(digits),
        },
    }
}

/// Words elsewhere in the document that something leans on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordsView {
    /// The words, white space made single.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// First code point after them.
    pub end: usize,
    /// The section they are shown in, counted from 1, where there are sections.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<usize>,
    /// Their number among the times of the document, where they are one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<usize>,
}

/// Views of expressions of one document.
pub(super) struct Expressions<'a> {
    pub(super) reading: &'a Reading,
    /// The repaired text.
    pub(super) text: &'a str,
    /// Code points of a span, in whatever text they are to count in.
    pub(super) place: &'a dyn Fn(Span<Repaired>) -> (usize, usize),
    /// The section at a byte.
    pub(super) section_of: &'a dyn Fn(u32) -> Option<usize>,
}

impl Expressions<'_> {
    /// The same without those that are part of an amount.
    pub(super) fn times_alone(&self, span: Span<Repaired>) -> Vec<TimeView> {
        let mut views = self.times(span);
        views.retain(|view| {
            let time = self.reading.times.get(view.number - 1);
            time.is_none_or(|time| !is_within_amount(self.reading, time))
        });
        views
    }

    /// The times that begin within a span.
    pub(super) fn times(&self, span: Span<Repaired>) -> Vec<TimeView> {
        let times = self.reading.times_in(span);
        let before = self
            .reading
            .times
            .partition_point(|time| time.span.start() < span.start());
        let numbered = (before + 1..).zip(times);
        numbered
            .map(|(number, time)| self.time(number, time))
            .collect()
    }

    /// The amounts that begin within a span.
    pub(super) fn amounts(&self, span: Span<Repaired>) -> Vec<AmountView> {
        let amounts = self.reading.amounts_in(span);
        let before = self
            .reading
            .amounts
            .partition_point(|amount| amount.span.start() < span.start());
        let numbered = (before + 1..).zip(amounts);
        numbered
            .map(|(number, amount)| self.amount(number, amount))
            .collect()
    }

    fn time(&self, number: usize, time: &TimeExpression) -> TimeView {
        let (start, end) = (self.place)(time.span);
        let value = &time.value;
        TimeView {
            number,
            start,
            end,
            text: single(time.span, self.text),
            kind: time.kind.word(),
            timex: value.timex.clone(),
            edtf: Some(value.edtf.clone()).filter(|edtf| !edtf.is_empty()),
            earliest: value.earliest.map(iso),
            latest: value.latest.map(iso),
            modifier: time.modifier.map(quipu_model::TimeModifier::word),
            anchored_on: value.anchored_on.map(|words| self.words(words)),
            reference: value.reference.map(iso),
            rule: time.rule.clone(),
        }
    }

    pub(super) fn amount(&self, number: usize, amount: &AmountExpression) -> AmountView {
        let (start, end) = (self.place)(amount.span);
        let digits = |number: Option<Decimal>| number.map(|number| number.to_string());
        let elsewhere = amount
            .unit_span
            .filter(|words| !amount.span.contains(*words));
        AmountView {
            number,
            start,
            end,
            text: single(amount.span, self.text),
            kind: amount.kind.word(),
            value: digits(amount.value),
            low: digits(amount.low),
            high: digits(amount.high),
            modifier: amount.modifier.map(quipu_model::AmountModifier::word),
            unit: amount.unit.clone(),
            unit_choices: amount.unit_choices.clone(),
            unit_from: amount.unit_from.map(quipu_model::UnitSource::word),
            unit_words: elsewhere.map(|words| self.words(words)),
            per: amount.per.clone(),
            rule: amount.rule.clone(),
        }
    }

    fn words(&self, span: Span<Repaired>) -> WordsView {
        let (start, end) = (self.place)(span);
        let times = &self.reading.times;
        let time = times.binary_search_by_key(&span, |time| time.span).ok();
        WordsView {
            text: single(span, self.text),
            start,
            end,
            section: (self.section_of)(span.start()),
            time: time.map(|at| at + 1),
        }
    }
}

/// Whether a time is part of an amount ("50,000 a month"), which says it all.
pub(super) fn is_within_amount(reading: &Reading, time: &TimeExpression) -> bool {
    let at = reading
        .amounts
        .partition_point(|amount| amount.span.end() <= time.span.start());
    let amount = reading.amounts.get(at);
    amount.is_some_and(|amount| amount.span.overlaps(time.span))
}

fn single(span: Span<Repaired>, text: &str) -> String {
    /// Longer ones are cut; no time or amount is so long.
    const LONGEST: usize = 200;
    let words = span.of(text).unwrap_or_default().split_whitespace();
    let words: Vec<&str> = words.collect();
    words.join(" ").chars().take(LONGEST).collect()
}
