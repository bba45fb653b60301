//! Compound files (OLE): Word, Excel and Outlook before and beside the zipped
//! formats. The names of the streams in the root tell which.

use super::super::Format;

/// The first eight bytes of every compound file.
pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Entries looked at: more than any honest message has at its root.
const ENTRIES_MAX: usize = 200_000;
/// Marks the end of a chain, a free sector, no entry.
const NONE: u32 = 0xFFFF_FFFA;

/// Which document a compound file holds.
pub(super) fn detect(bytes: &[u8]) -> Format {
    let directory = directory(bytes);
    let names = root_names(&directory).unwrap_or_else(|| all_names(&directory));
    let has = |name: &str| names.iter().any(|found| found == name);
    if has("EncryptedPackage") || has("EncryptionInfo") {
        Format::Encrypted
    } else if has("__properties_version1.0") || has("__nameid_version1.0") {
        Format::Msg
    } else if has("WordDocument") {
        Format::Doc
    } else if has("Workbook") || has("Book") {
        Format::Xls
    } else if has("PowerPoint Document") {
        Format::Slides
    } else {
        Format::Unknown
    }
}

fn number(bytes: &[u8], place: usize) -> Option<u32> {
    let four = bytes.get(place..place.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// The directory: its chain of sectors, or, where the allocation table is
/// damaged, every stretch of the file that looks like an entry.
fn directory(bytes: &[u8]) -> Vec<&[u8]> {
    let chained = chain(bytes).unwrap_or_default();
    if !chained.is_empty() {
        return chained;
    }
    let rest = bytes.get(512..).unwrap_or_default();
    let entries = rest.chunks_exact(128).filter(|e| name(e).is_some());
    entries.take(ENTRIES_MAX).collect()
}

fn chain(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let shift = u32::from(u16::from_le_bytes([*bytes.get(30)?, *bytes.get(31)?]));
    if shift != 9 && shift != 12 {
        return None;
    }
    let size = 1usize << shift;
    let sector = |n: u32| {
        let start = (n as usize).checked_add(1)?.checked_mul(size)?;
        bytes.get(start..start.checked_add(size)?)
    };
    let table = |n: u32| -> Option<u32> {
        let per = (size / 4) as u32;
        let slot = n / per;
        let at = if slot < 109 {
            number(bytes, 76 + 4 * slot as usize)?
        } else {
            // Beyond 109 the table's own places are chained (DIFAT).
            let mut left = slot - 109;
            let mut link = number(bytes, 68)?;
            for _ in 0..4096 {
                let held = sector(link)?;
                if left < per - 1 {
                    return number(
                        sector(number(held, 4 * left as usize)?)?,
                        4 * (n % per) as usize,
                    );
                }
                left -= per - 1;
                link = number(held, size - 4)?;
            }
            return None;
        };
        number(sector(at)?, 4 * (n % per) as usize)
    };
    let mut entries = Vec::new();
    let mut at = number(bytes, 48)?;
    while at < NONE && entries.len() < ENTRIES_MAX {
        let Some(held) = sector(at) else { break };
        entries.extend(held.chunks_exact(128));
        let Some(next) = table(at) else { break };
        at = next;
    }
    Some(entries)
}

fn name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes([*entry.get(64)?, *entry.get(65)?]));
    if !(2..=64).contains(&length) || length % 2 == 1 || !matches!(entry.get(66)?, 1 | 2 | 5) {
        return None;
    }
    let units = entry[..length - 2].chunks_exact(2);
    let units: Vec<u16> = units.map(|u| u16::from_le_bytes([u[0], u[1]])).collect();
    String::from_utf16(&units).ok()
}

/// The names in the root storage: a document inside another has its streams
/// in a storage of its own and must not be taken for the whole.
fn root_names(entries: &[&[u8]]) -> Option<Vec<String>> {
    let root = entries.first().filter(|entry| entry.get(66) == Some(&5))?;
    let mut names = Vec::new();
    let mut seen = vec![false; entries.len()];
    let mut open = vec![number(root, 76)?];
    while let Some(next) = open.pop() {
        let Some(entry) = entries.get(next as usize) else {
            continue;
        };
        if std::mem::replace(&mut seen[next as usize], true) {
            continue;
        }
        names.extend(name(entry));
        open.extend(number(entry, 68));
        open.extend(number(entry, 72));
    }
    (!names.is_empty()).then_some(names)
}

fn all_names(entries: &[&[u8]]) -> Vec<String> {
    entries.iter().filter_map(|entry| name(entry)).collect()
}
