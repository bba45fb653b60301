//! Sums and quantities, exact and as written.

use crate::layout;
use crate::span::{Repaired, Span};

/// A decimal number without rounding: `mantissa` times ten to the `exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// All digits, with the sign.
    pub mantissa: i64,
    /// Power of ten; kept as small in size as it can be.
    pub exponent: i32,
}

layout!(Decimal { mantissa, exponent });

/// An ISO 4217 code, or a UCUM unit, or a thing counted.
pub type Currency = String;

/// A sum or quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The words.
    pub span: Span<Repaired>,
    /// The words, kept.
    pub as_written: String,
    /// Least it can be; `None` where the words set no floor.
    pub at_least: Option<Decimal>,
    /// Most it can be; `None` where the words set no ceiling.
    pub at_most: Option<Decimal>,
    /// ISO 4217 code, UCUM unit, or the noun counted.
    pub unit: Currency,
    /// `month`, `year`, … where it is a rate.
    pub per: Option<String>,
}

layout!(Amount {
    span,
    as_written,
    at_least,
    at_most,
    unit,
    per
});
