//! Distances: three days later, the last three weeks, how long.

use quipu_model::time::{Day, TimeKind, TimeModifier};

use super::known::{Known, Origin, duration, iso, moved, slack};
use super::meaning::{From, Length, Unit};
use super::resolve::{Base, Resolver};
use super::story::{Story, Tense};

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
