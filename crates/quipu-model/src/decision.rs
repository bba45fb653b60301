//! Decisions of people: given, appended, never changed.

use crate::id::{ClaimId, DecisionId, EntityId, FindingId, SourceId};
use crate::layout::{Layout, LayoutError};
use crate::{layout, words};

/// What somebody decided about something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who decided, as they sign.
    pub by: String,
    /// When, RFC 3339 in UTC; handed in by whoever holds the clock.
    pub at: String,
    /// About what.
    pub about: Subject,
    /// What was decided.
    pub verdict: Verdict,
    /// Why, in the person's words.
    pub reason: String,
    /// The decision this one takes back or replaces.
    pub replaces: Option<DecisionId>,
}

layout!(Decision {
    by,
    at,
    about,
    verdict,
    reason,
    replaces
});

impl Decision {
    /// The id of this decision.
    #[must_use]
    pub fn id(&self) -> DecisionId {
        DecisionId::of(&self.to_bytes())
    }
}

/// What a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A source as a whole.
    Source(SourceId),
    /// A claim.
    Claim(ClaimId),
    /// Two entities, whether they are one.
    Pair(EntityId, EntityId),
    /// A finding.
    Finding(FindingId),
}

impl Layout for Subject {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Source(id) => {
                1u64.write(out);
                id.write(out);
            }
            Self::Claim(id) => {
                2u64.write(out);
                id.write(out);
            }
            Self::Pair(one, other) => {
                3u64.write(out);
                one.write(out);
                other.write(out);
            }
            Self::Finding(id) => {
                4u64.write(out);
                id.write(out);
            }
        }
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        Ok(match u64::read(input)? {
            1 => Self::Source(SourceId::read(input)?),
            2 => Self::Claim(ClaimId::read(input)?),
            3 => Self::Pair(EntityId::read(input)?, EntityId::read(input)?),
            4 => Self::Finding(FindingId::read(input)?),
            other => return Err(LayoutError::UnknownWord(other)),
        })
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// It is right as read.
    Confirmed,
    /// It is wrong as read.
    Rejected,
    /// Both are the same.
    Same,
    /// They are not the same.
    Different,
    /// Seen and set aside.
    SetAside,
    /// A remark without a verdict.
    Noted,
}

words!(Verdict {
    Confirmed = 1 "confirmed",
    Rejected = 2 "rejected",
    Same = 3 "same",
    Different = 4 "different",
    SetAside = 5 "set-aside",
    Noted = 6 "noted",
});
