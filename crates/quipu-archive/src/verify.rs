//! Proof that nothing given was lost or altered.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use quipu_model::{Layout, SourceId};

use crate::error::{ArchiveError, At};
use crate::folder::{Archive, FORMAT, format_text};
use crate::ledger::{BadLine, Seal, What, log};
use crate::originals::sum;
use crate::shelf;

/// What was checked and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Entries of the ledger.
    pub entries: u64,
    /// Sources the ledger says were taken in.
    pub sources: u64,
    /// Bytes of originals hashed.
    pub bytes: u64,
    /// Decisions of people.
    pub decisions: u64,
    /// Whole entries behind the seal: a crash came between the two; the next
    /// writing seals them.
    pub unsealed: u64,
    /// Bytes of a last entry that was never finished and never acknowledged;
    /// the next writing drops them.
    pub torn_bytes: u64,
    /// The seal of the ledger as it was found, where it is whole.
    pub seal: Option<Seal>,
    /// What is wrong, in the order of the checks.
    pub problems: Vec<Problem>,
}

impl Report {
    /// Whether everything given is proved.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.problems.iter().any(|problem| problem.kind.is_given())
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind.
    pub kind: ProblemKind,
    /// The file, from the folder of the archive.
    pub path: PathBuf,
    /// The entry of the ledger, counted from 1.
    pub entry: Option<u64>,
    /// The source concerned.
    pub source: Option<SourceId>,
    /// One plain sentence.
    pub message: String,
    /// What to do.
    pub next_step: String,
}

/// Kinds of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// A file of the archive is missing.
    Missing,
    /// A file or entry is not what it was.
    Altered,
    /// Entries at the end of the ledger are gone.
    CutOff,
    /// A file in `originals/` that the ledger does not know.
    Extra,
    /// Something derived does not fit what was given; making it anew mends it.
    Derived,
}

impl ProblemKind {
    /// Whether it concerns what was given.
    #[must_use]
    pub const fn is_given(self) -> bool {
        !matches!(self, Self::Derived)
    }

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Altered => "altered",
            Self::CutOff => "cut-off",
            Self::Extra => "extra",
            Self::Derived => "derived",
        }
    }
}

/// Problems listed one by one; beyond that they are only counted on.
const LISTED: usize = 10_000;

const RESTORE: &str = "restore this file from a copy of the archive";

/// Checks the chain of the ledger, every original against its hash and size,
/// and whether the shelf belongs to them. `progress` is told the bytes hashed.
///
/// # Errors
/// Only when the disk cannot be read at all; whatever is wrong with the
/// archive is in the report.
pub fn verify(archive: &Archive, progress: &mut dyn FnMut(u64)) -> Result<Report, ArchiveError> {
    let mut check = Check {
        archive,
        report: Report::default(),
        known: BTreeSet::new(),
    };
    check.format()?;
    check.ledger()?;
    check.originals(progress)?;
    check.shelf();
    Ok(check.report)
}

struct Check<'a> {
    archive: &'a Archive,
    report: Report,
    known: BTreeSet<SourceId>,
}

impl Check<'_> {
    fn say(
        &mut self,
        kind: ProblemKind,
        path: &Path,
        entry: Option<u64>,
        source: Option<SourceId>,
        message: impl Into<String>,
        next_step: &str,
    ) {
        if self.report.problems.len() < LISTED {
            let path = path.strip_prefix(self.archive.folder()).unwrap_or(path);
            self.report.problems.push(Problem {
                kind,
                path: path.to_owned(),
                entry,
                source,
                message: message.into(),
                next_step: next_step.to_owned(),
            });
        }
    }

    fn format(&mut self) -> Result<(), ArchiveError> {
        let path = self.archive.format_file();
        match std::fs::read(&path) {
            Ok(bytes) if bytes == format_text(FORMAT).as_bytes() => {}
            Ok(_) => self.say(
                ProblemKind::Altered,
                &path,
                None,
                None,
                "the format file was altered",
                RESTORE,
            ),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => self.say(
                ProblemKind::Missing,
                &path,
                None,
                None,
                "the format file is missing",
                RESTORE,
            ),
            Err(cause) => return Err(ArchiveError::disk(&path, cause)),
        }
        Ok(())
    }

    fn ledger(&mut self) -> Result<(), ArchiveError> {
        let head = self.archive.head_file();
        let seal = match std::fs::read(&head) {
            Ok(line) => {
                let seal = Seal::read(&line);
                if seal.is_none() {
                    self.say(
                        ProblemKind::Altered,
                        &head,
                        None,
                        None,
                        "the seal of the ledger was altered",
                        RESTORE,
                    );
                }
                seal
            }
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                self.say(
                    ProblemKind::Missing,
                    &head,
                    None,
                    None,
                    "the seal of the ledger is missing",
                    RESTORE,
                );
                None
            }
            Err(cause) => return Err(ArchiveError::disk(&head, cause)),
        };
        self.report.seal = seal;
        let path = self.archive.ledger_file();
        if !path.exists() {
            self.say(
                ProblemKind::Missing,
                &path,
                None,
                None,
                "the ledger is missing",
                RESTORE,
            );
            return Ok(());
        }
        self.chain(&path, seal)
    }

    fn chain(&mut self, path: &Path, seal: Option<Seal>) -> Result<(), ArchiveError> {
        let mut entries = log::walk_from(path, Seal::EMPTY)?;
        let mut sealed_here = seal == Some(Seal::EMPTY);
        let mut broken = false;
        loop {
            let number = entries.at.count + 1;
            match entries.next_entry().at(path)? {
                None => break,
                Some(Ok((_, entry))) => {
                    self.note(&entry.what);
                    sealed_here |= seal == Some(entries.at);
                    if seal.is_some_and(|seal| entries.at.count > seal.count) {
                        self.report.unsealed += 1;
                    }
                }
                Some(Err(bad)) => {
                    broken = true;
                    let message = match bad {
                        BadLine::NotNext => format!(
                            "entry {number} does not follow on the one before it: \
                             one of the two was altered, or entries between them are gone"
                        ),
                        bad => format!("entry {number} was altered: {bad}"),
                    };
                    self.say(
                        ProblemKind::Altered,
                        path,
                        Some(number),
                        None,
                        message,
                        RESTORE,
                    );
                    entries.step_over();
                }
            }
            self.report.entries += 1;
        }
        let Some(seal) = seal else {
            return Ok(());
        };
        let length = std::fs::metadata(path).at(path)?.len();
        if length < seal.bytes {
            self.say(
                ProblemKind::CutOff,
                path,
                Some(self.report.entries + 1),
                None,
                format!(
                    "the seal tells of {} entries in {} bytes, {length} bytes are there",
                    seal.count, seal.bytes
                ),
                RESTORE,
            );
        } else if length > seal.bytes && entries.torn > 0 && sealed_here {
            self.report.torn_bytes = entries.torn;
        } else if !sealed_here && !broken {
            self.say(
                ProblemKind::Altered,
                path,
                Some(seal.count),
                None,
                format!("entry {} is not the one under seal", seal.count),
                RESTORE,
            );
        }
        Ok(())
    }

    fn note(&mut self, what: &What) {
        match what {
            What::SourceTakenIn { source, .. } => {
                self.known.insert(*source);
                self.report.sources += 1;
            }
            What::Decision(_) => self.report.decisions += 1,
            What::SeenAt { .. } => {}
        }
    }

    fn originals(&mut self, progress: &mut dyn FnMut(u64)) -> Result<(), ArchiveError> {
        // The ledger is walked a second time for the sizes and second hashes,
        // so that memory does not grow with them.
        let originals = self.archive.originals();
        let log_path = self.archive.ledger_file();
        if log_path.exists() {
            let mut entries = log::walk_from(&log_path, Seal::EMPTY)?;
            loop {
                match entries.next_entry().at(&log_path)? {
                    None => break,
                    Some(Err(_)) => {
                        // An altered entry still names its source, if one can
                        // read it at all; its file is checked by its name below.
                        entries.step_over();
                    }
                    Some(Ok((_, entry))) => {
                        let What::SourceTakenIn {
                            source,
                            bytes,
                            sha256,
                        } = entry.what
                        else {
                            continue;
                        };
                        let path = originals.path(source);
                        self.original(&path, entry.seq, source, bytes, sha256)?;
                        progress(self.report.bytes);
                    }
                }
            }
        }
        let mut extra = Vec::new();
        if self.archive.originals_folder().exists() {
            originals.each(|path, name| {
                let known = SourceId::from_hex(name)
                    .is_some_and(|id| self.known.contains(&id) && originals.path(id) == path);
                if !known {
                    extra.push(path.to_owned());
                }
            })?;
        }
        extra.sort();
        for path in extra {
            self.say(
                ProblemKind::Extra,
                &path,
                None,
                None,
                "the ledger does not know this file",
                "keep it apart and compare the ledger with a copy of the archive",
            );
        }
        Ok(())
    }

    fn original(
        &mut self,
        path: &Path,
        entry: u64,
        source: SourceId,
        bytes: u64,
        sha256: [u8; 32],
    ) -> Result<(), ArchiveError> {
        let entry = Some(entry);
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                self.say(
                    ProblemKind::Missing,
                    path,
                    entry,
                    Some(source),
                    "the source is missing",
                    "put the file back from a copy, or hand in the same file again",
                );
                return Ok(());
            }
            Err(cause) => return Err(ArchiveError::disk(path, cause)),
        };
        match sum(&mut file, |_| Ok(())) {
            Ok((found, length, second)) => {
                self.report.bytes += length;
                if found != source || length != bytes || second != sha256 {
                    self.say(
                        ProblemKind::Altered,
                        path,
                        entry,
                        Some(source),
                        format!("the source was altered: {length} bytes, taken in as {bytes}"),
                        "put the file back from a copy, or hand in the same file again",
                    );
                }
            }
            Err(cause) => self.say(
                ProblemKind::Altered,
                path,
                entry,
                Some(source),
                format!("the source cannot be read: {cause}"),
                "put the file back from a copy, or hand in the same file again",
            ),
        }
        Ok(())
    }

    /// The shelf is derived, so whatever is wrong with it is mended by making
    /// it again; still it is said.
    fn shelf(&mut self) {
        let path = self.archive.shelf_file();
        let again = "delete shelf.sqlite and search/ and read again";
        let db = match shelf::open_to_read(&path) {
            Ok(Some(db)) => db,
            Ok(None) => return,
            Err(cause) => {
                self.say(
                    ProblemKind::Derived,
                    &path,
                    None,
                    None,
                    cause.to_string(),
                    again,
                );
                return;
            }
        };
        match shelf::indexed_seal(&db) {
            Ok(indexed) if indexed.count > self.report.entries => self.say(
                ProblemKind::CutOff,
                &self.archive.ledger_file(),
                Some(self.report.entries + 1),
                None,
                format!(
                    "the shelf was made from {} entries, the ledger has {}",
                    indexed.count, self.report.entries
                ),
                RESTORE,
            ),
            Ok(_) => {}
            Err(cause) => {
                self.say(
                    ProblemKind::Derived,
                    &path,
                    None,
                    None,
                    cause.to_string(),
                    again,
                );
            }
        }
        let mut after = None;
        loop {
            let sources = match shelf::each_shelved(&db, after, 1000) {
                Ok(sources) => sources,
                Err(cause) => {
                    self.say(
                        ProblemKind::Derived,
                        &path,
                        None,
                        None,
                        cause.to_string(),
                        again,
                    );
                    return;
                }
            };
            let Some(last) = sources.last() else { return };
            after = Some(*last);
            for source in sources {
                if !self.known.contains(&source) {
                    self.say(
                        ProblemKind::Derived,
                        &path,
                        None,
                        Some(source),
                        "the shelf has a document of a source the ledger does not know",
                        again,
                    );
                }
                let sound = shelf::layout_of(&db, source);
                if let Err(cause) = sound.map(|document| document.map(|d| d.to_bytes().len())) {
                    self.say(
                        ProblemKind::Derived,
                        &path,
                        None,
                        Some(source),
                        cause.to_string(),
                        again,
                    );
                }
            }
        }
    }
}
