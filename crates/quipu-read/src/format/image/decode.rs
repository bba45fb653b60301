//! Decoding pictures of one page within bounds, and writing PNG.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageReader};
use quipu_model::NoticeLevel;

use super::{PagePicture, Refusal, damaged, dpi, too_large};
use crate::input::Limits;
use crate::ocr::{Picture, Pixels};

/// Bytes a picture may take up while it is decoded.
const BYTES_MAX: u64 = 600 << 20;

/// Decodes a picture of one page.
pub(super) fn page(bytes: &[u8], limits: &Limits) -> Result<PagePicture, Refusal> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| damaged(&error))?;
    let mut bounds = image::Limits::default();
    bounds.max_alloc = Some(BYTES_MAX);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder().map_err(|error| damaged(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits.pixels || decoder.total_bytes() > BYTES_MAX {
        return Err(too_large(u64::from(width), u64::from(height), limits));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let colour = decoder.color_type();
    let size = usize::try_from(decoder.total_bytes()).map_err(|error| damaged(&error))?;
    let mut samples = vec![0u8; size];
    let mut notice = None;
    if let Err(error) = decoder.read_image(&mut samples) {
        // A file cut short still shows what it had until then.
        if samples.iter().all(|sample| *sample == 0) {
            return Err(damaged(&error));
        }
        let mut partly = damaged(&error);
        partly.level = NoticeLevel::Damaged;
        notice = Some(partly);
    }
    let pixels = pixels(samples, colour).ok_or_else(|| damaged(&"its colours are not known"))?;
    let picture =
        Picture::new(width, height, pixels).ok_or_else(|| damaged(&"it has no pixels"))?;
    Ok(PagePicture {
        picture: oriented(picture, orientation),
        dpi: dpi::of(bytes),
        notice,
    })
}

/// Grey or colour of eight bits, what is transparent shown on white paper.
fn pixels(samples: Vec<u8>, colour: ColorType) -> Option<Pixels> {
    // Samples of sixteen bits come in the machine's order of bytes.
    let high = |pair: &[u8]| (u16::from_ne_bytes([pair[0], pair[1]]) >> 8) as u8;
    let narrow = |samples: Vec<u8>| samples.chunks_exact(2).map(high).collect::<Vec<u8>>();
    let (samples, channels) = match colour {
        ColorType::L8 => (samples, 1),
        ColorType::La8 => (samples, 2),
        ColorType::Rgb8 => (samples, 3),
        ColorType::Rgba8 => (samples, 4),
        ColorType::L16 => (narrow(samples), 1),
        ColorType::La16 => (narrow(samples), 2),
        ColorType::Rgb16 => (narrow(samples), 3),
        ColorType::Rgba16 => (narrow(samples), 4),
        _ => return None,
    };
    Some(on_paper(samples, channels))
}

/// From samples of 1 to 4 channels: grey, grey and opacity, red-green-blue,
/// the same and opacity.
pub(super) fn on_paper(samples: Vec<u8>, channels: usize) -> Pixels {
    let over = |shade: u8, opacity: u8| {
        let (shade, opacity) = (u32::from(shade), u32::from(opacity));
        ((shade * opacity + 255 * (255 - opacity)) / 255) as u8
    };
    match channels {
        1 => Pixels::Grey(samples),
        2 => Pixels::Grey(samples.chunks_exact(2).map(|p| over(p[0], p[1])).collect()),
        3 => Pixels::Rgb(samples),
        _ => {
            let pixels = samples.chunks_exact(4);
            Pixels::Rgb(
                pixels
                    .flat_map(|p| [0, 1, 2].map(|i| over(p[i], p[3])))
                    .collect(),
            )
        }
    }
}

/// The picture as the camera or scanner says it is held.
pub(super) fn oriented(picture: Picture, orientation: Orientation) -> Picture {
    let (w, h) = (picture.width() as usize, picture.height() as usize);
    match orientation {
        Orientation::NoTransforms => picture,
        Orientation::Rotate90 => picture.rearranged(h, w, |x, y| (y, h - 1 - x)),
        Orientation::Rotate180 => picture.rearranged(w, h, |x, y| (w - 1 - x, h - 1 - y)),
        Orientation::Rotate270 => picture.rearranged(h, w, |x, y| (w - 1 - y, x)),
        Orientation::FlipHorizontal => picture.rearranged(w, h, |x, y| (w - 1 - x, y)),
        Orientation::FlipVertical => picture.rearranged(w, h, |x, y| (x, h - 1 - y)),
        Orientation::Rotate90FlipH => picture.rearranged(h, w, |x, y| (y, x)),
        Orientation::Rotate270FlipH => picture.rearranged(h, w, |x, y| (w - 1 - y, h - 1 - x)),
    }
}
