//! Word 97-2003 documents, in their compound file.

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

/// Reads a DOC document.
pub(crate) fn transcribe(
    _input: &Input<'_>,
    _tools: &Tools<'_>,
    _watcher: &mut dyn Watcher,
) -> Draft {
    Draft::refused(
        "doc 1",
        Notice::new(
            NoticeLevel::Refused,
            "doc.unread",
            "This version of Quipu does not read this format yet.",
        ),
    )
}
