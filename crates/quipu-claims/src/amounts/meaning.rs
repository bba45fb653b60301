//! What the words of an amount say by themselves.

use quipu_model::{AmountModifier, Decimal};

use crate::patterns::quantity::Quantity;
use crate::patterns::slots::Place;

/// A code of the rules, by its place in their list.
pub(crate) type Code = i64;

/// What a match says.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Meaning {
    /// Nothing.
    #[default]
    Nothing,
    /// A number and how it is taken.
    Number(Number),
    /// A number of something.
    Amount(Amount),
    /// A country, named or by its people or capital.
    Country(Code),
    /// A currency named without a sum.
    Currency { code: Code, country: Option<Code> },
}

/// A number and how it is taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number {
    pub(crate) value: Option<Quantity>,
    pub(crate) low: Option<Quantity>,
    pub(crate) high: Option<Quantity>,
    pub(crate) modifier: Option<AmountModifier>,
    /// Where its digits or words stand.
    pub(crate) place: Place,
}

impl Number {
    /// Exactly this.
    pub(crate) fn exact(value: Quantity, place: Place) -> Self {
        Self {
            value: Some(value),
            low: Some(value),
            high: Some(value),
            modifier: None,
            place,
        }
    }

    /// The same number, taken otherwise; `None` when it is not exact.
    pub(crate) fn taken(self, modifier: AmountModifier) -> Option<Self> {
        let value = match self.modifier {
            None => self.value?,
            // "about 10 to 15": the bounds are near enough.
            Some(_) if modifier == AmountModifier::Approx => return Some(self),
            // "less than a third", "up to two or three": the bound on that side counts.
            Some(AmountModifier::Between) => return self.between_taken(modifier),
            // "at least several hundred"
            Some(_) => return None,
        };
        let (low, high) = match modifier {
            AmountModifier::MoreThan | AmountModifier::AtLeast | AmountModifier::JustOver => {
                (Some(value), None)
            }
            AmountModifier::LessThan | AmountModifier::AtMost | AmountModifier::Nearly => {
                (None, Some(value))
            }
            _ => (None, None),
        };
        Some(Self {
            low,
            high,
            modifier: Some(modifier),
            ..self
        })
    }

    fn between_taken(self, modifier: AmountModifier) -> Option<Self> {
        let (low, high) = match modifier {
            AmountModifier::MoreThan | AmountModifier::AtLeast => (self.low, None),
            AmountModifier::LessThan | AmountModifier::AtMost => (None, self.high),
            // "slightly more than a third": how much more no number says.
            AmountModifier::JustOver => return self.between_taken(AmountModifier::MoreThan),
            AmountModifier::Nearly => return self.between_taken(AmountModifier::LessThan),
            _ => return None,
        };
        Some(Self {
            low,
            high,
            modifier: Some(modifier),
            ..self
        })
    }

    /// Every number it holds, changed in the same way.
    pub(crate) fn map(self, change: impl Fn(Quantity) -> Option<Quantity>) -> Option<Self> {
        let changed = |number: Option<Quantity>| match number {
            Some(number) => change(number).map(Some),
            None => Some(None),
        };
        Some(Self {
            value: changed(self.value)?,
            low: changed(self.low)?,
            high: changed(self.high)?,
            ..self
        })
    }

    /// Whether it is this whole number and nothing else.
    pub(crate) fn is(&self, number: i64) -> bool {
        self.modifier.is_none() && self.value.map(|value| value.number) == Decimal::whole(number)
    }

    /// Four plain digits that may be a year as well.
    pub(crate) fn may_be_year(&self) -> bool {
        let plain = |value: &Quantity| {
            !value.worded
                && !value.marked
                && Decimal::whole(1500) <= Some(value.number)
                && Some(value.number) < Decimal::whole(2100)
        };
        self.modifier.is_none() && self.value.as_ref().is_some_and(plain)
    }

    /// The largest it is said to be.
    pub(crate) fn top(&self) -> Option<Decimal> {
        let number = self.value.or(self.high).or(self.low)?;
        Some(number.number)
    }
}

/// What a number is a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// It is not said.
    Bare,
    /// A currency or a family of them, and whose it is where that is said.
    Currency {
        code: Code,
        country: Option<Code>,
        /// It is money only where the document speaks of such money.
        doubtful: bool,
    },
    /// A UCUM code.
    Measure(Code),
    /// A measure that is a currency as well: pounds.
    MeasureOrCurrency { measure: Code, currency: Code },
    /// `%` or points of it.
    Percent(Code),
    /// The noun that stands there.
    Noun,
    /// A noun whose lemma the rules know.
    Lemma(Code),
    /// A place in an order, perhaps of the noun that stands there.
    Rank { noun: bool },
}

/// What an amount is per.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Per {
    /// A unit of time, by its number in `UNITS` of the packs.
    Time(i64),
    /// A UCUM code, a lemma or `each`.
    Code(Code),
}

/// A number of something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Amount {
    pub(crate) number: Number,
    pub(crate) unit: Unit,
    /// Where the words of the unit stand.
    pub(crate) unit_place: Option<Place>,
    pub(crate) per: Option<Per>,
    /// The words end with the unit, whatever the pattern read behind it.
    pub(crate) ends_at_unit: bool,
}
