//! Pictures: PNG, JPEG, TIFF and their kin, read by OCR.

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

/// Reads a picture.
pub(crate) fn transcribe(
    _input: &Input<'_>,
    _tools: &Tools<'_>,
    _watcher: &mut dyn Watcher,
) -> Draft {
    Draft::refused(
        "image 1",
        Notice::new(
            NoticeLevel::Refused,
            "image.unread",
            "This version of Quipu does not read this format yet.",
        ),
    )
}
