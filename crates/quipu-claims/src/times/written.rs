//! Dates as they are written: by the names of their parts or in numbers.

use crate::patterns::slots::SlotName;
use crate::patterns::token::{Digits, Form};

use super::calendar;
use super::meaning::{Calendar, Meaning};
use super::slots::Slots;

/// A date by the names of its parts. One that no calendar has is known as such,
/// so that no shorter date is read out of it.
pub(crate) fn dated(slots: &Slots<'_>) -> Option<Meaning> {
    let (year, short_year) = slots.year();
    let made = Calendar {
        year,
        short_year,
        month: slots.byte(SlotName::Month),
        day: slots.byte(SlotName::Day),
        weekday: slots.byte(SlotName::Weekday),
    };
    if made == Calendar::default() {
        return None;
    }
    if let (Some(month), Some(day)) = (made.month, made.day) {
        // A leap year where none is said.
        let year = made.year.filter(|_| !short_year).unwrap_or(2000);
        if calendar::day(year, month, day).is_none() {
            return Some(Meaning::Impossible);
        }
    }
    Some(Meaning::Calendar(made))
}

pub(crate) fn numbers(slots: &Slots<'_>) -> Option<Meaning> {
    let weekday = slots.byte(SlotName::Weekday);
    match slots.form(SlotName::Numbers)? {
        Form::Triple { a, b, c, sign } => {
            // Other counts of digits are telephones and papers.
            let dated = matches!(
                (a.count, b.count, c.count),
                (1 | 2, 1 | 2, 2 | 4) | (4, 1 | 2, 1 | 2)
            );
            dated.then_some(Meaning::Numbers {
                a,
                b,
                c: Some(c),
                sign,
                weekday,
            })
        }
        Form::Pair { a, b, sign } => {
            let sure = sign == b'/' || weekday.is_some() || slots.setting("sure") == Some(1);
            let short = a.count <= 2 && b.count <= 2 && sign != b',';
            let month = |n: Digits| (1..=12).contains(&n.worth);
            let day = |n: Digits| (1..=31).contains(&n.worth);
            let dated = (month(a) && day(b)) || (day(a) && month(b));
            (sure && short && dated).then_some(Meaning::Numbers {
                a,
                b,
                c: None,
                sign,
                weekday,
            })
        }
        _ => None,
    }
}

/// `3/2015`, `2015-3`; `1988-89` and `2014-2018` are years.
pub(crate) fn month_numbers(slots: &Slots<'_>) -> Option<Meaning> {
    let (a, b, sign) = match slots.form(SlotName::Numbers) {
        Some(Form::Pair { a, b, sign }) => (a, b, sign),
        Some(_) => return None,
        None => {
            let digits = |name| match slots.form(name)? {
                Form::Whole { worth, digits } => Some(Digits {
                    worth,
                    count: digits,
                }),
                _ => None,
            };
            (digits(SlotName::From)?, digits(SlotName::To)?, b' ')
        }
    };
    if sign == b',' {
        return None;
    }
    let year = |n: Digits| n.count == 4 && (1000..2200).contains(&n.worth);
    let month = |n: Digits| n.count <= 2 && (1..=12).contains(&n.worth);
    let (year, month) = if year(a) && month(b) {
        (a.worth, b.worth)
    } else if month(a) && year(b) {
        (b.worth, a.worth)
    } else {
        return None;
    };
    Some(Meaning::Calendar(Calendar {
        year: Some(year),
        month: u8::try_from(month).ok(),
        ..Calendar::default()
    }))
}

/// `1988-89`, `2014-2018`.
pub(crate) fn years(slots: &Slots<'_>) -> Option<Meaning> {
    let Some(Form::Pair { a, b, sign }) = slots.form(SlotName::Numbers) else {
        return None;
    };
    let from = (a.count == 4 && (1000..2200).contains(&a.worth)).then_some(a.worth)?;
    let to = match b.count {
        4 => b.worth,
        2 => a.worth / 100 * 100 + b.worth,
        _ => return None,
    };
    let to = if b.count == 2 && to < from {
        to + 100
    } else {
        to
    };
    let near = to > from && to - from <= if b.count == 2 { 60 } else { 700 };
    // `1999-02` is a month; `2004-05` may be one.
    let month = b.count == 2 && (1..=12).contains(&b.worth);
    let sound = near && matches!(sign, b'-' | b'/') && (!month || to == from + 1);
    sound.then_some(Meaning::Years { from, to, month })
}

pub(crate) fn group(slots: &Slots<'_>) -> Option<Meaning> {
    let Form::Group { day, .. } = slots.form(SlotName::Group)? else {
        return None;
    };
    let (year, short_year) = slots.year();
    let month = slots.byte(SlotName::Month);
    if let Some(month) = month {
        let leap = year.filter(|_| !short_year).unwrap_or(2000);
        if calendar::day(leap, month, day).is_none() {
            return Some(Meaning::Impossible);
        }
    } else {
        return Some(Meaning::Group { day });
    }
    Some(Meaning::Calendar(Calendar {
        year,
        short_year,
        month,
        day: Some(day),
        weekday: None,
    }))
}

pub(crate) fn decade(slots: &Slots<'_>) -> Option<Meaning> {
    let (start, short) = match slots.form(SlotName::Year) {
        Some(Form::Decade { worth, digits }) => (worth, digits == 2),
        Some(_) => return None,
        None => match slots.small(SlotName::N) {
            Some(tens) if tens < 100 => (tens, true),
            Some(year) => (year, false),
            None => (slots.small(SlotName::Year)?, false),
        },
    };
    (start % 10 == 0).then_some(Meaning::Decade { start, short })
}
