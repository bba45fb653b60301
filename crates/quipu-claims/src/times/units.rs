//! Weeks, months, quarters, decades and what comes again in each.

use quipu_model::time::Day;

use super::calendar::{self, civil};
use super::known::{Known, Origin, moved, year};
use super::meaning::{From, Named, Unit};
use super::resolve::{Resolver, base_of};
use super::story::{Story, Undecided};
use super::tense::Tense;

impl Resolver<'_, '_> {
    pub(super) fn decade(&self, start: i32, short: bool) -> Option<Known> {
        if !short {
            return Known::whole(Unit::Decade, calendar::day(start, 1, 1)?);
        }
        let said = format!("XX{}", start / 10);
        let now = self.story.reference.map_or(2020, |day| civil(day).year);
        let latest = (now - start).div_euclid(100) * 100 + start;
        let whole = |year: i32| Known::whole(Unit::Decade, calendar::day(year, 1, 1)?);
        let known = match self.story.undecided {
            Undecided::TakesEarlier => whole(latest)?,
            Undecided::TakesLater => whole(latest + 100)?,
            // "The twenties" are a hundred years ago until people say otherwise.
            Undecided::StaysOpen if latest >= 2000 && (10..=20).contains(&start) => {
                Known::one_of(vec![whole(latest - 100)?, whole(latest)?], &said)?
            }
            Undecided::StaysOpen => whole(latest)?,
        };
        Some(known.said(said))
    }

    pub(super) fn week(&self, number: u8, of_year: Option<i32>) -> Option<Known> {
        if let Some(year) = of_year {
            return Known::whole(Unit::Week, calendar::week_start(year, number)?);
        }
        let said = format!("XXXX-W{number:02}");
        let Some(reference) = self.story.reference else {
            return Some(Known::unknown(Unit::Week, said));
        };
        let year = calendar::iso_week(reference).0;
        let known = Known::whole(Unit::Week, calendar::week_start(year, number)?)?;
        Some(known.from(Story::reference_origin()).said(said))
    }

    /// A whole unit counted from the one in which the base lies.
    pub(super) fn unit(&self, unit: Unit, steps: i32, from: From) -> Option<Known> {
        let said = if from == From::Story || self.base(from).is_none() {
            Some(match unit {
                Unit::Week | Unit::Fortnight => "XXXX-WXX".to_owned(),
                Unit::Weekend => "XXXX-WXX-WE".to_owned(),
                Unit::Month => "XXXX-XX".to_owned(),
                Unit::Year => "XXXX".to_owned(),
                Unit::Decade => "XXX".to_owned(),
                Unit::Century => "XX".to_owned(),
                Unit::Quarter => "XXXX-QX".to_owned(),
                Unit::HalfYear => "XXXX-HX".to_owned(),
                _ => "XXXX-XX-XX".to_owned(),
            })
        } else {
            None
        };
        let origin = match from {
            From::Reference | From::Ahead => Story::reference_origin(),
            _ => Origin::default(),
        };
        let Some(base) = self.base(from) else {
            return Some(Known::unknown(unit, said.unwrap_or_default()).from(origin));
        };
        let step = |day: Day| {
            let start = super::known::bounds(unit, day)?.0;
            moved(start, i64::from(steps) * 1000, unit)
        };
        // "over the weekend", told on a Wednesday of what was: the one gone by.
        let back = if unit == Unit::Weekend
            && steps == 0
            && from == From::Reference
            && !self.forced()
            && base.first < super::known::bounds(unit, base.first)?.0
            && self.story.tense() == Tense::Past
        {
            7
        } else {
            0
        };
        let step = |day: Day| step(day - back);
        let early = Known::whole(unit, step(base.first)?)?;
        let late = Known::whole(unit, step(base.last)?)?;
        let mut known = if early == late {
            early
        } else {
            let said = said.clone().unwrap_or_default();
            Known::somewhen(early.first?, late.last?, unit, said)
        };
        // "last year" names a year as well as its number does.
        known.year_said =
            base.year_said || (unit == Unit::Year && (steps != 0 || from == From::Reference));
        let known = known.from(base.origin);
        // "the next day" from nothing but the document is as good as dated.
        let own = base.origin.words.is_none() && steps != 0;
        Some(match said {
            Some(said) if !own => known.said(said),
            _ => known,
        })
    }

    pub(super) fn named(
        &self,
        what: Named,
        steps: Option<i32>,
        of_year: Option<i32>,
    ) -> Option<Known> {
        if let Named::Weekday(weekday) = what {
            return self.weekday(weekday, steps);
        }
        let (grain, tail) = name_of(what);
        let said = format!("XXXX-{tail}");
        if let Some(number) = of_year {
            return named_in_year(what, number);
        }
        let Some(steps) = steps else {
            if let Named::Season(_) = what {
                return Some(self.season_alone(what));
            }
            return Some(self.by_year(grain, &said, |year| named_in_year(what, year)));
        };
        let origin = Story::reference_origin();
        let Some(reference) = self.story.reference else {
            return Some(Known::unknown(grain, said).from(origin));
        };
        let now = civil(reference).year;
        if let (Named::Season(season), -1, false) = (what, steps, self.forced()) {
            let over = last_season(season, reference);
            let mut known = named_in_year(what, over)?.from(origin);
            known.year_said = false;
            return Some(known);
        }
        let by_calendar = named_in_year(what, now + steps)?;
        let mut choices = vec![by_calendar];
        if !self.forced() && steps != 0 {
            // "last June" in November: this year's, or the year before's?
            let in_year = |year| named_in_year(what, year);
            let near = if steps < 0 {
                (now - 1..=now)
                    .rev()
                    .filter_map(in_year)
                    .find(|known| known.last < Some(reference))
            } else {
                (now..=now + 1)
                    .filter_map(in_year)
                    .find(|known| known.first > Some(reference))
            };
            choices.extend(near);
            choices.sort_by_key(|known| known.first);
        }
        let said = choices.first().map(|known| known.said.clone())?;
        let mut known = Known::one_of(choices, &said)?.from(origin);
        known.year_said = false;
        Some(known)
    }

    /// "in the summer": the hemisphere and often the year are anyone's guess.
    pub(super) fn season_alone(&self, what: Named) -> Known {
        let (_, tail) = name_of(what);
        let said = tail.clone();
        let unknown = Known::unknown(Unit::Quarter, said.clone());
        if self.forced() {
            return unknown;
        }
        match self.story.near() {
            Some(anchor) if civil(anchor.first).year == civil(anchor.last).year => {
                let known = named_in_year(what, civil(anchor.first).year);
                known.map_or(unknown, |known| {
                    known.from(base_of(anchor).origin).said(said)
                })
            }
            _ => unknown,
        }
    }

    pub(super) fn weekday(&self, weekday: u8, steps: Option<i32>) -> Option<Known> {
        let said = format!("XXXX-WXX-{weekday}");
        let origin = Story::reference_origin();
        let whole = |day: Day| Known::whole(Unit::Day, day);
        let Some(reference) = self.story.reference else {
            // The story alone: the days of that name on either side of it.
            if steps.is_none()
                && let Some(anchor) = self.story.near()
                && anchor.grain == Unit::Day
            {
                let after = anchor.first + offset(anchor.first, weekday);
                let choices = vec![whole(after - 7)?, whole(after)?];
                let known = Known::one_of(choices, &said)?;
                return Some(known.from(base_of(anchor).origin).said(said));
            }
            return Some(Known::unknown(Unit::Day, said).from(origin));
        };
        let monday = calendar::monday(reference);
        let of_week = |weeks: i64| monday + 7 * weeks + i64::from(weekday) - 1;
        let from_here = reference + offset(reference, weekday);
        let known = match steps {
            Some(steps) => {
                let by_week = of_week(i64::from(steps));
                let mut choices = vec![whole(by_week)?];
                if !self.forced() && steps < 0 {
                    let near = if from_here == reference {
                        reference - 7
                    } else {
                        from_here - 7
                    };
                    // What was yesterday nobody calls last Tuesday without doubt.
                    if reference - near >= 2 {
                        choices.clear();
                    }
                    choices.push(whole(near)?);
                } else if !self.forced() && steps == 1 {
                    let near = if from_here == reference {
                        reference + 7
                    } else {
                        from_here
                    };
                    choices.push(whole(near)?);
                }
                choices.sort_by_key(|known| known.first);
                let said = choices.first().map(|known| known.said.clone())?;
                Known::one_of(choices, &said)?
            }
            None => {
                if let Some(known) = self.weekday_of_chain(weekday, reference) {
                    return Some(known.said(said));
                }
                let (before, after) = (from_here - 7, from_here);
                let tense = match self.story.tense() {
                    Tense::Unknown => self.story.tense_by_words(),
                    told => told,
                };
                let today = from_here == reference;
                let choices = match (self.story.undecided, tense) {
                    (Undecided::TakesEarlier, _) => vec![before],
                    (Undecided::TakesLater, _) => vec![after],
                    (_, Tense::Past) if today => vec![before, after],
                    (_, Tense::Past) => vec![before],
                    (_, Tense::Future) if today => vec![after, after + 7],
                    (_, Tense::Future) => vec![after],
                    (_, Tense::Unknown) => vec![before, after],
                };
                let choices = choices.into_iter().filter_map(whole).collect();
                Known::one_of(choices, &said)?.said(said)
            }
        };
        let mut known = known.from(origin);
        known.year_said = false;
        Some(known)
    }
}

impl Resolver<'_, '_> {
    /// "By Monday the 15th he had fled. On Tuesday she resigned": the day behind the
    /// one that the story just told by its weekday, if that has gone by.
    fn weekday_of_chain(&self, weekday: u8, reference: Day) -> Option<Known> {
        // "on 3 May 1991, a Friday": the weekday of that very day.
        if let Some(last) = self.story.recent.last().filter(|_| !self.forced())
            && last.first == last.last
            && offset(last.first, weekday) == 0
            && self.story.is_beside_by_comma(last)
        {
            return Some(Known::whole(Unit::Day, last.first)?.from(base_of(last).origin));
        }
        let mut days = self.story.recent.iter().rev();
        let anchor = days.find(|anchor| anchor.grain == Unit::Day && !self.forced())?;
        let chained = anchor.first == anchor.last
            && self.story.is_close(anchor)
            && self.story.names_weekday(anchor.span)
            && self.story.tense() != Tense::Future;
        let day = anchor.first + offset(anchor.first, weekday);
        let known = Known::whole(Unit::Day, day)
            .filter(|_| chained && anchor.first < day && day <= reference)?;
        Some(known.from(base_of(anchor).origin))
    }
}

/// The year of the last season of that name that was over by a day, as the north
/// of the world has it: "last spring" in December is that of the same year.
fn last_season(season: u8, by: Day) -> i32 {
    let now = civil(by);
    let ends = match season {
        21 => 6,
        22 => 9,
        23 => 12,
        _ => 3,
    };
    if now.month >= ends {
        now.year
    } else {
        now.year - 1
    }
}

/// The grain of a named thing, and how TIMEX3 writes it after the year.
pub(super) fn name_of(what: Named) -> (Unit, String) {
    match what {
        Named::Weekday(weekday) => (Unit::Day, format!("WXX-{weekday}")),
        Named::Month(month) => (Unit::Month, format!("{month:02}")),
        Named::Season(season) => {
            let letters = match season {
                21 => "SP",
                22 => "SU",
                23 => "FA",
                _ => "WI",
            };
            (Unit::Quarter, letters.to_owned())
        }
        Named::Quarter(quarter) => (Unit::Quarter, format!("Q{quarter}")),
        Named::HalfYear(half) => (Unit::HalfYear, format!("H{half}")),
        Named::Feast(feast) if feast >= 100 => {
            (Unit::Day, format!("{:02}-{:02}", feast / 100, feast % 100))
        }
        Named::Feast(_) => (Unit::Day, "XX-XX".to_owned()),
    }
}

pub(super) fn named_in_year(what: Named, number: i32) -> Option<Known> {
    match what {
        Named::Weekday(_) => None,
        Named::Month(month) => Known::whole(Unit::Month, calendar::day(number, month, 1)?),
        Named::Quarter(quarter) => {
            let month = quarter.checked_sub(1)? * 3 + 1;
            Known::whole(Unit::Quarter, calendar::day(number, month, 1)?)
        }
        Named::HalfYear(half) => {
            let month = half.checked_sub(1)? * 6 + 1;
            Known::whole(Unit::HalfYear, calendar::day(number, month, 1)?)
        }
        Named::Feast(feast) if feast >= 100 => {
            let (month, day) = (feast / 100, feast % 100);
            let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
            Known::whole(Unit::Day, calendar::day(number, month, day)?)
        }
        Named::Feast(from_easter) => Known::whole(
            Unit::Day,
            calendar::easter(number)? + i64::from(from_easter),
        ),
        Named::Season(season) => {
            // Either hemisphere, and winters that are named by either year.
            let ((from_year, from), (to_year, to)) = match season {
                21 | 23 => ((number, 3), (number, 12)),
                _ => ((number - 1, 12), (number + 1, 3)),
            };
            let first = calendar::day(from_year, from, 1)?;
            let last = calendar::day(to_year, to, 31)?;
            let timex = format!("{}-{}", year(number), name_of(what).1);
            Some(Known {
                edtf: format!("{}-{season}", year(number)),
                said: timex.clone(),
                timex,
                ..Known::interval(first, last, Unit::Quarter)
            })
        }
    }
}

pub(super) fn century(number: i32, before_christ: bool) -> Option<Known> {
    if before_christ {
        let first = calendar::day(-(number * 100), 1, 1)?;
        let last = calendar::day(-(number * 100 - 100), 12, 31)?;
        return Some(Known {
            timex: format!("BC{:02}", number - 1),
            said: format!("BC{:02}", number - 1),
            ..Known::interval(first, last, Unit::Century)
        });
    }
    let mut known = Known::whole(Unit::Century, calendar::day((number - 1) * 100, 1, 1)?)?;
    // Some count it from the year 1, some from the year 0.
    known.last = calendar::day(number * 100, 12, 31);
    Some(known)
}

/// Days from a day to the next of a weekday; none when it is one.
pub(super) fn offset(from: Day, weekday: u8) -> i64 {
    (i64::from(weekday) - i64::from(calendar::weekday(from))).rem_euclid(7)
}
