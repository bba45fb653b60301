//! Questions to the shelf, the same for the pen and for readers beside it.

use quipu_model::{Layout, LayoutError, Notice, NoticeLevel, ReadDocument, Reading, SourceId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::connection::source_of;
use super::record::Place;
use crate::error::ArchiveError;
use crate::search::Stemmers;

/// A record larger than this when unpressed is taken to be damaged, in bytes.
const RECORD_BYTES: usize = 2 << 30;

/// How deep containers inside containers are followed when naming a source.
const DEPTH: usize = 32;

/// What a list shows of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) media_type: String,
    pub(crate) kind: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) earliest: Option<i64>,
    pub(crate) latest: Option<i64>,
    pub(crate) language: Option<String>,
    pub(crate) pages: u32,
    pub(crate) characters: u64,
    pub(crate) level: Option<NoticeLevel>,
    pub(crate) bytes: u64,
}

pub(crate) fn header(db: &Connection, source: SourceId) -> Result<Option<Header>, ArchiveError> {
    Ok(db
        .prepare_cached(
            "SELECT d.media_type, d.kind, d.title, d.publisher, d.published, d.earliest, \
             d.latest, d.language, d.pages, d.characters, d.level, s.bytes \
             FROM documents d JOIN sources s ON s.source = d.source WHERE d.source = ?",
        )?
        .query_row([source.as_bytes().as_slice()], header_of)
        .optional()?)
}

fn header_of(row: &Row<'_>) -> rusqlite::Result<Header> {
    Ok(Header {
        media_type: row.get(0)?,
        kind: row.get(1)?,
        title: row.get(2)?,
        publisher: row.get(3)?,
        published: row.get(4)?,
        earliest: row.get(5)?,
        latest: row.get(6)?,
        language: row.get(7)?,
        pages: row.get(8)?,
        characters: row.get::<_, i64>(9)?.unsigned_abs(),
        level: level_of(row.get(10)?),
        bytes: row.get::<_, i64>(11)?.unsigned_abs(),
    })
}

const fn level_of(weight: i64) -> Option<NoticeLevel> {
    match weight {
        1 => Some(NoticeLevel::Remark),
        2 => Some(NoticeLevel::Damaged),
        3 => Some(NoticeLevel::Refused),
        _ => None,
    }
}

/// A document whole.
pub(crate) fn layout_of(
    db: &Connection,
    source: SourceId,
) -> Result<Option<ReadDocument>, ArchiveError> {
    let pressed: Option<Vec<u8>> = db
        .prepare_cached("SELECT layout FROM documents WHERE source = ?")?
        .query_row([source.as_bytes().as_slice()], |row| row.get(0))
        .optional()?;
    pressed.map(|pressed| unpress(&pressed)).transpose()
}

/// What was understood of a document; nothing where it was not yet looked at.
pub(crate) fn reading_of(db: &Connection, source: SourceId) -> Result<Reading, ArchiveError> {
    let pressed: Option<Vec<u8>> = db
        .prepare_cached("SELECT layout FROM readings WHERE source = ?")?
        .query_row([source.as_bytes().as_slice()], |row| row.get(0))
        .optional()?;
    match pressed {
        Some(pressed) => unpress(&pressed),
        None => Ok(Reading::default()),
    }
}

fn unpress<T: Layout>(pressed: &[u8]) -> Result<T, ArchiveError> {
    let broken = ArchiveError::Record(LayoutError::Broken("a pressed record that will not open"));
    let length = zstd::zstd_safe::get_frame_content_size(pressed)
        .ok()
        .flatten()
        .and_then(|length| usize::try_from(length).ok())
        .filter(|length| *length <= RECORD_BYTES);
    let Some(length) = length else {
        return Err(broken);
    };
    let bytes = zstd::bulk::decompress(pressed, length).map_err(|_| broken)?;
    Ok(T::from_bytes(&bytes)?)
}

/// Where a source was seen; outside containers first, then by path.
pub(crate) fn places_of(db: &Connection, source: SourceId) -> Result<Vec<Place>, ArchiveError> {
    let mut query = db.prepare_cached(
        "SELECT container, root, path, modified FROM places WHERE source = ? \
         ORDER BY container <> x'', replace(path, '/', char(1)), root, container LIMIT 1000",
    )?;
    let mut rows = query.query([source.as_bytes().as_slice()])?;
    let mut places = Vec::new();
    while let Some(row) = rows.next()? {
        let container: Vec<u8> = row.get(0)?;
        places.push(Place {
            container: if container.is_empty() {
                None
            } else {
                Some(source_of(&container)?)
            },
            root: row.get(1)?,
            path: row.get(2)?,
            modified: row.get(3)?,
        });
    }
    Ok(places)
}

/// Places of one source that are followed when it is named.
const NAMED: u32 = 16;

/// The one path by which people know a source: of all its paths the one with
/// the fewest steps, then the first by name. It does not depend on the order in
/// which places were found.
pub(crate) fn display_path(db: &Connection, source: SourceId) -> Result<String, ArchiveError> {
    let first = paths_of(db, source)?.into_iter().next();
    Ok(first.unwrap_or_else(|| source.hex()))
}

/// Every path of a source, led by the path of its container; the one by which
/// it is known first.
pub(crate) fn paths_of(db: &Connection, source: SourceId) -> Result<Vec<String>, ArchiveError> {
    let mut paths = Vec::new();
    for (container, path) in names_of(db, source, NAMED)? {
        paths.push(match container {
            Some(container) => format!("{}/{path}", container_path(db, container)?),
            None => path,
        });
    }
    paths.sort_by_cached_key(|path| (path.matches('/').count(), path.clone()));
    paths.dedup();
    Ok(paths)
}

/// The path of a container, following the first place of each.
fn container_path(db: &Connection, container: SourceId) -> Result<String, ArchiveError> {
    let mut names = Vec::new();
    let mut at = Some(container);
    for _ in 0..DEPTH {
        let Some(here) = at else { break };
        let Some((container, path)) = names_of(db, here, 1)?.pop() else {
            names.push(here.hex());
            break;
        };
        names.push(path);
        at = container;
    }
    names.reverse();
    Ok(names.join("/"))
}

/// Names of a source with their containers: outside containers first.
fn names_of(
    db: &Connection,
    source: SourceId,
    limit: u32,
) -> Result<Vec<(Option<SourceId>, String)>, ArchiveError> {
    let mut query = db.prepare_cached(
        "SELECT container, path FROM places WHERE source = ? \
         ORDER BY container <> x'', replace(path, '/', char(1)), root, container LIMIT ?",
    )?;
    let mut rows = query.query(params![source.as_bytes().as_slice(), limit])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        let container: Vec<u8> = row.get(0)?;
        let container = if container.is_empty() {
            None
        } else {
            Some(source_of(&container)?)
        };
        names.push((container, row.get(1)?));
    }
    Ok(names)
}

/// The sources inside a container with their names there, by name.
pub(crate) fn parts_of(
    db: &Connection,
    container: SourceId,
    limit: u32,
) -> Result<Vec<(String, SourceId)>, ArchiveError> {
    let mut query = db.prepare_cached(
        "SELECT path, source FROM places WHERE container = ? AND container <> x'' \
         ORDER BY path, source LIMIT ?",
    )?;
    let mut rows = query.query(params![container.as_bytes().as_slice(), limit])?;
    let mut parts = Vec::new();
    while let Some(row) = rows.next()? {
        let source: Vec<u8> = row.get(1)?;
        parts.push((row.get(0)?, source_of(&source)?));
    }
    Ok(parts)
}

/// Every source behind `after`, in the order of the ids.
pub(crate) fn each_source(
    db: &Connection,
    after: Option<SourceId>,
    limit: u32,
) -> Result<Vec<SourceId>, ArchiveError> {
    ids(
        db,
        "SELECT source FROM sources WHERE source > ? ORDER BY source LIMIT ?",
        after,
        limit,
    )
}

/// Every source with a document behind `after`, in the order of the ids.
pub(crate) fn each_shelved(
    db: &Connection,
    after: Option<SourceId>,
    limit: u32,
) -> Result<Vec<SourceId>, ArchiveError> {
    ids(
        db,
        "SELECT source FROM documents WHERE source > ? ORDER BY source LIMIT ?",
        after,
        limit,
    )
}

fn ids(
    db: &Connection,
    sql: &str,
    after: Option<SourceId>,
    limit: u32,
) -> Result<Vec<SourceId>, ArchiveError> {
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query(params![
        after
            .as_ref()
            .map_or(&[][..], |source| source.as_bytes().as_slice()),
        limit
    ])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let source: Vec<u8> = row.get(0)?;
        found.push(source_of(&source)?);
    }
    Ok(found)
}

/// The notices of one document, in order.
pub(crate) fn notices_of(db: &Connection, source: SourceId) -> Result<Vec<Notice>, ArchiveError> {
    let mut query = db.prepare_cached(
        "SELECT level, code, message, next_step, page FROM notices WHERE source = ? ORDER BY n",
    )?;
    let notices = query
        .query_map([source.as_bytes().as_slice()], |row| notice_of(row, 0))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(notices)
}

/// Notices of all documents, the weightiest first, then by code and source.
pub(crate) fn notices_by_weight(
    db: &Connection,
    least: NoticeLevel,
    offset: u32,
    limit: u32,
) -> Result<Vec<(SourceId, Notice)>, ArchiveError> {
    let mut query = db.prepare_cached(
        "SELECT source, level, code, message, next_step, page FROM notices WHERE level >= ? \
         ORDER BY level DESC, code, source, n LIMIT ? OFFSET ?",
    )?;
    let mut rows = query.query(params![super::write::weight(Some(least)), limit, offset])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let source: Vec<u8> = row.get(0)?;
        found.push((source_of(&source)?, notice_of(row, 1)?));
    }
    Ok(found)
}

fn notice_of(row: &Row<'_>, from: usize) -> rusqlite::Result<Notice> {
    Ok(Notice {
        level: level_of(row.get(from)?).unwrap_or(NoticeLevel::Remark),
        code: row.get(from + 1)?,
        message: row.get(from + 2)?,
        next_step: row.get(from + 3)?,
        page: row.get(from + 4)?,
    })
}

/// Numbers over the whole archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Totals {
    pub(crate) sources: u64,
    pub(crate) documents: u64,
    pub(crate) bytes: u64,
    pub(crate) pages: u64,
    pub(crate) characters: u64,
    pub(crate) remarks: u64,
    pub(crate) damaged: u64,
    pub(crate) refused: u64,
}

pub(crate) fn totals(db: &Connection) -> Result<Totals, ArchiveError> {
    let count = |sql: &str| -> Result<(u64, u64, u64), ArchiveError> {
        Ok(db.prepare_cached(sql)?.query_row([], |row| {
            Ok((
                row.get::<_, i64>(0)?.unsigned_abs(),
                row.get::<_, i64>(1)?.unsigned_abs(),
                row.get::<_, i64>(2)?.unsigned_abs(),
            ))
        })?)
    };
    let (sources, bytes, _) = count("SELECT count(*), coalesce(sum(bytes), 0), 0 FROM sources")?;
    let (documents, pages, characters) = count(
        "SELECT count(*), coalesce(sum(pages), 0), coalesce(sum(characters), 0) FROM documents",
    )?;
    let (remarks, damaged, refused) = count(
        "SELECT coalesce(sum(level = 1), 0), coalesce(sum(level = 2), 0), \
         coalesce(sum(level = 3), 0) FROM documents WHERE level > 0",
    )?;
    Ok(Totals {
        sources,
        documents,
        bytes,
        pages,
        characters,
        remarks,
        damaged,
        refused,
    })
}

/// A document as search takes it in.
pub(crate) struct Indexable {
    pub(crate) change: u64,
    pub(crate) source: SourceId,
    pub(crate) header: Header,
    pub(crate) document: ReadDocument,
    pub(crate) reading: Reading,
    pub(crate) languages: Vec<String>,
    pub(crate) paths: Vec<String>,
}

/// The next documents search has not seen, oldest change first.
pub(crate) fn changes_after(
    db: &Connection,
    after: u64,
    limit: u32,
) -> Result<Vec<Indexable>, ArchiveError> {
    let mut query = db.prepare_cached(
        "SELECT d.media_type, d.kind, d.title, d.publisher, d.published, d.earliest, d.latest, \
         d.language, d.pages, d.characters, d.level, s.bytes, d.change, d.source, d.layout \
         FROM documents d JOIN sources s ON s.source = d.source \
         WHERE d.change > ? ORDER BY d.change LIMIT ?",
    )?;
    let mut rows = query.query(params![super::ledger_index::number(after)?, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let source: Vec<u8> = row.get(13)?;
        let source = source_of(&source)?;
        let pressed: Vec<u8> = row.get(14)?;
        let languages = db
            .prepare_cached("SELECT language FROM languages WHERE source = ? ORDER BY language")?
            .query_map([source.as_bytes().as_slice()], |row| row.get(0))?
            .collect::<Result<Vec<String>, _>>()?;
        found.push(Indexable {
            change: row.get::<_, i64>(12)?.unsigned_abs(),
            source,
            header: header_of(row)?,
            document: unpress(&pressed)?,
            reading: reading_of(db, source)?,
            languages,
            paths: paths_of(db, source)?,
        });
    }
    Ok(found)
}

/// The stemmers the index was made with.
pub(crate) fn stemmers(db: &Connection) -> Result<Option<Stemmers>, ArchiveError> {
    let bytes: Option<Vec<u8>> = db
        .prepare_cached("SELECT value FROM meta WHERE name = 'stemmers'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(match bytes {
        Some(bytes) => Some(Stemmers::from_bytes(&bytes)?),
        None => None,
    })
}
