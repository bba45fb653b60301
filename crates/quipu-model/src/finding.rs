//! Findings: what only several claims together show.

use crate::id::{ClaimId, FindingId};
use crate::layout::Layout;
use crate::{layout, words};

/// A finding, always with the claims under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub kind: FindingKind,
    /// The claims it rests on, in the order of their ids; never empty.
    pub claims: Vec<ClaimId>,
    /// The rule that found it.
    pub rule: String,
    /// Why, in one plain sentence.
    pub reason: String,
}

layout!(Finding {
    kind,
    claims,
    rule,
    reason
});

impl Finding {
    /// The id: its kind and the claims under it.
    #[must_use]
    pub fn id(&self) -> FindingId {
        let mut bytes = Vec::new();
        self.kind.write(&mut bytes);
        let mut claims = self.claims.clone();
        claims.sort_unstable();
        claims.write(&mut bytes);
        FindingId::of(&bytes)
    }
}

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FindingKind {
    /// Several mentions are one person, organisation or place.
    Entity,
    /// Several claims tell one happening.
    Event,
    /// A tie between two entities.
    Tie,
    /// Accounts that cannot both be so.
    Contradiction,
    /// A document that rests on another.
    Lineage,
}

words!(FindingKind {
    Entity = 1 "entity",
    Event = 2 "event",
    Tie = 3 "tie",
    Contradiction = 4 "contradiction",
    Lineage = 5 "lineage",
});
