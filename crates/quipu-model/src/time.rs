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
    /// The words it was reckoned from, for a relative expression.
    pub anchored_on: Option<Span<Repaired>>,
}

layout!(TimeValue {
    earliest,
    latest,
    precision,
    edtf,
    timex,
    as_written,
    anchored_on
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
