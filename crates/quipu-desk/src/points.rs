//! Code points and bytes of one text, found from either side without walking it again.

/// Bytes between two checkpoints.
const STEP: usize = 2048;

/// A text with the number of code points before every 2048th byte.
#[derive(Debug)]
pub(crate) struct Points<'a> {
    text: &'a str,
    before: Vec<usize>,
}

impl<'a> Points<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for piece in text.as_bytes().chunks(STEP) {
            before.push(count);
            count += starts(piece);
        }
        Self { text, before }
    }

    /// The code points before a byte; one inside a character counts as its start.
    pub(crate) fn at(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let checkpoint = (byte / STEP).min(self.before.len().saturating_sub(1));
        let before = self.before.get(checkpoint).copied().unwrap_or(0);
        let piece = self.text.as_bytes().get(checkpoint * STEP..byte);
        before + piece.map_or(0, starts)
    }

    /// The byte at which a code point starts; the end of the text past its last.
    pub(crate) fn byte(&self, point: usize) -> usize {
        let checkpoint = self
            .before
            .partition_point(|count| *count <= point)
            .saturating_sub(1);
        let mut left = point - self.before.get(checkpoint).copied().unwrap_or(0).min(point);
        let bytes = self.text.as_bytes();
        let mut byte = checkpoint * STEP;
        while let Some(next) = bytes.get(byte) {
            if next & 0xC0 != 0x80 {
                if left == 0 {
                    return byte;
                }
                left -= 1;
            }
            byte += 1;
        }
        self.text.len()
    }
}

/// Characters that start in these bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_agree_with_a_plain_count() {
        let text = "señor €uro 🪢 ".repeat(700);
        let points = Points::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte), count);
            assert_eq!(points.byte(count), byte);
        }
        assert_eq!(points.at(text.len() + 9), text.chars().count());
        assert_eq!(points.byte(usize::MAX), text.len());
        assert_eq!(Points::new("").at(3), 0);
        assert_eq!(Points::new("").byte(0), 0);
    }
}
