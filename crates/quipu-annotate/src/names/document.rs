//! What the whole document knows of its short forms: where one is explained, the
//! others of the same letters are the same thing.

use std::collections::HashMap;

use quipu_model::{AnnotatedText, Name, NameKind, Repaired, Sentence, Span};

/// Gives bare mentions of a short form the kind of its long form.
pub(crate) fn spread(text: &str, made: &mut AnnotatedText) {
    let mut kinds: HashMap<&str, NameKind> = HashMap::new();
    for acronym in &made.acronyms {
        let name = made
            .names
            .binary_search_by_key(&acronym.short, |name| name.span);
        if let (Ok(place), Some(short)) = (name, acronym.short.of(text))
            && let Some(name) = made.names.get(place)
        {
            kinds.entry(short).or_insert(name.kind);
        }
    }
    if kinds.is_empty() {
        return;
    }
    let mut added: Vec<Name> = Vec::new();
    let mut next = 0;
    for sentence in &made.sentences {
        for (at, token) in sentence.tokens.iter().enumerate() {
            let letters = token.span.of(text).unwrap_or_default();
            if !letters.starts_with(char::is_uppercase) {
                continue;
            }
            let Some(kind) = kinds.get(letters) else {
                continue;
            };
            while made
                .names
                .get(next)
                .is_some_and(|name| name.span.end() <= token.span.start())
            {
                next += 1;
            }
            match made.names.get_mut(next) {
                Some(name) if name.span == token.span => name.kind = *kind,
                Some(name) if name.span.overlaps(token.span) => {}
                // Among capitals a short form may be any word.
                _ if shouted(text, sentence, at) => {}
                _ => added.push(Name::bare(token.span, *kind)),
            }
        }
    }
    if !added.is_empty() {
        made.names.append(&mut added);
        made.names.sort_by_key(|name| place(name.span));
        made.names.dedup_by_key(|name| name.span);
    }
}

fn place(span: Span<Repaired>) -> (u32, u32) {
    (span.start(), span.end())
}

/// Whether a neighbour of a word is written in capitals too.
fn shouted(text: &str, sentence: &Sentence, at: usize) -> bool {
    let capitals = |at: Option<usize>| {
        let token = at.and_then(|at| sentence.tokens.get(at));
        let letters = token
            .and_then(|token| token.span.of(text))
            .unwrap_or_default();
        letters.chars().filter(|c| c.is_uppercase()).count() > 1
            && !letters.chars().any(char::is_lowercase)
    };
    capitals(at.checked_sub(1)) || capitals(Some(at + 1))
}
