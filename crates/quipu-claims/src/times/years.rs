//! Which year, for a date that names none.

use quipu_model::time::Day;

use super::calendar::{self, civil};
use super::known::Known;
use super::meaning::{Calendar, Named, Unit};
use super::resolve::{Lean, NEAR_DAYS, Resolver, base_of};
use super::story::{Anchor, Story, Undecided};
use super::tense::{Tense, ToldTense};

/// So many days before the document's own are news.
const NEWS_DAYS: i64 = 14;

impl Resolver<'_, '_> {
    /// The full year of one written with two digits: the one of that ending
    /// that lies between eighty years before and twenty after the document.
    pub(super) fn full_year(&self, short: i32) -> i32 {
        let now = self.story.reference.map_or(2010, |day| civil(day).year);
        let latest = now + 20;
        let year = latest.div_euclid(100) * 100 + short;
        if year > latest { year - 100 } else { year }
    }

    pub(super) fn calendar(&self, date: Calendar) -> Option<Known> {
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

    pub(super) fn without_year(&self, date: Calendar) -> Option<Known> {
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
        // Few years have that day on that weekday: the near one is meant.
        if weekday.is_some()
            && let Some(reference) = self.story.reference
        {
            let now = civil(reference).year;
            let mut years = (now - 1..=now + 1).filter_map(in_year);
            let near = years.find(|known| self.is_near(known));
            if let Some(mut near) = near {
                near.year_said = false;
                return Some(near.from(Story::reference_origin()).said(said));
            }
        }
        Some(self.by_year(unit, &said, in_year))
    }

    /// Chooses the year of what comes once a year.
    pub(super) fn by_year(
        &self,
        grain: Unit,
        said: &str,
        in_year: impl Fn(i32) -> Option<Known>,
    ) -> Known {
        self.chosen_year(grain, said, &in_year)
            .unwrap_or_else(|| Known::unknown(grain, said.to_owned()))
            .said(said)
    }

    pub(super) fn chosen_year(
        &self,
        _grain: Unit,
        said: &str,
        in_year: &dyn Fn(i32) -> Option<Known>,
    ) -> Option<Known> {
        if let Some(day) = self.story.year_ahead {
            let year = civil(day).year;
            let mut known = [year, year - 1].into_iter().filter_map(in_year);
            return known.find(|known| known.first <= Some(day));
        }
        if !self.forced()
            && let Some(anchor) = self.story.near()
        {
            let known = self.year_of_story(anchor, said, in_year);
            let own = self.year_of_document(said, in_year);
            let near = own.as_ref().is_some_and(|own| self.is_near(own));
            // A day of the last weeks is news, whatever year the story came by.
            if own.as_ref().is_some_and(|own| self.is_news(own)) {
                return own;
            }
            // "since January" is said from the document's own day.
            let deictic = self.lean == Lean::Back && !self.story.is_beside(anchor);
            if (self.story.is_close(anchor) && !deictic) || own.is_none() {
                // Where the story leaves two years, the document's own may tell.
                return match (known, own) {
                    (Some(known), Some(own)) if agree(&known, &own) => Some(own),
                    (Some(known), _) => Some(known),
                    (None, own) => own,
                };
            }
            // The story may have come back to the document's own time.
            if near || deictic {
                return own;
            }
            if let Some(known) = known {
                if let Some(own) = own.clone().filter(|own| agree(&known, own)) {
                    return Some(own);
                }
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

    /// Whether a time surely lies within two months of the document.
    pub(super) fn is_near(&self, known: &Known) -> bool {
        let (Some(reference), Some(first), Some(last)) =
            (self.story.reference, known.first, known.last)
        else {
            return false;
        };
        let one = !known.edtf.starts_with('[');
        one && reference - last <= NEAR_DAYS && first - reference <= NEAR_DAYS
    }

    /// Whether a day lies so little before the document's own that it is news.
    fn is_news(&self, known: &Known) -> bool {
        let (Some(reference), Some(last)) = (self.story.reference, known.last) else {
            return false;
        };
        known.grain == Unit::Day
            && !known.edtf.starts_with('[')
            && (0..=NEWS_DAYS).contains(&(reference - last))
    }

    /// Chooses the year by the document's own day.
    pub(super) fn year_of_document(
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
            Undecided::StaysOpen => {
                let told = self.leaning_tense();
                let (chosen, other) = match told.tense {
                    Tense::Past => (&before, &after),
                    Tense::Future => (&after, &before),
                    Tense::Unknown => (&None, &None),
                };
                // A day of this week is meant, whatever a verb seems to say.
                let mut known = chosen
                    .clone()
                    .filter(|_| !at_hand(reference, other.as_ref()));
                // What no verb governs by itself is rather the near one.
                if known.is_none() || !told.sure {
                    let near = nearest(reference, before, after, said);
                    known = near
                        .filter(|near| known.is_none() || !near.edtf.starts_with('['))
                        .or(known);
                }
                known
            }
        };
        let mut known = known?.from(origin);
        known.year_said = false;
        Some(known)
    }

    /// The tense that chooses the year: a bound that looks one way outweighs a
    /// verb that looks the other, as in "the meeting recessed until May 31".
    fn leaning_tense(&self) -> ToldTense {
        let told = self.story.told_tense();
        match (self.lean, told.tense) {
            (Lean::Ahead, Tense::Past) => ToldTense {
                tense: Tense::Past,
                sure: false,
            },
            (Lean::Ahead, Tense::Unknown) => ToldTense {
                tense: Tense::Future,
                sure: true,
            },
            (Lean::Back, Tense::Past | Tense::Unknown) => ToldTense {
                tense: Tense::Past,
                sure: true,
            },
            _ => told,
        }
    }

    /// The story names a year: the same one, or the next when the month has
    /// gone by; both when only the reader can tell.
    pub(super) fn year_of_story(
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
        // What is told as past was before the document was written.
        if let Some(reference) = self.story.reference
            && self.story.tense() == Tense::Past
            && choices.iter().all(|known| known.first > Some(reference))
        {
            return None;
        }
        let single = choices.len() == 1;
        let mut known = Known::one_of(choices, said)?.from(origin);
        known.year_said = single;
        Some(known)
    }

    /// A telegram's own day and hour: the nearest such day to the document's.
    pub(super) fn group(&self, of_month: u8) -> Known {
        let said = format!("XXXX-XX-{of_month:02}");
        let near = self.story.reference.and_then(|reference| {
            let from = civil(reference);
            let days = (-1..=1).filter_map(|months| {
                let month = civil(calendar::month_start(from.year, from.month, months)?);
                calendar::day(month.year, month.month, of_month)
            });
            days.min_by_key(|day| (day - reference).abs())
        });
        let known = near.and_then(|day| Known::whole(Unit::Day, day));
        let mut known = known.unwrap_or_else(|| Known::unknown(Unit::Day, said));
        known.year_said = false;
        known.from(Story::reference_origin())
    }

    /// "the 27th".
    pub(super) fn day_of_month(&self, date: Calendar, said: &str) -> Option<Known> {
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
            // "Monday the 15th" finds its month without a year of the story.
            && (anchor.grain <= Unit::Month || date.weekday.is_none())
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
}

/// Whether one of the years that the story leaves is the document's choice.
fn agree(story: &Known, own: &Known) -> bool {
    story.edtf.starts_with('[') && !own.edtf.starts_with('[') && story.edtf.contains(&own.edtf)
}

/// Whether a day lies within a week of the document.
fn at_hand(reference: Day, known: Option<&Known>) -> bool {
    let first = known.filter(|known| known.grain == Unit::Day);
    first
        .and_then(|known| known.first)
        .is_some_and(|day| (day - reference).abs() <= 7)
}

/// Of two the one that is clearly nearer, or both.
pub(super) fn nearest(
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
