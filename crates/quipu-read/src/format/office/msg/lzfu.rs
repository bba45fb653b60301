//! Compressed Rich Text Format in messages (MS-OXRTFCP).

/// What the window holds before the first byte.
const START: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

const WINDOW: usize = 4096;
const COMPRESSED: u32 = 0x7546_5A4C;
const PLAIN: u32 = 0x414C_454D;

/// Unpacks, up to `bytes_max`; `None` when the head says something else. A cut
/// file gives what it has.
pub(super) fn unpack(packed: &[u8], bytes_max: usize) -> Option<Vec<u8>> {
    let number = |at: usize| {
        let four = packed.get(at..at + 4)?;
        Some(u32::from_le_bytes(four.try_into().ok()?))
    };
    let size = (number(4)? as usize).min(bytes_max);
    let kind = number(8)?;
    let data = packed.get(16..)?;
    if kind == PLAIN {
        return Some(data.get(..size).unwrap_or(data).to_vec());
    }
    if kind != COMPRESSED {
        return None;
    }
    let mut window = [b' '; WINDOW];
    window
        .iter_mut()
        .zip(START)
        .for_each(|(slot, byte)| *slot = *byte);
    let mut write = START.len();
    // One sign stands for at most 17 bytes and takes more than two.
    let mut plain = Vec::with_capacity(size.min(data.len().saturating_mul(9)));
    let mut bytes = data.iter().copied();
    'all: while let Some(flags) = bytes.next() {
        for bit in 0..8 {
            if plain.len() >= size {
                break 'all;
            }
            if flags >> bit & 1 == 0 {
                let Some(byte) = bytes.next() else { break 'all };
                plain.push(byte);
                window[write % WINDOW] = byte;
                write += 1;
                continue;
            }
            let (Some(high), Some(low)) = (bytes.next(), bytes.next()) else {
                break 'all;
            };
            let sign = usize::from(u16::from_be_bytes([high, low]));
            let (from, length) = (sign >> 4, (sign & 15) + 2);
            if from == write % WINDOW {
                break 'all;
            }
            for nth in 0..length {
                let byte = window[(from + nth) % WINDOW];
                plain.push(byte);
                window[write % WINDOW] = byte;
                write += 1;
            }
        }
    }
    plain.truncate(size);
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the standard (MS-OXRTFCP 4.1).
    #[test]
    fn the_example_of_the_standard_unpacks() {
        let packed = [
            0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5,
            0xc7, 0xa7, 0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42,
            0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0,
            0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
        ];
        let plain = unpack(&packed, 1 << 20).unwrap_or_default();
        assert_eq!(
            String::from_utf8_lossy(&plain),
            "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
        );
        assert_eq!(
            unpack(&packed[..20], 1 << 20).map(|plain| plain.len() < 43),
            Some(true)
        );
        assert_eq!(unpack(&packed[..10], 1 << 20), None);
    }
}
