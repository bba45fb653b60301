//! Prints what reading makes of files: fields, zones, repairs, languages.
//!
//! ```text
//! cargo run -p quipu-read --example describe -- FILE...
//! QUIPU_PACKS=. cargo run -p quipu-read --example describe -- FILE...
//! ```
#![allow(clippy::print_stdout, clippy::expect_used)]

use std::time::Instant;

use quipu_packs::{PackFiles, Packs};
use quipu_read::{Input, Limits, Silent, Tools};

fn main() {
    let start = Instant::now();
    // Rules can be tried without building anew.
    let packs = match std::env::var_os("QUIPU_PACKS") {
        Some(folder) => Packs::load(&PackFiles::from_folder(folder.as_ref()).expect("a folder")),
        None => Packs::embedded(),
    };
    let packs = packs.expect("packs");
    println!(
        "packs loaded in {:.1} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    for broken in packs
        .check()
        .iter()
        .chain(&quipu_read::check_repair(&packs))
    {
        println!("broken: {broken}");
    }
    let tools = Tools {
        packs: &packs,
        ocr: None,
        limits: Limits::default(),
    };
    for name in std::env::args().skip(1) {
        let bytes = std::fs::read(&name).expect("file");
        let input = Input {
            bytes: &bytes,
            name: &name,
        };
        let document = quipu_read::read(&input, &tools, &mut Silent::default());
        println!(
            "== {name} ({}, {} bytes of text)",
            document.media_type,
            document.repaired.text.len()
        );
        for field in &document.fields {
            println!(
                "{:?} {} = {} [{}]",
                field.origin, field.name, field.value, field.rule
            );
        }
        for zone in &document.zones {
            let words = zone.span.of(&document.repaired.text).unwrap_or_default();
            println!(
                "{} [{}]: {}",
                zone.kind,
                zone.rule,
                words.replace('\n', " ⏎ ")
            );
        }
        for edit in document.repaired.map.edits() {
            let before = edit
                .transcribed
                .of(&document.transcript.text)
                .unwrap_or_default();
            let after = edit
                .repaired
                .of(&document.repaired.text)
                .unwrap_or_default();
            println!("{} {before:?} -> {after:?} [{}]", edit.kind, edit.rule);
        }
        let told = |tag: Option<&str>| {
            document
                .sentences
                .iter()
                .filter(|s| s.language.as_deref() == tag)
                .count()
        };
        println!(
            "sentences: en {}, es {}, none {}",
            told(Some("en")),
            told(Some("es")),
            told(None)
        );
    }
}
