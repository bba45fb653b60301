//! Identifiers, computed from content.
//!
//! Each is the BLAKE3 hash of a byte layout, under a domain name of its own so
//! that equal bytes of two kinds never share an id. People's decisions hang on
//! these for decades: the layouts are pinned by `tests/pinned.rs`.

use std::fmt;

use crate::layout::{Layout, LayoutError};

/// BLAKE3 of `bytes` under a domain (`derive_key` mode, context "quipu DOMAIN").
#[must_use]
pub fn domain_hash(domain: &str, bytes: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(domain);
    hasher.update(bytes);
    *hasher.finalize().as_bytes()
}

/// A source: the BLAKE3 hash of its bytes, exactly as received.
///
/// It is the plain hash, with no domain, so that `b3sum FILE` proves it
/// without Quipu.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId([u8; 32]);

impl SourceId {
    /// The id of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// An id whose hash was computed elsewhere (while a file streamed by).
    #[must_use]
    pub const fn from_hash(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    /// The 32 bytes of the hash.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The 64 hexadecimal digits of the hash.
    #[must_use]
    pub fn hex(&self) -> String {
        hex(&self.0)
    }

    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn from_hex(digits: &str) -> Option<Self> {
        unhex(digits).map(Self)
    }
}

macro_rules! hashed_ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal $domain:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; 32]);

        impl $name {
            /// The domain under which this kind of id is hashed.
            pub const DOMAIN: &'static str = $domain;

            /// The id of a layout.
            #[must_use]
            pub fn of(layout: &[u8]) -> Self {
                Self(domain_hash(Self::DOMAIN, layout))
            }

            /// An id whose hash was computed before.
            #[must_use]
            pub const fn from_hash(hash: [u8; 32]) -> Self {
                Self(hash)
            }

            /// The 32 bytes of the hash.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// The written form: a letter, then 32 hexadecimal digits.
            #[must_use]
            pub fn written(&self) -> String {
                let mut text = String::from($prefix);
                text.push_str(&hex(&self.0[..16]));
                text
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.written())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.written())
            }
        }

        impl Layout for $name {
            fn write(&self, out: &mut Vec<u8>) {
                self.0.write(out);
            }

            fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
                Ok(Self(<[u8; 32]>::read(input)?))
            }
        }
    )*};
}

hashed_ids! {
    /// A claim as a thing said: survives better rules, models and OCR.
    /// Decisions hang on it.
    ClaimId "c" "quipu claim 1";
    /// A claim in its exact content: changes whenever anything in it does.
    ClaimVersionId "v" "quipu claim version 1";
    /// One decision of a person.
    DecisionId "d" "quipu decision 1";
    /// A person, organisation, place or thing across documents.
    EntityId "e" "quipu entity 1";
    /// Something found by looking at several claims.
    FindingId "f" "quipu finding 1";
    /// What a derived batch was made with.
    RecipeId "r" "quipu recipe 1";
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl fmt::Debug for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl Layout for SourceId {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        Ok(Self(<[u8; 32]>::read(input)?))
    }
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// 64 hexadecimal digits as 32 bytes; `None` for anything else.
#[must_use]
pub fn unhex(digits: &str) -> Option<[u8; 32]> {
    let digits = digits.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0u8; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = (high * 16 + low) as u8;
    }
    Some(bytes)
}
