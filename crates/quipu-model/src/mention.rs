//! Mentions: words that stand for somebody or something.

use crate::span::{Repaired, Span};
use crate::{layout, words};

/// A mention in one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words.
    pub span: Span<Repaired>,
    /// Name, description or pronoun.
    pub kind: MentionKind,
    /// The fullest name in the document that it stands for, where that is clear.
    pub resolved: Option<String>,
}

layout!(Mention {
    span,
    kind,
    resolved
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
