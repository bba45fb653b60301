//! Saved web pages (MHTML).

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

/// Reads a saved web page.
pub(crate) fn transcribe(
    _input: &Input<'_>,
    _tools: &Tools<'_>,
    _watcher: &mut dyn Watcher,
) -> Draft {
    Draft::refused(
        "mhtml 1",
        Notice::new(
            NoticeLevel::Refused,
            "mhtml.unread",
            "This version of Quipu does not read this format yet.",
        ),
    )
}
