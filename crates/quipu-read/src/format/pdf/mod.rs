//! PDF: words with boxes, tables in rows, scanned pages by OCR.

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

/// Reads a PDF document.
pub(crate) fn transcribe(
    _input: &Input<'_>,
    _tools: &Tools<'_>,
    _watcher: &mut dyn Watcher,
) -> Draft {
    Draft::refused(
        "pdf 1",
        Notice::new(
            NoticeLevel::Refused,
            "pdf.unread",
            "This version of Quipu does not read this format yet.",
        ),
    )
}
