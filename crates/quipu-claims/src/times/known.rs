//! What is known of a time: its bounds, and how standards write it.

use quipu_model::span::{Repaired, Span};
use quipu_model::time::{Day, Precision, TimeKind, TimeModifier};

use super::calendar::{self, civil};
use super::meaning::{Length, Unit};

/// What a time was reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Origin {
    /// The document's own day was used.
    pub(crate) reference: bool,
    /// The earlier words that were used.
    pub(crate) words: Option<Span<Repaired>>,
}

impl Origin {
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            reference: self.reference || other.reference,
            words: self.words.or(other.words),
        }
    }
}

/// What is known of a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) first: Option<Day>,
    pub(crate) last: Option<Day>,
    pub(crate) grain: Unit,
    /// EDTF; empty for lengths and repeated times, which it has no form for.
    pub(crate) edtf: String,
    pub(crate) timex: String,
    pub(crate) said: String,
    pub(crate) kind: TimeKind,
    pub(crate) modifier: Option<TimeModifier>,
    pub(crate) reckoned: Option<Day>,
    pub(crate) origin: Origin,
    /// The words, or words before them, name the year.
    pub(crate) year_said: bool,
    /// The time the words name, where what is known is open at an end.
    pub(crate) named: Option<(Day, Day, Unit)>,
}

impl Known {
    /// Nothing known but the form of the words.
    pub(crate) fn unknown(grain: Unit, said: String) -> Self {
        let edtf = if said
            .chars()
            .all(|c| c.is_ascii_digit() || c == 'X' || c == '-')
            && !said.contains('W')
        {
            said.clone()
        } else {
            String::new()
        };
        Self {
            first: None,
            last: None,
            grain,
            edtf,
            timex: said.clone(),
            said,
            kind: TimeKind::Date,
            modifier: None,
            reckoned: None,
            origin: Origin::default(),
            year_said: false,
            named: None,
        }
    }

    /// The whole unit in which a day lies.
    pub(crate) fn whole(unit: Unit, of: Day) -> Option<Self> {
        let (first, last) = bounds(unit, of)?;
        let date = civil(first);
        let year = year(date.year);
        let (edtf, timex) = match unit {
            Unit::Week | Unit::Weekend | Unit::Fortnight => {
                let (of_week, week) = calendar::iso_week(first);
                let end = if unit == Unit::Weekend { "-WE" } else { "" };
                (
                    format!("{}/{}", iso(first), iso(last)),
                    format!("{:04}-W{week:02}{end}", of_week),
                )
            }
            Unit::Month => both(format!("{year}-{:02}", date.month)),
            Unit::Quarter => {
                let quarter = (date.month - 1) / 3;
                (
                    format!("{year}-{}", 33 + quarter),
                    format!("{year}-Q{}", quarter + 1),
                )
            }
            Unit::HalfYear => {
                let half = (date.month - 1) / 6;
                (
                    format!("{year}-{}", 40 + half),
                    format!("{year}-H{}", half + 1),
                )
            }
            Unit::Year => both(year),
            Unit::Decade => (
                format!("{}X", &year[..year.len() - 1]),
                year[..year.len() - 1].to_owned(),
            ),
            Unit::Century => (
                format!("{}XX", &year[..year.len() - 2]),
                year[..year.len() - 2].to_owned(),
            ),
            _ => both(iso(first)),
        };
        Some(Self {
            first: Some(first),
            last: Some(last),
            grain: unit,
            edtf,
            said: timex.clone(),
            timex,
            kind: TimeKind::Date,
            modifier: None,
            reckoned: None,
            origin: Origin::default(),
            year_said: true,
            named: None,
        })
    }

    /// All days from one to another, as an interval.
    pub(crate) fn interval(first: Day, last: Day, grain: Unit) -> Self {
        let edtf = if first == last {
            iso(first)
        } else {
            format!("{}/{}", iso(first), iso(last))
        };
        Self {
            first: Some(first),
            last: Some(last),
            grain,
            timex: edtf.clone(),
            said: edtf.clone(),
            edtf,
            kind: TimeKind::Date,
            modifier: None,
            reckoned: None,
            origin: Origin::default(),
            year_said: true,
            named: None,
        }
    }

    /// Some time between two days, no one knows when.
    pub(crate) fn somewhen(first: Day, last: Day, grain: Unit, said: String) -> Self {
        let edtf = if first == last {
            iso(first)
        } else {
            format!("[{}..{}]", iso(first), iso(last))
        };
        Self {
            edtf,
            timex: said.clone(),
            said,
            ..Self::interval(first, last, grain)
        }
    }

    pub(crate) fn from(mut self, origin: Origin) -> Self {
        self.origin = self.origin.and(origin);
        self
    }

    pub(crate) fn said(mut self, said: impl Into<String>) -> Self {
        self.said = said.into();
        self
    }

    /// The one of several that it is, if only one is left; else their hull.
    pub(crate) fn one_of(mut choices: Vec<Self>, said: &str) -> Option<Self> {
        choices.dedup_by(|a, b| a.edtf == b.edtf);
        if choices.len() < 2 {
            return choices.pop();
        }
        let listed = |known: &Self| {
            known.is_simple() || (known.edtf.starts_with('[') && !known.edtf.contains(".."))
        };
        let simple = choices.iter().all(listed);
        let mut origin = Origin::default();
        for choice in &choices {
            origin = origin.and(choice.origin);
        }
        let first = choices.iter().map(|choice| choice.first).min().flatten();
        let last = choices
            .iter()
            .map(|choice| choice.last)
            .max_by_key(|last| last.map_or((1, 0), |day| (0, day)))
            .flatten();
        let edtf = if simple {
            let mut all: Vec<&str> = choices
                .iter()
                .flat_map(|choice| choice.edtf.trim_matches(['[', ']']).split(','))
                .collect();
            all.sort_unstable();
            all.dedup();
            format!("[{}]", all.join(","))
        } else {
            match (first, last) {
                (Some(first), Some(last)) => format!("[{}..{}]", iso(first), iso(last)),
                _ => String::new(),
            }
        };
        let grain = choices[0].grain;
        Some(Self {
            first,
            last,
            grain,
            edtf,
            timex: said.to_owned(),
            said: said.to_owned(),
            kind: choices[0].kind,
            modifier: None,
            reckoned: None,
            origin,
            year_said: false,
            named: None,
        })
    }

    /// Whether its EDTF may stand at an end of an interval.
    pub(crate) fn is_simple(&self) -> bool {
        !self.edtf.is_empty() && !self.edtf.contains(['/', '[', '.'])
    }

    /// Whether it is one whole unit and no more vague than that.
    pub(crate) fn is_exact(&self) -> bool {
        self.is_simple() && !self.edtf.contains(['~', '?'])
    }

    pub(crate) fn precision(&self) -> Precision {
        precision(self.grain)
    }
}

pub(crate) fn precision(unit: Unit) -> Precision {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Precision::Time,
        Unit::Day | Unit::BusinessDay | Unit::Night => Precision::Day,
        Unit::Week | Unit::Weekend | Unit::Fortnight => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Quarter | Unit::HalfYear => Precision::Season,
        Unit::Year => Precision::Year,
        Unit::Decade => Precision::Decade,
        Unit::Century => Precision::Century,
    }
}

fn both(text: String) -> (String, String) {
    (text.clone(), text)
}

/// A year with four digits at least.
pub(crate) fn year(year: i32) -> String {
    if year < 0 {
        format!("-{:04}", year.unsigned_abs())
    } else {
        format!("{year:04}")
    }
}

/// A day as ISO 8601 writes it.
pub(crate) fn iso(day: Day) -> String {
    let date = civil(day);
    format!("{}-{:02}-{:02}", year(date.year), date.month, date.day)
}

/// First and last day of the unit a day lies in.
pub(crate) fn bounds(unit: Unit, of: Day) -> Option<(Day, Day)> {
    let date = civil(of);
    let months = |start: u8, count: i64| {
        let first = calendar::day(date.year, start, 1)?;
        let next = calendar::month_start(date.year, start, count)?;
        Some((first, next - 1))
    };
    let years = |count: i32| {
        let start = date.year.div_euclid(count) * count;
        let first = calendar::day(start, 1, 1)?;
        let next = calendar::day(start.checked_add(count)?, 1, 1)?;
        Some((first, next - 1))
    };
    match unit {
        Unit::Week | Unit::Fortnight => {
            let monday = calendar::monday(of);
            Some((monday, monday + 6))
        }
        Unit::Weekend => {
            let monday = calendar::monday(of);
            Some((monday + 5, monday + 6))
        }
        Unit::Month => months(date.month, 1),
        Unit::Quarter => months((date.month - 1) / 3 * 3 + 1, 3),
        Unit::HalfYear => months((date.month - 1) / 6 * 6 + 1, 6),
        Unit::Year => years(1),
        Unit::Decade => years(10),
        Unit::Century => years(100),
        _ => Some((of, of)),
    }
}

/// A day so many thousandths of a unit on; a part of a unit counts in days.
pub(crate) fn moved(day: Day, thousandths: i64, unit: Unit) -> Option<Day> {
    let whole = thousandths / 1000;
    let part = thousandths % 1000;
    let days = |per: i64| Some(day + whole * per + part * per / 1000);
    let months = |per: i64| {
        let months = thousandths * per;
        let start = calendar::add_months(day, months / 1000)?;
        Some(start + months % 1000 * 30 / 1000)
    };
    if whole.abs() > 1_000_000 {
        return None;
    }
    match unit {
        Unit::Second | Unit::Minute => Some(day),
        Unit::Hour => Some(day + whole / 24),
        Unit::Day | Unit::Night => days(1),
        Unit::BusinessDay => {
            let (mut at, mut left) = (day, whole.abs());
            if left > 10_000 {
                return None;
            }
            while left > 0 {
                at += whole.signum();
                left -= i64::from(calendar::weekday(at) <= 5);
            }
            Some(at)
        }
        Unit::Week | Unit::Weekend => days(7),
        Unit::Fortnight => days(14),
        Unit::Month => months(1),
        Unit::Quarter => months(3),
        Unit::HalfYear => months(6),
        Unit::Year => months(12),
        Unit::Decade => months(120),
        Unit::Century => months(1200),
    }
}

/// How many days a count of this unit may be off, as people round.
pub(crate) fn slack(unit: Unit) -> i64 {
    match unit {
        Unit::Week | Unit::Weekend | Unit::Fortnight => 3,
        Unit::Month => 15,
        Unit::Quarter => 45,
        Unit::HalfYear => 91,
        Unit::Year => 183,
        Unit::Decade => 1826,
        Unit::Century => 18_262,
        _ => 0,
    }
}

/// ISO 8601 duration.
pub(crate) fn duration(length: &Length) -> String {
    const ORDER: [(Unit, char, i64); 10] = [
        (Unit::Century, 'Y', 100),
        (Unit::Decade, 'Y', 10),
        (Unit::Year, 'Y', 1),
        (Unit::HalfYear, 'M', 6),
        (Unit::Quarter, 'M', 3),
        (Unit::Month, 'M', 1),
        (Unit::Fortnight, 'W', 2),
        (Unit::Week, 'W', 1),
        (Unit::Day, 'D', 1),
        (Unit::BusinessDay, 'D', 1),
    ];
    const FINE: [(Unit, char); 3] = [(Unit::Hour, 'H'), (Unit::Minute, 'M'), (Unit::Second, 'S')];
    let mut written = String::from("P");
    let find = |unit: Unit| {
        length
            .iter()
            .find(|(_, other)| *other == unit || (unit == Unit::Day && *other == Unit::Night))
            .map(|(thousandths, _)| thousandths)
    };
    let vague = length.vague.is_some() && !length.round;
    for (unit, letter, times) in ORDER {
        if let Some(thousandths) = find(unit) {
            number(&mut written, thousandths * times, vague);
            written.push(letter);
        }
    }
    let mut fine = String::new();
    for (unit, letter) in FINE {
        if let Some(thousandths) = find(unit) {
            number(&mut fine, thousandths, vague);
            fine.push(letter);
        }
    }
    if !fine.is_empty() {
        written.push('T');
        written.push_str(&fine);
    }
    if find(Unit::Weekend).is_some() {
        return "P2D".to_owned();
    }
    written
}

fn number(out: &mut String, thousandths: i64, vague: bool) {
    use std::fmt::Write as _;
    if vague {
        out.push('X');
        return;
    }
    let (whole, part) = (thousandths / 1000, thousandths % 1000);
    // Writing into memory cannot fail.
    let _ = write!(out, "{whole}");
    if part != 0 {
        let digits = format!("{part:03}");
        let _ = write!(out, ".{}", digits.trim_end_matches('0'));
    }
}
