//! Spans that carry the text they count in.
//!
//! Inside Quipu offsets are bytes of UTF-8; public forms count Unicode code
//! points ([`code_points`] and [`from_code_points`] cross, at the door only).

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

use crate::layout::{Layout, LayoutError};

/// Which text a span counts in.
pub trait TextKind: 'static {
    /// The name shown in messages.
    const NAME: &'static str;
}

/// The words as the reader found them in the source.
pub enum Transcribed {}

/// The words after repair, which every later stage reads.
pub enum Repaired {}

impl TextKind for Transcribed {
    const NAME: &'static str = "transcript";
}

impl TextKind for Repaired {
    const NAME: &'static str = "repaired";
}

/// A stretch of one text: bytes `start..end`, start never after end.
///
/// `Span<Transcribed>` and `Span<Repaired>` are different types; only an
/// [`OffsetMap`](crate::OffsetMap) crosses between them.
pub struct Span<T: TextKind> {
    start: u32,
    end: u32,
    text: PhantomData<fn() -> T>,
}

impl<T: TextKind> Span<T> {
    /// The span of bytes `start..end`; a backward one is empty at its start.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        let end = if end < start { start } else { end };
        Self {
            start,
            end,
            text: PhantomData,
        }
    }

    /// A span from places in a text in memory. Quipu refuses texts of more than
    /// 4 GiB at the door, so larger offsets are held at that bound.
    #[must_use]
    pub fn from_usize(start: usize, end: usize) -> Self {
        let bound = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self::new(bound(start), bound(end))
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> u32 {
        self.start
    }

    /// First byte after the span.
    #[must_use]
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same as a range of `usize`.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of the span; `None` when it does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

// Written by hand: derives would ask the marker type for the same traits.
impl<T: TextKind> Clone for Span<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: TextKind> Copy for Span<T> {}
impl<T: TextKind> PartialEq for Span<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<T: TextKind> Eq for Span<T> {}
impl<T: TextKind> PartialOrd for Span<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T: TextKind> Ord for Span<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<T: TextKind> Hash for Span<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<T: TextKind> fmt::Debug for Span<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", T::NAME, self.start, self.end)
    }
}

impl<T: TextKind> Layout for Span<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.start.write(out);
        self.len().write(out);
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        let start = u32::read(input)?;
        let length = u32::read(input)?;
        let end = start
            .checked_add(length)
            .ok_or(LayoutError::Broken("span past 4 GiB"))?;
        Ok(Self::new(start, end))
    }
}

/// The code points before byte `offset` of `text`; an offset inside a
/// character counts as its start.
#[must_use]
pub fn code_points(text: &str, offset: usize) -> usize {
    let bytes = text.as_bytes();
    let end = offset.min(bytes.len());
    // A code point starts at every byte that is not a continuation byte.
    let starts = bytes[..end]
        .iter()
        .filter(|byte| **byte & 0xC0 != 0x80)
        .count();
    if end < bytes.len() && bytes[end] & 0xC0 == 0x80 {
        starts.saturating_sub(1)
    } else {
        starts
    }
}

/// The byte at which code point number `count` starts; the end of the text
/// when it has fewer.
#[must_use]
pub fn from_code_points(text: &str, count: usize) -> usize {
    text.char_indices()
        .nth(count)
        .map_or(text.len(), |(byte, _)| byte)
}

/// Turns many ascending byte offsets into code points in one pass.
#[derive(Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl<'a> CodePoints<'a> {
    /// Starts at the front of `text`.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            count: 0,
        }
    }

    /// The code points before byte `offset`. Offsets that go back are right
    /// but start again from the front.
    pub fn at(&mut self, offset: usize) -> usize {
        if offset < self.byte {
            self.byte = 0;
            self.count = 0;
        }
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        self.count += code_points(&self.text[self.byte..], offset - self.byte);
        self.byte = offset;
        self.count
    }
}
