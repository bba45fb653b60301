//! The named primitives that patterns of amounts call: from filled slots to a
//! meaning.

use quipu_model::{AmountModifier, Decimal};

use crate::patterns::quantity::{Quantity, of_digits};
use crate::patterns::slots::{Filled, SlotName, Value, named};
use crate::patterns::token::Form;

use super::meaning::{Amount, Meaning, Number, Per, Unit};
use super::topic::AmountTopic;

type Slots<'a> = Filled<'a, Meaning>;

named! {
    /// The primitives.
    Primitive {
        Same = "same",
        Number = "number",
        Twice = "number-twice",
        Vague = "vague",
        Range = "range",
        Limit = "limit",
        Money = "money",
        Measure = "measure",
        Pound = "measure-or-money",
        Percent = "percent",
        Count = "count",
        Fraction = "fraction",
        Rank = "rank",
        Bare = "bare",
        Per = "per",
        Country = "country",
        Currency = "currency",
    }
}

impl Primitive {
    /// The meaning of a match; `None` when the slots do not go together.
    pub(crate) fn build(self, topic: &AmountTopic, slots: &Slots<'_>) -> Option<Meaning> {
        let amount = |unit, place| {
            Some(Meaning::Amount(Amount {
                number: number_of(slots)?,
                unit,
                unit_place: place,
                per: None,
                ends_at_unit: slots.setting("cut").is_some(),
            }))
        };
        let code = |name, key| match slots.word(key) {
            Some(word) => topic.code_named(word),
            None => slots.number(name),
        };
        match self {
            Self::Same => slots.meaning(slots.node(SlotName::Of)?),
            Self::Number => number(slots).map(Meaning::Number),
            Self::Twice => twice(slots).map(Meaning::Number),
            Self::Vague => vague(slots).map(Meaning::Number),
            Self::Range => range(slots).map(Meaning::Number),
            Self::Limit => limit(slots),
            Self::Money => {
                let code = code(SlotName::Currency, "currency")?;
                let country = code_of(topic, slots, "country");
                let unit = Unit::Currency {
                    code,
                    country,
                    doubtful: slots.setting("doubtful").is_some(),
                };
                let place = slots.place(SlotName::Currency);
                let made = amount(unit, place)?;
                match (slots.setting("hundredths"), made) {
                    (None, made) => Some(made),
                    (Some(_), Meaning::Amount(made)) => Some(Meaning::Amount(Amount {
                        number: made.number.map(|number| number.scaled(-2))?,
                        ..made
                    })),
                    _ => None,
                }
            }
            Self::Measure => {
                let unit = Unit::Measure(code(SlotName::Unit, "unit")?);
                let place = slots.place(SlotName::Unit);
                amount(unit, place.or_else(|| slots.place(SlotName::What)))
            }
            Self::Pound => {
                let unit = Unit::MeasureOrCurrency {
                    measure: topic.code_named(slots.word("unit")?)?,
                    currency: code(SlotName::Currency, "currency")?,
                };
                amount(unit, slots.place(SlotName::What))
            }
            Self::Percent => amount(Unit::Percent(topic.code_named(slots.word("unit")?)?), None),
            Self::Count => {
                let unit = code(SlotName::Currency, "currency").map_or(Unit::Noun, Unit::Lemma);
                let place = slots
                    .place(SlotName::What)
                    .or_else(|| slots.place(SlotName::Currency));
                amount(unit, place)
            }
            Self::Fraction => fraction(topic, slots),
            Self::Rank => {
                let noun = slots.place(SlotName::What);
                amount(
                    Unit::Rank {
                        noun: noun.is_some(),
                    },
                    noun,
                )
            }
            Self::Bare => amount(Unit::Bare, None),
            Self::Per => per(topic, slots),
            Self::Country => code(SlotName::Country, "country").map(Meaning::Country),
            Self::Currency => Some(Meaning::Currency {
                code: code(SlotName::Currency, "currency")?,
                country: code_of(topic, slots, "country"),
            }),
        }
    }
}

/// Whose currency it is.
fn code_of(topic: &AmountTopic, slots: &Slots<'_>, key: &str) -> Option<i64> {
    match slots.word(key) {
        Some(word) => topic.code_named(word),
        None => slots.number(SlotName::Country),
    }
}

/// The number of an amount: a kind below, or the digits themselves.
fn number_of(slots: &Slots<'_>) -> Option<Number> {
    match slots.value(SlotName::N)? {
        Value::Node(node) => match slots.meaning(node)? {
            Meaning::Number(number) => Some(number),
            Meaning::Amount(amount) => Some(amount.number),
            _ => None,
        },
        Value::Quantity(quantity) => Some(Number::exact(quantity, slots.place(SlotName::N)?)),
        Value::Number(number) => {
            let quantity = of_digits(Form::Long(number))?;
            Some(Number::exact(quantity, slots.place(SlotName::N)?))
        }
        _ => None,
    }
}

fn number(slots: &Slots<'_>) -> Option<Number> {
    number_of(slots)
}

/// "thirty-one (31)": said twice, in words and digits.
fn twice(slots: &Slots<'_>) -> Option<Number> {
    let (Value::Quantity(one), Value::Quantity(other)) =
        (slots.value(SlotName::N)?, slots.value(SlotName::Other)?)
    else {
        return None;
    };
    let divided = other.divided.map(|(number, _)| number);
    let same = one.number == other.number || Some(one.number) == divided;
    let quantity = if one.worded { one } else { other };
    let mut place = slots.place(SlotName::N)?;
    // The closing bracket belongs to it.
    place.end = slots.place(SlotName::Other)?.end + 1;
    same.then_some(Number::exact(quantity, place))
}

/// "several thousand", "dozens": between so many times the magnitude.
fn vague(slots: &Slots<'_>) -> Option<Number> {
    let power = match slots.value(SlotName::Magnitude) {
        Some(Value::Number(power)) => power,
        Some(_) => return None,
        None => 0,
    };
    let of = |key| {
        let Some(number) = slots.setting(key) else {
            return Some(None);
        };
        let quantity = of_digits(Form::Long(number))?.scaled(power)?;
        Some(Some(Quantity {
            worded: true,
            ..quantity
        }))
    };
    let high = match (slots.setting("below"), of("most")?) {
        (Some(below), _) => {
            let below = Decimal::whole(below)?.scaled(i32::try_from(power).ok()?)?;
            let number = below.plus(Decimal::whole(-1)?)?;
            let quantity = of_digits(Form::Long(1))?;
            Some(Quantity { number, ..quantity })
        }
        (None, most) => most,
    };
    let place = [SlotName::Magnitude, SlotName::Which]
        .into_iter()
        .find_map(|name| slots.place(name))
        .unwrap_or_default();
    Some(Number {
        value: None,
        low: of("least")?,
        high,
        modifier: Some(AmountModifier::Vague),
        place,
    })
}

/// "10 to 15 million", `10-15`.
fn range(slots: &Slots<'_>) -> Option<Number> {
    let power = match slots.value(SlotName::Magnitude) {
        Some(Value::Number(power)) => power,
        _ => 0,
    };
    if let Some(Form::Pair { a, b, sign: b'-' }) = slots.form(SlotName::Numbers) {
        let of = |worth: i32| of_digits(Form::Long(worth.into()))?.scaled(power);
        // `1-800`, `03-07` are names of something.
        let zeros = (a.count > 1 && a.worth < 10_i32.pow(u32::from(a.count) - 1))
            || (b.count > 1 && b.worth < 10_i32.pow(u32::from(b.count) - 1));
        let near = b.worth <= a.worth.saturating_mul(20);
        if zeros || !near || a.count > 6 || b.count > 6 {
            return None;
        }
        return between(of(a.worth)?, of(b.worth)?, slots.place(SlotName::Numbers)?);
    }
    let (from, to) = match (slots.value(SlotName::From)?, slots.value(SlotName::To)?) {
        (Value::Quantity(from), Value::Quantity(to)) => (from, to),
        (Value::Node(from), Value::Node(to)) => {
            let exact = |node| match slots.meaning(node)? {
                Meaning::Number(number) if number.modifier.is_none() => number.value,
                Meaning::Amount(amount) if amount.number.modifier.is_none() => amount.number.value,
                _ => None,
            };
            (exact(from)?, exact(to)?)
        }
        _ => return None,
    };
    let mut place = slots.place(SlotName::From)?;
    place.end = slots.place(SlotName::To)?.end;
    // "10 to 15 million" are millions both.
    let power = match to.magnitude {
        0 if from.worded && to.worded => spoken_power(to.number),
        power => i64::from(power),
    };
    let lifted = (from.magnitude == 0 && power > 0)
        .then(|| from.scaled(power))
        .flatten()
        .filter(|lifted| lifted.number < to.number);
    between(lifted.unwrap_or(from), to, place)
}

/// What "thousand" or "hundred" at the end of a number scales it by.
fn spoken_power(number: Decimal) -> i64 {
    match number.exponent() {
        3.. => 3,
        2 if number < Decimal::whole(1000).unwrap_or(Decimal::ZERO) => 2,
        _ => 0,
    }
}

fn between(from: Quantity, to: Quantity, place: crate::patterns::slots::Place) -> Option<Number> {
    (from.number < to.number).then_some(Number {
        value: None,
        low: Some(from),
        high: Some(to),
        modifier: Some(AmountModifier::Between),
        place,
    })
}

/// "two thirds": exact where decimals can say it, else between two that do.
fn fraction(topic: &AmountTopic, slots: &Slots<'_>) -> Option<Meaning> {
    let of = slots.number(SlotName::Part)?;
    let times = match slots.value(SlotName::N) {
        Some(Value::Number(n)) => n,
        Some(Value::Quantity(n)) => {
            (1..100).find(|whole| Some(n.number) == Decimal::whole(*whole))?
        }
        Some(_) => return None,
        None => slots.setting("n").unwrap_or(1),
    };
    if !(2..=100).contains(&of) || times < 1 || times > of {
        return None;
    }
    let place = slots.place(SlotName::Part)?;
    let start = slots.place(SlotName::N).map_or(place.start, |n| n.start);
    let place = crate::patterns::slots::Place { start, ..place };
    const PLACES: i32 = 6;
    let many = times * 10_i64.pow(PLACES.unsigned_abs());
    let share = |number| {
        let made = of_digits(Form::Long(1))?;
        Some(Quantity {
            number: Decimal::new(number, -PLACES)?,
            worded: true,
            ..made
        })
    };
    let number = if many % of == 0 {
        Number::exact(share(many / of)?, place)
    } else {
        between(share(many / of)?, share(many / of + 1)?, place)?
    };
    Some(Meaning::Amount(Amount {
        number,
        unit: Unit::Percent(topic.code_named(slots.word("unit")?)?),
        unit_place: None,
        per: None,
        ends_at_unit: slots.setting("cut").is_some(),
    }))
}

/// "more than", "nearly", "or more".
fn limit(slots: &Slots<'_>) -> Option<Meaning> {
    let modifier = AmountModifier::from_word(slots.word("limit")?)?;
    match slots.meaning(slots.node(SlotName::Of)?)? {
        Meaning::Number(number) => Some(Meaning::Number(number.taken(modifier)?)),
        Meaning::Amount(amount) => {
            if matches!(amount.unit, Unit::Rank { .. }) {
                return None;
            }
            Some(Meaning::Amount(Amount {
                number: amount.number.taken(modifier)?,
                ..amount
            }))
        }
        _ => None,
    }
}

/// "a month", "per kilo", "each".
fn per(topic: &AmountTopic, slots: &Slots<'_>) -> Option<Meaning> {
    let Meaning::Amount(amount) = slots.meaning(slots.node(SlotName::Of)?)? else {
        return None;
    };
    let per = match (slots.word("per"), slots.number(SlotName::Unit)) {
        (Some(word), _) => Per::Code(topic.code_named(word)?),
        (None, Some(unit)) => Per::Time(unit),
        (None, None) => Per::Code(slots.number(SlotName::Per)?),
    };
    let counted = matches!(amount.unit, Unit::Rank { .. } | Unit::Bare);
    (!counted && amount.per.is_none()).then_some(Meaning::Amount(Amount {
        per: Some(per),
        ..amount
    }))
}

/// The least sum that is written without its unit.
pub(crate) fn least_bare() -> Option<Decimal> {
    Decimal::whole(100)
}
