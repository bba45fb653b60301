//! What a reader is given, and the bounds it works within.

use quipu_model::Part;
use quipu_packs::Packs;

use crate::ocr::OcrEngine;

/// One source to read.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The name it came under: a hint where content cannot tell (`.csv`), never
    /// the ground for a decision that content can make.
    pub name: &'a str,
}

/// What readers work with.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// Language packs and header forms.
    pub packs: &'a Packs,
    /// The OCR engine, where one is there.
    pub ocr: Option<&'a dyn OcrEngine>,
    /// Bounds.
    pub limits: Limits,
}

impl std::fmt::Debug for Tools<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tools")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// Bounds within which one source is read. What lies beyond is left out with
/// a notice that names the bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text in one transcript.
    pub text_bytes: usize,
    /// Pages of one document.
    pub pages: u32,
    /// Files taken out of one container.
    pub parts: u32,
    /// Bytes of all files taken out of one container together.
    pub parts_bytes: u64,
    /// How many times larger than packed anything may become (plus 1 MiB).
    pub expansion: u64,
    /// Depth of nesting followed in mark-up and in containers.
    pub depth: u32,
    /// Pixels of one picture.
    pub pixels: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 64 << 20,
            pages: 20_000,
            parts: 100_000,
            parts_bytes: 2 << 30,
            expansion: 200,
            depth: 256,
            pixels: 100_000_000,
        }
    }
}

/// Somebody who is told what happens during the reading of one source.
pub trait Watcher {
    /// A file found inside the source.
    fn part(&mut self, part: Part);

    /// A step is done (a page, a member, a message), `of` in all where known
    /// (else 0). Long work calls it often: it is the sign of life by which a
    /// stalled reader is told from a slow one.
    fn step(&mut self, done: u32, of: u32);
}

/// A watcher that keeps parts and ignores steps; for tests and single files.
#[derive(Debug, Default)]
pub struct Silent {
    /// What was found inside.
    pub parts: Vec<Part>,
}

impl Watcher for Silent {
    fn part(&mut self, part: Part) {
        self.parts.push(part);
    }

    fn step(&mut self, _done: u32, _of: u32) {}
}
