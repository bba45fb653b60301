//! Damaged documents of every format: no panic escapes, the rules hold, and
//! none takes long. `cargo run --release -p quipu-read --example mutate` runs
//! 20,000 and measures memory too.

mod mutate;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use quipu_model::Part;
use quipu_packs::Packs;
use quipu_read::{Input, Limits, Tools, Watcher};

/// How many inputs the daily tests try.
const COUNT: u64 = 500;

struct Nobody;

impl Watcher for Nobody {
    fn part(&mut self, _part: Part) {}

    fn step(&mut self, _done: u32, _of: u32) {}
}

#[test]
fn damaged_documents_are_read_within_bounds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut seeds = Vec::new();
    mutate::seeds(&root.join("cases/read"), &mut seeds);
    assert!(!seeds.is_empty(), "no seed was found");
    let packs = Packs::default();
    let tools = Tools {
        packs: &packs,
        ocr: None,
        limits: Limits::default(),
    };
    let mut failures = Vec::new();
    for number in 0..COUNT {
        let (name, bytes) = mutate::input(&seeds, number);
        let started = Instant::now();
        let input = Input {
            bytes: &bytes,
            name: &name,
        };
        let result = catch_unwind(AssertUnwindSafe(|| {
            quipu_read::check(&quipu_read::read(&input, &tools, &mut Nobody))
        }));
        match result {
            Err(_) => failures.push(format!("{number} ({name}): a panic escaped")),
            Ok(Err(rule)) => failures.push(format!("{number} ({name}): {rule}")),
            Ok(Ok(())) => {}
        }
        if started.elapsed() > Duration::from_secs(10) {
            failures.push(format!("{number} ({name}): took {:?}", started.elapsed()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
