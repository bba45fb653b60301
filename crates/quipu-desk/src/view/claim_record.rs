//! A claim as it leaves the house: a line of `quipu export claims`.
//!
//! Offsets count Unicode code points of the text after repair, the `text` of
//! [`RecordView`](super::record::RecordView); `quote` and `sentence` are its words,
//! byte for byte.

use quipu_model::{
    AmountExpression, Claim, Holder, Holders, ReadDocument, Repaired, Role, Slot, Span, TimeValue,
};
use serde::Serialize;

use super::expression::number;
use crate::points::Points;
use crate::shelf::Held;

/// A claim, whole.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimRecord<'a> {
    /// The id of the thing said.
    pub id: String,
    /// Kind of `schema/claims`, or `open`.
    pub kind: &'a str,
    /// The narrower kind, where the words say which.
    pub subkind: Option<&'a str>,
    /// The words of the predicate.
    pub predicate: &'a str,
    /// Its lemma.
    pub predicate_lemma: &'a str,
    /// Who fills which role, in the order of the tie; an empty role keeps its place.
    pub roles: Vec<RoleRecord<'a>>,
    /// Sums and quantities.
    pub amount: Vec<ClaimAmountRecord<'a>>,
    /// When it is said to have happened.
    pub when: Option<WhenRecord<'a>>,
    /// Where it is said to have happened.
    #[serde(rename = "where")]
    pub places: Vec<NamedRecord<'a>>,
    /// `positive` or `negative`.
    pub polarity: &'static str,
    /// How it is said: `asserted`, `reported`…
    pub standing: &'static str,
    /// Who says it, nearest speaker first; nobody where the source itself does.
    pub holders: Vec<HolderRecord<'a>>,
    /// The path the source was found at, with its containers before it.
    pub source: &'a str,
    /// BLAKE3 of its bytes, 64 hexadecimal digits.
    pub source_id: String,
    /// Page, counted from 1, where the source has pages.
    pub page: Option<u32>,
    /// First code point of the passage.
    pub start: usize,
    /// First code point after it.
    pub end: usize,
    /// The words of the passage.
    pub quote: &'a str,
    /// The words as they were read, where a repair changed them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote_as_read: Option<&'a str>,
    /// The sentence it stands in.
    pub sentence: &'a str,
    /// How sure the reading is, 0 to 1.
    pub confidence: f64,
    /// The rule that read it.
    pub rule: &'a str,
    /// What filled each slot, in one plain sentence.
    pub why: &'a str,
}

/// A role and who fills it.
#[derive(Debug, Clone, Serialize)]
pub struct RoleRecord<'a> {
    /// Name of the role in the schema.
    pub role: &'a str,
    /// The fullest name in the document.
    pub name: Option<&'a str>,
    /// The words here; nothing where the sentence leaves them out.
    pub as_written: Option<&'a str>,
}

/// A sum or quantity of a claim.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimAmountRecord<'a> {
    /// The number that is said.
    #[serde(serialize_with = "number")]
    pub value: Option<String>,
    /// Least it can be, where the words are not exact.
    #[serde(serialize_with = "number", skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// Most it can be, where the words are not exact.
    #[serde(serialize_with = "number", skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
    /// How the words take the number: `approx`, `more-than`…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modifier: Option<&'static str>,
    /// ISO 4217 code, UCUM code, `%`, or what is counted.
    pub unit: Option<&'a str>,
    /// What it is per.
    pub per: Option<&'a str>,
    /// The words.
    pub as_written: &'a str,
}

/// A time of a claim.
#[derive(Debug, Clone, Serialize)]
pub struct WhenRecord<'a> {
    /// Extended Date/Time Format; nothing for lengths and repetitions.
    pub edtf: Option<&'a str>,
    /// The words.
    pub as_written: &'a str,
}

/// A name with the words that stand for it.
#[derive(Debug, Clone, Serialize)]
pub struct NamedRecord<'a> {
    /// The fullest name in the document.
    pub name: &'a str,
    /// The words here.
    pub as_written: Option<&'a str>,
}

/// One speaker in the chain.
#[derive(Debug, Clone, Serialize)]
pub struct HolderRecord<'a> {
    /// The fullest name in the document; nothing for a speaker nobody names.
    pub name: Option<&'a str>,
    /// The words here.
    pub as_written: Option<&'a str>,
    /// The words that say that something is said.
    pub cue: &'a str,
    /// When it was said.
    pub when: Option<WhenRecord<'a>>,
}

/// The claims of a source, in the order of its text.
#[must_use]
pub fn claim_records(held: &Held) -> Vec<ClaimRecord<'_>> {
    let document = &held.document;
    let points = Points::new(&document.repaired.text);
    let path = held.paths.first().map(String::as_str);
    let path = path.or_else(|| held.inside.first().map(|kin| kin.name.as_str()));
    let claims = held.reading.claims.iter();
    claims
        .map(|claim| record(document, &points, path.unwrap_or_default(), claim))
        .collect()
}

fn record<'a>(
    document: &'a ReadDocument,
    points: &Points<'_>,
    path: &'a str,
    claim: &'a Claim,
) -> ClaimRecord<'a> {
    let text = document.repaired.text.as_str();
    let passage = document.repaired.map.to_repaired(claim.anchor.span());
    let words = |span: Span<Repaired>| span.of(text).unwrap_or_default();
    let quote = words(passage);
    let as_read = claim.anchor.quote();
    let range = passage.range();
    ClaimRecord {
        id: claim.id().written(),
        kind: &claim.kind,
        subkind: claim.subkind.as_deref(),
        predicate: &claim.predicate_as_written,
        predicate_lemma: &claim.predicate,
        roles: claim.roles.iter().map(role).collect(),
        amount: claim.amounts.iter().map(amount).collect(),
        when: claim.when.as_ref().map(when),
        places: claim.places.iter().map(named).collect(),
        polarity: claim.polarity.word(),
        standing: claim.standing.word(),
        holders: match &claim.holders {
            Holders::TheSource => Vec::new(),
            Holders::Chain(chain) => chain.iter().map(holder).collect(),
        },
        source: path,
        source_id: claim.anchor.source().hex(),
        page: claim.anchor.page(),
        start: points.at(range.start),
        end: points.at(range.end),
        quote,
        quote_as_read: Some(as_read).filter(|as_read| *as_read != quote),
        sentence: words(claim.sentence),
        confidence: f64::from(claim.confidence) / 1000.0,
        rule: &claim.trace.rule,
        why: &claim.trace.sentence,
    }
}

fn role(role: &Role) -> RoleRecord<'_> {
    let filler = role.filler.as_ref();
    RoleRecord {
        role: &role.role,
        name: filler.map(|slot| slot.name.as_str()),
        as_written: filler.and_then(|slot| slot.as_written.as_deref()),
    }
}

fn amount(amount: &AmountExpression) -> ClaimAmountRecord<'_> {
    let exact = amount.modifier.is_none() && amount.value.is_some();
    let bound = |number: Option<quipu_model::Decimal>| {
        number.filter(|_| !exact).map(|number| number.to_string())
    };
    ClaimAmountRecord {
        value: amount.value.map(|number| number.to_string()),
        low: bound(amount.low),
        high: bound(amount.high),
        modifier: amount.modifier.map(quipu_model::AmountModifier::word),
        unit: amount.unit.as_deref(),
        per: amount.per.as_deref(),
        as_written: &amount.as_written,
    }
}

fn when(time: &TimeValue) -> WhenRecord<'_> {
    WhenRecord {
        edtf: Some(time.edtf.as_str()).filter(|edtf| !edtf.is_empty()),
        as_written: &time.as_written,
    }
}

fn named(slot: &Slot) -> NamedRecord<'_> {
    NamedRecord {
        name: &slot.name,
        as_written: slot.as_written.as_deref(),
    }
}

fn holder(holder: &Holder) -> HolderRecord<'_> {
    HolderRecord {
        name: holder.name.as_deref(),
        as_written: holder.as_written.as_deref(),
        cue: &holder.cue,
        when: holder.when.as_ref().map(when),
    }
}
