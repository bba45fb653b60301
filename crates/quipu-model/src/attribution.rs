//! Who is said to say what: attributions, as PARC 3.0 has them, and how sure a
//! text is of each of its predicates.

use crate::claim::{Polarity, Standing};
use crate::span::{Repaired, Span};
use crate::time::TimeValue;

/// One attribution: somebody's saying, believing, ordering or denying, with what
/// is said. Source: PARC 3.0 (Pareti 2016), which has source, cue and content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Name of the rule that read it.
    pub rule: String,
    /// Words that name who says it; none where nobody is named or the sentence
    /// leaves it out.
    pub source: Vec<Span<Repaired>>,
    /// Words that say that something is said.
    pub cue: Vec<Span<Repaired>>,
    /// What is said, in the order of the text.
    pub content: Vec<Span<Repaired>>,
    /// Whether it is said (`did not say that` is negative).
    pub polarity: Polarity,
    /// How its content stands, unless its own clause says otherwise.
    pub standing: Standing,
    /// Whether the content is the contrary of what is maintained (`denied that`).
    pub contrary: bool,
    /// Whose words the content is.
    pub speaker: Speaker,
    /// When it was said.
    pub when: Option<TimeValue>,
}

/// Whose words the content of an attribution is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speaker {
    /// The author of the text, in the first person or by what the text grants.
    Author,
    /// Somebody whom nobody names (`reportedly`).
    Unnamed,
    /// This one: the fullest name told, and the words here.
    Named {
        /// The name or noun.
        name: String,
        /// The words; `None` where the sentence leaves them out.
        as_written: Option<String>,
    },
}

impl Attribution {
    /// From the first to the last letter of the content.
    #[must_use]
    pub fn reach(&self) -> Option<Span<Repaired>> {
        let (first, last) = (self.content.first()?, self.content.last()?);
        Some(first.join(*last))
    }

    /// Whether letters stand in the content.
    #[must_use]
    pub fn holds(&self, letters: Span<Repaired>) -> bool {
        self.content.iter().any(|span| span.contains(letters))
    }
}

/// A predicate and how sure the text is that it is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factuality {
    /// The word that carries the meaning.
    pub span: Span<Repaired>,
    /// From -3000 (certainly not) to 3000 (certainly so), in thousandths.
    /// Source: the scale of FactBank and of UDS.
    pub thousandths: i32,
}
