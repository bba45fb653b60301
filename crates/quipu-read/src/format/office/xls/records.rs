//! Records of a binary workbook (MS-XLS), and the strings that run over several
//! of them.

use crate::format::office::codepage;

/// One record: its kind and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// What it is.
    pub(super) kind: u16,
    /// What it holds.
    pub(super) data: &'a [u8],
}

/// Takes records one by one.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    bytes: &'a [u8],
}

impl<'a> Records<'a> {
    /// Starts at the front.
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Whether the next record carries on the one before.
    pub(super) fn continues(&self) -> bool {
        self.bytes.starts_with(&[0x3C, 0])
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let ([a, b, c, d], rest) = self.bytes.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_le_bytes([*c, *d]));
        let data = rest.get(..length).unwrap_or(rest);
        self.bytes = rest.get(length..).unwrap_or_default();
        Some(Record {
            kind: u16::from_le_bytes([*a, *b]),
            data,
        })
    }
}

/// Two bytes as a number.
pub(super) fn half(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

/// Four bytes as a number.
pub(super) fn whole(data: &[u8], at: usize) -> Option<u32> {
    let four = data.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// A number in the short form (RK): whole or broken, or a hundredth of one.
pub(super) fn short_number(packed: u32) -> f64 {
    let value = if packed & 2 != 0 {
        f64::from(packed.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    if packed & 1 != 0 {
        value / 100.0
    } else {
        value
    }
}

/// A string of its own: a count of letters (of one or two bytes), then, in new
/// files, a flag byte, then the letters.
pub(super) fn string(data: &[u8], modern: bool, wide_count: bool, code_page: u16) -> String {
    let (count, at) = if wide_count {
        (usize::from(half(data, 0).unwrap_or(0)), 2)
    } else {
        (usize::from(data.first().copied().unwrap_or(0)), 1)
    };
    if !modern {
        let rest = data.get(at..).unwrap_or_default();
        let bytes = rest.get(..count).unwrap_or(rest);
        return codepage::decode(code_page, bytes).into_owned();
    }
    let mut cursor = Cursor::new(vec![data.get(at..).unwrap_or_default()]);
    let flags = cursor.byte().unwrap_or(0);
    if flags & 8 != 0 {
        cursor.skip(2);
    }
    if flags & 4 != 0 {
        cursor.skip(4);
    }
    cursor.letters(count, flags & 1 != 0)
}

/// The text of a drawn box: letters that follow a flag byte in the records
/// after its own.
pub(super) fn box_text(count: usize, following: Vec<&[u8]>) -> String {
    let mut cursor = Cursor::new(following);
    let flags = cursor.byte().unwrap_or(0);
    cursor.letters(count, flags & 1 != 0)
}

/// All shared strings, from their record and those that carry it on.
pub(super) fn shared(segments: Vec<&[u8]>) -> Vec<String> {
    let mut cursor = Cursor::new(segments);
    cursor.skip(4);
    let count = cursor.whole().unwrap_or(0);
    let mut strings = Vec::new();
    for _ in 0..count {
        let Some(letters) = cursor.half() else { break };
        let Some(flags) = cursor.byte() else { break };
        let runs = if flags & 8 != 0 { cursor.half() } else { None };
        let more = if flags & 4 != 0 { cursor.whole() } else { None };
        strings.push(cursor.letters(usize::from(letters), flags & 1 != 0));
        cursor.skip(usize::from(runs.unwrap_or(0)) * 4);
        cursor.skip(more.unwrap_or(0) as usize);
    }
    strings
}

/// Reads bytes that run over several records.
struct Cursor<'a> {
    segments: Vec<&'a [u8]>,
    segment: usize,
    at: usize,
}

impl<'a> Cursor<'a> {
    const fn new(segments: Vec<&'a [u8]>) -> Self {
        Self {
            segments,
            segment: 0,
            at: 0,
        }
    }

    /// What is left of the segment, or of the next one that has something.
    fn rest(&mut self) -> Option<&'a [u8]> {
        loop {
            let segment = *self.segments.get(self.segment)?;
            match segment.get(self.at..) {
                Some(rest) if !rest.is_empty() => return Some(rest),
                _ => {
                    self.segment += 1;
                    self.at = 0;
                }
            }
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.rest()?.first()?;
        self.at += 1;
        Some(byte)
    }

    fn half(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn whole(&mut self) -> Option<u32> {
        let bytes = [self.byte()?, self.byte()?, self.byte()?, self.byte()?];
        Some(u32::from_le_bytes(bytes))
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 {
            let Some(rest) = self.rest() else { return };
            let step = rest.len().min(count);
            self.at += step;
            count -= step;
        }
    }

    /// Letters; where they run into the next segment, that one says anew how
    /// wide they are.
    fn letters(&mut self, count: usize, wide: bool) -> String {
        let mut wide = wide;
        let mut left = count;
        let mut words = String::new();
        let mut first = true;
        while left > 0 {
            let before = self.segment;
            let Some(mut rest) = self.rest() else { break };
            if !first && (self.segment != before || self.at == 0) {
                let Some(flags) = self.byte() else { break };
                wide = flags & 1 != 0;
                match self.rest() {
                    Some(more) => rest = more,
                    None => break,
                }
            }
            first = false;
            let size = if wide { 2 } else { 1 };
            let take = (rest.len() / size).min(left);
            if take == 0 {
                // Half a letter at the end of a segment means nothing.
                self.segment += 1;
                self.at = 0;
                continue;
            }
            let bytes = rest.get(..take * size).unwrap_or_default();
            if wide {
                words.push_str(&codepage::decode(1200, bytes));
            } else {
                words.extend(bytes.iter().map(|byte| char::from(*byte)));
            }
            self.at += take * size;
            left -= take;
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_read() {
        assert!((short_number(0x3FF0_0000) - 1.0).abs() < f64::EPSILON);
        assert!((short_number((12_000 << 2) | 2) - 12_000.0).abs() < f64::EPSILON);
        assert!((short_number((1250 << 2) | 3) - 12.5).abs() < f64::EPSILON);
    }

    #[test]
    fn shared_strings_run_over_records() {
        let mut first = vec![2, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0];
        first.extend_from_slice(b"Pag");
        let mut second = vec![1];
        second.extend_from_slice(&[b'o', 0, b's', 0]);
        second.extend_from_slice(&[1, 0, 1, 0xF1, 0]);
        assert_eq!(shared(vec![&first, &second]), ["Pagos", "ñ"]);
        assert_eq!(shared(vec![&first]), ["Pag"]);
    }
}
