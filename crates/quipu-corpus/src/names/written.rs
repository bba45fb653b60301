//! A name as written, taken apart once.

use super::NameSort;
use super::lexicon::Lexicon;
use super::likeness::{heard, scanned};

/// Words of a name that are compared; the rest of a longer one is passed over.
const WORDS: usize = 14;

/// A name, taken apart to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenName {
    pub(crate) sort: NameSort,
    /// The readings of the name: the whole, and short forms in brackets.
    pub(crate) readings: Vec<Reading>,
}

/// One reading of a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Reading {
    pub(crate) parts: Vec<Part>,
    /// The older or the younger, the second or the third.
    pub(crate) generation: Option<u16>,
    /// Its legal forms.
    pub(crate) forms: Vec<u16>,
    /// First letters of its words, and of those that are not only joining.
    pub(crate) initials: [String; 2],
}

/// One word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) heard: String,
    pub(crate) scanned: String,
    pub(crate) sort: PartSort,
    /// Groups of words or given names of one meaning.
    pub(crate) groups: Vec<u16>,
    /// Whether it is of a person.
    pub(crate) person: bool,
}

/// What a word is in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartSort {
    /// A word that tells.
    Full,
    /// A first letter.
    Initial,
    /// A small word, a nickname: it may be missing.
    Light,
    /// A word that many bodies share.
    Common,
    /// Digits.
    Number,
}

impl WrittenName {
    pub(crate) fn read(lexicon: &Lexicon, sort: NameSort, name: &str) -> Self {
        let mut readings = Vec::new();
        let (outside, inside) = brackets(name);
        let body = match sort {
            NameSort::Person => false,
            NameSort::Body | NameSort::Other => true,
            NameSort::Any => is_body(lexicon, name),
        };
        let mut push = |words: &str| {
            let reading = if body {
                Reading::body(lexicon, words)
            } else {
                Reading::person(lexicon, words)
            };
            if !reading.parts.is_empty() && !readings.contains(&reading) {
                readings.push(reading);
            }
        };
        push(&outside);
        // What editors put in: `Hugh [Scott]`.
        if !body && !inside.is_empty() {
            push(&name.replace(['(', ')', '[', ']'], " "));
        }
        for alias in &inside {
            push(alias);
        }
        Self { sort, readings }
    }
}

/// First words of a name whose pairs are keys.
const KEY_WORDS: usize = 5;

impl WrittenName {
    fn parts(&self, sort: PartSort) -> impl Iterator<Item = &Part> {
        let first = self.readings.first();
        let parts = first.into_iter().flat_map(|reading| &reading.parts);
        parts.filter(move |part| part.sort == sort)
    }

    /// Its words without first letters and what may be missing.
    pub(crate) fn full_words(&self) -> Vec<&str> {
        self.parts(PartSort::Full)
            .map(|part| part.text.as_str())
            .collect()
    }

    /// How full it is: words before first letters, then length.
    pub(crate) fn fullness(&self) -> (usize, usize, usize) {
        let letters = self.parts(PartSort::Full).map(|part| part.text.len());
        (
            self.parts(PartSort::Full).count(),
            self.parts(PartSort::Initial).count(),
            letters.sum(),
        )
    }

    /// Whether it is one word that many can be called by.
    pub(crate) fn is_short(&self) -> bool {
        let (full, initials, _) = self.fullness();
        full + initials < 2
    }

    /// Whether a short name can stand for this one.
    pub(crate) fn calls(&self, short: &Self) -> bool {
        let Some(word) = short.parts(PartSort::Full).next() else {
            return false;
        };
        let generation = |name: &Self| name.readings.first().and_then(|own| own.generation);
        let same = |own: &Part| own.text == word.text || own.heard == word.heard;
        let apart = matches!(
            (generation(self), generation(short)),
            (Some(one), Some(other)) if one != other
        );
        !apart && self.parts(PartSort::Full).any(same)
    }

    /// What it is called for short, by ear: its last word, or its only one.
    pub(crate) fn called(&self) -> Option<&str> {
        let last = self.parts(PartSort::Full).last()?;
        Some(&last.heard)
    }

    /// Keys that names of one person share: two words by ear, or a word and the
    /// first letter of another.
    pub(crate) fn keys(&self) -> Vec<String> {
        let full: Vec<&Part> = self.parts(PartSort::Full).take(KEY_WORDS).collect();
        let initials: Vec<&Part> = self.parts(PartSort::Initial).take(KEY_WORDS).collect();
        let mut keys = Vec::new();
        for (at, one) in full.iter().enumerate() {
            for (place, other) in full.iter().enumerate() {
                if at != place {
                    let first = other.text.chars().take(1);
                    keys.push(one.heard.chars().chain(" ".chars()).chain(first).collect());
                }
            }
            for initial in &initials {
                keys.push(format!("{} {}", one.heard, initial.text));
            }
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// Whether the words of a name of unknown kind are those of a body.
fn is_body(lexicon: &Lexicon, name: &str) -> bool {
    let words = words_of(name);
    (0..words.len()).any(|at| {
        !lexicon.meanings(&words[at]).is_empty()
            || (at > 0 && words[at].len() > 2 && lexicon.form(&words[at..]).is_some())
    })
}

impl Reading {
    fn person(lexicon: &Lexicon, name: &str) -> Self {
        let mut made = Self::default();
        let (plain, nicknames) = quoted(&turned(lexicon, &spaced(lexicon, name)));
        let words = words_of(&plain);
        let titled = |word: &String| lexicon.titles.contains(word);
        let rest = words.iter().filter(|word| !titled(word)).count();
        for word in words.iter().take(WORDS) {
            if let (Some(generation), false) = (lexicon.generation(word), made.parts.is_empty()) {
                made.generation = Some(generation);
                continue;
            }
            if rest > 0 && titled(word) {
                continue;
            }
            let letters = word.chars().count();
            let sort = if letters > 1 && lexicon.particles.contains(word) && words.len() > 1 {
                PartSort::Light
            } else if letters == 1 {
                PartSort::Initial
            } else {
                PartSort::Full
            };
            made.parts.push(Part::new(lexicon, word, sort, true));
        }
        for word in words_of(&nicknames).iter().take(4) {
            made.parts
                .push(Part::new(lexicon, word, PartSort::Light, true));
        }
        made
    }

    fn body(lexicon: &Lexicon, name: &str) -> Self {
        let mut made = Self::default();
        let words = words_of(name);
        let mut at = 0;
        let mut all = String::new();
        let mut telling = String::new();
        while at < words.len() && made.parts.len() < WORDS {
            let word = &words[at];
            if let Some((form, many)) = lexicon.form(&words[at..])
                && (at > 0 || many < words.len())
            {
                made.forms.push(form);
                at += many;
                continue;
            }
            at += 1;
            let first = word.chars().next();
            all.extend(first);
            if lexicon.joining.contains(word) && words.len() > 1 {
                continue;
            }
            telling.extend(first);
            let sort = if lexicon.is_number(word) {
                PartSort::Number
            } else if lexicon.common.contains(word) {
                PartSort::Common
            } else {
                PartSort::Full
            };
            made.parts.push(Part::new(lexicon, word, sort, false));
        }
        made.forms.sort_unstable();
        made.forms.dedup();
        made.initials = [all, telling];
        made
    }
}

impl Part {
    fn new(lexicon: &Lexicon, word: &str, sort: PartSort, person: bool) -> Self {
        let groups = match (person, sort) {
            (true, PartSort::Light) => &[],
            (true, _) => lexicon.nicknames(word),
            (false, _) => lexicon.meanings(word),
        };
        Self {
            text: word.to_owned(),
            heard: heard(lexicon, word),
            scanned: scanned(lexicon, word),
            sort,
            groups: groups.to_vec(),
            person,
        }
    }
}

/// The words of a name in plain small letters. Letters that stand alone in a row,
/// as `S.A.` has them, are one word if they are more than initials of a person.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    let plain = any_ascii::any_ascii(name).to_lowercase();
    let mut words: Vec<String> = Vec::new();
    for word in plain.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '`'))) {
        let word: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        if !word.is_empty() && words.len() < 40 {
            words.push(word);
        }
    }
    words
}

/// Two capitals in a row beside words in small letters, parted: `JB Tito`.
fn spaced(lexicon: &Lexicon, name: &str) -> String {
    if !name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let words = name.split_whitespace().map(|word| {
        let mut letters = word.chars();
        match (letters.next(), letters.next(), letters.next()) {
            (Some(first), Some(second), None | Some(','))
                if first.is_uppercase()
                    && second.is_uppercase()
                    && lexicon.generation(&word.to_lowercase()).is_none() =>
            {
                format!("{first} {}", &word[first.len_utf8()..])
            }
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

/// A person written surname first, turned round: `Montesinos, Vladimiro`.
fn turned(lexicon: &Lexicon, name: &str) -> String {
    let mut pieces = name.split(',').map(str::trim).filter(|own| !own.is_empty());
    let Some(surname) = pieces.next() else {
        return name.to_owned();
    };
    let (mut given, mut behind) = (Vec::new(), Vec::new());
    for piece in pieces.take(4) {
        let words = words_of(piece);
        let stands_behind =
            |word: &String| lexicon.generation(word).is_some() || lexicon.titles.contains(word);
        if words.iter().all(stands_behind) {
            behind.push(piece);
        } else {
            given.push(piece);
        }
    }
    given.push(surname);
    given.extend(behind);
    given.join(" ")
}

/// What stands outside and inside brackets.
fn brackets(name: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut own: Option<String> = None;
    for c in name.chars().take(400) {
        match (c, &mut own) {
            ('(' | '[', None) => own = Some(String::new()),
            (')' | ']', Some(_)) => {
                inside.extend(own.take());
                outside.push(' ');
            }
            (c, Some(words)) => words.push(c),
            (c, None) => outside.push(c),
        }
    }
    inside.extend(own);
    if outside.trim().is_empty() {
        return (inside.join(" "), Vec::new());
    }
    inside.truncate(3);
    (outside, inside)
}

/// A name without what stands in quotation marks, and that.
fn quoted(name: &str) -> (String, String) {
    let (mut plain, mut inside) = (String::new(), String::new());
    let mut open = false;
    for c in name.chars() {
        match c {
            '"' | '“' | '”' | '«' | '»' | '„' => {
                open = !open;
                plain.push(' ');
                inside.push(' ');
            }
            c if open => inside.push(c),
            c => plain.push(c),
        }
    }
    if plain.trim().is_empty() {
        (inside, String::new())
    } else {
        (plain, inside)
    }
}
