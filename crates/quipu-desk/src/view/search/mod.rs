//! Answers to a question: passages, with the question as it was understood.

mod hits;
mod parts;

use serde::Serialize;

use super::claims::ClaimView;
use super::overview::{FacetView, facet_view};
use super::segment::SegmentView;
use crate::query::{Doubt, Node, Question, print};
use crate::shelf::{Found, Sort};
use parts::parts;

pub(crate) use hits::{hit_view, matches_of};

/// Answers on one page.
pub const PAGE: usize = 20;

/// A question and its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchView {
    /// The question as typed.
    pub query: String,
    /// The question as it was understood, part by part.
    pub parts: Vec<PartView>,
    /// What was not understood.
    pub doubts: Vec<DoubtView>,
    /// Documents that answer.
    pub total: u64,
    /// The page of answers shown, counted from 1.
    pub page: usize,
    /// Pages of answers that can be asked for.
    pub pages: usize,
    /// `relevance`, `oldest`, `newest` or `title`.
    pub sort: &'static str,
    /// The answers.
    pub hits: Vec<HitView>,
    /// Counts over all answers, each a way to narrow them.
    pub facets: Vec<FacetView>,
}

/// One part of a question, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// `word`, `prefix`, `fuzzy`, `phrase`, `near`, `dates`, `amounts`,
    /// `numbers`, or the knots
    /// `all`, `any` with parts of their own.
    pub kind: &'static str,
    /// Whether it must not occur.
    pub negated: bool,
    /// The field it looks in, or the place in a claim: `kind`, `holder`, `payer`…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Whether it is asked of a claim.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub claim: bool,
    /// The words looked for, or the date as typed.
    pub words: String,
    /// Letters that may differ (fuzzy), words that may lie between (near).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<u32>,
    /// The parts of a knot.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartView>,
    /// The question without this part.
    pub without: String,
}

/// Something not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoubtView {
    /// A stable name: `unknown-field`, `open-quote`…
    pub code: &'static str,
    /// The words concerned.
    pub words: String,
}

/// A document that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HitView {
    /// The hash of the source.
    pub source: String,
    /// Its title, subject or file name.
    pub title: String,
    /// Who published or sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When it was published or sent, EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// `cable`, `mail`, `article`… or the media type.
    pub kind: String,
    /// Where it was found first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Words that answer, in the whole document.
    pub matches: u64,
    /// Some of them, in their surroundings.
    pub passages: Vec<HitPassageView>,
}

/// Words that answer, in their surroundings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HitPassageView {
    /// Page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Whether the passage begins inside a sentence.
    pub cut_before: bool,
    /// Whether it ends inside one.
    pub cut_after: bool,
    /// Its words, matches marked.
    pub segments: Vec<SegmentView>,
    /// Claims in it that answer, the first ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimView>,
    /// The parameters of its address.
    pub address: String,
}

pub(crate) fn search_view(
    question: &Question,
    found: &Found,
    hits: Vec<HitView>,
    sort: Sort,
    page: usize,
    reach: usize,
) -> SearchView {
    let reachable = usize::try_from(found.total)
        .unwrap_or(usize::MAX)
        .min(reach);
    // Facets narrow the question as understood, so that a click never
    // repeats what was not.
    let base = question.asks.as_ref().map(narrowable).unwrap_or_default();
    SearchView {
        query: question.typed.clone(),
        parts: question.asks.as_ref().map(parts).unwrap_or_default(),
        doubts: question.doubts.iter().map(doubt_view).collect(),
        total: found.total,
        page,
        pages: reachable.div_ceil(PAGE).max(1),
        sort: sort.word(),
        hits,
        facets: found
            .facets
            .iter()
            .map(|facet| facet_view(facet, &base))
            .collect(),
    }
}

/// The question written so that another condition can follow it.
fn narrowable(node: &Node) -> String {
    match node {
        Node::Any(_) => format!("({})", print(node)),
        _ => print(node),
    }
}

fn doubt_view(doubt: &Doubt) -> DoubtView {
    DoubtView {
        code: doubt.code(),
        words: doubt.words().to_owned(),
    }
}
