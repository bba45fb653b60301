//! Where the archive is, when nobody says.

use std::path::{Path, PathBuf};

use quipu_archive::Archive;

use crate::cli::Where;
use crate::fault::Fault;

/// The archive named, or `NAME.quipu` beside the first path.
pub(crate) fn beside(place: &Where, paths: &[PathBuf]) -> Result<PathBuf, Fault> {
    if let Some(named) = &place.archive {
        return Ok(named.clone());
    }
    let first = paths
        .first()
        .ok_or_else(|| Fault::wrong_use("name a file or folder to read"))?;
    let whole = std::path::absolute(first).unwrap_or_else(|_| first.clone());
    let name = whole.file_name().ok_or_else(|| {
        Fault::wrong_use(format!(
            "{} has no name of its own; say --archive",
            first.display()
        ))
    })?;
    let mut name = name.to_os_string();
    name.push(".quipu");
    Ok(whole.with_file_name(name))
}

/// An archive that is there: the one named, or the only one in this folder.
pub(crate) fn existing(place: &Where) -> Result<Archive, Fault> {
    let folder = match &place.archive {
        Some(named) => named.clone(),
        None => only_one_here()?,
    };
    if !folder.exists() {
        return Err(Fault::wrong_use(format!(
            "there is no archive {}; make one with: quipu read PATH --archive {}",
            folder.display(),
            folder.display()
        )));
    }
    Archive::open(&folder).map_err(|error| Fault::could_not("the archive cannot be opened", error))
}

fn only_one_here() -> Result<PathBuf, Fault> {
    let here = std::fs::read_dir(".").map_err(|error| Fault::could_not("this folder", error))?;
    let mut found: Vec<PathBuf> = here
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir() && path.extension().is_some_and(|end| end == "quipu"))
        .collect();
    found.sort();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Fault::wrong_use(
            "there is no archive here; say --archive ARCHIVE, or make one with: quipu read PATH --archive ARCHIVE",
        )),
        several => {
            let names: Vec<_> = several.iter().map(|path| bare(path)).collect();
            Err(Fault::wrong_use(format!(
                "several archives are here; say which with --archive: {}",
                names.join(", ")
            )))
        }
    }
}

fn bare(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}
