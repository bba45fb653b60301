//! The pen that writes derived data. It cannot write given facts.

use std::fs::File;
use std::path::Path;

use quipu_model::{Layout, NoticeLevel, ReadDocument, RecipeId, SourceId};
use rusqlite::{Connection, OptionalExtension, params};

use super::connection::{open_to_write, source_of};
use super::ledger_index::{catch_up, number};
use super::record::{FileStamp, Recipes, Shelved, Stale};
use crate::error::{ArchiveError, At};
use crate::folder::Archive;
use crate::ledger::Seal;
use crate::search::{IndexPen, Stemmers};

/// How hard records are pressed: level 3 is the library's own middle.
const PRESS: i32 = 3;

/// The pen for derived data. One at a time for each archive; readers may look
/// on meanwhile.
pub struct ShelfPen {
    archive: Archive,
    db: Connection,
    index: Option<IndexPen>,
    // Held for its lock, let go when the pen is put down.
    _lock: File,
}

/// How often a lock that somebody holds is tried for again. A program that was
/// killed while it started a process for reading leaves its lock to that one
/// until it runs: on a busy machine that is not at once.
const LOCK_TRIES: u32 = 60;
/// How long is waited between.
const LOCK_PAUSE: std::time::Duration = std::time::Duration::from_millis(50);

impl std::fmt::Debug for ShelfPen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShelfPen")
            .field("archive", &self.archive)
            .finish_non_exhaustive()
    }
}

impl ShelfPen {
    pub(crate) fn open(archive: Archive) -> Result<Self, ArchiveError> {
        let path = archive.lock_file();
        let lock = File::create(&path).at(&path)?;
        let mut tries = 0;
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(std::fs::TryLockError::WouldBlock) if tries < LOCK_TRIES => {
                    tries += 1;
                    std::thread::sleep(LOCK_PAUSE);
                }
                Err(std::fs::TryLockError::WouldBlock) => {
                    return Err(ArchiveError::Busy {
                        path: archive.folder().to_owned(),
                    });
                }
                Err(std::fs::TryLockError::Error(cause)) => {
                    return Err(ArchiveError::disk(&path, cause));
                }
            }
        }
        let seal = archive.intake_pen().recover()?;
        let (mut db, fresh) = open_to_write(&archive.shelf_file())?;
        let newest: i64 = db.query_row(
            "SELECT coalesce(max(change), 0) FROM documents",
            [],
            |row| row.get(0),
        )?;
        // An index that knows more than the shelf belongs to a shelf that was
        // deleted, or that lost its last batch when the power went.
        if fresh || IndexPen::indexed(&archive.search_folder()) > newest.unsigned_abs() {
            IndexPen::discard(&archive.search_folder())?;
        }
        let all = db.transaction()?;
        catch_up(&all, &archive.ledger_file(), seal)?;
        all.commit()?;
        archive.originals().recover(|source| knows(&db, source))?;
        Ok(Self {
            archive,
            db,
            index: None,
            _lock: lock,
        })
    }

    /// The archive written to.
    #[must_use]
    pub const fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Whether the ledger has this source.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn knows(&self, source: SourceId) -> Result<bool, ArchiveError> {
        knows(&self.db, source)
    }

    /// Whether the ledger has this source at this place.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn knows_place(
        &self,
        source: SourceId,
        container: Option<SourceId>,
        root: &str,
        path: &str,
    ) -> Result<bool, ArchiveError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT 1 FROM places WHERE source = ? AND container = ? AND root = ? AND path = ?",
            )?
            .exists(params![
                source.as_bytes().as_slice(),
                container
                    .as_ref()
                    .map_or(&[][..], |container| container.as_bytes().as_slice()),
                root,
                path
            ])?)
    }

    /// With what a source's document on the shelf was made.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn recipe_of(&self, source: SourceId) -> Result<Option<RecipeId>, ArchiveError> {
        let recipe: Option<[u8; 32]> = self
            .db
            .prepare_cached("SELECT recipe FROM documents WHERE source = ?")?
            .query_row([source.as_bytes().as_slice()], |row| row.get(0))
            .optional()?;
        Ok(recipe.map(RecipeId::from_hash))
    }

    /// A source's document on the shelf.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn document(&self, source: SourceId) -> Result<Option<ReadDocument>, ArchiveError> {
        super::read::layout_of(&self.db, source)
    }

    /// The source a file held when it had this stamp.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn stamped(
        &self,
        root: &str,
        path: &str,
        stamp: FileStamp,
    ) -> Result<Option<SourceId>, ArchiveError> {
        let bytes: Option<Vec<u8>> = self
            .db
            .prepare_cached(
                "SELECT source FROM stamps WHERE root = ? AND path = ? \
                 AND bytes = ? AND modified = ? AND changed = ?",
            )?
            .query_row(
                params![
                    root,
                    path,
                    number(stamp.bytes)?,
                    stamp.modified,
                    stamp.changed
                ],
                |row| row.get(0),
            )
            .optional()?;
        bytes.map(|bytes| source_of(&bytes)).transpose()
    }

    /// Sources without a document or a reading made with these recipes, or with
    /// none at all, in the order of the ledger behind entry `after`.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn stale(
        &self,
        recipes: Recipes,
        missing_only: bool,
        after: u64,
        limit: u32,
    ) -> Result<Vec<Stale>, ArchiveError> {
        let mut query = self.db.prepare_cached(
            "SELECT s.seq, s.source, s.bytes, \
             d.recipe IS NULL OR (?2 = 0 AND d.recipe <> ?3) AS unread \
             FROM sources s \
             LEFT JOIN documents d ON d.source = s.source \
             LEFT JOIN readings r ON r.source = s.source \
             WHERE s.seq > ?1 \
             AND (unread OR r.recipe IS NULL OR (?2 = 0 AND r.recipe <> ?4)) \
             ORDER BY s.seq LIMIT ?5",
        )?;
        let mut rows = query.query(params![
            number(after)?,
            missing_only,
            recipes.document.as_bytes().as_slice(),
            recipes.reading.as_bytes().as_slice(),
            limit
        ])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let bytes: Vec<u8> = row.get(1)?;
            found.push(Stale {
                entry: row.get::<_, i64>(0)?.unsigned_abs(),
                source: source_of(&bytes)?,
                bytes: row.get::<_, i64>(2)?.unsigned_abs(),
                unread: row.get(3)?,
            });
        }
        Ok(found)
    }

    /// The place of a source that names it best: outside containers before
    /// inside, then by path. It does not depend on the order of taking in.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn place_of(&self, source: SourceId) -> Result<Option<super::Place>, ArchiveError> {
        Ok(super::read::places_of(&self.db, source)?.into_iter().next())
    }

    /// How many sources lie inside this one at any depth, and their bytes.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn inside(&self, source: SourceId) -> Result<(u64, u64), ArchiveError> {
        Ok(self
            .db
            .prepare_cached(
                "WITH RECURSIVE inner_parts (source) AS ( \
                   SELECT source FROM places WHERE container = ?1 AND container <> x'' \
                   UNION SELECT p.source FROM places p \
                   JOIN inner_parts i ON p.container = i.source AND p.container <> x'') \
                 SELECT count(*), coalesce(sum(s.bytes), 0) \
                 FROM inner_parts i JOIN sources s ON s.source = i.source",
            )?
            .query_row([source.as_bytes().as_slice()], |row| {
                Ok((
                    row.get::<_, i64>(0)?.unsigned_abs(),
                    row.get::<_, i64>(1)?.unsigned_abs(),
                ))
            })?)
    }

    /// Indexes what the ledger got since, shelves documents and remembers
    /// stamps: all or nothing.
    ///
    /// # Errors
    /// When the ledger is not as sealed, or the disk refuses.
    pub fn shelve(
        &mut self,
        seal: Seal,
        documents: &[Shelved],
        stamps: &[(String, String, FileStamp, SourceId)],
    ) -> Result<(), ArchiveError> {
        let all = self.db.transaction()?;
        catch_up(&all, &self.archive.ledger_file(), seal)?;
        for shelved in documents {
            put(&all, shelved)?;
        }
        for (root, path, stamp, source) in stamps {
            all.prepare_cached("INSERT OR REPLACE INTO stamps VALUES (?, ?, ?, ?, ?, ?)")?
                .execute(params![
                    root,
                    path,
                    number(stamp.bytes)?,
                    stamp.modified,
                    stamp.changed,
                    source.as_bytes().as_slice()
                ])?;
        }
        all.commit()?;
        Ok(())
    }

    /// Brings the search index up to the shelf and gives how many documents
    /// were put in. It commits every `each` documents, so that an interruption
    /// loses little, and at the end if `finish` says so; readers see what is
    /// committed.
    ///
    /// # Errors
    /// When shelf or index refuse.
    pub fn index(
        &mut self,
        stemmers: &Stemmers,
        each: usize,
        finish: bool,
    ) -> Result<u64, ArchiveError> {
        let kept = super::read::stemmers(&self.db)?;
        if kept.as_ref() != Some(stemmers) {
            // Other stems: every document must be put in again.
            self.index = None;
            IndexPen::discard(&self.archive.search_folder())?;
            self.db
                .prepare_cached("INSERT OR REPLACE INTO meta VALUES ('stemmers', ?)")?
                .execute([stemmers.to_bytes()])?;
        }
        let mut index = match self.index.take() {
            Some(index) => index,
            None => IndexPen::open(&self.archive.search_folder(), stemmers)?,
        };
        let done = index.catch_up(&self.db, each, finish)?;
        self.index = Some(index);
        Ok(done)
    }

    /// Writes the write-ahead log back into the shelf, so that a copy of the
    /// folder is whole.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn tidy(&self) -> Result<(), ArchiveError> {
        self.db
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Where the archive lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.archive.folder()
    }
}

fn knows(db: &Connection, source: SourceId) -> Result<bool, ArchiveError> {
    Ok(db
        .prepare_cached("SELECT 1 FROM sources WHERE source = ?")?
        .exists([source.as_bytes().as_slice()])?)
}

/// Weight of a notice in the tables; 0 means none.
pub(crate) const fn weight(level: Option<NoticeLevel>) -> i64 {
    match level {
        None => 0,
        Some(NoticeLevel::Remark) => 1,
        Some(NoticeLevel::Damaged) => 2,
        Some(NoticeLevel::Refused) => 3,
    }
}

fn put(db: &Connection, shelved: &Shelved) -> Result<(), ArchiveError> {
    let source = shelved.source.as_bytes().as_slice();
    let document = &shelved.document;
    let card = &shelved.card;
    let press = |bytes: &[u8]| {
        zstd::bulk::compress(bytes, PRESS)
            .map_err(|cause| ArchiveError::disk(Path::new("shelf.sqlite"), cause))
    };
    let pressed = press(&document.to_bytes())?;
    let notices = || document.notices.iter().chain(&shelved.reading.notices);
    db.prepare_cached("DELETE FROM notices WHERE source = ?")?
        .execute([source])?;
    db.prepare_cached("DELETE FROM fields WHERE source = ?")?
        .execute([source])?;
    db.prepare_cached("DELETE FROM languages WHERE source = ?")?
        .execute([source])?;
    // The change number must rise even when the newest row is replaced.
    let change: i64 = db
        .prepare_cached("SELECT coalesce(max(change), 0) + 1 FROM documents")?
        .query_row([], |row| row.get(0))?;
    db.prepare_cached("DELETE FROM documents WHERE source = ?")?
        .execute([source])?;
    db.prepare_cached(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        change,
        source,
        shelved.recipe.as_bytes().as_slice(),
        document.media_type,
        card.kind,
        card.title,
        card.publisher,
        card.published,
        card.earliest,
        card.latest,
        card.language,
        number(document.transcript.pages.len() as u64)?,
        number(document.repaired.text.chars().count() as u64)?,
        weight(notices().map(|notice| notice.level).max()),
        pressed
    ])?;
    for (n, notice) in notices().enumerate() {
        db.prepare_cached("INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?, ?)")?
            .execute(params![
                source,
                number(n as u64)?,
                weight(Some(notice.level)),
                notice.code,
                notice.message,
                notice.next_step,
                notice.page
            ])?;
    }
    for (n, field) in document.fields.iter().enumerate() {
        db.prepare_cached("INSERT INTO fields VALUES (?, ?, ?, ?)")?
            .execute(params![source, number(n as u64)?, field.name, field.value])?;
    }
    for (language, sentences) in &card.languages {
        db.prepare_cached("INSERT OR REPLACE INTO languages VALUES (?, ?, ?)")?
            .execute(params![source, language, sentences])?;
    }
    db.prepare_cached("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)")?
        .execute(params![
            source,
            shelved.reading_recipe.as_bytes().as_slice(),
            press(&shelved.reading.to_bytes())?
        ])?;
    Ok(())
}
