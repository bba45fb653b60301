//! Reading an archive, also while somebody writes into it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, RwLock};

use quipu_model::time::Day;
use quipu_model::{Decision, Notice, NoticeLevel, ReadDocument, Reading, SourceId};
use rusqlite::Connection;

use crate::error::{ArchiveError, At};
use crate::folder::Archive;
use crate::ledger::{Entry, Seal, What, log};
use crate::search::{
    Answer, ClaimVocabulary, Facet, FacetCount, Index, Passage, Query, Request, Stemmers, highlight,
};
use crate::shelf::{self, Place};

/// Connections kept open at once; more readers open their own and close it.
const POOL: usize = 8;

/// A view of an archive for reading. Any number of threads may use it; what a
/// writer has finished meanwhile is seen by the next question to the shelf, and
/// by search after [`Snapshot::refresh`].
pub struct Snapshot {
    archive: Archive,
    pool: Mutex<Vec<Connection>>,
    index: RwLock<Option<Index>>,
    stemmers: RwLock<Stemmers>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot")
            .field("archive", &self.archive)
            .finish_non_exhaustive()
    }
}

/// A document as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLine {
    /// Its source.
    pub source: SourceId,
    /// The path by which people know it: below what was handed in; for a part
    /// the path of its container and its name there.
    pub path: String,
    /// Media type, judged by content.
    pub media_type: String,
    /// Kind of document (`cable`, `mail`…).
    pub kind: Option<String>,
    /// Title or headline.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// When it was published or sent, as EDTF.
    pub published: Option<String>,
    /// First day that can mean.
    pub earliest: Option<Day>,
    /// Last day that can mean.
    pub latest: Option<Day>,
    /// Language of most of its sentences.
    pub language: Option<String>,
    /// Pages; 0 where the format has none.
    pub pages: u32,
    /// Characters of text.
    pub characters: u64,
    /// Bytes of the source.
    pub bytes: u64,
    /// Weightiest notice.
    pub level: Option<NoticeLevel>,
}

/// A document whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What lists show of it.
    pub line: DocumentLine,
    /// What reading made of it.
    pub read: ReadDocument,
    /// What was understood of it.
    pub reading: Reading,
    /// Where it was seen: outside containers first, then by path.
    pub places: Vec<Place>,
    /// Files found inside it: name there and source, by name; at most 10,000.
    pub parts: Vec<(String, SourceId)>,
}

/// The whole archive in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overview {
    /// Sources in the ledger.
    pub sources: u64,
    /// Documents on the shelf.
    pub documents: u64,
    /// Bytes of all sources.
    pub bytes: u64,
    /// Pages of all documents.
    pub pages: u64,
    /// Characters of all documents.
    pub characters: u64,
    /// Documents whose weightiest notice is a remark.
    pub remarks: u64,
    /// Documents of which something is missing or doubtful.
    pub damaged: u64,
    /// Documents of which nothing could be read.
    pub refused: u64,
    /// Documents that can be searched.
    pub searchable: u64,
    /// Documents by class, the largest first.
    pub facets: BTreeMap<Facet, Vec<FacetCount>>,
}

/// Entries of the ledger given at once.
const ENTRIES: u64 = 10_000;

impl Snapshot {
    pub(crate) fn open(archive: Archive) -> Result<Self, ArchiveError> {
        let snapshot = Self {
            archive,
            pool: Mutex::new(Vec::new()),
            index: RwLock::new(None),
            stemmers: RwLock::new(Stemmers::default()),
        };
        snapshot.refresh()?;
        Ok(snapshot)
    }

    /// The archive looked at.
    #[must_use]
    pub const fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Lets search see what was indexed since. Cheap when nothing was.
    ///
    /// # Errors
    /// When shelf or index cannot be read.
    pub fn refresh(&self) -> Result<(), ArchiveError> {
        let stemmers = self.with(shelf::stemmers)?.flatten().unwrap_or_default();
        let same = *self.stemmers() == stemmers;
        if same && let Some(index) = self.index().as_ref() {
            // The writer may have thrown the index away and begun a new one;
            // then the old one cannot be refreshed and is opened anew below.
            if index.refresh().is_ok() {
                return Ok(());
            }
        }
        let index = Index::open(&self.archive.search_folder(), &stemmers)?;
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = index;
        *self
            .stemmers
            .write()
            .unwrap_or_else(PoisonError::into_inner) = stemmers;
        Ok(())
    }

    /// Answers a question.
    ///
    /// # Errors
    /// When the question is too large, or the index cannot be read.
    pub fn search(&self, request: &Request) -> Result<Answer, ArchiveError> {
        match self.index().as_ref() {
            Some(index) => index.answer(request),
            None => Ok(Answer::default()),
        }
    }

    /// Kinds and roles of the claims that search knows.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn claim_vocabulary(&self) -> Result<ClaimVocabulary, ArchiveError> {
        match self.index().as_ref() {
            Some(index) => index.claim_vocabulary(),
            None => Ok(ClaimVocabulary::default()),
        }
    }

    /// The passages of a document that answer a question best.
    ///
    /// # Errors
    /// When a pattern of the question cannot be used.
    pub fn passages(
        &self,
        document: &ReadDocument,
        reading: &Reading,
        query: &Query,
        most: usize,
    ) -> Result<Vec<Passage>, ArchiveError> {
        highlight(document, reading, query, &self.stemmers(), most)
    }

    /// What lists show of a document.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn line(&self, source: SourceId) -> Result<Option<DocumentLine>, ArchiveError> {
        Ok(self.with(|db| line(db, source))?.flatten())
    }

    /// A document whole.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn document(&self, source: SourceId) -> Result<Option<Document>, ArchiveError> {
        let document = self.with(|db| {
            let Some(line) = line(db, source)? else {
                return Ok(None);
            };
            let Some(read) = shelf::layout_of(db, source)? else {
                return Ok(None);
            };
            Ok(Some(Document {
                line,
                read,
                reading: shelf::reading_of(db, source)?,
                places: shelf::places_of(db, source)?,
                parts: shelf::parts_of(db, source, 10_000)?,
            }))
        })?;
        Ok(document.flatten())
    }

    /// The bytes of a source, checked against its id.
    ///
    /// # Errors
    /// When the file is missing or was altered.
    pub fn original(&self, source: SourceId) -> Result<Vec<u8>, ArchiveError> {
        let originals = self.archive.originals();
        let bytes = originals.read(source)?;
        if SourceId::of(&bytes) == source {
            Ok(bytes)
        } else {
            Err(ArchiveError::ledger(
                &originals.path(source),
                "the file was altered since it was taken in",
            ))
        }
    }

    /// Where a source was seen.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn places(&self, source: SourceId) -> Result<Vec<Place>, ArchiveError> {
        Ok(self
            .with(|db| shelf::places_of(db, source))?
            .unwrap_or_default())
    }

    /// The notices of one document.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn notices(&self, source: SourceId) -> Result<Vec<Notice>, ArchiveError> {
        Ok(self
            .with(|db| shelf::notices_of(db, source))?
            .unwrap_or_default())
    }

    /// Notices of at least that weight over the whole archive: the weightiest
    /// first, then by code and source.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn all_notices(
        &self,
        least: NoticeLevel,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<(SourceId, Notice)>, ArchiveError> {
        Ok(self
            .with(|db| shelf::notices_by_weight(db, least, offset, limit))?
            .unwrap_or_default())
    }

    /// Sources behind `after` in the order of their ids, which is the order of
    /// exports: it depends on nothing but what the archive holds.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn sources_after(
        &self,
        after: Option<SourceId>,
        limit: u32,
    ) -> Result<Vec<SourceId>, ArchiveError> {
        Ok(self
            .with(|db| shelf::each_source(db, after, limit))?
            .unwrap_or_default())
    }

    /// Hands every document over in the order of the ids.
    ///
    /// # Errors
    /// When the shelf cannot be read, or what `each` says.
    pub fn each_document<E: From<ArchiveError>>(
        &self,
        mut each: impl FnMut(Document) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut after = None;
        loop {
            let sources = self.sources_after(after, 256)?;
            let Some(last) = sources.last() else {
                return Ok(());
            };
            after = Some(*last);
            for source in sources {
                if let Some(document) = self.document(source)? {
                    each(document)?;
                }
            }
        }
    }

    /// The archive in numbers.
    ///
    /// # Errors
    /// When shelf or index cannot be read.
    pub fn overview(&self, classes: usize) -> Result<Overview, ArchiveError> {
        let totals = self.with(shelf::totals)?.unwrap_or_default();
        let request = Request {
            limit: 0,
            classes,
            ..Request::new(Query::All)
        };
        let answer = self.search(&request)?;
        Ok(Overview {
            sources: totals.sources,
            documents: totals.documents,
            bytes: totals.bytes,
            pages: totals.pages,
            characters: totals.characters,
            remarks: totals.remarks,
            damaged: totals.damaged,
            refused: totals.refused,
            searchable: answer.total,
            facets: answer.facets,
        })
    }

    /// The seal of the ledger now: what a citation carries.
    ///
    /// # Errors
    /// When `ledger.head` is missing or damaged.
    pub fn seal(&self) -> Result<Seal, ArchiveError> {
        log::sealed(&self.archive.head_file())
    }

    /// Entries of the ledger from number `from` on (counted from 1); at most
    /// 10,000 at once.
    ///
    /// # Errors
    /// When the ledger cannot be read, or an entry was altered.
    pub fn entries(&self, from: u64, limit: u64) -> Result<Vec<Entry>, ArchiveError> {
        let from = from.max(1);
        // The hash before an entry stands in it, so the walk may start at the
        // entry before the first one wanted.
        let start = self.with(|db| shelf::start_of(db, from))?.flatten();
        let mut walk = log::walk_from(&self.archive.ledger_file(), start.unwrap_or(Seal::EMPTY))?;
        let mut entries = Vec::new();
        let path = self.archive.ledger_file();
        while (entries.len() as u64) < limit.min(ENTRIES) {
            match walk.next_entry().at(&path)? {
                None => break,
                Some(Ok((_, entry))) if entry.seq >= from => entries.push(entry),
                Some(Ok(_)) => {}
                Some(Err(bad)) => {
                    return Err(ArchiveError::ledger(
                        &path,
                        format!("entry {}: {bad}", walk.at.count + 1),
                    ));
                }
            }
        }
        Ok(entries)
    }

    /// Every decision of people, in the order they were made.
    ///
    /// # Errors
    /// When the ledger cannot be read, or an entry was altered.
    pub fn decisions(&self) -> Result<Vec<Decision>, ArchiveError> {
        let indexed = self.with(|db| {
            let seal = shelf::indexed_seal(db)?;
            Ok((shelf::decision_starts(db)?, seal))
        })?;
        let (starts, seal) = indexed.unwrap_or_else(|| (Vec::new(), Seal::EMPTY));
        let path = self.archive.ledger_file();
        let mut decisions = Vec::new();
        for start in starts {
            let mut walk = log::walk_from(&path, start)?;
            if let Some(Ok((_, entry))) = walk.next_entry().at(&path)?
                && let What::Decision(decision) = entry.what
            {
                decisions.push(decision);
            }
        }
        // What the index has not seen yet is read from the log itself.
        let mut walk = log::walk_from(&path, seal)?;
        while let Some(Ok((_, entry))) = walk.next_entry().at(&path)? {
            if let What::Decision(decision) = entry.what {
                decisions.push(decision);
            }
        }
        Ok(decisions)
    }

    fn index(&self) -> std::sync::RwLockReadGuard<'_, Option<Index>> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn stemmers(&self) -> std::sync::RwLockReadGuard<'_, Stemmers> {
        self.stemmers.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a question on a connection of the pool; `None` when there is no
    /// shelf yet.
    fn with<T>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, ArchiveError>,
    ) -> Result<Option<T>, ArchiveError> {
        let kept = self
            .pool
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let db = match kept {
            Some(db) => db,
            None => match shelf::open_to_read(&self.archive.shelf_file())? {
                Some(db) => db,
                None => return Ok(None),
            },
        };
        let answer = ask(&db)?;
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        if pool.len() < POOL {
            pool.push(db);
        }
        Ok(Some(answer))
    }
}

fn line(db: &Connection, source: SourceId) -> Result<Option<DocumentLine>, ArchiveError> {
    let Some(header) = shelf::header(db, source)? else {
        return Ok(None);
    };
    Ok(Some(DocumentLine {
        source,
        path: shelf::display_path(db, source)?,
        media_type: header.media_type,
        kind: header.kind,
        title: header.title,
        publisher: header.publisher,
        published: header.published,
        earliest: header.earliest,
        latest: header.latest,
        language: header.language,
        pages: header.pages,
        characters: header.characters,
        bytes: header.bytes,
        level: header.level,
    }))
}
