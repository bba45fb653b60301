//! Times and amounts in the forms of output: JSON, and a list for people.

use std::fmt::Write as _;

use quipu_claims::times::day_text;
use quipu_model::amount::AmountModifier;
use quipu_model::time::Day;
use quipu_model::{AmountExpression, Reading, Repaired, Span, TimeExpression};

use super::json::Quoted;
use super::shown::Points;
use super::source::Source;
use super::tree::{cut, padded};
use crate::ink::clean;

/// Columns of words in the list for people.
const WORDS: usize = 36;
/// Columns of a value.
const VALUE: usize = 26;

/// Where expressions stand in what a person handed in.
pub(super) struct Places<'a> {
    source: &'a Source<'a>,
    points: Points<'a>,
    /// The given sentence that places count in, from 0.
    sentence: Option<usize>,
    /// Places told so far, ascending: what is leaned on stands before.
    told: Vec<(Span<Repaired>, Place)>,
}

/// Code points, and the given sentence they count in, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    sentence: Option<usize>,
    start: usize,
    end: usize,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Self {
            points: Points::new(source.text(), 0, 0),
            source,
            sentence: None,
            told: Vec::new(),
        }
    }

    /// The place of an expression; they come in the order of the text.
    fn next(&mut self, span: Span<Repaired>) -> Place {
        let place = self.at(span);
        self.told.push((span, place));
        place
    }

    /// The place of words that an earlier expression has, or of any others.
    fn of(&mut self, span: Span<Repaired>) -> Place {
        match self.told.binary_search_by_key(&span, |(told, _)| *told) {
            Ok(at) => self.told.get(at).map(|(_, place)| *place),
            Err(_) => None,
        }
        .unwrap_or_else(|| self.at(span))
    }

    pub(super) fn at(&mut self, span: Span<Repaired>) -> Place {
        let range = span.range();
        let sentence = self.source.sentence_at(range.start);
        if sentence != self.sentence {
            let start = sentence.and_then(|at| self.source.given(at));
            self.points = Points::new(self.source.text(), start.map_or(0, |(_, start)| start), 0);
            self.sentence = sentence;
        }
        Place {
            sentence: sentence.map(|at| at + 1),
            start: self.points.at(range.start),
            end: self.points.at(range.end),
        }
    }

    pub(super) fn words(&self, span: Span<Repaired>) -> &'a str {
        span.of(self.source.text()).unwrap_or_default()
    }
}

/// Writes the times of an input as members of a list in JSON.
pub(super) fn times_json(reading: &Reading, places: &mut Places<'_>, out: &mut String) {
    for time in &reading.times {
        open(places, time.span, out);
        let value = &time.value;
        let _ = write!(
            out,
            ",\"type\":\"{}\",\"timex\":{},\"edtf\":{},\"earliest\":{},\"latest\":{},\"precision\":\"{}\"",
            time.kind.word(),
            Quoted(&value.timex),
            said(Some(value.edtf.as_str()).filter(|edtf| !edtf.is_empty())),
            day(value.earliest),
            day(value.latest),
            value.precision.word(),
        );
        if let Some(modifier) = time.modifier {
            let _ = write!(out, ",\"modifier\":\"{}\"", modifier.word());
        }
        if time.said != value.timex {
            let _ = write!(out, ",\"said\":{}", Quoted(&time.said));
        }
        if let Some(reckoned) = time.reckoned {
            let _ = write!(out, ",\"reckoned\":\"{}\"", day_text(reckoned));
        }
        if let Some(words) = value.anchored_on {
            out.push_str(",\"anchored_on\":");
            words_json(places, words, out);
        }
        if let Some(reference) = value.reference {
            let _ = write!(out, ",\"reference\":\"{}\"", day_text(reference));
        }
        let _ = write!(out, ",\"rule\":{}}}", Quoted(&time.rule));
    }
}

/// Writes the amounts of an input as members of a list in JSON.
pub(super) fn amounts_json(reading: &Reading, places: &mut Places<'_>, out: &mut String) {
    for amount in &reading.amounts {
        open(places, amount.span, out);
        let number = |number: Option<quipu_model::Decimal>| {
            number.map_or_else(|| "null".to_owned(), |number| number.to_string())
        };
        let _ = write!(
            out,
            ",\"kind\":\"{}\",\"value\":{},\"unit\":{},\"per\":{},\"low\":{},\"high\":{},\"approximate\":{}",
            amount.kind.word(),
            number(amount.value),
            said(amount.unit.as_deref()),
            said(amount.per.as_deref()),
            number(amount.low),
            number(amount.high),
            is_approximate(amount),
        );
        if let Some(modifier) = amount.modifier {
            let _ = write!(out, ",\"modifier\":\"{}\"", modifier.word());
        }
        if !amount.unit_choices.is_empty() {
            let choices: Vec<String> = amount
                .unit_choices
                .iter()
                .map(|one| Quoted(one).to_string())
                .collect();
            let _ = write!(out, ",\"unit_choices\":[{}]", choices.join(","));
        }
        if let Some(from) = amount.unit_from {
            let _ = write!(out, ",\"unit_from\":\"{}\"", from.word());
        }
        if let Some(words) = amount
            .unit_span
            .filter(|words| !amount.span.contains(*words))
        {
            out.push_str(",\"unit_words\":");
            words_json(places, words, out);
        }
        let _ = write!(out, ",\"rule\":{}}}", Quoted(&amount.rule));
    }
}

fn is_approximate(amount: &AmountExpression) -> bool {
    use AmountModifier::{Approx, JustOver, Nearly, Vague};
    matches!(amount.modifier, Some(Approx | JustOver | Nearly | Vague))
}

/// The beginning of a member: where its words stand.
fn open(places: &mut Places<'_>, span: Span<Repaired>, out: &mut String) {
    out.push_str(if out.is_empty() { "{" } else { ",{" });
    let place = places.next(span);
    place_json(place, places.words(span), out);
}

fn words_json(places: &mut Places<'_>, span: Span<Repaired>, out: &mut String) {
    let place = places.of(span);
    out.push('{');
    place_json(place, places.words(span), out);
    out.push('}');
}

pub(super) fn place_json(place: Place, words: &str, out: &mut String) {
    if let Some(sentence) = place.sentence {
        let _ = write!(out, "\"sentence\":{sentence},");
    }
    let Place { start, end, .. } = place;
    let _ = write!(
        out,
        "\"start\":{start},\"end\":{end},\"text\":{}",
        Quoted(words)
    );
}

/// A string, or null.
fn said(words: Option<&str>) -> String {
    words.map_or_else(|| "null".to_owned(), |words| Quoted(words).to_string())
}

fn day(day: Option<Day>) -> String {
    day.map_or_else(|| "null".to_owned(), |day| format!("\"{}\"", day_text(day)))
}

/// Lists times and amounts for people, each with what it means and why.
pub(super) fn list(reading: &Reading, places: &mut Places<'_>, out: &mut String) {
    if !reading.times.is_empty() {
        out.push_str("Times\n");
    }
    for time in &reading.times {
        let why = time_why(time, places);
        row(
            places,
            time.span,
            time.kind.word(),
            &time_value(time),
            &why,
            out,
        );
    }
    if !reading.amounts.is_empty() {
        out.push_str("Amounts\n");
    }
    for amount in &reading.amounts {
        let why = amount_why(amount, places);
        row(
            places,
            amount.span,
            amount.kind.word(),
            &amount_value(amount),
            &why,
            out,
        );
    }
    for notice in &reading.notices {
        let _ = writeln!(out, "  {}", clean(&notice.message));
    }
    if !out.is_empty() {
        out.push('\n');
    }
}

fn row(
    places: &mut Places<'_>,
    span: Span<Repaired>,
    kind: &str,
    value: &str,
    why: &str,
    out: &mut String,
) {
    let place = places.at(span);
    let sentence = place
        .sentence
        .map_or_else(String::new, |at| format!("{at}:"));
    let at = format!("{sentence}{}..{}", place.start, place.end);
    let words = cut(&clean(places.words(span)), WORDS);
    let line = format!(
        "  {at:13} {kind:8} {} {} {why}",
        padded(&words, WORDS),
        padded(&clean(value), VALUE),
    );
    out.push_str(line.trim_end());
    out.push('\n');
}

fn time_value(time: &TimeExpression) -> String {
    if time.value.edtf.is_empty() {
        time.value.timex.clone()
    } else {
        time.value.edtf.clone()
    }
}

fn time_why(time: &TimeExpression, places: &Places<'_>) -> String {
    match (time.value.anchored_on, time.value.reference) {
        (Some(words), _) => format!("from \"{}\"", cut(&clean(places.words(words)), WORDS)),
        (None, Some(day)) => format!("from the date of the text, {}", day_text(day)),
        (None, None) => String::new(),
    }
}

/// An amount in short: `> 1000000 USD / month`.
fn amount_value(amount: &AmountExpression) -> String {
    let mut value = match (amount.modifier, amount.value, amount.low, amount.high) {
        (None, Some(value), ..) => value.to_string(),
        (Some(AmountModifier::Undecided), _, Some(one), Some(other)) => format!("{one} or {other}"),
        (_, None, Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(AmountModifier::MoreThan | AmountModifier::JustOver), Some(value), ..) => {
            format!("> {value}")
        }
        (Some(AmountModifier::LessThan | AmountModifier::Nearly), Some(value), ..) => {
            format!("< {value}")
        }
        (Some(AmountModifier::AtLeast), Some(value), ..) => format!(">= {value}"),
        (Some(AmountModifier::AtMost), Some(value), ..) => format!("<= {value}"),
        (_, Some(value), ..) => format!("~ {value}"),
        (_, None, Some(low), None) => format!(">= {low}"),
        (_, None, None, Some(high)) => format!("<= {high}"),
        (_, None, None, None) => "?".to_owned(),
    };
    if let Some(unit) = &amount.unit {
        let _ = write!(value, " {unit}");
    }
    if let Some(per) = &amount.per {
        let _ = write!(value, " / {per}");
    }
    value
}

fn amount_why(amount: &AmountExpression, places: &Places<'_>) -> String {
    if !amount.unit_choices.is_empty() {
        return format!("one of {}", amount.unit_choices.join(", "));
    }
    let outside = amount
        .unit_span
        .filter(|words| !amount.span.contains(*words));
    outside.map_or_else(String::new, |words| {
        format!("unit from \"{}\"", cut(&clean(places.words(words)), WORDS))
    })
}
