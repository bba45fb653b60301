//! Files packed into other files by OLE.

use std::io::{Cursor, Read};

use quipu_model::Part;

use crate::input::Limits;

/// Takes a file out of the OLE package it is wrapped in; anything else stays
/// as it is.
pub(crate) fn unwrap(name: String, bytes: Vec<u8>, limits: Limits) -> Vec<Part> {
    if let Some(inner) = packaged(&bytes, limits) {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = if folder.is_empty() {
            inner.0
        } else {
            format!("{folder}/{}", inner.0)
        };
        return vec![Part {
            name,
            bytes: inner.1,
        }];
    }
    vec![Part { name, bytes }]
}

/// The file inside a compound file that is only a wrapping: an
/// `\x01Ole10Native` stream, or a `Package` stream with a document.
fn packaged(bytes: &[u8], limits: Limits) -> Option<(String, Vec<u8>)> {
    if !bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return None;
    }
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    for name in ["/\u{1}Ole10Native", "/Package", "/CONTENTS"] {
        if !file.is_stream(name) {
            continue;
        }
        let stream = file.open_stream(name).ok()?;
        let mut inner = Vec::new();
        let bound = limits.parts_bytes.min(u64::try_from(bytes.len()).ok()?);
        stream.take(bound).read_to_end(&mut inner).ok()?;
        if name.ends_with("Native") {
            return native(&inner);
        }
        let ending = if inner.starts_with(b"PK") {
            "zip"
        } else if inner.starts_with(b"%PDF") {
            "pdf"
        } else {
            return None;
        };
        return Some((format!("package.{ending}"), inner));
    }
    None
}

/// The files embedded in the storages under one of a compound file: those that
/// are wrapped as packages, or kept whole in a stream.
pub(crate) fn objects(
    file: &mut cfb::CompoundFile<Cursor<&[u8]>>,
    under: &str,
    limits: Limits,
) -> Vec<Part> {
    let Ok(entries) = file.walk_storage(under) else {
        return Vec::new();
    };
    let streams: Vec<(std::path::PathBuf, u64)> = entries
        .take(limits.parts as usize)
        .filter(|entry| entry.is_stream())
        .filter(|entry| {
            let name = entry.name();
            matches!(name, "\u{1}Ole10Native" | "Package" | "CONTENTS")
        })
        .map(|entry| (entry.path().to_path_buf(), entry.len()))
        .collect();
    let mut parts = Vec::new();
    let mut budget = limits.parts_bytes;
    for (path, length) in streams {
        let Ok(stream) = file.open_stream(&path) else {
            continue;
        };
        let mut bytes = Vec::new();
        let _ = stream.take(length.min(budget)).read_to_end(&mut bytes);
        budget = budget.saturating_sub(bytes.len() as u64);
        if path.ends_with("\u{1}Ole10Native") {
            if let Some((name, bytes)) = native(&bytes) {
                parts.push(Part { name, bytes });
            }
        } else if bytes.starts_with(b"PK") || bytes.starts_with(b"%PDF") {
            let ending = if bytes.starts_with(b"PK") {
                "zip"
            } else {
                "pdf"
            };
            let name = format!("object-{}.{ending}", parts.len() + 1);
            parts.push(Part { name, bytes });
        }
    }
    parts
}

/// Reads the head of an `Ole10Native` stream: length, flags, label, path,
/// flags, temporary path, then the bytes.
pub(crate) fn native(stream: &[u8]) -> Option<(String, Vec<u8>)> {
    let mut rest = stream.get(6..)?;
    let label = zero_ended(&mut rest)?;
    let path = zero_ended(&mut rest)?;
    rest = rest.get(8..)?;
    let _temporary = zero_ended(&mut rest)?;
    let length = u32::from_le_bytes(rest.get(..4)?.try_into().ok()?);
    let length = usize::try_from(length).ok()?;
    let rest = rest.get(4..)?;
    let bytes = rest.get(..length).unwrap_or(rest).to_vec();
    let name = if label.is_empty() { path } else { label };
    let name = encoding_rs::WINDOWS_1252.decode(name).0;
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(255).collect();
    let name = if name.trim_matches('.').is_empty() {
        "package".to_owned()
    } else {
        name
    };
    (!bytes.is_empty()).then_some((name, bytes))
}

/// The class and the data of an embedded object of OLE 1.0: version, format,
/// three strings with their lengths, then the data with its length.
pub(crate) fn version_one(bytes: &[u8]) -> Option<(String, &[u8])> {
    let mut rest = bytes;
    let mut number = || {
        let (four, after) = rest.split_first_chunk::<4>()?;
        rest = after;
        Some(u32::from_le_bytes(*four))
    };
    let _version = number()?;
    if number()? != 2 {
        return None;
    }
    let mut strings = Vec::new();
    let mut rest = bytes.get(8..)?;
    for _ in 0..3 {
        let (four, after) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*four)).ok()?;
        strings.push(after.get(..length)?);
        rest = after.get(length..)?;
    }
    let (four, after) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*four)).ok()?;
    let class = strings.first()?.strip_suffix(b"\0").unwrap_or_default();
    let class = String::from_utf8_lossy(class).into_owned();
    Some((class, after.get(..length).unwrap_or(after)))
}

fn zero_ended<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let end = memchr::memchr(0, rest)?;
    let words = &rest[..end];
    *rest = &rest[end + 1..];
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_file_comes_out_under_its_own_name() {
        let mut stream = vec![0, 0, 0, 0, 2, 0];
        stream.extend_from_slice(b"list.txt\0C:\\secret\\list.txt\0");
        stream.extend_from_slice(&[0, 0, 3, 0, 9, 0, 0, 0]);
        stream.extend_from_slice(b"C:\\tmp\\x\0\x05\0\0\0hello");
        assert_eq!(
            native(&stream),
            Some(("list.txt".to_owned(), b"hello".to_vec()))
        );
        assert_eq!(native(&stream[..20]), None);
    }
}
