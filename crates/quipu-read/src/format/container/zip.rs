//! ZIP archives.

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

/// Reads a ZIP archive.
pub(crate) fn transcribe(
    _input: &Input<'_>,
    _tools: &Tools<'_>,
    _watcher: &mut dyn Watcher,
) -> Draft {
    Draft::refused(
        "zip 1",
        Notice::new(
            NoticeLevel::Refused,
            "zip.unread",
            "This version of Quipu does not read this format yet.",
        ),
    )
}
