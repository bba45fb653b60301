//! The one trait behind which engines stand, and what they answer.

use quipu_model::TextOrigin;

use super::picture::Picture;

/// An engine that reads pictures of text.
///
/// The same picture and hint give the same page on any number of threads.
pub trait OcrEngine: Send + Sync {
    /// What the pages it reads are marked with.
    fn name(&self) -> TextOrigin;

    /// What it is, exactly enough that another identity may read differently:
    /// part of the recipe of everything read with it.
    fn identity(&self) -> OcrIdentity;

    /// Reads one page. Lines come in any order; their boxes count in the
    /// picture turned as [`OcrPage::turn`] says. `beat` is called every now and
    /// then while the engine works: the sign of life of a slow page.
    ///
    /// # Errors
    /// When the engine could not run at all; a page on which nothing is found
    /// is no error.
    fn read(
        &self,
        picture: &Picture,
        hint: &OcrHint,
        beat: &mut dyn FnMut(),
    ) -> Result<OcrPage, OcrError>;
}

/// What an engine is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OcrIdentity {
    /// Engine, version and languages: `rten pp-ocrv6-small 1`.
    pub engine: String,
    /// BLAKE3 of its models; zeros where they are not ours to see.
    pub models: [u8; 32],
}

/// What is known of a page before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OcrHint {
    /// Dots per inch, where known.
    pub dpi: Option<u32>,
}

/// How the picture must be turned clockwise so that its text stands upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Turn {
    /// It stands upright.
    #[default]
    None,
    /// A quarter turn clockwise.
    Quarter,
    /// Upside down.
    Half,
    /// A quarter turn counter-clockwise.
    ThreeQuarters,
}

/// What an engine found on a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OcrPage {
    /// The lines, in any order.
    pub lines: Vec<OcrLine>,
    /// How the picture was turned before its text was read.
    pub turn: Turn,
    /// Width of the turned picture in pixels.
    pub width: u32,
    /// Height of the turned picture in pixels.
    pub height: u32,
    /// The slope of the lines in degrees, positive when they fall to the right.
    pub skew: f32,
    /// Lines that were found and left unread, because the page holds more than
    /// is read of one page. Which, depends on nothing but the picture.
    pub unread: u32,
    /// The engine that read it, where that is not the one that was asked.
    pub by: Option<TextOrigin>,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct OcrLine {
    /// Its words from left to right.
    pub words: Vec<OcrWord>,
    /// Upright box around it in pixels of the turned picture.
    pub area: PixelBox,
    /// How sure the engine is, in percent.
    pub confidence: u8,
}

impl OcrLine {
    /// Its words, parted by spaces.
    #[must_use]
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OcrWord {
    /// Its letters, without white space.
    pub text: String,
    /// Upright box around it in pixels of the turned picture.
    pub area: PixelBox,
    /// How sure the engine is, in percent.
    pub confidence: u8,
}

/// A box in pixels, from the top left corner; right and bottom lie outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PixelBox {
    /// Left edge.
    pub left: i32,
    /// Top edge.
    pub top: i32,
    /// Right edge, never less than `left`.
    pub right: i32,
    /// Bottom edge, never less than `top`.
    pub bottom: i32,
}

impl PixelBox {
    /// Width in pixels.
    #[must_use]
    pub const fn width(self) -> i32 {
        self.right.saturating_sub(self.left)
    }

    /// Height in pixels.
    #[must_use]
    pub const fn height(self) -> i32 {
        self.bottom.saturating_sub(self.top)
    }

    /// The smallest box that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// How many pixels the two share from left to right; negative is a gap.
    #[must_use]
    pub fn shared_width(self, other: Self) -> i32 {
        self.right.min(other.right) - self.left.max(other.left)
    }

    /// How many pixels the two share from top to bottom; negative is a gap.
    #[must_use]
    pub fn shared_height(self, other: Self) -> i32 {
        self.bottom.min(other.bottom) - self.top.max(other.top)
    }
}

/// Why an engine could not read a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OcrError {
    /// A model file is missing or not what it should be.
    #[error("the OCR model {file} cannot be used: {reason}")]
    Model {
        /// Its path.
        file: String,
        /// Why.
        reason: String,
    },
    /// The network failed on this page.
    #[error("the OCR network failed: {0}")]
    Network(String),
    /// The outside program failed.
    #[error("the program {program} failed: {reason}")]
    Program {
        /// Which.
        program: String,
        /// Why.
        reason: String,
    },
    /// The outside program was ended before it was done.
    #[error("the program {program} was ended after {seconds} s of {clock}")]
    TooLong {
        /// Which.
        program: String,
        /// How long it was let run.
        seconds: u64,
        /// By which clock: its own work, or the time of day.
        clock: &'static str,
    },
    /// The picture has more pixels than an engine may be given.
    #[error("the picture has {0} pixels, more than can be read")]
    TooLarge(u64),
}

impl OcrError {
    /// What somebody can do about it, in one sentence.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::Model { .. } => "Run scripts/fetch-ocr-models again, and read the file again.",
            Self::Network(_) => "Read the file with the other engine (--ocr tesseract).",
            Self::Program { .. } => {
                "See whether the program reads the page by itself, or run scripts/fetch-ocr-models \
                 once, and read the file again."
            }
            Self::TooLong { .. } => {
                "Save the page in parts or at a lower resolution, or run scripts/fetch-ocr-models \
                 once, and read the file again."
            }
            Self::TooLarge(_) => "Save it at a lower resolution, such as 300 dots per inch.",
        }
    }
}

/// Mean confidence of the letters of words, in percent.
pub(crate) fn mean(words: &[OcrWord]) -> u8 {
    let letters = |word: &OcrWord| word.text.chars().count() as u64;
    let all: u64 = words.iter().map(letters).sum();
    let sure = words
        .iter()
        .map(|word| letters(word) * u64::from(word.confidence));
    sure.sum::<u64>().checked_div(all).unwrap_or(0) as u8
}

/// Mean confidence of the letters of lines, in percent.
pub(crate) fn confidence(lines: &[OcrLine]) -> u32 {
    let (mut all, mut sure) = (0u64, 0u64);
    for word in lines.iter().flat_map(|line| &line.words) {
        let letters = word.text.chars().count() as u64;
        all += letters;
        sure += letters * u64::from(word.confidence);
    }
    sure.checked_div(all).unwrap_or(0) as u32
}
