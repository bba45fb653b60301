//! How many pixels a picture has to the inch, where it says so.

const INCHES_PER_METRE: f32 = 39.370_08;
/// Chunks or segments looked at before giving up.
const PARTS_MAX: usize = 1000;

/// Dots per inch of a PNG (`pHYs`), JPEG (JFIF) or BMP.
pub(super) fn of(bytes: &[u8]) -> Option<f32> {
    let dpi = if bytes.starts_with(b"\x89PNG") {
        png(bytes)
    } else if bytes.starts_with(b"\xff\xd8") {
        jpeg(bytes)
    } else if bytes.starts_with(b"BM") {
        let number = bytes.get(38..42)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*number) as f32 / INCHES_PER_METRE)
    } else {
        None
    };
    dpi.filter(|dpi| *dpi > 0.0)
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk::<4>()?))
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk::<2>()?))
}

fn png(bytes: &[u8]) -> Option<f32> {
    let mut at = 8;
    for _ in 0..PARTS_MAX {
        let length = be32(bytes, at)? as usize;
        match bytes.get(at + 4..at + 8)? {
            b"pHYs" => {
                let per_metre = be32(bytes, at + 8)?;
                // Unit 1 is the metre; 0 gives only the shape of a pixel.
                let metres = *bytes.get(at + 16)? == 1;
                return metres.then_some(per_metre as f32 / INCHES_PER_METRE);
            }
            b"IDAT" | b"IEND" => return None,
            _ => at = at.checked_add(length)?.checked_add(12)?,
        }
    }
    None
}

fn jpeg(bytes: &[u8]) -> Option<f32> {
    let mut at = 2;
    for _ in 0..PARTS_MAX {
        let marker = be16(bytes, at)?;
        let length = be16(bytes, at + 2)? as usize;
        if marker == 0xFFE0 && bytes.get(at + 4..at + 9)? == b"JFIF\0" {
            let across = f32::from(be16(bytes, at + 12)?);
            return match bytes.get(at + 11)? {
                1 => Some(across),
                2 => Some(across * 2.54),
                _ => None,
            };
        }
        if marker < 0xFF01 || marker == 0xFFDA {
            return None;
        }
        at = at.checked_add(length)?.checked_add(2)?;
    }
    None
}
