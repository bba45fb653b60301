//! The file of the ledger: its seal, appending to it, walking along it.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use quipu_model::id::{hex, unhex};

use super::entry::{BadLine, Entry, GENESIS, What, read_line};
use crate::error::{ArchiveError, At};
use crate::folder::write_whole;

/// The end of the ledger as it was last written: whoever keeps a copy of this
/// can prove later that nothing before it was altered or cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    /// How many entries.
    pub count: u64,
    /// How many bytes of the log they fill.
    pub bytes: u64,
    /// The hash of the last of them; [`GENESIS`] when there is none.
    pub hash: [u8; 32],
}

impl Seal {
    /// The seal of an empty ledger.
    pub const EMPTY: Self = Self {
        count: 0,
        bytes: 0,
        hash: GENESIS,
    };

    /// What people copy: the number of entries and the last hash.
    #[must_use]
    pub fn written(&self) -> String {
        format!("{}:{}", self.count, hex(&self.hash))
    }

    /// The line of `ledger.head`.
    #[must_use]
    pub fn line(&self) -> String {
        let body = format!(
            "{{\"count\":{},\"bytes\":{},\"hash\":\"{}\"",
            self.count,
            self.bytes,
            hex(&self.hash)
        );
        let seal = blake3::hash(body.as_bytes()).to_hex();
        format!("{body},\"seal\":\"{seal}\"}}\n")
    }

    /// Reads the line of `ledger.head`; `None` if any byte of it was changed.
    #[must_use]
    pub fn read(line: &[u8]) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Raw {
            count: u64,
            bytes: u64,
            hash: String,
        }
        let raw: Raw = serde_json::from_slice(line).ok()?;
        let seal = Self {
            count: raw.count,
            bytes: raw.bytes,
            hash: unhex(&raw.hash)?,
        };
        (seal.line().as_bytes() == line).then_some(seal)
    }
}

/// Begins an empty ledger, unless there is one.
pub(crate) fn begin(log: &Path, head: &Path) -> Result<(), ArchiveError> {
    let file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .at(log)?;
    file.sync_all().at(log)?;
    if file.metadata().at(log)?.len() == 0 && !head.exists() {
        write_whole(head, Seal::EMPTY.line().as_bytes())?;
    }
    Ok(())
}

/// The seal as `ledger.head` has it.
pub(crate) fn sealed(head: &Path) -> Result<Seal, ArchiveError> {
    let line = std::fs::read(head).at(head)?;
    Seal::read(&line).ok_or_else(|| ArchiveError::ledger(head, "the seal of the ledger is damaged"))
}

/// The ledger under lock, ready to be appended to.
pub(crate) struct Open<'a> {
    log: &'a Path,
    head: &'a Path,
    file: File,
    seal: Seal,
}

impl<'a> Open<'a> {
    /// Waits for the lock, checks that the log ends where the seal says, and
    /// mends what a crash between the two left: whole entries behind the seal
    /// are sealed, a torn one (never acknowledged) is dropped.
    pub(crate) fn lock(log: &'a Path, head: &'a Path) -> Result<Self, ArchiveError> {
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .open(log)
            .at(log)?;
        file.lock().at(log)?;
        let seal = sealed(head)?;
        let length = file.metadata().at(log)?.len();
        let mut open = Self {
            log,
            head,
            file: file.try_clone().at(log)?,
            seal,
        };
        if length < seal.bytes {
            return Err(ArchiveError::ledger(
                log,
                format!(
                    "the log has {length} bytes, its seal says {}: entries were cut off",
                    seal.bytes
                ),
            ));
        }
        if length > seal.bytes {
            file.seek(SeekFrom::Start(seal.bytes)).at(log)?;
            let mut entries = Entries::new(BufReader::new(file), seal);
            loop {
                match entries.next_entry().at(log)? {
                    None => break,
                    Some(Ok(_)) => {}
                    Some(Err(bad)) => {
                        return Err(ArchiveError::ledger(
                            log,
                            format!("entry {}: {bad}", entries.at.count + 1),
                        ));
                    }
                }
            }
            open.file.set_len(entries.at.bytes).at(log)?;
            open.file.sync_all().at(log)?;
            open.seal = entries.at;
            write_whole(head, open.seal.line().as_bytes())?;
        }
        Ok(open)
    }

    /// The end of the ledger.
    pub(crate) const fn seal(&self) -> Seal {
        self.seal
    }

    /// Appends entries in one piece, waits for the disk, then seals them.
    pub(crate) fn append(&mut self, time: &str, all: Vec<What>) -> Result<Seal, ArchiveError> {
        if all.is_empty() {
            return Ok(self.seal);
        }
        let mut text = String::with_capacity(all.len() * 320);
        let mut seal = self.seal;
        for what in all {
            let entry = Entry {
                seq: seal.count + 1,
                time: time.to_owned(),
                what,
                prev: seal.hash,
            };
            let (line, hash) = entry.line();
            text.push_str(&line);
            seal.count += 1;
            seal.bytes += line.len() as u64;
            seal.hash = hash;
        }
        self.file.write_all(text.as_bytes()).at(self.log)?;
        self.file.sync_data().at(self.log)?;
        write_whole(self.head, seal.line().as_bytes())?;
        self.seal = seal;
        Ok(seal)
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// The longest line looked at, in bytes: a decision with a long reason stays
/// far below it, a damaged file must not fill the memory.
const LINE_BYTES: u64 = 64 << 20;

/// Walks along the log from a known place.
pub struct Entries<R> {
    stream: R,
    /// The end of the last entry that was right.
    pub(crate) at: Seal,
    line: Vec<u8>,
    /// Bytes behind the last whole line.
    pub(crate) torn: u64,
}

impl<R: BufRead> Entries<R> {
    /// Starts behind the entry that `at` tells of; the stream must stand there.
    pub const fn new(stream: R, at: Seal) -> Self {
        Self {
            stream,
            at,
            line: Vec::new(),
            torn: 0,
        }
    }

    /// The end of the last entry that was right.
    pub const fn seal(&self) -> Seal {
        self.at
    }

    /// The next whole entry, with the byte at which its line starts; `None` at
    /// the end of the file or at a torn last line.
    ///
    /// # Errors
    /// What the disk says. A line that is wrong comes inside `Some(Err)`, and
    /// the walk stays in front of it.
    #[allow(clippy::type_complexity)]
    pub fn next_entry(&mut self) -> std::io::Result<Option<Result<(u64, Entry), BadLine>>> {
        self.line.clear();
        let read = (&mut self.stream)
            .take(LINE_BYTES)
            .read_until(b'\n', &mut self.line)?;
        let Some(line) = self.line.strip_suffix(b"\n") else {
            self.torn = read as u64;
            return Ok(None);
        };
        Ok(Some(
            match read_line(line, self.at.count + 1, self.at.hash) {
                Ok((entry, hash)) => {
                    let start = self.at.bytes;
                    self.at = Seal {
                        count: self.at.count + 1,
                        bytes: start + read as u64,
                        hash,
                    };
                    Ok((start, entry))
                }
                Err(bad) => Err(bad),
            },
        ))
    }

    /// Takes a wrong line as read, so that the ones after it can be checked:
    /// the chain goes on from the hash the line itself claims.
    pub(crate) fn step_over(&mut self) {
        #[derive(serde::Deserialize)]
        struct Raw {
            seq: u64,
            hash: String,
        }
        let raw: Option<Raw> = serde_json::from_slice(&self.line).ok();
        let (count, hash) = raw
            .and_then(|raw| Some((raw.seq, unhex(&raw.hash)?)))
            .filter(|(seq, _)| seq.abs_diff(self.at.count) < 2)
            .unwrap_or((self.at.count + 1, [0; 32]));
        self.at = Seal {
            count,
            bytes: self.at.bytes + self.line.len() as u64,
            hash,
        };
    }
}

/// Walks along the log of an archive from a known place on.
pub(crate) fn walk_from(log: &Path, at: Seal) -> Result<Entries<BufReader<File>>, ArchiveError> {
    let mut file = File::open(log).at(log)?;
    file.seek(SeekFrom::Start(at.bytes)).at(log)?;
    Ok(Entries::new(BufReader::with_capacity(256 << 10, file), at))
}
