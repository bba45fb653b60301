//! How alike two words of a name are.

use rapidfuzz::distance::osa;

use super::lexicon::Lexicon;
use super::written::{Part, PartSort};

/// A word as it sounds: one letter for those that are written in several ways,
/// none doubled.
pub(crate) fn heard(lexicon: &Lexicon, word: &str) -> String {
    let mut made = exchanged(&lexicon.sounds, word);
    let mut last = None;
    made.retain(|c| last.replace(c) != Some(c));
    made
}

/// A word as a bad scan may have it.
pub(crate) fn scanned(lexicon: &Lexicon, word: &str) -> String {
    exchanged(&lexicon.slips, word)
}

/// A word with letters exchanged, once from left to right.
fn exchanged(pairs: &[(String, String)], word: &str) -> String {
    let mut made = String::with_capacity(word.len());
    let mut rest = word;
    'word: while let Some(c) = rest.chars().next() {
        for (from, to) in pairs {
            if let Some(behind) = rest.strip_prefix(from.as_str()) {
                made.push_str(to);
                rest = behind;
                continue 'word;
            }
        }
        made.push(c);
        rest = &rest[c.len_utf8()..];
    }
    made
}

/// How alike two parts are, in thousandths; 0 where they do not go together.
pub(crate) fn parts(lexicon: &Lexicon, one: &Part, other: &Part) -> u32 {
    if one.text == other.text {
        return 1000;
    }
    if one.sort == PartSort::Number || other.sort == PartSort::Number {
        let same = one.groups.iter().any(|group| other.groups.contains(group));
        return if same { 1000 } else { 0 };
    }
    if one.groups.iter().any(|group| other.groups.contains(group)) {
        return 930;
    }
    // Two words that are known to mean two things.
    if !one.groups.is_empty() && !other.groups.is_empty() {
        return 0;
    }
    if one.sort == PartSort::Initial || other.sort == PartSort::Initial {
        let first = |part: &Part| part.text.chars().next();
        return if first(one) == first(other) { 650 } else { 0 };
    }
    if contrary(lexicon, &one.text, &other.text) {
        return 0;
    }
    if one.person
        && (shortens(lexicon, &one.text, &other.text) || shortens(lexicon, &other.text, &one.text))
    {
        return 700;
    }
    let heard = if one.heard == other.heard {
        920
    } else {
        spelled(&one.heard, &other.heard).saturating_sub(40)
    };
    let scanned = if one.scanned == other.scanned { 850 } else { 0 };
    spelled(&one.text, &other.text).max(heard).max(scanned)
}

/// Whether a word cuts a longer one short that is no woman's form of it: `Max`,
/// `Maxwell`, but not `José`, `Josefina`.
fn shortens(lexicon: &Lexicon, short: &str, long: &str) -> bool {
    let ending = |(first, _): &(String, String)| long.ends_with(first.as_str());
    short.len() >= 3
        && long.len() >= short.len() + 3
        && long.starts_with(short)
        && !lexicon.genders.iter().any(ending)
}

/// How alike some words and one that joins them are: `de la Cruz`, `Delacruz`.
pub(crate) fn joined(words: &[Part], whole: &Part) -> u32 {
    let together = |of: fn(&Part) -> &str| {
        let mut rest = of(whole);
        let all = words.iter().all(|word| match rest.strip_prefix(of(word)) {
            Some(behind) => {
                rest = behind;
                true
            }
            None => false,
        });
        all && rest.is_empty()
    };
    if together(|part| &part.text) {
        950
    } else if together(|part| &part.heard) {
        900
    } else {
        0
    }
}

/// Whether two words differ only in what tells a woman's name from a man's.
fn contrary(lexicon: &Lexicon, one: &str, other: &str) -> bool {
    let ends = |one: &str, other: &str, (first, second): &(String, String)| {
        matches!(
            (one.strip_suffix(first.as_str()), other.strip_suffix(second.as_str())),
            (Some(stem), Some(same)) if stem == same
        )
    };
    lexicon
        .genders
        .iter()
        .any(|pair| ends(one, other, pair) || ends(other, one, pair))
}

/// Likeness by letters: one slip in a short word, three in a long one.
fn spelled(one: &str, other: &str) -> u32 {
    let longer = one.len().max(other.len());
    let allowed = match longer {
        0..=3 => 0,
        4..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    if one.len().abs_diff(other.len()) > allowed {
        return 0;
    }
    let args = osa::Args::default().score_cutoff(allowed);
    let Some(slips) = osa::distance_with_args(one.chars(), other.chars(), &args) else {
        return 0;
    };
    let lost = 1300 * slips as u32 / longer as u32;
    let first = |word: &str| word.chars().next();
    let lost = if first(one) == first(other) {
        lost
    } else {
        lost + 120
    };
    1000u32.saturating_sub(lost)
}
