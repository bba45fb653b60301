//! What was told of sentences met lately.
//!
//! Archives repeat themselves (headings, forms, markings, lines of the same
//! sign), and what is told of a sentence depends on its words alone.

use super::parser::Told;

/// Sentences that are kept; one that falls on the place of another drives it
/// out.
const PLACES: usize = 512;
/// Bytes of the longest one that is kept.
const LONGEST: usize = 2048;

/// Memory of one thread.
#[derive(Debug, Default)]
pub(super) struct Known {
    places: Vec<Sentence>,
}

#[derive(Debug, Default, Clone)]
struct Sentence {
    /// Its words without anything between, and where each ends.
    text: String,
    ends: Vec<usize>,
    told: Vec<Told>,
}

impl Sentence {
    fn is(&self, words: &[&str]) -> bool {
        let mut from = 0;
        self.ends.len() == words.len()
            && self.ends.iter().zip(words).all(|(end, word)| {
                let same = self.text.get(from..*end) == Some(word);
                from = *end;
                same
            })
    }
}

impl Known {
    /// What was told of these words, if it is still known.
    pub(super) fn find(&self, words: &[&str]) -> Option<&[Told]> {
        let sentence = self.places.get(place(words))?;
        sentence.is(words).then_some(sentence.told.as_slice())
    }

    /// Keeps what was told of words.
    pub(super) fn keep(&mut self, words: &[&str], told: &[Told]) {
        if words.iter().map(|word| word.len()).sum::<usize>() > LONGEST {
            return;
        }
        if self.places.is_empty() {
            self.places.resize(PLACES, Sentence::default());
        }
        let Some(sentence) = self.places.get_mut(place(words)) else {
            return;
        };
        sentence.text.clear();
        sentence.ends.clear();
        for word in words {
            sentence.text.push_str(word);
            sentence.ends.push(sentence.text.len());
        }
        sentence.told.clear();
        sentence.told.extend_from_slice(told);
    }
}

fn place(words: &[&str]) -> usize {
    let mut hash = words.len() as u64;
    for word in words {
        for byte in word.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (hash >> 32) as usize % PLACES
}

#[cfg(test)]
mod tests {
    use super::{Known, LONGEST, Told};

    #[test]
    fn the_same_words_are_known_and_no_others() {
        let mut known = Known::default();
        let told = |head| Told {
            head,
            ..Told::default()
        };
        assert!(known.find(&["a"]).is_none());
        known.keep(&["a", "bc"], &[told(2), told(0)]);
        assert_eq!(known.find(&["a", "bc"]), Some(&[told(2), told(0)][..]));
        for words in [&["ab", "c"][..], &["abc"], &["a", "bc", ""], &["a"]] {
            assert!(known.find(words).is_none(), "{words:?}");
        }
        // More than there are places: each is right where it is still known.
        let words: Vec<String> = (0..3000).map(|number| number.to_string()).collect();
        for (number, word) in (0..).zip(&words) {
            known.keep(&[word], &[told(number)]);
        }
        let still = (0..).zip(&words).filter(|(number, word)| {
            let found = known.find(&[word]);
            assert!(found.is_none_or(|found| found == [told(*number)]));
            found.is_some()
        });
        assert!(still.count() > 100);
        let long = "x".repeat(LONGEST + 1);
        known.keep(&[&long], &[told(0)]);
        assert!(known.find(&[&long]).is_none());
    }
}
