//! Properties of letters and paragraphs of a Word binary file, kept in pages of
//! 512 bytes (MS-DOC 2.8 and 2.9).

use super::file::{File, half, number, slice};

/// Pages of properties looked at.
const PAGES_MAX: usize = 1 << 17;

/// What the letters of a stretch have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Letters {
    /// Taken out by a tracked change.
    pub(super) deleted: bool,
    /// Put in by a tracked change.
    pub(super) inserted: bool,
    /// Not shown.
    pub(super) hidden: bool,
    /// Struck through.
    pub(super) struck: bool,
    /// Author and moment of an insertion.
    pub(super) inserted_by: (u16, u32),
    /// Author and moment of a deletion.
    pub(super) deleted_by: (u16, u32),
    /// Font and code of a sign.
    pub(super) sign: Option<(u16, u16)>,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// The style, by number: 1 to 9 are headings in every file.
    pub(super) style: u16,
    /// Whether its end closes a row of a table.
    pub(super) ends_row: bool,
    /// Whether it stands in a table.
    pub(super) in_table: bool,
    /// How deep in tables.
    pub(super) depth: u32,
    /// Whether it is an item of a list.
    pub(super) list: bool,
    /// Outline level set apart from the style.
    pub(super) outline: Option<u8>,
}

/// Stretches of bytes of the main stream, in order, with what they share.
#[derive(Debug)]
pub(super) struct Runs<T> {
    runs: Vec<(u32, u32, T)>,
}

impl<T: Copy + Default> Runs<T> {
    /// What the byte there has, and up to which byte that holds.
    pub(super) fn at(&self, offset: u32) -> (T, u32) {
        let next = self.runs.partition_point(|run| run.0 <= offset);
        match next.checked_sub(1).and_then(|before| self.runs.get(before)) {
            Some((_, end, value)) if offset < *end => (*value, *end),
            _ => {
                let end = self.runs.get(next).map_or(u32::MAX, |run| run.0);
                (T::default(), end)
            }
        }
    }

    fn settle(mut self) -> Self {
        self.runs.sort_by_key(|run| run.0);
        self
    }
}

/// The properties of all letters.
pub(super) fn letters(file: &File<'_>) -> Runs<Letters> {
    let mut runs = Vec::new();
    for page in pages(file, 12) {
        let count = usize::from(page.last().copied().unwrap_or(0)).min(0x65);
        for nth in 0..count {
            let (Some(start), Some(end)) = (number(page, nth * 4), number(page, nth * 4 + 4))
            else {
                continue;
            };
            let place = page.get((count + 1) * 4 + nth).copied().unwrap_or(0);
            let mut found = Letters::default();
            if place > 0 {
                let at = usize::from(place) * 2;
                let length = usize::from(page.get(at).copied().unwrap_or(0));
                each(
                    slice(page, at + 1, length).unwrap_or_default(),
                    |code, value| {
                        letter_property(&mut found, code, value);
                    },
                );
            }
            if found != Letters::default() && start < end {
                runs.push((start, end, found));
            }
        }
    }
    Runs { runs }.settle()
}

/// The properties of all paragraphs.
pub(super) fn paragraphs(file: &File<'_>) -> Runs<Paragraph> {
    let mut runs = Vec::new();
    for page in pages(file, 13) {
        let count = usize::from(page.last().copied().unwrap_or(0)).min(0x1D);
        for nth in 0..count {
            let (Some(start), Some(end)) = (number(page, nth * 4), number(page, nth * 4 + 4))
            else {
                continue;
            };
            let place = page.get((count + 1) * 4 + nth * 13).copied().unwrap_or(0);
            let mut found = Paragraph::default();
            if place > 0 {
                let mut at = usize::from(place) * 2;
                let mut length = usize::from(page.get(at).copied().unwrap_or(0)) * 2;
                if length == 0 {
                    at += 1;
                    length = usize::from(page.get(at).copied().unwrap_or(0)) * 2;
                } else {
                    length -= 1;
                }
                let held = slice(page, at + 1, length).unwrap_or_default();
                found.style = half(held, 0).unwrap_or(0);
                each(held.get(2..).unwrap_or_default(), |code, value| {
                    paragraph_property(&mut found, code, value);
                });
            }
            if start < end {
                runs.push((start, end, found));
            }
        }
    }
    Runs { runs }.settle()
}

/// The pages that a table of the file names.
fn pages<'a>(file: &File<'a>, table: usize) -> Vec<&'a [u8]> {
    let Some(table) = file.table(table) else {
        return Vec::new();
    };
    let count = (table.len().saturating_sub(4) / 8).min(PAGES_MAX);
    // No more pages than the stream can hold, whatever the table says.
    let count = count.min(file.main.len() / 512 + 1);
    (0..count)
        .filter_map(|nth| {
            let page = number(table, (count_of(table) + 1) * 4 + nth * 4)? & 0x003F_FFFF;
            file.main
                .get(page as usize * 512..page as usize * 512 + 512)
        })
        .collect()
}

const fn count_of(table: &[u8]) -> usize {
    table.len().saturating_sub(4) / 8
}

/// Calls for each property of a list (MS-DOC 2.6): its code and its value.
fn each(list: &[u8], mut found: impl FnMut(u16, &[u8])) {
    let mut rest = list;
    while let Some(code) = half(rest, 0) {
        let after = rest.get(2..).unwrap_or_default();
        let length = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ => match code {
                // Two properties of tables whose length takes more to tell.
                0xD608 => usize::from(half(after, 0).unwrap_or(0)) + 1,
                0xC615 if after.first() == Some(&255) => return,
                _ => usize::from(after.first().copied().unwrap_or(0)) + 1,
            },
        };
        let Some(value) = after.get(..length) else {
            return;
        };
        found(code, value);
        rest = after.get(length..).unwrap_or_default();
    }
}

fn letter_property(letters: &mut Letters, code: u16, value: &[u8]) {
    // 0x80 and 0x81 mean "as the style" and "not as the style".
    let on = matches!(value.first(), Some(1 | 0x81));
    let half = half(value, 0).unwrap_or(0);
    let whole = number(value, 0).unwrap_or(0);
    match code {
        0x0800 => letters.deleted = on,
        0x0801 => letters.inserted = on,
        0x0837 | 0x2A53 => letters.struck = on,
        0x083C => letters.hidden = on,
        0x4804 => letters.inserted_by.0 = half,
        0x6805 => letters.inserted_by.1 = whole,
        0x4863 => letters.deleted_by.0 = half,
        0x6864 => letters.deleted_by.1 = whole,
        0x6A09 => {
            let font = half;
            let code = super::file::half(value, 2).unwrap_or(0);
            letters.sign = Some((font, code));
        }
        _ => {}
    }
}

fn paragraph_property(paragraph: &mut Paragraph, code: u16, value: &[u8]) {
    let on = value.first().is_some_and(|value| *value != 0);
    match code {
        0x4600 => paragraph.style = half(value, 0).unwrap_or(0),
        0x2416 => paragraph.in_table = on,
        0x2417 | 0x244C => paragraph.ends_row = on,
        0x6649 => paragraph.depth = number(value, 0).unwrap_or(0).min(16),
        0x460B => paragraph.list = half(value, 0).is_some_and(|list| list != 0),
        0x2640 => paragraph.outline = value.first().copied().filter(|level| *level < 9),
        _ => {}
    }
}
