//! Forms of words: the form under which a word is looked up, and the shape that
//! its capitals and digits give it.

use std::borrow::Cow;

/// A word in lower case.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    let small = |byte: &u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.as_bytes().iter().all(small) {
        Cow::Borrowed(word)
    } else if word.is_ascii() {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// The form under which a word is looked up: in lower case, every digit a 0.
///
/// `"Ley27"` is looked up as `"ley00"`.
pub(crate) fn norm_into(word: &str, norm: &mut String) {
    norm.clear();
    let zero = |c: char| if c.is_ascii_digit() { '0' } else { c };
    if word.is_ascii() {
        norm.extend(
            word.bytes()
                .map(|byte| zero(char::from(byte.to_ascii_lowercase()))),
        );
    } else {
        norm.extend(word.to_lowercase().chars().map(zero));
    }
}

/// The shape of a word: 0 without capitals, 1 capital first and no other,
/// 2 capitals only, 3 one letter and that a capital, 4 other capitals,
/// 5 digits only, 6 with a digit, 7 without letters.
pub(crate) fn shape(word: &str) -> u8 {
    let (mut count, mut digits, mut letters, mut capitals, mut first) =
        (0_usize, 0_usize, 0_usize, 0_usize, false);
    for c in word.chars() {
        digits += usize::from(c.is_ascii_digit());
        letters += usize::from(super::letters::is_letter(c));
        let capital = c.is_uppercase();
        first |= capital && count == 0;
        capitals += usize::from(capital);
        count += 1;
    }
    shape_of(count, digits, letters, capitals, first)
}

/// The shape of a word of so many characters, digits, letters and capitals, of
/// which the first is one or not.
pub(crate) fn shape_of(
    count: usize,
    digits: usize,
    letters: usize,
    capitals: usize,
    first: bool,
) -> u8 {
    match () {
        () if digits == count => 5,
        () if digits > 0 => 6,
        () if letters == 0 => 7,
        () if capitals == 0 => 0,
        () if count == 1 => 3,
        () if capitals == letters => 2,
        () if capitals == 1 && first => 1,
        () => 4,
    }
}

/// [`norm_into`] and [`shape`] at once; for words of ASCII in one pass.
pub(crate) fn norm_and_shape(word: &str, norm: &mut String) -> u8 {
    if !word.is_ascii() {
        norm_into(word, norm);
        return shape(word);
    }
    norm.clear();
    let (mut digits, mut letters, mut capitals) = (0_usize, 0_usize, 0_usize);
    for byte in word.bytes() {
        digits += usize::from(byte.is_ascii_digit());
        letters += usize::from(byte.is_ascii_alphabetic());
        capitals += usize::from(byte.is_ascii_uppercase());
        norm.push(char::from(match byte {
            b'0'..=b'9' => b'0',
            _ => byte.to_ascii_lowercase(),
        }));
    }
    let first = word
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_uppercase());
    shape_of(word.len(), digits, letters, capitals, first)
}

/// A word with its first letter a capital.
pub(crate) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let mut out: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    out.push_str(letters.as_str());
    out
}

/// Whether there are capitals in a word and no small letters.
pub(crate) fn all_capitals(word: &str) -> bool {
    let small = |c: char| {
        c.is_lowercase()
            || (!c.is_ascii() && !c.is_uppercase() && c.to_lowercase().next() != Some(c))
    };
    word.chars().any(char::is_uppercase) && !word.chars().any(small)
}

/// The last `count` letters of a word, all where it is shorter.
pub(crate) fn last_letters(word: &str, count: usize) -> &str {
    let from = word
        .char_indices()
        .rev()
        .take(count)
        .last()
        .map_or(word.len(), |(at, _)| at);
    word.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{all_capitals, capitalised, last_letters, norm_and_shape, norm_into, shape};

    fn norm(word: &str) -> String {
        let mut norm = String::new();
        norm_into(word, &mut norm);
        norm
    }

    #[test]
    fn words_are_looked_up_in_lower_case_with_digits_0() {
        assert_eq!(norm("Ley27"), "ley00");
        assert_eq!(norm("AÑO"), "año");
        assert_eq!(norm("ΛΌΓΟΣ"), "λόγος");
        assert_eq!(norm("the"), "the");
    }

    #[test]
    fn shapes_are_those_of_training() {
        let shapes = [
            ("de", 0),
            ("Perú", 1),
            ("ONU", 2),
            ("A", 3),
            ("McDonald", 4),
            ("1989", 5),
            ("B2", 6),
            ("--", 7),
            ("o'Neill", 4),
            ("U.S.", 2),
            ("", 5),
            ("ñ", 0),
            ("2½", 6),
        ];
        for (word, expected) in shapes {
            assert_eq!(shape(word), expected, "{word}");
            let mut both = String::new();
            assert_eq!(norm_and_shape(word, &mut both), expected, "{word}");
            assert_eq!(both, norm(word));
        }
    }

    #[test]
    fn ends_of_words_are_counted_in_letters() {
        assert_eq!(last_letters("año", 2), "ño");
        assert_eq!((last_letters("a", 3), last_letters("ab", 0)), ("a", ""));
    }

    #[test]
    fn capitals_are_seen_and_made() {
        assert_eq!(capitalised("árbol"), "Árbol");
        assert!(all_capitals("DON'T") && !all_capitals("Don't") && !all_capitals("'"));
    }
}
