//! Numbers in words: `twenty-one`, `mil novecientos`.

use super::numeral::Few;
use super::slots::Value;
use super::token::Token;
use super::vocabulary::Vocabulary;

/// Number words of a language.
pub(crate) struct Words<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) tokens: &'a [Token],
}

impl Words<'_> {
    pub(crate) fn number(&self, at: usize) -> Option<i64> {
        let token = self.tokens.get(at)?;
        self.vocabulary
            .worth(token.word, self.vocabulary.numbers.number)
    }

    fn ordinal(&self, at: usize) -> Option<i64> {
        let token = self.tokens.get(at)?;
        self.vocabulary
            .worth(token.word, self.vocabulary.numbers.ordinal)
    }

    /// After an "and" between parts of a number, if there is one.
    pub(crate) fn glue(&self, at: usize) -> usize {
        let glue = self.tokens.get(at).and_then(|token| {
            self.vocabulary
                .worth(token.word, self.vocabulary.numbers.number_glue)
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
    pub(crate) fn below_thousand(&self, at: usize) -> Option<(usize, i64)> {
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

    pub(crate) fn cardinals(&self, at: usize) -> Few {
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
    pub(crate) fn ordinals(&self, at: usize) -> Few {
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
    pub(crate) fn years(&self, at: usize) -> Few {
        let mut few = Few::NONE;
        for (end, value) in self.cardinals(at).iter() {
            if matches!(value, Value::Number(n) if (1000..2200).contains(&n)) {
                few.push(end, value);
            }
        }
        if let Some((end, century)) = self.century(at) {
            let zero = self.tokens.get(end).and_then(|token| {
                self.vocabulary
                    .worth(token.word, self.vocabulary.numbers.zero)
            });
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
    pub(crate) fn decades(&self, at: usize) -> Few {
        let word = |at: usize| {
            let token = self.tokens.get(at)?;
            self.vocabulary
                .worth(token.word, self.vocabulary.numbers.decade_word)
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
