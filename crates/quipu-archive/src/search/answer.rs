//! Answering: one pass that counts, classes and ranks.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::path::Path;
use std::sync::RwLock;

use quipu_model::SourceId;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Value;
use tantivy::{
    DocAddress, DocId, IndexReader, ReloadPolicy, Score, SegmentOrdinal, SegmentReader,
    TantivyDocument,
};

use super::facets::{Counts, FacetCount, SegmentCounts, largest};
use super::plan::Planner;
use super::query::Query;
use super::schema::{EARLIEST, Facet, Fields, LATEST, TIE, TITLE};
use super::words::{ReadyStemmers, Stemmers};
use crate::error::ArchiveError;

/// How far into an answer one can page.
const DEEPEST: usize = 100_000;

/// Kinds and roles that are told; a schema has some hundred.
const WORDS_MAX: usize = 10_000;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The question.
    pub query: Query,
    /// Order of the hits.
    pub sort: Sort,
    /// Hits to pass over.
    pub offset: usize,
    /// Hits to give; with 0 there are only counts.
    pub limit: usize,
    /// Facets to count.
    pub facets: Vec<Facet>,
    /// Classes to give for each facet.
    pub classes: usize,
}

impl Request {
    /// The first twenty hits by relevance, every facet counted.
    #[must_use]
    pub fn new(query: Query) -> Self {
        Self {
            query,
            sort: Sort::Relevance,
            offset: 0,
            limit: 20,
            facets: Facet::ALL.to_vec(),
            classes: 50,
        }
    }
}

/// Order of hits; equal ones stand by the id of their source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The best match first.
    #[default]
    Relevance,
    /// By first possible day, undated last.
    Oldest,
    /// By last possible day backwards, undated last.
    Newest,
    /// By title, untitled last.
    Title,
    /// By the id of the source: the order that never changes.
    Source,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// Documents that match.
    pub total: u64,
    /// Those asked for, in order.
    pub hits: Vec<Hit>,
    /// Documents by class, the largest first.
    pub facets: BTreeMap<Facet, Vec<FacetCount>>,
}

/// The words that claims of the archive have places for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClaimVocabulary {
    /// Kinds.
    pub kinds: BTreeSet<String>,
    /// Roles that somebody fills.
    pub roles: BTreeSet<String>,
}

/// One document found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its source.
    pub source: SourceId,
    /// How well it matches; comparable within one answer only.
    pub score: f32,
}

/// The index, open for reading beside a writer.
pub struct Index {
    reader: IndexReader,
    fields: Fields,
    stemmers: RwLock<ReadyStemmers>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index of an archive; `None` when there is none that this
    /// program can read.
    pub(crate) fn open(folder: &Path, stemmers: &Stemmers) -> Result<Option<Self>, ArchiveError> {
        if !folder.join("meta.json").exists() {
            return Ok(None);
        }
        let fields = Fields::new();
        let index = tantivy::Index::open_in_dir(folder)?;
        if index.schema() != fields.schema {
            return Ok(None);
        }
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Some(Self {
            reader,
            fields,
            stemmers: RwLock::new(stemmers.ready()),
        }))
    }

    /// Sees what was committed since.
    pub(crate) fn refresh(&self) -> Result<(), ArchiveError> {
        Ok(self.reader.reload()?)
    }

    /// Kinds and roles of all claims.
    pub(crate) fn claim_vocabulary(&self) -> Result<ClaimVocabulary, ArchiveError> {
        let mut vocabulary = ClaimVocabulary::default();
        for reader in self.reader.searcher().segment_readers() {
            let kinds = self.fields.facet(Facet::ClaimKind);
            let kinds = kinds.map(|field| (field, &mut vocabulary.kinds));
            let both = kinds.into_iter();
            for (field, into) in both.chain([(self.fields.roles, &mut vocabulary.roles)]) {
                let index = reader.inverted_index(field)?;
                let mut terms = index
                    .terms()
                    .stream()
                    .map_err(tantivy::TantivyError::from)?;
                while terms.advance() && into.len() < WORDS_MAX {
                    into.extend(std::str::from_utf8(terms.key()).map(str::to_owned));
                }
            }
        }
        Ok(vocabulary)
    }

    /// Answers a request.
    ///
    /// # Errors
    /// When the question is too large, or the index cannot be read.
    pub fn answer(&self, request: &Request) -> Result<Answer, ArchiveError> {
        let stemmers = self
            .stemmers
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let planner = Planner {
            fields: &self.fields,
            stemmers: &stemmers,
        };
        let query = planner.plan(&request.query)?;
        drop(stemmers);
        let searcher = self.reader.searcher();
        let keep = request.offset.saturating_add(request.limit).min(DEEPEST);
        let collector = Ranking {
            sort: request.sort,
            keep,
            facets: request.facets.clone(),
        };
        let found = searcher
            .search(query.as_ref(), &collector)
            .map_err(as_question)?;
        let mut hits = Vec::new();
        for ranked in found.ranked.into_iter().skip(request.offset) {
            let stored: TantivyDocument = searcher.doc(ranked.address)?;
            let bytes = stored.get_first(self.fields.source);
            let source = bytes
                .and_then(|value| value.as_bytes())
                .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            if let Some(source) = source {
                hits.push(Hit {
                    source: SourceId::from_hash(source),
                    score: ranked.score,
                });
            }
        }
        Ok(Answer {
            total: found.total,
            hits,
            facets: largest(found.counts, request.classes),
        })
    }
}

fn as_question(error: tantivy::TantivyError) -> ArchiveError {
    match error {
        tantivy::TantivyError::InvalidArgument(why) => ArchiveError::Question(why),
        other => ArchiveError::Search(other),
    }
}

/// The collector of an answer.
struct Ranking {
    sort: Sort,
    keep: usize,
    facets: Vec<Facet>,
}

#[derive(Default)]
struct Found {
    total: u64,
    ranked: Vec<Ranked>,
    counts: Counts,
}

/// A document with its place in the order: smaller stands first.
#[derive(Debug, Clone)]
struct Ranked {
    rank: u64,
    text: String,
    tie: u64,
    score: Score,
    address: DocAddress,
}

/// The order within a segment, where titles are compared by their number.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    rank: u64,
    tie: u64,
    doc: DocId,
    score_bits: u32,
}

struct SegmentRanking {
    segment: SegmentOrdinal,
    sort: Sort,
    keep: usize,
    total: u64,
    heap: BinaryHeap<Candidate>,
    ties: Column<u64>,
    days: Option<Column<i64>>,
    titles: Option<StrColumn>,
    counts: SegmentCounts,
}

impl Collector for Ranking {
    type Fruit = Found;
    type Child = SegmentRanking;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentRanking> {
        let fast = reader.fast_fields();
        Ok(SegmentRanking {
            segment,
            sort: self.sort,
            keep: self.keep,
            total: 0,
            heap: BinaryHeap::new(),
            ties: fast.u64(TIE)?,
            days: match self.sort {
                Sort::Oldest => Some(fast.i64(EARLIEST)?),
                Sort::Newest => Some(fast.i64(LATEST)?),
                _ => None,
            },
            titles: match self.sort {
                Sort::Title => fast.str(TITLE)?,
                _ => None,
            },
            counts: SegmentCounts::new(reader, &self.facets)?,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance && self.keep > 0
    }

    fn merge_fruits(&self, segments: Vec<Found>) -> tantivy::Result<Found> {
        let mut all = Found::default();
        for segment in segments {
            all.total += segment.total;
            all.ranked.extend(segment.ranked);
            for (facet, classes) in segment.counts {
                let into = all.counts.entry(facet).or_default();
                for (value, count) in classes {
                    *into.entry(value).or_default() += count;
                }
            }
        }
        all.ranked.sort_by(|a, b| {
            (a.rank, &a.text, a.tie, a.address).cmp(&(b.rank, &b.text, b.tie, b.address))
        });
        all.ranked.truncate(self.keep);
        Ok(all)
    }
}

impl SegmentRanking {
    /// Smaller stands first; what has no value stands last.
    fn rank(&self, doc: DocId, score: Score) -> u64 {
        let ordered = |day: i64| (day as u64) ^ (1 << 63);
        match self.sort {
            // Scores are never negative, so their bits rise with them.
            Sort::Relevance => u64::from(u32::MAX - score.max(0.0).to_bits()),
            Sort::Oldest => {
                let day = self.days.as_ref().and_then(|days| days.first(doc));
                day.map_or(u64::MAX, ordered)
            }
            Sort::Newest => {
                let day = self.days.as_ref().and_then(|days| days.first(doc));
                day.map_or(u64::MAX, |day| {
                    u64::MAX - 1 - ordered(day).min(u64::MAX - 1)
                })
            }
            Sort::Title => {
                let title = self.titles.as_ref();
                let ord = title.and_then(|titles| titles.term_ords(doc).next());
                ord.unwrap_or(u64::MAX)
            }
            Sort::Source => 0,
        }
    }
}

impl SegmentCollector for SegmentRanking {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        self.counts.count(doc);
        if self.keep == 0 {
            return;
        }
        let rank = self.rank(doc, score);
        let full = self.heap.len() >= self.keep;
        let worst = self.heap.peek().filter(|_| full);
        if worst.is_some_and(|worst| worst.rank < rank) {
            return;
        }
        let tie = self.ties.first(doc).unwrap_or(u64::MAX);
        if worst.is_some_and(|worst| (worst.rank, worst.tie) < (rank, tie)) {
            return;
        }
        self.heap.push(Candidate {
            rank,
            tie,
            doc,
            score_bits: score.to_bits(),
        });
        if full {
            self.heap.pop();
        }
    }

    fn harvest(self) -> Found {
        let titles = self.titles;
        let by_title = self.sort == Sort::Title;
        let mut ranked: Vec<Ranked> = Vec::with_capacity(self.heap.len());
        for candidate in self.heap {
            let mut text = String::new();
            let mut rank = candidate.rank;
            if by_title {
                // Numbers of titles mean something within a segment only.
                if let Some(titles) = titles.as_ref().filter(|_| rank != u64::MAX) {
                    let _ = titles.ord_to_str(rank, &mut text);
                    rank = 0;
                }
            }
            ranked.push(Ranked {
                rank,
                text,
                tie: candidate.tie,
                score: f32::from_bits(candidate.score_bits),
                address: DocAddress::new(self.segment, candidate.doc),
            });
        }
        let mut counts = Counts::new();
        self.counts.add_to(&mut counts);
        Found {
            total: self.total,
            ranked,
            counts,
        }
    }
}
