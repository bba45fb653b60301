//! Times that keep what is known and no more.

use crate::span::{Repaired, Span};
use crate::{layout, words};

/// A day of the proleptic Gregorian calendar, as a count from 1970-01-01.
pub type Day = i64;

/// A time as the source gives it: an interval with soft knowledge.
///
/// "March 1991" is `earliest` 1 March, `latest` 31 March, precision `month`; it
/// is never the 1st. `None` at either end means that the text leaves it open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeValue {
    /// First day it can mean.
    pub earliest: Option<Day>,
    /// Last day it can mean.
    pub latest: Option<Day>,
    /// How fine the words are.
    pub precision: Precision,
    /// Extended Date/Time Format (ISO 8601-2), levels 0 to 2.
    pub edtf: String,
    /// TIMEX3 value (ISO 24617-1).
    pub timex: String,
    /// The words.
    pub as_written: String,
    /// The earlier words of the story it was reckoned from.
    pub anchored_on: Option<Span<Repaired>>,
    /// The document's own day, where it was reckoned from that.
    pub reference: Option<Day>,
}

layout!(TimeValue {
    earliest,
    latest,
    precision,
    edtf,
    timex,
    as_written,
    anchored_on,
    reference
});

/// A time in the text of a document, with what it was taken to mean and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// The words.
    pub span: Span<Repaired>,
    /// What sort of time it is.
    pub kind: TimeKind,
    /// What it means.
    pub value: TimeValue,
    /// What the words alone say, as a TIMEX3 value: `XXXX-06` for "in June".
    pub said: String,
    /// TIMEX3 modifier.
    pub modifier: Option<TimeModifier>,
    /// The day the reckoning falls on, where the words count from one: "two
    /// years ago" counts to a day but is not so exact.
    pub reckoned: Option<Day>,
    /// The pattern that found it.
    pub rule: String,
}

layout!(TimeExpression {
    span,
    kind,
    value,
    said,
    modifier,
    reckoned,
    rule
});

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeKind {
    /// A day or coarser.
    Date,
    /// Finer than a day.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

words!(TimeKind {
    Date = 1 "DATE",
    Time = 2 "TIME",
    Duration = 3 "DURATION",
    Set = 4 "SET",
});

/// TIMEX3 modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeModifier {
    /// Strictly before.
    Before,
    /// Strictly after.
    After,
    /// Not after.
    OnOrBefore,
    /// Not before.
    OnOrAfter,
    /// Shorter.
    LessThan,
    /// Longer.
    MoreThan,
    /// Not longer.
    EqualOrLess,
    /// Not shorter.
    EqualOrMore,
    /// The early part.
    Start,
    /// The middle part.
    Mid,
    /// The late part.
    End,
    /// More or less.
    Approx,
}

words!(TimeModifier {
    Before = 1 "BEFORE",
    After = 2 "AFTER",
    OnOrBefore = 3 "ON_OR_BEFORE",
    OnOrAfter = 4 "ON_OR_AFTER",
    LessThan = 5 "LESS_THAN",
    MoreThan = 6 "MORE_THAN",
    EqualOrLess = 7 "EQUAL_OR_LESS",
    EqualOrMore = 8 "EQUAL_OR_MORE",
    Start = 9 "START",
    Mid = 10 "MID",
    End = 11 "END",
    Approx = 12 "APPROX",
});

/// How fine a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// A century or coarser.
    Century,
    /// Ten years.
    Decade,
    /// A year.
    Year,
    /// A season or a quarter.
    Season,
    /// A month.
    Month,
    /// A week.
    Week,
    /// A day.
    Day,
    /// Finer than a day.
    Time,
}

words!(Precision {
    Century = 1 "century",
    Decade = 2 "decade",
    Year = 3 "year",
    Season = 4 "season",
    Month = 5 "month",
    Week = 6 "week",
    Day = 7 "day",
    Time = 8 "time",
});

impl TimeValue {
    /// Whether both could mean the same day: vague is not contrary.
    #[must_use]
    pub fn may_agree(&self, other: &Self) -> bool {
        let before = |a: Option<Day>, b: Option<Day>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !before(self.latest, other.earliest) && !before(other.latest, self.earliest)
    }
}
