//! Reads damaged documents by the thousand and says what happened:
//! `mutate [COUNT] [--from N] [--keep FOLDER] [SEED_FOLDER...]`.
//! Seeds are `cases/read`, `demo` and the folders named.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program for the terminal"
)]
#![allow(unsafe_code, reason = "an allocator that counts has to be one")]

#[path = "../tests/mutate/mod.rs"]
mod mutate;

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use quipu_model::Part;
use quipu_packs::Packs;
use quipu_read::{Input, Limits, Tools, Watcher};

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static NUMBER: AtomicU64 = AtomicU64::new(0);
static SINCE: AtomicU64 = AtomicU64::new(0);

struct Counting;

// SAFETY: every call goes to the system's allocator unchanged; only sums are
// kept beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(now, Ordering::Relaxed);
        // SAFETY: as asked of us.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as asked of us.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[derive(Default)]
struct Counter {
    parts: usize,
}

impl Watcher for Counter {
    fn part(&mut self, _part: Part) {
        self.parts += 1;
    }

    fn step(&mut self, _done: u32, _of: u32) {}
}

#[derive(Default)]
struct Tally {
    read: u64,
    refused: u64,
    failed: u64,
    slowest: Duration,
    largest: usize,
}

fn main() {
    let mut count = 20_000u64;
    let mut from = 0u64;
    let mut keep: Option<PathBuf> = None;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut seeds = Vec::new();
    mutate::seeds(&root.join("cases/read"), &mut seeds);
    mutate::seeds(&root.join("demo"), &mut seeds);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--from" {
            from = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(0);
        } else if argument == "--keep" {
            keep = arguments.next().map(PathBuf::from);
        } else if let Ok(number) = argument.parse() {
            count = number;
        } else {
            mutate::seeds(Path::new(&argument), &mut seeds);
        }
    }
    println!("{} seeds, inputs {from} to {}", seeds.len(), from + count);
    let started = Instant::now();
    watch(started);
    std::panic::set_hook(Box::new(|_| {}));
    let packs = Packs::embedded().unwrap_or_default();
    let tools = Tools {
        packs: &packs,
        ocr: None,
        limits: Limits::default(),
    };
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut failures = 0;
    for number in from..from + count {
        let (name, bytes) = mutate::input(&seeds, number);
        NUMBER.store(number, Ordering::Relaxed);
        SINCE.store(started.elapsed().as_millis() as u64, Ordering::Relaxed);
        let before = NOW.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        let begun = Instant::now();
        let input = Input {
            bytes: &bytes,
            name: &name,
        };
        let result = catch_unwind(AssertUnwindSafe(|| {
            let document = quipu_read::read(&input, &tools, &mut Counter::default());
            let peak = PEAK.load(Ordering::Relaxed);
            (quipu_read::check(&document), document, peak)
        }));
        let taken = begun.elapsed();
        let (reader, problem, peak, refused) = match result {
            Ok((check, document, peak)) => {
                let refused = document.worst() == Some(quipu_model::NoticeLevel::Refused);
                (
                    document.transcript.reader.clone(),
                    check.err(),
                    peak,
                    refused,
                )
            }
            Err(panic) => {
                let text = panic.downcast_ref::<String>().cloned();
                let text =
                    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                (
                    "panicked".to_owned(),
                    Some(format!("panic: {}", text.unwrap_or_default())),
                    PEAK.load(Ordering::Relaxed),
                    false,
                )
            }
        };
        let memory = peak.saturating_sub(before);
        let tally = tallies.entry(reader.clone()).or_default();
        tally.read += 1;
        tally.refused += u64::from(refused);
        tally.slowest = tally.slowest.max(taken);
        tally.largest = tally.largest.max(memory);
        let mut problems: Vec<String> = problem.into_iter().collect();
        if taken > Duration::from_secs(10) {
            problems.push(format!("took {taken:?}"));
        }
        if memory > 1 << 30 {
            problems.push(format!("took {} MiB", memory >> 20));
        }
        for problem in problems {
            tally.failed += 1;
            failures += 1;
            println!("FAILED {number} {name} ({reader}): {problem}");
            if let Some(folder) = &keep {
                let base = name.rsplit('/').next().unwrap_or("input");
                std::fs::write(folder.join(format!("{number}-{base}")), &bytes).unwrap();
            }
        }
        if (number + 1) % 1000 == 0 {
            eprintln!(
                "{} done, {:.0} s, {failures} failures",
                number + 1 - from,
                started.elapsed().as_secs_f64()
            );
        }
    }
    println!(
        "{:<14} {:>7} {:>8} {:>7} {:>10} {:>12}",
        "reader", "inputs", "refused", "failed", "slowest", "largest"
    );
    for (reader, tally) in &tallies {
        println!(
            "{reader:<14} {:>7} {:>8} {:>7} {:>8.2} s {:>8} MiB",
            tally.read,
            tally.refused,
            tally.failed,
            tally.slowest.as_secs_f64(),
            tally.largest >> 20
        );
    }
    println!(
        "{count} inputs in {:.0} s, {failures} failures",
        started.elapsed().as_secs_f64()
    );
    std::process::exit(i32::from(failures > 0));
}

/// Ends the program when one input takes a minute, and says which.
fn watch(started: Instant) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let since = Duration::from_millis(SINCE.load(Ordering::Relaxed));
            if started.elapsed().saturating_sub(since) > Duration::from_secs(60)
                && since > Duration::ZERO
            {
                println!("STALLED at input {}", NUMBER.load(Ordering::Relaxed));
                std::process::exit(1);
            }
        }
    });
}
