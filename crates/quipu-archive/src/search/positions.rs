//! Phrases and nearness as a query of the index, over words that may each
//! stand for many.

use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::expand::Sought;
use super::near::{Item, phrases, together};

/// The most words of the index that one word of a phrase may stand for.
pub(crate) const EXPANSION: usize = 1024;

/// Items near each other (one item: a phrase).
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) field: Field,
    /// What leads every word in the dictionary.
    pub(crate) lead: String,
    pub(crate) items: Arc<Vec<Vec<Sought>>>,
    pub(crate) distance: u32,
}

impl Query for Placed {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut worth = 0.0;
        if let Some(searcher) = scoring.searcher().filter(|_| scoring.is_scoring_enabled()) {
            // As in BM25: a phrase is worth what its words are worth together.
            let mut all = 0u64;
            let mut each = vec![0u64; self.items.iter().map(Vec::len).sum()];
            for reader in searcher.segment_readers() {
                all += u64::from(reader.max_doc());
                let index = reader.inverted_index(self.field)?;
                for (have, sought) in each.iter_mut().zip(self.items.iter().flatten()) {
                    let terms = sought.terms(index.terms(), &self.lead, EXPANSION)?;
                    let terms = terms.ok_or_else(too_many)?;
                    *have += terms.iter().map(|t| u64::from(t.doc_freq)).sum::<u64>();
                }
            }
            for have in each {
                let have = have.min(all);
                worth += (1.0 + ((all - have) as f32 + 0.5) / (have as f32 + 0.5)).ln();
            }
        }
        Ok(Box::new(PlacedWeight {
            query: self.clone(),
            worth,
        }))
    }
}

pub(crate) fn too_many() -> TantivyError {
    TantivyError::InvalidArgument(format!(
        "a word with open places stands for more than {EXPANSION} words; write more letters"
    ))
}

struct PlacedWeight {
    query: Placed,
    worth: Score,
}

impl Weight for PlacedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.query.field)?;
        let mut items = Vec::new();
        for item in self.query.items.iter() {
            let mut slots = Vec::new();
            for sought in item {
                let terms = sought.terms(index.terms(), &self.query.lead, EXPANSION)?;
                let mut list = Vec::new();
                for term in terms.ok_or_else(too_many)? {
                    let option = IndexRecordOption::WithFreqsAndPositions;
                    list.push(index.read_postings_from_terminfo(&term, option)?);
                }
                if list.is_empty() {
                    return Ok(Box::new(EmptyScorer));
                }
                slots.push(Slot { list });
            }
            items.push(slots);
        }
        let mut scorer = PlacedScorer {
            items,
            distance: self.query.distance,
            worth: self.worth * boost,
            doc: TERMINATED,
            count: 0,
            words: Vec::new(),
            more: Vec::new(),
        };
        scorer.find(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("words near each other", scorer.score()))
    }
}

/// One place of a phrase: every word that may stand there.
struct Slot {
    list: Vec<SegmentPostings>,
}

impl Slot {
    /// The first document at or behind `target` with a word of the slot.
    fn seek(&mut self, target: DocId) -> DocId {
        let mut first = TERMINATED;
        for postings in &mut self.list {
            if postings.doc() < target {
                postings.seek(target);
            }
            first = first.min(postings.doc());
        }
        first
    }

    fn positions(&mut self, doc: DocId, into: &mut Vec<u32>, more: &mut Vec<u32>) {
        into.clear();
        for postings in &mut self.list {
            if postings.doc() == doc {
                postings.positions(more);
                into.extend_from_slice(more);
            }
        }
        into.sort_unstable();
        into.dedup();
    }
}

struct PlacedScorer {
    items: Vec<Vec<Slot>>,
    distance: u32,
    worth: Score,
    doc: DocId,
    count: usize,
    words: Vec<Vec<u32>>,
    more: Vec<u32>,
}

impl PlacedScorer {
    /// Goes to the first matching document at or behind `target`.
    fn find(&mut self, mut target: DocId) -> DocId {
        self.doc = loop {
            if target == TERMINATED {
                break TERMINATED;
            }
            let furthest = self
                .items
                .iter_mut()
                .flatten()
                .map(|slot| slot.seek(target))
                .max()
                .unwrap_or(TERMINATED);
            if furthest != target {
                target = furthest;
                continue;
            }
            self.count = self.count_at(target);
            if self.count > 0 {
                break target;
            }
            target += 1;
        };
        self.doc
    }

    fn count_at(&mut self, doc: DocId) -> usize {
        let mut found = Vec::with_capacity(self.items.len());
        for item in &mut self.items {
            self.words.resize_with(item.len(), Vec::new);
            for (slot, words) in item.iter_mut().zip(&mut self.words) {
                slot.positions(doc, words, &mut self.more);
            }
            let mut starts = Vec::new();
            phrases(&self.words, &mut starts);
            if starts.is_empty() {
                return 0;
            }
            let length = u32::try_from(item.len()).unwrap_or(u32::MAX);
            found.push(Item { starts, length });
        }
        match found.as_slice() {
            [only] => only.starts.len(),
            several => together(several, self.distance).len(),
        }
    }
}

impl DocSet for PlacedScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.find(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        self.find(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let rarest = self.items.iter().flatten();
        let rarest = rarest.map(|slot| slot.list.iter().map(DocSet::size_hint).sum());
        rarest.min().unwrap_or(0)
    }
}

impl Scorer for PlacedScorer {
    fn score(&mut self) -> Score {
        let count = self.count as Score;
        self.worth * count * 2.2 / (count + 1.2)
    }
}
