//! Documents made by arithmetic: the same seed gives the same files.

use std::fs;
use std::io;
use std::path::Path;

/// Numbers that look random and are not (SplitMix64).
#[derive(Debug, Clone)]
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }
}

const SYLLABLES: &[&str] = &[
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su",
    "ta", "ve", "xi", "yo", "zu", "mon", "tes", "pan", "mar", "gar", "cía", "ñez", "río",
];

/// A word; small numbers are frequent words, as in real text.
pub(crate) fn word(numbers: &mut Numbers) -> String {
    // The square makes a few words frequent and most of them rare.
    let spread = numbers.below(1000);
    let mut seed = Numbers(spread * spread / 10 + numbers.below(1 + spread / 50));
    let length = 1 + seed.below(4);
    (0..=length)
        .filter_map(|_| {
            let at = usize::try_from(seed.below(SYLLABLES.len() as u64)).ok()?;
            SYLLABLES.get(at).copied()
        })
        .collect()
}

/// The text of document `number`.
pub(crate) fn text(number: u64, seed: u64) -> String {
    let mut numbers = Numbers(seed.wrapping_mul(1_000_003).wrapping_add(number));
    let mut text = String::new();
    text.push_str(&format!(
        "title: document {number} {}\n",
        word(&mut numbers)
    ));
    let (year, month) = (1950 + numbers.below(70), 1 + numbers.below(12));
    text.push_str(&format!("date: {year}-{month:02}\n"));
    for _ in 0..4 + numbers.below(12) {
        text.push_str(if numbers.below(2) == 0 { "en|" } else { "es|" });
        for _ in 0..5 + numbers.below(15) {
            text.push_str(&word(&mut numbers));
            text.push(' ');
        }
        text.push('\n');
    }
    text
}

/// Writes `count` files: mostly plain ones, some of them twice, some boxes with
/// files and boxes inside, some that spoil their reader.
pub(crate) fn make(folder: &Path, count: u64, seed: u64) -> io::Result<()> {
    for number in 0..count {
        let below = folder.join(format!("{:03}", number / 500));
        fs::create_dir_all(&below)?;
        let path = below.join(format!("{number:06}.txt"));
        let bytes = match number % 50 {
            7 => text(number.saturating_sub(3), seed).into_bytes(),
            11 | 31 => {
                let inner = boxed(&[
                    ("deep.txt", text(number + 1_000_000, seed).into_bytes()),
                    ("again.txt", text(number - 1, seed).into_bytes()),
                ]);
                boxed(&[
                    ("one.txt", text(number + 2_000_000, seed).into_bytes()),
                    ("two.box", inner),
                ])
            }
            // Starting a process again takes time, so these are rare.
            17 if number % 500 == 417 => b"!panic\n".to_vec(),
            19 if number % 500 == 419 => b"!abort\n".to_vec(),
            _ => text(number, seed).into_bytes(),
        };
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// Files in one file: `BOX`, then for each its name, length and bytes.
pub(crate) fn boxed(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"BOX\n".to_vec();
    for (name, content) in files {
        bytes.extend_from_slice(format!("{name} {}\n", content.len()).as_bytes());
        bytes.extend_from_slice(content);
    }
    bytes
}
