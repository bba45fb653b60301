//! Times and amounts on the page of a document: their cards and their list.

use fluent_bundle::FluentArgs;
use quipu_desk::view::expression::{AmountView, TimeView, WordsView};
use quipu_desk::view::meant::MeantView;

use super::document::DocumentPage;
use crate::link::address;
use crate::words::Words;

/// Times, and amounts, listed beside the text.
const LISTED: usize = 200;

impl DocumentPage {
    pub(super) fn time(&self, meant: &MeantView) -> Option<&TimeView> {
        let times = &self.view.times;
        let at = times.binary_search_by_key(&meant.number, |time| time.number);
        times.get(at.ok()?).filter(|_| meant.kind == "time")
    }

    pub(super) fn amount(&self, meant: &MeantView) -> Option<&AmountView> {
        let amounts = &self.view.amounts;
        let at = amounts.binary_search_by_key(&meant.number, |amount| amount.number);
        amounts.get(at.ok()?).filter(|_| meant.kind == "amount")
    }

    /// What assistive technology says of it.
    pub(super) fn meant_label(&self, meant: &MeantView) -> String {
        if let Some(time) = self.time(meant) {
            return self.t.say_with("card-time", self.time_value(time));
        }
        let value = self.amount(meant).map(|amount| self.amount_value(amount));
        self.t.say_with("card-amount", value.unwrap_or_default())
    }

    pub(super) fn shown_times(&self) -> &[TimeView] {
        self.view.times.get(..LISTED).unwrap_or(&self.view.times)
    }

    pub(super) fn more_times(&self) -> usize {
        self.view.times.len().saturating_sub(LISTED)
    }

    pub(super) fn shown_amounts(&self) -> &[AmountView] {
        self.view
            .amounts
            .get(..LISTED)
            .unwrap_or(&self.view.amounts)
    }

    pub(super) fn more_amounts(&self) -> usize {
        self.view.amounts.len().saturating_sub(LISTED)
    }

    /// Where the words stand that something leans on.
    pub(super) fn words_link(&self, words: &WordsView) -> String {
        let section = words.section.unwrap_or(self.view.section);
        match words.time {
            Some(time) if section == self.view.section => format!("#time-{time}"),
            Some(time) => format!("{}#time-{time}", self.section_link(section)),
            None => {
                let passage = format!("{}-{}", words.start, words.end);
                let link = address(
                    &format!("/d/{}", self.id),
                    &[("p", &passage), ("q", &self.query)],
                );
                format!("{link}#passage")
            }
        }
    }

    /// A time in words, or as TIMEX3 has it.
    pub(super) fn time_value(&self, time: &TimeView) -> String {
        time_value(&self.t, time)
    }

    pub(super) fn time_bounds(&self, time: &TimeView) -> Option<String> {
        let (first, last) = (time.earliest.as_deref(), time.latest.as_deref());
        if first == last || time.edtf.is_none() {
            return None;
        }
        let day = |day: &str| self.t.date(day);
        match (first.map(day), last.map(day)) {
            (Some(first), Some(last)) => Some(both(&self.t, first, last)),
            (Some(first), None) => Some(self.t.say_with("bounds-days-first", first)),
            (None, Some(last)) => Some(self.t.say_with("bounds-days-last", last)),
            (None, None) => None,
        }
    }

    pub(super) fn amount_value(&self, amount: &AmountView) -> String {
        amount_value(&self.t, amount)
    }

    /// What the unit was known by, where its own words do not say it.
    pub(super) fn unit_told_by(&self, amount: &AmountView) -> Option<&'static str> {
        amount.unit_from.filter(|from| *from != "written")
    }

    /// The words that gave the unit, where they do not stand right behind.
    pub(super) fn unit_elsewhere<'v>(&self, amount: &'v AmountView) -> Option<&'v WordsView> {
        let behind = amount.end..amount.end.saturating_add(2);
        let words = amount.unit_words.as_ref();
        words.filter(|words| !behind.contains(&words.start))
    }

    pub(super) fn amount_bounds(&self, amount: &AmountView) -> Option<String> {
        let (low, high) = (amount.low.as_deref(), amount.high.as_deref());
        if low == high {
            return None;
        }
        numbers(&self.t, low, high)
    }
}

fn time_value(t: &Words, time: &TimeView) -> String {
    match &time.edtf {
        Some(edtf) => match edtf.strip_prefix('[').and_then(|set| set.strip_suffix(']')) {
            Some(set) => one_of(t, set),
            None => t.date(edtf),
        },
        None => length(t, &time.timex).unwrap_or_else(|| time.timex.clone()),
    }
}

/// A set of EDTF, of which one is meant.
fn one_of(t: &Words, set: &str) -> String {
    let each = set.split(',').map(|one| match one.split_once("..") {
        Some((from, to)) => t.date(&format!("{from}/{to}")),
        None => t.date(one),
    });
    let each: Vec<String> = each.collect();
    match each.as_slice() {
        [range] => t.say_with("date-within", range),
        several => t.say_with("date-one-of", several.join(", ")),
    }
}

/// A length of TIMEX3 in words: `P2M` is two months.
fn length(t: &Words, timex: &str) -> Option<String> {
    let (hours, rest) = match timex.strip_prefix("PT") {
        Some(rest) => (true, rest),
        None => (false, timex.strip_prefix('P')?),
    };
    let (at, unit) = rest.char_indices().last()?;
    let number: u64 = rest.get(..at)?.parse().ok()?;
    let key = match (hours, unit) {
        (false, 'Y') => Some("length-years"),
        (false, 'M') => Some("length-months"),
        (false, 'W') => Some("length-weeks"),
        (false, 'D') => Some("length-days"),
        (true, 'H') => Some("length-hours"),
        (true, 'M') => Some("length-minutes"),
        _ => None,
    };
    Some(t.count(key?, number))
}

/// An amount with its unit, and how the words take it.
pub(super) fn amount_value(t: &Words, amount: &AmountView) -> String {
    let value = amount.value.as_deref().map(|value| decimal(t, value));
    let said = match (value, amount.modifier) {
        (Some(value), Some("more-than")) => t.say_with("amount-more-than", value),
        (Some(value), Some("less-than")) => t.say_with("amount-less-than", value),
        (Some(value), Some("at-least")) => t.say_with("amount-at-least", value),
        (Some(value), Some("at-most")) => t.say_with("amount-at-most", value),
        (Some(value), Some("nearly")) => t.say_with("amount-nearly", value),
        (Some(value), Some("just-over")) => t.say_with("amount-just-over", value),
        (Some(value), Some("approx")) => t.say_with("amount-approx", value),
        (Some(value), _) => value,
        (None, _) => numbers(t, amount.low.as_deref(), amount.high.as_deref())
            .unwrap_or_else(|| t.say("amount-no-number")),
    };
    match &amount.unit {
        Some(unit) => format!("{said}\u{a0}{unit}"),
        None => said,
    }
}

fn numbers(t: &Words, low: Option<&str>, high: Option<&str>) -> Option<String> {
    let number = |number: &str| decimal(t, number);
    match (low.map(number), high.map(number)) {
        (Some(low), Some(high)) => Some(both(t, low, high)),
        (Some(low), None) => Some(t.say_with("amount-at-least", low)),
        (None, Some(high)) => Some(t.say_with("amount-at-most", high)),
        (None, None) => None,
    }
}

fn both(t: &Words, from: String, to: String) -> String {
    let mut args = FluentArgs::new();
    args.set("from", from);
    args.set("to", to);
    t.message("bounds-both", Some(&args)).unwrap_or_default()
}

/// A number in digits as the language writes it.
fn decimal(t: &Words, digits: &str) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("−", rest),
        None => ("", digits),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let Ok(whole) = whole.parse::<u64>() else {
        return format!("{sign}{digits}");
    };
    let whole = t.number(whole);
    if part.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{}{part}", t.decimal_point())
    }
}

#[cfg(test)]
mod tests {
    use super::{decimal, length};
    use crate::words::{Language, Words};

    const EN: Words = Words {
        language: Language::En,
    };
    const ES: Words = Words {
        language: Language::Es,
    };

    #[test]
    fn numbers_are_written_as_the_reader_writes_them() {
        assert_eq!(decimal(&EN, "1060000.5"), "1,060,000.5");
        assert_eq!(decimal(&ES, "-1234.25"), "−1234,25");
        assert_eq!(
            decimal(&EN, "340282366920938463463374607431768211456"),
            "340282366920938463463374607431768211456"
        );
    }

    #[test]
    fn lengths_are_said_in_words() {
        assert_eq!(length(&EN, "P1M").as_deref(), Some("1 month"));
        assert_eq!(length(&ES, "P20Y").as_deref(), Some("20 años"));
        assert_eq!(length(&EN, "PT3H").as_deref(), Some("3 hours"));
        for odd in ["", "P", "PXM", "P1Y2M", "T24:00"] {
            assert_eq!(length(&EN, odd), None, "{odd}");
        }
    }
}
