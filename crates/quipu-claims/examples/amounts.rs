//! Prints the amounts of text files, or what the patterns' own examples do not keep.
//!
//! `amounts [--packs FOLDER] [--lang TAG] [--country XX] [--reference YYYY-MM-DD] (--check | [--speed | --tsv] FILE...)`
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used
)]

mod common;

use std::time::Instant;

use quipu_claims::amounts::{AmountReader, AmountsInput, check, shown};
use quipu_claims::times::{TimeReader, TimesInput, day_of};
use quipu_model::Span;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut packs, mut lang, mut country, mut reference) = (None, None, None, None);
    let (mut checks, mut speed, mut tsv) = (false, false, false);
    let mut files = Vec::new();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--packs" => packs = arguments.next(),
            "--lang" => lang = arguments.next(),
            "--country" => country = arguments.next(),
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
    let (times, amounts) = (
        TimeReader::new(&packs).unwrap(),
        AmountReader::new(&packs).unwrap(),
    );
    for file in files {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        let all = [(
            Span::from_usize(0, text.len()),
            lang.as_deref().unwrap_or(""),
        )];
        let languages: &[_] = if lang.is_some() { &all } else { &[] };
        let times = times.read(&TimesInput {
            text: &text,
            languages,
            reference,
            ..TimesInput::default()
        });
        let start = Instant::now();
        let found = amounts.read(&AmountsInput {
            text: &text,
            languages,
            times: &times.value,
            reference,
            country: country.as_deref(),
            ..AmountsInput::default()
        });
        let took = start.elapsed();
        let words = text.split_whitespace().count();
        println!(
            "== {file}: {words} words, {} amounts in {took:?}, {:.2} million words a second",
            found.value.len(),
            words as f64 / took.as_secs_f64() / 1e6
        );
        for amount in found.value.iter().filter(|_| !speed) {
            let range = amount.span.range();
            let from = text.floor_char_boundary(range.start.saturating_sub(40));
            let to = text.ceil_char_boundary((range.end + 30).min(text.len()));
            let around = format!(
                "{}[{}]{}",
                &text[from..range.start],
                &text[range.clone()],
                &text[range.end..to]
            )
            .replace(['\n', '\r', '\t'], " ");
            let source = amount.unit_from.map_or("", |source| source.word());
            if tsv {
                println!("{}\t{}\t{}", range.start, range.end, shown(amount));
                continue;
            }
            println!(
                "{around:100} {} {} {source} {:?} ({})",
                amount.kind,
                shown(amount),
                amount.unit_choices,
                amount.rule
            );
        }
    }
}
