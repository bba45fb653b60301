//! Vectors of the words met lately, so that a frequent word is made once.
//!
//! A word stands in one of four places that its hash allows and in time drives
//! another one out: whatever the text, a look-up costs the same and memory has
//! an end.

use std::ops::Range;

/// Places that a hash allows.
const WAYS: usize = 4;
/// Places for words, some 1.5 kB each.
const PLACES: usize = 1 << 13;
/// Bytes of a key; longer words are rare and made every time.
const BYTES: usize = 64;

/// What a vector depends on: the letters under which a word is looked up, and
/// its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key([u8; BYTES]);

impl Key {
    /// `None` where the word is too long to be kept.
    pub(super) fn new(norm: &str, shape: u8) -> Option<Self> {
        let mut key = [0; BYTES];
        let (end, letters) = key.split_last_chunk_mut::<2>().map(|(a, b)| (b, a))?;
        letters
            .get_mut(..norm.len())?
            .copy_from_slice(norm.as_bytes());
        *end = [shape, u8::try_from(norm.len()).ok()?];
        Some(Self(key))
    }

    /// The first of the places that its hash allows.
    fn first_place(&self) -> usize {
        let mut hash = 0_u64;
        for eight in self.0.as_chunks::<8>().0 {
            hash = (hash ^ u64::from_le_bytes(*eight)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^= hash >> 32;
        }
        (hash as usize % (PLACES / WAYS)) * WAYS
    }
}

/// Memory of one thread. Words are asked for one after the other; those that
/// are not known are made all at once.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    places: Vec<Place>,
    keys: Vec<Key>,
    vectors: Vec<f32>,
    /// By set of places, how many words were put there.
    turns: Vec<u8>,
    /// What new words are made of, and the vectors made.
    pub(super) inputs: Vec<f32>,
    pub(super) made: Vec<f32>,
    /// Rows that wait for a new word, and its number.
    waiting: Vec<(usize, u32)>,
    /// Where each new word will be kept.
    kept: Vec<Option<usize>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// Number of its key and vector and one more; 0 for none.
    held: u32,
    /// Number of the new word and one more while its vector is not yet made.
    fresh: u32,
}

impl Seen {
    /// Gives a row the vector of a word; `true` where it is new and has to be
    /// made: its input is to be added, and the row will wait.
    pub(super) fn ask(&mut self, key: Option<Key>, row: Range<usize>, out: &mut [f32]) -> bool {
        let width = row.len();
        let Some(key) = key else {
            self.wait(row.start, None);
            return true;
        };
        if self.places.is_empty() {
            self.places.resize(PLACES, Place::default());
            self.turns.resize(PLACES / WAYS, 0);
        }
        let first = key.first_place();
        let places = self.places.get(first..first + WAYS).unwrap_or_default();
        let found = places.iter().find(|place| {
            let held = (place.held as usize).checked_sub(1);
            held.and_then(|held| self.keys.get(held)) == Some(&key)
        });
        if let Some(place) = found {
            if let Some(number) = place.fresh.checked_sub(1) {
                self.waiting.push((row.start, number));
                return false;
            }
            let from = (place.held as usize).saturating_sub(1) * width;
            let vector = self.vectors.get(from..from + width).unwrap_or_default();
            if let Some(out) = out.get_mut(row) {
                out.iter_mut().zip(vector).for_each(|(out, x)| *out = *x);
            }
            return false;
        }
        let turn = &mut self.turns[first / WAYS];
        let at = first + usize::from(*turn) % WAYS;
        *turn = turn.wrapping_add(1);
        let number = self.wait(row.start, Some(at));
        let place = &mut self.places[at];
        place.fresh = number + 1;
        if let Some(held) = (place.held as usize).checked_sub(1) {
            self.keys[held] = key;
        } else {
            self.keys.push(key);
            place.held = self.keys.len() as u32;
        }
        true
    }

    fn wait(&mut self, row: usize, at: Option<usize>) -> u32 {
        let number = self.kept.len() as u32;
        self.kept.push(at);
        self.waiting.push((row, number));
        number
    }

    /// Gives the new vectors in `made` to the rows that wait for them, and keeps
    /// them.
    pub(super) fn deliver(&mut self, width: usize, out: &mut [f32]) {
        let made = |number: usize| {
            let vector = self.made.get(number * width..(number + 1) * width);
            vector.unwrap_or_default()
        };
        for (row, number) in self.waiting.drain(..) {
            let out = out.get_mut(row..row + width).unwrap_or_default();
            out.copy_from_slice(made(number as usize));
        }
        self.vectors.resize(self.keys.len() * width, 0.0);
        for (number, at) in self.kept.drain(..).enumerate() {
            let Some(place) = at.and_then(|at| self.places.get_mut(at)) else {
                continue;
            };
            // A later word may have taken its place already.
            if place.fresh as usize == number + 1 {
                place.fresh = 0;
                let from = (place.held as usize).saturating_sub(1) * width;
                if let Some(kept) = self.vectors.get_mut(from..from + width) {
                    kept.copy_from_slice(made(number));
                }
            }
        }
        self.inputs.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, PLACES, Seen};

    /// Asks for words of one letter and number; a vector is made of its number.
    fn vectors(seen: &mut Seen, words: &[u32]) -> (Vec<f32>, usize) {
        let mut out = vec![0.0; words.len() * 2];
        seen.made.clear();
        for (at, word) in words.iter().enumerate() {
            let key = Key::new(&format!("w{word}"), 0);
            if seen.ask(key, at * 2..at * 2 + 2, &mut out) {
                seen.made.extend([*word as f32, -(*word as f32)]);
            }
        }
        let made = seen.made.len() / 2;
        seen.deliver(2, &mut out);
        (out, made)
    }

    #[test]
    fn a_word_is_made_once() {
        let mut seen = Seen::default();
        let (out, made) = vectors(&mut seen, &[1, 2, 1]);
        assert_eq!((out, made), (vec![1.0, -1.0, 2.0, -2.0, 1.0, -1.0], 2));
        let (out, made) = vectors(&mut seen, &[3, 2]);
        assert_eq!((out, made), (vec![3.0, -3.0, 2.0, -2.0], 1));
    }

    #[test]
    fn words_that_push_each_other_out_keep_their_own_vectors() {
        let mut seen = Seen::default();
        let many = 3 * PLACES as u32;
        for round in 0..2 {
            let words: Vec<u32> = (0..many).map(|at| (at * 7 + round) % many).collect();
            for (at, word) in words.chunks(5_000).zip(words.chunks(5_000)) {
                let (out, _) = vectors(&mut seen, word);
                let expected: Vec<f32> = at
                    .iter()
                    .flat_map(|word| [*word as f32, -(*word as f32)])
                    .collect();
                assert_eq!(out, expected);
            }
            assert!(seen.keys.len() <= PLACES && seen.vectors.len() <= 2 * PLACES);
        }
    }

    #[test]
    fn keys_differ_by_letters_and_shape() {
        let key = |word: &str, shape| Key::new(word, shape).expect("short");
        assert_ne!(key("a", 0), key("a", 1));
        assert_ne!(key("a", 0), key("a\0", 0));
        assert_eq!(key("año", 3), key("año", 3));
        assert!(Key::new(&"a".repeat(63), 0).is_none());
    }
}
