//! Tar archives.

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

/// Reads a tar archive.
pub(crate) fn transcribe(
    _input: &Input<'_>,
    _tools: &Tools<'_>,
    _watcher: &mut dyn Watcher,
) -> Draft {
    Draft::refused(
        "tar 1",
        Notice::new(
            NoticeLevel::Refused,
            "tar.unread",
            "This version of Quipu does not read this format yet.",
        ),
    )
}
