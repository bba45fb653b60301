//! Pictures of pages, made by whoever the program hands in.

/// Draws pages of sources. The program gives one that works in a child
/// process and keeps what it has drawn; reading rooms without one say so.
pub trait PictureMaker: Send + Sync {
    /// A PNG of one page, about `width` pixels wide.
    ///
    /// `source` is the hash of the source in 64 hexadecimal digits, `page`
    /// counts from 1.
    ///
    /// # Errors
    /// When there is no such page or it cannot be drawn.
    fn picture(&self, source: &str, page: u32, width: u32) -> Result<Vec<u8>, PictureError>;
}

/// Why there is no picture, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureError(pub String);

impl std::fmt::Display for PictureError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PictureError {}

/// Widths that are drawn; others go to the next larger, so that few pictures
/// of one page are ever made.
const WIDTHS: [u32; 4] = [480, 960, 1440, 2400];

/// The width that is drawn for a width asked for.
pub(crate) fn width_drawn(asked: u32) -> u32 {
    let mut widths = WIDTHS.into_iter();
    widths.find(|width| *width >= asked).unwrap_or(WIDTHS[3])
}
