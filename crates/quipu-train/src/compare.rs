//! How far two annotations of the same text agree, word by word.
//!
//! Words are matched by the characters they cover, as in the CoNLL 2018 shared
//! task, so a different cut costs only the words it touches.

use std::collections::BTreeMap;

use crate::conllu::Sentence;

/// Counts of agreement; each is out of `gold` and `system` words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Sentences compared.
    pub sentences: usize,
    /// Words of the reference.
    pub gold: usize,
    /// Words of the other side.
    pub system: usize,
    /// Words that both have.
    pub words: usize,
    /// ... with the same part of speech.
    pub upos: usize,
    /// ... with the same features.
    pub feats: usize,
    /// ... with the same lemma.
    pub lemma: usize,
    /// ... with the same governor.
    pub heads: usize,
    /// ... with the same governor and relation, subtypes included.
    pub labelled: usize,
    /// Words with the same governor by (reference relation, other relation).
    pub confusion: BTreeMap<(String, String), usize>,
    /// Words by reference relation: all, same governor, same governor and relation.
    pub by_relation: BTreeMap<String, [usize; 3]>,
}

impl Agreement {
    /// F1 of a count in percent, the measure of the shared task.
    #[must_use]
    pub fn f1(&self, count: usize) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let score = 200.0 * count as f64 / (self.gold + self.system).max(1) as f64;
        score
    }
}

/// The text without spaces: equal texts can be compared.
#[must_use]
pub fn letters(sentence: &Sentence) -> String {
    sentence
        .text()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// Pairs of word positions (reference, other) that cover the same characters.
#[must_use]
pub fn matched(gold: &Sentence, system: &Sentence) -> Vec<(usize, usize)> {
    let places: BTreeMap<(usize, usize, usize), usize> = extents(system)
        .into_iter()
        .enumerate()
        .map(|(at, extent)| (extent, at))
        .collect();
    extents(gold)
        .into_iter()
        .enumerate()
        .filter_map(|(at, extent)| Some((at, *places.get(&extent)?)))
        .collect()
}

/// For each word: first and last letter of its token, and its place in the token.
fn extents(sentence: &Sentence) -> Vec<(usize, usize, usize)> {
    let mut extents = Vec::new();
    let mut from = 0;
    let mut id: usize = 1;
    while let Some(word) = sentence.words.get(id - 1) {
        let (form, last) = match sentence.range_from(id) {
            Some(range) => (&range.form, range.last.max(id)),
            None => (&word.form, id),
        };
        let to = from + form.chars().filter(|c| !c.is_whitespace()).count();
        extents.extend((id..=last).map(|word| (from, to, word - id)));
        from = to;
        id = last + 1;
    }
    extents.truncate(sentence.words.len());
    extents
}

/// Adds the comparison of one pair of sentences.
pub fn add(total: &mut Agreement, gold: &Sentence, system: &Sentence) {
    total.sentences += 1;
    total.gold += gold.words.len();
    total.system += system.words.len();
    let pairs = matched(gold, system);
    let to_system: BTreeMap<usize, usize> = pairs.iter().copied().collect();
    total.words += pairs.len();
    for word in &gold.words {
        total.by_relation.entry(word.deprel.clone()).or_default()[0] += 1;
    }
    for (at, other) in pairs {
        let (Some(mine), Some(theirs)) = (gold.words.get(at), system.words.get(other)) else {
            continue;
        };
        total.upos += usize::from(mine.upos == theirs.upos);
        total.feats += usize::from(mine.feats == theirs.feats);
        total.lemma += usize::from(mine.lemma == theirs.lemma);
        let same_head = match mine.head.checked_sub(1) {
            None => theirs.head == 0,
            Some(head) => to_system
                .get(&head)
                .is_some_and(|&head| head + 1 == theirs.head),
        };
        if !same_head {
            continue;
        }
        total.heads += 1;
        let same = mine.deprel == theirs.deprel;
        total.labelled += usize::from(same);
        let counts = total.by_relation.entry(mine.deprel.clone()).or_default();
        counts[1] += 1;
        counts[2] += usize::from(same);
        if !same {
            *total
                .confusion
                .entry((mine.deprel.clone(), theirs.deprel.clone()))
                .or_default() += 1;
        }
    }
}
