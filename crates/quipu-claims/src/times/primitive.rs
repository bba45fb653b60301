//! The named primitives that patterns of time call: from filled slots to a meaning.

use quipu_model::time::TimeModifier;

use crate::patterns::slots::{NodeId, SlotName, named};
use crate::patterns::token::Form;

use super::lengths::{every, length, sum};
use super::meaning::{Bound, From, Length, Meaning, Named, Part, Unit};
use super::slots::Slots;
use super::written::{dated, decade, group, month_numbers, numbers, years};

named! {
    /// The primitives.
    Primitive {
        Same = "same",
        Calendar = "calendar",
        Numbers = "numbers",
        MonthNumbers = "month-numbers",
        Group = "date-time-group",
        Decade = "decade",
        Century = "century",
        Fiscal = "fiscal-year",
        FiscalNow = "fiscal-year-now",
        Edge = "edge",
        Week = "week",
        Unit = "unit",
        Named = "named",
        In = "within",
        Nth = "nth",
        Part = "part",
        About = "about",
        Shift = "shift",
        Stretch = "stretch",
        Around = "around",
        Range = "range",
        RangeIn = "range-within",
        YearRange = "year-range",
        Days = "days",
        Bound = "bound",
        Length = "length",
        Sum = "sum",
        Limit = "limit",
        Every = "every",
        Clock = "clock",
        At = "at",
        ClockRange = "clock-range",
        Now = "now",
    }
}

impl Primitive {
    /// The meaning of a match; `None` when the slots do not go together.
    pub(crate) fn build(self, slots: &Slots<'_>) -> Option<Meaning> {
        match self {
            Self::Same => {
                let node = slots.node(SlotName::Of).or(slots.node(SlotName::Length))?;
                slots.meaning(node)
            }
            Self::Calendar => dated(slots),
            Self::Numbers => numbers(slots),
            Self::MonthNumbers => month_numbers(slots),
            Self::Group => group(slots),
            Self::Decade => decade(slots),
            Self::Century => {
                let number = slots.small(SlotName::N)?;
                (1..=30).contains(&number).then_some(Meaning::Century {
                    number,
                    before_christ: slots.word("era") == Some("before-christ"),
                })
            }
            Self::Fiscal => {
                let (year, short) = slots.year();
                if let Some(Meaning::Years { from, to, .. }) = years(slots) {
                    return Some(Meaning::Fiscal {
                        year: from,
                        last: Some(to),
                        short: false,
                        whose: whose(slots)?,
                    });
                }
                Some(Meaning::Fiscal {
                    year: year?,
                    last: None,
                    short,
                    whose: whose(slots)?,
                })
            }
            Self::FiscalNow => Some(Meaning::FiscalNow {
                steps: slots.small(SlotName::Which).or_else(|| {
                    let steps = slots.setting("steps")?;
                    i32::try_from(steps).ok()
                })?,
                whose: whose(slots)?,
            }),
            Self::Edge => Some(Meaning::Edge {
                by: slots.length()?,
                from_end: slots.setting("sign") == Some(-1),
                of: slots.node(SlotName::Of)?,
            }),
            Self::Week => {
                let number = slots.byte(SlotName::N)?;
                let year = slots.small(SlotName::Year);
                (1..=53)
                    .contains(&number)
                    .then_some(Meaning::Week { number, year })
            }
            Self::Unit => {
                let steps = match slots.setting("steps") {
                    Some(steps) => steps,
                    None => slots.number(SlotName::Which)?,
                };
                Some(Meaning::Unit {
                    unit: slots.unit()?,
                    steps: i32::try_from(steps).ok()?,
                    from: slots.from()?,
                })
            }
            Self::Named => Some(Meaning::Named {
                what: slots.named()?,
                steps: match slots.setting("steps") {
                    Some(steps) => Some(i32::try_from(steps).ok()?),
                    None => slots.small(SlotName::Which),
                },
                year: slots.small(SlotName::Year),
            }),
            Self::In => {
                let inner = match slots.node(SlotName::From) {
                    Some(node) => node,
                    None => return loose_inner(slots),
                };
                let outer = slots.node(SlotName::Of)?;
                fits(slots, inner, outer).then_some(Meaning::In { inner, outer })
            }
            Self::Nth => nth(slots),
            Self::Part => Some(Meaning::Part {
                part: part(slots.setting("part").or(slots.number(SlotName::Part))?)?,
                of: slots.node(SlotName::Of)?,
            }),
            Self::About => Some(Meaning::About {
                of: slots.node(SlotName::Of)?,
            }),
            Self::Shift => Some(Meaning::Shift {
                by: slots.length().or_else(|| length(slots))?,
                sign: sign(slots)?,
                from: slots.from()?,
            }),
            Self::Stretch => {
                let mut by = match slots.length() {
                    Some(length) => length,
                    None => length(slots)?,
                };
                if let Some(limit) = slots.word("limit") {
                    by.limit = Some(TimeModifier::from_word(limit)?);
                }
                Some(Meaning::Stretch {
                    by,
                    sign: sign(slots)?,
                    from: slots.from()?,
                })
            }
            Self::Around => Some(Meaning::Around {
                unit: slots.unit()?,
                of: slots.node(SlotName::Of)?,
            }),
            Self::Range => {
                let (from, to) = (slots.node(SlotName::From)?, slots.node(SlotName::To)?);
                let year = |node| match slots.meaning(node) {
                    Some(Meaning::Calendar(date)) if !date.short_year => date.year,
                    _ => None,
                };
                if let (Some(first), Some(last)) = (year(from), year(to))
                    && first > last
                {
                    return None;
                }
                if !can_follow(slots.meaning(from)?, slots.meaning(to)?) {
                    return None;
                }
                Some(Meaning::Range { from, to })
            }
            Self::RangeIn => {
                let of = slots.node(SlotName::Of)?;
                let (from, to) = (slots.node(SlotName::From)?, slots.node(SlotName::To)?);
                (fits(slots, from, of) && fits(slots, to, of)).then_some(Meaning::RangeIn {
                    from,
                    to,
                    of,
                })
            }
            Self::YearRange => years(slots),
            Self::Days => days(slots),
            Self::Bound => Some(Meaning::Bound {
                how: bound(slots.word("how")?)?,
                of: slots.node(SlotName::Of)?,
            }),
            Self::Length => length(slots).map(Meaning::Length),
            Self::Sum => sum(slots).map(Meaning::Length),
            Self::Limit => {
                let limit = TimeModifier::from_word(slots.word("limit")?)?;
                let length = slots.length()?;
                Some(Meaning::Length(Length {
                    limit: Some(limit),
                    ..length
                }))
            }
            Self::Every => every(slots).map(Meaning::Every),
            Self::Clock => slots.clock().map(Meaning::Clock),
            Self::At => Some(Meaning::At {
                day: slots.node(SlotName::Of)?,
                clock: slots.node(SlotName::Time)?,
            }),
            Self::ClockRange => {
                let clock = |name| match slots.meaning(slots.node(name)?)? {
                    Meaning::Clock(clock) => Some(clock),
                    _ => None,
                };
                Some(Meaning::ClockRange {
                    from: clock(SlotName::From)?,
                    to: clock(SlotName::To)?,
                })
            }
            Self::Now => Some(Meaning::Now),
        }
    }
}

/// "from next November to next June" goes from one plan to another; and what
/// counts from an event ends nothing: "by the end of 1973 - seven months ahead of it".
fn can_follow(from: Meaning, to: Meaning) -> bool {
    let event = matches!(
        to,
        Meaning::Shift {
            from: From::Event,
            ..
        }
    );
    let month = |meaning| match meaning {
        Meaning::Named {
            what: Named::Month(month),
            steps: Some(steps),
            ..
        } => Some((steps, month)),
        _ => None,
    };
    let back = matches!((month(from), month(to)), (Some(from), Some(to)) if from > to);
    !event && !back
}

/// Whose fiscal year it is; 0 where the words do not say.
fn whose(slots: &Slots<'_>) -> Option<i32> {
    let told = slots.number(SlotName::Country).or(slots.setting("whose"));
    i32::try_from(told.unwrap_or(0)).ok()
}

fn sign(slots: &Slots<'_>) -> Option<i32> {
    let sign = match slots.setting("sign") {
        Some(sign) => sign,
        None => slots.number(SlotName::Which)?,
    };
    match sign {
        -1 | 1 => i32::try_from(sign).ok(),
        _ => None,
    }
}

fn part(number: i64) -> Option<Part> {
    Some(match number {
        1 => Part::Start,
        2 => Part::Mid,
        3 => Part::End,
        4 => Part::FirstHalf,
        5 => Part::SecondHalf,
        6 => Part::SoFar,
        7 => Part::Rest,
        _ => return None,
    })
}

fn bound(word: &str) -> Option<Bound> {
    Some(match word {
        "before" => Bound::Before,
        "after" => Bound::After,
        "since" => Bound::Since,
        "from" => Bound::From,
        "opening" => Bound::Opening,
        "until" => Bound::Until,
        "by" => Bound::By,
        _ => return None,
    })
}

fn nth(slots: &Slots<'_>) -> Option<Meaning> {
    let nth = match slots.setting("n") {
        Some(n) => i32::try_from(n).ok()?,
        None => slots.small(SlotName::N)?,
    };
    let of = slots.node(SlotName::Of);
    if let Some(weekday) = slots.byte(SlotName::Weekday) {
        return (nth != 0 && nth <= 5).then_some(Meaning::NthWeekday { nth, weekday, of });
    }
    let unit = slots.unit().filter(|unit| *unit != Unit::Fortnight)?;
    (nth != 0 && nth <= 53).then_some(Meaning::NthUnit { nth, unit, of: of? })
}

/// `20th of next month`: a bare day inside a period.
fn loose_inner(slots: &Slots<'_>) -> Option<Meaning> {
    let day = slots.byte(SlotName::Day)?;
    let of = slots.node(SlotName::Of)?;
    // With the name of a month it is a date like any other.
    let named = matches!(
        slots.meaning(of)?,
        Meaning::Calendar(_)
            | Meaning::Named {
                what: Named::Month(_),
                steps: None,
                ..
            }
    );
    (!named).then_some(Meaning::Days {
        from: day,
        to: day,
        of,
    })
}

/// Whether one time can lie within the other.
fn fits(slots: &Slots<'_>, inner: NodeId, outer: NodeId) -> bool {
    let (Some(inner), Some(outer)) = (slots.meaning(inner), slots.meaning(outer)) else {
        return false;
    };
    let grain = |meaning: Meaning| match meaning {
        Meaning::Named { what, .. } => match what {
            Named::Weekday(_) | Named::Feast(_) => 1,
            Named::Month(_) => 3,
            Named::Season(_) | Named::Quarter(_) | Named::HalfYear(_) => 4,
        },
        Meaning::Calendar(c) => match (c.day.or(c.weekday), c.month, c.year) {
            (Some(_), Some(_), None) => 13,
            (Some(_), None, None) => 1,
            (None, Some(_), None) => 3,
            (None, None, Some(_)) => 5,
            (None, Some(_), Some(_)) => 30,
            _ => 0,
        },
        Meaning::Unit { unit, .. } => match unit {
            Unit::Week | Unit::Weekend | Unit::Fortnight => 2,
            Unit::Month => 30,
            Unit::Year => 5,
            Unit::Decade => 6,
            _ => 0,
        },
        _ => 0,
    };
    let (inner, outer) = (grain(inner), grain(outer));
    match inner {
        1 => outer == 2 || outer == 3 || outer == 30 || outer == 5,
        3 | 4 | 13 => outer == 5,
        _ => false,
    }
}

fn days(slots: &Slots<'_>) -> Option<Meaning> {
    let (from, to) = match slots.form(SlotName::Numbers) {
        Some(Form::Pair { a, b, sign: b'-' }) if a.count <= 2 && b.count <= 2 => {
            (u8::try_from(a.worth).ok()?, u8::try_from(b.worth).ok()?)
        }
        Some(_) => return None,
        None => (slots.byte(SlotName::From)?, slots.byte(SlotName::To)?),
    };
    let sound = |day: u8| (1..=31).contains(&day);
    if let (Some(month), Some(year)) = (slots.byte(SlotName::Month), slots.small(SlotName::Year)) {
        return (from < to && sound(from) && sound(to)).then_some(Meaning::MonthDays {
            from,
            to,
            month,
            year,
        });
    }
    (from < to && sound(from) && sound(to)).then_some(Meaning::Days {
        from,
        to,
        of: slots.node(SlotName::Of)?,
    })
}
