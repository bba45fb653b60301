//! Pictures too large are shrunk before they are worked on, and the boxes found
//! led back to the picture as it came.

use super::engine::{OcrPage, PixelBox, Turn};
use super::picture::{Grey, Picture};

/// Longest side of a picture in pixels as it is worked on: A3 at 300 dpi.
const SIDE_MAX: usize = 5000;

/// The picture no larger than it may be; the factor leads back.
pub(super) fn within(grey: Grey) -> (Grey, f32) {
    let longest = grey.width.max(grey.height);
    if longest <= SIDE_MAX {
        return (grey, 1.0);
    }
    let scale = longest as f32 / SIDE_MAX as f32;
    let fit = |side: usize| ((side as f32 / scale).round() as usize).max(1);
    (grey.resized(fit(grey.width), fit(grey.height)), scale)
}

/// Brings what was found on the smaller picture to the size of the one given.
pub(super) fn enlarge(page: &mut OcrPage, picture: &Picture, scale: f32) {
    for line in &mut page.lines {
        line.area = scaled(line.area, scale);
        for word in &mut line.words {
            word.area = scaled(word.area, scale);
        }
    }
    (page.width, page.height) = match page.turn {
        Turn::None | Turn::Half => (picture.width(), picture.height()),
        Turn::Quarter | Turn::ThreeQuarters => (picture.height(), picture.width()),
    };
}

fn scaled(area: PixelBox, scale: f32) -> PixelBox {
    let by = |pixels: i32| (pixels as f32 * scale).round() as i32;
    PixelBox {
        left: by(area.left),
        top: by(area.top),
        right: by(area.right),
        bottom: by(area.bottom),
    }
}
