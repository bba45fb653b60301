//! UD Spanish GSD is brought nearer to AnCora 2.9, as far as a table can.
//!
//! What stays different: how multiword expressions, dates and numbers are built,
//! and which words count as auxiliaries. GSD is added training data, never a measure.

use std::collections::BTreeMap;

use crate::conllu::{Sentence, Word};

/// Renames relations, restores the lemma of names, and makes participles that
/// modify a noun adjectives, as AnCora has them.
#[must_use]
pub fn to_ancora(sentence: &Sentence) -> Sentence {
    let relations: BTreeMap<&str, &str> = include_str!("../data/gsd/relations.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect();
    let mut changed = sentence.clone();
    let verbal: Vec<bool> = (1..=sentence.words.len())
        .map(|id| has_auxiliary(sentence, id))
        .collect();
    for (word, verbal) in changed.words.iter_mut().zip(verbal) {
        let participle = word.upos == "VERB" && word.feats.contains("VerbForm=Part") && !verbal;
        if participle && matches!(word.deprel.as_str(), "acl" | "amod") {
            make_adjective(word);
        }
        if word.upos == "PROPN" {
            word.lemma.clone_from(&word.form);
        }
        if let Some(relation) = relations.get(word.deprel.as_str()) {
            (*relation).clone_into(&mut word.deprel);
        }
    }
    changed
}

fn has_auxiliary(sentence: &Sentence, id: usize) -> bool {
    sentence
        .words
        .iter()
        .any(|word| word.head == id && (word.deprel.starts_with("aux") || word.deprel == "cop"))
}

fn make_adjective(word: &mut Word) {
    word.upos = "ADJ".to_owned();
    word.deprel = "amod".to_owned();
    word.lemma = masculine(&word.form.to_lowercase());
    let kept: Vec<&str> = word
        .feats
        .split('|')
        .filter(|feat| !feat.starts_with("Tense="))
        .collect();
    word.feats = kept.join("|");
}

/// The masculine singular of a participle: AnCora's lemma of it.
fn masculine(form: &str) -> String {
    let stem = form.trim_end_matches('s');
    match stem.strip_suffix(['a', 'o']) {
        Some(stem) => format!("{stem}o"),
        None => stem.to_owned(),
    }
}
