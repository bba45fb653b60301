//! What can be asked of a claim.

use std::collections::BTreeSet;

/// A place in a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Its kind, as it was asked for: `kind` or `claim`.
    Kind(&'static str),
    /// How it is said.
    Standing,
    /// Who says it.
    Holder,
    /// Who fills any of its roles, and where it happened.
    Who,
    /// Who fills this role.
    Role(String),
}

/// What claims of an archive can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Kinds of claims.
    pub kinds: BTreeSet<String>,
    /// Roles of claims.
    pub roles: BTreeSet<String>,
}

/// Every way of typing a place, without accents and in small letters.
const TYPED: &[(&[&str], Said)] = &[
    (&["claim", "hecho"], Said::Kind("claim")),
    (&["standing", "caracter"], Said::Standing),
    (&["holder", "speaker", "segun", "fuente"], Said::Holder),
    (&["who", "quien"], Said::Who),
];

impl Said {
    /// The name it has in printed questions and views.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Kind(name) => name,
            Self::Standing => "standing",
            Self::Holder => "holder",
            Self::Who => "who",
            Self::Role(role) => role,
        }
    }

    /// Whether its words are names of the schema, to be met to the letter.
    #[must_use]
    pub const fn is_named(&self) -> bool {
        matches!(self, Self::Kind(_) | Self::Standing)
    }

    /// The place that somebody typed, without accents and in small letters.
    /// Fields of documents come before roles of the same name.
    pub(super) fn typed(plain: &str, known: &Known) -> Option<Self> {
        let mut typed = TYPED.iter();
        let place = typed.find(|(names, _)| names.contains(&plain));
        if let Some((_, place)) = place {
            return Some(place.clone());
        }
        let role = || known.roles.contains(plain).then(|| plain.to_owned());
        role().map(Self::Role)
    }
}
