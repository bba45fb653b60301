//! Prints what the reader sees in files: every block with its kind, tables as
//! rows of cells, notices. `--ocr` reads scans with the engine that is there
//! (`QUIPU_OCR_MODELS` names the folder of its models), `--text` prints the bare transcript, `--time` only
//! how long it took.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use std::time::Instant;

use quipu_packs::Packs;
use quipu_read::{Input, Limits, Silent, Tools, read};

fn main() {
    let (flags, names): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let has = |flag: &str| flags.iter().any(|given| given == flag);
    let packs = Packs::default();
    let folders = quipu_read::ocr::search_folders(None, None, &|name| std::env::var_os(name));
    let engine = if has("--ocr") {
        quipu_read::ocr::choose(&folders, 2).ok().flatten()
    } else {
        None
    };
    let tools = Tools {
        packs: &packs,
        ocr: engine.as_deref(),
        limits: Limits::default(),
    };
    let started = Instant::now();
    let mut pages = 0;
    for name in &names {
        let bytes = match std::fs::read(name) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{name}: {error}");
                continue;
            }
        };
        let mut watcher = Silent::default();
        let input = Input {
            bytes: &bytes,
            name,
        };
        let document = read(&input, &tools, &mut watcher);
        pages += document.transcript.pages.len();
        if let Err(broken) = quipu_read::check(&document) {
            println!("BROKEN RULE in {name}: {broken}");
        }
        if has("--time") {
            continue;
        }
        let text = &document.transcript.text;
        if has("--text") {
            println!("{text}");
            continue;
        }
        println!("=== {name} ({})", document.media_type);
        for notice in &document.notices {
            println!("! {notice:?}");
        }
        for field in &document.fields {
            println!("# {} = {}", field.name, field.value);
        }
        for part in &watcher.parts {
            println!("+ {} ({} bytes)", part.name, part.bytes.len());
        }
        let mut page = 0;
        for block in &document.transcript.blocks {
            let now = block.place.page.unwrap_or_default();
            if now != page {
                page = now;
                println!("--- page {page}");
            }
            let words = block.span.of(text).unwrap_or_default();
            println!("[{:?}] {}", block.kind, words.replace('\t', " | "));
        }
    }
    if has("--time") {
        let seconds = started.elapsed().as_secs_f64();
        println!("{pages} pages in {seconds:.3} s");
    }
}
