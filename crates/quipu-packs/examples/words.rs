//! Makes `languages/{en,es}/words.txt` from the data folder:
//!
//! ```text
//! cargo run --release -p quipu-packs --example words -- DATA_FOLDER
//! ```
//!
//! Word forms are facts; which texts they were counted in stands in the
//! `words.card.toml` beside each list. Development and held-out parts are never
//! read, so that they stay honest test text.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Times a form was seen.
type Counts = BTreeMap<String, f64>;

fn main() {
    let data = PathBuf::from(std::env::args().nth(1).expect("name the data folder"));
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages");

    let mut everyday = Counts::new();
    for file in files(&data.join("en/ud-ewt"), "train") {
        conllu(&file, &mut everyday);
    }
    for file in files(&data.join("en/gum/ud"), "train") {
        conllu(&file, &mut everyday);
    }
    let mut diplomatic = Counts::new();
    for file in files(&data.join("frus"), ".xml.xz") {
        tei(&file, &mut diplomatic);
    }
    // Two kinds of English weigh the same, whatever their size; a form seen
    // seldom in either is left out, for it may be a slip or a foreign name.
    let english = mix(&[(&everyday, 2.0), (&diplomatic, 4.0)]);
    write(&packs.join("en/words.txt"), &english);

    let mut press = Counts::new();
    for file in files(&data.join("es/cess"), ".tbf") {
        trees(&file, &mut press);
    }
    columns(&data.join("es/echr/train.tsv"), &mut press);
    let mut dictionary = Counts::new();
    for file in files(&data.join("es/petrarch"), ".txt") {
        entries(&file, &mut dictionary);
    }
    // A dictionary's words have no frequency: they are known, and rare.
    let mut spanish = mix(&[(&press, 1.0)]);
    for word in dictionary.keys() {
        spanish.entry(word.clone()).or_insert(0.0);
    }
    write(&packs.join("es/words.txt"), &spanish);
}

fn files(folder: &Path, part: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).expect("folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.to_string_lossy().contains(part) {
                found.extend(files(&path, ""));
            }
        } else if path.to_string_lossy().contains(part) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Counts the words of running text.
fn count(text: &str, counts: &mut Counts) {
    let letter = |c: char| c.is_alphabetic() || c == '\'' || c == '’';
    for word in text.split(|c: char| !letter(c)) {
        let word = word.trim_matches(|c: char| !c.is_alphabetic());
        let word = word.replace('’', "'").to_lowercase();
        let long = word.chars().count();
        if long > 0 && long <= 24 && (long > 1 || "aáeiouyóé".contains(&word)) {
            *counts.entry(word).or_default() += 1.0;
        }
    }
}

fn conllu(file: &Path, counts: &mut Counts) {
    let text = fs::read_to_string(file).expect("text");
    for line in text
        .lines()
        .filter_map(|line| line.strip_prefix("# text = "))
    {
        count(line, counts);
    }
}

fn columns(file: &Path, counts: &mut Counts) {
    let text = fs::read_to_string(file).expect("text");
    for line in text.lines() {
        count(line.split('\t').next().unwrap_or_default(), counts);
    }
}

/// Bracketed trees: the word is the second part of a leaf `(tag word lemma)`.
fn trees(file: &Path, counts: &mut Counts) {
    let text = fs::read_to_string(file).expect("text");
    for leaf in text
        .split('(')
        .map(|leaf| leaf.split(')').next().unwrap_or_default())
    {
        let parts: Vec<&str> = leaf.split_whitespace().collect();
        if let [_, word, _] = parts.as_slice() {
            count(&word.replace('_', " "), counts);
        }
    }
}

/// Dictionary entries in capitals with underscores; codes in brackets go.
fn entries(file: &Path, counts: &mut Counts) {
    let text = fs::read_to_string(file).expect("text");
    for line in text.lines() {
        let line = line.split(['#', '[', ';']).next().unwrap_or_default();
        if !line.starts_with(['<', '&', '-', '+']) && !line.contains('_') && line.contains('-') {
            continue;
        }
        count(&line.replace('_', " "), counts);
    }
}

/// The body of a TEI volume, tags taken out; unpacked by the `xz` program.
fn tei(file: &Path, counts: &mut Counts) {
    let unpacked = Command::new("xz")
        .arg("-dc")
        .arg(file)
        .output()
        .expect("xz");
    let text = String::from_utf8(unpacked.stdout).expect("utf-8");
    let mut outside = String::new();
    for piece in text.split('<') {
        outside.push_str(piece.split_once('>').map_or("", |(_, after)| after));
        outside.push(' ');
    }
    count(&outside, counts);
}

/// Parts per million over several kinds of text that weigh the same.
fn mix(kinds: &[(&Counts, f64)]) -> Counts {
    let mut mixed = Counts::new();
    for (counts, least) in kinds {
        let all: f64 = counts.values().sum();
        for (word, seen) in counts.iter().filter(|(_, seen)| **seen >= *least) {
            *mixed.entry(word.clone()).or_default() += seen / all * 1e6 / kinds.len() as f64;
        }
    }
    mixed
}

/// One form a line with its class: 0 (or nothing known) to 9 (the commonest),
/// each class four times as common as the one before.
fn write(path: &Path, per_million: &Counts) {
    let mut list = String::new();
    for (word, often) in per_million {
        let class = ((often.max(1e-9).log2() + 4.0) / 2.0)
            .floor()
            .clamp(0.0, 9.0);
        list.push_str(&format!("{word}\t{class}\n"));
    }
    fs::write(path, &list).expect("write");
    println!(
        "{}: {} forms, {} bytes",
        path.display(),
        per_million.len(),
        list.len()
    );
}
