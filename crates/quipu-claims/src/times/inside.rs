//! A time inside another: its third week, its early part.

use crate::patterns::slots::NodeId;
use quipu_model::time::{Day, TimeKind, TimeModifier};

use super::calendar::{self, civil};
use super::known::{Known, iso, moved, year};
use super::meaning::{Calendar, Meaning, Named, Part, Unit};
use super::resolve::Resolver;
use super::story::Story;
use super::units::{named_in_year, offset};

impl Resolver<'_, '_> {
    pub(super) fn within(&self, inner: NodeId, outer: NodeId) -> Option<Known> {
        let outer = self.resolve(outer)?;
        let inner = self.parser.meaning(inner);
        let (Some(first), Some(last)) = (outer.first, outer.last) else {
            let own = self.known(inner)?;
            return Some(Known::unknown(own.grain, own.said).from(outer.origin));
        };
        let (from, to) = (civil(first), civil(last));
        let years = from.year..=to.year;
        let mut choices: Vec<Known> = match inner {
            Meaning::Named {
                what: Named::Weekday(weekday),
                ..
            } => weekdays_between(first, last, weekday),
            Meaning::Named { what, .. } => {
                years.filter_map(|year| named_in_year(what, year)).collect()
            }
            Meaning::Calendar(date) if date.month.is_some() => years
                .filter_map(|year| {
                    self.calendar(Calendar {
                        year: Some(year),
                        short_year: false,
                        ..date
                    })
                })
                .collect(),
            Meaning::Calendar(date) => match (date.day, date.weekday) {
                (Some(day), _) => vec![Known::whole(
                    Unit::Day,
                    calendar::day(from.year, from.month, day)?,
                )?],
                (None, Some(weekday)) => weekdays_between(first, last, weekday),
                _ => return None,
            },
            _ => return None,
        };
        choices.truncate(60);
        let said = choices.first().map(|known| known.said.clone())?;
        let several = choices.len() > 1;
        let mut known = if choices.len() > 12 {
            let hull = (choices.first()?.first?, choices.last()?.last?);
            Known::somewhen(hull.0, hull.1, choices[0].grain, said.clone())
        } else {
            Known::one_of(choices, &said)?
        };
        known.year_said = outer.year_said && !several;
        Some(known.from(outer.origin))
    }

    pub(super) fn nth_weekday(&self, nth: i32, weekday: u8, of: Option<NodeId>) -> Option<Known> {
        let unit = |known: &Known| match (known.first, known.last) {
            (Some(first), Some(last)) => nth_between(first, last, nth, weekday),
            _ => None,
        };
        let Some(of) = of else {
            let Some(reference) = self.story.reference else {
                return Some(Known::unknown(Unit::Day, "XXXX-XX-XX".to_owned()));
            };
            let month = Known::whole(Unit::Month, reference)?;
            if !self.forced() {
                return Some(Known::unknown(Unit::Day, "XXXX-XX-XX".to_owned()));
            }
            return Some(unit(&month)?.from(Story::reference_origin()));
        };
        if let Some(month) = bare_month(self.parser.meaning(of)) {
            let tail = if nth < 0 {
                String::new()
            } else {
                format!("-#{nth}")
            };
            let said = format!("XXXX-{month:02}-WXX-{weekday}{tail}");
            return Some(self.by_year(Unit::Day, &said, |year| {
                unit(&Known::whole(Unit::Month, calendar::day(year, month, 1)?)?)
            }));
        }
        let known = self.resolve(of)?;
        let Some(found) = unit(&known) else {
            return known
                .first
                .is_none()
                .then(|| Known::unknown(Unit::Day, "XXXX-XX-XX".to_owned()));
        };
        if !known.is_exact() {
            return Some(Known::unknown(Unit::Day, "XXXX-XX-XX".to_owned()).from(known.origin));
        }
        Some(found.from(known.origin))
    }

    pub(super) fn nth_unit(&self, nth: i32, unit: Unit, of: NodeId) -> Option<Known> {
        if let Some(month) = bare_month(self.parser.meaning(of)) {
            let said = if nth < 0 {
                format!("XXXX-{month:02}-W05")
            } else {
                format!("XXXX-{month:02}-W{nth:02}")
            };
            return Some(self.by_year(unit, &said, |year| {
                let month = Known::whole(Unit::Month, calendar::day(year, month, 1)?)?;
                nth_in(&month, nth, unit)
            }));
        }
        let known = self.resolve(of)?;
        if known.first.is_none() || known.last.is_none() {
            return Some(Known::unknown(unit, known.said).from(known.origin));
        }
        Some(nth_in(&known, nth, unit)?.from(known.origin))
    }

    pub(super) fn part(&self, part: Part, of: NodeId) -> Option<Known> {
        let whole = self.resolve(of)?;
        let modifier = match part {
            Part::Start | Part::SoFar | Part::FirstHalf => TimeModifier::Start,
            Part::Mid => TimeModifier::Mid,
            Part::End | Part::Rest | Part::SecondHalf => TimeModifier::End,
        };
        let (Some(first), Some(last)) = (whole.first, whole.last) else {
            return Some(Known {
                modifier: Some(modifier),
                ..whole
            });
        };
        // Of one month or another there is no one early part.
        if whole.edtf.starts_with('[') {
            return Some(Known {
                modifier: Some(modifier),
                ..whole
            });
        }
        if matches!(part, Part::SoFar | Part::Rest) {
            return self.so_far(part, &whole, first, last, modifier);
        }
        let days = last - first + 1;
        let (from, to) = match part {
            Part::Start | Part::FirstHalf => (0, 50),
            Part::Mid => (25, 75),
            _ => (50, 100),
        };
        let share = |percent: i64| first + days * percent / 100;
        let exact = matches!(part, Part::FirstHalf | Part::SecondHalf);
        // Parts of a year are told in months, those of decades in years.
        let finer = match whole.grain {
            Unit::Year if whole.is_exact() => Unit::Month,
            Unit::Decade | Unit::Century if whole.is_exact() => Unit::Year,
            _ => Unit::Day,
        };
        let (early, late) = if finer != Unit::Day {
            let snap = |day: Day| super::known::bounds(finer, day);
            (snap(share(from) + 2)?.0, snap(share(to) - 3)?.1)
        } else if days <= 7 {
            match part {
                Part::Start | Part::FirstHalf => (first, (first + 3).min(last)),
                Part::Mid => (first + 1, (last - 2).max(first + 1)),
                _ => ((last - 3).max(first), last),
            }
        } else {
            (share(from), share(to) - 1)
        };
        let (early, late) = (early.max(first), late.min(last));
        let write =
            |day: Day| Known::whole(finer, day).map_or_else(|| iso(day), |known| known.edtf);
        let edtf = if exact {
            format!("{}/{}", write(early), write(late))
        } else {
            about_part(part, first, last, whole.grain, write)
        };
        Some(Known {
            first: Some(early),
            last: Some(late),
            edtf,
            modifier: Some(modifier),
            ..whole
        })
    }

    /// "earlier this month", "the rest of the week".
    pub(super) fn so_far(
        &self,
        part: Part,
        whole: &Known,
        first: Day,
        last: Day,
        modifier: TimeModifier,
    ) -> Option<Known> {
        let reference = self.story.reference?;
        let (early, late) = if part == Part::SoFar {
            (first, reference.min(last))
        } else {
            (reference.max(first), last)
        };
        if early > late {
            return Some(whole.clone());
        }
        let known = Known::interval(early, late, Unit::Day).from(Story::reference_origin());
        Some(Known {
            timex: whole.timex.clone(),
            said: whole.said.clone(),
            modifier: Some(modifier),
            year_said: false,
            ..known
        })
    }
}

pub(super) fn weekdays_between(first: Day, last: Day, weekday: u8) -> Vec<Known> {
    let start = first + offset(first, weekday);
    (0..60)
        .map(|week| start + 7 * week)
        .take_while(|day| *day <= last)
        .filter_map(|day| Known::whole(Unit::Day, day))
        .collect()
}

pub(super) fn nth_between(first: Day, last: Day, nth: i32, weekday: u8) -> Option<Known> {
    let day = if nth > 0 {
        first + offset(first, weekday) + 7 * (i64::from(nth) - 1)
    } else {
        let back = (i64::from(calendar::weekday(last)) - i64::from(weekday)).rem_euclid(7);
        last - back + 7 * (i64::from(nth) + 1)
    };
    let date = civil(day);
    let mut known = Known::whole(Unit::Day, day).filter(|_| first <= day && day <= last)?;
    known.said = format!("{}-{:02}-WXX-{weekday}-#{nth}", year(date.year), date.month);
    Some(known)
}

/// The nth unit of a whole.
pub(super) fn nth_in(whole: &Known, nth: i32, unit: Unit) -> Option<Known> {
    let (first, last) = (whole.first?, whole.last?);
    if unit >= whole.grain && whole.grain != Unit::Century {
        return None;
    }
    if unit == Unit::Week {
        return nth_week(whole, nth);
    }
    let start = if nth > 0 {
        moved(first, i64::from(nth - 1) * 1000, unit)?
    } else {
        let end = super::known::bounds(unit, last)?.0;
        moved(end, i64::from(nth + 1) * 1000, unit)?
    };
    let mut known = Known::whole(unit, start)?;
    if !whole.is_exact() {
        return None;
    }
    known.year_said = whole.year_said;
    (known.first >= Some(first) && known.last <= Some(last)).then_some(known)
}

/// The third week of a month: the one of ISO 8601, or the third seven days?
pub(super) fn nth_week(whole: &Known, nth: i32) -> Option<Known> {
    let (first, last) = (whole.first?, whole.last?);
    // The first ISO week is the one that has the first Thursday.
    let iso_start = if nth > 0 {
        first + offset(first, 4) + 7 * (i64::from(nth) - 1) - 3
    } else {
        let back = (i64::from(calendar::weekday(last)) - 4).rem_euclid(7);
        last - back + 7 * (i64::from(nth) + 1) - 3
    };
    let count_start = if nth > 0 {
        first + 7 * (i64::from(nth) - 1)
    } else {
        last - 6 + 7 * (i64::from(nth) + 1)
    };
    if iso_start + 3 > last || iso_start + 3 < first {
        return None;
    }
    // What happened in a week of December happened in December.
    let early = iso_start.min(count_start).max(first);
    let late = (iso_start.max(count_start) + 6).min(last);
    let of_month = if nth > 0 {
        format!("W{nth:02}")
    } else if whole.grain == Unit::Year {
        format!("W{:02}", calendar::iso_week(iso_start).1)
    } else {
        "W05".to_owned()
    };
    let said = format!("{}-{of_month}", whole.timex);
    Some(Known {
        edtf: format!("{}~/{}~", iso(early), iso(late)),
        timex: Known::whole(Unit::Week, iso_start)?.timex,
        said,
        reckoned: Some(iso_start),
        year_said: whole.year_said,
        ..Known::interval(early, late, Unit::Week)
    })
}

pub(super) fn about(known: Known) -> Option<Known> {
    if matches!(known.kind, TimeKind::Duration | TimeKind::Set) {
        return Some(Known {
            modifier: Some(TimeModifier::Approx),
            ..known
        });
    }
    let room = match known.grain {
        Unit::Day | Unit::BusinessDay => 7,
        Unit::Week | Unit::Weekend | Unit::Fortnight => 14,
        Unit::Month => 62,
        Unit::Quarter | Unit::HalfYear => 183,
        Unit::Year => 731,
        Unit::Decade => 3653,
        Unit::Century => 36_525,
        _ => 0,
    };
    let edtf = if known.is_exact() {
        format!("{}~", known.edtf)
    } else {
        known.edtf.clone()
    };
    Some(Known {
        first: known.first.map(|day| day - room),
        last: known.last.map(|day| day + room),
        edtf,
        modifier: Some(TimeModifier::Approx),
        ..known
    })
}

/// A vague part as EDTF writes it: where it is about, each end approximate.
/// The bounds of the same time are wider, for no one knows how wide it is.
pub(super) fn about_part(
    part: Part,
    first: Day,
    last: Day,
    grain: Unit,
    write: impl Fn(Day) -> String,
) -> String {
    let days = last - first + 1;
    let share = |percent: i64| first + days * percent / 100;
    match part {
        Part::Start | Part::FirstHalf if grain == Unit::Decade => {
            format!("{}/{}~", write(first), write(share(50) - 1))
        }
        Part::Mid if grain == Unit::Decade => {
            format!("{}~/{}~", write(share(45)), write(share(65)))
        }
        Part::Start | Part::FirstHalf => {
            let end = if grain == Unit::Month { 34 } else { 33 };
            format!("{}~/{}~", write(first), write(share(end) - 1))
        }
        Part::Mid => {
            let middle = if grain == Unit::Century { 55 } else { 48 };
            format!("{}~", write(share(middle)))
        }
        _ => {
            let start = match grain {
                Unit::Year => 75,
                Unit::Decade => 65,
                _ => 67,
            };
            format!("{}~/{}", write(share(start)), write(last))
        }
    }
}

/// A month without a year, however it is said.
fn bare_month(meaning: Meaning) -> Option<u8> {
    match meaning {
        Meaning::Calendar(Calendar {
            year: None,
            month: Some(month),
            day: None,
            ..
        })
        | Meaning::Named {
            what: Named::Month(month),
            steps: None,
            year: None,
        } => Some(month),
        _ => None,
    }
}
