//! Words, numbers and signs, as far as times and amounts need them told apart.
//!
//! This is not the tokeniser of the annotation: it reads plain text in one
//! pass, keeps forms such as `4/11/1998`, `031430Z` and `1970s` whole, and
//! leaves everything that no pattern can hold as one unknown word.

use quipu_packs::fold;

use super::vocabulary::{UNKNOWN, Vocabulary, WordId};

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
    /// A number with groups of thousands: all its digits, and how many of them
    /// stand behind the decimal sign; `only` is the sign of a single group,
    /// which may divide as well (`1.250`).
    Grouped {
        mantissa: i64,
        places: u8,
        only: Option<u8>,
    },
    /// A whole number of more digits than dates have.
    Long(i64),
    /// Roman numerals in capitals.
    Roman(i32),
    /// A sign.
    Sign(char),
    /// A word that no list holds, but that a number may count.
    Noun,
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
    /// It is the first of its line.
    pub(crate) first: bool,
    /// Its first letter is a capital.
    pub(crate) capital: bool,
    /// What it may be in a row of words that a number counts.
    pub(crate) counted: Counted,
}

/// What a word may be behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Counted {
    /// Nothing that a number counts.
    #[default]
    No,
    /// It says more of the noun that follows: "31 trapped miners".
    Before,
    /// The noun itself.
    Noun,
}

/// Reads tokens off a text.
pub(crate) struct Tokens<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    pub(super) words: &'a Vocabulary,
    /// Where the part of a broken run starts again.
    queue: Option<Token>,
    last_end: usize,
    folded: Vec<u8>,
}

/// Longer words are in no list.
const WORD_MAX: usize = 24;

impl<'a> Tokens<'a> {
    pub(crate) fn new(words: &'a Vocabulary, text: &'a str, start: usize, end: usize) -> Self {
        let end = end.min(text.len());
        Self {
            text,
            bytes: &text.as_bytes()[..end],
            at: start,
            words,
            queue: None,
            last_end: usize::MAX,
            folded: Vec::with_capacity(WORD_MAX),
        }
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    pub(super) fn char(&self, at: usize) -> Option<char> {
        self.text.get(at..self.bytes.len())?.chars().next()
    }

    pub(super) fn is_letter(&self, at: usize) -> bool {
        let byte = self.byte(at);
        byte.is_ascii_alphabetic()
            || (byte >= 0x80 && self.char(at).is_some_and(char::is_alphabetic))
    }

    pub(super) fn is_alphanumeric(&self, at: usize) -> bool {
        self.byte(at).is_ascii_digit() || self.is_letter(at)
    }

    pub(super) fn digits(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    pub(super) fn letters(&self, from: usize) -> usize {
        let mut at = from;
        while self.is_letter(at) {
            at += self.char(at).map_or(1, char::len_utf8);
        }
        at
    }

    /// The word between two places, as lists know it.
    pub(super) fn look_up(&mut self, from: usize, to: usize) -> WordId {
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
        self.words.word(&self.folded)
    }

    pub(super) fn make(&self, start: usize, end: usize, form: Form, word: WordId) -> Token {
        Token {
            start,
            end,
            form,
            word,
            hyphened: false,
            apart: false,
            first: false,
            capital: self.char(start).is_some_and(char::is_uppercase),
            counted: Counted::No,
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
                let word = self.words.word(&joined);
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
                let word = self.words.word(b"'s");
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
        if self.words.is_part(word) {
            return Form::Word;
        }
        roman(&self.bytes[start..end]).map_or(Form::Other, Form::Roman)
    }

    /// The end of a run of letters and digits.
    pub(super) fn run(&self, from: usize) -> usize {
        let mut at = from;
        while self.is_alphanumeric(at) {
            at += self.char(at).map_or(1, char::len_utf8);
        }
        at
    }

    /// `.6`: a point with digits behind it and no number before.
    fn leads_decimals(&self, at: usize) -> bool {
        let free = match at.checked_sub(1) {
            Some(before) => matches!(self.byte(before), b'$' | b' ' | b'\n' | b'\t' | b'('),
            None => true,
        };
        free && self.byte(at) == b'.' && self.byte(at + 1).is_ascii_digit()
    }

    /// Length of an apostrophe in bytes.
    pub(super) fn apostrophe(&self, at: usize) -> usize {
        match self.char(at) {
            Some('\'') => 1,
            Some(c @ ('’' | '‘')) => c.len_utf8(),
            _ => 0,
        }
    }
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
        let mut token = if byte.is_ascii_digit() || self.leads_decimals(start) {
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
            let word = self.words.word(c.encode_utf8(&mut [0; 4]).as_bytes());
            self.make(start, self.at, Form::Sign(c), word)
        };
        token.apart = lines > 1;
        token.first = lines > 0;
        self.last_end = token.end;
        Some(token)
    }
}
