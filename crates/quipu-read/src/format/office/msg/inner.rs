//! Messages inside messages: a storage of one compound file made a compound
//! file of its own.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::store::Source;

/// Streams and storages copied.
const ENTRIES_MAX: usize = 1 << 16;

/// The file of a message that lies in a storage of another. The same storage
/// gives the same bytes, whenever it is read.
pub(super) fn message(source: &mut Source<'_>, folder: &Path) -> Option<Vec<u8>> {
    let mut inner = cfb::CompoundFile::create(Cursor::new(Vec::new())).ok()?;
    let entries: Vec<(PathBuf, bool)> = source
        .compound
        .walk_storage(folder)
        .ok()?
        .take(ENTRIES_MAX)
        .map(|entry| (entry.path().to_path_buf(), entry.is_stream()))
        .collect();
    for (path, is_stream) in entries {
        let Ok(name) = path.strip_prefix(folder) else {
            continue;
        };
        if name.as_os_str().is_empty() {
            continue;
        }
        let place = Path::new("/").join(name);
        if is_stream {
            let mut bytes = source.stream(&path)?;
            if name == Path::new("__properties_version1.0") {
                // The list of a message of its own has eight more bytes in
                // front (MS-OXMSG 2.4.1).
                let at = 24.min(bytes.len());
                bytes.splice(at..at, [0; 8]);
            }
            let mut stream = inner.create_stream(&place).ok()?;
            stream.write_all(&bytes).ok()?;
        } else {
            inner.create_storage(&place).ok()?;
        }
    }
    // What named properties are called stands in the outermost message only.
    let names = Path::new("/__nameid_version1.0");
    if source.compound.is_storage(names) && !inner.is_storage(names) {
        inner.create_storage(names).ok()?;
        let streams: Vec<PathBuf> = source
            .compound
            .read_storage(names)
            .ok()?
            .take(ENTRIES_MAX)
            .filter(cfb::Entry::is_stream)
            .map(|entry| entry.path().to_path_buf())
            .collect();
        for path in streams {
            let bytes = source.stream(&path)?;
            let mut stream = inner.create_stream(&path).ok()?;
            stream.write_all(&bytes).ok()?;
        }
    }
    let storages: Vec<PathBuf> = inner
        .walk()
        .filter(|entry| !entry.is_stream())
        .map(|entry| entry.path().to_path_buf())
        .collect();
    for path in storages {
        inner.set_created_time(&path, SystemTime::UNIX_EPOCH).ok()?;
        inner
            .set_modified_time(&path, SystemTime::UNIX_EPOCH)
            .ok()?;
    }
    inner.flush().ok()?;
    Some(inner.into_inner().into_inner())
}
