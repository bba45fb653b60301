//! Damage inside a packing: a flipped bit in a packed file mostly breaks only
//! the packing, so the reader behind it would never see a damaged document.

use std::io::{Cursor, Read, Write};

use super::Dice;

/// Bytes of a packed file unpacked at most.
const UNPACKED_MAX: u64 = 4 << 20;
/// Files of a package taken along.
const MEMBERS_MAX: usize = 500;

/// The file with one of the files inside it changed; `None` where it is no
/// package, or is broken already.
pub(super) fn change(
    dice: &mut Dice,
    bytes: &[u8],
    change: &mut dyn FnMut(&mut Dice, &mut Vec<u8>),
) -> Option<Vec<u8>> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => zip(dice, bytes, change),
        [0x1F, 0x8B, 8, ..] => gzip(dice, bytes, change),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => compound(dice, bytes, change),
        _ => None,
    }
}

fn zip(
    dice: &mut Dice,
    bytes: &[u8],
    change: &mut dyn FnMut(&mut Dice, &mut Vec<u8>),
) -> Option<Vec<u8>> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let count = package.len().min(MEMBERS_MAX);
    if count == 0 {
        return None;
    }
    let chosen = dice.below(count);
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for number in 0..count {
        let member = package.by_index(number).ok()?;
        let name = member.name().ok()?.into_owned();
        let mut inside = Vec::new();
        member.take(UNPACKED_MAX).read_to_end(&mut inside).ok()?;
        if number == chosen {
            change(dice, &mut inside);
        }
        made.start_file(name, stored).ok()?;
        made.write_all(&inside).ok()?;
    }
    Some(made.finish().ok()?.into_inner())
}

fn gzip(
    dice: &mut Dice,
    bytes: &[u8],
    change: &mut dyn FnMut(&mut Dice, &mut Vec<u8>),
) -> Option<Vec<u8>> {
    let mut inside = Vec::new();
    let packed = flate2::read::GzDecoder::new(bytes);
    packed.take(UNPACKED_MAX).read_to_end(&mut inside).ok()?;
    change(dice, &mut inside);
    let mut made = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    made.write_all(&inside).ok()?;
    made.finish().ok()
}

/// OLE compound files: DOC, XLS, MSG.
fn compound(
    dice: &mut Dice,
    bytes: &[u8],
    change: &mut dyn FnMut(&mut Dice, &mut Vec<u8>),
) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes.to_vec())).ok()?;
    let entries = file.walk().filter(cfb::Entry::is_stream);
    let streams: Vec<_> = entries
        .take(MEMBERS_MAX)
        .map(|entry| entry.path().to_path_buf())
        .collect();
    if streams.is_empty() {
        return None;
    }
    let chosen = &streams[dice.below(streams.len())];
    let mut inside = Vec::new();
    let stream = file.open_stream(chosen).ok()?;
    stream.take(UNPACKED_MAX).read_to_end(&mut inside).ok()?;
    change(dice, &mut inside);
    file.create_stream(chosen).ok()?.write_all(&inside).ok()?;
    file.flush().ok()?;
    Some(file.into_inner().into_inner())
}
