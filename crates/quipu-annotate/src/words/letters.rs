//! Kinds of characters, as the splitter was trained to see them.
//!
//! The standard library knows letters and numbers; which numbers are digits and
//! which characters cannot be seen are the two tables below.

use std::cmp::Ordering;

/// A character by which texts are parted into chunks: white space, and the four
/// information separators.
#[inline(always)]
pub(crate) fn is_blank(c: char) -> bool {
    match c {
        '\u{1c}'..='\u{1f}' | '\t'..='\r' | ' ' => true,
        _ if c.is_ascii() => false,
        _ => c.is_whitespace(),
    }
}

/// A letter; numerals that are letters in form (Ⅷ) are none.
#[inline(always)]
pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic() && !c.is_numeric())
}

/// A letter or any number.
#[inline(always)]
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// A digit of any script, raised and circled ones included.
#[inline(always)]
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric() && among(c, &DIGITS))
}

/// The class of a character: `U` capital, `l` other letter, `d` digit, `x`
/// unseen, itself where its own form matters, `p` all others.
pub(crate) fn class(c: char) -> char {
    match c {
        'a'..='z' => 'l',
        'A'..='Z' => 'U',
        '0'..='9' => 'd',
        '.' | ',' | '\'' | '’' | '"' | '-' | '/' | ':' | ';' | '@' | '&' | '(' | ')' | '_' => c,
        _ if is_letter(c) => {
            if c.is_uppercase() {
                'U'
            } else {
                'l'
            }
        }
        _ if is_digit(c) => 'd',
        _ if c.is_control() || is_blank(c) || (!c.is_ascii() && among(c, &UNSEEN)) => 'x',
        _ => 'p',
    }
}

fn among(c: char, ranges: &[(char, char)]) -> bool {
    ranges
        .binary_search_by(|(first, last)| {
            if *last < c {
                Ordering::Less
            } else if *first > c {
                Ordering::Greater
            } else {
                Ordering::Equal
            }
        })
        .is_ok()
}

/// Characters beyond ASCII whose numeric type is decimal or digit (Unicode 14).
#[rustfmt::skip]
const DIGITS: [(char, char); 80] = [
    ('\u{b2}', '\u{b3}'), ('\u{b9}', '\u{b9}'), ('\u{660}', '\u{669}'), ('\u{6f0}', '\u{6f9}'),
    ('\u{7c0}', '\u{7c9}'), ('\u{966}', '\u{96f}'), ('\u{9e6}', '\u{9ef}'), ('\u{a66}', '\u{a6f}'),
    ('\u{ae6}', '\u{aef}'), ('\u{b66}', '\u{b6f}'), ('\u{be6}', '\u{bef}'), ('\u{c66}', '\u{c6f}'),
    ('\u{ce6}', '\u{cef}'), ('\u{d66}', '\u{d6f}'), ('\u{de6}', '\u{def}'), ('\u{e50}', '\u{e59}'),
    ('\u{ed0}', '\u{ed9}'), ('\u{f20}', '\u{f29}'), ('\u{1040}', '\u{1049}'), ('\u{1090}', '\u{1099}'),
    ('\u{1369}', '\u{1371}'), ('\u{17e0}', '\u{17e9}'), ('\u{1810}', '\u{1819}'), ('\u{1946}', '\u{194f}'),
    ('\u{19d0}', '\u{19da}'), ('\u{1a80}', '\u{1a89}'), ('\u{1a90}', '\u{1a99}'), ('\u{1b50}', '\u{1b59}'),
    ('\u{1bb0}', '\u{1bb9}'), ('\u{1c40}', '\u{1c49}'), ('\u{1c50}', '\u{1c59}'), ('\u{2070}', '\u{2070}'),
    ('\u{2074}', '\u{2079}'), ('\u{2080}', '\u{2089}'), ('\u{2460}', '\u{2468}'), ('\u{2474}', '\u{247c}'),
    ('\u{2488}', '\u{2490}'), ('\u{24ea}', '\u{24ea}'), ('\u{24f5}', '\u{24fd}'), ('\u{24ff}', '\u{24ff}'),
    ('\u{2776}', '\u{277e}'), ('\u{2780}', '\u{2788}'), ('\u{278a}', '\u{2792}'), ('\u{a620}', '\u{a629}'),
    ('\u{a8d0}', '\u{a8d9}'), ('\u{a900}', '\u{a909}'), ('\u{a9d0}', '\u{a9d9}'), ('\u{a9f0}', '\u{a9f9}'),
    ('\u{aa50}', '\u{aa59}'), ('\u{abf0}', '\u{abf9}'), ('\u{ff10}', '\u{ff19}'), ('\u{104a0}', '\u{104a9}'),
    ('\u{10a40}', '\u{10a43}'), ('\u{10d30}', '\u{10d39}'), ('\u{10e60}', '\u{10e68}'), ('\u{11052}', '\u{1105a}'),
    ('\u{11066}', '\u{1106f}'), ('\u{110f0}', '\u{110f9}'), ('\u{11136}', '\u{1113f}'), ('\u{111d0}', '\u{111d9}'),
    ('\u{112f0}', '\u{112f9}'), ('\u{11450}', '\u{11459}'), ('\u{114d0}', '\u{114d9}'), ('\u{11650}', '\u{11659}'),
    ('\u{116c0}', '\u{116c9}'), ('\u{11730}', '\u{11739}'), ('\u{118e0}', '\u{118e9}'), ('\u{11950}', '\u{11959}'),
    ('\u{11c50}', '\u{11c59}'), ('\u{11d50}', '\u{11d59}'), ('\u{11da0}', '\u{11da9}'), ('\u{16a60}', '\u{16a69}'),
    ('\u{16ac0}', '\u{16ac9}'), ('\u{16b50}', '\u{16b59}'), ('\u{1d7ce}', '\u{1d7ff}'), ('\u{1e140}', '\u{1e149}'),
    ('\u{1e2f0}', '\u{1e2f9}'), ('\u{1e950}', '\u{1e959}'), ('\u{1f100}', '\u{1f10a}'), ('\u{1fbf0}', '\u{1fbf9}'),
];

/// Format characters and private use (Unicode 14).
#[rustfmt::skip]
const UNSEEN: [(char, char); 24] = [
    ('\u{ad}', '\u{ad}'), ('\u{600}', '\u{605}'), ('\u{61c}', '\u{61c}'), ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'), ('\u{890}', '\u{891}'), ('\u{8e2}', '\u{8e2}'), ('\u{180e}', '\u{180e}'),
    ('\u{200b}', '\u{200f}'), ('\u{202a}', '\u{202e}'), ('\u{2060}', '\u{2064}'), ('\u{2066}', '\u{206f}'),
    ('\u{e000}', '\u{f8ff}'), ('\u{feff}', '\u{feff}'), ('\u{fff9}', '\u{fffb}'), ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'), ('\u{13430}', '\u{13438}'), ('\u{1bca0}', '\u{1bca3}'), ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0001}', '\u{e0001}'), ('\u{e0020}', '\u{e007f}'), ('\u{f0000}', '\u{ffffd}'), ('\u{100000}', '\u{10fffd}'),
];

#[cfg(test)]
mod tests {
    use super::{DIGITS, UNSEEN, class, is_blank, is_digit, is_letter};

    #[test]
    fn tables_are_sorted() {
        for table in [&DIGITS[..], &UNSEEN[..]] {
            assert!(table.iter().all(|(first, last)| first <= last));
            assert!(table.windows(2).all(|two| two[0].1 < two[1].0));
        }
    }

    #[test]
    fn characters_have_the_classes_of_training() {
        let classes: String = "aÑªº7٣²½Ⅷ.’“\u{ad}\u{200b}\u{e000}\u{301}_+€"
            .chars()
            .map(class)
            .collect();
        assert_eq!(classes, "lUlldddpp.’pxxxp_pp");
    }

    #[test]
    fn fractions_and_roman_numerals_are_no_digits() {
        assert!(is_digit('²') && !is_digit('½') && !is_digit('Ⅷ') && !is_letter('Ⅷ'));
        assert!(is_blank('\u{a0}') && is_blank('\u{1e}') && !is_blank('\u{200b}'));
    }
}
