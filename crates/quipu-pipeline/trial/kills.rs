//! Killing a run again and again, and comparing what comes out at the end with
//! a run that was left alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::documents::{Numbers, make};
use crate::{Trouble, export, run};

/// Kills `times` runs at moments taken from `seed`, spread over the time one
/// run takes, beginning a fresh archive whenever one is complete.
pub(crate) fn kills(work: &Path, times: u64, documents: u64, seed: u64) -> Result<(), Trouble> {
    let program = std::env::current_exe()?;
    let sources = work.join("documents");
    let calm = work.join("calm.quipu");
    let killed = work.join("killed.quipu");
    for old in [&sources, &calm, &killed] {
        if old.exists() {
            fs::remove_dir_all(old)?;
        }
    }
    make(&sources, documents, seed)?;
    let start = Instant::now();
    let summary = run(&calm, &sources, 2, false)?;
    let whole = start.elapsed();
    let mut wanted = Vec::new();
    export(&calm, &mut wanted)?;
    println!(
        "undisturbed: {} documents in {:.1} s, export of {} bytes",
        summary.tally.documents(),
        whole.as_secs_f64(),
        wanted.len()
    );

    let mut numbers = Numbers(seed);
    let (mut done, mut finished, mut in_a_row) = (0, 0u64, 0u64);
    while done < times {
        let hands = [1, 2, 8][usize::try_from(numbers.below(3))?];
        let mut child = Command::new(&program)
            .arg("run")
            .arg(&killed)
            .arg(&sources)
            .args(["--hands", &hands.to_string()])
            .stdout(Stdio::null())
            .spawn()?;
        // Later kills of one archive come sooner, so that all of its life is hit.
        let micros = u64::try_from(whole.as_micros())? / (1 + in_a_row % 4);
        let wait = Duration::from_micros(numbers.below(micros));
        let deadline = Instant::now() + wait;
        let mut ended = None;
        while Instant::now() < deadline && ended.is_none() {
            std::thread::sleep(Duration::from_micros(300));
            ended = child.try_wait()?;
        }
        match ended {
            None => {
                child.kill()?;
                child.wait()?;
                done += 1;
                in_a_row += 1;
                if done % 10 == 0 {
                    same_given(&killed)?;
                    println!("{done} kills, {finished} archives completed between");
                }
            }
            Some(status) if status.success() => {
                compare(&killed, &wanted)?;
                finished += 1;
                in_a_row = 0;
                fs::remove_dir_all(&killed)?;
            }
            Some(status) => return Err(format!("a run ended with {status}").into()),
        }
    }
    run(&killed, &sources, 2, false)?;
    compare(&killed, &wanted)?;
    println!(
        "{done} kills, {} archives compared: every one verified and equal, byte for byte",
        finished + 1
    );
    Ok(())
}

/// Right after a kill nothing given may be wrong: at most something was not
/// yet acknowledged.
fn same_given(archive: &Path) -> Result<(), Trouble> {
    let archive = match quipu_archive::Archive::open(archive) {
        Ok(archive) => archive,
        // Killed before the archive had begun.
        Err(quipu_archive::ArchiveError::NotAnArchive { .. }) => return Ok(()),
        Err(other) => return Err(other.into()),
    };
    let report = quipu_archive::verify(&archive, &mut |_| {})?;
    let bad = report.problems.iter().find(|problem| {
        // Originals of the batch that was being put away are taken out by the
        // next run.
        problem.kind != quipu_archive::ProblemKind::Extra
    });
    match bad {
        None => Ok(()),
        Some(problem) => Err(format!("after a kill: {problem:?}").into()),
    }
}

fn compare(archive: &Path, wanted: &[u8]) -> Result<(), Trouble> {
    let report = quipu_archive::verify(&quipu_archive::Archive::open(archive)?, &mut |_| {})?;
    if let Some(problem) = report.problems.first() {
        return Err(format!("not whole: {problem:?}").into());
    }
    let mut found = Vec::new();
    export(archive, &mut found)?;
    if found == wanted {
        Ok(())
    } else {
        let at = found.iter().zip(wanted).take_while(|(a, b)| a == b).count();
        let from = at.saturating_sub(100);
        let cut = |bytes: &[u8]| {
            let end = bytes.len().min(at + 200);
            String::from_utf8_lossy(bytes.get(from..end).unwrap_or_default()).into_owned()
        };
        Err(format!(
            "exports differ at byte {at}:\n{}\n-- wanted --\n{}",
            cut(&found),
            cut(wanted)
        )
        .into())
    }
}
