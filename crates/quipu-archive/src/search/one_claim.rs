//! Claims of which several things hold, as a query of the index.

use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Score, SegmentReader, TERMINATED, TantivyError};

use super::claims::{AskedClaim, AskedPart};
use super::positions::{EXPANSION, too_many};

/// Documents with a claim of which everything asked holds. The more such claims,
/// the better.
#[derive(Debug, Clone)]
pub(crate) struct OneClaim {
    pub(crate) field: Field,
    pub(crate) asked: Arc<AskedClaim>,
}

impl Query for OneClaim {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(OneClaimWeight {
            query: self.clone(),
        }))
    }
}

struct OneClaimWeight {
    query: OneClaim,
}

impl Weight for OneClaimWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.query.field)?;
        let asked = &self.query.asked;
        let parts = |parts: &[AskedPart]| parts.iter().map(|part| open(&index, part)).collect();
        let mut scorer = OneClaimScorer {
            all: asked
                .all
                .iter()
                .map(|any| parts(any))
                .collect::<tantivy::Result<_>>()?,
            none: parts(&asked.none)?,
            boost,
            doc: TERMINATED,
            count: 0,
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
        Ok(Explanation::new("claims that answer", scorer.score()))
    }
}

fn open(index: &InvertedIndexReader, part: &AskedPart) -> tantivy::Result<Part> {
    let mut words = Vec::new();
    for sought in &part.words {
        let terms = sought.terms(index.terms(), &part.lead, EXPANSION)?;
        let mut list = Vec::new();
        for term in terms.ok_or_else(too_many)? {
            let option = IndexRecordOption::WithFreqsAndPositions;
            list.push(index.read_postings_from_terminfo(&term, option)?);
        }
        words.push(list);
    }
    Ok(Part { words })
}

/// Words that must stand at one position, each a list of terms.
struct Part {
    words: Vec<Vec<SegmentPostings>>,
}

impl Part {
    /// The first document at or behind `target` in which all words stand.
    fn seek(&mut self, mut target: DocId) -> DocId {
        if self.words.is_empty() {
            return TERMINATED;
        }
        loop {
            let mut furthest = target;
            for list in &mut self.words {
                let mut first = TERMINATED;
                for postings in list {
                    if postings.doc() < target {
                        postings.seek(target);
                    }
                    first = first.min(postings.doc());
                }
                furthest = furthest.max(first);
            }
            if furthest == target || furthest == TERMINATED {
                return furthest;
            }
            target = furthest;
        }
    }

    /// The claims of a document in which all words stand, ascending.
    fn claims(&mut self, doc: DocId, more: &mut Vec<u32>) -> Vec<u32> {
        let mut claims: Option<Vec<u32>> = None;
        for list in &mut self.words {
            let mut own = Vec::new();
            for postings in list {
                if postings.doc() == doc {
                    postings.positions(more);
                    own.extend_from_slice(more);
                }
            }
            own.sort_unstable();
            own.dedup();
            claims = Some(match claims {
                None => own,
                Some(mut claims) => {
                    claims.retain(|claim| own.binary_search(claim).is_ok());
                    claims
                }
            });
        }
        claims.unwrap_or_default()
    }
}

struct OneClaimScorer {
    all: Vec<Vec<Part>>,
    none: Vec<Part>,
    boost: Score,
    doc: DocId,
    count: usize,
    more: Vec<u32>,
}

impl OneClaimScorer {
    /// Goes to the first matching document at or behind `target`.
    fn find(&mut self, mut target: DocId) -> DocId {
        self.doc = loop {
            if target == TERMINATED || self.all.is_empty() {
                break TERMINATED;
            }
            let nearest = |any: &mut Vec<Part>| {
                let parts = any.iter_mut().map(|part| part.seek(target));
                parts.min().unwrap_or(TERMINATED)
            };
            let furthest = self.all.iter_mut().map(nearest).max();
            let furthest = furthest.unwrap_or(TERMINATED);
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
        let mut claims: Option<Vec<u32>> = None;
        for any in &mut self.all {
            let mut own = Vec::new();
            for part in any {
                own.extend(part.claims(doc, &mut self.more));
            }
            own.sort_unstable();
            own.dedup();
            let left = match claims {
                None => own,
                Some(mut claims) => {
                    claims.retain(|claim| own.binary_search(claim).is_ok());
                    claims
                }
            };
            if left.is_empty() {
                return 0;
            }
            claims = Some(left);
        }
        let mut claims = claims.unwrap_or_default();
        for part in &mut self.none {
            if part.seek(doc) == doc {
                let own = part.claims(doc, &mut self.more);
                claims.retain(|claim| own.binary_search(claim).is_err());
            }
        }
        claims.len()
    }
}

impl DocSet for OneClaimScorer {
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
        let size = |part: &Part| -> u32 {
            let words = part.words.iter();
            let words = words.map(|list| list.iter().map(DocSet::size_hint).sum());
            words.min().unwrap_or(0)
        };
        let items = self.all.iter();
        let items = items.map(|any| any.iter().map(size).sum());
        items.min().unwrap_or(0)
    }
}

impl Scorer for OneClaimScorer {
    fn score(&mut self) -> Score {
        let count = self.count as Score;
        self.boost * count * 2.2 / (count + 1.2)
    }
}
