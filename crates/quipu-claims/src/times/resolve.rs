//! From what the words say to the days they mean, in the order of the text.

use quipu_model::time::{Day, TimeKind, TimeModifier};

use super::calendar::{self, civil};
use super::known::{Known, Origin, duration, iso, moved, slack, year};
use super::meaning::{
    Bound, Calendar, Clock, Every, From, Length, Meaning, Named, NodeId, Part, Unit,
};
use super::numbers;
use super::parse::Parser;
use super::story::{Anchor, Story, Tense, Undecided};

/// A date without a year that lies so near to the document's own day is taken
/// to be the near one, whatever the tense; farther ones stay open.
const NEAR_DAYS: i64 = 60;

/// Days, with what they came from, that something relative counts from.
struct Base {
    first: Day,
    last: Day,
    grain: Unit,
    origin: Origin,
    year_said: bool,
}

/// Reads meanings against a story.
pub(crate) struct Resolver<'a, 'b> {
    pub(crate) parser: &'a Parser,
    pub(crate) story: &'a Story<'b>,
}

impl Resolver<'_, '_> {
    /// What is known of a meaning.
    pub(crate) fn resolve(&self, node: NodeId) -> Option<Known> {
        self.known(self.parser.meaning(node))
    }

    fn known(&self, meaning: Meaning) -> Option<Known> {
        match meaning {
            Meaning::Calendar(date) => self.calendar(date),
            Meaning::Numbers {
                a,
                b,
                c,
                sign,
                weekday,
            } => {
                let dates = numbers::readings(a, b, c, sign, self.story.order, weekday, |date| {
                    self.full_year(date)
                });
                let choices: Vec<Known> = dates
                    .into_iter()
                    .filter_map(|date| self.calendar(date))
                    .collect();
                let said = choices.first().map(|known| known.said.clone());
                let several = choices.len() > 1;
                let known = Known::one_of(choices, "XXXX-XX-XX")?;
                Some(if several { known } else { known.said(said?) })
            }
            Meaning::Decade { start, short } => self.decade(start, short),
            Meaning::Century {
                number,
                before_christ,
            } => century(number, before_christ),
            Meaning::Fiscal {
                year,
                short,
                stated,
            } => self.fiscal(year, short, stated),
            Meaning::Week { number, year } => self.week(number, year),
            Meaning::Unit { unit, steps, from } => self.unit(unit, steps, from),
            Meaning::Named { what, steps, year } => self.named(what, steps, year),
            Meaning::In { inner, outer } => self.within(inner, outer),
            Meaning::NthWeekday { nth, weekday, of } => self.nth_weekday(nth, weekday, of),
            Meaning::NthUnit { nth, unit, of } => self.nth_unit(nth, unit, of),
            Meaning::Part { part, of } => self.part(part, of),
            Meaning::About { of } => about(self.resolve(of)?),
            Meaning::Shift { by, sign, from } => self.shift(by, sign, from),
            Meaning::Stretch { by, sign, from } => self.stretch(by, sign, from),
            Meaning::Around { unit, of } => {
                let known = self.resolve(of)?;
                let around = |day: Day| {
                    Some(Known {
                        reckoned: Some(day),
                        ..Known::whole(unit, day)?.from(known.origin)
                    })
                };
                match (known.first, known.last) {
                    (Some(first), Some(last)) => {
                        let choices = vec![around(first)?, around(last)?];
                        Some(Known::one_of(choices, &known.said)?.said(known.said))
                    }
                    _ => Some(Known::unknown(unit, known.said)),
                }
            }
            Meaning::Range { from, to } => self.range(from, to),
            Meaning::RangeIn { from, to, of } => {
                joined(&self.within(from, of)?, &self.within(to, of)?)
            }
            Meaning::Years { from, to, month } => {
                let known = Known::interval(
                    calendar::day(from, 1, 1)?,
                    calendar::day(to, 12, 31)?,
                    Unit::Year,
                );
                let edtf = format!("{}/{}", year(from), year(to));
                let years = Known {
                    timex: edtf.clone(),
                    said: edtf.clone(),
                    edtf,
                    ..known
                };
                if !month {
                    return Some(years);
                }
                let of_year = u8::try_from(to % 100).ok()?;
                let month = Known::whole(Unit::Month, calendar::day(from, of_year, 1)?)?;
                if self.forced() {
                    return Some(month);
                }
                let edtf = format!("[{}..{}]", iso(years.first?), iso(years.last?));
                Some(Known { edtf, ..years })
            }
            Meaning::MonthDays {
                from,
                to,
                month,
                year,
            } => {
                let first = calendar::day(year, month, from)?;
                let last = calendar::day(year, month, to)?;
                Some(Known::interval(first, last, Unit::Day))
            }
            Meaning::Days { from, to, of } => self.days(from, to, of),
            Meaning::Bound { how, of } => bound(how, &self.resolve(of)?),
            Meaning::Length(length) => Some(lasting(&length)),
            Meaning::Every(every) => self.every(every),
            Meaning::Clock(clock) => Some(at_clock(None, clock)),
            Meaning::At { day, clock } => {
                let Meaning::Clock(clock) = self.parser.meaning(clock) else {
                    return None;
                };
                Some(at_clock(Some(self.resolve(day)?), clock))
            }
            Meaning::ClockRange { from, to } => {
                let (from, to) = (at_clock(None, from), at_clock(None, to));
                let timex = format!("{}/{}", from.timex, to.timex);
                Some(Known {
                    said: timex.clone(),
                    timex,
                    ..from
                })
            }
            Meaning::Now => {
                let origin = Story::reference_origin();
                Some(match self.story.reference {
                    Some(day) => Known::whole(Unit::Day, day)?.from(origin),
                    None => Known::unknown(Unit::Day, "PRESENT_REF".to_owned()).from(origin),
                })
            }
            Meaning::Impossible => None,
        }
    }

    fn forced(&self) -> bool {
        self.story.undecided != Undecided::StaysOpen
    }

    fn reference_base(&self) -> Option<Base> {
        let day = self.story.reference?;
        Some(Base {
            first: day,
            last: day,
            grain: Unit::Day,
            origin: Story::reference_origin(),
            year_said: false,
        })
    }

    fn base(&self, from: From) -> Option<Base> {
        match from {
            From::Reference | From::Ahead => self.reference_base(),
            From::Story => match self.story.recent.last() {
                Some(last) => Some(base_of(last)),
                None => self.reference_base(),
            },
            From::Event => None,
            From::Node(node) => {
                let known = self.resolve(node)?;
                Some(Base {
                    first: known.first?,
                    last: known.last?,
                    grain: known.grain,
                    origin: known.origin,
                    year_said: known.year_said,
                })
            }
        }
    }

    /// The full year of one written with two digits: the one of that ending
    /// that lies between eighty years before and twenty after the document.
    fn full_year(&self, short: i32) -> i32 {
        let now = self.story.reference.map_or(2010, |day| civil(day).year);
        let latest = now + 20;
        let year = latest.div_euclid(100) * 100 + short;
        if year > latest { year - 100 } else { year }
    }

    fn calendar(&self, date: Calendar) -> Option<Known> {
        let year = match date.year {
            Some(short) if date.short_year => Some(self.full_year(short)),
            other => other,
        };
        let Some(number) = year else {
            return self.without_year(date);
        };
        match (date.month, date.day) {
            (Some(month), Some(day)) => Known::whole(Unit::Day, calendar::day(number, month, day)?),
            (Some(month), None) => Known::whole(Unit::Month, calendar::day(number, month, 1)?),
            (None, None) => Known::whole(Unit::Year, calendar::day(number, 1, 1)?),
            (None, Some(_)) => None,
        }
    }

    fn without_year(&self, date: Calendar) -> Option<Known> {
        if let (Some(weekday), None, None) = (date.weekday, date.month, date.day) {
            return self.named(Named::Weekday(weekday), None, None);
        }
        let (unit, said) = match (date.month, date.day) {
            (Some(month), Some(day)) => (Unit::Day, format!("XXXX-{month:02}-{day:02}")),
            (Some(month), None) => (Unit::Month, format!("XXXX-{month:02}")),
            (None, Some(day)) => (Unit::Day, format!("XXXX-XX-{day:02}")),
            (None, None) => return None,
        };
        let Some(month) = date.month else {
            return self.day_of_month(date, &said);
        };
        let weekday = date.weekday.filter(|_| !self.forced());
        let in_year = |year: i32| {
            let day = calendar::day(year, month, date.day.unwrap_or(1))?;
            // A weekday that does not fit says that it is not that year.
            if weekday.is_some_and(|weekday| calendar::weekday(day) != weekday) {
                return None;
            }
            Known::whole(unit, day)
        };
        Some(self.by_year(unit, &said, in_year))
    }

    /// Chooses the year of what comes once a year.
    fn by_year(&self, grain: Unit, said: &str, in_year: impl Fn(i32) -> Option<Known>) -> Known {
        self.chosen_year(grain, said, &in_year)
            .unwrap_or_else(|| Known::unknown(grain, said.to_owned()))
            .said(said)
    }

    fn chosen_year(
        &self,
        _grain: Unit,
        said: &str,
        in_year: &dyn Fn(i32) -> Option<Known>,
    ) -> Option<Known> {
        if !self.forced()
            && let Some(anchor) = self.story.near()
        {
            let known = self.year_of_story(anchor, said, in_year);
            if known.is_some() && (self.story.is_close(anchor) || self.story.reference.is_none()) {
                return known;
            }
            // The story may have come back to the document's own time.
            if let Some(known) = known {
                let own = self.year_of_document(said, in_year);
                let mut choices: Vec<Known> = own.into_iter().chain([known]).collect();
                choices.sort_by_key(|known| known.first);
                let same = choices.first().map(|known| known.edtf.clone())
                    == choices.last().map(|known| known.edtf.clone());
                let mut known = Known::one_of(choices, said)?;
                known.year_said &= same;
                return Some(known);
            }
        }
        self.year_of_document(said, in_year)
    }

    /// Chooses the year by the document's own day.
    fn year_of_document(
        &self,
        said: &str,
        in_year: &dyn Fn(i32) -> Option<Known>,
    ) -> Option<Known> {
        let reference = self.story.reference?;
        let now = civil(reference).year;
        let origin = Story::reference_origin();
        // Leap days are up to eight years away.
        let before = (now - 8..=now)
            .rev()
            .filter_map(in_year)
            .find(|known| known.first.is_some_and(|first| first <= reference));
        let after = (now..=now + 8)
            .filter_map(in_year)
            .find(|known| known.last.is_some_and(|last| last >= reference));
        let known = match self.story.undecided {
            Undecided::TakesEarlier => (now - 8..=now)
                .rev()
                .filter_map(in_year)
                .find(|known| known.first.is_some_and(|first| first < reference)),
            Undecided::TakesLater => (now..=now + 8)
                .filter_map(in_year)
                .find(|known| known.first.is_some_and(|first| first >= reference)),
            Undecided::StaysOpen => match self.story.tense() {
                Tense::Past => before,
                Tense::Future => after,
                Tense::Unknown => nearest(reference, before, after, said),
            },
        };
        let mut known = known?.from(origin);
        known.year_said = false;
        Some(known)
    }

    /// The story names a year: the same one, or the next when the month has
    /// gone by; both when only the reader can tell.
    fn year_of_story(
        &self,
        anchor: &Anchor,
        said: &str,
        in_year: &dyn Fn(i32) -> Option<Known>,
    ) -> Option<Known> {
        let (first, last) = (civil(anchor.first).year, civil(anchor.last).year);
        let origin = base_of(anchor).origin;
        if last - first > 1 {
            // Within a decade or a span of years: one of its years, unknown which.
            let (early, late) = (in_year(first)?, in_year(last)?);
            let known = Known::somewhen(early.first?, late.last?, early.grain, said.to_owned());
            return Some(known.from(origin));
        }
        let same = in_year(first)?;
        let mut choices = vec![same.clone()];
        if anchor.first - same.last? > NEAR_DAYS {
            choices.extend(in_year(first + 1));
        }
        // What has not yet happened when the document was written is told
        // in the future.
        if let Some(reference) = self.story.reference
            && self.story.tense() != Tense::Future
            && choices.len() > 1
        {
            choices.retain(|known| known.first.is_some_and(|first| first <= reference));
        }
        let single = choices.len() == 1;
        let mut known = Known::one_of(choices, said)?.from(origin);
        known.year_said = single;
        Some(known)
    }

    /// "the 27th".
    fn day_of_month(&self, date: Calendar, said: &str) -> Option<Known> {
        let of_month = date.day?;
        let unknown = || Some(Known::unknown(Unit::Day, said.to_owned()));
        let in_month = |start: Day, months: i64| {
            let from = civil(start);
            let month = civil(calendar::month_start(from.year, from.month, months)?);
            let day = calendar::day(month.year, month.month, of_month)?;
            if date
                .weekday
                .is_some_and(|weekday| calendar::weekday(day) != weekday)
            {
                return None;
            }
            Known::whole(Unit::Day, day)
        };
        if !self.forced()
            && let Some(anchor) = self.story.near()
        {
            if anchor.grain > Unit::Month {
                return unknown();
            }
            let mut choices: Vec<Known> = in_month(anchor.first, 0).into_iter().collect();
            // A day gone by in that month is of the next one, or told late.
            if choices.iter().any(|known| known.last < Some(anchor.first)) || choices.is_empty() {
                choices.extend(in_month(anchor.first, 1));
            }
            let known = Known::one_of(choices, said)?;
            return Some(known.from(base_of(anchor).origin).said(said));
        }
        let Some(reference) = self.story.reference else {
            return unknown();
        };
        let before = (0..30)
            .filter_map(|n| in_month(reference, -n))
            .find(|known| known.first < Some(reference));
        let after = (0..30)
            .filter_map(|n| in_month(reference, n))
            .find(|known| known.first >= Some(reference));
        if date.weekday.is_some() {
            // Few months have that day on that weekday: the near one is meant.
            let distance =
                |known: &Known| known.first.map_or(i64::MAX, |day| (day - reference).abs());
            let near = before.into_iter().chain(after).min_by_key(distance)?;
            let said = near.edtf.clone();
            return Some(near.from(Story::reference_origin()).said(said));
        }
        let known = match (self.story.undecided, self.story.tense()) {
            (Undecided::TakesEarlier, _) | (Undecided::StaysOpen, Tense::Past) => before,
            (Undecided::TakesLater, _) | (Undecided::StaysOpen, Tense::Future) => after,
            (Undecided::StaysOpen, Tense::Unknown) => {
                Known::one_of(before.into_iter().chain(after).collect(), said)
            }
        };
        let mut known = known?.from(Story::reference_origin()).said(said);
        known.year_said = false;
        Some(known)
    }

    fn decade(&self, start: i32, short: bool) -> Option<Known> {
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

    fn fiscal(&self, number: i32, short: bool, stated: bool) -> Option<Known> {
        let number = if short {
            self.full_year(number)
        } else {
            number
        };
        let fiscal = &self.story.machine.fiscal;
        let rule = fiscal
            .iter()
            .rev()
            .find(|rule| stated && rule.since <= number);
        let said = format!("FY{}", year(number));
        let Some(rule) = rule else {
            // Whose fiscal year it is nobody says.
            let first = calendar::day(number - 1, 1, 1)?;
            let known = Known::interval(first, calendar::day(number, 12, 31)?, Unit::Year);
            return Some(Known {
                edtf: format!("{}~", year(number)),
                timex: said.clone(),
                said,
                modifier: Some(TimeModifier::Approx),
                ..known
            });
        };
        let start = if rule.starts == 1 { number } else { number - 1 };
        let first = calendar::day(start, rule.starts, 1)?;
        let last = calendar::month_start(start, rule.starts, 12)? - 1;
        let (from, to) = (civil(first), civil(last));
        let edtf = format!(
            "{}-{:02}/{}-{:02}",
            year(from.year),
            from.month,
            year(to.year),
            to.month
        );
        Some(Known {
            edtf,
            timex: said.clone(),
            said,
            ..Known::interval(first, last, Unit::Year)
        })
    }

    fn week(&self, number: u8, of_year: Option<i32>) -> Option<Known> {
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
    fn unit(&self, unit: Unit, steps: i32, from: From) -> Option<Known> {
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
        let early = Known::whole(unit, step(base.first)?)?;
        let late = Known::whole(unit, step(base.last)?)?;
        let mut known = if early == late {
            early
        } else {
            let said = said.clone().unwrap_or_default();
            Known::somewhen(early.first?, late.last?, unit, said)
        };
        known.year_said = base.year_said;
        let known = known.from(base.origin);
        // "the next day" from nothing but the document is as good as dated.
        let own = base.origin.words.is_none() && steps != 0;
        Some(match said {
            Some(said) if !own => known.said(said),
            _ => known,
        })
    }

    fn named(&self, what: Named, steps: Option<i32>, of_year: Option<i32>) -> Option<Known> {
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
    fn season_alone(&self, what: Named) -> Known {
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

    fn weekday(&self, weekday: u8, steps: Option<i32>) -> Option<Known> {
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
                let (before, after) = (from_here - 7, from_here);
                let tense = self.story.tense();
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

    fn within(&self, inner: NodeId, outer: NodeId) -> Option<Known> {
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

    fn nth_weekday(&self, nth: i32, weekday: u8, of: Option<NodeId>) -> Option<Known> {
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
        if let Meaning::Calendar(Calendar {
            year: None,
            month: Some(month),
            day: None,
            ..
        })
        | Meaning::Named {
            what: Named::Month(month),
            steps: None,
            year: None,
        } = self.parser.meaning(of)
        {
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

    fn nth_unit(&self, nth: i32, unit: Unit, of: NodeId) -> Option<Known> {
        if let Meaning::Calendar(Calendar {
            year: None,
            month: Some(month),
            day: None,
            ..
        })
        | Meaning::Named {
            what: Named::Month(month),
            steps: None,
            year: None,
        } = self.parser.meaning(of)
        {
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

    fn part(&self, part: Part, of: NodeId) -> Option<Known> {
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
        let write = |day: Day, open: bool| {
            let text = Known::whole(finer, day).map_or_else(|| iso(day), |known| known.edtf);
            if open && !exact {
                format!("{text}~")
            } else {
                text
            }
        };
        let edtf = format!(
            "{}/{}",
            write(early, early > first),
            write(late, late < last)
        );
        Some(Known {
            first: Some(early),
            last: Some(late),
            edtf,
            modifier: Some(modifier),
            ..whole
        })
    }

    /// "earlier this month", "the rest of the week".
    fn so_far(
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

    fn shift(&self, by: Length, sign: i32, from: From) -> Option<Known> {
        if from == From::Ahead && !self.forced() && self.story.tense() != Tense::Future {
            // "he built it in three weeks": how long, not when.
            return Some(lasting(&by));
        }
        let origin = match from {
            From::Reference | From::Ahead => Story::reference_origin(),
            _ => Origin::default(),
        };
        let finest = by.iter().map(|(_, unit)| unit).min()?;
        let Some(base) = self.base(from) else {
            let said = match finest {
                Unit::Year | Unit::Decade | Unit::Century => "XXXX",
                Unit::Month | Unit::Quarter | Unit::HalfYear => "XXXX-XX",
                _ => "XXXX-XX-XX",
            };
            return Some(Known::unknown(finest.max(Unit::Day), said.to_owned()).from(origin));
        };
        let shifted = |day: Day, vague: bool, most: bool| {
            let mut at = day;
            for (thousandths, unit) in by.iter() {
                let count = match by.vague {
                    Some((_, high)) if vague && most => high,
                    Some((low, _)) if vague => low,
                    _ => thousandths,
                };
                at = moved(at, count * i64::from(sign), unit)?;
            }
            Some(at)
        };
        let reckoned = shifted(base.first, false, false)?;
        let (near, far) = (sign < 0, sign > 0);
        let exact = by.vague.is_none() && by.limit.is_none();
        let fine = finest < Unit::Day;
        let room = if exact && !fine {
            slack(finest)
        } else {
            i64::from(fine)
        };
        let mut first = shifted(base.first, true, near)? - room;
        let mut last = shifted(base.last, true, far)? + room;
        match by.limit {
            Some(TimeModifier::LessThan | TimeModifier::EqualOrLess) => {
                // Between the base and the count.
                if sign > 0 {
                    first = base.first;
                } else {
                    last = base.last;
                }
            }
            Some(TimeModifier::MoreThan | TimeModifier::EqualOrMore) => {
                return Some(self.at_least(&base, reckoned, sign, finest));
            }
            Some(_) => {
                let about = slack(finest).max(1) * 2;
                (first, last) = (first - about, last + about);
            }
            None => {}
        }
        if sign < 0 && base.origin.reference {
            last = last.min(base.last);
        }
        let grain = finest.max(base.grain).max(Unit::Day);
        let timex = match finest {
            _ if base.grain > Unit::Day && base.grain < finest => String::new(),
            Unit::Week | Unit::Weekend | Unit::Fortnight => {
                Known::whole(Unit::Week, reckoned)?.timex
            }
            Unit::Month | Unit::Quarter | Unit::HalfYear => {
                Known::whole(Unit::Month, reckoned)?.timex
            }
            Unit::Year => Known::whole(Unit::Year, reckoned)?.timex,
            Unit::Decade | Unit::Century => Known::whole(Unit::Decade, reckoned)?.timex,
            _ => iso(reckoned),
        };
        let whole_base = base.grain > Unit::Day
            && Known::whole(base.grain, base.first).and_then(|known| known.last) == Some(base.last);
        let edtf = if first == last {
            iso(first)
        } else if !exact {
            format!("[{}..{}]", iso(first), iso(last))
        } else if whole_base && base.grain == finest {
            // Three years after 1990 is 1993, as exact as that was.
            let known = Known::whole(finest, reckoned)?;
            (first, last) = (known.first?, known.last?);
            known.edtf
        } else if base.first == base.last && !fine {
            let unit = match finest {
                Unit::Month | Unit::Quarter | Unit::HalfYear => Unit::Month,
                Unit::Year | Unit::Decade | Unit::Century => Unit::Year,
                _ => Unit::Day,
            };
            format!("{}~", Known::whole(unit, reckoned)?.edtf)
        } else {
            format!("[{}..{}]", iso(first), iso(last))
        };
        let timex = if timex.is_empty() {
            edtf.clone()
        } else {
            timex
        };
        Some(Known {
            edtf,
            said: timex.clone(),
            timex,
            modifier: by.limit,
            reckoned: Some(reckoned),
            year_said: base.year_said,
            ..Known::interval(first, last, grain)
        })
        .map(|known| known.from(base.origin))
    }

    /// "more than two weeks later": open at the far end.
    fn at_least(&self, base: &Base, reckoned: Day, sign: i32, finest: Unit) -> Known {
        let forward = sign > 0;
        let (first, last, edtf, modifier) = if forward {
            (
                Some(reckoned),
                None,
                format!("{}/..", iso(reckoned)),
                TimeModifier::After,
            )
        } else {
            (
                None,
                Some(reckoned),
                format!("../{}", iso(reckoned)),
                TimeModifier::Before,
            )
        };
        Known {
            first,
            last,
            edtf,
            modifier: Some(modifier),
            reckoned: Some(reckoned),
            year_said: base.year_said,
            ..Known::interval(reckoned, reckoned, finest.max(Unit::Day))
        }
        .from(base.origin)
    }

    fn stretch(&self, by: Length, sign: i32, from: From) -> Option<Known> {
        let origin = Story::reference_origin();
        let said = duration(&by);
        let finest = by.iter().map(|(_, unit)| unit).min()?;
        let Some(base) = self.base(from) else {
            return Some(Known {
                edtf: String::new(),
                ..Known::unknown(finest, said)
            })
            .map(|known| known.from(origin));
        };
        let far = |most: bool| {
            let mut at = if sign < 0 { base.first } else { base.last };
            for (thousandths, unit) in by.iter() {
                let count = match by.vague {
                    Some((_, high)) if most => high,
                    _ => thousandths,
                };
                at = moved(at, count * i64::from(sign), unit)?;
            }
            Some(at)
        };
        let (nominal, most) = (far(false)?, far(true)?);
        let room = slack(finest) * i64::from(sign);
        let exact = by.vague.is_none() && finest == Unit::Day;
        let mark = if exact { "" } else { "~" };
        let (first, last, edtf) = if sign < 0 {
            let edtf = format!("{}{mark}/{}", iso(nominal), iso(base.last));
            (most + room, base.last, edtf)
        } else {
            let edtf = format!("{}/{}{mark}", iso(base.first), iso(nominal));
            (base.first, most + room, edtf)
        };
        Some(Known {
            timex: edtf.replace('~', ""),
            edtf,
            said,
            reckoned: Some(nominal),
            year_said: base.year_said,
            modifier: by.limit,
            ..Known::interval(first, last, finest.max(Unit::Day))
        })
        .map(|known| known.from(base.origin))
    }

    fn range(&self, from: NodeId, to: NodeId) -> Option<Known> {
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
    fn after(&self, meaning: Meaning, day: Day) -> Option<Known> {
        let year = civil(day).year;
        self.each_year(meaning, day, year..=year + 8)
            .into_iter()
            .find(|known| known.first >= Some(day))
    }

    /// The last thing of that name before a day.
    fn before(&self, meaning: Meaning, day: Day) -> Option<Known> {
        let year = civil(day).year;
        self.each_year(meaning, day - 7, year - 8..=year)
            .into_iter()
            .rev()
            .find(|known| known.first <= Some(day))
    }

    fn each_year(
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

    fn days(&self, from: u8, to: u8, of: NodeId) -> Option<Known> {
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

    fn every(&self, every: Every) -> Option<Known> {
        let timex = match every {
            Every::Length(length) => duration(&length),
            Every::Named(Named::Weekday(weekday)) => format!("XXXX-WXX-{weekday}"),
            Every::Named(what) => format!("XXXX-{}", name_of(what).1),
            Every::Node(node) => self.resolve(node)?.said,
            Every::Clock(clock) => clock_text(clock),
            Every::NamedAt(Named::Weekday(weekday), clock) => {
                format!("XXXX-WXX-{weekday}{}", clock_text(clock))
            }
            Every::NamedAt(what, clock) => {
                format!("XXXX-{}{}", name_of(what).1, clock_text(clock))
            }
        };
        Some(Known {
            edtf: String::new(),
            kind: TimeKind::Set,
            ..Known::unknown(Unit::Day, timex)
        })
    }
}

fn base_of(anchor: &Anchor) -> Base {
    Base {
        first: anchor.first,
        last: anchor.last,
        grain: anchor.grain,
        origin: Origin {
            reference: false,
            words: Some(anchor.span),
        },
        year_said: anchor.year_said,
    }
}

/// Days from a day to the next of a weekday; none when it is one.
fn offset(from: Day, weekday: u8) -> i64 {
    (i64::from(weekday) - i64::from(calendar::weekday(from))).rem_euclid(7)
}

/// Of two the one that is clearly nearer, or both.
fn nearest(
    reference: Day,
    before: Option<Known>,
    after: Option<Known>,
    said: &str,
) -> Option<Known> {
    let far_before = before
        .as_ref()
        .and_then(|known| Some(reference - known.last?));
    let far_after = after
        .as_ref()
        .and_then(|known| Some(known.first? - reference));
    match (far_before, far_after) {
        (Some(back), Some(on)) if back <= NEAR_DAYS && on > 3 * NEAR_DAYS => before,
        (Some(back), Some(on)) if on <= NEAR_DAYS && back > 3 * NEAR_DAYS => after,
        _ => Known::one_of(before.into_iter().chain(after).collect(), said),
    }
}

/// The grain of a named thing, and how TIMEX3 writes it after the year.
fn name_of(what: Named) -> (Unit, String) {
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

fn named_in_year(what: Named, number: i32) -> Option<Known> {
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

fn weekdays_between(first: Day, last: Day, weekday: u8) -> Vec<Known> {
    let start = first + offset(first, weekday);
    (0..60)
        .map(|week| start + 7 * week)
        .take_while(|day| *day <= last)
        .filter_map(|day| Known::whole(Unit::Day, day))
        .collect()
}

fn nth_between(first: Day, last: Day, nth: i32, weekday: u8) -> Option<Known> {
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
fn nth_in(whole: &Known, nth: i32, unit: Unit) -> Option<Known> {
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
fn nth_week(whole: &Known, nth: i32) -> Option<Known> {
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
    let early = iso_start.min(count_start);
    let late = (iso_start.max(count_start) + 6).min(last.max(iso_start + 6));
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

fn century(number: i32, before_christ: bool) -> Option<Known> {
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

fn about(known: Known) -> Option<Known> {
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

/// One end of an interval as EDTF writes it.
fn end_text(known: &Known, last: bool) -> Option<String> {
    if known.is_simple() {
        return Some(known.edtf.clone());
    }
    let day = if last { known.last } else { known.first };
    day.map(iso)
}

fn joined(early: &Known, late: &Known) -> Option<Known> {
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

fn bound(how: Bound, inner: &Known) -> Option<Known> {
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
        Bound::Since => (
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

fn lasting(length: &Length) -> Known {
    let timex = duration(length);
    let grain = length
        .iter()
        .map(|(_, unit)| unit)
        .min()
        .unwrap_or(Unit::Day);
    Known {
        edtf: String::new(),
        kind: TimeKind::Duration,
        modifier: length.limit,
        ..Known::unknown(grain, timex)
    }
}

fn clock_text(clock: Clock) -> String {
    match clock {
        Clock::Part(letters) => {
            let letters: String = letters.iter().map(|byte| char::from(*byte)).collect();
            if letters == "MI" {
                "T12".to_owned()
            } else {
                format!("T{letters}")
            }
        }
        Clock::Minutes {
            minutes,
            exact,
            utc,
            ..
        } => {
            let zone = if utc { "Z" } else { "" };
            if exact {
                format!("T{:02}:{:02}{zone}", minutes / 60, minutes % 60)
            } else {
                format!("T{:02}{zone}", minutes / 60)
            }
        }
    }
}

fn at_clock(day: Option<Known>, clock: Clock) -> Known {
    let text = clock_text(clock);
    let Some(day) = day else {
        return Known {
            edtf: String::new(),
            kind: TimeKind::Time,
            ..Known::unknown(Unit::Hour, text)
        };
    };
    let edtf = match clock {
        Clock::Minutes {
            minutes,
            exact: true,
            half_day_open: false,
            utc,
        } if day.is_exact() && day.grain == Unit::Day => {
            let zone = if utc { "Z" } else { "" };
            format!(
                "{}T{:02}:{:02}:00{zone}",
                day.edtf,
                minutes / 60,
                minutes % 60
            )
        }
        _ => day.edtf.clone(),
    };
    Known {
        timex: format!("{}{text}", day.timex),
        said: format!("{}{text}", day.said),
        edtf,
        kind: TimeKind::Time,
        grain: Unit::Hour,
        ..day
    }
}
