//! Many small documents: how fast, how much memory, how fast search answers,
//! how long ten more take.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use quipu_archive::{Archive, Matching, Query, Request, Word};

use crate::Trouble;
use crate::documents::{Numbers, text, word};

/// Runs the whole and prints figures.
pub(crate) fn scale(work: &Path, documents: u64) -> Result<(), Trouble> {
    let sources = work.join("documents");
    let more = work.join("more");
    let archive = work.join("scale.quipu");
    for old in [&archive, &more] {
        if old.exists() {
            fs::remove_dir_all(old)?;
        }
    }
    if !sources.join(format!("made-{documents}")).exists() {
        if sources.exists() {
            fs::remove_dir_all(&sources)?;
        }
        plain(&sources, 0, documents)?;
        fs::write(sources.join(format!("made-{documents}")), "made")?;
    }
    plain(&more, documents, 10)?;

    let (seconds, peak) = timed(&archive, &sources)?;
    println!("documents            {documents}");
    println!(
        "read and searchable  {seconds:.1} s, {:.0} documents/s",
        documents as f64 / seconds
    );
    println!("peak memory of all   {:.0} MB", peak as f64 / 1e6);
    println!(
        "archive on disk      {:.0} MB",
        size(&archive)? as f64 / 1e6
    );
    let (seconds, _) = timed(&archive, &sources)?;
    println!("same again           {seconds:.2} s");
    let (seconds, _) = timed(&archive, &more)?;
    println!("ten more             {seconds:.2} s");
    let (seconds, _) = timed(&archive, &more)?;
    println!("ten again            {seconds:.2} s");
    search(&archive, documents)
}

fn plain(folder: &Path, from: u64, count: u64) -> Result<(), Trouble> {
    for number in from..from + count {
        let below = folder.join(format!("{:03}", number / 1000));
        if number % 1000 == 0 || number == from {
            fs::create_dir_all(&below)?;
        }
        fs::write(below.join(format!("{number:06}.txt")), text(number, 7))?;
    }
    Ok(())
}

/// One run in a process of its own; the most memory that it and its workers
/// held at once, sampled often.
fn timed(archive: &Path, sources: &Path) -> Result<(f64, u64), Trouble> {
    let start = Instant::now();
    let mut child = Command::new(std::env::current_exe()?)
        .arg("run")
        .arg(archive)
        .arg(sources)
        .args(["--hands", "2"])
        .stdout(Stdio::null())
        .spawn()?;
    let mut peak = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak = peak.max(resident(child.id()));
        std::thread::sleep(Duration::from_millis(20));
    };
    let seconds = start.elapsed().as_secs_f64();
    if status.success() {
        Ok((seconds, peak))
    } else {
        Err(format!("the run ended with {status}").into())
    }
}

/// Resident bytes of a process and its children. Pages of mapped files count
/// with it, although the system can take them back.
fn resident(process: u32) -> u64 {
    let own = |process: &str| -> u64 {
        let text = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
        kib.unwrap_or(0) * 1024
    };
    let mut all = own(&process.to_string());
    let tasks = fs::read_dir(format!("/proc/{process}/task"));
    for task in tasks.into_iter().flatten().flatten() {
        let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
        all += children.split_whitespace().map(own).sum::<u64>();
    }
    all
}

fn size(folder: &Path) -> Result<u64, Trouble> {
    let mut all = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let meta = entry.metadata()?;
            if meta.is_dir() {
                folders.push(entry.path());
            } else {
                all += meta.len();
            }
        }
    }
    Ok(all)
}

fn search(archive: &Path, documents: u64) -> Result<(), Trouble> {
    let start = Instant::now();
    let snapshot = Archive::open(archive)?.snapshot()?;
    println!(
        "open to read         {:.1} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    let overview = snapshot.overview(50)?;
    if overview.searchable < documents {
        return Err(format!("only {} documents can be searched", overview.searchable).into());
    }
    let mut numbers = Numbers(99);
    let mut every: Vec<f64> = Vec::new();
    for kind in [
        "word", "phrase", "and", "near", "prefix", "fuzzy", "dates", "all",
    ] {
        let mut times = Vec::new();
        let mut found = 0;
        for _ in 0..200 {
            let query = question(kind, &mut numbers);
            let start = Instant::now();
            let answer = snapshot.search(&Request::new(query))?;
            for hit in &answer.hits {
                snapshot.line(hit.source)?;
            }
            times.push(start.elapsed().as_secs_f64() * 1e3);
            found += answer.total;
        }
        every.extend(&times);
        let (p50, p95) = (part(&mut times, 50), part(&mut times, 95));
        println!(
            "search {kind:<8}      p50 {p50:.2} ms, p95 {p95:.2} ms, {} found each",
            found / 200
        );
    }
    let (p50, p95) = (part(&mut every, 50), part(&mut every, 95));
    println!(
        "search over all      p50 {p50:.2} ms, p95 {p95:.2} ms (first twenty hits with their lines, all facets)"
    );
    Ok(())
}

fn question(kind: &str, numbers: &mut Numbers) -> Query {
    let mut any = || Word::new(&word(numbers));
    match kind {
        "phrase" => Query::Phrase(vec![any(), any()]),
        "and" => Query::And(vec![Query::Word(any()), Query::Word(any())]),
        "near" => Query::Near {
            items: vec![vec![any()], vec![any()]],
            distance: 5,
        },
        "prefix" | "fuzzy" => {
            let mut word = any();
            if kind == "prefix" {
                word.text = word.text.chars().take(4).collect();
                word.matching = Matching::Prefix;
            } else {
                word.matching = Matching::Fuzzy(1);
            }
            Query::Word(word)
        }
        "dates" => {
            let word = Query::Word(any());
            let from = numbers.below(10_000) as i64;
            let dates = Query::Dates {
                from: Some(from),
                to: Some(from + 700),
            };
            Query::And(vec![word, dates])
        }
        "all" => Query::All,
        _ => Query::Word(any()),
    }
}

/// The value below which so many of a hundred lie.
fn part(times: &mut [f64], hundredths: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = (times.len() * hundredths / 100).min(times.len().saturating_sub(1));
    times.get(at).copied().unwrap_or_default()
}
