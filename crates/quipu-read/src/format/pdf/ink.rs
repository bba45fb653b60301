//! What stands on a page, before anybody asks what it means: glyphs, ruling
//! lines and pictures, in points from the top left corner of the page as shown.

/// A place or a vector on the page, in points; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Point {
    pub(super) x: f32,
    pub(super) y: f32,
}

/// An upright box, in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Frame {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Frame {
    pub(super) const fn width(self) -> f32 {
        self.right - self.left
    }

    pub(super) const fn height(self) -> f32 {
        self.bottom - self.top
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub(super) fn holds(self, point: Point) -> bool {
        point.x >= self.left
            && point.x <= self.right
            && point.y >= self.top
            && point.y <= self.bottom
    }
}

/// Why a glyph is or is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Painted on the page.
    Yes,
    /// Drawn in the invisible mode, as OCR programs do under a scan.
    Invisible,
    /// Outside the page or of what a clip leaves open.
    Outside,
}

/// One glyph with the letters it stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// First byte of its letters in [`Ink::letters`].
    pub(super) from: u32,
    /// First byte after them.
    pub(super) to: u32,
    /// Where its baseline starts.
    pub(super) origin: Point,
    /// From there to where its own width ends.
    pub(super) advance: Point,
    /// Which way the line runs, a vector of length one.
    pub(super) heading: Point,
    /// Height of the letter body (the font size as shown).
    pub(super) em: f32,
    pub(super) shown: Shown,
}

/// A painted straight line or thin box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) frame: Frame,
    /// Whether it lies (else it stands).
    pub(super) lies: bool,
}

/// Everything that stands on one page.
#[derive(Debug, Clone, Default)]
pub(super) struct Ink {
    pub(super) width: f32,
    pub(super) height: f32,
    /// The letters of all glyphs, one after the other.
    pub(super) letters: String,
    /// In the order of drawing.
    pub(super) glyphs: Vec<Glyph>,
    /// Ruling lines, in the order of drawing.
    pub(super) rules: Vec<Rule>,
    /// Pictures, in the order of drawing.
    pub(super) pictures: Vec<Frame>,
    /// Glyphs whose letters the file does not tell.
    pub(super) unmapped: u32,
    /// Whether letters were taken from the codes of glyphs, because nothing else
    /// tells them and they make sense.
    pub(super) guessed: bool,
    /// Shapes painted, ruling lines among them.
    pub(super) shapes: u32,
    /// Whether the bound on glyphs was reached.
    pub(super) full: bool,
}

impl Ink {
    /// The letters of a glyph.
    pub(super) fn letters_of(&self, glyph: &Glyph) -> &str {
        self.letters
            .get(glyph.from as usize..glyph.to as usize)
            .unwrap_or_default()
    }
}
