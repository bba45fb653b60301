//! Numbers in digits and words, in the forms that dates ask for.

use super::machine::{Machine, Numeral};
use super::primitive::Value;
use super::token::{Form, Token};

/// A few ways to end, each with what it is worth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Few {
    ends: [(usize, Value); 4],
    count: usize,
}

impl Few {
    const NONE: Self = Self {
        ends: [(0, Value::Number(0)); 4],
        count: 0,
    };

    fn one(end: usize, value: Value) -> Self {
        let mut made = Self::NONE;
        made.push(end, value);
        made
    }

    fn push(&mut self, end: usize, value: Value) {
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
pub(crate) fn numerals(machine: &Machine, tokens: &[Token], at: usize, form: Numeral) -> Few {
    let Some(token) = tokens.get(at) else {
        return Few::NONE;
    };
    let next = at + 1;
    let one = |value| Few::one(next, value);
    match (form, token.form) {
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
        (Numeral::Number, Form::Amount { thousandths }) => one(Value::Thousandths(thousandths)),
        (_, Form::Word) => in_words(machine, tokens, at, form),
        _ => Few::NONE,
    }
}

fn in_words(machine: &Machine, tokens: &[Token], at: usize, form: Numeral) -> Few {
    let words = Words { machine, tokens };
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

/// Number words of a language.
struct Words<'a> {
    machine: &'a Machine,
    tokens: &'a [Token],
}

impl Words<'_> {
    fn number(&self, at: usize) -> Option<i64> {
        let token = self.tokens.get(at)?;
        self.machine.worth(token.word, self.machine.known.number)
    }

    fn ordinal(&self, at: usize) -> Option<i64> {
        let token = self.tokens.get(at)?;
        self.machine.worth(token.word, self.machine.known.ordinal)
    }

    /// After an "and" between parts of a number, if there is one.
    fn glue(&self, at: usize) -> usize {
        let glue = self.tokens.get(at).and_then(|token| {
            self.machine
                .worth(token.word, self.machine.known.number_glue)
        });
        at + usize::from(glue.is_some())
    }

    /// `twenty`, `twenty-one`, `treinta y uno`: each end, shortest first.
    fn below_hundred(&self, at: usize) -> [Option<(usize, i64)>; 2] {
        match self.number(at) {
            Some(tens @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90)) => {
                let next = self.glue(at + 1);
                let unit = self.number(next).filter(|unit| (1..=9).contains(unit));
                [
                    Some((at + 1, tens)),
                    unit.map(|unit| (next + 1, tens + unit)),
                ]
            }
            Some(small @ 1..=29) => [Some((at + 1, small)), None],
            _ => [None, None],
        }
    }

    /// The longest number below a thousand.
    fn below_thousand(&self, at: usize) -> Option<(usize, i64)> {
        let [short, long] = self.below_hundred(at);
        let small = long.or(short);
        let (end, hundreds) = match (small, self.number(at)) {
            (Some((end, n @ 1..=9)), _) if self.number(end) == Some(100) => (end + 1, n * 100),
            (Some(_), _) => return small,
            (None, Some(n @ 100..=900)) => (at + 1, n),
            _ => return None,
        };
        let next = self.glue(end);
        let [short, long] = self.below_hundred(next);
        match long.or(short) {
            Some((after, rest)) => Some((after, hundreds + rest)),
            None => Some((end, hundreds)),
        }
    }

    fn cardinals(&self, at: usize) -> Few {
        let mut few = Few::NONE;
        let [short, long] = self.below_hundred(at);
        for (end, worth) in [short, long].into_iter().flatten() {
            few.push(end, Value::Number(worth));
        }
        let start = match self.below_thousand(at) {
            Some((end, worth)) => {
                if worth >= 100 {
                    few.push(end, Value::Number(worth));
                }
                Some((end, worth))
            }
            // `mil novecientos` has no "one" before the thousand.
            None => (self.number(at) == Some(1000)).then_some((at, 1)),
        };
        if let Some((end, worth)) = start
            && self.number(end) == Some(1000)
        {
            let thousands = worth * 1000;
            let next = self.glue(end + 1);
            match self.below_thousand(next) {
                Some((after, rest)) => few.push(after, Value::Number(thousands + rest)),
                None => few.push(end + 1, Value::Number(thousands)),
            }
        }
        few
    }

    /// `twenty-first`, `vigésimo segundo`.
    fn ordinals(&self, at: usize) -> Few {
        let mut few = Few::NONE;
        if let Some(worth) = self.ordinal(at) {
            few.push(at + 1, Value::Number(worth));
            if worth % 10 == 0
                && let Some(unit) = self.ordinal(at + 1).filter(|unit| (1..=9).contains(unit))
            {
                few.push(at + 2, Value::Number(worth + unit));
            }
        }
        if let Some(tens) = self.number(at)
            && (20..=90).contains(&tens)
            && tens % 10 == 0
            && let Some(unit) = self.ordinal(at + 1).filter(|unit| (1..=9).contains(unit))
        {
            few.push(at + 2, Value::Number(tens + unit));
        }
        few
    }

    /// `nineteen ninety-nine`, `two thousand and eighteen`.
    fn years(&self, at: usize) -> Few {
        let mut few = Few::NONE;
        for (end, value) in self.cardinals(at).iter() {
            if matches!(value, Value::Number(n) if (1000..2200).contains(&n)) {
                few.push(end, value);
            }
        }
        if let Some((end, century)) = self.century(at) {
            let zero = self
                .tokens
                .get(end)
                .and_then(|token| self.machine.worth(token.word, self.machine.known.zero));
            if zero.is_some()
                && let Some(unit) = self.number(end + 1).filter(|unit| (1..=9).contains(unit))
            {
                few.push(end + 2, Value::Number(century * 100 + unit));
            }
            let [short, long] = self.below_hundred(end);
            if let Some((after, rest)) = long.or(short).filter(|(_, rest)| *rest >= 10) {
                few.push(after, Value::Number(century * 100 + rest));
            }
        }
        few
    }

    /// The first half of a year in words.
    fn century(&self, at: usize) -> Option<(usize, i64)> {
        match self.number(at) {
            Some(n @ 10..=21) if n != 100 => Some((at + 1, n)),
            _ => None,
        }
    }

    /// `seventies` gives 70, `nineteen seventies` 1970.
    fn decades(&self, at: usize) -> Few {
        let word = |at: usize| {
            let token = self.tokens.get(at)?;
            self.machine
                .worth(token.word, self.machine.known.decade_word)
        };
        let mut few = Few::NONE;
        // "Tens" and "thousands" alone count something.
        if let Some(tens) = word(at).filter(|tens| (20..=90).contains(tens) || *tens == 2000) {
            few.push(at + 1, Value::Number(tens));
        }
        if let Some((end, century)) = self.century(at)
            && let Some(tens @ 10..=90) = word(end)
        {
            few.push(end + 1, Value::Number(century * 100 + tens));
        }
        if self.number(at) == Some(2)
            && let Some(1000) = self.number(at + 1)
            && let Some(tens @ 10..=90) = word(self.glue(at + 2))
        {
            few.push(self.glue(at + 2) + 1, Value::Number(2000 + tens));
        }
        if self.number(at) == Some(2) && word(at + 1) == Some(1000) {
            few.push(at + 2, Value::Number(2000));
        }
        few
    }
}
