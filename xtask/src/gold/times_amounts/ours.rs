//! What the program finds, put as annotators put it.

use quipu_claims::times::day_text;
use quipu_model::Decimal;
use quipu_model::amount::{AmountExpression, AmountKind, AmountModifier};
use quipu_model::time::{Day, TimeExpression, TimeKind, TimeModifier};

use super::files::Row;

/// Near the value.
const NEAR: &str = "~";

/// Open, or not known.
const OPEN: &str = "..";

/// A time of ours.
pub(super) fn time(found: &TimeExpression) -> Row {
    let value = &found.value;
    let dated = matches!(found.kind, TimeKind::Date | TimeKind::Time) && !value.edtf.is_empty();
    let day = |day: Option<Day>| day.map_or_else(|| OPEN.to_owned(), day_text);
    let (low, high) = match found.modifier {
        _ if dated => (day(value.earliest), day(value.latest)),
        Some(TimeModifier::MoreThan | TimeModifier::EqualOrMore) => {
            (value.timex.clone(), OPEN.to_owned())
        }
        Some(TimeModifier::LessThan | TimeModifier::EqualOrLess) => {
            (OPEN.to_owned(), value.timex.clone())
        }
        Some(TimeModifier::Approx) => (NEAR.to_owned(), NEAR.to_owned()),
        _ => (String::new(), String::new()),
    };
    let known = if dated { &value.edtf } else { &value.timex };
    let unknown =
        known.is_empty() || (!dated && known.starts_with("XXXX") && found.kind == TimeKind::Date);
    Row {
        is_time: true,
        span: found.span.range(),
        words: value.as_written.clone(),
        kind: found.kind.word().to_owned(),
        value: if unknown {
            "?".to_owned()
        } else {
            known.clone()
        },
        low,
        high,
        ..Row::default()
    }
}

/// An amount of ours.
pub(super) fn amount(found: &AmountExpression) -> Row {
    let number =
        |number: Option<Decimal>| number.map_or_else(|| OPEN.to_owned(), |n| n.to_string());
    let (low, high) = match found.modifier {
        None => (String::new(), String::new()),
        Some(AmountModifier::Approx) => (NEAR.to_owned(), NEAR.to_owned()),
        Some(AmountModifier::Nearly) => (NEAR.to_owned(), number(found.value)),
        Some(AmountModifier::JustOver) => (number(found.value), NEAR.to_owned()),
        Some(_) => (number(found.low), number(found.high)),
    };
    let counts = matches!(found.kind, AmountKind::Count | AmountKind::Rank);
    let thing_end = found.unit_span.map(|span| span.range().end);
    Row {
        is_time: false,
        span: found.span.range(),
        words: found.as_written.clone(),
        kind: found.kind.word().to_uppercase(),
        value: found.value.map_or_else(String::new, |n| n.to_string()),
        low,
        high,
        unit: if found.unit_choices.is_empty() {
            found.unit.clone().unwrap_or_default()
        } else {
            found.unit_choices.join(" ")
        },
        per: found.per.clone().unwrap_or_default(),
        thing_end: thing_end.filter(|_| counts),
    }
}
