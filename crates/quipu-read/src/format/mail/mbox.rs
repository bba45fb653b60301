//! Mailboxes.

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

/// Reads a mailbox.
pub(crate) fn transcribe(
    _input: &Input<'_>,
    _tools: &Tools<'_>,
    _watcher: &mut dyn Watcher,
) -> Draft {
    Draft::refused(
        "mbox 1",
        Notice::new(
            NoticeLevel::Refused,
            "mbox.unread",
            "This version of Quipu does not read this format yet.",
        ),
    )
}
