//! Letters and digits that OCR takes for one another: only on pages it read,
//! and only where a common word or a plain number comes out.

use std::ops::Range;

use quipu_packs::{Engine, Packs, RepairRule};

use super::{Fix, known, rules};

/// A word must be so common to be put in for one that is none.
const CLASS_MIN: u8 = 3;
/// The same for a word that begins with a capital: it may be a name.
const CLASS_MIN_CAPITAL: u8 = 4;

pub(super) fn confusions<'p>(
    text: &str,
    scanned: &[Range<usize>],
    packs: &'p Packs,
) -> Vec<Fix<'p>> {
    let mut fixes = Vec::new();
    for range in scanned {
        let Some(page) = text.get(range.clone()) else {
            continue;
        };
        for (at, word) in words(page) {
            let at = range.start + at;
            let digits = word.chars().filter(char::is_ascii_digit).count();
            let mended = if digits >= 2 {
                rules(packs, Engine::Digits).find_map(|rule| Some((number(word, rule)?, rule)))
            } else {
                rules(packs, Engine::Confusions)
                    .find_map(|rule| Some((letters(word, rule, packs)?, rule)))
            };
            if let Some((becomes, rule)) = mended {
                fixes.push(Fix {
                    range: at..at + word.len(),
                    becomes,
                    rule,
                });
            }
        }
    }
    fixes
}

fn words(page: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| c.is_alphanumeric() || c == '|';
    page.split(move |c: char| !part(c))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - page.as_ptr() as usize, word))
}

/// `l990` is a number with one letter in it.
fn number(word: &str, rule: &RepairRule) -> Option<String> {
    let mut made = String::new();
    let mut changed = false;
    for c in word.chars() {
        match rule.signs.get(c.encode_utf8(&mut [0; 4]) as &str) {
            Some(digit) => {
                made.push_str(digit);
                changed = true;
            }
            None if c.is_ascii_digit() => made.push(c),
            None => return None,
        }
    }
    (changed && made.len() >= 3).then_some(made)
}

/// The commonest word that one confusion away from this one; two that are
/// equally common leave it as it is.
fn letters(word: &str, rule: &RepairRule, packs: &Packs) -> Option<String> {
    if word.chars().count() < 4 || word.len() > 40 || known(packs, word) {
        return None;
    }
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let upper = capital && word.chars().nth(1).is_some_and(char::is_uppercase);
    let class_min = if capital && !upper {
        CLASS_MIN_CAPITAL
    } else {
        CLASS_MIN
    };
    let mut best: Option<(u8, String)> = None;
    let mut tied = false;
    for (seen, meant) in rule.words.iter().filter_map(|pair| pair.split_once('=')) {
        let everywhere = word.replace(seen, meant);
        let once = word
            .match_indices(seen)
            .map(|(at, _)| format!("{}{meant}{}", &word[..at], &word[at + seen.len()..]));
        for candidate in once
            .chain([everywhere])
            .filter(|candidate| candidate != word)
        {
            let class = packs
                .languages()
                .iter()
                .filter_map(|language| language.words.class(&candidate))
                .max();
            let Some(class) = class.filter(|class| *class >= class_min) else {
                continue;
            };
            match &best {
                Some((other, found)) if *other >= class => {
                    tied |= *other == class && *found != candidate;
                }
                _ => {
                    tied = false;
                    best = Some((class, candidate));
                }
            }
        }
    }
    best.filter(|_| !tied).map(|(_, word)| word)
}
