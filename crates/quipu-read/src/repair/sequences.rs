//! UTF-8 read as something else: runs of odd characters that are, byte for
//! byte, UTF-8 of plausible ones.
//!
//! Sound text holds such runs by chance (`É…`, `√π`, `Å™`), so a sequence must
//! stand where its character could stand, and doubtful ones are believed only
//! in a text that has enough certain ones.

use std::ops::Range;

use quipu_packs::{Charset, Engine, Packs, RepairRule};

use super::{Fix, after, at_home, before, known, rules, word_around};

/// So many certain sequences of a rule make its doubtful ones believed.
const CERTAIN_ENOUGH: usize = 3;
/// Text can have been misread so many times over.
const LAYERS: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Belief {
    No,
    Doubtful,
    Certain,
}

struct Reading<'p> {
    rule: &'p RepairRule,
    charset: &'p Charset,
}

pub(super) fn sequences<'p>(text: &str, packs: &'p Packs) -> Vec<Fix<'p>> {
    let readings: Vec<Reading<'p>> = rules(packs, Engine::Utf8Sequences)
        .filter_map(|rule| {
            let charset = packs.charset(rule.read_as.as_deref()?)?;
            Some(Reading { rule, charset })
        })
        .collect();
    let runs = runs(text);
    let mut fixes = Vec::new();
    let mut certain = vec![0usize; readings.len()];
    let mut left = Vec::new();
    for run in runs {
        match mend(text, &run, &readings, Belief::Certain, packs) {
            Some((which, becomes)) => {
                certain[which] += 1;
                fixes.push(trimmed(text, run, &becomes, readings[which].rule));
            }
            None => left.push(run),
        }
    }
    // One strange letter alone, in a text whose other signs are sound, may be
    // broken in another way.
    if let [only] = fixes.as_slice() {
        let strange = only
            .becomes
            .chars()
            .any(|c| c.is_alphabetic() && !at_home(packs, c));
        let sound_beside =
            !text[..only.range.start].is_ascii() || !text[only.range.end..].is_ascii();
        if strange && sound_beside {
            fixes.clear();
        }
    }
    let believed: Vec<Reading<'p>> = readings
        .into_iter()
        .zip(&certain)
        .filter(|(_, certain)| **certain >= CERTAIN_ENOUGH)
        .map(|(reading, _)| reading)
        .collect();
    if !believed.is_empty() {
        for run in left {
            if let Some((which, becomes)) = mend(text, &run, &believed, Belief::Doubtful, packs) {
                fixes.push(trimmed(text, run, &becomes, believed[which].rule));
            }
        }
    }
    for rule in rules(packs, Engine::LostByte) {
        lost_bytes(text, rule, packs, &mut fixes);
    }
    fixes
}

/// Runs of two and more characters beyond ASCII.
fn runs(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(|byte| *byte >= 0x80) {
        let start = at + start;
        let long = bytes[start..]
            .iter()
            .take_while(|byte| **byte >= 0x80)
            .count();
        at = start + long;
        if text[start..at].chars().nth(1).is_some() {
            found.push(start..at);
        }
    }
    found
}

/// The edit without what it leaves as it was at both ends.
fn trimmed<'p>(text: &str, run: Range<usize>, becomes: &str, rule: &'p RepairRule) -> Fix<'p> {
    let old = &text[run.clone()];
    let front: usize = old
        .chars()
        .zip(becomes.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let back: usize = old[front..]
        .chars()
        .rev()
        .zip(becomes[front..].chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    Fix {
        range: run.start + front..run.end - back,
        becomes: becomes[front..becomes.len() - back].to_owned(),
        rule,
    }
}

/// Reads a run again, layer by layer; says by which reading first, and what
/// comes out.
fn mend(
    text: &str,
    run: &Range<usize>,
    readings: &[Reading<'_>],
    least: Belief,
    packs: &Packs,
) -> Option<(usize, String)> {
    let outside = (before(text, run.start), after(text, run.end));
    let mut first = None;
    let mut now = text[run.clone()].to_owned();
    for _ in 0..LAYERS {
        let mut best: Option<(usize, usize, String)> = None;
        for (which, reading) in readings.iter().enumerate() {
            let (count, made) = read_again(&now, reading.charset, outside, least, packs);
            if count > best.as_ref().map_or(0, |best| best.0) {
                best = Some((count, which, made));
            }
        }
        let Some((_, which, made)) = best else { break };
        first = first.or(Some(which));
        now = made;
    }
    Some((first?, now))
}

/// One layer: how many sequences are believed, and the run with them read.
fn read_again(
    run: &str,
    charset: &Charset,
    outside: (Option<char>, Option<char>),
    least: Belief,
    packs: &Packs,
) -> (usize, String) {
    let chars: Vec<char> = run.chars().collect();
    let bytes: Vec<Option<u8>> = chars.iter().map(|c| charset.encode(*c)).collect();
    let mut found: Vec<(usize, usize, char, Belief)> = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        match sequence(&bytes[i..]) {
            Some((long, c)) => {
                let previous = match found.last() {
                    Some((at, n, c, _)) if at + n == i => Some(*c),
                    _ => i
                        .checked_sub(1)
                        .map_or(outside.0, |j| chars.get(j).copied()),
                };
                let next = chars.get(i + long).copied().or(outside.1);
                let seen = Seen {
                    lead: chars[i],
                    second: chars[i + 1],
                    previous,
                    next,
                    charset,
                };
                found.push((i, long, c, seen.believe(c, long, packs)));
                i += long;
            }
            None => i += 1,
        }
    }
    // Letters of other scripts bear each other out.
    let scripts: Vec<Option<u32>> = found.iter().map(|(_, _, c, _)| script(*c)).collect();
    for i in 0..found.len() {
        let same = |j: Option<usize>| {
            j.and_then(|j| scripts.get(j))
                .is_some_and(|other| other.is_some() && *other == scripts[i])
        };
        let pair = same(i.checked_sub(1)) || same(Some(i + 1));
        if pair && found.len() >= 3 && found[i].3 == Belief::No {
            found[i].3 = Belief::Certain;
        }
    }
    if !found.iter().any(|(_, _, _, belief)| *belief >= least) {
        return (0, String::new());
    }
    // Where nothing of a longer run is left over, its parts bear each other
    // out; where much is left over, the run is broken in another way.
    let covered: usize = found.iter().map(|(_, long, _, _)| long).sum();
    if covered == chars.len() && found.len() >= 2 {
        for (_, _, _, belief) in &mut found {
            *belief = Belief::Certain;
        }
    }
    let believed: usize = found
        .iter()
        .filter(|(_, _, _, belief)| *belief != Belief::No)
        .map(|(_, long, _, _)| long)
        .sum();
    let sound = chars
        .iter()
        .filter(|c| is_print(**c) || **c == '\u{A0}' || !c.is_alphabetic());
    if chars.len() > 6 && believed * 2 < chars.len() && believed + sound.count() < chars.len() {
        return (0, String::new());
    }
    let mut made = String::new();
    let mut done = 0;
    let mut count = 0;
    for (at, long, c, belief) in found {
        if belief == Belief::No {
            continue;
        }
        made.extend(&chars[done..at]);
        made.push(c);
        done = at + long;
        count += 1;
    }
    made.extend(&chars[done..]);
    (count, made)
}

/// The UTF-8 sequence at the front of these bytes.
fn sequence(bytes: &[Option<u8>]) -> Option<(usize, char)> {
    let lead = (*bytes.first()?)?;
    let long = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut sequence = [0u8; 4];
    for (i, place) in sequence.iter_mut().take(long).enumerate() {
        *place = (*bytes.get(i)?)?;
    }
    let mut chars = std::str::from_utf8(&sequence[..long]).ok()?.chars();
    Some((long, chars.next()?))
}

/// Scripts whose letters are believed only in company.
fn script(c: char) -> Option<u32> {
    match u32::from(c) {
        0x370..=0x3FF => Some(1),
        0x400..=0x4FF => Some(2),
        0x590..=0x5FF => Some(3),
        0x600..=0x6FF => Some(4),
        0xE00..=0xE7F => Some(5),
        0x3040..=0x30FF => Some(6),
        0x4E00..=0x9FFF => Some(6),
        0xAC00..=0xD7AF => Some(7),
        _ => None,
    }
}

/// Signs of print that stand in text of every language.
fn is_print(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{202F}'..='\u{203A}' | '\u{2044}' | '€' | '™' | '\u{FB00}'..='\u{FB06}' | '\u{FFFD}' | '\u{FEFF}')
}

struct Seen<'a> {
    lead: char,
    second: char,
    previous: Option<char>,
    next: Option<char>,
    charset: &'a Charset,
}

impl Seen<'_> {
    fn believe(&self, c: char, long: usize, packs: &Packs) -> Belief {
        match long {
            2 if self.lead.is_alphabetic() => self.behind_letter(c),
            2 => self.behind_sign(c, packs),
            3 if is_print(c) => Belief::Certain,
            3 if self.charset.decode(0xE2) == 'â'
                && self.lead == 'â'
                && matches!(c, '\u{2100}'..='\u{2BFF}') =>
            {
                Belief::Certain
            }
            4 if matches!(c, '\u{1F000}'..='\u{1FAFF}') => Belief::Certain,
            _ => Belief::No,
        }
    }

    /// The lead is a letter (`Ã`, `Ă`, `Г`): then it must stand where that
    /// letter would not.
    fn behind_letter(&self, c: char) -> Belief {
        let (previous, next) = (self.previous, self.next);
        let upper_before = previous.is_some_and(char::is_uppercase);
        let lower_before = previous.is_some_and(char::is_lowercase);
        let letter_before = previous.is_some_and(char::is_alphabetic);
        let letter_next = next.is_some_and(char::is_alphabetic);
        let space = matches!(self.second, '\u{A0}' | ' ');
        let cyrillic_lead = matches!(self.lead, '\u{400}'..='\u{4FF}');
        match c {
            '\u{80}'..='\u{FF}' if cyrillic_lead => {
                let latin = |c: Option<char>| {
                    c.is_some_and(|c| {
                        c.is_ascii_alphanumeric() || ('\u{80}'..='\u{24F}').contains(&c)
                    })
                };
                let digit_or_latin = latin(previous) || latin(next);
                let sound = c.is_alphabetic() || !c.is_control();
                match (
                    digit_or_latin && sound,
                    self.next
                        .is_some_and(|n| ('\u{400}'..='\u{4FF}').contains(&n))
                        && sound,
                ) {
                    (true, _) => Belief::Certain,
                    (_, true) => Belief::Doubtful,
                    _ => Belief::No,
                }
            }
            '\u{A0}'..='\u{FF}' | '\u{80}'..='\u{9F}' => {
                if space && upper_before {
                    return Belief::No;
                }
                if self.second == '’' && !letter_before {
                    return Belief::Doubtful;
                }
                if upper_before && !letter_next {
                    // The end of a word in capitals: `IRMÃ”`.
                    return Belief::Doubtful;
                }
                if lower_before || letter_next || !c.is_alphabetic() {
                    return Belief::Certain;
                }
                if letter_before {
                    Belief::Doubtful
                } else {
                    Belief::Certain
                }
            }
            '\u{100}'..='\u{17F}' => {
                let lower_next = next.is_some_and(char::is_lowercase);
                if lower_before && self.lead.is_uppercase() || lower_next && c.is_alphabetic() {
                    Belief::Certain
                } else {
                    Belief::No
                }
            }
            // A Greek letter in a technical word.
            '\u{391}'..='\u{3C9}' => {
                let inside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                if inside(previous) && inside(next) {
                    Belief::Certain
                } else {
                    Belief::No
                }
            }
            _ => Belief::No,
        }
    }

    /// The lead is a sign (`√`, `¬`, `├`): then it must touch a word, and the
    /// letter must be one that our languages write.
    fn behind_sign(&self, c: char, packs: &Packs) -> Belief {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        if matches!(c, '\u{80}'..='\u{9F}') || u32::from(c) > 0x17F {
            return Belief::No;
        }
        let drawn = matches!(self.lead, '\u{2500}'..='\u{257F}');
        let ours = at_home(packs, c);
        if c.is_alphabetic() {
            let plain = |c: char| !matches!(c, '\u{2500}'..='\u{257F}');
            let touches = letter(self.previous) || letter(self.next) && ours;
            return match touches && (ours || !drawn && self.next.is_none_or(plain)) {
                true => Belief::Certain,
                false if letter(self.next) || letter(self.previous) => Belief::Doubtful,
                false => Belief::No,
            };
        }
        if letter(self.next) && ours {
            Belief::Certain
        } else {
            Belief::No
        }
    }
}

/// A stray lead whose second byte got lost, where only one letter makes a word.
fn lost_bytes<'p>(text: &str, rule: &'p RepairRule, packs: &Packs, fixes: &mut Vec<Fix<'p>>) {
    for (sign, letter) in &rule.signs {
        for (at, found) in text.match_indices(sign.as_str()) {
            let range = at..at + found.len();
            let word = word_around(text, &range, |_| false);
            let inside = before(text, at).is_some_and(char::is_lowercase);
            let odd = text[word.clone()].matches(sign.as_str()).count() > 1;
            if !inside || odd || known(packs, &text[word.clone()]) {
                continue;
            }
            let mended = format!(
                "{}{letter}{}",
                &text[word.start..range.start],
                &text[range.end..word.end]
            );
            let ends_there = range.end == word.end;
            let long = mended.chars().count() >= if ends_there { 5 } else { 3 };
            if long && known(packs, &mended) {
                fixes.push(Fix {
                    range,
                    becomes: letter.clone(),
                    rule,
                });
            }
        }
    }
}
