//! The index of the ledger: rebuilt when missing, caught up when behind.

use std::path::Path;

use quipu_model::{Layout, LayoutError};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{ArchiveError, At};
use crate::ledger::{Entry, Seal, What, log};

/// How far the index reaches.
pub(crate) fn indexed_seal(db: &Connection) -> Result<Seal, ArchiveError> {
    let bytes: Option<Vec<u8>> = db
        .prepare_cached("SELECT value FROM meta WHERE name = 'ledger'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let Some(bytes) = bytes else {
        return Ok(Seal::EMPTY);
    };
    let mut input = bytes.as_slice();
    let input = &mut input;
    Ok(Seal {
        count: u64::read(input)?,
        bytes: u64::read(input)?,
        hash: <[u8; 32]>::read(input)?,
    })
}

fn keep_seal(db: &Connection, seal: Seal) -> Result<(), ArchiveError> {
    let mut bytes = Vec::new();
    seal.count.write(&mut bytes);
    seal.bytes.write(&mut bytes);
    seal.hash.write(&mut bytes);
    db.prepare_cached("INSERT OR REPLACE INTO meta VALUES ('ledger', ?)")?
        .execute([bytes])?;
    Ok(())
}

/// Reads the entries behind those already indexed, up to the seal.
pub(crate) fn catch_up(db: &Connection, path: &Path, seal: Seal) -> Result<(), ArchiveError> {
    let indexed = indexed_seal(db)?;
    if indexed == seal {
        return Ok(());
    }
    if indexed.count > seal.count || indexed.bytes > seal.bytes {
        return Err(ArchiveError::ledger(
            path,
            format!(
                "the shelf knows {} entries, the ledger has {}: entries were cut off",
                indexed.count, seal.count
            ),
        ));
    }
    let mut entries = log::walk_from(path, indexed)?;
    while entries.at.count < seal.count {
        match entries.next_entry().at(path)? {
            Some(Ok((start, entry))) => note_entry(db, start, &entry)?,
            Some(Err(bad)) => {
                return Err(ArchiveError::ledger(
                    path,
                    format!("entry {}: {bad}", entries.at.count + 1),
                ));
            }
            None => {
                return Err(ArchiveError::ledger(
                    path,
                    format!("it ends at entry {} of {}", entries.at.count, seal.count),
                ));
            }
        }
    }
    if entries.at != seal {
        return Err(ArchiveError::ledger(
            path,
            format!("entry {} is not the one under seal", seal.count),
        ));
    }
    keep_seal(db, seal)
}

/// Puts one entry into the index.
pub(crate) fn note_entry(db: &Connection, start: u64, entry: &Entry) -> Result<(), ArchiveError> {
    let source = entry.what.source();
    db.prepare_cached("INSERT OR REPLACE INTO ledger_index VALUES (?, ?, ?, ?, ?)")?
        .execute(params![
            number(entry.seq)?,
            number(start)?,
            entry.prev.as_slice(),
            entry.what.word(),
            source.as_ref().map(|source| source.as_bytes().as_slice())
        ])?;
    match &entry.what {
        What::SourceTakenIn {
            source,
            bytes,
            sha256,
        } => {
            db.prepare_cached("INSERT OR IGNORE INTO sources VALUES (?, ?, ?, ?)")?
                .execute(params![
                    source.as_bytes().as_slice(),
                    number(entry.seq)?,
                    number(*bytes)?,
                    sha256.as_slice()
                ])?;
        }
        What::SeenAt {
            source,
            path,
            root,
            container,
            modified,
        } => {
            let fresh = db
                .prepare_cached("INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?, ?)")?
                .execute(params![
                    source.as_bytes().as_slice(),
                    container
                        .as_ref()
                        .map_or(&[][..], |container| container.as_bytes().as_slice()),
                    root,
                    path,
                    modified
                ])?;
            if fresh > 0 {
                // The folder is a facet: search must look at it again.
                db.prepare_cached(
                    "UPDATE documents SET change = (SELECT max(change) + 1 FROM documents) \
                     WHERE source = ?",
                )?
                .execute([source.as_bytes().as_slice()])?;
            }
        }
        What::Decision(_) => {}
    }
    Ok(())
}

/// SQLite counts in signed numbers.
pub(crate) fn number(n: u64) -> Result<i64, ArchiveError> {
    i64::try_from(n).map_err(|_| ArchiveError::Record(LayoutError::Overflow))
}

/// Where to start a walk whose first entry is number `seq`.
pub(crate) fn start_of(db: &Connection, seq: u64) -> Result<Option<Seal>, ArchiveError> {
    Ok(db
        .prepare_cached("SELECT seq, start, prev FROM ledger_index WHERE seq = ?")?
        .query_row([number(seq)?], before)
        .optional()?)
}

/// Where to start a walk for each decision.
pub(crate) fn decision_starts(db: &Connection) -> Result<Vec<Seal>, ArchiveError> {
    let starts = db
        .prepare_cached(
            "SELECT seq, start, prev FROM ledger_index WHERE what = 'decision' ORDER BY seq",
        )?
        .query_map([], before)?
        .collect::<Result<_, _>>()?;
    Ok(starts)
}

/// The end of the ledger in front of an entry.
fn before(row: &rusqlite::Row<'_>) -> rusqlite::Result<Seal> {
    Ok(Seal {
        count: row.get::<_, i64>(0)?.unsigned_abs().saturating_sub(1),
        bytes: row.get::<_, i64>(1)?.unsigned_abs(),
        hash: row.get(2)?,
    })
}
