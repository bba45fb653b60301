//! Lines with Arabic or Hebrew: the page gives letters as they stand, from left
//! to right; here they are put into the order in which they are read.

use super::words::Word;

/// Whether a letter belongs to a script written from right to left.
pub(super) const fn is_right_to_left(letter: char) -> bool {
    matches!(letter,
        '\u{0590}'..='\u{08FF}'
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}')
        && !matches!(letter, '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Right,
    Left,
    /// Signs without a direction of their own.
    Either,
}

fn way(text: &str) -> Way {
    if text.chars().any(is_right_to_left) {
        Way::Left
    } else if text.chars().any(char::is_alphanumeric) {
        Way::Right
    } else {
        Way::Either
    }
}

/// Puts the words of a line, sorted from left to right, into reading order.
pub(super) fn settle(words: &mut [Word]) {
    let ways: Vec<Way> = words.iter().map(|word| way(&word.text)).collect();
    if !ways.contains(&Way::Left) {
        return;
    }
    let count = |way| ways.iter().filter(|found| **found == way).count();
    let line_runs_left = count(Way::Left) > count(Way::Right);
    for (word, way) in words.iter_mut().zip(&ways) {
        if *way == Way::Left && !word.settled {
            word.text = turned(&word.text);
        }
        word.settled = true;
    }
    if line_runs_left {
        words.reverse();
        let ways: Vec<Way> = ways.into_iter().rev().collect();
        turn_runs(words, &ways, Way::Right);
    } else {
        turn_runs(words, &ways, Way::Left);
    }
}

/// Turns every run of words of one way, signs between them included.
fn turn_runs(words: &mut [Word], ways: &[Way], way: Way) {
    let mut at = 0;
    while at < ways.len() {
        if ways[at] != way {
            at += 1;
            continue;
        }
        let mut last = at;
        for (next, found) in ways.iter().enumerate().skip(at + 1) {
            if *found == way {
                last = next;
            } else if *found != Way::Either {
                break;
            }
        }
        if let Some(run) = words.get_mut(at..=last) {
            run.reverse();
        }
        at = last + 1;
    }
}

/// The letters of a word from right to left; digits inside keep their order.
fn turned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for letter in text.chars().rev() {
        if letter.is_numeric() {
            digits.insert(0, letter);
            continue;
        }
        out.push_str(&digits);
        digits.clear();
        out.push(match letter {
            '(' => ')',
            ')' => '(',
            '[' => ']',
            ']' => '[',
            '«' => '»',
            '»' => '«',
            other => other,
        });
    }
    out.push_str(&digits);
    out
}
