//! Dates of two or three numbers, whose order writers do not agree on.

use quipu_packs::DateOrder;

use crate::patterns::token::Digits;

use super::calendar;
use super::meaning::Calendar;

/// The dates that the numbers can be: one, or two where nothing decides.
pub(crate) fn readings(
    a: Digits,
    b: Digits,
    c: Option<Digits>,
    sign: u8,
    order: DateOrder,
    weekday: Option<u8>,
    full_year: impl Fn(i32) -> i32,
) -> Vec<Calendar> {
    let _ = sign;
    let year = |n: Digits| match n.count {
        4 => (1000..2200).contains(&n.worth).then_some(n.worth),
        1 | 2 => Some(full_year(n.worth)),
        _ => None,
    };
    let date = |year: Option<i32>, month: Digits, day: Digits| {
        if month.count > 2 || day.count > 2 {
            return None;
        }
        let (month, day) = (
            u8::try_from(month.worth).ok()?,
            u8::try_from(day.worth).ok()?,
        );
        let found = calendar::day(year.unwrap_or(2000), month, day)?;
        if year.is_some() && weekday.is_some_and(|weekday| calendar::weekday(found) != weekday) {
            return None;
        }
        Some(Calendar {
            year,
            short_year: false,
            month: Some(month),
            day: Some(day),
            weekday,
        })
    };
    let three = |n: Digits| n.count >= 3;
    let (day_first, month_first) = match c {
        None => (date(None, b, a), date(None, a, b)),
        Some(c) if three(a) || (a.count == 2 && a.worth > 31 && c.count <= 2) => {
            // Year first: then the month, in all the world.
            return year(a)
                .and_then(|year| date(Some(year), b, c))
                .into_iter()
                .collect();
        }
        Some(c) => {
            let Some(year) = year(c) else {
                return Vec::new();
            };
            (date(Some(year), b, a), date(Some(year), a, b))
        }
    };
    match (day_first, month_first) {
        (Some(day), Some(month)) if day != month => match order {
            DateOrder::Dmy => vec![day],
            DateOrder::Mdy => vec![month],
            _ => vec![day, month],
        },
        (Some(one), _) | (None, Some(one)) => vec![one],
        (None, None) => Vec::new(),
    }
}

/// What a date says of the order its writer keeps: both orders only fit when
/// neither number is above twelve.
pub(crate) fn evidence(a: Digits, b: Digits, c: Option<Digits>) -> Option<DateOrder> {
    if a.count > 2 || b.count > 2 || c.is_some_and(|c| c.count == 3) {
        return None;
    }
    match (a.worth, b.worth) {
        (13..=31, 1..=12) => Some(DateOrder::Dmy),
        (1..=12, 13..=31) => Some(DateOrder::Mdy),
        _ => None,
    }
}
