//! Prints the times of text files, or what the patterns' own examples do not keep.
//!
//! `times [--packs FOLDER] [--lang TAG] [--reference YYYY-MM-DD] (--check | [--speed | --tsv] FILE...)`
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used
)]

mod common;

use std::time::Instant;

use quipu_claims::times::{TimeReader, TimesInput, check, day_of, day_text};
use quipu_model::Span;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut packs = None;
    let (mut lang, mut reference) = (None, None);
    let (mut checks, mut speed, mut tsv) = (false, false, false);
    let mut files = Vec::new();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--packs" => packs = arguments.next(),
            "--lang" => lang = arguments.next(),
            "--reference" => reference = arguments.next().and_then(|day| day_of(&day)),
            "--check" => checks = true,
            "--speed" => speed = true,
            "--tsv" => tsv = true,
            _ => files.push(argument),
        }
    }
    let packs = common::packs(packs);
    if checks {
        let broken = check(&packs).unwrap_or_else(|error| {
            println!("{error}");
            std::process::exit(1);
        });
        for broken in &broken {
            println!("{broken}");
        }
        println!("{} broken", broken.len());
        return;
    }
    let start = Instant::now();
    let reader = TimeReader::new(&packs).unwrap();
    eprintln!("made ready in {:?}", start.elapsed());
    for file in files {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        let all = [(
            Span::from_usize(0, text.len()),
            lang.as_deref().unwrap_or(""),
        )];
        let input = TimesInput {
            text: &text,
            languages: if lang.is_some() { &all } else { &[] },
            reference,
            ..TimesInput::default()
        };
        let start = Instant::now();
        let found = reader.read(&input);
        let took = start.elapsed();
        if speed {
            let words = text.split_whitespace().count();
            println!(
                "{file}: {words} words, {} times, {took:?}, {:.2} million words a second",
                found.value.len(),
                words as f64 / took.as_secs_f64() / 1e6
            );
            continue;
        }
        if tsv {
            for time in &found.value {
                println!(
                    "{}\t{}\t{}",
                    time.value
                        .as_written
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" "),
                    time.value.edtf,
                    time.value.timex
                );
            }
            continue;
        }
        println!("== {file}: {} times in {took:?}", found.value.len());
        for time in &found.value {
            let range = time.span.range();
            let (mut from, mut to) = (
                range.start.saturating_sub(30),
                (range.end + 30).min(text.len()),
            );
            while !text.is_char_boundary(from) {
                from -= 1;
            }
            while !text.is_char_boundary(to) {
                to += 1;
            }
            let around = format!(
                "{}[{}]{}",
                &text[from..range.start],
                &text[range.clone()],
                &text[range.end..to]
            )
            .replace(['\n', '\r', '\t'], " ");
            let day = |day: Option<i64>| day.map_or("..".to_owned(), day_text);
            let origin = match (time.value.anchored_on, time.value.reference) {
                (Some(span), _) => format!(" <- {:?}", span.of(&text).unwrap()),
                (None, Some(day)) => format!(" <- {}", day_text(day)),
                _ => String::new(),
            };
            println!(
                "{around:90} {} {} | {} | {}..{}{origin} ({})",
                time.kind.word(),
                time.value.timex,
                time.value.edtf,
                day(time.value.earliest),
                day(time.value.latest),
                time.rule
            );
        }
        for notice in &found.notices {
            println!("! {}", notice.message);
        }
    }
}
