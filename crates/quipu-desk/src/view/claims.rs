//! Claims as their cards show them, and which of them are shown.

use std::collections::BTreeMap;

use quipu_model::{Claim, Holder, Holders, Reading, Repaired, Slot, Span, TimeValue};
use serde::Serialize;

use super::expression::{AmountView, Expressions};
use super::segment::Cutter;
use crate::address::PassageAddress;
use crate::names;
use crate::shelf::Held;

/// The word in addresses for what the source says in its own voice.
pub const THE_SOURCE: &str = "@source";
/// The word in addresses for speakers whom nobody names.
pub const UNNAMED: &str = "@unnamed";
/// Holders that can be chosen; the less frequent ones are found by search.
const HOLDERS: usize = 60;

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimView {
    /// Its number among the claims of the document, from 1.
    pub number: usize,
    /// The id of the thing said.
    pub id: String,
    /// Kind of `schema/claims`, or `open`.
    pub kind: String,
    /// The narrower kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subkind: Option<String>,
    /// The predicate's lemma.
    pub predicate: String,
    /// Its words.
    pub predicate_as_written: String,
    /// Who fills which role, in the order of the tie.
    pub roles: Vec<ClaimRoleView>,
    /// Who says it, nearest speaker first; nobody where the source itself does.
    pub holders: Vec<ClaimHolderView>,
    /// `asserted`, `reported`…
    pub standing: &'static str,
    /// Whether it is said not to be so.
    pub negative: bool,
    /// When it is said to have happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<ClaimTimeView>,
    /// Where it is said to have happened.
    pub places: Vec<ClaimNameView>,
    /// Sums and quantities.
    pub amounts: Vec<AmountView>,
    /// The words of its passage, white space made single.
    pub quote: String,
    /// Page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// First code point of the passage in the transcript.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// The parameters of its address: the claim, and its words should the claim
    /// be read no more.
    pub address: String,
    /// How sure the reading is, in thousandths.
    pub confidence: u32,
    /// The rule that read it.
    pub rule: String,
    /// Slots of the rule and the words that filled them.
    pub filled: Vec<(String, String)>,
    /// Whether the address asks for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub lit: bool,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimRoleView {
    /// Its name in the schema.
    pub role: String,
    /// The fullest name in the document; `None` where nobody fills it.
    pub name: Option<String>,
    /// The words here, where they differ from the name.
    pub as_written: Option<String>,
}

/// A name with the words that stand for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimNameView {
    /// The fullest name in the document.
    pub name: String,
    /// The words here, where they differ from it.
    pub as_written: Option<String>,
}

/// One speaker in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimHolderView {
    /// The fullest name in the document; `None` for a speaker nobody names.
    pub name: Option<String>,
    /// The words here, where they differ from the name.
    pub as_written: Option<String>,
    /// The words that say that something is said.
    pub cue: String,
    /// When it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<ClaimTimeView>,
}

/// A time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimTimeView {
    /// EDTF; `None` for lengths and repetitions.
    pub edtf: Option<String>,
    /// The words.
    pub as_written: String,
}

/// Claims of the whole document, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct ClaimCountsView {
    /// All of them.
    pub total: usize,
    /// Those that the filter keeps.
    pub kept: usize,
    /// Counts by kind, the commonest first.
    pub kinds: Vec<(String, u64)>,
    /// Counts by standing.
    pub standings: Vec<(String, u64)>,
    /// Counts by nearest holder; [`THE_SOURCE`] and [`UNNAMED`] are among them.
    pub holders: Vec<(String, u64)>,
    /// The section before this one with a claim that is kept, counted from 1.
    pub before: Option<usize>,
    /// The section behind this one with a claim that is kept.
    pub next: Option<usize>,
}

/// Which claims are to be shown; everything where a part is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimFilter {
    /// The kind.
    pub kind: Option<String>,
    /// The standing.
    pub standing: Option<String>,
    /// The nearest holder.
    pub holder: Option<String>,
}

impl ClaimFilter {
    /// Whether it leaves anything out.
    #[must_use]
    pub const fn is_set(&self) -> bool {
        self.kind.is_some() || self.standing.is_some() || self.holder.is_some()
    }

    fn keeps(&self, claim: &Claim) -> bool {
        let asked = |wanted: &Option<String>, own: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == own)
        };
        asked(&self.kind, &claim.kind)
            && asked(&self.standing, claim.standing.word())
            && asked(&self.holder, nearest(claim))
    }
}

/// The nearest holder, as filters name it.
fn nearest(claim: &Claim) -> &str {
    match &claim.holders {
        Holders::TheSource => THE_SOURCE,
        Holders::Chain(chain) => {
            let first = chain.first().and_then(|holder| holder.name.as_deref());
            first.unwrap_or(UNNAMED)
        }
    }
}

/// Claims of one document with their passages.
pub(super) struct Claims<'a> {
    held: &'a Held,
    /// The passage of each, in the order of the reading.
    pub(super) passages: Vec<Span<Repaired>>,
    /// Whether each is to be shown.
    kept: Vec<bool>,
    /// The one that the address asks for.
    pub(super) asked: Option<usize>,
}

impl<'a> Claims<'a> {
    /// The claims of a document; `asked` is the written id of one.
    pub(super) fn new(held: &'a Held, filter: &ClaimFilter, asked: Option<&str>) -> Self {
        let reading: &Reading = &held.reading;
        let map = &held.document.repaired.map;
        let claims = reading.claims.iter();
        let asked = asked.and_then(|asked| {
            let mut claims = reading.claims.iter();
            claims.position(|claim| claim.id().written() == asked)
        });
        Self {
            held,
            passages: claims
                .clone()
                .map(|claim| map.to_repaired(claim.anchor.span()))
                .collect(),
            // What somebody asks for is shown whatever the filter says.
            kept: (0..)
                .zip(claims)
                .map(|(at, claim)| asked == Some(at) || filter.keeps(claim))
                .collect(),
            asked,
        }
    }

    /// The numbers, from 0, of those shown whose passage begins in a span.
    pub(super) fn shown_in(&self, span: Span<Repaired>) -> Vec<usize> {
        let all = self.passages.iter().zip(&self.kept).enumerate();
        all.filter(|(_, (passage, kept))| {
            **kept && (span.start()..span.end()).contains(&passage.start())
        })
        .map(|(at, _)| at)
        .collect()
    }

    /// Counts over the document, with the sections around number `shown`.
    pub(super) fn counts(
        &self,
        shown: usize,
        section_of: impl Fn(u32) -> usize,
    ) -> ClaimCountsView {
        let claims = &self.held.reading.claims;
        let count = |name: &dyn for<'c> Fn(&'c Claim) -> &'c str| {
            let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
            for claim in claims {
                *counts.entry(name(claim)).or_default() += 1;
            }
            super::document::ranked(counts)
        };
        let kept = self.passages.iter().zip(&self.kept);
        let kept = kept.filter(|(_, kept)| **kept).map(|(passage, _)| passage);
        let sections = kept.clone().map(|passage| section_of(passage.start()));
        let mut holders = count(&nearest);
        holders.truncate(HOLDERS);
        ClaimCountsView {
            total: claims.len(),
            kept: kept.count(),
            kinds: count(&|claim| &claim.kind),
            standings: count(&|claim| claim.standing.word()),
            holders,
            before: sections.clone().filter(|one| *one < shown).max(),
            next: sections.filter(|one| *one > shown).min(),
        }
    }

    /// The views of claims, given by their numbers.
    pub(super) fn views(
        &self,
        numbers: &[usize],
        cutter: &Cutter<'_>,
        expressions: &Expressions<'_>,
    ) -> Vec<ClaimView> {
        let one = |at: &usize| {
            let claim = self.held.reading.claims.get(*at)?;
            let passage = *self.passages.get(*at)?;
            let (start, end) = cutter.place(passage);
            Some(ClaimView {
                number: at + 1,
                lit: self.asked == Some(*at),
                start,
                end,
                address: address(claim, start, end, cutter.as_read(passage)),
                quote: one_line(passage.of(&self.held.document.repaired.text)),
                ..claim_view(claim, expressions)
            })
        };
        numbers.iter().filter_map(one).collect()
    }
}

/// The parameters of the address of a claim.
fn address(claim: &Claim, start: usize, end: usize, words: &str) -> String {
    let passage = PassageAddress::with_words(start, end, words);
    format!("claim={}&{}", claim.id(), passage.parameters())
}

/// The claim with a written id.
pub(super) fn find<'a>(held: &'a Held, id: &str) -> Option<&'a Claim> {
    let mut claims = held.reading.claims.iter();
    claims.find(|claim| claim.id().written() == id)
}

/// A claim as data, its places left out.
pub(super) fn claim_view(claim: &Claim, expressions: &Expressions<'_>) -> ClaimView {
    ClaimView {
        number: 0,
        id: claim.id().written(),
        kind: claim.kind.clone(),
        subkind: claim.subkind.clone(),
        predicate: claim.predicate.clone(),
        predicate_as_written: one_line(Some(&claim.predicate_as_written)),
        roles: claim
            .roles
            .iter()
            .map(|role| {
                let filler = role.filler.as_ref().map(name_view);
                ClaimRoleView {
                    role: role.role.clone(),
                    name: filler.as_ref().map(|filler| filler.name.clone()),
                    as_written: filler.and_then(|filler| filler.as_written),
                }
            })
            .collect(),
        holders: match &claim.holders {
            Holders::TheSource => Vec::new(),
            Holders::Chain(chain) => chain.iter().map(holder_view).collect(),
        },
        standing: claim.standing.word(),
        negative: claim.polarity == quipu_model::Polarity::Negative,
        when: claim.when.as_ref().map(time_view),
        places: claim.places.iter().map(name_view).collect(),
        amounts: claim
            .amounts
            .iter()
            .map(|amount| expressions.amount(0, amount))
            .collect(),
        quote: one_line(Some(claim.anchor.quote())),
        page: claim.anchor.page(),
        start: 0,
        end: 0,
        address: String::new(),
        confidence: claim.confidence,
        rule: claim.trace.rule.clone(),
        filled: claim.trace.filled.clone(),
        lit: false,
    }
}

fn name_view(slot: &Slot) -> ClaimNameView {
    let name = one_line(Some(&slot.name));
    let words = slot
        .as_written
        .as_deref()
        .map(|words| one_line(Some(words)));
    ClaimNameView {
        as_written: words.filter(|words| *words != name),
        name,
    }
}

fn holder_view(holder: &Holder) -> ClaimHolderView {
    let name = holder.name.as_deref().map(|name| one_line(Some(name)));
    let words = holder.as_written.as_deref();
    let words = words.map(|words| one_line(Some(words)));
    ClaimHolderView {
        as_written: words.filter(|words| name.as_ref() != Some(words)),
        name,
        cue: one_line(Some(&holder.cue)),
        when: holder.when.as_ref().map(time_view),
    }
}

fn time_view(time: &TimeValue) -> ClaimTimeView {
    ClaimTimeView {
        edtf: Some(time.edtf.clone()).filter(|edtf| !edtf.is_empty()),
        as_written: one_line(Some(&time.as_written)),
    }
}

/// Words on one line; those of a list that was taken for a name are cut.
fn one_line(words: Option<&str>) -> String {
    const LONGEST: usize = 300;
    names::cut(words.unwrap_or_default(), LONGEST)
}
