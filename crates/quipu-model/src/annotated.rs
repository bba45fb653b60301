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
