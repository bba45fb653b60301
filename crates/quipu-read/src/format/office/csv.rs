//! Comma-separated values and their kin (RFC 4180 and what is about).

use std::borrow::Cow;

use quipu_model::{Notice, NoticeLevel};

use super::number_format::Kind;
use super::sheet::{SheetCell, SheetRow, Sheets};
use crate::draft::{Draft, Scribe};
use crate::format::text::charset;
use crate::input::{Input, Tools, Watcher};

/// Name and version of this reader.
const READER: &str = "csv 1";

/// Records looked at to tell the separator.
const LOOK_RECORDS: usize = 200;

/// A quoted field longer than this is a stray quote.
const QUOTED_BYTES_MAX: usize = 1 << 20;

/// Columns of one row; more than any sheet has.
const COLUMNS_MAX: usize = 1 << 14;

/// Separators, the surest first: a decimal comma must not win over them.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];

/// Reads a table of plain text.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let decoded = charset::decode(input.bytes, None);
    let mut notices = decoded.notices;
    let mut scribe = Scribe::new(READER, tools.limits.text_bytes);
    let text = decoded.text.as_ref();
    let (text, separator) = match told_separator(text) {
        Some((rest, separator)) => (rest, separator),
        None => (text, separator(text)),
    };
    let mut sheets = Sheets::new(&mut scribe);
    sheets.begin(1, "", false);
    let mut records = Records::new(text, separator);
    let mut number = 0;
    let mut fields: Vec<Cow<'_, str>> = Vec::new();
    while records.next(&mut fields) && !sheets.is_full() {
        number += 1;
        if number % 4096 == 0 {
            watcher.step(number, 0);
        }
        let cells = fields.iter().enumerate().filter_map(|(i, field)| {
            let words = field.trim();
            (!words.is_empty()).then(|| SheetCell {
                column: u32::try_from(i + 1).unwrap_or(u32::MAX),
                columns: 1,
                kind: kind(words),
                words: words.to_owned(),
                hidden: false,
                link: None,
            })
        });
        sheets.row(SheetRow {
            number,
            hidden: false,
            cells: cells.collect(),
        });
    }
    sheets.end();
    sheets.notices("csv", &mut notices);
    if records.stray {
        notices.push(
            Notice::new(
                NoticeLevel::Damaged,
                "csv.stray-quote",
                "A quotation mark is never closed; from there on marks were read as letters.",
            )
            .next("Compare the columns with the file as a spreadsheet program shows it."),
        );
    }
    Draft {
        transcript: scribe.finish(),
        notices,
        ..Draft::default()
    }
}

/// The separator a first line `sep=;` states, as spreadsheet programs do.
fn told_separator(text: &str) -> Option<(&str, u8)> {
    let rest = text
        .strip_prefix("sep=")
        .or_else(|| text.strip_prefix("SEP="))?;
    let separator = *rest.as_bytes().first().filter(|byte| byte.is_ascii())?;
    let rest = rest.get(1..)?;
    let rest = rest.strip_prefix('\r').unwrap_or(rest);
    Some((rest.strip_prefix('\n')?, separator))
}

/// The separator by which most records have the same number of fields.
fn separator(text: &str) -> u8 {
    let mut best = (0.0, b',');
    for separator in SEPARATORS {
        let mut records = Records::new(text, separator);
        let mut fields = Vec::new();
        let mut counts = Vec::new();
        while counts.len() < LOOK_RECORDS && records.next(&mut fields) {
            if fields.len() > 1 || fields.iter().any(|field| !field.trim().is_empty()) {
                counts.push(fields.len());
            }
        }
        let mut sorted = counts.clone();
        sorted.sort_unstable();
        let common = sorted
            .chunk_by(|a, b| a == b)
            .filter(|run| run.first().is_some_and(|count| *count > 1))
            .max_by_key(|run| (run.len(), run.first().copied()));
        let Some(common) = common else { continue };
        let agree = common.len() as f64 / counts.len().max(1) as f64;
        // Ragged rows happen; a separator that is rarely there is none.
        if agree > best.0 + 0.05 && agree > 0.3 {
            best = (agree, separator);
        }
    }
    best.1
}

/// Whether a field holds a number or a date, as far as signs can tell.
fn kind(words: &str) -> Kind {
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    if digits == 0 || letters > 3 || digits < letters {
        return Kind::Words;
    }
    if letters == 0 && words.bytes().filter(|b| matches!(b, b'-' | b'/')).count() == 2 {
        return Kind::Date;
    }
    Kind::Number
}

/// Reads records one by one.
struct Records<'a> {
    text: &'a str,
    at: usize,
    separator: u8,
    /// Whether a quote was never closed; after that quotes are letters.
    stray: bool,
}

impl<'a> Records<'a> {
    const fn new(text: &'a str, separator: u8) -> Self {
        Self {
            text,
            at: 0,
            separator,
            stray: false,
        }
    }

    /// The fields of the next record; `false` at the end.
    fn next(&mut self, fields: &mut Vec<Cow<'a, str>>) -> bool {
        fields.clear();
        if self.at >= self.text.len() {
            return false;
        }
        loop {
            let (field, more) = self.field();
            if fields.len() < COLUMNS_MAX {
                fields.push(field);
            }
            if !more {
                return true;
            }
        }
    }

    /// The next field, and whether another follows in the record.
    fn field(&mut self) -> (Cow<'a, str>, bool) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !self.stray && rest.starts_with('"') {
            if let Some((field, length)) = quoted(rest, self.separator) {
                self.at += length;
                return (field, self.step_over());
            }
            self.stray = true;
        }
        let bytes = rest.as_bytes();
        let end = memchr::memchr3(self.separator, b'\n', b'\r', bytes).unwrap_or(bytes.len());
        self.at += end;
        let field = rest.get(..end).unwrap_or_default();
        (Cow::Borrowed(field), self.step_over())
    }

    /// Steps over a separator or line end; says whether it was a separator.
    fn step_over(&mut self) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        match rest {
            [byte, ..] if *byte == self.separator => {
                self.at += 1;
                true
            }
            [b'\r', b'\n', ..] => {
                self.at += 2;
                false
            }
            [_, ..] => {
                self.at += 1;
                false
            }
            [] => false,
        }
    }
}

/// A field in quotes with its length, quotes included; `None` when the quote
/// is not closed where a field may end.
fn quoted(rest: &str, separator: u8) -> Option<(Cow<'_, str>, usize)> {
    let bytes = rest.as_bytes();
    let bound = bytes.len().min(QUOTED_BYTES_MAX);
    let mut at = 1;
    let mut doubled = false;
    loop {
        let found = memchr::memchr(b'"', bytes.get(at..bound)?)?;
        at += found;
        match bytes.get(at + 1) {
            Some(b'"') => {
                doubled = true;
                at += 2;
            }
            Some(byte) if *byte != separator && !matches!(byte, b'\n' | b'\r') => {
                // A quote inside a field that nobody doubled.
                at += 1;
            }
            _ => {
                let field = rest.get(1..at)?;
                let field = if doubled {
                    Cow::Owned(field.replace("\"\"", "\""))
                } else {
                    Cow::Borrowed(field)
                };
                return Some((field, at + 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> (char, Vec<Vec<String>>) {
        let separator = separator(text);
        let mut records = Records::new(text, separator);
        let mut fields = Vec::new();
        let mut all = Vec::new();
        while records.next(&mut fields) {
            all.push(fields.iter().map(ToString::to_string).collect());
        }
        (char::from(separator), all)
    }

    #[test]
    fn separators_are_told_and_decimal_commas_are_none() {
        assert_eq!(records("a;1,5\nb;2,5\n").0, ';');
        assert_eq!(records("name,sum\nx,1\ny,2").0, ',');
        assert_eq!(records("a\tb, c\nd\te, f").0, '\t');
        assert_eq!(records("a|b|c\n1|2|3\n").0, '|');
        assert_eq!(records("one, two\nthree; four, five\nsix, seven\n").0, ',');
    }

    #[test]
    fn quotes_keep_separators_and_lines() {
        let (_, told) = records("a,\"b, \"\"c\"\"\nd\",e\r\n\"x\"y,\"z\"\n,,\n");
        assert_eq!(
            told,
            [
                vec!["a", "b, \"c\"\nd", "e"],
                vec!["x\"y,\"z"],
                vec!["", "", ""]
            ]
        );
    }

    #[test]
    fn a_quote_never_closed_is_a_letter() {
        let (_, told) = records("a,\"b\nc,d\n\"e,f\n");
        assert_eq!(told, [vec!["a", "\"b"], vec!["c", "d"], vec!["\"e", "f"]]);
    }

    #[test]
    fn a_first_line_may_tell_the_separator() {
        assert_eq!(told_separator("sep=;\r\na;b"), Some(("a;b", b';')));
        assert_eq!(told_separator("september"), None);
    }
}
