//! Character references of HTML: `&eacute;`, `&#233;`, `&#xE9;`.

use std::borrow::Cow;

use memchr::memchr;
use web_atoms::NAMED_ENTITIES;

/// The longest name in the standard's list, with its semicolon.
const NAME_MAX: usize = 33;

/// What Windows programs mean by the numbers 128 to 159.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// A text with its references resolved. In an attribute, a name without a
/// semicolon before a letter or `=` is no reference (`?a=1&copy=2`).
pub(crate) fn resolve(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let Some(first) = memchr(b'&', bytes) else {
        return Cow::Borrowed(text);
    };
    let mut made = String::with_capacity(text.len());
    let mut kept = 0;
    let mut look = first;
    while let Some(found) = bytes.get(look..).and_then(|rest| memchr(b'&', rest)) {
        let at = look + found;
        let rest = text.get(at + 1..).unwrap_or_default();
        let Some((length, signs)) = reference(rest, in_attribute) else {
            look = at + 1;
            continue;
        };
        made.push_str(text.get(kept..at).unwrap_or_default());
        made.extend(signs.into_iter().flatten());
        kept = at + 1 + length;
        look = kept;
    }
    made.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(made)
}

/// The reference that opens `rest`: its length and the signs it means.
fn reference(rest: &str, in_attribute: bool) -> Option<(usize, [Option<char>; 2])> {
    if let Some(number) = rest.strip_prefix('#') {
        let (hex, digits) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (true, digits),
            None => (false, number),
        };
        let radix = if hex { 16 } else { 10 };
        let count = digits
            .bytes()
            .take_while(|b| char::from(*b).is_digit(radix))
            .count();
        if count == 0 {
            return None;
        }
        let value = digits.bytes().take(count).fold(0u32, |value, byte| {
            let digit = char::from(byte).to_digit(radix).unwrap_or(0);
            value.saturating_mul(radix).saturating_add(digit)
        });
        let mut length = 1 + usize::from(hex) + count;
        length += usize::from(rest.as_bytes().get(length) == Some(&b';'));
        return Some((length, [Some(numbered(value)), None]));
    }
    let bytes = rest.as_bytes();
    let named = bytes
        .iter()
        .take(NAME_MAX)
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let longest = if bytes.get(named) == Some(&b';') {
        named + 1
    } else {
        named
    };
    for length in (2..=longest).rev() {
        let Some((first, second)) = NAMED_ENTITIES
            .get(&rest[..length])
            .filter(|signs| signs.0 != 0)
        else {
            continue;
        };
        let whole = rest[..length].ends_with(';');
        let next = bytes.get(length);
        if in_attribute && !whole && next.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=') {
            return None;
        }
        let sign = |number: u32| char::from_u32(number).filter(|_| number != 0);
        return Some((length, [sign(*first), sign(*second)]));
    }
    None
}

fn numbered(value: u32) -> char {
    match value {
        0 => '\u{FFFD}',
        0x80..=0x9F => WINDOWS[(value - 0x80) as usize],
        _ => char::from_u32(value).unwrap_or('\u{FFFD}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_as_browsers_do() {
        let text =
            "&lt;a&gt; &eacute;&ntilde &#233;&#xE9; &#146; &#0; &#x110000; &notit; &bogus; R&D &";
        let read = "<a> éñ éé ’ \u{FFFD} \u{FFFD} ¬it; &bogus; R&D &";
        assert_eq!(resolve(text, false), read);
        assert_eq!(
            resolve("?a=1&copy=2&amp;b=3&ntilde", true),
            "?a=1&copy=2&b=3ñ"
        );
        assert!(matches!(resolve("plain", false), Cow::Borrowed("plain")));
    }
}
