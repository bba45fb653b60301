//! From one time to another, or open at an end.

use crate::patterns::slots::NodeId;
use quipu_model::time::{Day, TimeKind, TimeModifier};

use super::calendar::{self, civil};
use super::known::{Known, iso};
use super::meaning::{Bound, Calendar, Meaning, Named, Unit};
use super::numbers;
use super::resolve::Resolver;
use super::story::Undecided;
use super::units::{named_in_year, offset};

impl Resolver<'_, '_> {
    pub(super) fn range(&self, from: NodeId, to: NodeId) -> Option<Known> {
        let (start, end) = (self.parser.meaning(from), self.parser.meaning(to));
        let year_of = |meaning: Meaning| match meaning {
            Meaning::Calendar(date) => date.year,
            _ => None,
        };
        // A year written once is for both.
        if let (Meaning::Calendar(date), Some(year)) = (start, year_of(end))
            && date.year.is_none()
            && (date.month.is_some() || date.day.is_some())
        {
            let Meaning::Calendar(other) = end else {
                return None;
            };
            let with = |year: i32, month: Option<u8>| Calendar {
                year: Some(year),
                short_year: other.short_year,
                month,
                ..date
            };
            let month = date.month.or(other.month);
            let late = self.calendar(other)?;
            let mut early = self.calendar(with(year, month))?;
            if early.first > late.first {
                early = self.calendar(with(year - 1, month))?;
            }
            return joined(&early, &late);
        }
        let early = self.known(start)?;
        let late = self.known(end)?;
        let open_year = |meaning: Meaning| match meaning {
            Meaning::Calendar(date) => date.year.is_none(),
            Meaning::Named { steps, year, .. } => steps.is_none() && year.is_none(),
            Meaning::Numbers { c, .. } => c.is_none(),
            _ => false,
        };
        if !open_year(end) || early.first.is_none() {
            if early.first > late.first && early.first.is_some() && late.first.is_some() {
                // "from Friday to next Sunday": the start looks back from the end.
                if open_year(start) {
                    let first = self.before(start, late.first?);
                    return joined(&first.unwrap_or(early), &late);
                }
            }
            return joined(&early, &late);
        }
        // A range that lies around the document's day lies before and after it.
        if self.story.undecided == Undecided::TakesLater
            && open_year(start)
            && let Some(reference) = self.story.reference
        {
            let begun = self.before(start, reference);
            let until = begun
                .as_ref()
                .and_then(|begun| self.after(end, begun.first?));
            if let (Some(begun), Some(until)) = (begun, until)
                && until.last >= Some(reference)
                && early.grain == Unit::Day
                && !matches!(
                    start,
                    Meaning::Named {
                        what: Named::Weekday(_),
                        ..
                    }
                )
            {
                return joined(&begun.from(early.origin), &until.from(late.origin));
            }
        }
        // The end is the first of its name from the start on.
        let late = self.after(end, early.first?).unwrap_or(late);
        joined(&early, &late)
    }

    /// The first thing of that name from a day on.
    pub(super) fn after(&self, meaning: Meaning, day: Day) -> Option<Known> {
        let year = civil(day).year;
        self.each_year(meaning, day, year..=year + 8)
            .into_iter()
            .find(|known| known.first >= Some(day))
    }

    /// The last thing of that name before a day.
    pub(super) fn before(&self, meaning: Meaning, day: Day) -> Option<Known> {
        let year = civil(day).year;
        self.each_year(meaning, day - 7, year - 8..=year)
            .into_iter()
            .rev()
            .find(|known| known.first <= Some(day))
    }

    pub(super) fn each_year(
        &self,
        meaning: Meaning,
        day: Day,
        mut years: std::ops::RangeInclusive<i32>,
    ) -> Vec<Known> {
        let said = self.known(meaning).map(|known| known.said);
        let dated = |date: Calendar| {
            years
                .clone()
                .filter_map(|year| {
                    self.calendar(Calendar {
                        year: Some(year),
                        short_year: false,
                        ..date
                    })
                })
                .collect::<Vec<_>>()
        };
        let mut found = match meaning {
            Meaning::Calendar(Calendar {
                month: None,
                day: None,
                weekday: Some(weekday),
                ..
            })
            | Meaning::Named {
                what: Named::Weekday(weekday),
                ..
            } => {
                let next = day + offset(day, weekday);
                [next, next + 7]
                    .into_iter()
                    .filter_map(|day| Known::whole(Unit::Day, day))
                    .collect()
            }
            Meaning::Calendar(date) if date.month.is_some() => dated(date),
            Meaning::Calendar(date) => {
                let of_month = date.day.unwrap_or(1);
                let from = civil(day);
                (0..12)
                    .filter_map(|months| {
                        let month = civil(calendar::month_start(from.year, from.month, months)?);
                        let day = calendar::day(month.year, month.month, of_month)?;
                        Known::whole(Unit::Day, day)
                    })
                    .collect()
            }
            Meaning::Numbers {
                a,
                b,
                c,
                sign,
                weekday,
            } => {
                let all = numbers::readings(a, b, c, sign, self.story.order, weekday, |year| {
                    self.full_year(year)
                });
                all.into_iter().next().map(dated).unwrap_or_default()
            }
            Meaning::Named { what, .. } => {
                let mut all = Vec::new();
                all.extend(years.by_ref().filter_map(|year| named_in_year(what, year)));
                all
            }
            _ => Vec::new(),
        };
        if let Some(said) = said {
            for known in &mut found {
                known.said.clone_from(&said);
            }
        }
        found
    }

    pub(super) fn days(&self, from: u8, to: u8, of: NodeId) -> Option<Known> {
        let ends = |known: &Known| {
            let first = civil(known.first?);
            let day = |day| calendar::day(first.year, first.month, day);
            let (early, late) = (day(from)?, day(to)?);
            let mut made = Known::interval(early, late, Unit::Day);
            made.origin = known.origin;
            made.year_said = known.year_said;
            Some(made)
        };
        if let Meaning::Calendar(Calendar {
            year: None,
            month: Some(month),
            ..
        })
        | Meaning::Named {
            what: Named::Month(month),
            steps: None,
            year: None,
        } = self.parser.meaning(of)
        {
            let said = if from == to {
                format!("XXXX-{month:02}-{from:02}")
            } else {
                format!("XXXX-{month:02}-{from:02}/XXXX-{month:02}-{to:02}")
            };
            return Some(self.by_year(Unit::Day, &said, |year| {
                ends(&Known::whole(Unit::Month, calendar::day(year, month, 1)?)?)
            }));
        }
        let month = self.resolve(of)?;
        if month.first.is_none() {
            let said = format!("XXXX-XX-{from:02}");
            return Some(Known::unknown(Unit::Day, said).from(month.origin));
        }
        if month.grain != Unit::Month || !month.is_exact() {
            return None;
        }
        ends(&month)
    }
}

/// One end of an interval as EDTF writes it.
pub(super) fn end_text(known: &Known, last: bool) -> Option<String> {
    if known.is_simple() {
        return Some(known.edtf.clone());
    }
    let edtf = known.edtf.as_str();
    let ends = match edtf.split_once('/') {
        Some(ends) => Some(ends),
        None => edtf
            .strip_prefix('[')
            .and_then(|edtf| edtf.strip_suffix(']'))
            .filter(|edtf| !edtf.contains(".."))
            .and_then(|edtf| Some((edtf.split(',').next()?, edtf.split(',').next_back()?))),
    };
    if let Some((start, end)) = ends {
        let text = if last { end } else { start };
        if !text.contains(['.', '[', '/']) {
            return Some(text.to_owned());
        }
    }
    let day = if last { known.last } else { known.first };
    day.map(iso)
}

pub(super) fn joined(early: &Known, late: &Known) -> Option<Known> {
    let origin = early.origin.and(late.origin);
    let said = format!("{}/{}", early.said, late.said);
    // Ends that contradict each other mean nothing that we know.
    if let (Some(first), Some(last)) = (early.first, late.last)
        && first > last
    {
        let grain = early.grain.min(late.grain);
        return Some(Known {
            edtf: String::new(),
            ..Known::unknown(grain, said)
        });
    }
    let ends = (end_text(early, false), end_text(late, true));
    let edtf = match ends {
        (Some(first), Some(last)) if early.first.is_some() && late.last.is_some() => {
            format!("{first}/{last}")
        }
        _ => String::new(),
    };
    Some(Known {
        first: early.first,
        last: late.last,
        grain: early.grain.min(late.grain),
        timex: format!("{}/{}", early.timex, late.timex),
        said,
        edtf,
        kind: if early.kind == TimeKind::Time {
            TimeKind::Time
        } else {
            TimeKind::Date
        },
        modifier: None,
        reckoned: None,
        origin,
        year_said: early.year_said || late.year_said,
        named: None,
    })
}

pub(super) fn bound(how: Bound, inner: &Known) -> Option<Known> {
    if matches!(inner.kind, TimeKind::Duration | TimeKind::Set) {
        return None;
    }
    let text = |last: bool| end_text(inner, last);
    let (first, last, edtf, modifier) = match how {
        Bound::Before => (
            None,
            inner.first.map(|day| day - 1),
            text(false).map(|day| format!("../{day}")),
            TimeModifier::Before,
        ),
        Bound::Until => (
            None,
            inner.last,
            text(true).map(|day| format!("../{day}")),
            TimeModifier::OnOrBefore,
        ),
        Bound::By => (
            None,
            inner.last,
            text(true).map(|day| format!("../{day}")),
            TimeModifier::OnOrBefore,
        ),
        Bound::Since | Bound::From | Bound::Opening => (
            inner.first,
            None,
            text(false).map(|day| format!("{day}/..")),
            TimeModifier::OnOrAfter,
        ),
        Bound::After => (
            // Of a vague time not even its end is sure to be before.
            if inner.is_exact() {
                inner.last.map(|day| day + 1)
            } else {
                inner.first
            },
            None,
            text(true).map(|day| format!("{day}/..")),
            TimeModifier::After,
        ),
    };
    let known = inner.first.is_some() || inner.last.is_some();
    Some(Known {
        first,
        last,
        edtf: edtf.filter(|_| known).unwrap_or_default(),
        named: inner
            .named
            .or_else(|| Some((inner.first?, inner.last?, inner.grain))),
        modifier: Some(modifier),
        ..inner.clone()
    })
}
