//! The measure of the CoNLL 2018 shared task (Zeman et al. 2018): a word cut wrongly
//! costs what hangs on it and no more.

use super::align::align;
use super::table::{Governor, Table};

/// How much both sides have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) right: usize,
    /// How many the key has.
    pub(crate) key: usize,
    /// How many were found.
    pub(crate) found: usize,
}

impl Count {
    /// Harmonic mean of precision and recall, in per cent.
    pub(crate) fn f1(self) -> f64 {
        percent(2 * self.right, self.key + self.found)
    }

    /// How much of what was found is right, in per cent.
    pub(crate) fn precision(self) -> f64 {
        percent(self.right, self.found)
    }

    /// How much of the key was found, in per cent.
    pub(crate) fn recall(self) -> f64 {
        percent(self.right, self.key)
    }

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            key: self.key + other.key,
            found: self.found + other.found,
        }
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 * 100.0 / whole as f64
    }
}

/// The figures of one file against its key.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Measure {
    pub(crate) tokens: Count,
    pub(crate) sentences: Count,
    pub(crate) words: Count,
    pub(crate) upos: Count,
    /// Universal features.
    pub(crate) features: Count,
    pub(crate) lemmas: Count,
    /// Governor.
    pub(crate) uas: Count,
    /// Governor and relation, without subtypes.
    pub(crate) las: Count,
}

/// Measures a file against its key.
///
/// # Errors
/// Where the two part, when they are not of one text.
pub(crate) fn measure(key: &Table, found: &Table) -> Result<Measure, String> {
    one_text(key, found)?;
    let pairs = align(&key.words, &found.words);
    let mut partner = vec![None; key.words.len()];
    for (mine, other) in &pairs {
        if let Some(slot) = partner.get_mut(*mine) {
            *slot = Some(*other);
        }
    }
    let mut right = [0; 5];
    for (mine, other) in &pairs {
        let (Some(mine), Some(other)) = (key.words.get(*mine), found.words.get(*other)) else {
            continue;
        };
        let attached = match (mine.governor, other.governor) {
            (Governor::Root, Governor::Root) => true,
            (Governor::Word(mine), Governor::Word(other)) => {
                partner.get(mine) == Some(&Some(other))
            }
            _ => false,
        };
        let said = [
            mine.upos == other.upos,
            mine.features == other.features,
            mine.lemma == "_" || mine.lemma == other.lemma,
            attached,
            attached && mine.relation == other.relation,
        ];
        for (sum, said) in right.iter_mut().zip(said) {
            *sum += usize::from(said);
        }
    }
    let of_words = |right| Count {
        right,
        key: key.words.len(),
        found: found.words.len(),
    };
    let [upos, features, lemmas, uas, las] = right.map(of_words);
    Ok(Measure {
        tokens: in_common(&key.tokens, &found.tokens),
        sentences: in_common(&key.sentences, &found.sentences),
        words: of_words(pairs.len()),
        upos,
        features,
        lemmas,
        uas,
        las,
    })
}

/// Says where two files part, when they are not of one text.
pub(crate) fn one_text(key: &Table, found: &Table) -> Result<(), String> {
    if key.letters == found.letters {
        return Ok(());
    }
    let at = key
        .letters
        .iter()
        .zip(&found.letters)
        .take_while(|(a, b)| a == b)
        .count();
    let near = |letters: &[char]| -> String {
        let from = at.saturating_sub(20);
        letters.iter().skip(from).take(40).collect()
    };
    Err(format!(
        "the texts differ at letter {at}: the key has `{}`, the file `{}`",
        near(&key.letters),
        near(&found.letters)
    ))
}

/// Stretches that both have; both ascend.
fn in_common(key: &[std::ops::Range<usize>], found: &[std::ops::Range<usize>]) -> Count {
    let (mut at, mut right) = (0, 0);
    for own in key {
        while found.get(at).is_some_and(|other| other.start < own.start) {
            at += 1;
        }
        if let Some(other) = found.get(at).filter(|other| other.start == own.start) {
            right += usize::from(other.end == own.end);
            at += 1;
        }
    }
    Count {
        right,
        key: key.len(),
        found: found.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, Measure, measure};
    use crate::annotate::table::Table;

    /// Rows of id, form, UPOS, head, relation; a blank line ends a sentence.
    fn table(rows: &str) -> Table {
        let mut text = String::new();
        for row in rows.trim().lines().map(str::trim) {
            match row.split(' ').collect::<Vec<_>>().as_slice() {
                [id, form, upos, head, relation] => text.push_str(&format!(
                    "{id}\t{form}\t{form}\t{upos}\t_\t_\t{head}\t{relation}\t_\t_\n"
                )),
                [id, form] => text.push_str(&format!("{id}\t{form}{}\n", "\t_".repeat(8))),
                _ => text.push('\n'),
            }
        }
        Table::read(&text).unwrap()
    }

    fn of(right: usize, key: usize, found: usize) -> Count {
        Count { right, key, found }
    }

    fn compare(key: &str, found: &str) -> Measure {
        measure(&table(key), &table(found)).unwrap()
    }

    const SALE: &str = "1 Sale VERB 0 root
        2-3 del
        2 de ADP 4 case
        3 el DET 4 det
        4 mar NOUN 1 obl
        5 . PUNCT 1 punct";

    #[test]
    fn what_is_the_same_is_all_right() {
        let same = compare(SALE, SALE);
        for count in [
            same.words,
            same.upos,
            same.features,
            same.lemmas,
            same.uas,
            same.las,
        ] {
            assert_eq!(count, of(5, 5, 5));
        }
        assert_eq!(same.tokens, of(4, 4, 4));
        assert_eq!(same.sentences, of(1, 1, 1));
        assert!((same.las.f1() - 100.0).abs() < 1e-9);
    }

    #[test]
    fn a_contraction_left_whole_costs_its_own_words() {
        let found = compare(
            SALE,
            "1 Sale VERB 0 root
             2 del ADP 3 case
             3 mar NOUN 1 obl
             4 . PUNCT 1 punct",
        );
        assert_eq!(found.tokens, of(4, 4, 4));
        assert_eq!(found.words, of(3, 5, 4));
        assert_eq!(found.las, of(3, 5, 4));
    }

    #[test]
    fn words_in_a_contraction_are_matched_by_form_not_by_place() {
        let found = compare(
            SALE,
            "1 Sale VERB 0 root
             2-4 del
             2 x X 5 dep
             3 DE ADP 5 case
             4 el DET 5 dep
             5 mar NOUN 1 obl
             6 . PUNCT 1 punct",
        );
        assert_eq!(found.words, of(5, 5, 6));
        assert_eq!(found.upos, of(5, 5, 6));
        assert_eq!(found.uas, of(5, 5, 6));
        assert_eq!(found.las, of(4, 5, 6));
    }

    #[test]
    fn a_word_cut_in_two_costs_what_hangs_on_it() {
        let found = compare(
            "1 He PRON 2 nsubj
             2 re-read VERB 0 root
             3 it PRON 2 obj",
            "1 He PRON 3 nsubj
             2 re- X 3 dep
             3 read VERB 0 root
             4 it PRON 3 obj",
        );
        assert_eq!(found.tokens, of(2, 3, 4));
        assert_eq!(found.words, of(2, 3, 4));
        assert_eq!(found.upos, of(2, 3, 4));
        assert_eq!(found.uas, of(0, 3, 4));
    }

    #[test]
    fn a_sentence_cut_in_two_costs_its_border_and_its_second_root() {
        let found = compare(
            "1 Go VERB 0 root
             2 on ADV 1 advmod
             3 now ADV 1 advmod",
            "1 Go VERB 0 root
             2 on ADV 1 advmod

             1 now ADV 0 root",
        );
        assert_eq!(found.sentences, of(0, 1, 2));
        assert_eq!(found.words, of(3, 3, 3));
        assert_eq!(found.las, of(2, 3, 3));
    }

    #[test]
    fn a_subtype_of_a_relation_is_not_compared() {
        let found = compare(
            "1 Go VERB 0 root
             2 now ADV 1 advmod:emph",
            "1 Go VERB 0 root
             2 now ADV 1 advmod",
        );
        assert_eq!(found.las, of(2, 2, 2));
    }

    #[test]
    fn other_texts_are_refused_with_the_place() {
        let key = table("1 Go VERB 0 root");
        let found = table("1 Ga VERB 0 root");
        assert!(measure(&key, &found).unwrap_err().contains("letter 1"));
    }
}
