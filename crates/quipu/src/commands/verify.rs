//! `quipu verify`: proves that nothing given was lost or altered.

use quipu_archive::Report;

use crate::Done;
use crate::cli::{Format, Verify};
use crate::fault::Fault;
use crate::place;

pub(crate) fn verify(ask: &Verify) -> Result<Done, Fault> {
    let archive = place::existing(&ask.place)?;
    let report = quipu_archive::verify(&archive, &mut |_| {})
        .map_err(|error| Fault::could_not("the archive cannot be verified", error))?;
    match ask.format {
        Format::Json => println!("{}", json(&report)),
        Format::Text => tell(&report),
    }
    Ok(if report.problems.is_empty() {
        Done::All
    } else {
        Done::WithTroubles
    })
}

fn tell(report: &Report) {
    for problem in &report.problems {
        let entry = problem
            .entry
            .map(|entry| format!(", entry {entry}"))
            .unwrap_or_default();
        println!(
            "{}{entry}: {}: {} Next: {}.",
            problem.path.display(),
            problem.kind.word(),
            problem.message,
            problem.next_step.trim_end_matches('.')
        );
    }
    if report.unsealed > 0 {
        println!(
            "{} entries stand behind the seal (a crash came between); the next reading seals them",
            report.unsealed
        );
    }
    if report.torn_bytes > 0 {
        println!(
            "{} bytes of an entry that was never finished; the next reading drops them",
            report.torn_bytes
        );
    }
    println!(
        "{} sources, {} bytes, {} ledger entries, {} decisions: {}",
        report.sources,
        report.bytes,
        report.entries,
        report.decisions,
        if report.is_whole() {
            "all that was given is whole"
        } else {
            "NOT whole"
        }
    );
    if let Some(seal) = &report.seal {
        println!("seal {}", seal.written());
    }
}

fn json(report: &Report) -> serde_json::Value {
    let problems: Vec<_> = report
        .problems
        .iter()
        .map(|problem| {
            serde_json::json!({
                "kind": problem.kind.word(),
                "path": problem.path.display().to_string(),
                "entry": problem.entry,
                "source": problem.source.map(|source| source.hex()),
                "message": problem.message,
                "next_step": problem.next_step,
            })
        })
        .collect();
    serde_json::json!({
        "whole": report.is_whole(),
        "sources": report.sources,
        "bytes": report.bytes,
        "entries": report.entries,
        "decisions": report.decisions,
        "seal": report.seal.as_ref().map(|seal| seal.written()),
        "problems": problems,
    })
}
