//! Spoilt PDF files: whatever the bytes, there is a document that keeps its
//! rules, or a notice, and no panic escapes.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so")]

use quipu_packs::Packs;
use quipu_read::{Input, Limits, Silent, Tools};

/// Mutations of each file; `QUIPU_PDF_MUTATIONS` sets another number.
const MUTATIONS: u32 = 12;

/// A small generator (xorshift), so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % (most.max(1) as u64)).expect("small")
    }
}

/// One file spoilt in one of the ways files are spoilt.
fn spoilt(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(out.len());
        match chance.below(7) {
            0 => out.truncate(at.max(8)),
            1 => out[at] ^= 1 << chance.below(8),
            2 => {
                let to = (at + chance.below(64)).min(out.len());
                out.drain(at..to);
            }
            3 => {
                let to = (at + chance.below(64)).min(out.len());
                let piece = out[at..to].to_vec();
                let back = chance.below(out.len());
                out.splice(back..back, piece);
            }
            4 => {
                // Numbers lie: lengths, places, counts, widths.
                if let Some(digit) = (at..out.len()).find(|i| out[*i].is_ascii_digit()) {
                    let big: &[u8] =
                        [b"99999999".as_slice(), b"-1", b"0", b"4294967296"][chance.below(4)];
                    out.splice(digit..=digit, big.iter().copied());
                }
            }
            5 => {
                let end = (at + 16).min(out.len());
                out[at..end].fill(b'(');
            }
            _ => {
                let end = (at + 8).min(out.len());
                for byte in &mut out[at..end] {
                    *byte = u8::try_from(chance.next() % 256).expect("a byte");
                }
            }
        }
        if out.len() < 16 {
            break;
        }
    }
    out
}

#[test]
fn spoilt_files_cost_a_notice_and_nothing_else() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/read/pdf");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .collect();
    let more = std::env::var("QUIPU_PDF_MORE").unwrap_or_default();
    files.extend(more.split_whitespace().map(std::path::PathBuf::from));
    files.sort();
    let count = std::env::var("QUIPU_PDF_MUTATIONS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(MUTATIONS);
    let packs = Packs::default();
    let tools = Tools {
        packs: &packs,
        ocr: None,
        limits: Limits {
            text_bytes: 4 << 20,
            pages: 200,
            ..Limits::default()
        },
    };
    let mut chance = Chance(0x5EED_0000_0001);
    let mut slowest = (std::time::Duration::ZERO, String::new());
    for path in &files {
        let bytes = std::fs::read(path).expect("a case");
        for number in 0..count {
            let seed = chance.0;
            let spoilt = spoilt(&bytes, &mut chance);
            let input = Input {
                bytes: &spoilt,
                name: "spoilt.pdf",
            };
            let started = std::time::Instant::now();
            let document = quipu_read::read(&input, &tools, &mut Silent::default());
            let label = format!("{} number {number} (seed {seed:#x})", path.display());
            if started.elapsed() > slowest.0 {
                slowest = (started.elapsed(), label.clone());
            }
            assert_eq!(quipu_read::check(&document), Ok(()), "{label}");
            assert!(
                !document.transcript.text.is_empty()
                    || !document.notices.is_empty()
                    || !document.transcript.pages.is_empty(),
                "{label}: neither words, nor pages, nor a notice"
            );
            if number % 4 == 0 {
                let _ = quipu_read::picture(&input, 1, 120);
            }
        }
    }
    assert!(
        slowest.0 < std::time::Duration::from_secs(10),
        "slowest: {slowest:?}"
    );
}
