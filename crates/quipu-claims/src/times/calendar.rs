//! Days of the proleptic Gregorian calendar, counted from 1970-01-01.

use quipu_model::time::Day;

/// A day as year, month and day of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Civil {
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

/// The day of a date; `None` when there is no such day.
pub(crate) fn day(year: i32, month: u8, of_month: u8) -> Option<Day> {
    if !(1..=12).contains(&month) || of_month == 0 || of_month > month_length(year, month) {
        return None;
    }
    // Years are counted from March, so that the leap day comes last.
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let month = (i64::from(month) + 9) % 12;
    let of_year = (153 * month + 2) / 5 + i64::from(of_month) - 1;
    let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    Some(era * 146_097 + days - 719_468)
}

/// The date of a day.
pub(crate) fn civil(day: Day) -> Civil {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    Civil {
        year: i32::try_from(year).unwrap_or(i32::MAX),
        month: u8::try_from(month).unwrap_or(1),
        day: u8::try_from(of_month).unwrap_or(1),
    }
}

/// How many days a month has.
pub(crate) fn month_length(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

fn is_leap(year: i32) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

/// Day of the week, Monday = 1.
pub(crate) fn weekday(day: Day) -> u8 {
    u8::try_from((day + 3).rem_euclid(7) + 1).unwrap_or(1)
}

/// Monday of the week of a day.
pub(crate) fn monday(of: Day) -> Day {
    of - i64::from(weekday(of)) + 1
}

/// Year and number of the ISO week that a day lies in.
pub(crate) fn iso_week(of: Day) -> (i32, u8) {
    let thursday = monday(of) + 3;
    let year = civil(thursday).year;
    let first = day(year, 1, 1).unwrap_or(thursday);
    let week = (thursday - first) / 7 + 1;
    (year, u8::try_from(week).unwrap_or(1))
}

/// Monday of an ISO week.
pub(crate) fn week_start(year: i32, week: u8) -> Option<Day> {
    let fourth = day(year, 1, 4)?;
    let start = monday(fourth) + 7 * (i64::from(week) - 1);
    (iso_week(start) == (year, week)).then_some(start)
}

/// First day of a month, `months` after the one of `year` and `month`.
pub(crate) fn month_start(year: i32, month: u8, months: i64) -> Option<Day> {
    let count = i64::from(year) * 12 + i64::from(month) - 1 + months;
    let year = i32::try_from(count.div_euclid(12)).ok()?;
    let month = u8::try_from(count.rem_euclid(12) + 1).ok()?;
    day(year, month, 1)
}

/// The same day of the month so many months on; the last of it where the
/// month is too short.
pub(crate) fn add_months(to: Day, months: i64) -> Option<Day> {
    let from = civil(to);
    let start = civil(month_start(from.year, from.month, months)?);
    let of_month = from.day.min(month_length(start.year, start.month));
    day(start.year, start.month, of_month)
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
pub(crate) fn easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(
        year,
        u8::try_from(n / 31).ok()?,
        u8::try_from(n % 31 + 1).ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_two_ways_to_say_one_thing() {
        for count in (-1_000_000..1_000_000).step_by(37) {
            let date = civil(count);
            assert_eq!(day(date.year, date.month, date.day), Some(count));
        }
        assert_eq!(day(1970, 1, 1), Some(0));
        assert_eq!(day(1900, 2, 29), None);
        assert_eq!(day(2000, 2, 29).map(weekday), Some(2));
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        assert_eq!(iso_week(day(2016, 1, 1).unwrap()), (2015, 53));
        assert_eq!(iso_week(day(2016, 11, 7).unwrap()), (2016, 45));
        assert_eq!(week_start(2015, 1), day(2014, 12, 29));
        assert_eq!(week_start(2016, 53), None);
    }

    #[test]
    fn easter_moves() {
        assert_eq!(easter(2016), day(2016, 3, 27));
        assert_eq!(easter(2019), day(2019, 4, 21));
    }
}
