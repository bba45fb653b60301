//! Reads damaged documents by the thousand and says what happened:
//! `mutate [COUNT] [--from N] [--keep FOLDER] [--ocr rten|tesseract] [--as-is] [SEED_FOLDER...]`.
//! Seeds are `cases/read`, `demo` and the folders named. With an engine only
//! pictures and PDFs are taken, and ten seconds are what one page may take. With
//! `--as-is` only what is in the folders named is read, once, undamaged. Time is
//! the processor's, where the system tells it: other work on the machine is not
//! the reader's fault.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
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
use quipu_read::ocr::{OcrEngine, RtenEngine, Tesseract, find_models, search_folders};
use quipu_read::{Format, Input, Limits, Tools, Watcher, detect};

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

/// Sees how long each step takes.
struct Counter {
    started: Instant,
    /// The page last told of.
    pages: u32,
    parts: usize,
    last: Duration,
    longest: Duration,
}

/// How long this program and those it started have computed; the time of day
/// where the system does not tell.
fn work(started: Instant) -> Duration {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let numbers = status.rsplit_once(')').map_or("", |(_, numbers)| numbers);
    let times = numbers.split_whitespace().skip(11).take(4);
    let times: Vec<u64> = times.filter_map(|time| time.parse().ok()).collect();
    if times.is_empty() {
        return started.elapsed();
    }
    Duration::from_millis(times.iter().sum::<u64>() * 10)
}

impl Counter {
    fn new(started: Instant) -> Self {
        Self {
            started,
            pages: 0,
            parts: 0,
            last: work(started),
            longest: Duration::ZERO,
        }
    }
}

impl Watcher for Counter {
    fn part(&mut self, _part: Part) {
        self.parts += 1;
    }

    /// Engines tell of a page while they read it, too: it is the same page.
    fn step(&mut self, done: u32, _of: u32) {
        let now = work(self.started);
        self.longest = self.longest.max(now.saturating_sub(self.last));
        if done != self.pages {
            self.pages = done;
            self.last = now;
        }
    }
}

/// The engine of this name, computing on one thread as the program does.
fn engine(name: &str) -> Box<dyn OcrEngine> {
    if name == "tesseract" {
        return Box::new(Tesseract::find().expect("the program tesseract"));
    }
    let program = std::env::current_exe().ok();
    let folders = search_folders(None, program.as_deref(), &|name| std::env::var_os(name));
    let files = find_models(&folders).unwrap().expect("OCR models");
    Box::new(RtenEngine::new(files, 1))
}

fn is_picture(seed: &mutate::Seed) -> bool {
    let (bytes, name) = (seed.bytes.as_slice(), seed.name.as_str());
    let format = detect(&Input { bytes, name });
    format == Format::Pdf || format.media_type().starts_with("image/")
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
    let mut as_is = false;
    let mut ocr: Option<Box<dyn OcrEngine>> = None;
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
        } else if argument == "--as-is" {
            as_is = true;
            seeds.clear();
        } else if argument == "--ocr" {
            ocr = arguments.next().map(|name| engine(&name));
        } else if let Ok(number) = argument.parse() {
            count = number;
        } else {
            mutate::seeds(Path::new(&argument), &mut seeds);
        }
    }
    if ocr.is_some() {
        seeds.retain(is_picture);
    }
    if as_is {
        (from, count) = (0, seeds.len() as u64);
    }
    println!("{} seeds, inputs {from} to {}", seeds.len(), from + count);
    let started = Instant::now();
    watch(started);
    std::panic::set_hook(Box::new(|_| {}));
    let packs = Packs::embedded().unwrap_or_default();
    let tools = Tools {
        packs: &packs,
        ocr: ocr.as_deref(),
        limits: Limits::default(),
    };
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut failures = 0;
    for number in from..from + count {
        let (name, bytes) = if as_is {
            let seed = &seeds[number as usize];
            (seed.name.clone(), seed.bytes.clone())
        } else {
            mutate::input(&seeds, number)
        };
        NUMBER.store(number, Ordering::Relaxed);
        SINCE.store(started.elapsed().as_millis() as u64, Ordering::Relaxed);
        let before = NOW.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        let begun = work(started);
        let input = Input {
            bytes: &bytes,
            name: &name,
        };
        let result = catch_unwind(AssertUnwindSafe(|| {
            let mut counter = Counter::new(started);
            let document = quipu_read::read(&input, &tools, &mut counter);
            counter.step(0, 0);
            let peak = PEAK.load(Ordering::Relaxed);
            (quipu_read::check(&document), document, peak, counter)
        }));
        let mut taken = work(started).saturating_sub(begun);
        let (reader, problem, peak, refused) = match result {
            Ok((check, document, peak, counter)) => {
                if ocr.is_some() {
                    taken = counter.longest;
                }
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
        if as_is {
            println!("{taken:>8.2?} {:>5} MiB  {name}", memory >> 20);
        }
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
            if started.elapsed().saturating_sub(since) > Duration::from_secs(600)
                && since > Duration::ZERO
            {
                println!("STALLED at input {}", NUMBER.load(Ordering::Relaxed));
                std::process::exit(1);
            }
        }
    });
}
