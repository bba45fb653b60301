//! Characters left as names and numbers: `&amp;`, `\u00f3`, `<195>`.

use std::ops::Range;

use quipu_packs::{Charset, Engine, Packs, RepairRule};

use super::{Fix, accepted, after, before, is_letter, rules, word_around};

/// Entities (also escaped twice and more) and program escapes.
pub(super) fn entities<'p>(text: &str, packs: &'p Packs) -> Vec<Fix<'p>> {
    let mut fixes = Vec::new();
    let cp1252 = packs.charset("windows-1252");
    for rule in rules(packs, Engine::Entities) {
        let mut done = 0;
        for at in memchr::memchr_iter(b'&', text.as_bytes()) {
            if at < done {
                continue;
            }
            if let Some((end, becomes)) = entity(text, at, rule, cp1252) {
                fixes.push(Fix {
                    range: at..end,
                    becomes,
                    rule,
                });
                done = end;
            }
        }
    }
    for rule in rules(packs, Engine::Escapes) {
        for at in memchr::memchr_iter(b'\\', text.as_bytes()) {
            let digits = text
                .get(at + 1..at + 6)
                .and_then(|code| code.strip_prefix('u'));
            let c = digits
                .and_then(|digits| u32::from_str_radix(digits, 16).ok())
                .and_then(char::from_u32);
            // Only what texts in our languages write so: letters and print.
            let plausible =
                |c: &char| matches!(*c, '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{2044}' | '€' | '™');
            if let Some(c) = c.filter(plausible) {
                fixes.push(Fix {
                    range: at..at + 6,
                    becomes: c.to_string(),
                    rule,
                });
            }
        }
    }
    fixes
}

/// The entity at `at`: its end and what it stands for.
fn entity(
    text: &str,
    at: usize,
    rule: &RepairRule,
    cp1252: Option<&Charset>,
) -> Option<(usize, String)> {
    let mut inner = at + 1;
    let mut layers = 0;
    while layers < 4
        && text
            .get(inner..)
            .is_some_and(|rest| rest.starts_with("amp;"))
    {
        inner += 4;
        layers += 1;
    }
    let rest = text.get(inner..)?;
    let long = rest.bytes().take(10).position(|byte| byte == b';');
    let named = long.and_then(|long| rest.get(..long)).and_then(|name| {
        if let Some(number) = name.strip_prefix('#') {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            return match code {
                0x80..=0x9F => cp1252.map(|charset| charset.decode(code as u8).to_string()),
                0..=8 | 0xB..=0x1F | 0x7F => None,
                _ => char::from_u32(code).map(|c| c.to_string()),
            };
        }
        rule.signs.get(name).cloned()
    });
    match (named, long, layers) {
        (Some(becomes), Some(long), _) => Some((inner + long + 1, becomes)),
        (_, _, 1..) => Some((inner, "&".to_owned())),
        _ => None,
    }
}

struct Number {
    range: Range<usize>,
    byte: u8,
    hexadecimal: bool,
}

/// Bytes printed as numbers in angle brackets.
pub(super) fn numbers<'p>(text: &str, packs: &'p Packs) -> Vec<Fix<'p>> {
    let mut fixes = Vec::new();
    for rule in rules(packs, Engine::Numbers) {
        let charsets: Vec<&Charset> = rule
            .words
            .iter()
            .filter_map(|name| packs.charset(name))
            .collect();
        let (found, counted) = all_numbers(text);
        let mut i = 0;
        let mut alone = Vec::new();
        while let Some(number) = found.get(i) {
            if let Some((taken, c)) = utf8(&found[i..]) {
                let range = number.range.start..found[i + taken - 1].range.end;
                fixes.push(Fix {
                    range,
                    becomes: c.to_string(),
                    rule,
                });
                i += taken;
                continue;
            }
            i += 1;
            let (front, back) = (
                before(text, number.range.start),
                after(text, number.range.end),
            );
            if is_letter(front) || is_letter(back) {
                if let Some(c) = touching(text, number, &found, &charsets, packs) {
                    fixes.push(Fix {
                        range: number.range.clone(),
                        becomes: c.to_string(),
                        rule,
                    });
                }
            } else if front.is_none_or(char::is_whitespace) && back.is_none_or(char::is_whitespace)
            {
                alone.push(number);
            }
        }
        // Alone between spaces a number may be a note or a page: then there
        // are small ones too, or they count upwards.
        let counting = alone
            .windows(2)
            .any(|two| two[0].byte.abs_diff(two[1].byte) == 1);
        if alone.len() < 2 || counted || counting {
            continue;
        }
        for number in alone {
            let sign = charsets
                .iter()
                .map(|charset| charset.decode(number.byte))
                .find(|c| matches!(c, '–' | '—' | '•' | '…'));
            if let Some(c) = sign {
                fixes.push(Fix {
                    range: number.range.clone(),
                    becomes: c.to_string(),
                    rule,
                });
            }
        }
    }
    fixes
}

/// All numbers of bytes beyond ASCII, and whether smaller ones stand among them.
fn all_numbers(text: &str) -> (Vec<Number>, bool) {
    let mut found = Vec::new();
    let mut counted = false;
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let rest = &text.as_bytes()[at + 1..];
        let Some(long) = rest.iter().take(4).position(|byte| *byte == b'>') else {
            continue;
        };
        let Some(digits) = text.get(at + 1..at + 1 + long) else {
            continue;
        };
        let hexadecimal = long == 2;
        let value = match long {
            2 if digits.starts_with(|c: char| c.is_ascii_digit()) => {
                u8::from_str_radix(digits, 16).ok()
            }
            3 if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok(),
            _ => None,
        };
        match value {
            Some(byte @ 0x80..) => found.push(Number {
                range: at..at + long + 2,
                byte,
                hexadecimal,
            }),
            Some(_) => counted = true,
            None => {}
        }
    }
    (found, counted)
}

/// Numbers side by side that are the bytes of one character in UTF-8.
fn utf8(numbers: &[Number]) -> Option<(usize, char)> {
    let lead = numbers.first()?.byte;
    let long = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => return None,
    };
    let sequence = numbers.get(..long)?;
    if sequence
        .windows(2)
        .any(|two| two[0].range.end != two[1].range.start)
    {
        return None;
    }
    let bytes: Vec<u8> = sequence.iter().map(|number| number.byte).collect();
    Some((long, std::str::from_utf8(&bytes).ok()?.chars().next()?))
}

/// A number that touches a word: the first charset in which a word comes out.
fn touching(
    text: &str,
    number: &Number,
    all: &[Number],
    charsets: &[&Charset],
    packs: &Packs,
) -> Option<char> {
    let inside = |c: char| c == '<' || c == '>' || c.is_ascii_digit();
    let word = word_around(text, &number.range, inside);
    for charset in charsets {
        let mut made = String::new();
        let mut done = word.start;
        let within =
            |other: &&Number| other.range.start >= word.start && other.range.end <= word.end;
        for other in all.iter().filter(within) {
            made.push_str(text.get(done..other.range.start)?);
            made.push(charset.decode(other.byte));
            done = other.range.end;
        }
        made.push_str(text.get(done..word.end)?);
        let c = charset.decode(number.byte);
        if c.is_alphabetic() && made.chars().all(char::is_alphabetic) && accepted(packs, &made) {
            return Some(c);
        }
    }
    let c = charsets.first()?.decode(number.byte);
    let opens =
        is_letter(after(text, number.range.end)) && !is_letter(before(text, number.range.start));
    let closes =
        is_letter(before(text, number.range.start)) && !is_letter(after(text, number.range.end));
    let apostrophe = c == '’' && is_letter(before(text, number.range.start));
    let mark = opens && matches!(c, '“' | '‘') || closes && matches!(c, '”' | '…');
    ((mark || apostrophe) && (number.hexadecimal || number.byte < 160)).then_some(c)
}
