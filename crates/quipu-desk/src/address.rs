//! Addresses of passages that stay right when reading gets better.
//!
//! An address names code points of the transcript and a short hash of the
//! letters that stood there. When a later reading moves the words, the hash
//! finds them again; when it changes them, the page can say so.

use std::fmt;

/// A passage as an address names it: `p=120-180&w=2f.1a2b3c4d5e6f`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassageAddress {
    /// First code point of the transcript.
    pub start: usize,
    /// First code point after the passage.
    pub end: usize,
    /// What stood there when the address was made.
    pub words: Option<WordsHash>,
}

/// A short hash of words, blanks aside.
///
/// It rolls, so that words which moved are found in one pass over the text. It
/// guards against mistakes, not against malice: proof is the archive's seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordsHash {
    letters: u32,
    hash: u64,
}

/// What became of an addressed passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// The words stand where the address says.
    There,
    /// The same words stand at these code points now.
    Moved {
        /// First code point.
        start: usize,
        /// First code point after them.
        end: usize,
    },
    /// The words are not in the text as it is read now.
    Gone,
}

/// A Mersenne prime, so that products reduce with shifts.
const PRIME: u64 = (1 << 61) - 1;
const BASE: u64 = 0x0b5a_1c3d_9e77_f123;
/// The part of a hash that is written: 12 hexadecimal digits.
const WRITTEN: u64 = (1 << 48) - 1;

fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    // The product has at most 122 bits, so both halves fit 61 bits.
    let folded = (product as u64 & PRIME) + (product >> 61) as u64;
    if folded >= PRIME {
        folded - PRIME
    } else {
        folded
    }
}

fn plus(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= PRIME { sum - PRIME } else { sum }
}

impl WordsHash {
    /// The hash of these words.
    #[must_use]
    pub fn of(words: &str) -> Self {
        let mut letters = 0u32;
        let mut hash = 0;
        for letter in words.chars().filter(|c| !c.is_whitespace()) {
            letters = letters.saturating_add(1);
            hash = plus(times(hash, BASE), u64::from(u32::from(letter)) + 1);
        }
        Self {
            letters,
            hash: hash & WRITTEN,
        }
    }

    /// Reads the written form.
    #[must_use]
    pub fn from_written(text: &str) -> Option<Self> {
        let (letters, hash) = text.split_once('.')?;
        let hexadecimal = |digits: &str| {
            !digits.is_empty()
                && digits.len() <= 12
                && digits.bytes().all(|b| b.is_ascii_hexdigit())
        };
        if !hexadecimal(letters) || !hexadecimal(hash) {
            return None;
        }
        Some(Self {
            letters: u32::from_str_radix(letters, 16).ok()?,
            hash: u64::from_str_radix(hash, 16).ok()?,
        })
    }

    /// Where in the text these letters stand, nearest to code point `near`.
    #[must_use]
    pub fn find(self, text: &str, near: usize) -> Option<(usize, usize)> {
        let width = usize::try_from(self.letters).ok().filter(|n| *n > 0)?;
        let mut leaving_weight = 1;
        for _ in 0..width {
            leaving_weight = times(leaving_weight, BASE);
        }
        let letters = || {
            let numbered = text.chars().enumerate();
            numbered.filter(|(_, letter)| !letter.is_whitespace())
        };
        let mut leaving = letters();
        let mut hash = 0;
        let mut best: Option<(usize, usize)> = None;
        for (count, (place, letter)) in letters().enumerate() {
            hash = plus(times(hash, BASE), u64::from(u32::from(letter)) + 1);
            if count >= width
                && let Some((_, left)) = leaving.next()
            {
                let gone = times(u64::from(u32::from(left)) + 1, leaving_weight);
                hash = plus(hash, PRIME - gone);
            }
            if count + 1 >= width && hash & WRITTEN == self.hash {
                let start = leaving.clone().next().map_or(place, |(start, _)| start);
                let found = (start, place + 1);
                if best.is_none_or(|(old, _)| start.abs_diff(near) < old.abs_diff(near)) {
                    best = Some(found);
                }
            }
        }
        best
    }
}

impl fmt::Display for WordsHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}.{:012x}", self.letters, self.hash)
    }
}

impl PassageAddress {
    /// The address of code points `start..end` of a transcript.
    #[must_use]
    pub fn of(transcript: &str, start: usize, end: usize) -> Self {
        let words: String = transcript
            .chars()
            .skip(start)
            .take(end.saturating_sub(start))
            .collect();
        Self::with_words(start, end, &words)
    }

    /// The same, for whoever has the words at hand.
    #[must_use]
    pub fn with_words(start: usize, end: usize, words: &str) -> Self {
        Self {
            start,
            end,
            words: Some(WordsHash::of(words)),
        }
    }

    /// Reads the two parameters of an address; the second may be missing.
    #[must_use]
    pub fn from_parameters(place: &str, words: Option<&str>) -> Option<Self> {
        let (start, end) = place.split_once('-')?;
        let number = |digits: &str| -> Option<usize> {
            let sound = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            if sound { digits.parse().ok() } else { None }
        };
        let (start, end) = (number(start)?, number(end)?);
        (start < end).then(|| Self {
            start,
            end,
            words: words.and_then(WordsHash::from_written),
        })
    }

    /// The parameters, ready for an address: `p=120-180&w=2f.1a2b3c4d5e6f`.
    #[must_use]
    pub fn parameters(&self) -> String {
        match self.words {
            Some(words) => format!("p={}-{}&w={words}", self.start, self.end),
            None => format!("p={}-{}", self.start, self.end),
        }
    }

    /// What became of the passage in the transcript as it is now.
    #[must_use]
    pub fn whereabouts(&self, transcript: &str) -> Whereabouts {
        let mut marks = transcript.char_indices().map(|(byte, _)| byte);
        let from = marks.by_ref().nth(self.start);
        let length = self.end.saturating_sub(self.start);
        let there = from.filter(|_| length > 0).and_then(|from| {
            let to = marks.nth(length - 1).unwrap_or(transcript.len());
            transcript.get(from..to)
        });
        match (there, self.words) {
            (Some(_), None) => Whereabouts::There,
            (Some(words), Some(hash)) if WordsHash::of(words) == hash => Whereabouts::There,
            (_, Some(hash)) => match hash.find(transcript, self.start) {
                Some((start, end)) => Whereabouts::Moved { start, end },
                None => Whereabouts::Gone,
            },
            (None, None) => Whereabouts::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "La fiscalía señaló que el pago no existió. El pago existió, dijo otro.";

    #[test]
    fn an_address_is_read_as_written() {
        let address = PassageAddress::of(TEXT, 3, 18);
        let written = address.parameters();
        let (place, words) = written.split_once('&').unwrap();
        let again = PassageAddress::from_parameters(
            place.strip_prefix("p=").unwrap(),
            words.strip_prefix("w="),
        );
        assert_eq!(again, Some(address));
        for bad in [
            "",
            "5",
            "5-5",
            "9-3",
            "-4",
            "a-b",
            "+1-4",
            "99999999999999999999999-1",
        ] {
            assert_eq!(PassageAddress::from_parameters(bad, None), None, "{bad}");
        }
    }

    #[test]
    fn words_that_stay_are_there_and_words_that_move_are_found() {
        let address = PassageAddress::of(TEXT, 3, 18);
        assert_eq!(address.whereabouts(TEXT), Whereabouts::There);
        let reread = format!("Página 1\n\n{}", TEXT.replace("fiscalía ", "fiscalía\n"));
        assert_eq!(
            address.whereabouts(&reread),
            Whereabouts::Moved { start: 13, end: 28 }
        );
        let changed = TEXT.replace("fiscalía", "fiscalia");
        assert_eq!(address.whereabouts(&changed), Whereabouts::Gone);
        assert_eq!(address.whereabouts(""), Whereabouts::Gone);
    }

    #[test]
    fn of_equal_words_the_nearest_is_meant() {
        let text = "pago uno; pago dos; pago tres";
        let hash = WordsHash::of("pago");
        assert_eq!(hash.find(text, 0), Some((0, 4)));
        assert_eq!(hash.find(text, 11), Some((10, 14)));
        assert_eq!(hash.find(text, 90), Some((20, 24)));
    }

    #[test]
    fn the_rolled_hash_is_the_plain_one() {
        let letters: Vec<char> = TEXT.chars().collect();
        for start in 0..letters.len() {
            for length in 1..12 {
                let Some(piece) = letters.get(start..start + length) else {
                    continue;
                };
                let words: String = piece.iter().collect();
                if words.trim() != words {
                    continue;
                }
                let found = WordsHash::of(&words).find(TEXT, start);
                assert_eq!(found, Some((start, start + length)), "{words}");
            }
        }
    }
}
