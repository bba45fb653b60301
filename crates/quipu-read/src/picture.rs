//! Pictures of pages, for the reading room: the page as it is shown, beside
//! which its words are laid.

use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

use crate::format::{self, Format};
use crate::input::Input;
use crate::ocr::Pixels;

/// Pixels of one picture made for the screen.
const PIXELS_MAX: u64 = 40_000_000;
/// Widest picture made.
const WIDTH_MAX: u32 = 6_000;

/// Why there is no picture of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureError {
    /// Files of this kind have no pages to show.
    NotPictured,
    /// The file does not open (damaged, or locked with a password).
    Closed,
    /// The file has no page of this number.
    NoPage,
    /// The page cannot be painted.
    Failed,
}

impl std::fmt::Display for PictureError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotPictured => "files of this kind have no pages to show",
            Self::Closed => "the file does not open",
            Self::NoPage => "the file has no such page",
            Self::Failed => "the page cannot be painted",
        })
    }
}

impl std::error::Error for PictureError {}

/// The picture of a page as PNG. `page` counts from 1; `width` is in pixels and
/// held within bounds, so the picture may come out smaller.
///
/// It may take seconds on hostile files: callers set the time.
///
/// # Errors
/// [`PictureError`] says why there is none.
pub fn picture(input: &Input<'_>, page: u32, width: u32) -> Result<Vec<u8>, PictureError> {
    let width = width.clamp(16, WIDTH_MAX);
    match format::detect(input) {
        Format::Pdf => {
            use crate::format::pdf::Unpainted;
            let painted = crate::format::pdf::page_picture(input.bytes, page, width, PIXELS_MAX)
                .map_err(|error| match error {
                    Unpainted::Closed => PictureError::Closed,
                    Unpainted::NoPage => PictureError::NoPage,
                    Unpainted::Failed => PictureError::Failed,
                })?;
            png(painted.width, painted.height, &painted.rgb)
        }
        Format::Png
        | Format::Jpeg
        | Format::Tiff
        | Format::Gif
        | Format::Bmp
        | Format::Webp
        | Format::Pnm => {
            let picture = crate::format::image::page_picture(input.bytes, page, width)
                .map_err(|_| PictureError::Closed)?
                .ok_or(PictureError::NoPage)?;
            let rgb: Vec<u8> = match picture.pixels() {
                Pixels::Grey(samples) => samples.iter().flat_map(|v| [*v; 3]).collect(),
                Pixels::Rgb(samples) => samples.clone(),
            };
            png(picture.width(), picture.height(), &rgb)
        }
        _ => Err(PictureError::NotPictured),
    }
}

/// Packs pixels as PNG, in one channel where the page has no colour.
pub(crate) fn png(width: u32, height: u32, rgb: &[u8]) -> Result<Vec<u8>, PictureError> {
    let grey = rgb
        .chunks_exact(3)
        .all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    let mut out = Cursor::new(Vec::new());
    let encoder = PngEncoder::new(&mut out);
    let packed = if grey {
        let samples: Vec<u8> = rgb.chunks_exact(3).map(|pixel| pixel[0]).collect();
        encoder.write_image(&samples, width, height, ExtendedColorType::L8)
    } else {
        encoder.write_image(rgb, width, height, ExtendedColorType::Rgb8)
    };
    packed.map_err(|_| PictureError::Failed)?;
    Ok(out.into_inner())
}
