//! How far a reading is from the truth: errors per character and per word.

/// Errors against a known text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErrorRate {
    /// Characters inserted, dropped or changed (Levenshtein distance).
    pub character_errors: usize,
    /// Characters of the truth.
    pub characters: usize,
    /// The same for words.
    pub word_errors: usize,
    /// Words of the truth.
    pub words: usize,
}

impl ErrorRate {
    /// Errors per hundred characters.
    #[must_use]
    pub fn cer(self) -> f64 {
        100.0 * self.character_errors as f64 / self.characters.max(1) as f64
    }

    /// Errors per hundred words.
    #[must_use]
    pub fn wer(self) -> f64 {
        100.0 * self.word_errors as f64 / self.words.max(1) as f64
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            character_errors: self.character_errors + other.character_errors,
            characters: self.characters + other.characters,
            word_errors: self.word_errors + other.word_errors,
            words: self.words + other.words,
        }
    }
}

/// Counts the errors of a reading. Runs of white space count as one space, so
/// that where lines and cells end is not scored.
#[must_use]
pub fn error_rates(truth: &str, read: &str) -> ErrorRate {
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (truth, read) = (words(truth), words(read));
    let letters = |words: &[String]| words.join(" ").chars().collect::<Vec<_>>();
    let (truth_letters, read_letters) = (letters(&truth), letters(&read));
    ErrorRate {
        character_errors: distance(&truth_letters, &read_letters),
        characters: truth_letters.len(),
        word_errors: distance(&truth, &read),
        words: truth.len(),
    }
}

/// Levenshtein distance.
fn distance<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            let changed = diagonal + usize::from(x != y);
            diagonal = above;
            left = changed.min(above + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_counted_as_people_count_them() {
        let rate = error_rates("pagó 50,000 a la señora", "pago 50.000 a  la\nsenora");
        assert_eq!((rate.character_errors, rate.characters), (3, 23));
        assert_eq!((rate.word_errors, rate.words), (3, 5));
        assert_eq!(error_rates("abc", "abc").cer(), 0.0);
        assert_eq!(error_rates("abcd", "").cer(), 100.0);
        assert_eq!(error_rates("kitten", "sitting").character_errors, 3);
    }
}
