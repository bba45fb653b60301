//! Pages that are pictures: painted, then read by OCR.

use hayro::hayro_syntax::page::Page;
use quipu_model::Notice;

use super::render::{Brushes, paint};
use crate::draft::Scribe;
use crate::input::{Tools, Watcher};
use crate::ocr::{Picture, Pixels, ocr_page};

/// Pixels to the inch at which pages are painted for OCR.
const DPI: f32 = 300.0;
/// Pixels of one page; larger sheets are painted coarser.
const PIXELS_MAX: u64 = 30_000_000;

/// Reads a page from its picture. `None` when no engine is there, or the page
/// cannot be painted: then it stays as it is.
pub(super) fn read<'a>(
    page: &'a Page<'a>,
    brushes: &Brushes<'a>,
    tools: &Tools<'_>,
    watcher: &mut dyn Watcher,
    scribe: &mut Scribe,
) -> Option<Vec<Notice>> {
    tools.ocr?;
    let most = PIXELS_MAX.min(tools.limits.pixels);
    let painted = paint(page, brushes, DPI, most)?;
    let dpi = painted.dpi;
    let grey: Vec<u8> = painted.rgb.chunks_exact(3).map(grey).collect();
    let picture = Picture::new(painted.width, painted.height, Pixels::Grey(grey))?;
    Some(ocr_page(&picture, dpi, tools, watcher, scribe))
}

/// The brightness of a pixel (ITU-R BT.601, in whole numbers).
fn grey(pixel: &[u8]) -> u8 {
    let of = |at: usize| u32::from(pixel.get(at).copied().unwrap_or(255));
    u8::try_from((of(0) * 299 + of(1) * 587 + of(2) * 114) / 1000).unwrap_or(255)
}
