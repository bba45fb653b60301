//! Numbers in digits and words, in the forms that patterns ask for.

use super::quantity::quantities;
use super::slots::Value;
use super::token::{Counted, Form, Token};
use super::vocabulary::{ClassId, NumberClasses, Vocabulary};
use super::words::Words;

/// Forms of numbers that patterns may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Numeral {
    /// Digits alone.
    Whole,
    /// A cardinal in digits or words.
    Number,
    /// An ordinal in digits or words.
    Ordinal,
    /// A day of the month.
    Day,
    /// A day of the month in digits, or as an ordinal.
    DayName,
    /// A day of the month in digits.
    DayDigits,
    /// Four digits of a year of our sources.
    Year,
    /// Two digits of a year.
    ShortYear,
    /// Any year in digits.
    AnyYear,
    /// A year in words.
    YearWords,
    /// `1970s`.
    Decade,
    /// A decade in words: `nineteen seventies`.
    DecadeWords,
    /// `4/22`.
    Pair,
    /// `4/11/1998`.
    Triple,
    /// `14:30`.
    Clock,
    /// `14.30`.
    PointClock,
    /// `031430Z`.
    Group,
    /// Roman numerals.
    Roman,
    /// A number of things, exact, with its thousands and millions.
    Quantity,
    /// The noun that a number before it counts.
    Noun,
}

impl Numeral {
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "whole" => Self::Whole,
            "number" => Self::Number,
            "ordinal" => Self::Ordinal,
            "day" => Self::Day,
            "day-name" => Self::DayName,
            "day-digits" => Self::DayDigits,
            "year" => Self::Year,
            "short-year" => Self::ShortYear,
            "any-year" => Self::AnyYear,
            "year-words" => Self::YearWords,
            "decade" => Self::Decade,
            "decade-words" => Self::DecadeWords,
            "pair" => Self::Pair,
            "triple" => Self::Triple,
            "clock" => Self::Clock,
            "point-clock" => Self::PointClock,
            "group" => Self::Group,
            "roman" => Self::Roman,
            "quantity" => Self::Quantity,
            "noun" => Self::Noun,
            _ => return None,
        })
    }

    /// Classes whose words it may start with.
    pub(crate) fn first_words(self, known: &NumberClasses) -> Vec<ClassId> {
        match self {
            Self::Ordinal | Self::DayName => vec![known.ordinal, known.number],
            Self::DecadeWords => vec![known.decade_word, known.number],
            Self::Day => vec![known.ordinal, known.number],
            Self::Quantity => vec![
                known.number,
                known.magnitude,
                known.half,
                known.one_article,
                known.dozen,
            ],
            Self::Noun => Vec::new(),
            _ => vec![known.number],
        }
    }
}

/// A few ways to end, each with what it is worth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Few {
    ends: [(usize, Value); 4],
    count: usize,
}

impl Few {
    pub(crate) const NONE: Self = Self {
        ends: [(0, Value::Number(0)); 4],
        count: 0,
    };

    pub(crate) fn one(end: usize, value: Value) -> Self {
        let mut made = Self::NONE;
        made.push(end, value);
        made
    }

    pub(crate) fn push(&mut self, end: usize, value: Value) {
        if self.count < self.ends.len() {
            self.ends[self.count] = (end, value);
            self.count += 1;
        }
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = (usize, Value)> {
        self.ends.into_iter().take(self.count)
    }
}

/// What years bare digits may be: those of the sources we read.
const YEARS: std::ops::Range<i32> = 1000..2200;

/// Every way in which a numeral of this form starts at a place.
pub(crate) fn numerals(words: &Vocabulary, tokens: &[Token], at: usize, form: Numeral) -> Few {
    let Some(token) = tokens.get(at) else {
        return Few::NONE;
    };
    let next = at + 1;
    let one = |value| Few::one(next, value);
    match (form, token.form) {
        (Numeral::Quantity, _) => quantities(words, tokens, at),
        (Numeral::Noun, _) => counted(tokens, at),
        (Numeral::Whole, Form::Whole { digits, .. }) if digits <= 4 => one(Value::Form(token.form)),
        (Numeral::Year, Form::Whole { worth, digits: 4 }) if YEARS.contains(&worth) => {
            one(Value::Number(worth.into()))
        }
        (Numeral::ShortYear, Form::Whole { worth, digits: 2 }) => one(Value::Number(worth.into())),
        (Numeral::AnyYear, Form::Whole { worth, digits }) if digits <= 4 && worth > 0 => {
            one(Value::Number(worth.into()))
        }
        (Numeral::Decade, Form::Decade { .. })
        | (Numeral::Pair, Form::Pair { .. })
        | (Numeral::Triple, Form::Triple { .. })
        | (Numeral::Clock, Form::Clock { .. })
        | (Numeral::Group, Form::Group { .. }) => one(Value::Form(token.form)),
        (Numeral::PointClock, Form::Pair { a, b, sign: b'.' })
            if a.worth < 24 && b.worth < 60 && b.count == 2 =>
        {
            one(Value::Form(Form::Clock {
                minutes: a.worth * 60 + b.worth,
            }))
        }
        (Numeral::Roman, Form::Roman(worth)) => one(Value::Number(worth.into())),
        (Numeral::Day | Numeral::DayName | Numeral::DayDigits, Form::Whole { worth, digits })
            if digits <= 2 && (1..=31).contains(&worth) =>
        {
            one(Value::Number(worth.into()))
        }
        (
            Numeral::Day | Numeral::DayName | Numeral::DayDigits | Numeral::Ordinal,
            Form::Ordinal(worth),
        ) => {
            let fits = form == Numeral::Ordinal || (1..=31).contains(&worth);
            if fits {
                one(Value::Number(worth.into()))
            } else {
                Few::NONE
            }
        }
        (Numeral::Number, Form::Whole { worth, digits }) if digits <= 6 => {
            one(Value::Number(worth.into()))
        }
        (
            Numeral::Number,
            Form::Pair {
                a,
                b,
                sign: b'.' | b',',
            },
        ) if b.count <= 3 => {
            let scale = 10_i64.pow(3 - u32::from(b.count));
            let thousandths = i64::from(a.worth) * 1000 + i64::from(b.worth) * scale;
            one(Value::Thousandths(thousandths))
        }
        (
            Numeral::Number,
            Form::Grouped {
                mantissa, places, ..
            },
        ) => {
            let thousandths = match places {
                0..=3 => mantissa.saturating_mul(10_i64.pow(3 - u32::from(places))),
                _ => return Few::NONE,
            };
            one(Value::Thousandths(thousandths))
        }
        (_, Form::Word) => in_words(words, tokens, at, form),
        _ => Few::NONE,
    }
}

fn in_words(vocabulary: &Vocabulary, tokens: &[Token], at: usize, form: Numeral) -> Few {
    let words = Words { vocabulary, tokens };
    match form {
        Numeral::Number => words.cardinals(at),
        Numeral::Ordinal => words.ordinals(at),
        Numeral::Day | Numeral::DayName => {
            let mut days = Few::NONE;
            let cardinals = if form == Numeral::Day {
                words.cardinals(at)
            } else {
                Few::NONE
            };
            for (end, value) in words.ordinals(at).iter().chain(cardinals.iter()) {
                if matches!(value, Value::Number(1..=31)) {
                    days.push(end, value);
                }
            }
            days
        }
        Numeral::YearWords => words.years(at),
        Numeral::DecadeWords => words.decades(at),
        _ => Few::NONE,
    }
}

/// So many words at most stand between a number and what it counts.
const BEFORE_NOUN: usize = 4;

/// The words that a number before them counts, up to their noun.
fn counted(tokens: &[Token], at: usize) -> Few {
    let rest = tokens.get(at..).unwrap_or_default();
    let before = rest
        .iter()
        .take(BEFORE_NOUN)
        .take_while(|token| token.counted == Counted::Before)
        .count();
    match rest.get(before) {
        Some(noun) if noun.counted == Counted::Noun => Few::one(at + before + 1, Value::Number(0)),
        _ => Few::NONE,
    }
}
