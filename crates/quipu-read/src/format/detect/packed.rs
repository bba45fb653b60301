//! ZIP files: an office document is known by the names of its members.

use super::super::Format;

/// Members looked at before a file is taken for a plain archive.
const MEMBERS_MAX: usize = 4096;

/// Which document a ZIP file holds; `Zip` when it is just an archive.
pub(super) fn detect(bytes: &[u8]) -> Format {
    if let Some(format) = by_mimetype(bytes) {
        return format;
    }
    let names = central_names(bytes).unwrap_or_else(|| local_names(bytes));
    let has = |name: &[u8]| names.contains(&name);
    let begins = |folder: &[u8]| names.iter().any(|name| name.starts_with(folder));
    if has(b"EncryptedPackage") {
        Format::Encrypted
    } else if has(b"word/document.xml") || has(b"word/document2.xml") {
        Format::Docx
    } else if has(b"xl/workbook.bin") {
        Format::Xlsb
    } else if has(b"xl/workbook.xml") {
        Format::Xlsx
    } else if has(b"ppt/presentation.xml") {
        Format::Slides
    } else if has(b"META-INF/container.xml") {
        Format::Epub
    } else if has(b"[Content_Types].xml") && begins(b"word/") {
        Format::Docx
    } else if has(b"[Content_Types].xml") && begins(b"xl/") {
        Format::Xlsx
    } else {
        Format::Zip
    }
}

/// OpenDocument and EPUB put their media type, unpacked, into the first member.
fn by_mimetype(bytes: &[u8]) -> Option<Format> {
    let packed = bytes.get(26..30)?;
    let name_length = usize::from(u16::from_le_bytes([packed[0], packed[1]]));
    let extra_length = usize::from(u16::from_le_bytes([packed[2], packed[3]]));
    if bytes.get(30..30 + name_length)? != b"mimetype" {
        return None;
    }
    let start = 30 + name_length + extra_length;
    let media = bytes.get(start..)?;
    let begins = |of: &str| media.starts_with(of.as_bytes());
    if begins("application/vnd.oasis.opendocument.text") {
        Some(Format::Odt)
    } else if begins("application/vnd.oasis.opendocument.spreadsheet") {
        Some(Format::Ods)
    } else if begins("application/vnd.oasis.opendocument.presentation") {
        Some(Format::Slides)
    } else if begins("application/epub+zip") {
        Some(Format::Epub)
    } else {
        None
    }
}

fn short(bytes: &[u8], place: usize) -> Option<usize> {
    let two = bytes.get(place..place.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes([two[0], two[1]])))
}

fn long(bytes: &[u8], place: usize) -> Option<usize> {
    let four = bytes.get(place..place.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

/// The names in the central directory at the end of the file.
fn central_names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let end = tail + bytes[tail..].windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let size = long(bytes, end + 12)?;
    // Counted from the end record, so that bytes put in front do no harm.
    let mut at = end.checked_sub(size)?;
    let mut names = Vec::new();
    while names.len() < MEMBERS_MAX && bytes.get(at..at + 4) == Some(b"PK\x01\x02") {
        let length = short(bytes, at + 28)?;
        names.push(bytes.get(at + 46..at + 46 + length)?);
        at += 46 + length + short(bytes, at + 30)? + short(bytes, at + 32)?;
    }
    (!names.is_empty()).then_some(names)
}

/// The names in front of the members, for a file whose end is lost.
fn local_names(bytes: &[u8]) -> Vec<&[u8]> {
    let mut names = Vec::new();
    let mut at = 0;
    while names.len() < MEMBERS_MAX {
        let Some(found) = bytes[at..].windows(4).position(|w| w == b"PK\x03\x04") else {
            break;
        };
        at += found;
        let name = short(bytes, at + 26).and_then(|n| bytes.get(at + 30..at + 30 + n));
        names.extend(name);
        at += 4;
    }
    names
}
