//! Notices: what could not be done as wished, said so that a person can act.

use crate::{layout, words};

/// How much a notice weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoticeLevel {
    /// Worth knowing; nothing is missing.
    Remark,
    /// Something of the document is missing or doubtful.
    Damaged,
    /// Nothing of the document could be read.
    Refused,
}

words!(NoticeLevel {
    Remark = 1 "remark",
    Damaged = 2 "damaged",
    Refused = 3 "refused",
});

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// How much it weighs.
    pub level: NoticeLevel,
    /// A stable name for programs and translations: `pdf.encrypted`.
    pub code: String,
    /// What happened, one English sentence without the name of the file.
    pub message: String,
    /// What the reader of the notice can do about it.
    pub next_step: Option<String>,
    /// Page or record concerned, counted from 1.
    pub page: Option<u32>,
}

layout!(Notice {
    level,
    code,
    message,
    next_step,
    page
});

impl Notice {
    /// A notice about the whole document.
    #[must_use]
    pub fn new(level: NoticeLevel, code: &str, message: impl Into<String>) -> Self {
        Self {
            level,
            code: code.to_owned(),
            message: message.into(),
            next_step: None,
            page: None,
        }
    }

    /// The same with what to do next.
    #[must_use]
    pub fn next(mut self, step: impl Into<String>) -> Self {
        self.next_step = Some(step.into());
        self
    }

    /// The same about one page.
    #[must_use]
    pub const fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }
}

/// What a stage could make, with what it has to say about it. A damaged page
/// is normal input, so this is never an error.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome<T> {
    /// What could be made.
    pub value: T,
    /// What should be known about it, in the order found.
    pub notices: Vec<Notice>,
}

impl<T> Outcome<T> {
    /// A value with nothing to say about it.
    pub const fn clean(value: T) -> Self {
        Self {
            value,
            notices: Vec::new(),
        }
    }
}
