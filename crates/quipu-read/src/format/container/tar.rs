//! Tar archives: POSIX, GNU and what went before.

use quipu_model::{Notice, NoticeLevel};

use super::listing::{Listing, clean_name};
use crate::draft::Draft;
use crate::format::text::charset;
use crate::input::{Input, Tools, Watcher};

/// Headers and data stand in blocks of so many bytes.
const BLOCK: usize = 512;

/// Reads a tar archive: its members go out as parts.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let bytes = input.bytes;
    let mut list = Listing::new("tar 1", bytes.len(), tools.limits, watcher);
    let mut at = 0;
    let mut long_name: Option<String> = None;
    while let Some(header) = bytes.get(at..at + BLOCK) {
        list.step(at / BLOCK, bytes.len() / BLOCK);
        if header.iter().all(|byte| *byte == 0) {
            break;
        }
        let size = size(header);
        let Some(size) = size.filter(|_| is_header(header)) else {
            let message = format!("The archive is damaged at byte {at}; the rest was not read.");
            list.notice(Notice::new(NoticeLevel::Damaged, "tar.damaged", message));
            break;
        };
        let start = at + BLOCK;
        let end = start.saturating_add(size);
        let data = bytes.get(start..end.min(bytes.len())).unwrap_or_default();
        match header[156] {
            b'L' => long_name = Some(decode(data)),
            b'x' => long_name = path(data).or(long_name),
            b'0' | b'7' | 0 => {
                let name = long_name.take().unwrap_or_else(|| name(header));
                let cut = end > bytes.len();
                if !name.ends_with('/') {
                    take(&clean_name(&name), data, size, cut, &mut list);
                }
            }
            _ => long_name = None,
        }
        at = start.saturating_add(size.div_ceil(BLOCK).saturating_mul(BLOCK));
    }
    list.finish()
}

fn take(name: &str, data: &[u8], size: usize, cut: bool, list: &mut Listing<'_>) {
    if list.is_side_file(name) {
        return;
    }
    list.row(&[name, &size.to_string()]);
    if cut {
        let message = format!("{name} is cut; {} of {size} bytes were read.", data.len());
        list.notice(Notice::new(NoticeLevel::Damaged, "tar.cut", message));
    }
    if list.takes_more() {
        list.part(name.to_owned(), data.to_vec());
    }
}

fn field(header: &[u8], from: usize, to: usize) -> &[u8] {
    let field = header.get(from..to).unwrap_or_default();
    let end = field
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(field.len());
    &field[..end]
}

fn decode(name: &[u8]) -> String {
    let end = name
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(name.len());
    charset::decode(&name[..end.min(4096)], None)
        .text
        .into_owned()
}

fn name(header: &[u8]) -> String {
    let name = decode(field(header, 0, 100));
    let prefix = if field(header, 257, 262) == b"ustar" {
        field(header, 345, 500)
    } else {
        &[]
    };
    if prefix.is_empty() || header.get(263) == Some(&b' ') {
        name
    } else {
        format!("{}/{name}", decode(prefix))
    }
}

/// The size: octal digits, or a binary number where the first bit is set.
fn size(header: &[u8]) -> Option<usize> {
    let field = header.get(124..136)?;
    if field[0] & 0x80 != 0 {
        let low = field.get(4..12)?;
        return usize::try_from(u64::from_be_bytes(low.try_into().ok()?)).ok();
    }
    octal(field)
}

fn octal(field: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(field).ok()?;
    let digits = text.trim_matches(|c: char| c == '\0' || c.is_whitespace());
    usize::from_str_radix(if digits.is_empty() { "0" } else { digits }, 8).ok()
}

/// Whether the checksum of a header holds.
fn is_header(header: &[u8]) -> bool {
    let sum: usize = header
        .iter()
        .enumerate()
        .map(|(i, byte)| usize::from(if (148..156).contains(&i) { b' ' } else { *byte }))
        .sum();
    header.get(148..156).and_then(octal) == Some(sum)
}

/// The path in an extended header: records `27 path=some/file`.
fn path(data: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(data).ok()?;
    text.lines().find_map(|line| {
        let (_, record) = line.split_once(' ')?;
        record.strip_prefix("path=").map(str::to_owned)
    })
}
