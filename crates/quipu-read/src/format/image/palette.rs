//! TIFF pages whose samples are numbers of colours. The decoder refuses them,
//! though it decodes every way of packing them: so it is told that they are
//! shades of grey, and the colours are put in afterwards.

use std::borrow::Cow;

/// Tag of what samples mean (TIFF 6.0: PhotometricInterpretation).
const MEANING: u16 = 262;
/// Samples are numbers of colours.
const PALETTE: u64 = 3;
/// Samples are shades, 0 the darkest.
const SHADES: u8 = 1;

/// The file with its palette pages said to be grey, and for each page whether
/// it was one. At most so many pages are looked at.
pub(super) fn as_grey(bytes: &[u8], pages_max: u32) -> (Cow<'_, [u8]>, Vec<bool>) {
    let mut changed = Cow::Borrowed(bytes);
    let mut palettes = Vec::new();
    let Some(reading) = Reading::of(bytes) else {
        return (changed, palettes);
    };
    let mut next = reading.first(bytes);
    while let Some(directory) = next.filter(|start| *start > 0)
        && (palettes.len() as u64) < u64::from(pages_max)
    {
        let meaning = reading.entry(bytes, directory, MEANING);
        let palette = meaning.is_some_and(|at| reading.number(bytes, at, 2) == Some(PALETTE));
        if let Some(at) = meaning.filter(|_| palette) {
            let low = if reading.big_endian { at + 1 } else { at };
            if let Some(byte) = changed.to_mut().get_mut(low) {
                *byte = SHADES;
            }
        }
        palettes.push(palette);
        next = reading.after(bytes, directory);
    }
    (changed, palettes)
}

/// How numbers stand in the file.
struct Reading {
    big_endian: bool,
    /// BigTIFF: places of eight bytes.
    wide: bool,
}

impl Reading {
    fn of(bytes: &[u8]) -> Option<Self> {
        let big_endian = match bytes.get(..2)? {
            b"II" => false,
            b"MM" => true,
            _ => return None,
        };
        let narrow = Self {
            big_endian,
            wide: false,
        };
        match narrow.number(bytes, 2, 2)? {
            42 => Some(narrow),
            43 => Some(Self {
                big_endian,
                wide: true,
            }),
            _ => None,
        }
    }

    /// Where the first directory starts.
    fn first(&self, bytes: &[u8]) -> Option<usize> {
        let at = if self.wide { 8 } else { 4 };
        usize::try_from(self.number(bytes, at, self.place_bytes())?).ok()
    }

    const fn place_bytes(&self) -> usize {
        if self.wide { 8 } else { 4 }
    }

    /// Where entries of a directory start, how long each is, how many.
    fn entries(&self, bytes: &[u8], directory: usize) -> Option<(usize, usize, usize)> {
        let (count_bytes, entry_bytes) = if self.wide { (8, 20) } else { (2, 12) };
        let count = usize::try_from(self.number(bytes, directory, count_bytes)?).ok()?;
        let start = directory.checked_add(count_bytes)?;
        Some((start, entry_bytes, count))
    }

    /// Where the value of an entry with this tag stands, of one short number.
    fn entry(&self, bytes: &[u8], directory: usize, tag: u16) -> Option<usize> {
        let (start, entry_bytes, count) = self.entries(bytes, directory)?;
        let entries = bytes.get(start..)?.chunks_exact(entry_bytes).take(count);
        let found = (0..).zip(entries).find(|(_, entry)| {
            self.number(entry, 0, 2) == Some(u64::from(tag)) && self.number(entry, 2, 2) == Some(3)
        });
        let (number, _) = found?;
        let number: usize = number;
        Some(start + number * entry_bytes + entry_bytes - self.place_bytes())
    }

    /// Where the next directory starts.
    fn after(&self, bytes: &[u8], directory: usize) -> Option<usize> {
        let (start, entry_bytes, count) = self.entries(bytes, directory)?;
        let at = count.checked_mul(entry_bytes)?.checked_add(start)?;
        usize::try_from(self.number(bytes, at, self.place_bytes())?).ok()
    }

    fn number(&self, bytes: &[u8], at: usize, length: usize) -> Option<u64> {
        let digits = bytes.get(at..at.checked_add(length)?)?;
        let join = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if self.big_endian {
            digits.iter().fold(0, join)
        } else {
            digits.iter().rev().fold(0, join)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_palettes_are_changed() {
        for (meaning, palette) in [(3u8, true), (1, false), (2, false)] {
            let mut file = b"II*\0\x08\0\0\0\x01\0".to_vec();
            file.extend([6, 1, 3, 0, 1, 0, 0, 0, meaning, 0, 0, 0, 0, 0, 0, 0]);
            let (changed, palettes) = as_grey(&file, 10);
            assert_eq!(palettes, [palette]);
            assert_eq!(changed[18], if palette { SHADES } else { meaning });
            assert_eq!(changed[..18], file[..18]);
        }
    }

    #[test]
    fn a_circle_of_directories_ends() {
        let file = b"MM\0*\0\0\0\x08\0\0\0\0\0\x08";
        assert_eq!(as_grey(file, 7).1.len(), 7);
        assert_eq!(as_grey(b"MM\0*\xFF\xFF\xFF\xFF", 7).1, [false]);
        assert!(as_grey(b"MM\0", 7).1.is_empty());
    }
}
