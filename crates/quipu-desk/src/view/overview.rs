//! What the archive holds, counted, and what could not be read.

use serde::Serialize;

use super::notice::NoticeView;
use crate::shelf::{Facet, Noticed, Tally};

/// The archive at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverviewView {
    /// The seal over everything given so far.
    pub seal: String,
    /// Sources, each counted once.
    pub sources: u64,
    /// Pages, where the formats have pages.
    pub pages: u64,
    /// Bytes of the sources.
    pub bytes: u64,
    /// Counts by kind, language, year and folder.
    pub facets: Vec<FacetView>,
    /// Sources of which something is worth knowing.
    pub remarked: u64,
    /// Sources of which something is missing.
    pub damaged: u64,
    /// Sources of which nothing could be read.
    pub refused: u64,
    /// The gravest of them, with reasons.
    pub notices: Vec<SourceNoticesView>,
    /// The place of the first of them in the list, counted from 0.
    pub notices_from: usize,
    /// Whether there are more behind them.
    pub notices_more: bool,
}

/// Counts along one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetView {
    /// The field of the query language it narrows: `kind`, `lang`, `year`, `folder`.
    pub field: &'static str,
    /// Values in the order to be shown.
    pub values: Vec<FacetValueView>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetValueView {
    /// The value; empty for documents that have none.
    pub value: String,
    /// Documents that have it.
    pub count: u64,
    /// Its share of the largest count, in thousandths, for drawing.
    pub share: u64,
    /// The query that narrows to it.
    pub query: String,
}

/// A source with its notices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceNoticesView {
    /// The hash of the source.
    pub source: String,
    /// Its title or file name.
    pub title: String,
    /// Where it was found first.
    pub path: String,
    /// What there is to say.
    pub notices: Vec<NoticeView>,
}

/// `noticed` holds at most `most` notices to be shown and perhaps one more.
pub(crate) fn overview_view(
    seal: String,
    tally: &Tally,
    noticed: &[Noticed],
    notices_from: usize,
    most: usize,
) -> OverviewView {
    let mut notices: Vec<SourceNoticesView> = Vec::new();
    for noticed in noticed.iter().take(most) {
        let source = noticed.source.hex();
        let notice = NoticeView::of(&noticed.notice);
        match notices.last_mut().filter(|last| last.source == source) {
            Some(last) => last.notices.push(notice),
            None => notices.push(SourceNoticesView {
                source,
                title: noticed.title.clone(),
                path: noticed.path.clone(),
                notices: vec![notice],
            }),
        }
    }
    OverviewView {
        seal,
        sources: tally.sources,
        pages: tally.pages,
        bytes: tally.bytes,
        facets: tally
            .facets
            .iter()
            .map(|facet| facet_view(facet, ""))
            .collect(),
        remarked: tally.remarked,
        damaged: tally.damaged,
        refused: tally.refused,
        notices,
        notices_from,
        notices_more: noticed.len() > most,
    }
}

/// A facet, each value with the query that narrows `query` to it.
pub(crate) fn facet_view(facet: &Facet, query: &str) -> FacetView {
    let most = facet
        .counts
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0);
    FacetView {
        field: facet.field,
        values: facet
            .counts
            .iter()
            .map(|(value, count)| FacetValueView {
                value: value.clone(),
                count: *count,
                share: (count * 1000).checked_div(most).unwrap_or(0),
                query: narrowed(query, facet.field, value),
            })
            .collect(),
    }
}

fn narrowed(query: &str, field: &str, value: &str) -> String {
    let plain = !value.is_empty()
        && value
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
    let narrow = if plain {
        format!("{field}:{value}")
    } else {
        format!("{field}:\"{}\"", value.replace('"', " "))
    };
    if query.is_empty() {
        narrow
    } else {
        format!("{query} {narrow}")
    }
}
