//! Days and the dates people type: `1991`, `1991-03`, `1991-03-07`, `1991..1992`.

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
pub type Day = i64;

/// A stretch of days; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpan {
    /// First day.
    pub from: Option<Day>,
    /// Last day, itself inside.
    pub to: Option<Day>,
}

/// The count of a day (after Howard Hinnant's `days_from_civil`); `None` when
/// there is no such day or the year has more than four digits.
#[must_use]
pub fn day(year: i64, month: u32, day_of_month: u32) -> Option<Day> {
    if !(0..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    if day_of_month < 1 || day_of_month > days_in(year, month) {
        return None;
    }
    let year_from_march = if month <= 2 { year - 1 } else { year };
    let era = year_from_march.div_euclid(400);
    let year_of_era = year_from_march.rem_euclid(400);
    let month_from_march = i64::from((month + 9) % 12);
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day_of_month) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// Year, month and day of a count; the other way round than [`day`].
#[must_use]
pub fn civil(day: Day) -> (i64, u32, u32) {
    let shifted = day.saturating_add(719_468);
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    // Both lie within 1..=31 by the reckoning above.
    (year, month as u32, day_of_month as u32)
}

/// A day as `YYYY-MM-DD`.
#[must_use]
pub fn iso(day: Day) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

fn days_in(year: i64, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The days that one date can mean: a year, a month or a day.
#[must_use]
pub fn of_date(text: &str) -> Option<(Day, Day)> {
    let mut parts = text.split(['-', '/']);
    let number = |part: &str| -> Option<i64> {
        let digits =
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        if digits { part.parse().ok() } else { None }
    };
    let first = parts.next()?;
    if first.len() != 4 {
        return None;
    }
    let year = number(first)?;
    let small = |part: &str| number(part).and_then(|n| u32::try_from(n).ok());
    let month = match parts.next() {
        None => return Some((day(year, 1, 1)?, day(year, 12, 31)?)),
        Some(part) => small(part)?,
    };
    let last = (1..=12).contains(&month).then(|| days_in(year, month))?;
    let day_of_month = match parts.next() {
        None => return Some((day(year, month, 1)?, day(year, month, last)?)),
        Some(part) => small(part)?,
    };
    if parts.next().is_some() {
        return None;
    }
    let only = day(year, month, day_of_month)?;
    Some((only, only))
}

/// The days that a date or a range such as `1991..1992`, `..1990-05` means.
#[must_use]
pub fn of_range(text: &str) -> Option<DaySpan> {
    let Some((from, to)) = text.split_once("..") else {
        let (from, to) = of_date(text)?;
        return Some(DaySpan {
            from: Some(from),
            to: Some(to),
        });
    };
    if from.is_empty() && to.is_empty() {
        return None;
    }
    let end = |part: &str| {
        if part.is_empty() {
            Some(None)
        } else {
            of_date(part).map(Some)
        }
    };
    let from = end(from)?.map(|days| days.0);
    let to = end(to)?.map(|days| days.1);
    match (from, to) {
        (Some(from), Some(to)) if from > to => None,
        _ => Some(DaySpan { from, to }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_go_both_ways() {
        assert_eq!(day(1970, 1, 1), Some(0));
        assert_eq!(day(2000, 2, 29), Some(11_016));
        assert_eq!(day(1900, 2, 29), None);
        assert_eq!(day(1992, 13, 1), None);
        for count in (-719_000..2_900_000).step_by(97) {
            let (year, month, of_month) = civil(count);
            assert_eq!(day(year, month, of_month), Some(count));
        }
    }

    #[test]
    fn a_date_means_all_its_days() {
        assert_eq!(
            of_date("1991"),
            Some((day(1991, 1, 1).unwrap(), day(1991, 12, 31).unwrap()))
        );
        assert_eq!(of_date("1992-02").map(|d| d.1), day(1992, 2, 29));
        assert_eq!(of_date("1992-02-30"), None);
        assert_eq!(of_date("92"), None);
        assert_eq!(of_range("1993..1992"), None);
        assert_eq!(of_range("..1990-05").map(|r| r.to), Some(day(1990, 5, 31)));
        assert_eq!(of_range(".."), None);
    }
}
