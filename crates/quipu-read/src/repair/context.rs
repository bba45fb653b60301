//! Signs that only the words around them show to be wrong: apostrophes,
//! quotation marks and dashes that turned into letters.

use std::cell::OnceCell;
use std::ops::Range;

use quipu_packs::{Engine, Packs, RepairRule, fold};

use super::voice::voice;
use super::{Fix, accepted, after, before, is_letter, known, names_in, places, word_around};

/// So many signs of a rule behind words that are known make those behind unknown
/// names believed.
const CERTAIN_ENOUGH: usize = 2;

/// How far apart the two marks of a quotation may stand, in bytes.
const QUOTATION_BYTES_MAX: usize = 800;

pub(super) fn signs<'p>(text: &str, packs: &'p Packs) -> Vec<Fix<'p>> {
    let mut fixes: Vec<Fix<'p>> = Vec::new();
    for rule in packs.repair_rules() {
        match rule.engine {
            Engine::Apostrophes => apostrophes(text, rule, packs, &mut fixes),
            Engine::Quotes => quotes(text, rule, packs, &mut fixes),
            Engine::Alone => alone(text, rule, packs, &mut fixes),
            Engine::Inside => inside(text, rule, packs, &mut fixes),
            _ => {}
        }
    }
    fixes
}

fn speaks(text: &str, range: &Range<usize>, rule: &RepairRule, packs: &Packs) -> bool {
    voice(text, range, packs) == Some(rule.language.as_str())
}

/// `Limaís`, `donít`: the word is none, what stands before the sign is one, and
/// what follows is an ending that an apostrophe brings.
fn apostrophes<'p>(text: &str, rule: &'p RepairRule, packs: &'p Packs, fixes: &mut Vec<Fix<'p>>) {
    let Some(language) = packs.language(&rule.language) else {
        return;
    };
    let names = OnceCell::new();
    let before_all = fixes.len();
    let mut doubtful = Vec::new();
    for (sign, becomes) in &rule.signs {
        for at in places(text, sign) {
            let range = at..at + sign.len();
            if !is_letter(before(text, at)) {
                continue;
            }
            let word = word_around(text, &range, |_| false);
            let (stem, ending) = (&text[word.start..at], &text[range.end..word.end]);
            if !rule.words.iter().any(|known| known == ending)
                || accepted(packs, &text[word.clone()])
            {
                continue;
            }
            // The sign may take a letter of the stem with it (`sí`, `s’`).
            let kept: String = becomes.chars().take_while(|c| c.is_alphabetic()).collect();
            let stem = format!("{stem}{kept}");
            let contraction = language.words.knows(&format!("{stem}'{ending}"));
            let letters = stem.chars().count();
            let name = stem.chars().next().is_some_and(char::is_uppercase);
            let long = letters
                >= if ending.is_empty() {
                    5
                } else if name {
                    4
                } else {
                    3
                };
            let upper_sign = sign.chars().all(char::is_uppercase)
                && stem.chars().next_back().is_some_and(char::is_lowercase);
            // No list knows every name, but a text that speaks of somebody's
            // things mostly names him without an ending too.
            let named = || name && names.get_or_init(|| names_in(text)).contains(stem.as_str());
            let fits = contraction
                || long && (known(packs, &stem) || named())
                || upper_sign && letters >= 2;
            let belongs = || name && letters >= 5 && !ending.is_empty() && owns(text, &word);
            if (fits || belongs()) && speaks(text, &word, rule, packs) {
                let fix = Fix {
                    range,
                    becomes: becomes.clone(),
                    rule,
                };
                if fits {
                    fixes.push(fix);
                } else {
                    doubtful.push(fix);
                }
            }
        }
    }
    if fixes.len() - before_all >= CERTAIN_ENOUGH {
        fixes.append(&mut doubtful);
    }
}

/// Whether a name stands as one that owns something does: alone, not behind
/// another name, and with the thing behind it.
fn owns(text: &str, word: &Range<usize>) -> bool {
    let last = text[..word.start].split_whitespace().next_back();
    let behind_name = last.is_some_and(|last| {
        last.chars().next().is_some_and(char::is_uppercase)
            && last.ends_with(char::is_alphanumeric)
            && last.chars().count() > 1
    });
    let thing = text[word.end..]
        .strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(char::is_lowercase));
    !behind_name && thing
}

/// A letter that opens where no word begins with it, and its partner that
/// closes.
fn quotes<'p>(text: &str, rule: &'p RepairRule, packs: &'p Packs, fixes: &mut Vec<Fix<'p>>) {
    let [open, close, opens, closes] = rule.words.as_slice() else {
        return;
    };
    let mut done = 0;
    for at in places(text, open) {
        let inner = at + open.len();
        if at < done || is_letter(before(text, at)) || !is_letter(after(text, inner)) {
            continue;
        }
        let first = word_around(text, &(at..inner), |_| false);
        if known(packs, &text[first.clone()]) || !known(packs, &text[inner..first.end]) {
            continue;
        }
        let mut end = (inner + QUOTATION_BYTES_MAX).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let end = text[inner..end].find("\n\n").map_or(end, |gap| inner + gap);
        let closing = text[inner..end]
            .match_indices(close.as_str())
            .map(|(found, _)| inner + found)
            .find(|found| closes_here(text, *found, close, packs));
        if let Some(found) = closing
            && speaks(text, &(at..found), rule, packs)
        {
            fixes.push(Fix {
                range: at..inner,
                becomes: opens.clone(),
                rule,
            });
            fixes.push(Fix {
                range: found..found + close.len(),
                becomes: closes.clone(),
                rule,
            });
            done = found + close.len();
        }
    }
}

fn closes_here(text: &str, at: usize, close: &str, packs: &Packs) -> bool {
    let behind = at + close.len();
    let Some(last) = before(text, at) else {
        return false;
    };
    if last.is_whitespace() || is_letter(after(text, behind)) {
        return false;
    }
    let upper_sign = close.chars().all(char::is_uppercase);
    if upper_sign && last.is_uppercase() {
        return false;
    }
    let word = word_around(text, &(at..behind), |_| false);
    !accepted(packs, &text[word])
}

/// A letter alone between spaces.
fn alone<'p>(text: &str, rule: &'p RepairRule, packs: &'p Packs, fixes: &mut Vec<Fix<'p>>) {
    for (sign, becomes) in &rule.signs {
        for at in places(text, sign) {
            let range = at..at + sign.len();
            let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
            if !space(before(text, at)) || !space(after(text, range.end)) {
                continue;
            }
            // Who speaks of the letter itself names it.
            let last = text[..at].split_whitespace().next_back();
            let named = last.is_some_and(|word| rule.words.contains(&fold::phrase(word)));
            if !named && speaks(text, &range, rule, packs) {
                fixes.push(Fix {
                    range,
                    becomes: becomes.clone(),
                    rule,
                });
            }
        }
    }
}

/// A letter before a word, in a sentence that ends with one of `words` and does
/// not hold the right sign yet.
fn inside<'p>(text: &str, rule: &'p RepairRule, packs: &'p Packs, fixes: &mut Vec<Fix<'p>>) {
    for (sign, becomes) in &rule.signs {
        for at in places(text, sign) {
            let range = at..at + sign.len();
            let word = word_around(text, &range, |_| false);
            if word.start != at || word.end == range.end {
                continue;
            }
            let rest = text[range.end..].chars().take(300);
            let sentence: String = rest.take_while(|c| *c != '\n').collect();
            let ends = rule
                .words
                .iter()
                .filter_map(|end| sentence.find(end.as_str()))
                .min();
            let Some(end) = ends else { continue };
            let open = sentence
                .get(..end)
                .is_some_and(|sentence| sentence.contains(becomes.as_str()));
            let makes_sense =
                known(packs, &text[range.end..word.end]) && !known(packs, &text[word]);
            if !open && makes_sense && speaks(text, &range, rule, packs) {
                fixes.push(Fix {
                    range,
                    becomes: becomes.clone(),
                    rule,
                });
            }
        }
    }
}
