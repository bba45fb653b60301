//! Bytes of one charset read in another, word by word: a word is read again
//! only when it makes no sense as it stands and does make sense then.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use quipu_packs::{Charset, Engine, Packs, RepairRule};

use super::voice::voice;
use super::{
    Fix, accepted, after, at_home, before, beyond_ascii, is_letter, names_in, rules, word_around,
};

/// So many words of a rule found in the lists make its other words believed.
const CERTAIN_ENOUGH: usize = 2;

pub(super) fn words<'p>(text: &str, packs: &'p Packs) -> Vec<Fix<'p>> {
    let readings: Vec<(&RepairRule, &Charset, &Charset)> = rules(packs, Engine::Words)
        .filter_map(|rule| {
            let was = packs.charset(rule.was.as_deref()?)?;
            Some((rule, was, packs.charset(rule.read_as.as_deref()?)?))
        })
        .collect();
    let mut certain: BTreeMap<&str, usize> = BTreeMap::new();
    let mut fixes = Vec::new();
    let mut doubtful = Vec::new();
    let names = OnceCell::new();
    for word in odd_words(text, packs) {
        let found = &text[word.clone()];
        if accepted(packs, found) {
            continue;
        }
        for (rule, was, read_as) in &readings {
            let Some(mended) = read_again(found, was, read_as, packs) else {
                continue;
            };
            let listed = accepted(packs, &mended);
            let fix = Fix {
                range: word.clone(),
                becomes: mended,
                rule,
            };
            if listed && is_sure(found) {
                *certain.entry(&rule.name).or_default() += 1;
                fixes.push(fix);
                break;
            }
            // A name that the same text writes soundly elsewhere is as good as
            // a listed word.
            let twin = || {
                names
                    .get_or_init(|| names_in(text))
                    .contains(fix.becomes.as_str())
            };
            if !listed && is_deep(found) && twin() {
                fixes.push(fix);
                break;
            }
            let homely = || is_deep(found) && at_home_there(text, &fix, packs);
            if listed || !found.chars().any(is_print) || homely() {
                doubtful.push(fix);
            }
        }
    }
    doubtful.retain(|fix| {
        certain
            .get(fix.rule.name.as_str())
            .is_some_and(|n| *n >= CERTAIN_ENOUGH)
    });
    fixes.extend(doubtful);
    fixes.iter().map(|fix| narrowed(text, fix)).collect()
}

/// Signs of print that sound texts put between and behind letters.
const fn is_print(c: char) -> bool {
    matches!(
        c,
        '‘' | '’'
            | '“'
            | '”'
            | '„'
            | '‚'
            | '–'
            | '—'
            | '…'
            | '•'
            | '«'
            | '»'
            | '™'
            | '®'
            | '©'
            | '°'
            | 'º'
            | 'ª'
            | '¿'
            | '¡'
            | '·'
            | '†'
            | '‡'
            | '´'
            | '¨'
    )
}

/// Whether a word is long enough, and its odd signs stand deep enough in it,
/// that chance can be left out.
fn is_sure(word: &str) -> bool {
    let long = word.chars().count();
    let edge =
        word.chars().next().is_some_and(is_print) || word.chars().next_back().is_some_and(is_print);
    let print = word.chars().any(is_print);
    long >= if print { 5 } else { 3 } && !edge
}

/// Whether the signs of print in a word stand where no elision and no ending
/// could put them: `Sana’a`, `qu’il` and `they’ll` have them, sound as they are.
fn is_deep(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let signs = letters.iter().enumerate().filter(|(_, c)| is_print(**c));
    let mut signs = signs.map(|(at, _)| at).peekable();
    signs.peek().is_some() && signs.all(|at| at >= 4 && letters.len() - at > 2)
}

/// Whether the text around speaks a language that writes the mended letters.
fn at_home_there(text: &str, fix: &Fix<'_>, packs: &Packs) -> bool {
    let language = voice(text, &fix.range, packs).and_then(|tag| packs.language(tag));
    language.is_some_and(|language| {
        language.spells(&fix.becomes) && !packs.languages().iter().all(|l| l.spells(&fix.becomes))
    })
}

/// Words with a sign or letter that neither language's words have.
fn odd_words(text: &str, packs: &Packs) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut done = 0;
    for (at, c) in beyond_ascii(text) {
        if at < done || is_space(c) {
            continue;
        }
        let end = at + c.len_utf8();
        let touches = is_letter(before(text, at)) || is_letter(after(text, end));
        let upper_in_lower = c.is_uppercase() && before(text, at).is_some_and(char::is_lowercase);
        let home = c.is_alphabetic() && at_home(packs, c) && !upper_in_lower;
        if !touches || home {
            continue;
        }
        let range = word_around(text, &(at..end), |c| !c.is_ascii() && !is_space(c));
        let range = without_marks(text, range);
        if range.contains(&at) && range.start >= done {
            done = range.end;
            found.push(range);
        }
    }
    found
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\u{85}' || c == '\u{FFFD}'
}

/// A word without quotation marks around it.
fn without_marks(text: &str, range: Range<usize>) -> Range<usize> {
    let mark = |c: char| matches!(c, '“' | '”' | '‘' | '«' | '»' | '¿' | '¡' | '…');
    let word = &text[range.clone()];
    let front = word.len() - word.trim_start_matches(mark).len();
    let back = word.trim_end_matches(mark).len();
    range.start + front..range.start + back.max(front)
}

/// The word in the right charset; `None` when it does not come out as a word.
fn read_again(word: &str, was: &Charset, read_as: &Charset, packs: &Packs) -> Option<String> {
    let mut made = String::with_capacity(word.len());
    for c in word.chars() {
        if c.is_ascii() {
            made.push(c);
            continue;
        }
        let real = was.decode(read_as.encode(c)?);
        if !real.is_alphabetic() || !at_home(packs, real) {
            return None;
        }
        made.push(real);
    }
    let mut letters = made.chars();
    let first_upper = letters.next().is_some_and(char::is_uppercase);
    let lower = letters.clone().all(|c| !c.is_uppercase());
    let upper = first_upper && letters.all(|c| !c.is_lowercase());
    (made != word && (lower || upper)).then_some(made)
}

/// The edit on the signs that change, not on the whole word.
fn narrowed<'p>(text: &str, fix: &Fix<'p>) -> Fix<'p> {
    let old = &text[fix.range.clone()];
    let front: usize = old
        .chars()
        .zip(fix.becomes.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let back: usize = old[front..]
        .chars()
        .rev()
        .zip(fix.becomes[front..].chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    Fix {
        range: fix.range.start + front..fix.range.end - back,
        becomes: fix.becomes[front..fix.becomes.len() - back].to_owned(),
        rule: fix.rule,
    }
}

/// Control characters of Latin-1 that were signs of another charset.
pub(super) fn controls<'p>(text: &str, packs: &'p Packs) -> Vec<Fix<'p>> {
    let Some((rule, charset)) = rules(packs, Engine::Controls)
        .find_map(|rule| Some((rule, packs.charset(rule.was.as_deref()?)?)))
    else {
        return Vec::new();
    };
    let mut fixes = Vec::new();
    for (at, c) in beyond_ascii(text) {
        if !('\u{80}'..='\u{9F}').contains(&c) {
            continue;
        }
        let real = u8::try_from(u32::from(c)).map_or(c, |byte| charset.decode(byte));
        if real != c {
            fixes.push(Fix {
                range: at..at + c.len_utf8(),
                becomes: real.to_string(),
                rule,
            });
        }
    }
    fixes
}
