//! Counting documents by class while they are found.

use std::collections::BTreeMap;

use tantivy::columnar::StrColumn;
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

/// Counts of one segment.
pub(crate) struct SegmentCounts {
    columns: Vec<(Facet, StrColumn, Vec<u32>)>,
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
        Ok(Self { columns })
    }

    pub(crate) fn count(&mut self, doc: DocId) {
        for (_, column, counts) in &mut self.columns {
            for ord in column.term_ords(doc) {
                let count = usize::try_from(ord)
                    .ok()
                    .and_then(|ord| counts.get_mut(ord));
                if let Some(count) = count {
                    *count += 1;
                }
            }
        }
    }

    pub(crate) fn add_to(self, all: &mut Counts) {
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
