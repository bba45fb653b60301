//! `quipu export`: one file for each outside format.

use std::fs::File;
use std::io::{BufWriter, Write};

use quipu_desk::Desk;
use quipu_export::{annotations, bagit, claims, documents};

use crate::Done;
use crate::cli::{Export, Outside};
use crate::fault::Fault;
use crate::place;

pub(crate) fn export(ask: &Export) -> Result<Done, Fault> {
    let archive = place::existing(&ask.place)?;
    let snapshot = archive
        .snapshot()
        .map_err(|error| Fault::could_not("the archive cannot be read", error))?;
    let desk = Desk::over(snapshot);
    let failed = |error| Fault::could_not("the export", error);
    if ask.what == Outside::Bagit {
        let Some(folder) = &ask.output else {
            return Err(Fault::wrong_use(
                "a bag is a folder: say where with -o FOLDER",
            ));
        };
        let count = bagit::write(&desk, folder).map_err(failed)?;
        eprintln!("{}: {count} originals", folder.display());
        return Ok(Done::All);
    }
    let mut out: Box<dyn Write> = match &ask.output {
        Some(path) => {
            Box::new(BufWriter::new(File::create(path).map_err(|error| {
                Fault::could_not(&path.display().to_string(), error)
            })?))
        }
        None => Box::new(BufWriter::new(std::io::stdout().lock())),
    };
    let count = match ask.what {
        Outside::Annotations => annotations::write(&desk, &mut out),
        Outside::Claims => claims::write(&desk, &mut out),
        Outside::Documents | Outside::Bagit => documents::write(&desk, &mut out),
    }
    .map_err(failed)?;
    if let Some(path) = &ask.output {
        eprintln!("{}: {count} written", path.display());
    }
    Ok(Done::All)
}
