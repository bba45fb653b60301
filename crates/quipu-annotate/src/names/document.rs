//! What the whole document knows of its names.
//!
//! The network reads sentence by sentence. A document speaks of the same few
//! persons and bodies again and again, so where it told the same letters now so,
//! now so, the greater part decides: how far the name goes, what bears it, and
//! whether it is one at all. A short form that is explained once is the same
//! thing everywhere.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use quipu_model::{AnnotatedText, Name, NameKind, Repaired, Sentence, Span};

use super::NameRules;

/// Words of the longest name that is looked for elsewhere.
const WORDS_MAX: usize = 8;
/// Letters of the shortest surname that is looked for elsewhere.
const SURNAME_MIN: usize = 4;
/// Letters of the shortest short form that is known by the first letters of a
/// name elsewhere.
const INITIALS_MIN: usize = 3;
/// So often must a word be told as a name before it is one where it was not.
const TOLD_MIN: usize = 2;
/// So many times as often it may have been passed over.
const PASSED_OVER_MAX: usize = 3;

/// What a fuller name of a person counts for its surname: who is named in full
/// once is called by the surname later, and then little tells what it is.
const SURNAME_WEIGHS: usize = 3;

const KINDS: [NameKind; 3] = [NameKind::Person, NameKind::Organisation, NameKind::Location];

/// What the document tells of the same letters.
#[derive(Debug, Default, Clone, Copy)]
struct Form {
    /// Names by kind, in the order of [`KINDS`].
    kinds: [usize; 3],
    /// Fuller names of persons that end with it.
    surname: usize,
    /// Where it stands and is no name, or parts of names.
    missed: usize,
    /// The kind of the long form, where it is a short form.
    explained: Option<NameKind>,
}

impl Form {
    /// The kind that more than half of the names have, and how many have it.
    fn kind(&self) -> Option<(NameKind, usize)> {
        if let Some(kind) = self.explained {
            return Some((kind, usize::MAX));
        }
        let mut counts = self.kinds;
        let [persons, ..] = &mut counts;
        *persons += SURNAME_WEIGHS * self.surname;
        let all: usize = counts.iter().sum();
        KINDS
            .into_iter()
            .zip(counts)
            .find(|(_, count)| 2 * count > all)
    }

    /// The kind to give it where the network told no name.
    fn missing(&self) -> Option<NameKind> {
        let (kind, count) = self.kind()?;
        let often = count.saturating_mul(PASSED_OVER_MAX) >= self.missed;
        (often && count >= TOLD_MIN).then_some(kind)
    }
}

type Forms<'t> = HashMap<Cow<'t, str>, Form>;

/// Makes the names of a document agree. `rules` gives those of a language.
pub(crate) fn spread<'r>(
    text: &str,
    made: &mut AnnotatedText,
    rules: impl Fn(&str) -> Option<&'r NameRules>,
) {
    if made.names.is_empty() {
        return;
    }
    let told: HashSet<(Span<Repaired>, NameKind)> = made
        .names
        .iter()
        .map(|name| (name.span, name.kind))
        .collect();
    whole(text, made, &forms(text, made));
    let mut forms = forms(text, made);
    for name in &mut made.names {
        let form = forms.get(&letters(text, name.span));
        if let Some((kind, _)) = form.and_then(Form::kind) {
            name.kind = kind;
        }
    }
    add_missing(text, made, &mut forms);
    // Persons that the sentence alone did not show have titles too.
    let mut next = 0;
    for sentence in &made.sentences {
        let first = next;
        next += made
            .names
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(|name| name.span.start() < sentence.span.end())
            .count();
        let names = made.names.get_mut(first..next).unwrap_or_default();
        let new =
            |name: &Name| name.kind == NameKind::Person && !told.contains(&(name.span, name.kind));
        if names.iter().any(new)
            && let Some(rules) = rules(&sentence.language)
        {
            rules.look_beside(text, sentence, names);
        }
    }
}

/// The letters of a span, with single blanks where lines break.
fn letters(text: &str, span: Span<Repaired>) -> Cow<'_, str> {
    let letters = span.of(text).unwrap_or_default();
    let broken = |c: char| c.is_whitespace() && c != ' ';
    if letters.contains(broken) || letters.contains("  ") {
        let words: Vec<&str> = letters.split_whitespace().collect();
        Cow::Owned(words.join(" "))
    } else {
        Cow::Borrowed(letters)
    }
}

fn forms<'t>(text: &'t str, made: &AnnotatedText) -> Forms<'t> {
    let mut forms = Forms::new();
    for name in &made.names {
        let letters = letters(text, name.span);
        let surname = letters
            .rsplit_once(' ')
            .filter(|_| name.kind == NameKind::Person)
            .map(|(_, surname)| surname.to_owned())
            .filter(|surname| surname.chars().count() >= SURNAME_MIN);
        let form = forms.entry(letters).or_default();
        for (kind, count) in KINDS.iter().zip(&mut form.kinds) {
            *count += usize::from(*kind == name.kind);
        }
        if let Some(surname) = surname {
            forms.entry(Cow::Owned(surname)).or_default().surname += 1;
        }
    }
    for acronym in &made.acronyms {
        if let Some(name) = made.name_at(acronym.short) {
            let form = forms.entry(letters(text, acronym.short)).or_default();
            form.explained = form.explained.or(Some(name.kind));
        }
    }
    // A body named in full once is called by its first letters elsewhere.
    for name in &made.names {
        let short = (name.kind == NameKind::Organisation)
            .then(|| first_letters(&letters(text, name.span)))
            .flatten();
        if let Some(short) = short {
            let form = forms.entry(Cow::Owned(short)).or_default();
            form.explained = form.explained.or(Some(name.kind));
        }
    }
    forms
}

/// The first letters of the words with a capital, where they are enough to be a
/// short form: `CPA` of Coalition Provisional Authority.
fn first_letters(long: &str) -> Option<String> {
    let words = long.split_whitespace();
    let short: String = words
        .filter_map(|word| word.chars().next())
        .filter(|first| first.is_uppercase())
        .collect();
    (short.chars().count() >= INITIALS_MIN).then_some(short)
}

/// Where the document tells several words as one name at least as often as it
/// tells them as parts, they are one name everywhere.
fn whole(text: &str, made: &mut AnnotatedText, forms: &Forms<'_>) {
    let firsts: HashSet<&str> = forms
        .keys()
        .filter_map(|form| Some(form.split_once(' ')?.0))
        .collect();
    if firsts.is_empty() {
        return;
    }
    // Each place of a name of several words, and whether it is told as one.
    let mut places: Vec<(Span<Repaired>, Cow<'_, str>, bool)> = Vec::new();
    let mut walk = Walk::default();
    for sentence in &made.sentences {
        let own = sentence.own_letters(text, 0);
        let mut from = 0;
        for (at, word) in own.iter().enumerate() {
            if at < from || !word.of(text).is_some_and(|word| firsts.contains(word)) {
                continue;
            }
            let last = own.len().min(at + WORDS_MAX);
            let longest = (at + 1..last).rev().find_map(|end| {
                let span = word.join(*own.get(end)?);
                let letters = letters(text, span);
                forms.contains_key(&letters).then_some((end, span, letters))
            });
            let Some((end, span, letters)) = longest else {
                continue;
            };
            let (told, crossed) = walk.at(&made.names, span);
            if told || !crossed {
                places.push((span, letters, told));
                from = end + 1;
            }
        }
    }
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for (_, letters, told) in &places {
        let (whole, parts) = counts.entry(letters).or_default();
        *whole += usize::from(*told);
        *parts += usize::from(!told);
    }
    let mut names: Vec<Name> = Vec::with_capacity(made.names.len());
    let mut old = std::mem::take(&mut made.names).into_iter().peekable();
    for (span, letters, told) in &places {
        let (whole, parts) = counts.get(letters.as_ref()).copied().unwrap_or_default();
        let kind = forms.get(letters).and_then(Form::kind);
        let Some((kind, _)) = kind.filter(|_| !told && whole >= parts) else {
            continue;
        };
        while let Some(name) = old.next_if(|name| name.span.end() <= span.start()) {
            names.push(name);
        }
        let mut made = Name::bare(*span, kind);
        while let Some(mut part) = old.next_if(|name| name.span.start() < span.end()) {
            made.titles.append(&mut part.titles);
            made.aliases.append(&mut part.aliases);
        }
        // What stood beside a part may be in the whole.
        made.titles.retain(|title| !title.overlaps(made.span));
        names.push(made);
    }
    names.extend(old);
    made.names = names;
}

/// A walk along the names for spans that come in the order of the text.
#[derive(Default)]
struct Walk {
    next: usize,
}

impl Walk {
    /// Whether a span is a name, and whether one reaches out of it or holds it.
    fn at(&mut self, names: &[Name], span: Span<Repaired>) -> (bool, bool) {
        while names
            .get(self.next)
            .is_some_and(|name| name.span.end() <= span.start())
        {
            self.next += 1;
        }
        let mut touching = names
            .iter()
            .skip(self.next)
            .take_while(|name| name.span.start() < span.end());
        let crossed = touching.any(|name| !span.contains(name.span));
        let told = names.get(self.next).is_some_and(|name| name.span == span);
        (told, crossed)
    }
}

/// Adds names of one word that the document tells elsewhere.
fn add_missing(text: &str, made: &mut AnnotatedText, forms: &mut Forms<'_>) {
    let mut places: Vec<(Span<Repaired>, bool)> = Vec::new();
    let mut walk = Walk::default();
    for sentence in &made.sentences {
        let own = sentence.own_letters(text, 0);
        for (at, (token, span)) in sentence.tokens.iter().zip(&own).enumerate() {
            let word = span.of(text).unwrap_or_default();
            if !word.starts_with(char::is_uppercase) {
                continue;
            }
            let Some(form) = forms.get_mut(word) else {
                continue;
            };
            if walk.at(&made.names, *span) != (false, false) {
                continue;
            }
            form.missed += 1;
            // Among capitals a word may be any other.
            let proper = token.upos == "PROPN" || form.explained.is_some();
            places.push((*span, proper && !shouted(text, sentence, &own, at)));
        }
    }
    let mut added = Vec::new();
    for (span, proper) in places {
        let form = forms.get(span.of(text).unwrap_or_default());
        if let Some(kind) = form.and_then(Form::missing).filter(|_| proper) {
            added.push(Name::bare(span, kind));
        }
    }
    if !added.is_empty() {
        made.names.append(&mut added);
        made.names
            .sort_by_key(|name| (name.span.start(), name.span.end()));
        made.names.dedup_by_key(|name| name.span);
    }
}

/// Whether a neighbour of a word is written in capitals too.
fn shouted(text: &str, sentence: &Sentence, own: &[Span<Repaired>], at: usize) -> bool {
    let capitals = |at: Option<usize>| {
        let span = at.filter(|at| *at < sentence.tokens.len());
        let letters = span
            .and_then(|at| own.get(at))
            .and_then(|span| span.of(text))
            .unwrap_or_default();
        letters.chars().filter(|c| c.is_uppercase()).count() > 1
            && !letters.chars().any(char::is_lowercase)
    };
    capitals(at.checked_sub(1)) || capitals(Some(at + 1))
}
