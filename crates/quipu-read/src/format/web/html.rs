//! Web pages.

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

/// Reads a web page.
pub(crate) fn transcribe(
    _input: &Input<'_>,
    _tools: &Tools<'_>,
    _watcher: &mut dyn Watcher,
) -> Draft {
    Draft::refused(
        "html 1",
        Notice::new(
            NoticeLevel::Refused,
            "html.unread",
            "This version of Quipu does not read this format yet.",
        ),
    )
}
