//! Sums and quantities, exact and as written.

use std::cmp::Ordering;
use std::fmt;

use crate::layout::{Layout, LayoutError};
use crate::span::{Repaired, Span};
use crate::{layout, words};

/// A decimal number without rounding: `mantissa` times ten to the `exponent`.
///
/// The mantissa never ends in a zero unless it is zero, whose exponent is zero:
/// equal numbers are equal in their parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: i64,
    exponent: i32,
}

/// Powers of ten that a number may have; no sum on earth needs more.
const EXPONENTS: std::ops::RangeInclusive<i32> = -18..=30;

impl Decimal {
    /// Nothing at all.
    pub const ZERO: Self = Self {
        mantissa: 0,
        exponent: 0,
    };

    /// The number `mantissa` times ten to the `exponent`; `None` beyond 10^±30
    /// and what 64 bits hold.
    #[must_use]
    pub const fn new(mantissa: i64, exponent: i32) -> Option<Self> {
        if mantissa == 0 {
            return Some(Self::ZERO);
        }
        let (mut mantissa, mut exponent) = (mantissa, exponent);
        while mantissa % 10 == 0 {
            mantissa /= 10;
            exponent = exponent.saturating_add(1);
        }
        if exponent < *EXPONENTS.start() || exponent > *EXPONENTS.end() {
            return None;
        }
        Some(Self { mantissa, exponent })
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Option<Self> {
        Self::new(number, 0)
    }

    /// All digits but the zeros at the end, with the sign.
    #[must_use]
    pub const fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// Power of ten of the mantissa.
    #[must_use]
    pub const fn exponent(self) -> i32 {
        self.exponent
    }

    /// This number times ten to a power; `None` where [`Decimal::new`] has none.
    #[must_use]
    pub const fn scaled(self, power: i32) -> Option<Self> {
        Self::new(self.mantissa, self.exponent.saturating_add(power))
    }

    /// The sum, where it can be held exactly.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let lifted = |n: Self| {
            let power = u32::try_from(n.exponent.checked_sub(exponent)?).ok()?;
            i128::from(n.mantissa).checked_mul(10_i128.checked_pow(power)?)
        };
        let (mut sum, mut exponent) = (lifted(self)?.checked_add(lifted(other)?)?, exponent);
        while sum != 0 && sum % 10 == 0 {
            sum /= 10;
            exponent = exponent.saturating_add(1);
        }
        Self::new(i64::try_from(sum).ok()?, exponent)
    }

    /// Reads a plain number such as `-2.4`; no grouping, no exponent.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let (sign, digits) = match written.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, written),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let mut mantissa = 0_i64;
        if whole.is_empty() || (digits.contains('.') && part.is_empty()) {
            return None;
        }
        for byte in whole.bytes().chain(part.bytes()) {
            let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
            mantissa = mantissa.checked_mul(10)?.checked_add(digit)?;
        }
        Self::new(sign * mantissa, -i32::try_from(part.len()).ok()?)
    }

    /// How many digits stand before the point, less one; of use to compare.
    fn magnitude(self) -> i32 {
        let digits = self.mantissa.unsigned_abs().checked_ilog10().unwrap_or(0);
        self.exponent + i32::try_from(digits).unwrap_or(i32::MAX)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = self.mantissa.signum().cmp(&other.mantissa.signum());
        if sign != Ordering::Equal || self.mantissa == 0 {
            return sign;
        }
        let size = self.magnitude().cmp(&other.magnitude()).then_with(|| {
            // Of one magnitude the exponents are no further apart than digits.
            let least = self.exponent.min(other.exponent);
            let lifted = |n: &Self| {
                let power = u32::try_from(n.exponent - least).unwrap_or(0).min(19);
                i128::from(n.mantissa.unsigned_abs()) * 10_i128.pow(power)
            };
            lifted(self).cmp(&lifted(other))
        });
        if self.mantissa < 0 {
            size.reverse()
        } else {
            size
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Plain digits, as JSON takes a number: `50000`, `2.4`, `-0.05`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        if self.mantissa < 0 {
            f.write_str("-")?;
        }
        let places = usize::try_from(self.exponent.unsigned_abs()).unwrap_or(0);
        if self.exponent >= 0 {
            write!(f, "{digits}{}", "0".repeat(places))
        } else if digits.len() > places {
            let (whole, part) = digits.split_at(digits.len() - places);
            write!(f, "{whole}.{part}")
        } else {
            write!(f, "0.{}{digits}", "0".repeat(places - digits.len()))
        }
    }
}

impl Layout for Decimal {
    fn write(&self, out: &mut Vec<u8>) {
        self.mantissa.write(out);
        self.exponent.write(out);
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        let (mantissa, exponent) = (i64::read(input)?, i32::read(input)?);
        Self::new(mantissa, exponent).ok_or(LayoutError::Overflow)
    }
}

/// A sum or quantity in the text of a document, with what it was taken to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountExpression {
    /// The words, from what bounds the number ("more than") to the rate ("a month").
    pub span: Span<Repaired>,
    /// The words, kept.
    pub as_written: String,
    /// What sort of amount it is.
    pub kind: AmountKind,
    /// The number that is said; `None` where none is ("several thousand", "10 to
    /// 15") or where the digits can be read in two ways.
    pub value: Option<Decimal>,
    /// Least it can be; `None` where the words set no floor. "About 300" sets
    /// neither floor nor ceiling; an exact number is both.
    pub low: Option<Decimal>,
    /// Most it can be; `None` where the words set no ceiling.
    pub high: Option<Decimal>,
    /// How the words take the number; `None` when it is exact.
    pub modifier: Option<AmountModifier>,
    /// Money: the ISO 4217 code, or the word or sign itself (`peso`, `$`) while
    /// several currencies are left in `unit_choices`. Measures: the UCUM code.
    /// Per cents: `%`, and `percentage-point`. Counts and ranks: the lemma of
    /// what is counted, where it is said.
    pub unit: Option<String>,
    /// ISO 4217 codes that the unit can be, where the document does not settle
    /// which; empty when it is settled.
    pub unit_choices: Vec<String>,
    /// What the unit was known by.
    pub unit_from: Option<UnitSource>,
    /// The words that gave the unit: those of the amount, or others in the
    /// document (a heading, a place, an earlier sum) as `unit_from` says.
    pub unit_span: Option<Span<Repaired>>,
    /// What it is per: a unit of time (`month`, `year`), a UCUM code (`kg`), the
    /// lemma of a thing (`person`), or `each`.
    pub per: Option<String>,
    /// The pattern that found it.
    pub rule: String,
}

layout!(AmountExpression {
    span,
    as_written,
    kind,
    value,
    low,
    high,
    modifier,
    unit,
    unit_choices,
    unit_from,
    unit_span,
    per,
    rule
});

/// What sort of amount it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AmountKind {
    /// A sum of money.
    Money,
    /// People or things counted.
    Count,
    /// Weight, length, area, volume and other measures.
    Measure,
    /// A share in per cent, or points of it.
    Percent,
    /// A place in an order: "the third".
    Rank,
}

words!(AmountKind {
    Money = 1 "money",
    Count = 2 "count",
    Measure = 3 "measure",
    Percent = 4 "percent",
    Rank = 5 "rank",
});

/// How words take a number that they do not say exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AmountModifier {
    /// More or less this.
    Approx,
    /// Above it.
    MoreThan,
    /// Below it.
    LessThan,
    /// It or above.
    AtLeast,
    /// It or below.
    AtMost,
    /// Between two numbers, both included.
    Between,
    /// Below it, but near: "nearly 300".
    Nearly,
    /// Above it, but near: "just over 300".
    JustOver,
    /// No number is said: "several thousand", "dozens".
    Vague,
    /// The digits can be read in two ways: `1.250` where the document does not
    /// tell whether its points group or divide. `low` and `high` are the two.
    Undecided,
}

words!(AmountModifier {
    Approx = 1 "approx",
    MoreThan = 2 "more-than",
    LessThan = 3 "less-than",
    AtLeast = 4 "at-least",
    AtMost = 5 "at-most",
    Between = 6 "between",
    Nearly = 7 "nearly",
    JustOver = 8 "just-over",
    Vague = 9 "vague",
    Undecided = 10 "undecided",
});

/// What the unit of an amount was known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnitSource {
    /// The words of the amount say it in full.
    Written,
    /// Another currency or sum in the document tells which one is meant.
    Currency,
    /// A place in the document tells.
    Place,
    /// The country the document comes from tells.
    Country,
    /// The heading of the column or table.
    Heading,
    /// Left out here; it is the unit of an amount nearby.
    Nearby,
    /// Nothing tells otherwise, and this is what the word means by itself.
    Usual,
}

words!(UnitSource {
    Written = 1 "written",
    Currency = 2 "currency",
    Place = 3 "place",
    Country = 4 "country",
    Heading = 5 "heading",
    Nearby = 6 "nearby",
    Usual = 7 "usual",
});

impl AmountExpression {
    /// The least and the most it can be; `None` where it is open. An approximate
    /// number is held to be within half of itself.
    #[must_use]
    pub fn bounds(&self) -> (Option<Decimal>, Option<Decimal>) {
        let half = |n: Decimal, times: i64| {
            let mantissa = n.mantissa.checked_mul(5 * times)?;
            Decimal::new(mantissa, n.exponent - 1)
        };
        let value = match self.modifier {
            Some(AmountModifier::Approx | AmountModifier::Nearly | AmountModifier::JustOver) => {
                self.value
            }
            _ => None,
        };
        let low = self.low.or(value.and_then(|n| half(n, 1)));
        let high = self.high.or(value.and_then(|n| half(n, 3)));
        (low, high)
    }

    /// Whether it can be within these bounds: vague is not contrary.
    #[must_use]
    pub fn may_be_within(&self, least: Option<Decimal>, most: Option<Decimal>) -> bool {
        let (low, high) = self.bounds();
        let above =
            |a: Option<Decimal>, b: Option<Decimal>| matches!((a, b), (Some(a), Some(b)) if a > b);
        !above(low, most) && !above(least, high)
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn decimal(written: &str) -> Decimal {
        Decimal::parse(written).unwrap()
    }

    #[test]
    fn numbers_come_out_as_they_went_in() {
        for written in [
            "0",
            "50000",
            "2.4",
            "-0.05",
            "1060000",
            "0.001",
            "9223372036854775807",
        ] {
            assert_eq!(decimal(written).to_string(), written);
        }
        assert_eq!(decimal("1.50").to_string(), "1.5");
        for nonsense in [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "1.2.3",
            "9e999",
            "99999999999999999999",
        ] {
            assert_eq!(Decimal::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn order_is_that_of_the_numbers() {
        let sorted = [
            "-1000",
            "-2.5",
            "0",
            "0.001",
            "0.5",
            "1",
            "1.01",
            "10",
            "9000000000000000000",
        ];
        for pair in sorted.windows(2) {
            assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
        }
        let (least, most) = (
            Decimal::new(1, -18).unwrap(),
            Decimal::new(i64::MAX, 30).unwrap(),
        );
        assert!(least < most);
        assert_eq!(Decimal::new(1, 31), None);
        assert_eq!(decimal("2.5").plus(decimal("0.5")), Some(decimal("3")));
        assert_eq!(most.plus(least), None);
    }
}
