//! Damaged documents, the same ones every time: a number makes a seed file
//! into an input that no program ever wrote.

mod inside;

use std::path::Path;

/// A file to start from.
pub(crate) struct Seed {
    /// Its name, whose ending hints at the format as in life.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// Inputs larger than this are cut.
const SIZE_MAX: usize = 4 << 20;

/// Words and bytes that have upset readers before.
const ODD: [&[u8]; 34] = [
    b"\0\0\0\0",
    b"\xFF\xFF\xFF\xFF",
    b"\x7F\xFF\xFF\xFF",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    b"\xED\xA0\x80",
    b"\xC3",
    b"\r",
    b"\x0C",
    b"\x1B$B",
    b"<table>",
    b"<td colspan=99999 rowspan=99999>",
    b"<!--",
    b"]]>",
    b"<script>",
    b"<pre>",
    b"&#x110000;",
    b"&#0;",
    b"\n\nFrom a 10:10\n",
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
    b"=?utf-8?q?=?=",
    b"\n--x--\n",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"{\\rtf1",
    b"\\bin99999999 ",
    b"endstream",
    b"/Length 99999999",
    b"<</Kids[1 0 R]>>",
    b"\xD0\xCF\x11\xE0",
    b"\"",
    b"---\n",
    b"\t;,|",
];

/// What is nested when depth is the attack, with its opposite.
const NESTS: [(&str, &str); 9] = [
    ("<div>", "</div>"),
    ("<b><i><a href=x>", "</i>"),
    ("<table><tr><td>", ""),
    ("{", "}"),
    ("[", "]"),
    ("<w:p>", "</w:p>"),
    (">", ""),
    ("(", ")"),
    ("<<", ">>"),
];

/// Numbers without a source of chance: SplitMix64.
pub(crate) struct Dice(u64);

impl Dice {
    /// A number below `bound`, which must not be 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

/// Every file below a folder that may serve as a seed.
pub(crate) fn seeds(folder: &Path, found: &mut Vec<Seed>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            seeds(&path, found);
            continue;
        }
        let name = path.to_string_lossy().into_owned();
        let expectation = name.ends_with(".toml") || name.ends_with("README.md");
        if let Ok(bytes) = std::fs::read(&path)
            && !expectation
            && bytes.len() <= SIZE_MAX
        {
            found.push(Seed { name, bytes });
        }
    }
}

/// Input number `number`: name and bytes. Every kind of file, told by the ending
/// of its name, is taken as often as every other, however few seeds it has; what
/// is packed is damaged inside its packing every other time.
pub(crate) fn input(seeds: &[Seed], number: u64) -> (String, Vec<u8>) {
    let mut dice = Dice(number.wrapping_mul(0xA076_1D64_78BD_642F));
    let ending = |seed: &Seed| {
        let name = seed.name.rsplit('/').next().unwrap_or_default();
        name.rsplit('.').next().unwrap_or_default().to_lowercase()
    };
    let mut kinds: Vec<String> = seeds.iter().map(ending).collect();
    kinds.sort();
    kinds.dedup();
    let kind = &kinds[dice.below(kinds.len())];
    let of_kind: Vec<&Seed> = seeds.iter().filter(|seed| ending(seed) == *kind).collect();
    let seed = of_kind[dice.below(of_kind.len())];
    let mut bytes = seed.bytes.clone();
    let mut damage = |dice: &mut Dice, bytes: &mut Vec<u8>| {
        for _ in 0..=dice.below(4) {
            mutate(dice, seeds, bytes);
            bytes.truncate(SIZE_MAX);
        }
    };
    let inside = if dice.below(2) == 0 {
        inside::change(&mut dice, &bytes, &mut damage)
    } else {
        None
    };
    match inside {
        Some(changed) => bytes = changed,
        None => damage(&mut dice, &mut bytes),
    }
    (seed.name.clone(), bytes)
}

fn mutate(dice: &mut Dice, seeds: &[Seed], bytes: &mut Vec<u8>) {
    let place = dice.below(bytes.len() + 1);
    let stretch = |dice: &mut Dice, bytes: &[u8]| {
        let from = dice.below(bytes.len() + 1);
        from..from + dice.below((bytes.len() - from).min(5000) + 1)
    };
    match dice.below(12) {
        0 | 1 => {
            for _ in 0..=dice.below(64) {
                if !bytes.is_empty() {
                    let at = dice.below(bytes.len());
                    bytes[at] ^= 1 << dice.below(8);
                }
            }
        }
        2 => bytes.truncate(place),
        3 => {
            let other = &seeds[dice.below(seeds.len())].bytes;
            let range = stretch(dice, other);
            bytes.splice(place..place, other[range].iter().copied());
        }
        4 => {
            let other = &seeds[dice.below(seeds.len())].bytes;
            bytes.truncate(place);
            bytes.extend_from_slice(&other[dice.below(other.len() + 1)..]);
        }
        5 => {
            // Lengths and counts stand in two, four or eight bytes.
            let width = [2, 4, 8][dice.below(3)];
            let value = [0u64, 1, 0x7FFF_FFFF, u64::MAX, 0xFFFF, 0x8000_0000][dice.below(6)];
            for (slot, byte) in bytes
                .iter_mut()
                .skip(place)
                .take(width)
                .zip(value.to_le_bytes())
            {
                *slot = byte;
            }
        }
        6 => {
            let range = stretch(dice, bytes);
            let copy = bytes[range.clone()].to_vec();
            let times = 1 << dice.below(7);
            let many: Vec<u8> = copy
                .iter()
                .copied()
                .cycle()
                .take((copy.len() * times).min(SIZE_MAX))
                .collect();
            bytes.splice(range.start..range.start, many);
        }
        7 => {
            let range = stretch(dice, bytes);
            bytes.drain(range);
        }
        8 => {
            let (open, close) = NESTS[dice.below(NESTS.len())];
            let depth = 1 << dice.below(15);
            let close = if dice.below(2) == 0 { close } else { "" };
            let nest = format!("{}x{}", open.repeat(depth), close.repeat(depth));
            bytes.splice(place..place, nest.into_bytes());
        }
        9 => {
            // A stretch in another charset.
            let range = stretch(dice, bytes);
            let wide: Vec<u8> = bytes[range.clone()]
                .iter()
                .flat_map(|byte| [*byte, 0])
                .collect();
            bytes.splice(range, wide);
        }
        10 => {
            for byte in stretch(dice, bytes) {
                bytes[byte] = 0;
            }
        }
        _ => {
            for _ in 0..=dice.below(8) {
                let at = dice.below(bytes.len() + 1);
                bytes.splice(at..at, ODD[dice.below(ODD.len())].iter().copied());
            }
        }
    }
}
