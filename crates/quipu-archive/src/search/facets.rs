//! Counting documents by class while they are found.

use std::collections::BTreeMap;

use tantivy::columnar::{Cardinality, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::schema::{Facet, facet_column};

/// How many documents of an answer are in a class.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FacetCount {
    /// The class.
    pub value: String,
    /// Documents in it.
    pub count: u64,
}

/// Documents looked up at once: columns are read faster by blocks.
const BLOCK: usize = 256;

/// Counts of one segment.
pub(crate) struct SegmentCounts {
    columns: Vec<(Facet, StrColumn, Vec<u32>)>,
    waiting: Vec<DocId>,
    values: Vec<Option<u64>>,
}

/// Counts by facet and class.
pub(crate) type Counts = BTreeMap<Facet, BTreeMap<String, u64>>;

impl SegmentCounts {
    pub(crate) fn new(reader: &SegmentReader, facets: &[Facet]) -> tantivy::Result<Self> {
        let mut columns = Vec::new();
        for facet in facets {
            if let Some(column) = reader.fast_fields().str(&facet_column(*facet))? {
                let counts = vec![0; column.num_terms()];
                columns.push((*facet, column, counts));
            }
        }
        Ok(Self {
            columns,
            waiting: Vec::with_capacity(BLOCK),
            values: vec![None; BLOCK],
        })
    }

    pub(crate) fn count(&mut self, doc: DocId) {
        self.waiting.push(doc);
        if self.waiting.len() == BLOCK {
            self.settle();
        }
    }

    fn settle(&mut self) {
        for (_, column, counts) in &mut self.columns {
            let mut add = |ord: u64| {
                let count = usize::try_from(ord).ok();
                if let Some(count) = count.and_then(|ord| counts.get_mut(ord)) {
                    *count += 1;
                }
            };
            if column.ords().get_cardinality() == Cardinality::Multivalued {
                for doc in &self.waiting {
                    column.term_ords(*doc).for_each(&mut add);
                }
            } else {
                let values = self.values.get_mut(..self.waiting.len());
                let values = values.unwrap_or_default();
                values.fill(None);
                column.ords().first_vals(&self.waiting, values);
                values.iter().flatten().copied().for_each(&mut add);
            }
        }
        self.waiting.clear();
    }

    pub(crate) fn add_to(mut self, all: &mut Counts) {
        self.settle();
        let mut value = String::new();
        for (facet, column, counts) in self.columns {
            let into = all.entry(facet).or_default();
            for (ord, count) in (0u64..).zip(counts) {
                if count == 0 {
                    continue;
                }
                value.clear();
                if column.ord_to_str(ord, &mut value).unwrap_or(false) {
                    *into.entry(value.clone()).or_default() += u64::from(count);
                }
            }
        }
    }
}

/// The largest classes of each facet, then by name.
pub(crate) fn largest(counts: Counts, most: usize) -> BTreeMap<Facet, Vec<FacetCount>> {
    counts
        .into_iter()
        .map(|(facet, classes)| {
            let mut classes: Vec<FacetCount> = classes
                .into_iter()
                .map(|(value, count)| FacetCount { value, count })
                .collect();
            classes.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            classes.truncate(most);
            (facet, classes)
        })
        .collect()
}
