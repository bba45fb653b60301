//! The bytes of the sources, each in a plain file named by its own hash.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use quipu_model::SourceId;
use sha2::{Digest, Sha256};

use crate::error::{ArchiveError, At};

/// The folder of originals, and the one where files stay until they are kept.
#[derive(Debug, Clone)]
pub struct Originals {
    folder: PathBuf,
    incoming: PathBuf,
}

/// A file that has come in and is not yet kept; it goes away when dropped.
#[derive(Debug)]
pub struct Received {
    /// BLAKE3 of its bytes.
    pub source: SourceId,
    /// How many bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, for those who compare with other lists.
    pub sha256: [u8; 32],
    path: PathBuf,
}

impl Received {
    /// Where its bytes lie until it is kept.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        // After `keep` there is nothing here any more.
        let _ = fs::remove_file(&self.path);
    }
}

/// Hashes of a stream: BLAKE3 as the id, the length, SHA-256.
pub type Sums = (SourceId, u64, [u8; 32]);

/// Hashes a stream while handing every piece on.
///
/// # Errors
/// What the stream or the taker of the pieces says.
pub fn sum(
    stream: &mut dyn Read,
    mut each: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> std::io::Result<Sums> {
    let mut blake = blake3::Hasher::new();
    let mut sha = Sha256::new();
    let mut bytes = 0u64;
    let mut buffer = vec![0u8; 128 << 10];
    loop {
        let count = match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(cause) if cause.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(cause) => return Err(cause),
        };
        let piece = buffer.get(..count).unwrap_or_default();
        blake.update(piece);
        sha.update(piece);
        each(piece)?;
        bytes += count as u64;
    }
    let source = SourceId::from_hash(*blake.finalize().as_bytes());
    Ok((source, bytes, sha.finalize().into()))
}

/// Names of incoming files must differ within one process; processes differ by
/// their number.
static COUNTER: AtomicU64 = AtomicU64::new(0);

impl Originals {
    pub(crate) const fn at(folder: PathBuf, incoming: PathBuf) -> Self {
        Self { folder, incoming }
    }

    /// Where the bytes of a source lie.
    #[must_use]
    pub fn path(&self, source: SourceId) -> PathBuf {
        let name = source.hex();
        let shelf = name.get(..2).unwrap_or_default().to_owned();
        self.folder.join(shelf).join(name)
    }

    /// Whether a file of the right length lies in the place of a source. Only
    /// `verify` looks at every byte.
    #[must_use]
    pub fn seems_whole(&self, source: SourceId, bytes: u64) -> bool {
        fs::metadata(self.path(source)).is_ok_and(|meta| meta.len() == bytes)
    }

    /// Opens the bytes of a source.
    ///
    /// # Errors
    /// When the file is missing or cannot be read.
    pub fn open(&self, source: SourceId) -> Result<File, ArchiveError> {
        let path = self.path(source);
        File::open(&path).at(&path)
    }

    /// All bytes of a source.
    ///
    /// # Errors
    /// When the file is missing or cannot be read.
    pub fn read(&self, source: SourceId) -> Result<Vec<u8>, ArchiveError> {
        let path = self.path(source);
        fs::read(&path).at(&path)
    }

    /// Takes a stream into the waiting room and hashes it on the way.
    ///
    /// # Errors
    /// What the stream says comes back inside `Ok(Err)`: it concerns that one
    /// file. What the archive's own disk says is the outer error.
    pub fn receive(
        &self,
        stream: &mut dyn Read,
    ) -> Result<std::io::Result<Received>, ArchiveError> {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let path = self
            .incoming
            .join(format!("{}-{number}", std::process::id()));
        let mut file = File::create(&path).at(&path)?;
        let mut trouble = None;
        let summed = sum(stream, |piece| {
            file.write_all(piece).map_err(|cause| {
                let kind = cause.kind();
                trouble = Some(cause);
                kind.into()
            })
        });
        if let Some(cause) = trouble {
            let _ = fs::remove_file(&path);
            return Err(ArchiveError::disk(&path, cause));
        }
        Ok(match summed {
            Ok((source, bytes, sha256)) => Ok(Received {
                source,
                bytes,
                sha256,
                path,
            }),
            Err(cause) => {
                let _ = fs::remove_file(&path);
                Err(cause)
            }
        })
    }

    /// Says which sources are about to be kept, so that after a crash those
    /// the ledger never heard of can be taken out again.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn announce(&self, sources: &[SourceId]) -> Result<(), ArchiveError> {
        let path = self.announcement();
        let mut text = String::with_capacity(sources.len() * 65);
        for source in sources {
            text.push_str(&source.hex());
            text.push('\n');
        }
        fs::write(&path, text).at(&path)
    }

    /// Puts a received file in its place. A file already there is replaced by
    /// the same bytes, freshly hashed.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep(&self, received: &Received) -> Result<(), ArchiveError> {
        let path = self.path(received.source);
        if let Err(cause) = fs::rename(&received.path, &path) {
            if cause.kind() != std::io::ErrorKind::NotFound {
                return Err(ArchiveError::disk(&path, cause));
            }
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).at(folder)?;
            }
            fs::rename(&received.path, &path).at(&path)?;
        }
        Ok(())
    }

    /// Waits until everything kept so far is on the disk itself.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn settle(&self) -> Result<(), ArchiveError> {
        let folder = File::open(&self.folder).at(&self.folder)?;
        #[cfg(target_os = "linux")]
        {
            rustix::fs::syncfs(&folder)
                .map_err(|cause| ArchiveError::disk(&self.folder, std::io::Error::from(cause)))
        }
        #[cfg(not(target_os = "linux"))]
        {
            folder.sync_all().at(&self.folder)
        }
    }

    /// Clears up after an interrupted writer: files still waiting go away, and
    /// so do announced originals the ledger does not know.
    pub(crate) fn recover(
        &self,
        known: impl Fn(SourceId) -> Result<bool, ArchiveError>,
    ) -> Result<(), ArchiveError> {
        fs::create_dir_all(&self.incoming).at(&self.incoming)?;
        fs::create_dir_all(&self.folder).at(&self.folder)?;
        let announcement = self.announcement();
        if let Ok(text) = fs::read_to_string(&announcement) {
            for source in text.lines().filter_map(SourceId::from_hex) {
                if !known(source)? {
                    let _ = fs::remove_file(self.path(source));
                }
            }
        }
        for entry in fs::read_dir(&self.incoming).at(&self.incoming)? {
            let path = entry.at(&self.incoming)?.path();
            fs::remove_file(&path).at(&path)?;
        }
        Ok(())
    }

    /// Every file below `originals/`, as (path, name), in no fixed order.
    pub(crate) fn each(&self, mut see: impl FnMut(&Path, &str)) -> Result<(), ArchiveError> {
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).at(&folder)? {
                let entry = entry.at(&folder)?;
                let path = entry.path();
                if entry.file_type().at(&path)?.is_dir() {
                    folders.push(path);
                } else {
                    see(&path, &entry.file_name().to_string_lossy());
                }
            }
        }
        Ok(())
    }

    fn announcement(&self) -> PathBuf {
        self.incoming.join("announced")
    }
}
