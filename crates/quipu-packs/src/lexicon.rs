//! The words a language is known to have, with how common each is.

use crate::PackError;

/// A list of word forms in lower case, each with a class of frequency from 0
/// (rarest, or nothing known) to 9 (commonest).
#[derive(Debug, Default)]
pub struct Lexicon {
    text: Box<[u8]>,
    /// Open addressing: start of the word in `text` plus 1, 0 for a free place.
    places: Box<[u32]>,
    words: usize,
}

fn hash(word: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in word {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^ (hash >> 29)
}

impl Lexicon {
    /// Reads lines of a word, a tab and a digit.
    pub(crate) fn read(file: &str, text: &str) -> Result<Self, PackError> {
        let words = text.lines().count();
        let size = (words * 2).next_power_of_two().max(2);
        let mut made = Self {
            text: text.as_bytes().into(),
            places: vec![0; size].into(),
            words,
        };
        let mut start = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let wrong = || {
                PackError::at(
                    file,
                    number + 1,
                    format!("`{}` is not a word with its class", line.trim_end()),
                    "write the word in lower case, a tab, and a digit from 0 to 9",
                )
            };
            let (word, class) = line.trim_end().split_once('\t').ok_or_else(wrong)?;
            let digit = class.len() == 1 && class.as_bytes().iter().all(u8::is_ascii_digit);
            if word.is_empty() || !digit {
                return Err(wrong());
            }
            let place = u32::try_from(start + 1).map_err(|_| wrong())?;
            let mut at = hash(word.as_bytes()) as usize & (size - 1);
            while made.places[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            made.places[at] = place;
            start += line.len();
        }
        Ok(made)
    }

    /// How common a word is; it must be given in lower case.
    #[must_use]
    pub fn class_of_lower(&self, word: &str) -> Option<u8> {
        if self.places.is_empty() {
            return None;
        }
        let word = word.as_bytes();
        let mask = self.places.len() - 1;
        let mut at = hash(word) as usize & mask;
        // Half of the places are free, so the walk ends.
        while self.places[at] != 0 {
            let start = self.places[at] as usize - 1;
            if let Some(rest) = self.text[start..].strip_prefix(word)
                && let [b'\t', class, ..] = rest
            {
                return Some(class - b'0');
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// How common a word is, whatever its case; a typographic apostrophe counts
    /// as a plain one.
    #[must_use]
    pub fn class(&self, word: &str) -> Option<u8> {
        let mut lower = [0u8; 48];
        if word.is_ascii() && word.len() <= lower.len() {
            let lower = &mut lower[..word.len()];
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            return self.class_of_lower(std::str::from_utf8(lower).unwrap_or_default());
        }
        self.class_of_lower(&word.to_lowercase().replace('’', "'"))
    }

    /// Whether the word is known, whatever its case.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.class(word).is_some()
    }

    /// How many words are known.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.words
    }

    /// Whether no word is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.words == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        let lexicon = Lexicon::read("w", "año\t6\ndon't\t6\nse\t9\nseñor\t5\n").expect("list");
        assert_eq!(lexicon.class("AÑO"), Some(6));
        assert_eq!(lexicon.class("Señor"), Some(5));
        assert_eq!(lexicon.class("señ"), None);
        assert_eq!(lexicon.class("Don’t"), Some(6));
        assert_eq!(lexicon.len(), 4);
    }

    #[test]
    fn a_line_without_class_is_named() {
        let error = Lexicon::read("es/words.txt", "año\t6\nseñor\n").expect_err("no class");
        assert_eq!(error.line, 2);
    }
}
