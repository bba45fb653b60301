//! The named primitives that patterns call: from filled slots to a meaning.

use std::collections::BTreeMap;

use quipu_model::time::TimeModifier;
use quipu_packs::Setting;

use super::calendar;
use super::meaning::{
    Bound, Calendar, Clock, Every, From, Length, Meaning, Named, Node, NodeId, Part, Unit,
};
use super::token::{Digits, Form};

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $type { $($variant,)* }

        impl $type {
            pub(crate) fn named(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

named! {
    /// Slots by name.
    SlotName {
        Year = "year",
        ShortYear = "short-year",
        Month = "month",
        Day = "day",
        Weekday = "weekday",
        Season = "season",
        N = "n",
        Unit = "unit",
        Which = "which",
        Length = "length",
        Other = "other",
        Third = "third",
        Of = "of",
        From = "from",
        To = "to",
        Numbers = "numbers",
        Group = "group",
        Feast = "feast",
        Clock = "clock",
        Meridiem = "meridiem",
        Part = "part",
        Time = "time",
        Ignored = "ignored",
    }
}

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

/// What fills a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    Number(i64),
    Thousandths(i64),
    Form(Form),
    Node(NodeId),
}

/// The slots of a match, with what the pattern tells its primitive.
pub(crate) struct Filled<'a> {
    pub(crate) names: &'a [SlotName],
    pub(crate) values: &'a [Value],
    pub(crate) with: &'a BTreeMap<String, Setting>,
    pub(crate) nodes: &'a [Node],
}

impl Filled<'_> {
    fn value(&self, name: SlotName) -> Option<Value> {
        let at = self.names.iter().position(|other| *other == name)?;
        self.values.get(at).copied()
    }

    fn number(&self, name: SlotName) -> Option<i64> {
        match self.value(name)? {
            Value::Number(n) => Some(n),
            Value::Thousandths(n) if n % 1000 == 0 => Some(n / 1000),
            Value::Form(Form::Whole { worth, .. }) => Some(worth.into()),
            _ => None,
        }
    }

    fn byte(&self, name: SlotName) -> Option<u8> {
        u8::try_from(self.number(name)?).ok()
    }

    fn small(&self, name: SlotName) -> Option<i32> {
        i32::try_from(self.number(name)?).ok()
    }

    fn node(&self, name: SlotName) -> Option<NodeId> {
        match self.value(name)? {
            Value::Node(node) => Some(node),
            _ => None,
        }
    }

    fn meaning(&self, node: NodeId) -> Option<Meaning> {
        self.nodes.get(node as usize).map(|node| node.meaning)
    }

    fn form(&self, name: SlotName) -> Option<Form> {
        match self.value(name)? {
            Value::Form(form) => Some(form),
            _ => None,
        }
    }

    fn setting(&self, key: &str) -> Option<i64> {
        match self.with.get(key)? {
            Setting::Number(n) => Some(*n),
            Setting::Word(_) => None,
        }
    }

    fn word(&self, key: &str) -> Option<&str> {
        match self.with.get(key)? {
            Setting::Word(word) => Some(word),
            Setting::Number(_) => None,
        }
    }

    fn length(&self) -> Option<Length> {
        match self.meaning(self.node(SlotName::Length)?)? {
            Meaning::Length(length) => Some(length),
            _ => None,
        }
    }

    fn unit(&self) -> Option<Unit> {
        match self.word("unit") {
            Some(word) => {
                let at = quipu_packs::UNITS.iter().position(|unit| *unit == word)?;
                Unit::numbered(i64::try_from(at).ok()?)
            }
            None => Unit::numbered(self.number(SlotName::Unit)?),
        }
    }

    fn year(&self) -> (Option<i32>, bool) {
        if let Some(year) = self.small(SlotName::ShortYear) {
            return (Some(year), true);
        }
        (self.small(SlotName::Year), false)
    }

    fn from(&self) -> Option<From> {
        if let Some(node) = self.node(SlotName::Of) {
            return Some(From::Node(node));
        }
        Some(match self.word("from").unwrap_or("reference") {
            "reference" => From::Reference,
            "ahead" => From::Ahead,
            "story" => From::Story,
            "event" => From::Event,
            _ => return None,
        })
    }

    fn named(&self) -> Option<Named> {
        if let Some(weekday) = self.byte(SlotName::Weekday) {
            return Some(Named::Weekday(weekday));
        }
        if let Some(month) = self.byte(SlotName::Month) {
            return Some(Named::Month(month));
        }
        if let Some(season) = self.byte(SlotName::Season) {
            return Some(Named::Season(season));
        }
        if let Some(feast) = self.small(SlotName::Feast) {
            return Some(Named::Feast(feast));
        }
        let n = self.byte(SlotName::N)?;
        match self.word("of")? {
            "quarter" => (1..=4).contains(&n).then_some(Named::Quarter(n)),
            "half-year" => (1..=2).contains(&n).then_some(Named::HalfYear(n)),
            _ => None,
        }
    }

    fn clock(&self) -> Option<Clock> {
        if let Some(part) = self.number(SlotName::Part) {
            return part_of_day(part);
        }
        let utc = self.word("zone") == Some("utc");
        let (minutes, exact) = match self.form(SlotName::Clock) {
            Some(Form::Clock { minutes }) => (minutes, true),
            Some(_) => return None,
            None => {
                let hour = self.small(SlotName::N).or_else(|| {
                    let fixed = self.setting("hour")?;
                    i32::try_from(fixed).ok()
                })?;
                if self.word("form") == Some("military") {
                    let four = matches!(
                        self.value(SlotName::N),
                        Some(Value::Form(Form::Whole { digits: 4, .. }))
                    );
                    if !four || hour % 100 >= 60 {
                        return None;
                    }
                    (hour / 100 * 60 + hour % 100, true)
                } else {
                    let minutes = self.small(SlotName::Other).unwrap_or(0);
                    (hour * 60 + minutes, minutes != 0)
                }
            }
        };
        if !(0..=24 * 60).contains(&minutes) {
            return None;
        }
        let noon = 12 * 60;
        let (minutes, open) = match self.number(SlotName::Meridiem) {
            Some(_) if minutes >= 13 * 60 => return None,
            Some(0) => (minutes % noon, false),
            Some(_) => (minutes % noon + noon, false),
            None => {
                let open = self.setting("hour").is_none() && minutes <= noon && !utc;
                (minutes, open)
            }
        };
        Some(Clock::Minutes {
            minutes,
            exact,
            half_day_open: open,
            utc,
        })
    }
}

/// Letters of a part of the day by its number in the class `part-of-day`.
fn part_of_day(number: i64) -> Option<Clock> {
    let letters = [*b"MO", *b"MI", *b"AF", *b"EV", *b"NI", *b"DT"];
    let at = usize::try_from(number).ok()?.checked_sub(1)?;
    letters.get(at).map(|letters| Clock::Part(*letters))
}

impl Primitive {
    /// The meaning of a match; `None` when the slots do not go together.
    pub(crate) fn build(self, slots: &Filled<'_>) -> Option<Meaning> {
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
                Some(Meaning::Fiscal {
                    year: year?,
                    short,
                    stated: slots.word("starts") == Some("stated"),
                })
            }
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
                let by = match slots.length() {
                    Some(length) => length,
                    None => length(slots)?,
                };
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

fn sign(slots: &Filled<'_>) -> Option<i32> {
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
        "until" => Bound::Until,
        "by" => Bound::By,
        _ => return None,
    })
}

/// A date by the names of its parts. One that no calendar has is known as such,
/// so that no shorter date is read out of it.
fn dated(slots: &Filled<'_>) -> Option<Meaning> {
    let (year, short_year) = slots.year();
    let made = Calendar {
        year,
        short_year,
        month: slots.byte(SlotName::Month),
        day: slots.byte(SlotName::Day),
        weekday: slots.byte(SlotName::Weekday),
    };
    if made == Calendar::default() {
        return None;
    }
    if let (Some(month), Some(day)) = (made.month, made.day) {
        // A leap year where none is said.
        let year = made.year.filter(|_| !short_year).unwrap_or(2000);
        if calendar::day(year, month, day).is_none() {
            return Some(Meaning::Impossible);
        }
    }
    Some(Meaning::Calendar(made))
}

fn numbers(slots: &Filled<'_>) -> Option<Meaning> {
    let weekday = slots.byte(SlotName::Weekday);
    match slots.form(SlotName::Numbers)? {
        Form::Triple { a, b, c, sign } => {
            // Other counts of digits are telephones and papers.
            let dated = matches!(
                (a.count, b.count, c.count),
                (1 | 2, 1 | 2, 2 | 4) | (4, 1 | 2, 1 | 2)
            );
            dated.then_some(Meaning::Numbers {
                a,
                b,
                c: Some(c),
                sign,
                weekday,
            })
        }
        Form::Pair { a, b, sign } => {
            let sure = sign == b'/' || weekday.is_some() || slots.setting("sure") == Some(1);
            let short = a.count <= 2 && b.count <= 2 && sign != b',';
            let month = |n: Digits| (1..=12).contains(&n.worth);
            let day = |n: Digits| (1..=31).contains(&n.worth);
            let dated = (month(a) && day(b)) || (day(a) && month(b));
            (sure && short && dated).then_some(Meaning::Numbers {
                a,
                b,
                c: None,
                sign,
                weekday,
            })
        }
        _ => None,
    }
}

/// `3/2015`, `2015-3`; `1988-89` and `2014-2018` are years.
fn month_numbers(slots: &Filled<'_>) -> Option<Meaning> {
    let (a, b, sign) = match slots.form(SlotName::Numbers) {
        Some(Form::Pair { a, b, sign }) => (a, b, sign),
        Some(_) => return None,
        None => {
            let digits = |name| match slots.form(name)? {
                Form::Whole { worth, digits } => Some(Digits {
                    worth,
                    count: digits,
                }),
                _ => None,
            };
            (digits(SlotName::From)?, digits(SlotName::To)?, b' ')
        }
    };
    if sign == b',' {
        return None;
    }
    let year = |n: Digits| n.count == 4 && (1000..2200).contains(&n.worth);
    let month = |n: Digits| n.count <= 2 && (1..=12).contains(&n.worth);
    let (year, month) = if year(a) && month(b) {
        (a.worth, b.worth)
    } else if month(a) && year(b) {
        (b.worth, a.worth)
    } else {
        return None;
    };
    Some(Meaning::Calendar(Calendar {
        year: Some(year),
        month: u8::try_from(month).ok(),
        ..Calendar::default()
    }))
}

/// `1988-89`, `2014-2018`.
fn years(slots: &Filled<'_>) -> Option<Meaning> {
    let Some(Form::Pair { a, b, sign }) = slots.form(SlotName::Numbers) else {
        return None;
    };
    let from = (a.count == 4 && (1000..2200).contains(&a.worth)).then_some(a.worth)?;
    let to = match b.count {
        4 => b.worth,
        2 => a.worth / 100 * 100 + b.worth,
        _ => return None,
    };
    let to = if b.count == 2 && to < from {
        to + 100
    } else {
        to
    };
    let near = to > from && to - from <= if b.count == 2 { 60 } else { 700 };
    // `1999-02` is a month; `2004-05` may be one.
    let month = b.count == 2 && (1..=12).contains(&b.worth);
    let sound = near && matches!(sign, b'-' | b'/') && (!month || to == from + 1);
    sound.then_some(Meaning::Years { from, to, month })
}

fn group(slots: &Filled<'_>) -> Option<Meaning> {
    let Form::Group { day, .. } = slots.form(SlotName::Group)? else {
        return None;
    };
    let (year, short_year) = slots.year();
    let month = slots.byte(SlotName::Month);
    if let Some(month) = month {
        let leap = year.filter(|_| !short_year).unwrap_or(2000);
        if calendar::day(leap, month, day).is_none() {
            return Some(Meaning::Impossible);
        }
    }
    Some(Meaning::Calendar(Calendar {
        year,
        short_year,
        month,
        day: Some(day),
        weekday: None,
    }))
}

fn decade(slots: &Filled<'_>) -> Option<Meaning> {
    let (start, short) = match slots.form(SlotName::Year) {
        Some(Form::Decade { worth, digits }) => (worth, digits == 2),
        Some(_) => return None,
        None => match slots.small(SlotName::N) {
            Some(tens) if tens < 100 => (tens, true),
            Some(year) => (year, false),
            None => (slots.small(SlotName::Year)?, false),
        },
    };
    (start % 10 == 0).then_some(Meaning::Decade { start, short })
}

fn nth(slots: &Filled<'_>) -> Option<Meaning> {
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
fn loose_inner(slots: &Filled<'_>) -> Option<Meaning> {
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
fn fits(slots: &Filled<'_>, inner: NodeId, outer: NodeId) -> bool {
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

fn days(slots: &Filled<'_>) -> Option<Meaning> {
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

fn length(slots: &Filled<'_>) -> Option<Length> {
    let unit = slots.unit()?;
    let vague = match (slots.setting("least"), slots.setting("most")) {
        (Some(least), Some(most)) => Some((least * 1000, most * 1000)),
        _ => None,
    };
    let thousandths = match slots.value(SlotName::N) {
        Some(Value::Thousandths(n)) => n,
        Some(Value::Number(n)) => n.checked_mul(1000)?,
        Some(_) => return None,
        None => match slots.setting("n") {
            Some(n) => n * 1000,
            None => vague?.0,
        },
    };
    let thousandths = thousandths + slots.setting("halves").unwrap_or(0) * 500;
    // A length that no document means is a number of another kind.
    if thousandths <= 0 || thousandths > 10_000_000_000 {
        return None;
    }
    Some(Length {
        vague,
        round: slots.setting("round").is_some(),
        article: slots.setting("article").is_some(),
        ..Length::of(thousandths, unit)
    })
}

fn sum(slots: &Filled<'_>) -> Option<Length> {
    let mut made = slots.length()?;
    for name in [SlotName::Other, SlotName::Third] {
        let Some(node) = slots.node(name) else {
            continue;
        };
        let Some(Meaning::Length(more)) = slots.meaning(node) else {
            return None;
        };
        // "two nights a week" is no sum.
        if more.article || more.vague.is_some() {
            return None;
        }
        for part in more.iter() {
            let repeated = made.iter().any(|(_, unit)| unit == part.1);
            if repeated || made.count == 4 {
                return None;
            }
            made.parts[usize::from(made.count)] = part;
            made.count += 1;
        }
    }
    Some(made)
}

fn every(slots: &Filled<'_>) -> Option<Every> {
    let clock = match slots.node(SlotName::Time) {
        Some(node) => match slots.meaning(node)? {
            Meaning::Clock(clock) => Some(clock),
            _ => return None,
        },
        None => None,
    };
    if let Some(what) = slots.named() {
        return Some(clock.map_or(Every::Named(what), |clock| Every::NamedAt(what, clock)));
    }
    if let Some(clock) = clock {
        return Some(Every::Clock(clock));
    }
    if let Some(Clock::Part(letters)) = slots.number(SlotName::Part).and_then(part_of_day) {
        return Some(Every::Clock(Clock::Part(letters)));
    }
    if let Some(node) = slots.node(SlotName::Of) {
        return match slots.meaning(node)? {
            Meaning::Length(length) => Some(Every::Length(length)),
            _ => Some(Every::Node(node)),
        };
    }
    length(slots).map(Every::Length)
}
