//! Unpacking within bounds.

use std::io::Read;

/// What came out, and whether all did.
pub(super) struct Unpacked {
    pub(super) bytes: Vec<u8>,
    /// The stream is damaged or cut.
    pub(super) damaged: bool,
    /// More would have come out than may.
    pub(super) too_large: bool,
}

/// Reads at most `room` bytes.
pub(super) fn read(stream: impl Read, room: u64) -> Unpacked {
    let mut bytes = Vec::new();
    let result = stream.take(room.saturating_add(1)).read_to_end(&mut bytes);
    let too_large = bytes.len() as u64 > room;
    bytes.truncate(usize::try_from(room).unwrap_or(usize::MAX));
    Unpacked {
        bytes,
        damaged: result.is_err(),
        too_large,
    }
}
