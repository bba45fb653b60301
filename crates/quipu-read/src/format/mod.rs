//! Formats: what the bytes are, judged by content, and the reader for each.

mod image;

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

/// The formats Quipu can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Bytes nobody here can read.
    Unknown,
}

impl Format {
    /// The IANA media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Unknown => "application/octet-stream",
        }
    }
}

/// What the bytes are.
#[must_use]
pub const fn detect(_input: &Input<'_>) -> Format {
    Format::Unknown
}

/// Reads the words of a source of a known format.
pub(crate) fn transcribe(
    format: Format,
    _input: &Input<'_>,
    _tools: &Tools<'_>,
    _watcher: &mut dyn Watcher,
) -> Draft {
    match format {
        Format::Unknown => Draft::refused(
            "none",
            Notice::new(
                NoticeLevel::Refused,
                "format.unknown",
                "The bytes are of no format that Quipu reads.",
            )
            .next("Open the file with the program that made it and save it as PDF or text."),
        ),
    }
}
