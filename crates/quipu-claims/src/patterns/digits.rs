//! Numbers written in digits, with what is written close to them.

use super::token::{Digits, Form, Token, Tokens};
use super::vocabulary::{Suffix, UNKNOWN};

/// Longer numbers are no part of any date.
const DIGITS_MAX: usize = 8;
/// Longer numbers are names of something.
const LONG_MAX: usize = 15;

impl Tokens<'_> {
    pub(super) fn numeral(&mut self) -> Token {
        let start = self.at;
        if self.byte(start) == b'.' {
            return self.decimals(start);
        }
        let first = self.digits(start);
        if first - start > DIGITS_MAX {
            return self.long(start, first);
        }
        let a = self.number(start, first);
        if let Some(b) = self.char(first).and_then(part_of_one) {
            self.at = first + '½'.len_utf8();
            let form = Form::Pair { a, b, sign: b'.' };
            return self.make(start, self.at, form, UNKNOWN);
        }
        let sign = self.byte(first);
        // `1'250,000`
        if sign == b'\'' && a.count <= 3 && self.digits(first + 1) == first + 4 {
            return self.thousands(start, first, sign);
        }
        let mut end = first;
        let mut form = Form::Whole {
            worth: a.worth,
            digits: a.count,
        };
        if self.byte(first + 1).is_ascii_digit() {
            let second = self.digits(first + 1);
            if second - first > DIGITS_MAX {
                if matches!(sign, b'/' | b'.' | b'-' | b',' | b':') {
                    return self.swallow(start, second);
                }
            } else if matches!(sign, b',' | b'.') && second - first == 4 && a.count <= 3 {
                return self.thousands(start, first, sign);
            } else if sign == b':' {
                return self.clock(start, a, second);
            } else if matches!(sign, b'/' | b'-' | b'.' | b',') {
                let b = self.number(first + 1, second);
                if sign == b',' && b.count > 2 {
                    // `12,2016`: a day and a year.
                } else {
                    (form, end) = self.several(start, a, b, sign, second);
                    if form == Form::Other {
                        return self.swallow(start, end);
                    }
                }
            }
        }
        self.at = end;
        if let Form::Triple { .. } = form {
            // ISO 8601: `1998-11-04T18:30Z`; the day is what we keep.
            if self.byte(end) == b'T' && self.byte(end + 1).is_ascii_digit() {
                let rest = &self.bytes[end + 1..];
                let more = rest
                    .iter()
                    .take(24)
                    .take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'Z' | b'+'))
                    .count();
                self.at = end + 1 + more;
                return self.make(start, self.at, form, UNKNOWN);
            }
        }
        self.suffix(start, end, form)
    }

    /// `.6`
    fn decimals(&mut self, start: usize) -> Token {
        let end = self.digits(start + 1);
        let more = matches!(self.byte(end), b'.' | b',' | b'-' | b'/' | b':');
        if end - start > DIGITS_MAX || (more && self.byte(end + 1).is_ascii_digit()) {
            return self.swallow(start, end);
        }
        self.at = end;
        let form = Form::Pair {
            a: Digits { worth: 0, count: 1 },
            b: self.number(start + 1, end),
            sign: b'.',
        };
        self.suffix(start, end, form)
    }

    /// What may be written close after a number.
    fn suffix(&mut self, start: usize, end: usize, form: Form) -> Token {
        let mark = self.apostrophe(end);
        let (from, whole) = match form {
            Form::Whole { worth, digits } => (end + mark, Some((worth, digits))),
            _ => (end, None),
        };
        if mark > 0 && whole.is_none() || !self.is_letter(from) {
            if let (Some((worth, _)), Some('º' | 'ª' | '°')) = (whole, self.char(end)) {
                self.at = end + 'º'.len_utf8();
                return self.make(start, self.at, Form::Ordinal(worth), UNKNOWN);
            }
            return self.make(start, end, form, UNKNOWN);
        }
        let stop = self.letters(from);
        if let Some((worth, digits)) = whole {
            let word = self.look_up(from, stop);
            if self.words.is_suffix(word, Suffix::Decade) && (digits == 4 || digits == 2) {
                self.at = stop;
                return self.make(start, stop, Form::Decade { worth, digits }, UNKNOWN);
            }
            if mark > 0 {
                return self.make(start, end, form, UNKNOWN);
            }
            if self.words.is_suffix(word, Suffix::Ordinal) && digits <= 3 {
                self.at = stop;
                return self.make(start, stop, Form::Ordinal(worth), UNKNOWN);
            }
            // `º` is a letter to Unicode.
            if matches!(self.text.get(from..stop), Some("º" | "ª")) {
                self.at = stop;
                return self.make(start, stop, Form::Ordinal(worth), UNKNOWN);
            }
            if digits == 6
                && stop - from == 1
                && self.byte(from).is_ascii_alphabetic()
                && let Some(form) = group(worth)
            {
                self.at = stop;
                return self.make(start, stop, form, UNKNOWN);
            }
        }
        if self.look_up(from, stop) == UNKNOWN {
            let known_head = self.byte(stop).is_ascii_digit() && stop - from <= 2;
            if !known_head {
                let stop = self.run(from);
                self.at = stop;
                return self.make(start, stop, Form::Other, UNKNOWN);
            }
        }
        self.make(start, end, form, UNKNOWN)
    }

    /// Two or three numbers with the same sign between them.
    fn several(
        &self,
        start: usize,
        a: Digits,
        b: Digits,
        sign: u8,
        second: usize,
    ) -> (Form, usize) {
        let next = self.byte(second);
        // `2016-22/1/2016`: a year, then another date.
        if sign == b'-' && a.count == 4 && next == b'/' {
            let form = Form::Whole {
                worth: a.worth,
                digits: a.count,
            };
            return (form, start + usize::from(a.count));
        }
        let comma_year = sign == b'/' && next == b',';
        if (next == sign || comma_year) && sign != b',' && self.byte(second + 1).is_ascii_digit() {
            let third = self.digits(second + 1);
            if third - second > DIGITS_MAX {
                return (Form::Other, third);
            }
            let c = self.number(second + 1, third);
            if self.byte(third) == sign && self.byte(third + 1).is_ascii_digit() {
                return (Form::Other, third);
            }
            return (Form::Triple { a, b, c, sign }, third);
        }
        (Form::Pair { a, b, sign }, second)
    }

    /// `1,234,567.89`, `1'234,567.89`.
    fn thousands(&mut self, start: usize, first: usize, sign: u8) -> Token {
        let mut mantissa = i64::from(self.number(start, first).worth);
        let (mut at, mut groups, mut places, mut sign) = (first, 0, 0_u8, sign);
        let mut sound = true;
        let mut add = |mantissa: &mut i64, digits: Digits| {
            let made = mantissa
                .checked_mul(10_i64.pow(u32::from(digits.count.min(8))))
                .and_then(|n| n.checked_add(digits.worth.into()));
            sound &= made.is_some();
            *mantissa = made.unwrap_or_default();
        };
        while self.byte(at) == sign && self.digits(at + 1) == at + 4 && at - start < 24 {
            add(&mut mantissa, self.number(at + 1, at + 4));
            at += 4;
            groups += 1;
            // Millions are often marked apart from thousands.
            if sign == b'\'' && matches!(self.byte(at), b',' | b'.') {
                sign = self.byte(at);
            }
        }
        let decimal = match sign {
            b',' => b'.',
            b'.' => b',',
            _ => self.byte(at),
        };
        let end = self.digits(at + 1);
        let part = end - (at + 1).min(end);
        if matches!(decimal, b'.' | b',') && self.byte(at) == decimal && (1..=6).contains(&part) {
            add(&mut mantissa, self.number(at + 1, end));
            places = u8::try_from(part).unwrap_or(u8::MAX);
            at = end;
        }
        let more = matches!(self.byte(at), b'.' | b',' | b'-' | b'/' | b'\'');
        if !sound || (more && self.byte(at + 1).is_ascii_digit()) {
            return self.swallow(start, at);
        }
        self.at = at;
        let form = Form::Grouped {
            mantissa,
            places,
            only: (groups == 1 && places == 0 && sign != b'\'').then_some(sign),
        };
        self.suffix(start, at, form)
    }

    /// A run of digits that is too long for a date.
    fn long(&mut self, start: usize, end: usize) -> Token {
        let joined = matches!(self.byte(end), b'.' | b',' | b'-' | b'/' | b':' | b'\'')
            && self.is_alphanumeric(end + 1);
        let digits = self.text.get(start..end).unwrap_or_default();
        match digits.parse() {
            Ok(worth) if digits.len() <= LONG_MAX && !joined && !self.is_letter(end) => {
                self.at = end;
                self.make(start, end, Form::Long(worth), UNKNOWN)
            }
            _ => self.swallow(start, end),
        }
    }

    fn clock(&mut self, start: usize, hours: Digits, second: usize) -> Token {
        let minutes = self.number(start + usize::from(hours.count) + 1, second);
        let mut end = second;
        if self.byte(end) == b':' && self.byte(end + 1).is_ascii_digit() {
            end = self.digits(end + 1);
        }
        self.at = end;
        let sound = hours.worth <= 24 && minutes.worth < 60 && minutes.count == 2;
        if !sound {
            return self.swallow(start, end);
        }
        let form = Form::Clock {
            minutes: hours.worth * 60 + minutes.worth,
        };
        self.suffix(start, end, form)
    }

    /// A run of digits, letters and signs that is no number of ours.
    fn swallow(&mut self, start: usize, from: usize) -> Token {
        let mut at = from;
        while self.is_alphanumeric(at)
            || (matches!(self.byte(at), b'.' | b',' | b'-' | b'/' | b':')
                && self.is_alphanumeric(at + 1))
        {
            at += self.char(at).map_or(1, char::len_utf8);
        }
        self.at = at;
        self.make(start, at, Form::Other, UNKNOWN)
    }
    fn number(&self, from: usize, to: usize) -> Digits {
        let mut worth = 0_i32;
        for byte in &self.bytes[from..to] {
            worth = worth
                .saturating_mul(10)
                .saturating_add(i32::from(byte - b'0'));
        }
        Digits {
            worth,
            count: u8::try_from(to - from).unwrap_or(u8::MAX),
        }
    }
}

/// `½` in decimals.
fn part_of_one(c: char) -> Option<Digits> {
    let (worth, count) = match c {
        '½' => (5, 1),
        '¼' => (25, 2),
        '¾' => (75, 2),
        _ => return None,
    };
    Some(Digits { worth, count })
}

fn group(worth: i32) -> Option<Form> {
    let (day, hour, minute) = (worth / 10_000, worth / 100 % 100, worth % 100);
    let fits = (1..=31).contains(&day) && hour < 24 && minute < 60;
    let byte = |n: i32| u8::try_from(n).ok();
    fits.then_some(Form::Group {
        day: byte(day)?,
        hour: byte(hour)?,
        minute: byte(minute)?,
    })
}
