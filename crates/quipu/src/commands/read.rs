//! `quipu read`: takes documents in, or shows what the reader sees.

use std::path::{Path, PathBuf};

use quipu_archive::Archive;
use quipu_pipeline::{Bounds, Options, Summary};

use crate::Done;
use crate::cli::{Format, Read, Reading};
use crate::fault::Fault;
use crate::progress::Bar;
use crate::tools::{self, Kit};
use crate::{commands::look, place};

/// Documents after which search is committed on the way.
const COMMIT_EACH: usize = 20_000;

/// Troubles listed one by one at the end; the archive keeps them all.
const TROUBLES_SHOWN: usize = 40;

pub(crate) fn read(ask: &Read) -> Result<Done, Fault> {
    if ask.dry_run {
        return look::look(ask);
    }
    let folder = place::beside(&ask.place, &ask.paths)?;
    let (_, summary) = take_in(&ask.paths, &folder, &ask.reading)?;
    match ask.format {
        Format::Text => {}
        Format::Json => println!("{}", json(&summary)),
    }
    Ok(if summary.is_clean() {
        Done::All
    } else {
        Done::WithTroubles
    })
}

/// Takes documents in and says what came of it.
pub(crate) fn take_in(
    paths: &[PathBuf],
    folder: &Path,
    ask: &Reading,
) -> Result<(Archive, Summary), Fault> {
    for path in paths {
        if !path.exists() {
            return Err(Fault::wrong_use(format!("{} is not there", path.display())));
        }
    }
    let kit = Kit::load(ask.packs.as_deref(), ask.ocr, ask.ocr_models.as_deref())?;
    let understanding = kit.understanding()?;
    let stage = kit.stage(&understanding);
    let archive = Archive::open_or_create(folder)
        .map_err(|error| Fault::could_not("the archive cannot be opened", error))?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let options = Options {
        hands: ask.threads.map_or(cores, usize::from),
        workers: tools::workers(ask)?,
        bounds: Bounds::default(),
        stemmers: kit.stemmers(),
        commit_each: COMMIT_EACH,
        stale: true,
        now: &now,
    };
    let mut bar = Bar::new(ask.quiet);
    let summary = quipu_pipeline::take_in(paths, &archive, &stage, &options, &mut bar);
    bar.finish();
    let summary = summary.map_err(|error| Fault::could_not("reading stopped", error))?;
    if !ask.quiet {
        tell(&summary, folder);
    }
    Ok((archive, summary))
}

/// The time for the ledger, whole seconds in UTC.
fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second())
        .unwrap_or(now)
        .to_string()
}

fn tell(summary: &Summary, folder: &Path) {
    let tally = &summary.tally;
    for (path, _, notice) in summary.troubles.iter().take(TROUBLES_SHOWN) {
        let page = notice
            .page
            .map(|page| format!(", page {page}"))
            .unwrap_or_default();
        let next = notice
            .next_step
            .as_ref()
            .map(|step| format!(" {step}"))
            .unwrap_or_default();
        eprintln!("{path}{page}: {}: {}{next}", notice.level, notice.message);
    }
    let more = summary.troubles.len().saturating_sub(TROUBLES_SHOWN);
    if more > 0 {
        eprintln!("and {more} more; the overview of the reading room lists them all");
    }
    eprintln!(
        "{}: {} read, {} unchanged, {} damaged, {} refused; {} of them found inside others",
        folder.display(),
        tally.read,
        tally.unchanged,
        tally.damaged,
        tally.refused,
        tally.parts
    );
    if summary.stopped {
        eprintln!("stopped before the end; the same command goes on from here");
    }
}

fn json(summary: &Summary) -> serde_json::Value {
    let tally = &summary.tally;
    let troubles: Vec<_> = summary
        .troubles
        .iter()
        .map(|(path, source, notice)| {
            serde_json::json!({
                "path": path,
                "source": source.map(|source| source.hex()),
                "level": notice.level.word(),
                "code": notice.code,
                "message": notice.message,
                "next_step": notice.next_step,
                "page": notice.page,
            })
        })
        .collect();
    serde_json::json!({
        "files": tally.files,
        "read": tally.read,
        "unchanged": tally.unchanged,
        "damaged": tally.damaged,
        "refused": tally.refused,
        "parts": tally.parts,
        "stopped": summary.stopped,
        "troubles": troubles,
    })
}
