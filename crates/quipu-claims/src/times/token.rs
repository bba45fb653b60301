//! Words, numbers and signs, as far as times need them told apart.
//!
//! This is not the tokeniser of the annotation: it reads plain text in one
//! pass, keeps forms such as `4/11/1998`, `031430Z` and `1970s` whole, and
//! leaves everything that no time can hold as one unknown word.

use quipu_packs::fold;

use super::machine::{Machine, UNKNOWN, WordId};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A word that patterns or classes know.
    Word,
    /// Digits alone: worth and count.
    Whole { worth: i32, digits: u8 },
    /// `27th`, `1º`.
    Ordinal(i32),
    /// `1970s`, `70's`: worth and count of digits.
    Decade { worth: i32, digits: u8 },
    /// Two numbers with a sign between: `4/22`, `3.5`, `1988-89`, `3/2015`.
    Pair { a: Digits, b: Digits, sign: u8 },
    /// Three: `4/11/1998`, `1998-11-04`.
    Triple {
        a: Digits,
        b: Digits,
        c: Digits,
        sign: u8,
    },
    /// `14:30`, with minutes from midnight.
    Clock { minutes: i32 },
    /// Day, hour and minute of a telegram: `031430Z`.
    Group { day: u8, hour: u8, minute: u8 },
    /// A number with groups of thousands or more digits than a date has.
    Amount { thousandths: i64 },
    /// Roman numerals in capitals.
    Roman(i32),
    /// A sign.
    Sign(char),
    /// Nothing a time holds.
    Other,
}

/// A number and how many digits it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digits {
    pub(crate) worth: i32,
    pub(crate) count: u8,
}

/// A word, number or sign in its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) form: Form,
    pub(crate) word: WordId,
    /// A hyphen joins it to what stands before.
    pub(crate) hyphened: bool,
    /// An empty line or more stands before it.
    pub(crate) apart: bool,
    /// Its first letter is a capital.
    pub(crate) capital: bool,
}

/// Reads tokens off a text.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    machine: &'a Machine,
    /// Where the part of a broken run starts again.
    queue: Option<Token>,
    last_end: usize,
    folded: Vec<u8>,
}

/// Longer numbers are no part of any date.
const DIGITS_MAX: usize = 8;
/// Longer words are in no list.
const WORD_MAX: usize = 24;

impl<'a> Tokens<'a> {
    pub(crate) fn new(machine: &'a Machine, text: &'a str, start: usize, end: usize) -> Self {
        let end = end.min(text.len());
        Self {
            text,
            bytes: &text.as_bytes()[..end],
            at: start,
            machine,
            queue: None,
            last_end: usize::MAX,
            folded: Vec::with_capacity(WORD_MAX),
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn char(&self, at: usize) -> Option<char> {
        self.text.get(at..self.bytes.len())?.chars().next()
    }

    fn is_letter(&self, at: usize) -> bool {
        let byte = self.byte(at);
        byte.is_ascii_alphabetic()
            || (byte >= 0x80 && self.char(at).is_some_and(char::is_alphabetic))
    }

    fn is_alphanumeric(&self, at: usize) -> bool {
        self.byte(at).is_ascii_digit() || self.is_letter(at)
    }

    fn digits(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    fn letters(&self, from: usize) -> usize {
        let mut at = from;
        while self.is_letter(at) {
            at += self.char(at).map_or(1, char::len_utf8);
        }
        at
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

    /// The word between two places, as lists know it.
    fn look_up(&mut self, from: usize, to: usize) -> WordId {
        if to - from > WORD_MAX {
            return UNKNOWN;
        }
        self.folded.clear();
        let all = self.bytes;
        let bytes = &all[from..to];
        if bytes.is_ascii() {
            self.folded.extend(bytes.iter().map(u8::to_ascii_lowercase));
        } else {
            for c in self.text.get(from..to).unwrap_or_default().chars() {
                let mut room = [0; 4];
                self.folded
                    .extend(fold::base(c).encode_utf8(&mut room).as_bytes());
            }
        }
        self.machine.word(&self.folded)
    }

    fn make(&self, start: usize, end: usize, form: Form, word: WordId) -> Token {
        Token {
            start,
            end,
            form,
            word,
            hyphened: false,
            apart: false,
            capital: self.char(start).is_some_and(char::is_uppercase),
        }
    }

    /// A word, with what belongs to it: `o'clock`, `a.m.`.
    fn word(&mut self) -> Token {
        let start = self.at;
        let mut end = self.letters(start);
        // Letters with full stops between: `a.m.`, `U.S.`.
        if self.byte(end) == b'.' && end - start == 1 && self.is_letter(end + 1) {
            let mut joined = vec![self.byte(start).to_ascii_lowercase()];
            let mut at = end;
            while self.byte(at) == b'.'
                && self.byte(at + 1).is_ascii_alphabetic()
                && !self.is_letter(at + 2)
            {
                joined.push(self.byte(at + 1).to_ascii_lowercase());
                at += 2;
            }
            if joined.len() > 1 {
                if self.byte(at) == b'.' {
                    at += 1;
                }
                let word = self.machine.word(&joined);
                self.at = at;
                let form = self.form_of(word, start, at);
                return self.make(start, at, form, word);
            }
        }
        let mark = self.apostrophe(end);
        if mark > 0 && self.is_letter(end + mark) {
            let rest = self.letters(end + mark);
            let possessive =
                rest - (end + mark) == 1 && self.byte(end + mark).eq_ignore_ascii_case(&b's');
            if possessive {
                let word = self.machine.word(b"'s");
                let token = self.make(end, rest, Form::Word, word);
                self.queue = Some(token);
            } else {
                end = rest;
            }
        }
        let word = self.look_up(start, end);
        self.at = end;
        if let Some(next) = self.queue {
            self.at = next.end;
        } else if self.byte(end).is_ascii_digit() {
            // `Oct2`, `Q3`, but not `A1234B`.
            let stop = self.digits(end);
            if word == UNKNOWN || self.is_letter(stop) || stop - end > 4 {
                let stop = self.run(end);
                self.at = stop;
                return self.make(start, stop, Form::Other, UNKNOWN);
            }
        }
        let form = self.form_of(word, start, end);
        self.make(start, end, form, word)
    }

    fn form_of(&self, word: WordId, start: usize, end: usize) -> Form {
        if self.machine.is_part(word) {
            return Form::Word;
        }
        roman(&self.bytes[start..end]).map_or(Form::Other, Form::Roman)
    }

    /// The end of a run of letters and digits.
    fn run(&self, from: usize) -> usize {
        let mut at = from;
        while self.is_alphanumeric(at) {
            at += self.char(at).map_or(1, char::len_utf8);
        }
        at
    }

    /// Length of an apostrophe in bytes.
    fn apostrophe(&self, at: usize) -> usize {
        match self.char(at) {
            Some('\'') => 1,
            Some(c @ ('’' | '‘')) => c.len_utf8(),
            _ => 0,
        }
    }

    fn numeral(&mut self) -> Token {
        let start = self.at;
        let first = self.digits(start);
        if first - start > DIGITS_MAX {
            return self.swallow(start, first);
        }
        let a = self.number(start, first);
        let sign = self.byte(first);
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
            if self.machine.is_suffix(word, Suffix::Decade) && (digits == 4 || digits == 2) {
                self.at = stop;
                return self.make(start, stop, Form::Decade { worth, digits }, UNKNOWN);
            }
            if mark > 0 {
                return self.make(start, end, form, UNKNOWN);
            }
            if self.machine.is_suffix(word, Suffix::Ordinal) && digits <= 3 {
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

    /// `1,234,567.89`.
    fn thousands(&mut self, start: usize, first: usize, sign: u8) -> Token {
        let mut worth = i64::from(self.number(start, first).worth);
        let mut at = first;
        while self.byte(at) == sign && self.digits(at + 1) == at + 4 && at - start < 24 {
            let group = self.number(at + 1, at + 4);
            worth = worth
                .saturating_mul(1000)
                .saturating_add(i64::from(group.worth));
            at += 4;
        }
        let decimal = if sign == b',' { b'.' } else { b',' };
        if self.byte(at) == decimal && self.byte(at + 1).is_ascii_digit() {
            at = self.digits(at + 1);
        }
        if matches!(self.byte(at), b'.' | b',' | b'-' | b'/') && self.byte(at + 1).is_ascii_digit()
        {
            return self.swallow(start, at);
        }
        self.at = at;
        let form = Form::Amount {
            thousandths: worth.saturating_mul(1000),
        };
        self.suffix(start, at, form)
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
}

/// What a number may end in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suffix {
    /// `th`.
    Ordinal,
    /// `s`.
    Decade,
}

/// The worth of Roman numerals of centuries and months.
fn roman(letters: &[u8]) -> Option<i32> {
    if letters.is_empty() || letters.len() > 5 {
        return None;
    }
    let mut worth = 0;
    let mut before = 0;
    for letter in letters.iter().rev() {
        let own = match letter {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            _ => return None,
        };
        worth += if own < before { -own } else { own };
        before = before.max(own);
    }
    Some(worth)
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

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(token) = self.queue.take() {
            self.last_end = token.end;
            return Some(token);
        }
        let mut lines = 0;
        loop {
            match self.byte(self.at) {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\n' => {
                    lines += 1;
                    self.at += 1;
                }
                0xC2 if self.byte(self.at + 1) == 0xA0 => self.at += 2,
                _ => break,
            }
        }
        let start = self.at;
        let byte = *self.bytes.get(start)?;
        let mut token = if byte.is_ascii_digit() {
            self.numeral()
        } else if self.is_letter(start) {
            self.word()
        } else {
            let c = self.char(start)?;
            self.at += c.len_utf8();
            let c = match c {
                '’' | '‘' | '`' => '\'',
                '–' | '—' | '‑' | '−' | '‒' => '-',
                other => other,
            };
            let before =
                self.last_end == start && self.text[..start].ends_with(char::is_alphanumeric);
            // A hyphen close to a word joins; between two numbers it is a sign.
            if c == '-' && self.byte(start) == b'-' && before {
                let numbers = self.byte(start.wrapping_sub(1)).is_ascii_digit()
                    && self.byte(self.at).is_ascii_digit();
                let joins = self.is_alphanumeric(self.at)
                    || (self.byte(self.at) == b' ' && self.is_letter(self.at + 1));
                if joins && !numbers {
                    self.last_end = self.at;
                    let next = self.next()?;
                    return Some(Token {
                        hyphened: true,
                        apart: false,
                        ..next
                    });
                }
            }
            self.make(start, self.at, Form::Sign(c), UNKNOWN)
        };
        token.apart = lines > 1;
        self.last_end = token.end;
        Some(token)
    }
}
