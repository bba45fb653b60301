//! From what the words say to the days they mean, in the order of the text.

use crate::patterns::slots::NodeId;
use quipu_model::time::Day;

use super::calendar;
use super::distance::{edge, lasting};
use super::hours::at_clock;
use super::inside::about;
use super::known::{Known, Origin, iso, year};
use super::meaning::{Bound, From, Meaning, Unit};
use super::numbers;
use super::ranges::{bound, joined};
use super::story::{Anchor, Story, Undecided};
use super::units::century;

/// A date without a year that lies so near to the document's own day is taken
/// to be the near one, whatever the tense; farther ones stay open.
pub(super) const NEAR_DAYS: i64 = 60;

/// Days, with what they came from, that something relative counts from.
pub(super) struct Base {
    pub(super) first: Day,
    pub(super) last: Day,
    pub(super) grain: Unit,
    pub(super) origin: Origin,
    pub(super) year_said: bool,
}

/// Where a bound says that its time lies, seen from the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Lean {
    #[default]
    Nowhere,
    /// "until May 31", "by 30 April".
    Ahead,
    /// "since January".
    Back,
}

/// Reads meanings against a story.
pub(crate) struct Resolver<'a, 'b> {
    pub(crate) parser: &'a super::TimeParser,
    pub(crate) story: &'a Story<'b>,
    pub(crate) lean: Lean,
}

impl Resolver<'_, '_> {
    /// What is known of a meaning.
    pub(crate) fn resolve(&self, node: NodeId) -> Option<Known> {
        self.known(self.parser.meaning(node))
    }

    pub(super) fn known(&self, meaning: Meaning) -> Option<Known> {
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
                last,
                short,
                whose,
            } => self.fiscal_years(year, last, short, whose),
            Meaning::FiscalNow { steps, whose } => Some(self.fiscal_now(steps, whose)),
            Meaning::Edge { by, from_end, of } => edge(&by, from_end, &self.resolve(of)?),
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
            Meaning::Bound { how, of } => {
                let lean = match how {
                    Bound::Until | Bound::By => Lean::Ahead,
                    Bound::Since => Lean::Back,
                    Bound::Before | Bound::After | Bound::From | Bound::Opening => Lean::Nowhere,
                };
                bound(how, &Resolver { lean, ..*self }.resolve(of)?)
            }
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
            Meaning::Group { day } => Some(self.group(day)),
            Meaning::Impossible => None,
        }
    }

    pub(super) fn forced(&self) -> bool {
        self.story.undecided != Undecided::StaysOpen
    }

    pub(super) fn reference_base(&self) -> Option<Base> {
        let day = self.story.reference?;
        Some(Base {
            first: day,
            last: day,
            grain: Unit::Day,
            origin: Story::reference_origin(),
            year_said: false,
        })
    }

    pub(super) fn base(&self, from: From) -> Option<Base> {
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
}

pub(super) fn base_of(anchor: &Anchor) -> Base {
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
