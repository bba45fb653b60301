//! Why a command could not work, as one line that says what to do.

use std::fmt::Display;

/// A command that ends here.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Whether the person can mend it by calling otherwise.
    pub(crate) wrong_use: bool,
    /// What happened and what to do, in one line.
    pub(crate) words: String,
}

impl Fault {
    /// The call was wrong.
    pub(crate) fn wrong_use(words: impl Into<String>) -> Self {
        Self {
            wrong_use: true,
            words: words.into(),
        }
    }

    /// The call was right, but the work could not be done.
    pub(crate) fn could_not(what: &str, cause: impl Display) -> Self {
        Self {
            wrong_use: false,
            words: format!("{what}: {cause}"),
        }
    }
}
