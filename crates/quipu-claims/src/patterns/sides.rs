//! What stands on either side of an expression.

use quipu_packs::fold;

use super::token::{Form, Token};
use super::vocabulary::{ClassId, Vocabulary};

/// What stands on either side of an expression.
pub(crate) struct Sides<'a> {
    pub(crate) before: &'a str,
    pub(crate) after: &'a str,
}

impl<'a> Sides<'a> {
    pub(crate) fn of(text: &'a str, tokens: &[Token]) -> Option<Self> {
        let (first, last) = (tokens.first()?, tokens.last()?);
        Some(Self {
            before: text.get(..first.start)?,
            after: text.get(last.end..)?,
        })
    }

    /// The word before, if only spaces and light signs are between.
    pub(crate) fn word_before(&self) -> &'a str {
        let rest = self
            .before
            .trim_end_matches([' ', '\n', '\r', '\t', '.', '\u{a0}']);
        let start = rest
            .char_indices()
            .rev()
            .take(40)
            .take_while(|(_, c)| c.is_alphanumeric())
            .last()
            .map_or(rest.len(), |(at, _)| at);
        &rest[start..]
    }

    pub(crate) fn word_after(&self) -> &'a str {
        let rest = self
            .after
            .trim_start_matches([' ', '\n', '\r', '\t', '\u{a0}']);
        let end = rest
            .char_indices()
            .take(40)
            .find(|(_, c)| !c.is_alphanumeric())
            .map_or(rest.len().min(40), |(at, _)| at);
        rest.get(..end).unwrap_or_default()
    }

    /// Whether a number stands among the few words before.
    pub(crate) fn number_before(&self, words: &Vocabulary) -> bool {
        self.before
            .split_whitespace()
            .rev()
            .take(4)
            .take_while(|word| !word.ends_with(['.', ';', '!', '?', ',']))
            .any(|word| {
                word.chars().any(|c| c.is_ascii_digit())
                    || in_class(words, word, words.numbers.number)
            })
    }

    pub(crate) fn sign_before(&self) -> Option<char> {
        self.before.chars().next_back()
    }

    pub(crate) fn next_mark(&self) -> Option<char> {
        self.after.chars().find(|c| !matches!(c, ' ' | '\t' | '\r'))
    }

    pub(crate) fn last_mark(&self) -> Option<char> {
        self.before
            .chars()
            .rev()
            .find(|c| !matches!(c, ' ' | '\t' | '\r'))
    }
}

pub(crate) fn folded(word: &str) -> String {
    word.chars().map(fold::base).collect()
}

pub(crate) fn in_class(words: &Vocabulary, word: &str, class: ClassId) -> bool {
    !word.is_empty()
        && words
            .worth(words.word(folded(word).as_bytes()), class)
            .is_some()
}

/// A number that belongs to something longer: `$2000`, `1998-A`, `20%`.
pub(crate) fn glued_to_more(sides: &Sides<'_>, tokens: &[Token]) -> bool {
    let numeric = |token: &Token| !matches!(token.form, Form::Word);
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return true;
    };
    let before = sides.sign_before();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '@' | '#'))
        && !first.hyphened
    {
        return true;
    }
    if numeric(first) {
        // `Rsc-01`
        if first.hyphened && matches!(first.form, Form::Whole { digits: 1 | 2, .. }) {
            return true;
        }
        if before.is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥' | '+' | '=' | '&' | '\\')) {
            return true;
        }
        // `LAPAZ/1990`, `A.1990`
        let mut rest = sides.before.chars().rev();
        if rest
            .next()
            .is_some_and(|c| matches!(c, '/' | '.' | ':' | '-'))
            && rest.next().is_some_and(char::is_alphanumeric)
            && !first.hyphened
        {
            return true;
        }
    }
    let mut rest = sides.after.chars();
    match rest.next() {
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | '@') => true,
        Some('%') => numeric(last),
        Some('/' | '-') if numeric(last) => rest.next().is_some_and(char::is_alphanumeric),
        Some(':' | '.') if numeric(last) => rest.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

pub(crate) fn follows_capitals(sides: &Sides<'_>) -> bool {
    let before = sides.word_before();
    before.len() >= 3
        && before.chars().all(char::is_uppercase)
        && sides.last_mark().is_some_and(char::is_alphabetic)
}

/// So many words before the end of a text, nearest first, as far as the sentence
/// goes.
pub(crate) fn words_before(before: &str, count: usize) -> impl Iterator<Item = &str> {
    let from = before.floor_char_boundary(before.len().saturating_sub(160));
    let near = before.get(from..).unwrap_or_default();
    near.split_whitespace()
        .rev()
        .take(count)
        .take_while(|word| !word.ends_with(['.', ';', '!', '?']))
}
