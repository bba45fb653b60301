//! Places on a page.

use crate::layout;

/// A rectangle on a page, in hundredths of a PDF point (1/7200 inch), from the
/// top left corner of the page as it is shown (after its rotation).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Rect {
    /// Distance from the left edge.
    pub left: i32,
    /// Distance from the top edge.
    pub top: i32,
    /// Width, never negative.
    pub width: i32,
    /// Height, never negative.
    pub height: i32,
}

layout!(Rect {
    left,
    top,
    width,
    height
});

impl Rect {
    /// From PDF points; what is not a number or out of range is held at bounds.
    #[must_use]
    pub fn from_points(left: f32, top: f32, width: f32, height: f32) -> Self {
        // `as` saturates and turns NaN into 0, which is what is wanted here.
        let hundredths = |points: f32| (points * 100.0).round() as i32;
        Self {
            left: hundredths(left),
            top: hundredths(top),
            width: hundredths(width).max(0),
            height: hundredths(height).max(0),
        }
    }

    /// Right edge.
    #[must_use]
    pub const fn right(self) -> i32 {
        self.left.saturating_add(self.width)
    }

    /// Bottom edge.
    #[must_use]
    pub const fn bottom(self) -> i32 {
        self.top.saturating_add(self.height)
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        let left = self.left.min(other.left);
        let top = self.top.min(other.top);
        Self {
            left,
            top,
            width: self.right().max(other.right()).saturating_sub(left),
            height: self.bottom().max(other.bottom()).saturating_sub(top),
        }
    }
}

/// Where in its source a block of text was found, as far as the format knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Page, counted from 1, where the format has pages.
    pub page: Option<u32>,
    /// Box on that page.
    pub area: Option<Rect>,
    /// Anything else that names the place in the format's own words: a sheet,
    /// a mail header, a footnote number, an element path.
    pub label: Option<String>,
}

layout!(Place { page, area, label });
