//! What the bytes are. Content decides; the name is asked only where content
//! cannot tell (a table of plain text, Markdown).

mod compound;
mod packed;
mod pnm;
mod words;

pub(super) use words::ending;

use super::Format;
use crate::input::Input;

/// What the bytes are.
#[must_use]
pub fn detect(input: &Input<'_>) -> Format {
    let bytes = input.bytes;
    if bytes.is_empty() {
        return Format::Empty;
    }
    by_signature(bytes).unwrap_or_else(|| words::detect(bytes, input.name))
}

/// Formats that say what they are in their first bytes.
fn by_signature(bytes: &[u8]) -> Option<Format> {
    let head = |signature: &[u8]| bytes.starts_with(signature);
    let at = |place: usize, signature: &[u8]| {
        bytes
            .get(place..)
            .is_some_and(|rest| rest.starts_with(signature))
    };
    if head(b"PK\x03\x04") || head(b"PK\x05\x06") || head(b"PK00PK\x03\x04") {
        return Some(packed::detect(bytes));
    }
    if head(&compound::SIGNATURE) {
        return Some(compound::detect(bytes));
    }
    // The standard lets a PDF begin anywhere in the first 1,024 bytes.
    let opening = &bytes[..bytes.len().min(1024)];
    if opening.windows(5).any(|five| five == b"%PDF-") && !opening.starts_with(b"From ") {
        return Some(Format::Pdf);
    }
    let format = if head(b"{\\rtf") || head(b"\xEF\xBB\xBF{\\rtf") {
        Format::Rtf
    } else if head(b"\x89PNG\r\n\x1a\n") {
        Format::Png
    } else if head(b"\xFF\xD8\xFF") {
        Format::Jpeg
    } else if head(b"II*\0") || head(b"MM\0*") || head(b"II+\0") || head(b"MM\0+") {
        Format::Tiff
    } else if head(b"GIF87a") || head(b"GIF89a") {
        Format::Gif
    } else if head(b"RIFF") && at(8, b"WEBP") {
        Format::Webp
    } else if head(b"BM") && at(6, &[0, 0, 0, 0]) && at(15, &[0, 0, 0]) {
        Format::Bmp
    } else if head(b"\x1F\x8B\x08") {
        Format::Gzip
    } else if head(b"7z\xBC\xAF\x27\x1C") {
        Format::SevenZip
    } else if head(b"Rar!\x1A\x07") {
        Format::Rar
    } else if at(257, b"ustar") {
        Format::Tar
    } else if head(b"ID3")
        || head(b"OggS")
        || head(b"fLaC")
        || head(b"\x1A\x45\xDF\xA3")
        || at(4, b"ftyp")
        || (head(b"RIFF") && (at(8, b"WAVE") || at(8, b"AVI ")))
    {
        Format::Recording
    } else if pnm::is_pnm(bytes) {
        Format::Pnm
    } else if is_old_excel(bytes) {
        Format::Xls
    } else {
        return None;
    };
    Some(format)
}

/// Excel 2 to 4 wrote its records straight into the file, without a compound
/// file: a BOF record of known length opens it.
fn is_old_excel(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0x09, 0x00, 0x04, 0x00, ..] | [0x09, 0x02, 0x06, 0x00, ..] | [0x09, 0x04, 0x06, 0x00, ..]
    )
}
