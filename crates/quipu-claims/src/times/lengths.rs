//! Lengths of time and how often it comes again.

use crate::patterns::slots::{SlotName, Value};

use super::meaning::{Clock, Every, Length, Meaning};
use super::slots::{Slots, part_of_day};

pub(crate) fn length(slots: &Slots<'_>) -> Option<Length> {
    let unit = slots.unit()?;
    let vague = match (slots.setting("least"), slots.setting("most")) {
        (Some(least), Some(most)) => Some((least * 1000, most * 1000)),
        _ => None,
    };
    let number = |name| match slots.value(name)? {
        Value::Thousandths(n) => Some(n),
        Value::Number(n) => n.checked_mul(1000),
        _ => None,
    };
    // "three or four years": no more than four, no less than three.
    let choice = match slots.value(SlotName::Other) {
        Some(_) => {
            let (low, high) = (number(SlotName::N)?, number(SlotName::Other)?);
            if low >= high {
                return None;
            }
            Some((low, high))
        }
        None => None,
    };
    let vague = vague.or(choice);
    let thousandths = match slots.value(SlotName::N) {
        _ if choice.is_some() => choice?.1,
        Some(Value::Thousandths(n)) => n,
        Some(Value::Number(n)) => n.checked_mul(1000)?,
        Some(_) => return None,
        None => match slots.setting("n") {
            Some(n) => n * 1000,
            None => vague?.0,
        },
    };
    let thousandths = thousandths + slots.setting("halves").unwrap_or(0) * 500;
    // A length that no document means is a number of another kind.
    if thousandths <= 0 || thousandths > 10_000_000_000 {
        return None;
    }
    Some(Length {
        vague,
        round: slots.setting("round").is_some(),
        article: slots.setting("article").is_some(),
        ..Length::of(thousandths, unit)
    })
}

pub(crate) fn sum(slots: &Slots<'_>) -> Option<Length> {
    let mut made = slots.length()?;
    for name in [SlotName::Other, SlotName::Third] {
        let Some(node) = slots.node(name) else {
            continue;
        };
        let Some(Meaning::Length(more)) = slots.meaning(node) else {
            return None;
        };
        // "two nights a week" is no sum.
        if more.article || more.vague.is_some() {
            return None;
        }
        for part in more.iter() {
            let repeated = made.iter().any(|(_, unit)| unit == part.1);
            if repeated || made.count == 4 {
                return None;
            }
            made.parts[usize::from(made.count)] = part;
            made.count += 1;
        }
    }
    Some(made)
}

pub(crate) fn every(slots: &Slots<'_>) -> Option<Every> {
    let clock = match slots.node(SlotName::Time) {
        Some(node) => match slots.meaning(node)? {
            Meaning::Clock(clock) => Some(clock),
            _ => return None,
        },
        None => None,
    };
    if let Some(what) = slots.named() {
        return Some(clock.map_or(Every::Named(what), |clock| Every::NamedAt(what, clock)));
    }
    if let Some(clock) = clock {
        return Some(Every::Clock(clock));
    }
    if let Some(Clock::Part(letters)) = slots.number(SlotName::Part).and_then(part_of_day) {
        return Some(Every::Clock(Clock::Part(letters)));
    }
    if let Some(node) = slots.node(SlotName::Of) {
        return match slots.meaning(node)? {
            Meaning::Length(length) => Some(Every::Length(length)),
            _ => Some(Every::Node(node)),
        };
    }
    length(slots).map(Every::Length)
}
