//! The days a date in Extended Date/Time Format (ISO 8601-2) can mean, for
//! sorting and filtering. Finer questions about dates belong to other rooms.

use quipu_model::time::Day;

/// First and last day, both included; `None` at an end that is open. Gives
/// `None` for what is no date.
#[must_use]
pub fn day_range(edtf: &str) -> Option<(Option<Day>, Option<Day>)> {
    let text = edtf.trim();
    let set = text
        .strip_prefix(['[', '{'])
        .and_then(|rest| rest.strip_suffix([']', '}']));
    if let Some(set) = set {
        return range_of_set(set);
    }
    match text.split_once('/') {
        Some((from, to)) => {
            let open = |side: &str| side.is_empty() || side == "..";
            let first = if open(from) { None } else { Some(one(from)?.0) };
            let last = if open(to) { None } else { Some(one(to)?.1) };
            (!(open(from) && open(to))).then_some((first, last))
        }
        None => one(text).map(|(first, last)| (Some(first), Some(last))),
    }
}

/// `1667,1668,1670..1672`: from the first of all to the last of all.
fn range_of_set(set: &str) -> Option<(Option<Day>, Option<Day>)> {
    let (mut first, mut last) = (None::<Day>, None::<Day>);
    let (mut open_first, mut open_last) = (false, false);
    for item in set.split(',').take(1000) {
        let item = item.trim();
        let (from, to) = match item.split_once("..") {
            Some((from, to)) => (from, to),
            None => (item, item),
        };
        if from.is_empty() {
            open_first = true;
        } else {
            let day = one(from)?.0;
            first = Some(first.map_or(day, |least| least.min(day)));
        }
        if to.is_empty() {
            open_last = true;
        } else {
            let day = one(to)?.1;
            last = Some(last.map_or(day, |most| most.max(day)));
        }
    }
    let first = first.filter(|_| !open_first);
    let last = last.filter(|_| !open_last);
    (first.is_some() || last.is_some()).then_some((first, last))
}

/// One date of any precision, with or without doubt and time of day.
fn one(text: &str) -> Option<(Day, Day)> {
    let date = text.split('T').next()?;
    let date: String = date
        .chars()
        .filter(|c| !matches!(c, '?' | '~' | '%'))
        .collect();
    let (before_christ, digits) = match date.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, date.as_str()),
    };
    let mut parts = digits.split('-');
    let (least, most) = open_digits(parts.next()?, 4)?;
    let (first_year, last_year) = if before_christ {
        (-most, -least)
    } else {
        (least, most)
    };
    let Some(month) = parts.next() else {
        return Some((day(first_year, 1, 1), day(last_year, 12, 31)));
    };
    let day_part = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let (first_month, last_month) = months(month, day_part.is_some())?;
    match day_part {
        Some(part) => {
            let (least, most) = open_digits(part, 2)?;
            let end = length(last_year, last_month);
            if least > end || most == 0 {
                return None;
            }
            Some((
                day(first_year, first_month, least.max(1)),
                day(last_year, last_month, most.min(end)),
            ))
        }
        // A winter ends in the year after.
        None if last_month < first_month => Some((
            day(first_year, first_month, 1),
            day(last_year + 1, last_month, length(last_year + 1, last_month)),
        )),
        None => Some((
            day(first_year, first_month, 1),
            day(last_year, last_month, length(last_year, last_month)),
        )),
    }
}

/// Months of a month, season, quarter or half of a year, first and last.
fn months(part: &str, with_day: bool) -> Option<(i64, i64)> {
    if part.contains('X') {
        let (least, most) = open_digits(part, 2)?;
        return (least <= 12).then_some((least.max(1), most.min(12)));
    }
    let number: i64 = part.parse().ok().filter(|_| part.len() == 2)?;
    match number {
        1..=12 => Some((number, number)),
        _ if with_day => None,
        // Seasons without a hemisphere could be any; those of the north are
        // meant where nothing else is said.
        21 | 25 => Some((3, 5)),
        22 | 26 => Some((6, 8)),
        23 | 27 => Some((9, 11)),
        24 | 28 => Some((12, 2)),
        29 => Some((9, 11)),
        30 => Some((12, 2)),
        31 => Some((3, 5)),
        32 => Some((6, 8)),
        33..=36 => Some(((number - 33) * 3 + 1, (number - 33) * 3 + 3)),
        37..=39 => Some(((number - 37) * 4 + 1, (number - 37) * 4 + 4)),
        40 => Some((1, 6)),
        41 => Some((7, 12)),
        _ => None,
    }
}

/// Digits of which some may be left open (`19XX`), as least and most.
fn open_digits(part: &str, digits: usize) -> Option<(i64, i64)> {
    if part.len() != digits || !part.bytes().all(|b| b.is_ascii_digit() || b == b'X') {
        return None;
    }
    let least = part.replace('X', "0").parse().ok()?;
    let most = part.replace('X', "9").parse().ok()?;
    Some((least, most))
}

fn length(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 (Howard Hinnant's days_from_civil).
fn day(year: i64, month: i64, day: i64) -> Day {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::day_range;

    #[test]
    fn dates_keep_how_vague_they_are() {
        type Range = Option<(Option<i64>, Option<i64>)>;
        let cases: &[(&str, Range)] = &[
            ("1970-01-01", Some((Some(0), Some(0)))),
            ("1970-01-01T10:00:00Z", Some((Some(0), Some(0)))),
            ("1969-12-31?", Some((Some(-1), Some(-1)))),
            ("1970-02", Some((Some(31), Some(58)))),
            ("1972-02~", Some((Some(761), Some(789)))),
            ("1970", Some((Some(0), Some(364)))),
            ("197X", Some((Some(0), Some(3651)))),
            ("1970-01-XX", Some((Some(0), Some(30)))),
            ("1970-XX", Some((Some(0), Some(364)))),
            ("1970/1971", Some((Some(0), Some(729)))),
            ("../1970-01-01", Some((None, Some(0)))),
            ("1970-01-01/..", Some((Some(0), None))),
            ("1970-34", Some((Some(90), Some(180)))),
            ("1969-24", Some((Some(-31), Some(58)))),
            ("[1970,1972..1973]", Some((Some(0), Some(1460)))),
            ("{..1970}", Some((None, Some(364)))),
            ("../..", None),
            ("1970-02-30", None),
            ("1970-13", None),
            ("March 1970", None),
            ("", None),
            ("70", None),
        ];
        for (edtf, wanted) in cases {
            assert_eq!(&day_range(edtf), wanted, "{edtf}");
        }
    }
}
