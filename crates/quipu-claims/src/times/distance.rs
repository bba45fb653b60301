//! Distances: three days later, the last three weeks, how long.

use quipu_model::time::{Day, TimeExpression, TimeKind, TimeModifier};

use super::known::{Known, Origin, duration, iso, moved, slack};
use super::meaning::{From, Length, Unit};
use super::resolve::{Base, Resolver};
use super::story::Story;
use super::tense::Tense;

impl Resolver<'_, '_> {
    pub(super) fn shift(&self, by: Length, sign: i32, from: From) -> Option<Known> {
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
        self.shift_from(by, sign, &base)
    }

    /// So far from a time that was found before.
    pub(super) fn shift_from_time(
        &self,
        by: Length,
        sign: i32,
        time: &TimeExpression,
    ) -> Option<Known> {
        let base = Base {
            first: time.value.earliest?,
            last: time.value.latest?,
            grain: Unit::Day,
            origin: Origin {
                reference: false,
                words: Some(time.span),
            },
            year_said: true,
        };
        self.shift_from(by, sign, &base)
    }

    /// So far from days that are known.
    pub(super) fn shift_from(&self, by: Length, sign: i32, base: &Base) -> Option<Known> {
        let finest = by.iter().map(|(_, unit)| unit).min()?;
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
                return Some(self.at_least(base, reckoned, sign, finest));
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
            && Known::whole(base.grain, base.first).is_some_and(|known| {
                (known.first, known.last) == (Some(base.first), Some(base.last))
            });
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
            let known = Known::whole(unit, reckoned)?;
            if unit == finest && unit > Unit::Day && counted(&by) {
                // "two years ago" is as coarse as its unit, and no coarser.
                (first, last) = (known.first?, known.last?);
                known.edtf
            } else {
                format!("{}~", known.edtf)
            }
        } else if whole_base
            && (Unit::Week..base.grain).contains(&finest)
            && base.grain <= Unit::Year
        {
            // Ten weeks after April: as coarse as April is.
            let middle = shifted(base.first + (base.last - base.first) / 2, false, false)?;
            format!("{}~", Known::whole(base.grain, middle)?.edtf)
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
    pub(super) fn at_least(&self, base: &Base, reckoned: Day, sign: i32, finest: Unit) -> Known {
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

    pub(super) fn stretch(&self, by: Length, sign: i32, from: From) -> Option<Known> {
        let origin = Story::reference_origin();
        let said = duration(&by);
        let finest = by.iter().map(|(_, unit)| unit).min()?;
        // "the past week": for those who need one day it is last week.
        if self.forced() && by.article && by.limit.is_none() && from == From::Reference {
            return self.unit(finest, sign, from);
        }
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
        if is_open(&by) && !self.forced() {
            return Some(open(&base, nominal, sign, finest, said));
        }
        // "within three weeks" is a term; "the next three weeks" are about so many.
        let term = by.limit == Some(TimeModifier::EqualOrLess);
        let exact = by.vague.is_none() && (finest == Unit::Day || term);
        let room = if exact {
            0
        } else {
            slack(finest) * i64::from(sign)
        };
        let mark = if exact { "" } else { "~" };
        let months = (Unit::Month..=Unit::Century).contains(&finest);
        let write = |day: Day| {
            let month =
                Known::whole(Unit::Month, day).filter(|_| months && !exact && !self.forced());
            month.map_or_else(|| iso(day), |known| known.edtf)
        };
        let (first, last, edtf) = if sign < 0 {
            let edtf = format!("{}{mark}/{}", write(nominal), write(base.last));
            (most + room, base.last, edtf)
        } else {
            let edtf = format!("{}/{}{mark}", write(base.first), write(nominal));
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
}

/// "the first six months of 1957": so much of a time from its start or its end.
pub(super) fn edge(by: &Length, from_end: bool, of: &Known) -> Option<Known> {
    let (unit, count) = (by.iter().next()?.1, by.count);
    let (Some(first), Some(last)) = (of.first, of.last) else {
        return Some(Known::unknown(unit, of.said.clone()).from(of.origin));
    };
    if count != 1 || unit >= of.grain || !of.is_exact() || by.limit.is_some() {
        return None;
    }
    let whole = by.vague.is_none() && by.iter().all(|(thousandths, _)| thousandths % 1000 == 0);
    let most = by.vague.map_or(by.parts[0].0, |(_, most)| most);
    let far = |thousandths: i64| {
        let day = if from_end {
            moved(last + 1, -thousandths, unit)?
        } else {
            moved(first, thousandths, unit)? - 1
        };
        (first <= day && day <= last).then_some(day)
    };
    let (nominal, most) = (
        far(by.parts[0].0)?,
        far(most).unwrap_or(if from_end { first } else { last }),
    );
    let write = |day: Day| {
        let month = Known::whole(Unit::Month, day).filter(|_| unit >= Unit::Month);
        month.map_or_else(|| iso(day), |known| known.edtf)
    };
    let mark = if whole { "" } else { "~" };
    let (first, last, edtf) = if from_end {
        (
            most,
            last,
            format!("{}{mark}/{}", write(nominal), write(last)),
        )
    } else {
        (
            first,
            most,
            format!("{}/{}{mark}", write(first), write(nominal)),
        )
    };
    Some(Known {
        timex: edtf.replace('~', ""),
        edtf,
        said: duration(by),
        year_said: of.year_said,
        ..Known::interval(first, last, Unit::Day)
    })
    .map(|known| known.from(of.origin))
}

/// "the past few years": from nobody knows when to the day.
fn open(base: &Base, nominal: Day, sign: i32, finest: Unit, said: String) -> Known {
    let (first, last, edtf) = if sign < 0 {
        (None, Some(base.last), format!("../{}", iso(base.last)))
    } else {
        (Some(base.first), None, format!("{}/..", iso(base.first)))
    };
    Known {
        first,
        last,
        edtf,
        timex: said.clone(),
        said,
        reckoned: Some(nominal),
        year_said: base.year_said,
        ..Known::interval(base.first, base.last, finest.max(Unit::Day))
    }
    .from(base.origin)
}

/// Whether a length is one number of whole units: "a year" is rounder than that.
fn counted(by: &Length) -> bool {
    by.count == 1 && !by.article && by.iter().all(|(thousandths, _)| thousandths % 1000 == 0)
}

/// Whether nobody can say how long it is: "a few", but not "two or three".
fn is_open(by: &Length) -> bool {
    by.vague.is_some_and(|(low, high)| high > 2 * low)
}

pub(super) fn lasting(length: &Length) -> Known {
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
