//! What a character costs, for texts of many kinds that grow: every row should
//! be flat.
//!
//! `cargo run --release -p quipu-annotate --example curve -- [FILE.qm] [--text FILE] [--most KB] [--kind NAME]`
//!
//! Without a model file a tiny one made by chance is read with, which shows how
//! the cost grows and not how high it is.

#![allow(clippy::print_stdout, reason = "a program that prints a table")]

use std::process::ExitCode;
use std::time::Instant;

use quipu_annotate::{Annotator, Hands};
use quipu_model::{AnnotatedText, Layout};
use quipu_packs::Packs;

#[path = "../src/tiny.rs"]
mod tiny;

/// Numbers by chance, the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % most.max(1)
    }

    fn among<'a>(&mut self, parts: &[&'a str]) -> &'a str {
        parts.get(self.below(parts.len())).copied().unwrap_or("")
    }
}

const SYLLABLES: [&str; 24] = [
    "la", "de", "ca", "ción", "re", "mi", "to", "pa", "ra", "no", "el", "con", "ser", "ti", "do",
    "ma", "s", "ñe", "go", "ber", "tú", "lis", "fra", "un",
];

/// A word of a language of 4,000 words, the short ones frequent.
fn word(chance: &mut Chance) -> String {
    let rank = chance.below(64) * chance.below(64);
    let mut inner = Chance(rank as u64 * 2_654_435_761 + 88_172_645_463_325_252);
    (0..=inner.below(3).min(rank / 8))
        .map(|_| inner.among(&SYLLABLES))
        .collect()
}

fn sentence(chance: &mut Chance) -> String {
    let mut words: Vec<String> = (0..5 + chance.below(30)).map(|_| word(chance)).collect();
    for word in &mut words {
        if chance.below(10) == 0 {
            word.push(',');
        }
    }
    let mut text = words.join(" ");
    text.push_str(if chance.below(12) == 0 { ".\n\n" } else { ". " });
    let first = text.chars().next().map_or(0, char::len_utf8);
    let rest = text.split_off(first);
    text.to_uppercase() + &rest
}

fn letters(chance: &mut Chance, count: usize) -> String {
    (0..count)
        .map(|_| char::from(b"abcdefghijklmnopqrstuvwxyz"[chance.below(26)]))
        .collect()
}

/// A kind of text: its name, and a piece of it.
type Kind = (&'static str, fn(&mut Chance) -> String);

const KINDS: [Kind; 15] = [
    ("prose", sentence),
    ("capitals", |chance| sentence(chance).to_uppercase()),
    ("one line", |chance| {
        sentence(chance).replace(['\n', '.', ','], "")
    }),
    ("names", |chance| {
        let part = chance.among(&[
            "Juan", "PÉREZ", "General", "ministro", "de", "peruano", "(", "SIN", ")", ",", "y",
            "\"",
        ]);
        format!("{part} ")
    }),
    ("a word a line", |chance| word(chance) + "\n"),
    ("a word a paragraph", |chance| word(chance) + "\n\n"),
    ("new words", |chance| {
        let count = 4 + chance.below(8);
        letters(chance, count) + " "
    }),
    ("(", |_| "(".to_owned()),
    ("brackets", |chance| {
        chance.among(&["(", "[", "{", ")", "]", "}"]).to_owned()
    }),
    ("brackets apart", |chance| {
        chance
            .among(&["( ", "[ ", "{ ", ") ", "] ", "} "])
            .to_owned()
    }),
    ("digits", |chance| chance.below(10).to_string()),
    ("sums", |chance| {
        format!(
            "{},{:03}.{:02} ",
            chance.below(90),
            chance.below(1000),
            chance.below(100)
        )
    }),
    ("no blank", |chance| {
        let count = 1 + chance.below(9);
        letters(chance, count) + chance.among(&["-", ".", "/", "@", "7", ",", "'", "=", "%20"])
    }),
    ("letters", |chance| letters(chance, 1)),
    ("any characters", |chance| {
        char::from_u32(u32::try_from(chance.below(0x3_0000)).unwrap_or(0))
            .unwrap_or(' ')
            .to_string()
    }),
];

/// Nanoseconds of processor time that this thread has had, where the system
/// says; else since `start`. Others on the machine disturb the first less.
fn now(start: Instant) -> f64 {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let own = said.and_then(|said| said.split(' ').next()?.parse::<f64>().ok());
    own.unwrap_or_else(|| start.elapsed().as_secs_f64() * 1e9)
}

fn main() -> ExitCode {
    let mut files = Vec::new();
    let (mut text, mut most, mut only) = (None, 1024, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--text" => {
                let path = arguments.next().unwrap_or_default();
                text = std::fs::read_to_string(path).ok();
            }
            "--most" => {
                let said = arguments.next().and_then(|kb| kb.parse().ok());
                most = said.unwrap_or(most);
            }
            "--kind" => only = arguments.next(),
            path => match std::fs::read(path) {
                Ok(bytes) => files.push(bytes),
                Err(error) => {
                    println!("{path}: {error}");
                    return ExitCode::FAILURE;
                }
            },
        }
    }
    if files.is_empty() {
        files.push(tiny::model("en", 1));
    }
    let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let start = Instant::now();
    let begun = now(start);
    let packs = match Packs::embedded() {
        Ok(packs) => packs,
        Err(error) => {
            println!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let annotator = match Annotator::read(&files, &packs) {
        Ok(annotator) => annotator,
        Err(error) => {
            println!("{error}");
            return ExitCode::FAILURE;
        }
    };
    println!("models read in {:.1} ms", (now(start) - begun) / 1e6);
    println!(
        "{:<20}{:>9}{:>10}{:>10}{:>12}{:>21}  sum of all that was told",
        "kind", "KB", "ns/char", "words", "words/s", "microseconds a word"
    );
    let kinds = KINDS.map(|(name, piece)| (name, Some(piece)));
    for (name, piece) in std::iter::once(("file", None)).chain(kinds) {
        if only.as_deref().is_some_and(|only| only != name) {
            continue;
        }
        let whole = match piece {
            None => text.clone().unwrap_or_default(),
            Some(piece) => {
                let mut chance = Chance(88_172_645_463_325_252);
                let mut whole = String::new();
                while whole.len() < most * 1024 {
                    whole.push_str(&piece(&mut chance));
                }
                whole
            }
        };
        let mut size = 16;
        while size <= most {
            let end = (0..=size * 1024)
                .rev()
                .find(|end| whole.is_char_boundary(*end));
            if whole.len() >= size * 1024 {
                measure(
                    &annotator,
                    name,
                    whole.get(..end.unwrap_or(0)).unwrap_or(""),
                    start,
                );
            }
            size *= 4;
        }
    }
    ExitCode::SUCCESS
}

/// Annotates a text stretch by stretch, each time with new memory, for some
/// hundred milliseconds, and prints what it cost.
fn measure(annotator: &Annotator<'_>, name: &str, text: &str, start: Instant) {
    let (mut spent, mut times) = (0.0, 0.0);
    let (mut words, mut sum) = (0, 0);
    while spent < 3e8 {
        let mut hands = Hands::default();
        let begun = now(start);
        let made: Vec<AnnotatedText> = annotator
            .stretches(text, &[])
            .iter()
            .map(|stretch| annotator.annotate_stretch(text, stretch, &[], &mut hands))
            .collect();
        spent += now(start) - begun;
        times += 1.0;
        let sentences = made.iter().flat_map(|made| &made.sentences);
        words = sentences.map(|sentence| sentence.tokens.len()).sum();
        sum = made
            .iter()
            .flat_map(Layout::to_bytes)
            .fold(0xcbf2_9ce4_8422_2325, |sum: u64, byte| {
                (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
            });
    }
    #[allow(clippy::cast_precision_loss, reason = "figures for people")]
    let (characters, count) = (text.chars().count() as f64, words as f64);
    println!(
        "{name:<20}{:>9}{:>10.1}{words:>10}{:>12.0}{:>21.2}  {sum:016x}",
        text.len() / 1024,
        spent / times / characters,
        count / spent * times * 1e9,
        spent / times / count / 1e3,
    );
}
