//! What the words alone say, before it is known when they were said.

use quipu_model::time::TimeModifier;

use crate::patterns::slots::NodeId;
use crate::patterns::token::Digits;

/// Units of time, finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    BusinessDay,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    HalfYear,
    Year,
    Decade,
    Century,
    Night,
}

impl Unit {
    /// The unit of a number in `UNITS` of the packs.
    pub(crate) fn numbered(number: i64) -> Option<Self> {
        const ALL: [Unit; 15] = [
            Unit::Second,
            Unit::Minute,
            Unit::Hour,
            Unit::Day,
            Unit::BusinessDay,
            Unit::Week,
            Unit::Weekend,
            Unit::Fortnight,
            Unit::Month,
            Unit::Quarter,
            Unit::HalfYear,
            Unit::Year,
            Unit::Decade,
            Unit::Century,
            Unit::Night,
        ];
        ALL.get(usize::try_from(number).ok()?).copied()
    }
}

/// What a relative time counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// The document's own day.
    Reference,
    /// The same, for what lies ahead: "in three weeks".
    Ahead,
    /// The last day the story came to.
    Story,
    /// Something that happened, named by the words that follow.
    Event,
    /// Another time.
    Node(NodeId),
}

/// Parts of a day of the calendar, as far as they were said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Calendar {
    pub(crate) year: Option<i32>,
    /// The year has two digits only.
    pub(crate) short_year: bool,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
    pub(crate) weekday: Option<u8>,
}

/// A thing of the calendar that comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Weekday(u8),
    Month(u8),
    /// EDTF numbers: 21 spring to 24 winter.
    Season(u8),
    Quarter(u8),
    HalfYear(u8),
    /// Month and day of a feast; 0 and the distance from Easter.
    Feast(i32),
}

/// A length: up to four units with thousandths of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Length {
    pub(crate) parts: [(i64, Unit); 4],
    pub(crate) count: u8,
    /// Least and most of it where the words are vague ("a few"), in thousandths
    /// of the first unit; nothing where they are exact.
    pub(crate) vague: Option<(i64, i64)>,
    /// The number is said all the same: "a couple".
    pub(crate) round: bool,
    /// "a month": perhaps each.
    pub(crate) article: bool,
    /// "more than", "about".
    pub(crate) limit: Option<TimeModifier>,
}

impl Length {
    pub(crate) fn of(thousandths: i64, unit: Unit) -> Self {
        Self {
            parts: [(thousandths, unit); 4],
            count: 1,
            vague: None,
            round: false,
            article: false,
            limit: None,
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, Unit)> {
        self.parts.into_iter().take(usize::from(self.count))
    }
}

/// Early, middle or late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Start,
    Mid,
    End,
    /// First half, second half: exact.
    FirstHalf,
    SecondHalf,
    /// "earlier this month": from its start to the reference.
    SoFar,
    /// "later this month", "rest of the week": from the reference to its end.
    Rest,
}

/// How an open interval is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    Before,
    After,
    Since,
    /// "starting in", "from … on".
    From,
    /// "from", at the start of a sentence only.
    Opening,
    Until,
    By,
}

/// A time of day, in minutes from midnight, or a part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    Minutes {
        minutes: i32,
        exact: bool,
        /// It may be twelve hours later as well.
        half_day_open: bool,
        utc: bool,
    },
    /// ISO-TimeML letters: `MO`, `AF`, `EV`, `NI`, `MI`, `DT`.
    Part([u8; 2]),
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Every {
    Length(Length),
    Named(Named),
    /// Each time of this form: `XXXX-04-15`.
    Node(NodeId),
    Clock(Clock),
    NamedAt(Named, Clock),
}

/// What the words alone say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Meaning {
    Calendar(Calendar),
    /// Three numbers of a date, in an order that is judged per document.
    Numbers {
        a: Digits,
        b: Digits,
        c: Option<Digits>,
        sign: u8,
        weekday: Option<u8>,
    },
    Decade {
        start: i32,
        short: bool,
    },
    Century {
        number: i32,
        before_christ: bool,
    },
    /// `FY 1999`, "fiscal years 1967-70".
    Fiscal {
        year: i32,
        last: Option<i32>,
        short: bool,
        /// Whose it is, as the pack numbers them; 0 where nobody says.
        whose: i32,
    },
    /// "the current fiscal year".
    FiscalNow {
        steps: i32,
        whose: i32,
    },
    /// Week 31 of a year.
    Week {
        number: u8,
        year: Option<i32>,
    },
    /// "this year", "two years on": a whole unit counted from another.
    Unit {
        unit: Unit,
        steps: i32,
        from: From,
    },
    /// "last June"; without steps the nearest, as the tense says.
    Named {
        what: Named,
        steps: Option<i32>,
        year: Option<i32>,
    },
    /// "Friday of next week", "June last year".
    In {
        inner: NodeId,
        outer: NodeId,
    },
    /// "third Friday of July"; from the end when negative.
    NthWeekday {
        nth: i32,
        weekday: u8,
        of: Option<NodeId>,
    },
    NthUnit {
        nth: i32,
        unit: Unit,
        of: NodeId,
    },
    Part {
        part: Part,
        of: NodeId,
    },
    About {
        of: NodeId,
    },
    /// "the first six months of 1957", "the last ten days of May".
    Edge {
        by: Length,
        /// Counted from the end.
        from_end: bool,
        of: NodeId,
    },
    /// "three days later".
    Shift {
        by: Length,
        sign: i32,
        from: From,
    },
    /// "the last three weeks".
    Stretch {
        by: Length,
        sign: i32,
        from: From,
    },
    /// The week or month around a day.
    Around {
        unit: Unit,
        of: NodeId,
    },
    Range {
        from: NodeId,
        to: NodeId,
    },
    /// "next week from Tuesday to Friday".
    RangeIn {
        from: NodeId,
        to: NodeId,
        of: NodeId,
    },
    /// `1988-89`; `2004-05` can be a month as well.
    Years {
        from: i32,
        to: i32,
        month: bool,
    },
    /// "from 4 to 22 of this month".
    Days {
        from: u8,
        to: u8,
        of: NodeId,
    },
    /// "November 19-20, 1990".
    MonthDays {
        from: u8,
        to: u8,
        month: u8,
        year: i32,
    },
    Bound {
        how: Bound,
        of: NodeId,
    },
    Length(Length),
    Every(Every),
    Clock(Clock),
    /// A day with a time of day.
    At {
        day: NodeId,
        clock: NodeId,
    },
    ClockRange {
        from: Clock,
        to: Clock,
    },
    Now,
    /// `091530Z`: a day of the document's month, or of one beside it.
    Group {
        day: u8,
    },
    /// Words that have the form of a date and are none: 31 April.
    #[default]
    Impossible,
}
