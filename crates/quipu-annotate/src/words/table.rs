//! A table of words that is asked without making a string.

use super::hash::Hash;

/// A hash of what a word is looked up by; never written to a file.
#[inline(always)]
pub(crate) fn hash(word: &str) -> u32 {
    Hash::new(0).with(word.as_bytes()).whole()
}

/// Entries found by hash. What an entry is, and whether it is the one meant,
/// the owner knows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// Number of an entry and one more, 0 for none; twice as many places as
    /// entries or more, a power of two.
    places: Vec<u32>,
}

impl Table {
    /// Of entries with these hashes. Of two that the owner holds for the same
    /// the first is found.
    pub(crate) fn new(hashes: &[u32]) -> Self {
        let mut places = vec![0; (hashes.len() * 2).next_power_of_two().max(2)];
        let mask = places.len() - 1;
        for (entry, hash) in (1..).zip(hashes) {
            let mut at = *hash as usize & mask;
            while let Some(place) = places.get_mut(at) {
                if *place == 0 {
                    *place = entry;
                    break;
                }
                at = (at + 1) & mask;
            }
        }
        Self { places }
    }

    /// The number of the entry with this hash that is `meant`.
    #[inline]
    pub(crate) fn find(&self, hash: u32, mut meant: impl FnMut(usize) -> bool) -> Option<usize> {
        let mask = self.places.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        loop {
            let entry = (*self.places.get(at)? as usize).checked_sub(1)?;
            if meant(entry) {
                return Some(entry);
            }
            at = (at + 1) & mask;
        }
    }
}

/// A set of words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    text: String,
    ends: Vec<u32>,
    table: Table,
}

impl Words {
    /// Of words, each of which keeps its number; of equal ones the first is
    /// found.
    pub(crate) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut text, mut ends, mut hashes) = (String::new(), Vec::new(), Vec::new());
        for word in words {
            text.push_str(word);
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            hashes.push(hash(word));
        }
        Self {
            text,
            ends,
            table: Table::new(&hashes),
        }
    }

    /// The word of a number.
    #[inline]
    pub(crate) fn get(&self, number: usize) -> &str {
        let from = number
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        let until = self.ends.get(number).copied().unwrap_or(from);
        self.text
            .get(from as usize..until as usize)
            .unwrap_or_default()
    }

    /// The number of a word.
    #[inline]
    pub(crate) fn find(&self, word: &str) -> Option<usize> {
        self.find_by(hash(word), |found| found == word)
    }

    /// The number of the word with this hash that is `meant`.
    #[inline]
    pub(crate) fn find_by(&self, hash: u32, mut meant: impl FnMut(&str) -> bool) -> Option<usize> {
        self.table.find(hash, |number| meant(self.get(number)))
    }

    pub(crate) fn contains(&self, word: &str) -> bool {
        self.find(word).is_some()
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The words in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|number| self.get(number))
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, Words};

    #[test]
    fn words_are_found_by_themselves_alone() {
        let list: Vec<String> = (0..500)
            .map(|number| format!("w{number}"))
            .chain([String::new(), "w3".to_owned()])
            .collect();
        let words = Words::new(list.iter().map(String::as_str));
        for (number, word) in list.iter().enumerate().take(501) {
            assert_eq!(words.find(word), Some(number));
        }
        assert_eq!(words.find("w3"), Some(3));
        assert_eq!((words.find("w500"), words.get(999)), (None, ""));
        assert!(!Words::default().contains("") && !Words::new([]).contains("a"));
    }

    #[test]
    fn equal_hashes_are_told_apart() {
        let table = Table::new(&[7, 7, 7]);
        assert_eq!(table.find(7, |entry| entry == 2), Some(2));
        assert_eq!(table.find(7, |_| false), None);
    }
}
