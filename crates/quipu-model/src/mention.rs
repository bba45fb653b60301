//! Mentions: words that stand for somebody or something.

use crate::annotated::NameKind;
use crate::span::{Repaired, Span};
use crate::{layout, words};

/// Everything in one document that stands for one person, body or thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Its mentions in the order of the text; those that share a head word stand
    /// with the longer one first.
    pub mentions: Vec<Mention>,
    /// The fullest name in the document, without title and article; where it has
    /// no name, the fullest description.
    pub name: String,
    /// What bears the name, where it has one.
    pub kind: Option<NameKind>,
}

layout!(Chain {
    mentions,
    name,
    kind
});

/// A mention in one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words; empty, before the verb, for a subject that the verb alone tells.
    pub span: Span<Repaired>,
    /// Its head word, inside the span; the verb of a silent subject.
    pub head: Span<Repaired>,
    /// The head with what belongs to it, without clauses and appositions.
    pub phrase: Span<Repaired>,
    /// Name, description or pronoun.
    pub kind: MentionKind,
    /// The rule that tied it to what was told before; empty for the first one.
    pub rule: String,
}

layout!(Mention {
    span,
    head,
    phrase,
    kind,
    rule
});

/// How a mention points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionKind {
    /// A name.
    Name,
    /// A description: "the minister's brother".
    Description,
    /// A pronoun, spoken or silent.
    Pronoun,
}

words!(MentionKind {
    Name = 1 "name",
    Description = 2 "description",
    Pronoun = 3 "pronoun",
});
