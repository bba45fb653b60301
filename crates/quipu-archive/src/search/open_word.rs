//! A single word with open places, as a query of the index: the documents of
//! every word it stands for, however many.

use std::sync::Arc;

use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::expand::Sought;

/// The word and where it is looked for.
#[derive(Debug, Clone)]
pub(crate) struct OpenWord {
    pub(crate) field: Field,
    /// What leads every word in the dictionary.
    pub(crate) lead: String,
    pub(crate) sought: Arc<Sought>,
}

impl Query for OpenWord {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(OpenWeight(self.clone())))
    }
}

struct OpenWeight(OpenWord);

impl Weight for OpenWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.0.field)?;
        let terms = self
            .0
            .sought
            .terms(index.terms(), &self.0.lead, usize::MAX)?
            .unwrap_or_default();
        let mut documents = tantivy::BitSet::with_max_value(reader.max_doc());
        for term in terms {
            let option = IndexRecordOption::Basic;
            let mut postings = index.read_postings_from_terminfo(&term, option)?;
            let mut doc = postings.doc();
            while doc != TERMINATED {
                documents.insert(doc);
                doc = postings.advance();
            }
        }
        let documents = BitSetDocSet::from(documents);
        Ok(Box::new(ConstScorer::new(documents, boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("a word with open places", 1.0))
    }
}
