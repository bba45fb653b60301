//! Pictures: PNG, JPEG, TIFF and their kin, each page read by OCR.

mod decode;
mod dpi;
mod fax;
mod palette;
mod tiff;

use quipu_model::{Notice, NoticeLevel, TextOrigin};

use crate::draft::{Draft, Scribe};
use crate::input::{Input, Limits, Tools, Watcher};
use crate::ocr::{Picture, ocr_page};

/// Name and version of this reader.
const READER: &str = "image 1";
/// Pixels to the inch taken for true where a picture does not tell.
const DPI_USUAL: f32 = 300.0;
/// Longest side of a page in inches that is believed (A1).
const INCHES_MOST: f32 = 34.0;

/// One page of a picture file.
struct PagePicture {
    picture: Picture,
    /// Pixels to the inch as the file says.
    dpi: Option<f32>,
    /// What is wrong with it.
    notice: Option<Notice>,
}

/// Why a picture cannot be shown at all.
type Refusal = Notice;

/// Reads a picture, page by page.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let mut scribe = Scribe::new(READER, tools.limits.text_bytes);
    let mut notices = Vec::new();
    let mut done = 0;
    each_page(input.bytes, &tools.limits, &mut |page| {
        let number = done + 1;
        match page {
            Ok(page) => {
                let PagePicture {
                    picture,
                    dpi,
                    notice,
                } = page;
                let dpi = plausible(dpi, &picture);
                let hundredths = |pixels: u32| (pixels as f32 * 7200.0 / dpi).round() as i32;
                let (width, height) = (hundredths(picture.width()), hundredths(picture.height()));
                scribe.open_page(width, height, TextOrigin::Picture);
                notices.extend(notice.map(|notice| notice.on_page(number)));
                notices.extend(ocr_page(&picture, dpi, tools, watcher, &mut scribe));
                scribe.close_page();
            }
            Err(mut notice) => {
                if done > 0 {
                    notice.level = NoticeLevel::Damaged;
                }
                notices.push(notice.on_page(number));
            }
        }
        done += 1;
        watcher.step(done, 0);
        !scribe.is_full()
    });
    Draft {
        transcript: scribe.finish(),
        notices,
        ..Draft::default()
    }
}

/// The dots per inch to count with.
fn plausible(dpi: Option<f32>, picture: &Picture) -> f32 {
    let longest = picture.width().max(picture.height()) as f32;
    dpi.filter(|dpi| (40.0..=4800.0).contains(dpi) && longest / dpi <= INCHES_MOST)
        .unwrap_or(DPI_USUAL)
}

/// Decodes page after page until told to stop or at a bound.
fn each_page(
    bytes: &[u8],
    limits: &Limits,
    take: &mut dyn FnMut(Result<PagePicture, Refusal>) -> bool,
) {
    if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") || bytes.starts_with(b"II+\0") {
        tiff::each_page(bytes, limits, take);
    } else {
        take(decode::page(bytes, limits));
    }
}

/// A page of a picture file, at most so many pixels wide, for showing beside
/// its words. Pages count from 1; `Ok(None)` when there is no such page.
///
/// # Errors
/// A notice that says why the page cannot be shown.
pub(crate) fn page_picture(
    bytes: &[u8],
    page: u32,
    width_max: u32,
) -> Result<Option<Picture>, Notice> {
    let mut seen = 0;
    let mut found = None;
    // Pages before the one wanted are decoded for nothing: where a page starts
    // can be trusted only after the one before it.
    each_page(bytes, &Limits::default(), &mut |decoded| {
        seen += 1;
        if seen == page {
            found = Some(decoded);
        }
        seen < page
    });
    let found = found.transpose()?;
    Ok(found.map(|page| page.picture.shrunk(width_max)))
}

fn damaged(error: &dyn std::fmt::Display) -> Notice {
    let message = format!("The picture is damaged: {error}.");
    Notice::new(NoticeLevel::Refused, "image.damaged", message)
        .next("Get the file again, or open it in a picture program and save it as PNG.")
}

/// A picture that is sound as far as we know, but of a kind not decoded here.
fn unsupported(kind: &dyn std::fmt::Display) -> Notice {
    let message = format!("The picture is of a kind that is not decoded here: {kind}.");
    Notice::new(NoticeLevel::Refused, "image.unsupported", message)
        .next("Open it in a picture program and save it as PNG.")
}

fn too_large(width: u64, height: u64, limits: &Limits) -> Notice {
    let message = format!(
        "The picture of {width} x {height} pixels is larger than the {} million pixels that are read.",
        limits.pixels / 1_000_000
    );
    Notice::new(NoticeLevel::Refused, "image.too-large", message)
        .next("Save it at a lower resolution, such as 300 dots per inch.")
}
