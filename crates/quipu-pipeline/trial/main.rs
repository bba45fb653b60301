//! A program that reads generated documents through the real machinery, to be
//! killed, watched and timed. It is not shipped.
//!
//! `make FOLDER COUNT SEED`, `run ARCHIVE FOLDER [--hands N] [--here]`,
//! `export ARCHIVE`, `verify ARCHIVE`, `worker`,
//! `kills WORK [--times N] [--documents N] [--seed N]`,
//! `scale WORK [--documents N]`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod documents;
mod kills;
mod reader;
mod scale;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use quipu_archive::{Archive, Stemmers};
use quipu_model::Layout;
use quipu_pipeline::{Bounds, Options, Quiet, Summary, Workers, serve_worker, take_in};

pub(crate) type Trouble = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    match act(&command, &rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("pipeline-trial {command}: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn act(command: &str, rest: &[String]) -> Result<(), Trouble> {
    match command {
        "worker" => Ok(serve_worker(&reader::TrialReader, Some(256 << 20))?),
        "make" => {
            let count = place(rest, 1)?.parse()?;
            let seed = place(rest, 2)?.parse()?;
            Ok(documents::make(Path::new(place(rest, 0)?), count, seed)?)
        }
        "run" => {
            let hands = option(rest, "--hands", 2)?;
            let here = rest.iter().any(|word| word == "--here");
            let summary = run(
                Path::new(place(rest, 0)?),
                Path::new(place(rest, 1)?),
                usize::try_from(hands)?,
                here,
            )?;
            println!("{:?}", summary.tally);
            Ok(())
        }
        "export" => {
            export(Path::new(place(rest, 0)?), &mut std::io::stdout().lock())?;
            Ok(())
        }
        "verify" => {
            let archive = Archive::open(Path::new(place(rest, 0)?))?;
            let report = quipu_archive::verify(&archive, &mut |_| {})?;
            for problem in &report.problems {
                println!("{}: {}", problem.path.display(), problem.message);
            }
            if report.problems.is_empty() {
                Ok(())
            } else {
                Err("the archive is not whole".into())
            }
        }
        "kills" => kills::kills(
            Path::new(place(rest, 0)?),
            option(rest, "--times", 200)?,
            option(rest, "--documents", 2000)?,
            option(rest, "--seed", 1)?,
        ),
        "scale" => scale::scale(
            Path::new(place(rest, 0)?),
            option(rest, "--documents", 100_000)?,
        ),
        other => Err(format!("unknown command {other:?}").into()),
    }
}

fn place(rest: &[String], at: usize) -> Result<&str, Trouble> {
    let found = rest.get(at).map(String::as_str);
    found.ok_or_else(|| "an argument is missing".into())
}

fn option(rest: &[String], name: &str, otherwise: u64) -> Result<u64, Trouble> {
    match rest.iter().position(|word| word == name) {
        Some(at) => Ok(place(rest, at + 1)?.parse()?),
        None => Ok(otherwise),
    }
}

/// One run of taking in, as the real program does it.
pub(crate) fn run(
    archive: &Path,
    folder: &Path,
    hands: usize,
    here: bool,
) -> Result<Summary, Trouble> {
    let archive = Archive::open_or_create(archive)?;
    let workers = if here {
        Workers::Here
    } else {
        Workers::Processes {
            program: std::env::current_exe()?,
            arguments: vec!["worker".into()],
            silence: Duration::from_secs(5),
        }
    };
    let options = Options {
        hands,
        workers,
        bounds: Bounds {
            depth: 3,
            parts: 40,
            bytes: 1 << 20,
        },
        stemmers: Stemmers::new([("en", "english"), ("es", "spanish")]),
        commit_each: 10_000,
        stale: true,
        now: &|| "2026-01-01T00:00:00Z".to_owned(),
    };
    let paths = [PathBuf::from(folder)];
    let reader = reader::TrialReader;
    Ok(take_in(&paths, &archive, &reader, &options, &mut Quiet)?)
}

/// Everything an archive tells, in an order that depends on nothing but what it
/// holds: for comparing archives byte for byte.
pub(crate) fn export(archive: &Path, out: &mut dyn std::io::Write) -> Result<(), Trouble> {
    let snapshot = Archive::open(archive)?.snapshot()?;
    snapshot.each_document::<Trouble>(|document| {
        writeln!(
            out,
            "{} {} {:?} {:?} {:?}",
            document.line.source,
            document.line.path,
            document.line.title,
            document
                .places
                .iter()
                .map(|place| (&place.path, place.container))
                .collect::<Vec<_>>(),
            document.parts,
        )?;
        out.write_all(&document.read.to_bytes())?;
        out.write_all(&document.reading.to_bytes())?;
        out.write_all(b"\n")?;
        Ok(())
    })?;
    let overview = snapshot.overview(1000)?;
    writeln!(out, "{overview:?}")?;
    Ok(())
}
