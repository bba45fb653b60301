//! The frame of a Word binary file (MS-DOC 2.5): where its parts lie, and the
//! pieces of its text.

use std::ops::Range;

/// Pieces of text; a hand-made file has a few thousand.
const PIECES_MAX: usize = 1 << 18;

/// A stretch of text as it lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// First character.
    pub(super) start: u32,
    /// First character after it.
    pub(super) end: u32,
    /// Its first byte in the main stream.
    pub(super) offset: u32,
    /// Whether each character takes two bytes.
    pub(super) wide: bool,
}

/// How many characters each part of the document has, in the order in which
/// they follow each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// Body.
    pub(super) body: u32,
    /// Footnotes.
    pub(super) footnotes: u32,
    /// Headers and footers.
    pub(super) furniture: u32,
    /// Comments.
    pub(super) comments: u32,
    /// Endnotes.
    pub(super) endnotes: u32,
    /// Text boxes.
    pub(super) boxes: u32,
    /// Text boxes in headers.
    pub(super) furniture_boxes: u32,
}

/// A Word binary file, opened.
#[derive(Debug)]
pub(super) struct File<'a> {
    /// The main stream.
    pub(super) main: &'a [u8],
    /// The stream of tables; the main stream in Word 6 and 95.
    pub(super) tables: &'a [u8],
    /// Whether the file is of Word 97 or later.
    pub(super) modern: bool,
    /// The pieces, in the order of the text.
    pub(super) pieces: Vec<Piece>,
    /// The parts.
    pub(super) parts: Parts,
    /// Whether the list of pieces could not be read.
    pub(super) broken: bool,
}

/// What the first bytes say before anything else is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// Whether the text is under a password.
    pub(super) encrypted: bool,
    /// Which stream of tables belongs to it.
    pub(super) tables: &'static str,
}

/// Reads the first bytes; `None` when this is no Word file.
pub(super) fn head(main: &[u8]) -> Option<Head> {
    let sign = half(main, 0)?;
    if !matches!(sign, 0xA5EC | 0xA5DC | 0xA5DB) {
        return None;
    }
    let flags = half(main, 0x0A)?;
    Some(Head {
        encrypted: flags & 0x0100 != 0,
        tables: if flags & 0x0200 != 0 {
            "/1Table"
        } else {
            "/0Table"
        },
    })
}

impl<'a> File<'a> {
    /// Opens a file from its two streams.
    pub(super) fn open(main: &'a [u8], tables: &'a [u8]) -> Self {
        let modern = half(main, 2).unwrap_or(0) > 104 && !tables.is_empty();
        let mut file = File {
            main,
            tables: if modern { tables } else { main },
            modern,
            pieces: Vec::new(),
            parts: Parts::default(),
            broken: false,
        };
        let counts = if modern { 0x4C } else { 0x34 };
        let count = |nth: usize| {
            number(main, counts + nth * 4)
                .filter(|count| *count < 1 << 30)
                .unwrap_or(0)
        };
        file.parts = Parts {
            body: count(0),
            footnotes: count(1),
            furniture: count(2),
            // The fourth counts macros, which no file has.
            comments: count(4),
            endnotes: count(5),
            boxes: count(6),
            furniture_boxes: count(7),
        };
        let list = if modern {
            file.table(33)
        } else if half(main, 0x0A).unwrap_or(0) & 4 != 0 {
            let at = number(main, 0x160).unwrap_or(0) as usize;
            let length = number(main, 0x164).unwrap_or(0) as usize;
            slice(main, at, length)
        } else {
            None
        };
        file.pieces = list
            .and_then(|list| pieces(list, modern))
            .unwrap_or_default();
        if file.pieces.is_empty() {
            file.broken = modern;
            file.whole();
        }
        file
    }

    /// One of the numbered tables of Word 97 and later.
    pub(super) fn table(&self, nth: usize) -> Option<&'a [u8]> {
        if !self.modern {
            return None;
        }
        let at = 0x9A + nth * 8;
        let start = number(self.main, at)? as usize;
        let length = number(self.main, at + 4)? as usize;
        slice(self.tables, start, length).filter(|table| !table.is_empty())
    }

    /// Without a list of pieces the text is one piece between two places.
    fn whole(&mut self) {
        let start = number(self.main, 0x18).unwrap_or(0);
        let end = number(self.main, 0x1C).unwrap_or(0);
        let size = u32::try_from(self.main.len()).unwrap_or(u32::MAX);
        let end = end.min(size);
        if start >= end {
            return;
        }
        let bytes = slice(self.main, start as usize, (end - start) as usize);
        let zeros = bytes.map_or(0, |bytes| bytes.iter().filter(|byte| **byte == 0).count());
        let wide = zeros * 4 > (end - start) as usize;
        let characters = if wide { (end - start) / 2 } else { end - start };
        self.pieces = vec![Piece {
            start: 0,
            end: characters,
            offset: start,
            wide,
        }];
        if self.broken || self.parts.body == 0 {
            self.parts = Parts {
                body: characters,
                ..Parts::default()
            };
        }
    }

    /// The places where the parts start: body, footnotes, furniture, comments,
    /// endnotes, boxes.
    pub(super) fn ranges(&self) -> [Range<u32>; 7] {
        let parts = self.parts;
        let mut start = 0u32;
        [
            parts.body,
            parts.footnotes,
            parts.furniture,
            parts.comments,
            parts.endnotes,
            parts.boxes,
            parts.furniture_boxes,
        ]
        .map(|length| {
            let range = start..start.saturating_add(length);
            start = range.end;
            range
        })
    }
}

/// The list of pieces (CLX): property lists to step over, then the table.
fn pieces(list: &[u8], modern: bool) -> Option<Vec<Piece>> {
    let mut rest = list;
    while let [1, low, high, after @ ..] = rest {
        let length = usize::from(u16::from_le_bytes([*low, *high]));
        rest = after.get(length..)?;
    }
    let [2, after @ ..] = rest else { return None };
    let length = number(after, 0)? as usize;
    let table = slice(after, 4, length)?;
    let count = table.len().checked_sub(4)? / 12;
    let mut pieces = Vec::new();
    for nth in 0..count.min(PIECES_MAX) {
        let start = number(table, nth * 4)?;
        let end = number(table, nth * 4 + 4)?;
        let at = (count + 1) * 4 + nth * 8;
        let place = number(table, at + 2)?;
        if end <= start {
            continue;
        }
        let narrow = !modern || place & 0x4000_0000 != 0;
        let place = place & 0x3FFF_FFFF;
        pieces.push(Piece {
            start,
            end,
            offset: if narrow && modern { place / 2 } else { place },
            wide: !narrow,
        });
    }
    let ordered = pieces.windows(2).all(|two| match two {
        [one, other] => one.end <= other.start,
        _ => true,
    });
    ordered.then_some(pieces)
}

/// `length` bytes from `start`, as far as they are there.
pub(super) fn slice(bytes: &[u8], start: usize, length: usize) -> Option<&[u8]> {
    let end = start.checked_add(length)?.min(bytes.len());
    bytes.get(start..end)
}

/// Two bytes as a number.
pub(super) fn half(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

/// Four bytes as a number.
pub(super) fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
