//! Layers of annotation beside the text (Universal Dependencies).

use crate::span::{Repaired, Span};
use crate::{layout, words};

/// A document after annotation: layers that never change the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnnotatedText {
    /// Sentences in the order of the text.
    pub sentences: Vec<Sentence>,
    /// Names in the order of the text; no two overlap.
    pub names: Vec<Name>,
    /// Short forms the text ties to their long form, in the order of the text.
    pub acronyms: Vec<Acronym>,
}

layout!(AnnotatedText {
    sentences,
    names,
    acronyms
});

impl AnnotatedText {
    /// The name that has exactly these letters.
    #[must_use]
    pub fn name_at(&self, span: Span<Repaired>) -> Option<&Name> {
        let place = self.names.binary_search_by_key(&span, |name| name.span);
        self.names.get(place.ok()?)
    }
}

/// A sentence with its syntactic words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words.
    pub span: Span<Repaired>,
    /// Tag of the language pack it was read with.
    pub language: String,
    /// Syntactic words; several may share one span (multiword tokens).
    pub tokens: Vec<Token>,
}

layout!(Sentence {
    span,
    language,
    tokens
});

impl Sentence {
    /// The letters of each word alone. The words of a multiword token share its
    /// letters (`de` `el` in `del`), but where they are written one behind the
    /// other each has its own (`Nehru` `'s`). `text` begins at `offset` of the
    /// text that spans count in.
    #[must_use]
    pub fn own_letters(&self, text: &str, offset: u32) -> Vec<Span<Repaired>> {
        let mut own = Vec::with_capacity(self.tokens.len());
        while let Some(first) = self.tokens.get(own.len()) {
            let rest = self.tokens.get(own.len()..).unwrap_or_default();
            let same = rest
                .iter()
                .take_while(|token| token.span == first.span && token.form.is_some())
                .count()
                .max(1);
            let group = rest.get(..same).unwrap_or_default();
            let span = first.span;
            let letters = Span::<Repaired>::new(
                span.start().saturating_sub(offset),
                span.end().saturating_sub(offset),
            );
            let mut left = letters.of(text).unwrap_or_default();
            let mut parts = Vec::with_capacity(same);
            for form in group.iter().filter_map(|token| token.form.as_deref()) {
                let Some(after) = left.strip_prefix(form).filter(|_| !form.is_empty()) else {
                    break;
                };
                let start = span.end() - left.len() as u32;
                parts.push(Span::new(start, start + form.len() as u32));
                left = after;
            }
            if left.is_empty() && parts.len() == same {
                own.append(&mut parts);
            } else {
                own.extend(std::iter::repeat_n(span, same));
            }
        }
        own
    }
}

/// A syntactic word of Universal Dependencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its letters in the text.
    pub span: Span<Repaired>,
    /// The form, where it differs from the letters (`de` + `el` for `del`).
    pub form: Option<String>,
    /// Lemma.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Morphological features, `Name=Value` joined by `|`, sorted.
    pub features: String,
    /// Head, as a place in the sentence counted from 1; 0 for the root.
    pub head: u32,
    /// Relation to the head.
    pub relation: String,
}

layout!(Token {
    span,
    form,
    lemma,
    upos,
    features,
    head,
    relation
});

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its letters.
    pub span: Span<Repaired>,
    /// What bears it.
    pub kind: NameKind,
    /// Titles and posts that stand beside a person's name (`General`, `fiscal de
    /// la nación`), in the order of the text. The name's letters hold none of them.
    pub titles: Vec<Span<Repaired>>,
    /// Nicknames in quotation marks, inside the name or beside it.
    pub aliases: Vec<Span<Repaired>>,
}

layout!(Name {
    span,
    kind,
    titles,
    aliases
});

impl Name {
    /// A name with nothing beside it.
    #[must_use]
    pub const fn bare(span: Span<Repaired>, kind: NameKind) -> Self {
        Self {
            span,
            kind,
            titles: Vec::new(),
            aliases: Vec::new(),
        }
    }
}

/// A short form that the text itself explains: `Servicio de Inteligencia
/// Nacional (SIN)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acronym {
    /// `SIN`.
    pub short: Span<Repaired>,
    /// `Servicio de Inteligencia Nacional`.
    pub long: Span<Repaired>,
}

layout!(Acronym { short, long });

/// What bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Location,
}

words!(NameKind {
    Person = 1 "PER",
    Organisation = 2 "ORG",
    Location = 3 "LOC",
});

#[cfg(test)]
mod tests {
    use super::{Sentence, Token};
    use crate::span::Span;

    #[test]
    fn words_written_one_behind_the_other_have_letters_of_their_own() {
        let token = |start, end, form: Option<&str>| Token {
            span: Span::new(start, end),
            form: form.map(str::to_owned),
            lemma: String::new(),
            upos: String::new(),
            features: String::new(),
            head: 0,
            relation: String::new(),
        };
        let sentence = Sentence {
            span: Span::new(10, 26),
            language: "en".to_owned(),
            tokens: vec![
                token(10, 15, Some("Rao")),
                token(10, 15, Some("'s")),
                token(16, 22, None),
                token(23, 26, Some("de")),
                token(23, 26, Some("el")),
            ],
        };
        let own = sentence.own_letters("Rao's letter del", 10);
        let bytes: Vec<_> = own.iter().map(|span| span.range()).collect();
        assert_eq!(bytes, [10..13, 13..15, 16..22, 23..26, 23..26]);
    }
}
