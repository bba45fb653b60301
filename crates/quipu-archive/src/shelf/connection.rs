//! Opening the database file and bringing it up to the newest form.

use std::path::Path;
use std::time::Duration;

use quipu_model::SourceId;
use rusqlite::{Connection, OpenFlags};

use crate::error::ArchiveError;

/// Every change of the tables, oldest first. A file already landed is never
/// edited; a new one is added.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001-shelf.sql"),
    include_str!("migrations/0002-readings.sql"),
    include_str!("migrations/0003-claims.sql"),
];

/// Opens the shelf to write, making or upgrading it as needed; also says
/// whether it is a new one.
pub(crate) fn open_to_write(path: &Path) -> Result<(Connection, bool), ArchiveError> {
    let mut db = Connection::open(path)?;
    tune(&db)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    // The shelf is derived: after a power cut the last batch may be made again.
    db.pragma_update(None, "synchronous", "NORMAL")?;
    db.pragma_update(None, "wal_autocheckpoint", 4000)?;
    let done: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (number, migration) in (1u32..).zip(MIGRATIONS).skip(done as usize) {
        let all = db.transaction()?;
        all.execute_batch(migration)?;
        all.pragma_update(None, "user_version", number)?;
        all.commit()?;
    }
    Ok((db, done == 0))
}

/// Opens the shelf to read beside a writer; `None` when there is none yet.
pub(crate) fn open_to_read(path: &Path) -> Result<Option<Connection>, ArchiveError> {
    if !path.exists() {
        return Ok(None);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    tune(&db)?;
    let done: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    // A shelf of an older form is brought up by the next writer.
    Ok((done as usize == MIGRATIONS.len()).then_some(db))
}

fn tune(db: &Connection) -> Result<(), ArchiveError> {
    db.busy_timeout(Duration::from_secs(30))?;
    db.pragma_update(None, "cache_size", -16_000)?;
    db.pragma_update(None, "temp_store", "MEMORY")?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// A source id as it comes out of a column.
pub(crate) fn source_of(bytes: &[u8]) -> Result<SourceId, ArchiveError> {
    <[u8; 32]>::try_from(bytes)
        .map(SourceId::from_hash)
        .map_err(|_| ArchiveError::Record(quipu_model::LayoutError::Short))
}
