//! Packages whose inner files are damaged: the ZIP around them is sound, so
//! that the damage reaches the readers of words and sheets.
//! `QUIPU_HOSTILE=20000 cargo nextest run -p quipu-read --test packages_hostile`
//! tries more of them.

#![allow(
    clippy::expect_used,
    reason = "a test stops where its own files are missing"
)]

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use quipu_packs::Packs;
use quipu_read::{Input, Limits, Silent, Tools};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Damaged packages tried by default.
const ROUNDS: u64 = 1500;

/// Longest time one of them may take, on a busy machine and without
/// optimisation.
const TIME_MAX: Duration = Duration::from_secs(10);

/// Throws the same numbers on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

type Members = Vec<(String, Vec<u8>)>;

fn seeds() -> Vec<(String, Members)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut seeds = Vec::new();
    for folder in ["docx", "odt", "xlsx", "ods"] {
        let entries = std::fs::read_dir(root.join("cases/read").join(folder)).expect("cases");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("entry").path()).collect();
        paths.sort();
        for path in paths {
            if path.extension().is_none_or(|ending| ending == "toml") {
                continue;
            }
            let bytes = std::fs::read(&path).expect("a case");
            let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a package");
            let mut members = Vec::new();
            for index in 0..zip.len() {
                let mut file = zip.by_index(index).expect("a member");
                let mut inner = Vec::new();
                file.read_to_end(&mut inner).expect("its bytes");
                let name = file.name().expect("a name").into_owned();
                members.push((name, inner));
            }
            let name = path.file_name().expect("a name").to_string_lossy();
            seeds.push((name.into_owned(), members));
        }
    }
    seeds
}

fn damage(dice: &mut Dice, members: &mut Members) {
    let member = dice.below(members.len());
    let other = members[dice.below(members.len())].1.clone();
    let bytes = &mut members[member].1;
    let tags: Vec<usize> = memchr::memchr_iter(b'<', bytes).collect();
    let place = match tags.get(dice.below(tags.len())) {
        // Most damage is at a tag: there it changes the tree.
        Some(tag) if dice.below(4) > 0 => *tag,
        _ => dice.below(bytes.len() + 1),
    };
    let end = (place + dice.below(400)).min(bytes.len());
    match dice.below(7) {
        0 => bytes.truncate(place),
        1 => {
            bytes.drain(place..end);
        }
        2 => {
            let copy = bytes[place..end].to_vec();
            let times = 1 << dice.below(12);
            let many: Vec<u8> = copy
                .iter()
                .copied()
                .cycle()
                .take(copy.len() * times)
                .collect();
            bytes.splice(place..place, many);
        }
        3 => {
            let from = dice.below(other.len() + 1);
            let to = (from + dice.below(2000)).min(other.len());
            bytes.splice(place..place, other[from..to].iter().copied());
        }
        4 => {
            for _ in 0..=dice.below(30) {
                if !bytes.is_empty() {
                    let at = dice.below(bytes.len());
                    bytes[at] ^= 1 << dice.below(8);
                }
            }
        }
        5 => {
            // Counts, widths and repeats stand in digits.
            let digits: Vec<usize> = (0..bytes.len())
                .filter(|at| bytes[*at].is_ascii_digit())
                .collect();
            if let Some(at) = digits.get(dice.below(digits.len())) {
                let number = ["0", "-1", "99999999", "4294967295", "18446744073709551616"];
                let number = number[dice.below(number.len())];
                bytes.splice(*at..=*at, number.bytes());
            }
        }
        _ => {
            let open = [
                "<w:tbl><w:tr><w:tc>",
                "<table:table><table:table-row>",
                "<w:ins>",
                "<a>",
            ];
            let nest = open[dice.below(open.len())].repeat(1 << dice.below(14));
            bytes.splice(place..place, nest.into_bytes());
        }
    }
}

fn packed(members: &Members) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let mut zip = ZipWriter::new(&mut out);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in members {
        zip.start_file(name.as_str(), options).expect("a member");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a package");
    out.into_inner()
}

#[test]
fn damaged_inner_files_are_read_in_bounds() {
    let rounds = std::env::var("QUIPU_HOSTILE")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let seeds = seeds();
    let packs = Packs::default();
    let tools = Tools {
        packs: &packs,
        ocr: None,
        limits: Limits::default(),
    };
    for number in 0..rounds.unwrap_or(ROUNDS) {
        let mut dice = Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let (name, members) = &seeds[dice.below(seeds.len())];
        let mut members = members.clone();
        for _ in 0..=dice.below(3) {
            damage(&mut dice, &mut members);
        }
        let bytes = packed(&members);
        let input = Input {
            bytes: &bytes,
            name,
        };
        let begun = Instant::now();
        let document = quipu_read::read(&input, &tools, &mut Silent::default());
        let took = begun.elapsed();
        assert_eq!(
            quipu_read::check(&document),
            Ok(()),
            "{name}, round {number}"
        );
        assert!(took < TIME_MAX, "{name}, round {number}: {took:?}");
    }
}
