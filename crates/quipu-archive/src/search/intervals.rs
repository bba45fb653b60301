//! Intervals in the index: days that times can mean, numbers that amounts can be.
//!
//! A document is found when one of its intervals shares a point with the one
//! asked for, exactly, by terms alone. The line of all points is parted in four,
//! each part in four again, and so on down to single points. An interval is
//! covered by the fewest parts; a document has a term for every part of its
//! covers, and one for every part that has such a part in or at it. Two
//! intervals meet where a part of one lies in or at a part of the other.

use std::collections::BTreeSet;
use std::ops::Bound;

use quipu_model::time::Day;
use quipu_model::{AmountExpression, AmountKind, Decimal, Reading, TimeExpression};

/// A line that intervals lie on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    /// How many times it is parted in four.
    levels: u32,
    /// What leads its terms.
    lead: char,
}

/// Days, 23,000 years to either side of 1970.
const DAYS: Line = Line {
    levels: 12,
    lead: 't',
};

/// Numbers by size and their first twelve digits.
const NUMBERS: Line = Line {
    levels: 24,
    lead: 'a',
};

impl Line {
    /// The last point.
    const fn last(self) -> u64 {
        (1 << (2 * self.levels)) - 1
    }

    const fn middle(self) -> u64 {
        1 << (2 * self.levels - 1)
    }
}

/// Points from the first to the last, both included.
type Interval = (u64, u64);

/// Intervals of one document and line that are told apart; more are joined with
/// those beside them, which finds too much rather than too little.
const INTERVALS_MAX: usize = 2_000;

/// Digits of a number that count.
const DIGITS: i32 = 12;
/// The size of the smallest number there is, as a power of ten.
const SMALLEST: i32 = -18;

/// The days that a time can mean; `None` when it means no days at all.
pub(crate) fn of_time(time: &TimeExpression) -> Option<Interval> {
    let (first, last) = (time.value.earliest, time.value.latest);
    (first.is_some() || last.is_some()).then(|| days(first, last))
}

/// The points of days; an end that is `None` is open.
pub(crate) fn days(first: Option<Day>, last: Option<Day>) -> Interval {
    let point = |day: Day| {
        let shifted = day.saturating_add(DAYS.middle() as i64);
        shifted.clamp(0, DAYS.last() as i64).unsigned_abs()
    };
    (first.map_or(0, point), last.map_or(DAYS.last(), point))
}

/// The numbers that an amount can be; `None` for a rank, and where nothing is
/// known of the number.
pub(crate) fn of_amount(amount: &AmountExpression) -> Option<Interval> {
    let (low, high) = amount.bounds();
    let known = low.is_some() || high.is_some();
    (known && amount.kind != AmountKind::Rank).then(|| {
        let bound = |number: Option<Decimal>| number.map_or(Bound::Unbounded, Bound::Included);
        numbers(bound(low), bound(high))
    })
}

/// The points of numbers.
pub(crate) fn numbers(low: Bound<Decimal>, high: Bound<Decimal>) -> Interval {
    let low = match low {
        Bound::Included(number) => point_of(number),
        Bound::Excluded(number) => point_of(number).saturating_add(1),
        Bound::Unbounded => 0,
    };
    let high = match high {
        Bound::Included(number) => point_of(number),
        Bound::Excluded(number) => point_of(number).saturating_sub(1),
        Bound::Unbounded => NUMBERS.last(),
    };
    (low, high)
}

/// The point of a number: larger numbers have larger points.
fn point_of(number: Decimal) -> u64 {
    let digits = number.mantissa().unsigned_abs();
    let Some(ten) = digits.checked_ilog10() else {
        return NUMBERS.middle();
    };
    // A mantissa has at most nineteen digits, so these stay small.
    let long = i32::try_from(ten).unwrap_or(i32::MAX);
    let size = number.exponent() + long - SMALLEST;
    let shift = DIGITS - 1 - long;
    let power = 10_u64.pow(shift.unsigned_abs().min(19));
    let first = if shift < 0 {
        digits / power
    } else {
        digits * power
    };
    let away = u64::from(size.unsigned_abs() + 1) * 10_u64.pow(DIGITS.unsigned_abs()) + first;
    if number.mantissa() < 0 {
        NUMBERS.middle().saturating_sub(away)
    } else {
        (NUMBERS.middle() + away).min(NUMBERS.last())
    }
}

/// Units that the index tells apart, in small letters: codes, not things counted.
pub(crate) fn units_of(amount: &AmountExpression) -> impl Iterator<Item = String> + '_ {
    let coded = amount.kind != AmountKind::Count;
    let units = amount.unit.iter().chain(&amount.unit_choices);
    units.filter(move |_| coded).map(|unit| unit.to_lowercase())
}

/// Every term of a document for its times and amounts.
pub(crate) fn terms_of(reading: &Reading) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    let times = reading.times.iter().filter_map(of_time).collect();
    add(DAYS, "", times, &mut terms);
    let mut by_unit: std::collections::BTreeMap<String, Vec<Interval>> =
        std::collections::BTreeMap::new();
    for amount in &reading.amounts {
        let Some(numbers) = of_amount(amount) else {
            continue;
        };
        for unit in units_of(amount).chain([String::new()]) {
            by_unit.entry(unit).or_default().push(numbers);
        }
    }
    for (unit, numbers) in by_unit {
        add(NUMBERS, &unit, numbers, &mut terms);
    }
    terms
}

fn add(line: Line, unit: &str, intervals: Vec<Interval>, terms: &mut BTreeSet<String>) {
    for interval in joined(intervals) {
        for (level, part) in cover(line, interval) {
            terms.insert(term(line, unit, 'c', level, part));
            for above in 0..=level {
                let part = part >> (2 * (level - above));
                // What lies above was put in with a part beside this one.
                let _ = terms.insert(term(line, unit, 'p', above, part));
            }
        }
    }
}

/// Terms of which a document has one when it has a time within.
pub(crate) fn time_terms(days: Interval) -> BTreeSet<String> {
    sought(DAYS, "", days)
}

/// Terms of which a document has one when it has an amount within; of any unit
/// when that is `None`.
pub(crate) fn amount_terms(numbers: Interval, unit: Option<&str>) -> BTreeSet<String> {
    let unit = unit.unwrap_or_default().to_lowercase();
    sought(NUMBERS, &unit, numbers)
}

fn sought(line: Line, unit: &str, interval: Interval) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for (level, part) in cover(line, interval) {
        terms.insert(term(line, unit, 'p', level, part));
        for above in 0..level {
            terms.insert(term(line, unit, 'c', above, part >> (2 * (level - above))));
        }
    }
    terms
}

fn term(line: Line, unit: &str, kind: char, level: u32, part: u64) -> String {
    format!("{}{unit} {kind}{level:x} {part:x}", line.lead)
}

/// The fewest parts that together are an interval: level and number of each.
/// Nothing for an interval that ends before it begins.
fn cover(line: Line, (mut first, mut last): Interval) -> Vec<(u32, u64)> {
    let mut parts = Vec::new();
    let mut level = line.levels;
    last = last.min(line.last());
    while first <= last {
        let whole = level > 0 && first.is_multiple_of(4) && last % 4 == 3;
        if whole {
            (first, last, level) = (first / 4, last / 4, level - 1);
            continue;
        }
        if first % 4 != 0 || last - first < 3 || level == 0 {
            parts.push((level, first));
            first += 1;
        } else {
            parts.push((level, last));
            last -= 1;
        }
    }
    parts
}

/// Intervals in order, those that meet or touch joined; few enough, be it by
/// making them wider.
fn joined(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.retain(|(first, last)| first <= last);
    intervals.sort_unstable();
    let mut wide = 0;
    loop {
        let mut all: Vec<Interval> = Vec::new();
        for (first, last) in &intervals {
            let (first, last) = ((first >> wide) << wide, last | ((1 << wide) - 1));
            match all.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => {
                    before.1 = before.1.max(last);
                }
                _ => all.push((first, last)),
            }
        }
        if all.len() <= INTERVALS_MAX || wide >= 60 {
            return all;
        }
        (intervals, wide) = (all, wide + 2);
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Bound;

    use proptest::prelude::*;
    use quipu_model::Decimal;

    use super::{
        DAYS, INTERVALS_MAX, Interval, Line, NUMBERS, add, cover, days, joined, numbers, point_of,
        sought,
    };

    fn meets(line: Line, have: &[Interval], asked: Interval) -> bool {
        let mut terms = std::collections::BTreeSet::new();
        add(line, "", have.to_vec(), &mut terms);
        let sought = sought(line, "", asked);
        !terms.is_disjoint(&sought)
    }

    #[test]
    fn a_cover_is_the_interval_and_nothing_else() {
        let line = Line {
            levels: 3,
            lead: 'x',
        };
        for first in 0..=line.last() {
            for last in first..=line.last() {
                let mut points: Vec<u64> = Vec::new();
                for (level, part) in cover(line, (first, last)) {
                    let wide = 1 << (2 * (line.levels - level));
                    points.extend(part * wide..(part + 1) * wide);
                }
                points.sort_unstable();
                assert_eq!(points, (first..=last).collect::<Vec<_>>());
            }
        }
        assert_eq!(cover(line, (0, line.last())), [(0, 0)]);
        assert!(cover(line, (5, 4)).is_empty());
    }

    #[test]
    fn small_lines_meet_as_they_should() {
        let line = Line {
            levels: 2,
            lead: 'x',
        };
        let all: Vec<Interval> = (0..16).flat_map(|a| (a..16).map(move |b| (a, b))).collect();
        for have in &all {
            for asked in &all {
                let wanted = have.0 <= asked.1 && asked.0 <= have.1;
                assert_eq!(meets(line, &[*have], *asked), wanted, "{have:?} {asked:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn days_meet_as_they_should(
            have in prop::collection::vec((-40_000i64..40_000, 0i64..4_000), 1..6),
            asked in (-45_000i64..45_000, 0i64..9_000),
        ) {
            let intervals: Vec<Interval> =
                have.iter().map(|(first, long)| days(Some(*first), Some(first + long))).collect();
            let wanted = have
                .iter()
                .any(|(first, long)| *first <= asked.0 + asked.1 && asked.0 <= first + long);
            let asked = days(Some(asked.0), Some(asked.0 + asked.1));
            prop_assert_eq!(meets(DAYS, &intervals, asked), wanted);
        }

        #[test]
        fn larger_numbers_have_larger_points(a in any::<i64>(), b in any::<i64>(), p in -9i32..9, q in -9i32..9) {
            let (Some(one), Some(other)) = (Decimal::new(a / 10_000_000, p), Decimal::new(b / 10_000_000, q)) else {
                return Ok(());
            };
            prop_assert_eq!(point_of(one).cmp(&point_of(other)), one.cmp(&other));
        }
    }

    #[test]
    fn ends_count_as_they_are_asked() {
        let number = |written: &str| Decimal::parse(written).expect("a number");
        let million = point_of(number("1000000"));
        let above = numbers(Bound::Excluded(number("1000000")), Bound::Unbounded);
        assert!(!meets(NUMBERS, &[(million, million)], above));
        let more = point_of(number("1000000.01"));
        assert!(meets(NUMBERS, &[(more, more)], above));
        assert!(meets(
            NUMBERS,
            &[(0, million)],
            numbers(Bound::Unbounded, Bound::Included(number("-5")))
        ));
        // Open at both ends is everything, up to the ends of the line.
        let (first, last) = days(None, None);
        assert!(meets(
            DAYS,
            &[days(Some(i64::MAX), None), days(None, Some(i64::MIN))],
            (first, last)
        ));
    }

    #[test]
    fn very_many_intervals_are_joined_and_none_is_lost() {
        let many: Vec<Interval> = (0..50_000u64).map(|n| (n * 977, n * 977)).collect();
        let few = joined(many.clone());
        assert!(few.len() <= INTERVALS_MAX);
        for (first, last) in many {
            assert!(few.iter().any(|one| one.0 <= first && last <= one.1));
        }
    }
}
