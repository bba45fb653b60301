//! TIFF: scanners' and fax machines' files, of one page or many.

use std::io::Cursor;

use image::metadata::Orientation;
use quipu_model::Notice;
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits as TiffLimits};
use tiff::tags::Tag;

use super::decode::{on_paper, oriented};
use super::{PagePicture, Refusal, damaged, fax, palette, too_large, unsupported};
use crate::input::Limits;
use crate::ocr::{Picture, Pixels};

/// Bytes a page may take up while it is decoded.
const BYTES_MAX: usize = 600 << 20;

pub(super) type Pages<'a> = Decoder<Cursor<&'a [u8]>>;

/// Decodes page after page until told to stop.
pub(super) fn each_page(
    bytes: &[u8],
    limits: &Limits,
    take: &mut dyn FnMut(Result<PagePicture, Refusal>) -> bool,
) {
    let mut bounds = TiffLimits::default();
    bounds.decoding_buffer_size = BYTES_MAX;
    bounds.intermediate_buffer_size = BYTES_MAX;
    let (bytes, palettes) = palette::as_grey(bytes, limits.pages);
    let bytes: &[u8] = &bytes;
    let mut pages = match Decoder::new(Cursor::new(bytes)) {
        Ok(pages) => pages.with_limits(bounds),
        Err(error) => {
            take(Err(failed(error)));
            return;
        }
    };
    for number in 0..limits.pages as usize {
        let palette = palettes.get(number).copied().unwrap_or(false);
        let more = take(page(&mut pages, bytes, palette, limits));
        if !more || !pages.more_images() {
            return;
        }
        if let Err(error) = pages.next_image() {
            take(Err(failed(error)));
            return;
        }
    }
}

fn failed(error: tiff::TiffError) -> Refusal {
    match error {
        tiff::TiffError::UnsupportedError(error) => unsupported(&error),
        error => damaged(&error),
    }
}

fn page(
    pages: &mut Pages<'_>,
    bytes: &[u8],
    palette: bool,
    limits: &Limits,
) -> Result<PagePicture, Refusal> {
    let (width, height) = pages.dimensions().map_err(failed)?;
    if u64::from(width) * u64::from(height) > limits.pixels {
        return Err(too_large(u64::from(width), u64::from(height), limits));
    }
    let dpi = dpi(pages);
    let orientation = pages
        .find_tag_unsigned::<u8>(Tag::Orientation)
        .ok()
        .flatten()
        .and_then(Orientation::from_exif)
        .unwrap_or(Orientation::NoTransforms);
    let (pixels, notice) = match fax::page(pages, bytes, (width, height)) {
        Some(faxed) => faxed.map(|faxed| (Pixels::Grey(faxed.samples), faxed.notice))?,
        None => (decoded(pages, palette, (width, height))?, None),
    };
    let picture = Picture::new(width, height, pixels)
        .ok_or_else(|| damaged(&"it does not have the pixels it says"))?;
    Ok(PagePicture {
        picture: oriented(picture, orientation),
        dpi,
        notice,
    })
}

/// The pixels of a page that is not coded as a fax.
fn decoded(
    pages: &mut Pages<'_>,
    palette: bool,
    (width, height): (u32, u32),
) -> Result<Pixels, Refusal> {
    let colour = pages.colortype().map_err(failed)?;
    let colours = match (palette, colour) {
        (false, _) => None,
        (true, ColorType::Gray(1..=8) | ColorType::Multiband { bit_depth: 8, .. }) => {
            Some(pages.get_tag_u16_vec(Tag::ColorMap).map_err(failed)?)
        }
        (true, _) => return Err(unsupported(&"a palette of more than 256 colours")),
    };
    let samples = match pages.read_image().map_err(failed)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.iter().map(|v| (v >> 8) as u8).collect(),
        DecodingResult::U32(samples) => samples.iter().map(|v| (v >> 24) as u8).collect(),
        DecodingResult::F32(samples) => samples.iter().map(|v| (v * 255.0) as u8).collect(),
        _ => return Err(damaged(&"its samples are of no kind that pictures have")),
    };
    let size = (width as usize, height as usize);
    pixels(samples, colour, size, colours.as_deref())
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
    palette: Option<&[u16]>,
) -> Result<Pixels, Notice> {
    let samples = match colour {
        ColorType::Gray(bits @ (1 | 2 | 4)) => unpacked(&samples, bits, size),
        _ => samples,
    };
    if let Some(palette) = palette {
        let step = match colour {
            ColorType::Multiband { num_samples, .. } => usize::from(num_samples).max(1),
            _ => 1,
        };
        let colours = palette.len() / 3;
        let shade = |i: usize| palette.get(i).map_or(0, |shade| (shade >> 8) as u8);
        let rgb = |v: &u8| [0, 1, 2].map(|k| shade(k * colours + usize::from(*v)));
        let coloured = samples.iter().step_by(step).flat_map(rgb);
        return Ok(Pixels::Rgb(coloured.collect()));
    }
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
        // Several bands without meaning: the first is as good as any.
        ColorType::Multiband { num_samples, .. } => {
            let step = usize::from(num_samples).max(1);
            Pixels::Grey(samples.iter().step_by(step).copied().collect())
        }
        _ => return Err(unsupported(&"its colours are of no common kind")),
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
