//! A regular expression that is made when it is first asked.
//!
//! The rules of a release hold some hundreds of them, and whoever only searches
//! or serves asks none: making all at the start costs more than everything else.

use std::sync::OnceLock;

use regex::{Captures, Regex};

use crate::pattern::compile;

/// A pattern, and the machine for it once there is one.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    made: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern to be made later. One that is no pattern matches nothing; the
    /// tests of this crate make every one of a release.
    pub(crate) const fn later(source: String) -> Self {
        Self {
            source,
            made: OnceLock::new(),
        }
    }

    /// A pattern made at once.
    pub(crate) fn now(source: String) -> Result<Self, regex::Error> {
        let made = compile(&source)?;
        Ok(Self {
            source,
            made: OnceLock::from(Some(made)),
        })
    }

    fn get(&self) -> Option<&Regex> {
        let made = self.made.get_or_init(|| compile(&self.source).ok());
        made.as_ref()
    }

    /// Whether it is a pattern at all.
    pub(crate) fn is_sound(&self) -> bool {
        self.get().is_some()
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.get().is_some_and(|made| made.is_match(text))
    }

    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.get()?.captures(text)
    }

    /// The names of its groups.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.get()
            .into_iter()
            .flat_map(|made| made.capture_names().flatten())
    }
}
