//! Pictures of pages, painted at a size asked for and within bounds.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::source;

/// Longest side of a picture in pixels; the library counts in 16 bits.
const SIDE_MAX: f32 = 20_000.0;

/// A painted page: rows from top to bottom, three bytes a pixel.
pub(crate) struct Painted {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) rgb: Vec<u8>,
    /// Pixels to the inch.
    pub(crate) dpi: f32,
}

/// What is kept between paintings of pages of one file.
pub(crate) struct Brushes<'a>(RenderCache<'a>);

impl Brushes<'_> {
    pub(crate) fn new() -> Self {
        Self(RenderCache::new())
    }
}

/// Paints a page at `dpi` pixels to the inch, or fewer where the picture would
/// have more than `pixels_max`. `None` when the library cannot.
pub(super) fn paint<'a>(
    page: &'a Page<'a>,
    brushes: &Brushes<'a>,
    dpi: f32,
    pixels_max: u64,
) -> Option<Painted> {
    if catch_unwind(AssertUnwindSafe(|| source::is_bomb(page))).unwrap_or(true) {
        return None;
    }
    let (width, height) = source::size(page);
    let mut scale = dpi / 72.0;
    let side = width.max(height);
    scale = scale.min(SIDE_MAX / side);
    #[expect(clippy::cast_precision_loss, reason = "a bound need not be exact")]
    let most = pixels_max as f32;
    if width * height * scale * scale > most {
        scale = (most / (width * height)).sqrt();
    }
    // At least one pixel each way, whatever the page.
    scale = scale.max(1.01 / width.min(height)).min(SIDE_MAX / side);
    let painted = catch_unwind(AssertUnwindSafe(|| {
        render(
            page,
            &brushes.0,
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &PixmapSettings {
                x_scale: scale,
                y_scale: scale,
                bg_color: WHITE,
            },
        )
    }))
    .ok()?;
    let (width, height) = (u32::from(painted.width()), u32::from(painted.height()));
    if width == 0 || height == 0 {
        return None;
    }
    let rgb = painted
        .data_as_u8_slice()
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    Some(Painted {
        width,
        height,
        rgb,
        dpi: scale * 72.0,
    })
}

/// Why a page cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unpainted {
    /// The file does not open.
    Closed,
    /// It has no such page.
    NoPage,
    /// The page cannot be painted.
    Failed,
}

/// Paints one page of a file, counted from 1, `width` pixels wide at most.
pub(crate) fn page_picture(
    bytes: &[u8],
    page: u32,
    width: u32,
    pixels_max: u64,
) -> Result<Painted, Unpainted> {
    let opened = catch_unwind(|| source::open(bytes, ""));
    let pdf = opened
        .map_err(|_| Unpainted::Closed)?
        .map_err(|_| Unpainted::Closed)?;
    let at = (page as usize).checked_sub(1).ok_or(Unpainted::NoPage)?;
    let pages = catch_unwind(AssertUnwindSafe(|| pdf.pages())).map_err(|_| Unpainted::Closed)?;
    let page = pages.get(at).ok_or(Unpainted::NoPage)?;
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^24 pixels")]
    let dpi = width as f32 * 72.0 / source::size(page).0;
    paint(page, &Brushes::new(), dpi, pixels_max).ok_or(Unpainted::Failed)
}
