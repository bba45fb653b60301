//! TIFF: scanners' and fax machines' files, of one page or many.

use std::io::Cursor;

use image::metadata::Orientation;
use quipu_model::Notice;
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits as TiffLimits};
use tiff::tags::Tag;

use super::decode::{on_paper, oriented};
use super::{PagePicture, Refusal, damaged, too_large};
use crate::input::Limits;
use crate::ocr::{Picture, Pixels};

/// Bytes a page may take up while it is decoded.
const BYTES_MAX: usize = 600 << 20;

type Pages<'a> = Decoder<Cursor<&'a [u8]>>;

/// Decodes page after page until told to stop.
pub(super) fn each_page(
    bytes: &[u8],
    limits: &Limits,
    take: &mut dyn FnMut(Result<PagePicture, Refusal>) -> bool,
) {
    let mut bounds = TiffLimits::default();
    bounds.decoding_buffer_size = BYTES_MAX;
    bounds.intermediate_buffer_size = BYTES_MAX;
    let mut pages = match Decoder::new(Cursor::new(bytes)) {
        Ok(pages) => pages.with_limits(bounds),
        Err(error) => {
            take(Err(damaged(&error)));
            return;
        }
    };
    for _ in 0..limits.pages {
        let more = take(page(&mut pages, limits));
        if !more || !pages.more_images() {
            return;
        }
        if let Err(error) = pages.next_image() {
            take(Err(damaged(&error)));
            return;
        }
    }
}

fn page(pages: &mut Pages<'_>, limits: &Limits) -> Result<PagePicture, Refusal> {
    let failed = |error: tiff::TiffError| damaged(&error);
    let (width, height) = pages.dimensions().map_err(failed)?;
    if u64::from(width) * u64::from(height) > limits.pixels {
        return Err(too_large(u64::from(width), u64::from(height), limits));
    }
    let colour = pages.colortype().map_err(failed)?;
    let dpi = dpi(pages);
    let orientation = pages
        .find_tag_unsigned::<u8>(Tag::Orientation)
        .ok()
        .flatten()
        .and_then(Orientation::from_exif)
        .unwrap_or(Orientation::NoTransforms);
    let palette = match colour {
        ColorType::Palette(_) => pages.get_tag_u16_vec(Tag::ColorMap).map_err(failed)?,
        _ => Vec::new(),
    };
    let samples = match pages.read_image().map_err(failed)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.iter().map(|v| (v >> 8) as u8).collect(),
        DecodingResult::U32(samples) => samples.iter().map(|v| (v >> 24) as u8).collect(),
        DecodingResult::F32(samples) => samples.iter().map(|v| (v * 255.0) as u8).collect(),
        _ => return Err(damaged(&"its samples are of no kind that pictures have")),
    };
    let size = (width as usize, height as usize);
    let pixels = pixels(samples, colour, size, &palette)?;
    let picture = Picture::new(width, height, pixels)
        .ok_or_else(|| damaged(&"it does not have the pixels it says"))?;
    Ok(PagePicture {
        picture: oriented(picture, orientation),
        dpi,
        notice: None,
    })
}

fn dpi(pages: &mut Pages<'_>) -> Option<f32> {
    let resolution = pages.find_tag(Tag::XResolution).ok()??;
    let resolution = match resolution {
        tiff::decoder::ifd::Value::Rational(above, below) => above as f32 / below as f32,
        other => other.into_f32().ok()?,
    };
    let unit = pages.find_tag_unsigned::<u16>(Tag::ResolutionUnit).ok()?;
    match unit {
        Some(1) => None,
        Some(3) => Some(resolution * 2.54),
        _ => Some(resolution),
    }
}

fn pixels(
    samples: Vec<u8>,
    colour: ColorType,
    size: (usize, usize),
    palette: &[u16],
) -> Result<Pixels, Notice> {
    let samples = match colour {
        ColorType::Gray(bits @ (1 | 2 | 4)) | ColorType::Palette(bits @ (1 | 2 | 4)) => {
            unpacked(&samples, bits, size)
        }
        _ => samples,
    };
    Ok(match colour {
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let most = (1u8 << bits) - 1;
            Pixels::Grey(samples.iter().map(|v| v * (255 / most)).collect())
        }
        ColorType::Gray(_) => on_paper(samples, 1),
        ColorType::GrayA(_) => on_paper(samples, 2),
        ColorType::RGB(_) => on_paper(samples, 3),
        ColorType::RGBA(_) => on_paper(samples, 4),
        ColorType::YCbCr(_) => Pixels::Rgb(samples.chunks_exact(3).flat_map(from_ycc).collect()),
        ColorType::CMYK(_) => Pixels::Rgb(samples.chunks_exact(4).flat_map(from_cmyk).collect()),
        ColorType::Palette(_) => {
            let colours = palette.len() / 3;
            let shade = |i: usize| palette.get(i).map_or(0, |shade| (shade >> 8) as u8);
            let rgb = |v: &u8| [0, 1, 2].map(|k| shade(k * colours + usize::from(*v)));
            Pixels::Rgb(samples.iter().flat_map(rgb).collect())
        }
        // Several bands without meaning: the first is as good as any.
        ColorType::Multiband { num_samples, .. } => {
            let step = usize::from(num_samples).max(1);
            Pixels::Grey(samples.iter().step_by(step).copied().collect())
        }
        _ => return Err(damaged(&"its colours are not known")),
    })
}

/// One byte for each of the small numbers packed in rows of whole bytes.
fn unpacked(samples: &[u8], bits: u8, (width, height): (usize, usize)) -> Vec<u8> {
    let per_byte = usize::from(8 / bits);
    let mask = (1u16 << bits) as u8 - 1;
    let row_bytes = width.div_ceil(per_byte);
    let mut unpacked = Vec::with_capacity(width * height);
    for row in samples.chunks_exact(row_bytes.max(1)).take(height) {
        unpacked.extend((0..width).map(|x| {
            let shift = 8 - bits - (x % per_byte) as u8 * bits;
            (row[x / per_byte] >> shift) & mask
        }));
    }
    unpacked
}

/// From luma and colour differences (ITU-R BT.601, full range).
fn from_ycc(ycc: &[u8]) -> [u8; 3] {
    let [y, b, r] = [0, 1, 2].map(|i| f32::from(ycc[i]));
    let (b, r) = (b - 128.0, r - 128.0);
    [
        y + 1.402 * r,
        y - 0.344_136 * b - 0.714_136 * r,
        y + 1.772 * b,
    ]
    .map(|v| v.round() as u8)
}

fn from_cmyk(cmyk: &[u8]) -> [u8; 3] {
    let black = 255 - u32::from(cmyk[3]);
    [0, 1, 2].map(|i| ((255 - u32::from(cmyk[i])) * black / 255) as u8)
}
