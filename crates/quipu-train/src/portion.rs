//! Which documents may be trained on and which are kept out and reported.
//!
//! The split hangs on nothing but the document's name, so it never changes.

/// Two parts of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Portion {
    /// May be used for training and for tuning converters.
    Training,
    /// Kept out of everything but reported scores.
    KeptOut,
}

/// Puts `kept_out` of every `of` documents aside, by a hash of the name.
#[must_use]
pub fn portion(document: &str, kept_out: u64, of: u64) -> Portion {
    // FNV-1a, 64 bit; the low bits mix badly on short names, so they are dropped.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in document.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    if (hash >> 20) % of.max(1) < of.saturating_sub(kept_out) {
        Portion::Training
    } else {
        Portion::KeptOut
    }
}
