//! Comma-separated values and their kin.

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

/// Reads a table of plain text.
pub(crate) fn transcribe(
    _input: &Input<'_>,
    _tools: &Tools<'_>,
    _watcher: &mut dyn Watcher,
) -> Draft {
    Draft::refused(
        "csv 1",
        Notice::new(
            NoticeLevel::Refused,
            "csv.unread",
            "This version of Quipu does not read this format yet.",
        ),
    )
}
