//! The folder of an archive: which file lies where, and how it is begun.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{ArchiveError, At};
use crate::ledger::{DecisionPen, IntakePen, log};
use crate::originals::Originals;
use crate::pictures::Pictures;
use crate::shelf::ShelfPen;
use crate::snapshot::Snapshot;

/// The newest format of archives this program reads and writes.
pub const FORMAT: u32 = 1;

/// An archive: one folder.
#[derive(Debug, Clone)]
pub struct Archive {
    folder: PathBuf,
}

impl Archive {
    /// Opens an archive that is there.
    ///
    /// # Errors
    /// When the folder is no archive, or one of a newer format.
    pub fn open(folder: &Path) -> Result<Self, ArchiveError> {
        let archive = Self {
            folder: folder.to_owned(),
        };
        let path = archive.format_file();
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                return Err(ArchiveError::NotAnArchive {
                    path: folder.to_owned(),
                });
            }
            Err(cause) => return Err(ArchiveError::disk(&path, cause)),
        };
        if text == format_text(FORMAT).as_bytes() {
            return Ok(archive);
        }
        let found = String::from_utf8_lossy(&text)
            .lines()
            .find_map(|line| line.strip_prefix("format = ")?.trim().parse::<u32>().ok());
        match found {
            Some(found) if found > FORMAT => Err(ArchiveError::NewerFormat {
                path: folder.to_owned(),
                found,
                known: FORMAT,
            }),
            // A damaged format file is told by `verify`; it must not lock
            // anybody out of the sources.
            _ => Ok(archive),
        }
    }

    /// Opens an archive, or begins one where nothing or an empty folder is.
    ///
    /// # Errors
    /// When the folder holds something else, or the disk refuses.
    pub fn open_or_create(folder: &Path) -> Result<Self, ArchiveError> {
        match Self::open(folder) {
            Err(ArchiveError::NotAnArchive { .. }) => {}
            other => return other,
        }
        let archive = Self {
            folder: folder.to_owned(),
        };
        // A beginning that was interrupted left some of these and no format
        // file; anything else in the folder is somebody else's.
        if folder.exists() {
            for entry in fs::read_dir(folder).at(folder)? {
                let name = entry.at(folder)?.file_name();
                let ours = ["originals", "incoming", "ledger.log", "ledger.head"];
                if !ours.iter().any(|our| name == *our)
                    && !name.to_string_lossy().starts_with(".new-")
                {
                    return Err(ArchiveError::NotAnArchive {
                        path: folder.to_owned(),
                    });
                }
            }
        }
        for part in [archive.originals_folder(), archive.incoming_folder()] {
            fs::create_dir_all(&part).at(&part)?;
        }
        log::begin(&archive.ledger_file(), &archive.head_file())?;
        write_whole(&archive.format_file(), format_text(FORMAT).as_bytes())?;
        Ok(archive)
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The bytes of the sources.
    #[must_use]
    pub fn originals(&self) -> Originals {
        Originals::at(self.originals_folder(), self.incoming_folder())
    }

    /// Pictures of pages, made when asked for.
    #[must_use]
    pub fn pictures(&self) -> Pictures {
        Pictures::at(self.folder.join("pictures"))
    }

    /// A view for reading, which may stand beside a writer.
    ///
    /// # Errors
    /// When shelf or index cannot be opened.
    pub fn snapshot(&self) -> Result<Snapshot, ArchiveError> {
        Snapshot::open(self.clone())
    }

    /// The pen for derived data; only one at a time.
    ///
    /// # Errors
    /// [`ArchiveError::Busy`] when somebody else holds it.
    pub fn shelf_pen(&self) -> Result<ShelfPen, ArchiveError> {
        ShelfPen::open(self.clone())
    }

    /// The pen that writes which sources were taken in.
    #[must_use]
    pub fn intake_pen(&self) -> IntakePen {
        IntakePen::new(self.ledger_file(), self.head_file())
    }

    /// The pen that writes what people decided.
    #[must_use]
    pub fn decision_pen(&self) -> DecisionPen {
        DecisionPen::new(self.ledger_file(), self.head_file())
    }

    pub(crate) fn format_file(&self) -> PathBuf {
        self.folder.join("quipu.toml")
    }

    pub(crate) fn originals_folder(&self) -> PathBuf {
        self.folder.join("originals")
    }

    pub(crate) fn incoming_folder(&self) -> PathBuf {
        self.folder.join("incoming")
    }

    pub(crate) fn ledger_file(&self) -> PathBuf {
        self.folder.join("ledger.log")
    }

    pub(crate) fn head_file(&self) -> PathBuf {
        self.folder.join("ledger.head")
    }

    pub(crate) fn shelf_file(&self) -> PathBuf {
        self.folder.join("shelf.sqlite")
    }

    pub(crate) fn search_folder(&self) -> PathBuf {
        self.folder.join("search")
    }

    pub(crate) fn lock_file(&self) -> PathBuf {
        self.folder.join("writer.lock")
    }
}

/// The whole format file, so that every byte of it can be checked.
pub(crate) fn format_text(format: u32) -> String {
    format!(
        "# A Quipu archive. originals/ and ledger.log are given and must be kept;\n\
         # shelf.sqlite, search/ and pictures/ can be deleted and are made again.\n\
         # Proof without Quipu: b3sum originals/*/* gives back the file names.\n\
         format = {format}\n"
    )
}

/// Writes a file so that after a crash it is either the old or the new one.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), ArchiveError> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let fresh = folder.join(format!(".new-{name}"));
    let mut file = File::create(&fresh).at(&fresh)?;
    file.write_all(bytes).at(&fresh)?;
    file.sync_all().at(&fresh)?;
    drop(file);
    fs::rename(&fresh, path).at(path)?;
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .at(folder)
}
