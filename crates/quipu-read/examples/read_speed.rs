//! How fast folders are read, one thread:
//! `read_speed [TIMES] FOLDER...` prints documents and megabytes a second for
//! each media type. Without packs it times the readers alone; with `--packs`
//! everything that reading does.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

#[path = "../tests/mutate/mod.rs"]
#[allow(dead_code, reason = "only its way of finding files is used")]
mod mutate;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use quipu_packs::Packs;
use quipu_read::{Input, Limits, Silent, Tools};

fn main() {
    let mut times = 5u32;
    let mut packs = Packs::default();
    let mut files = Vec::new();
    for argument in std::env::args().skip(1) {
        if let Ok(number) = argument.parse() {
            times = number;
        } else if argument == "--packs" {
            packs = Packs::embedded().unwrap_or_default();
        } else if Path::new(&argument).is_dir() {
            mutate::seeds(Path::new(&argument), &mut files);
        } else if let Ok(bytes) = std::fs::read(&argument) {
            files.push(mutate::Seed {
                name: argument,
                bytes,
            });
        } else {
            eprintln!("{argument} cannot be read");
        }
    }
    let tools = Tools {
        packs: &packs,
        ocr: None,
        limits: Limits::default(),
    };
    let mut sums: BTreeMap<String, (u32, usize, Duration)> = BTreeMap::new();
    for file in &files {
        for _ in 0..times {
            let input = Input {
                bytes: &file.bytes,
                name: &file.name,
            };
            let begun = Instant::now();
            let document = quipu_read::read(&input, &tools, &mut Silent::default());
            let sum = sums.entry(document.media_type).or_default();
            sum.0 += 1;
            sum.1 += file.bytes.len();
            sum.2 += begun.elapsed();
        }
    }
    for (media_type, (count, bytes, taken)) in &sums {
        let seconds = taken.as_secs_f64().max(1e-9);
        println!(
            "{:>10.1} docs/s {:>8.2} MB/s {count:>6} reads  {media_type}",
            f64::from(*count) / seconds,
            *bytes as f64 / 1e6 / seconds
        );
    }
}
