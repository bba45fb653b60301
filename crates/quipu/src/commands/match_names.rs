//! `quipu match-names`: how alike two writings of a name are, a line a pair.

use std::io::{BufRead as _, Write as _};
use std::path::Path;

use quipu_corpus::{NameMatcher, NameSort};

use crate::Done;
use crate::cli::MatchNames;
use crate::fault::Fault;
use crate::tools;

pub(crate) fn match_names(ask: &MatchNames) -> Result<Done, Fault> {
    let packs = tools::packs(ask.packs.as_deref())?;
    let matcher = NameMatcher::new(&packs).map_err(|error| Fault::wrong_use(error.to_string()))?;
    let mut troubles = false;
    let files: Vec<&Path> = ask.files.iter().map(std::path::PathBuf::as_path).collect();
    if files.is_empty() {
        troubles |= pairs(&matcher, "standard input", &mut std::io::stdin().lock())?;
    }
    for path in files {
        let name = path.display().to_string();
        let file = std::fs::File::open(path)
            .map_err(|error| Fault::could_not(&format!("{name} cannot be opened"), error))?;
        troubles |= pairs(&matcher, &name, &mut std::io::BufReader::new(file))?;
    }
    Ok(if troubles {
        Done::WithTroubles
    } else {
        Done::All
    })
}

/// Prints one likeness for each line; says whether a line was no pair.
fn pairs(
    matcher: &NameMatcher,
    input: &str,
    lines: &mut dyn std::io::BufRead,
) -> Result<bool, Fault> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut troubles = false;
    for (number, line) in (1..).zip(lines.split(b'\n')) {
        let line = line.map_err(|error| Fault::could_not(input, error))?;
        let line = String::from_utf8_lossy(&line);
        let mut parts = line.trim_end_matches('\r').split('\t');
        let sort = parts.next().and_then(NameSort::from_word);
        let likeness = match (sort, parts.next(), parts.next()) {
            (Some(sort), Some(one), Some(other)) => matcher.compare(sort, one, other),
            _ => {
                troubles = true;
                eprintln!(
                    "quipu: {input}, line {number}: no pair of names; write PER, ORG, ANY or OTHER, a tab, a name, a tab, a name"
                );
                0
            }
        };
        let written = writeln!(out, "{}.{:03}", likeness / 1000, likeness % 1000);
        if let Err(error) = written {
            return quiet(&error, troubles);
        }
    }
    match out.flush() {
        Ok(()) => Ok(troubles),
        Err(error) => quiet(&error, troubles),
    }
}

/// A reader that has seen enough is no fault.
fn quiet(error: &std::io::Error, troubles: bool) -> Result<bool, Fault> {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        Ok(troubles)
    } else {
        Err(Fault::could_not("standard output", error))
    }
}
