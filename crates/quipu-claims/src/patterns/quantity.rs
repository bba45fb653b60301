//! Numbers of things, exact: `1,060,000`, `2.4 million`, `un millón sesenta mil`.

use quipu_model::Decimal;

use super::numeral::Few;
use super::slots::Value;
use super::token::{Form, Token};
use super::vocabulary::{ClassId, Vocabulary};
use super::words::Words;

/// A number as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quantity {
    pub(crate) number: Decimal,
    /// What it is if the only sign among its digits divides instead of grouping:
    /// `1.250`, with that sign.
    pub(crate) divided: Option<(Decimal, u8)>,
    /// Power of ten of the words that scale it: 6 in "2.4 million".
    pub(crate) magnitude: u8,
    /// It has words.
    pub(crate) worded: bool,
    /// It is written with the mark of thousands or of decimals.
    pub(crate) marked: bool,
    /// Two digits of decimals, as sums of money have.
    pub(crate) cents: bool,
}

impl Quantity {
    /// This number times ten to a power.
    pub(crate) fn scaled(self, power: i64) -> Option<Self> {
        let power = i32::try_from(power).ok()?;
        let divided = match self.divided {
            Some((number, sign)) => Some((number.scaled(power)?, sign)),
            None => None,
        };
        Some(Self {
            number: self.number.scaled(power)?,
            divided,
            magnitude: self
                .magnitude
                .saturating_add(u8::try_from(power).unwrap_or(0)),
            ..self
        })
    }

    fn worded(number: Decimal) -> Self {
        Self {
            number,
            divided: None,
            magnitude: 0,
            worded: true,
            marked: false,
            cents: false,
        }
    }
}

/// The number that digits alone say.
pub(crate) fn of_digits(form: Form) -> Option<Quantity> {
    let exact = |number, marked, cents| {
        Some(Quantity {
            number,
            divided: None,
            magnitude: 0,
            worded: false,
            marked,
            cents,
        })
    };
    match form {
        Form::Whole { worth, .. } => exact(Decimal::whole(worth.into())?, false, false),
        Form::Long(worth) => exact(Decimal::whole(worth)?, false, false),
        Form::Pair {
            a,
            b,
            sign: b'.' | b',',
        } => {
            let places = i32::from(b.count);
            let scale = 10_i64.checked_pow(u32::from(b.count))?;
            let mantissa = i64::from(a.worth)
                .checked_mul(scale)?
                .checked_add(b.worth.into())?;
            exact(Decimal::new(mantissa, -places)?, true, b.count == 2)
        }
        Form::Grouped {
            mantissa,
            places,
            only,
        } => {
            let number = Decimal::new(mantissa, -i32::from(places))?;
            let made = exact(number, true, places == 2)?;
            let Some(sign) = only else {
                return Some(made);
            };
            let divided = Decimal::new(mantissa, -3)?;
            // `0.125` has nothing to group.
            if mantissa < 1000 {
                return exact(divided, true, false);
            }
            Some(Quantity {
                divided: Some((divided, sign)),
                ..made
            })
        }
        _ => None,
    }
}

/// So many parts at most make a number: "two million three hundred thousand".
const PARTS_MAX: usize = 5;

/// Every way in which a number starts at a place: the longest, and that without
/// a short mark of magnitude, which may be a unit (`5 m`).
pub(crate) fn quantities(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> Few {
    let reader = Reader { vocabulary, tokens };
    let mut few = Few::NONE;
    let Some((end, made)) = reader.whole(at) else {
        return few;
    };
    if let Some((end, spaced)) = reader.spaced(at) {
        few.push(end, Value::Quantity(spaced));
    }
    few.push(end, Value::Quantity(made));
    let short = vocabulary.numbers.magnitude_short;
    if let Some(power) = reader.worth(end, short)
        && let Some(scaled) = made.scaled(power)
    {
        few.push(end + 1, Value::Quantity(scaled));
    }
    few
}

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    tokens: &'a [Token],
}

impl Reader<'_> {
    fn worth(&self, at: usize, class: ClassId) -> Option<i64> {
        self.vocabulary.worth(self.tokens.get(at)?.word, class)
    }

    /// `1 060 000`: groups of three with one space between.
    fn spaced(&self, at: usize) -> Option<(usize, Quantity)> {
        let Form::Whole {
            worth,
            digits: 1..=3,
        } = self.tokens.get(at)?.form
        else {
            return None;
        };
        let mut number = i64::from(worth);
        let mut end = at + 1;
        while end - at <= PARTS_MAX
            && let (Some(last), Some(next)) = (self.tokens.get(end - 1), self.tokens.get(end))
            // A no-break space has two bytes.
            && matches!(next.start - last.end, 1 | 2)
            && !next.first
            && let Form::Whole { worth, digits: 3 } = next.form
        {
            number = number.checked_mul(1000)?.checked_add(worth.into())?;
            end += 1;
        }
        let made = of_digits(Form::Long(number))?;
        (end > at + 1 && worth > 0).then_some((
            end,
            Quantity {
                marked: true,
                ..made
            },
        ))
    }

    fn words(&self) -> Words<'_> {
        Words {
            vocabulary: self.vocabulary,
            tokens: self.tokens,
        }
    }

    /// The longest number from here.
    fn whole(&self, at: usize) -> Option<(usize, Quantity)> {
        let known = &self.vocabulary.numbers;
        let (mut end, first) = self.part(at, u8::MAX)?;
        let mut made = first;
        for _ in 1..PARTS_MAX {
            if made.magnitude < 3 {
                break;
            }
            // "a million and a half"
            let after = self.words().glue(end);
            if after > end
                && let Some((last, half)) = self.half(after)
            {
                let half = half.scaled(made.magnitude.into())?;
                made.number = made.number.plus(half)?;
                return Some((last, made));
            }
            let Some((next, part)) = self.part(after, made.magnitude) else {
                break;
            };
            // "a million and 5 ..." are two numbers.
            let sound = part.worded || self.worth(after, known.number).is_some();
            let fits = part
                .number
                .scaled(-i32::from(made.magnitude))
                .is_some_and(|part| Some(part) < Decimal::whole(1));
            if !sound || !fits || made.divided.is_some() || part.divided.is_some() {
                break;
            }
            made.number = made.number.plus(part.number)?;
            made.magnitude = part.magnitude;
            made.worded = true;
            end = next;
        }
        Some((end, made))
    }

    /// A number with the words that scale it, below ten to `limit`.
    fn part(&self, at: usize, limit: u8) -> Option<(usize, Quantity)> {
        let known = &self.vocabulary.numbers;
        let (mut end, mut made) = self.base(at)?;
        // "two and a half million"
        let after = self.words().glue(end);
        if after > end
            && made.divided.is_none()
            && let Some((next, half)) = self.half(after)
        {
            made.number = made.number.plus(half)?;
            made.worded = true;
            end = next;
        }
        let digits = !made.worded || made.number < Decimal::whole(100)?;
        if digits && let Some(power @ (100 | 1000)) = self.worth(end, known.number) {
            made = made.scaled(if power == 100 { 2 } else { 3 })?;
            made.worded = true;
            end += 1;
        }
        if let Some(dozen) = self.worth(end, known.dozen) {
            let many = made.number.mantissa().checked_mul(dozen)?;
            made.number = Decimal::new(many, made.number.exponent())?;
            made.worded = true;
            end += 1;
        }
        if let Some(power) = self.magnitude(end) {
            made = made.scaled(power)?;
            made.worded = true;
            end += 1;
        }
        (made.magnitude < limit).then_some((end, made))
    }

    fn magnitude(&self, at: usize) -> Option<i64> {
        self.worth(at, self.vocabulary.numbers.magnitude)
    }

    /// Half of one: "half", "a half", "medio".
    fn half(&self, at: usize) -> Option<(usize, Decimal)> {
        let known = &self.vocabulary.numbers;
        let one =
            self.worth(at, known.one_article).is_some() || self.worth(at, known.number) == Some(1);
        let at = at + usize::from(one);
        self.worth(at, known.half)?;
        Some((at + 1, Decimal::new(5, -1)?))
    }

    /// A number without what scales it.
    fn base(&self, at: usize) -> Option<(usize, Quantity)> {
        let known = &self.vocabulary.numbers;
        let token = self.tokens.get(at)?;
        if let Some(made) = of_digits(token.form) {
            return Some((at + 1, made));
        }
        let scaled = |at: usize| {
            self.magnitude(at).is_some()
                || self.worth(at, known.dozen).is_some()
                || matches!(self.worth(at, known.number), Some(100 | 1000))
        };
        // "half a million", "media docena"
        if self.worth(at, known.half).is_some() {
            let next = at + 1;
            let next = next + usize::from(self.worth(next, known.one_article).is_some());
            let made = Quantity::worded(Decimal::new(5, -1)?);
            return scaled(next).then_some((next, made));
        }
        let article = self.worth(at, known.one_article).is_some();
        if article && self.worth(at + 1, known.number).is_none() {
            let made = Quantity::worded(Decimal::whole(1)?);
            return scaled(at + 1).then_some((at + 1, made));
        }
        if article && !scaled(at + 1) {
            return None;
        }
        let start = at + usize::from(article);
        let (end, number) = self.words().cardinals(start).iter().last()?;
        let Value::Number(number) = number else {
            return None;
        };
        Some((end, Quantity::worded(Decimal::whole(number)?)))
    }
}
