//! Numbers, sizes and dates as a language writes them.

use fluent_bundle::FluentArgs;

use crate::words::{Language, Words};

/// A whole number of whatever width, by value or by reference.
pub trait Figure {
    /// The number.
    fn figure(self) -> u64;
}

macro_rules! figures {
    ($($number:ty),*) => {$(
        impl Figure for $number {
            fn figure(self) -> u64 {
                self as u64
            }
        }
    )*};
}
figures!(u8, u32, u64, usize);

// Templates hand over references, and references to them.
impl<N: Figure + Copy> Figure for &N {
    fn figure(self) -> u64 {
        (*self).figure()
    }
}

impl Words {
    /// A whole number: `12,345` in English, `12 345` in Spanish, where four
    /// digits stay together (Ortografía de la RAE).
    #[must_use]
    pub fn number(&self, number: impl Figure) -> String {
        let digits = number.figure().to_string();
        let (sign, least) = match self.language {
            Language::En => (',', 4),
            // A narrow no-break space.
            Language::Es => ('\u{202f}', 5),
        };
        if digits.len() < least {
            return digits;
        }
        let mut written = String::with_capacity(digits.len() * 2);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                written.push(sign);
            }
            written.push(digit);
        }
        written
    }

    /// What parts the whole of a number from its parts.
    #[must_use]
    pub const fn decimal_point(&self) -> char {
        match self.language {
            Language::En => '.',
            Language::Es => ',',
        }
    }

    /// A size in bytes, in the largest unit that leaves at least one of it.
    #[must_use]
    pub fn size(&self, bytes: impl Figure) -> String {
        let units = ["kB", "MB", "GB", "TB"];
        let bytes = bytes.figure();
        if bytes < 1000 {
            return format!("{}\u{a0}B", self.number(bytes));
        }
        let mut tenths = bytes / 100;
        let mut unit = 0;
        while tenths >= 10_000 && unit + 1 < units.len() {
            tenths /= 1000;
            unit += 1;
        }
        let name = units.get(unit).copied().unwrap_or_default();
        if tenths >= 100 {
            return format!("{}\u{a0}{name}", self.number(tenths / 10));
        }
        let point = self.decimal_point();
        format!("{}{point}{}\u{a0}{name}", tenths / 10, tenths % 10)
    }

    /// A date of EDTF (ISO 8601-2) in words; anything else as it stands.
    #[must_use]
    pub fn date(&self, edtf: &str) -> String {
        self.try_date(edtf.trim())
            .unwrap_or_else(|| edtf.to_owned())
    }

    fn try_date(&self, edtf: &str) -> Option<String> {
        if edtf.len() > 64 {
            return None;
        }
        if let Some((from, to)) = edtf.split_once('/') {
            let mut args = FluentArgs::new();
            return match (from, to) {
                ("" | "..", to) => {
                    args.set("date", self.one_date(to)?);
                    self.message("date-until", Some(&args))
                }
                (from, "" | "..") => {
                    args.set("date", self.one_date(from)?);
                    self.message("date-since", Some(&args))
                }
                (from, to) => {
                    args.set("from", self.one_date(from)?);
                    args.set("to", self.one_date(to)?);
                    self.message("date-range", Some(&args))
                }
            };
        }
        self.one_date(edtf)
    }

    fn one_date(&self, edtf: &str) -> Option<String> {
        let (date, doubt) = match edtf.char_indices().last()? {
            (at, '~') => (edtf.get(..at)?, Some("date-about")),
            (at, '?') => (edtf.get(..at)?, Some("date-perhaps")),
            (at, '%') => (edtf.get(..at)?, Some("date-about")),
            _ => (edtf, None),
        };
        let (day, time) = match date.split_once('T') {
            Some((day, time)) => (day, Some(time)),
            None => (date, None),
        };
        let mut words = self.calendar(day)?;
        if let Some(time) = time {
            // Hours and minutes; seconds are of no use to a reader.
            let minutes = time
                .get(..5)
                .filter(|t| t.as_bytes().get(2) == Some(&b':'))?;
            let zone = if time.ends_with('Z') { "\u{a0}UTC" } else { "" };
            words = format!("{words}, {minutes}{zone}");
        }
        match doubt {
            None => Some(words),
            Some(key) => {
                let mut args = FluentArgs::new();
                args.set("date", words);
                self.message(key, Some(&args))
            }
        }
    }

    fn calendar(&self, date: &str) -> Option<String> {
        let mut parts = date.split('-');
        let year = parts.next().filter(|year| year.len() == 4)?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let mut args = FluentArgs::new();
        if !digits(year) {
            let decade = year.strip_suffix('X').filter(|rest| digits(rest))?;
            args.set("year", format!("{decade}0"));
            return self.message("date-decade", Some(&args));
        }
        args.set("year", year.to_owned());
        let Some(month) = parts.next() else {
            return Some(year.to_owned());
        };
        if !digits(month) || month.len() != 2 {
            return None;
        }
        args.set("month", self.message(&format!("month-{month}"), None)?);
        let Some(day) = parts.next() else {
            return self.message("date-month", Some(&args));
        };
        if !digits(day) || day.len() != 2 || parts.next().is_some() {
            return None;
        }
        args.set("day", day.trim_start_matches('0').to_owned());
        self.message("date-day", Some(&args))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Words = Words {
        language: Language::En,
    };
    const ES: Words = Words {
        language: Language::Es,
    };

    #[test]
    fn numbers_and_sizes_follow_the_language() {
        assert_eq!(EN.number(1_234_567u64), "1,234,567");
        assert_eq!(ES.number(1_234_567u64), "1\u{202f}234\u{202f}567");
        assert_eq!(
            (EN.number(1234u64), ES.number(1234u64)),
            ("1,234".into(), "1234".into())
        );
        assert_eq!(EN.size(999u64), "999\u{a0}B");
        assert_eq!(ES.size(1_540_000u64), "1,5\u{a0}MB");
        assert_eq!(EN.size(15_400_000u64), "15\u{a0}MB");
    }

    #[test]
    fn dates_are_said_in_words() {
        assert_eq!(EN.date("2010-12-16"), "16 December 2010");
        assert_eq!(ES.date("2010-12-16"), "16 de diciembre de 2010");
        assert_eq!(EN.date("1988/1989"), "1988–1989");
        assert_eq!(ES.date("../1985-05"), "hasta mayo de 1985");
        assert_eq!(EN.date("1988~"), "about 1988");
        assert_eq!(EN.date("197X"), "1970s");
        assert_eq!(ES.date("197X"), "años 1970");
        assert_eq!(
            EN.date("1979-03-02T14:30:00Z"),
            "2 March 1979, 14:30\u{a0}UTC"
        );
        for other in [
            "",
            "yesterday",
            "1988-13",
            "1988-1-1",
            "Ñ",
            "1988-06-31-01",
            "/",
        ] {
            assert_eq!(EN.date(other), other);
        }
    }
}
