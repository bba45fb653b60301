//! Charsets of one byte a character, as data (`languages/any/charsets.toml`).

use serde::Deserialize;

/// What the bytes 80 to FF of a charset mean, and the way back.
#[derive(Debug)]
pub struct Charset {
    name: String,
    upper: Vec<char>,
    /// Character and byte, in the order of characters.
    bytes: Vec<(char, u8)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCharsets {
    pub(crate) charset: Vec<RawCharset>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCharset {
    pub(crate) name: String,
    #[serde(rename = "says")]
    _says: String,
    upper_half: Vec<String>,
}

impl Charset {
    /// `None` unless there are 128 characters.
    pub(crate) fn read(raw: &RawCharset) -> Option<Self> {
        let upper: Vec<char> = raw
            .upper_half
            .iter()
            .flat_map(|line| line.chars())
            .collect();
        if upper.len() != 128 {
            return None;
        }
        let mut bytes: Vec<(char, u8)> = upper.iter().copied().zip(0x80..=0xFF).collect();
        bytes.sort_unstable();
        bytes.dedup_by_key(|pair| pair.0);
        Some(Self {
            name: raw.name.clone(),
            upper,
            bytes,
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The character of a byte.
    #[must_use]
    pub fn decode(&self, byte: u8) -> char {
        match byte.checked_sub(0x80) {
            None => char::from(byte),
            Some(upper) => self
                .upper
                .get(usize::from(upper))
                .copied()
                .unwrap_or('\u{FFFD}'),
        }
    }

    /// The byte of a character. Control characters of the upper half stand for
    /// their own byte where the charset does not use it otherwise: programs show
    /// unknown bytes so.
    #[must_use]
    pub fn encode(&self, c: char) -> Option<u8> {
        if c.is_ascii() {
            return Some(c as u8);
        }
        match self.bytes.binary_search_by_key(&c, |pair| pair.0) {
            Ok(at) => self.bytes.get(at).map(|pair| pair.1),
            Err(_) if ('\u{80}'..='\u{9F}').contains(&c) => u8::try_from(u32::from(c)).ok(),
            Err(_) => None,
        }
    }
}
