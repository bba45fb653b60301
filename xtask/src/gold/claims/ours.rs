//! What the program reads of a text, put as annotators put it.

use std::path::Path;

use quipu_annotate::{Annotator, Hands, flowing};
use quipu_claims::claims::signs;
use quipu_claims::{DocumentInput, DocumentReader, Passages};
use quipu_model::amount::{AmountExpression, AmountKind, AmountModifier};
use quipu_model::{Claim, Holders, RepairedText, Slot, SourceId, Transcript};
use quipu_packs::{PackFiles, Packs};
use quipu_read::{repair_text, tell_text};

use super::texts::Text;
use super::told::{Amount, Filler, Told, When, starts};

/// Everything from a text to its claims, made ready once.
pub(super) struct Stage {
    packs: Packs,
    annotator: Annotator<'static>,
    reader: DocumentReader,
    hands: Hands,
}

/// The claims of a text, and how many of them do not hold what every claim must.
pub(super) struct Read {
    pub(super) claims: Vec<Told>,
    /// Quotes and words that are not the text's own at the place they point to.
    pub(super) inexact: usize,
}

impl Stage {
    /// With the models that the program carries and the packs of the checkout as
    /// they lie there, so that a change of a pack is measured without a build.
    pub(super) fn new() -> Result<Self, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let files = PackFiles::from_folder(&root).map_err(|error| error.to_string())?;
        let packs = Packs::load(&files).map_err(|error| error.to_string())?;
        Ok(Self {
            annotator: quipu_annotate::embedded(&packs).map_err(|error| error.to_string())?,
            reader: DocumentReader::new(&packs).map_err(|error| error.to_string())?,
            hands: Hands::default(),
            packs,
        })
    }

    /// Reads a text as a document gets it: repaired, its languages told, annotated;
    /// times, amounts, claims.
    pub(super) fn read(&mut self, text: &Text) -> Read {
        let repaired = repair_text(&text.text, &self.packs);
        let languages = tell_text(&repaired.text, &[], &self.packs);
        let flows = flowing(&repaired.text);
        let annotated = self
            .annotator
            .annotate(&flows, &languages, &[], &mut self.hands);
        let transcript = Transcript {
            text: text.text.clone(),
            ..Transcript::default()
        };
        let reading = self.reader.read(&DocumentInput {
            text: &flows,
            annotated: Some(&annotated),
            reference: text.date,
            passages: Some(Passages {
                source: SourceId::of(text.text.as_bytes()),
                transcript: &transcript,
                repaired: &repaired,
            }),
            ..DocumentInput::default()
        });
        let claims = reading.claims;
        let mut made: Vec<Told> = claims
            .iter()
            .map(|claim| told(claim, &text.text, &repaired))
            .collect();
        signs(&claims, &annotated, &repaired.text, |claim, sign| {
            made[claim].signs.push(sign.to_owned());
        });
        Read {
            inexact: claims
                .iter()
                .filter(|claim| !exact(claim, &text.text, &repaired))
                .count(),
            claims: made,
        }
    }
}

/// Whether every quote is the text's own words at its place, and the words of the
/// predicate and of the roles are those of the repaired text at theirs.
fn exact(claim: &Claim, text: &str, repaired: &RepairedText) -> bool {
    let quotes = claim.anchors().all(|anchor| {
        let quote = text.get(anchor.span().range());
        !anchor.quote().is_empty() && quote == Some(anchor.quote())
    });
    let same = |words: Option<&str>, span| words == repaired.text.get(span);
    let slots = claim.roles.iter().filter_map(|role| role.filler.as_ref());
    quotes
        && same(
            Some(&claim.predicate_as_written),
            claim.predicate_span.range(),
        )
        && slots
            .filter_map(|slot| Some((slot.as_written.as_deref()?, slot.span?)))
            .all(|(words, span)| same(Some(words), span.range()))
}

fn told(claim: &Claim, text: &str, repaired: &RepairedText) -> Told {
    let predicate = repaired.map.to_transcribed(claim.predicate_span).range();
    let roles = claim
        .roles
        .iter()
        .map(|role| filler(&role.role, role.filler.as_ref()));
    let holders: Vec<Filler> = match &claim.holders {
        Holders::TheSource => Vec::new(),
        Holders::Chain(chain) => chain
            .iter()
            .map(|holder| Filler {
                role: String::new(),
                name: holder.name.clone(),
                as_written: holder.as_written.clone(),
            })
            .collect(),
    };
    Told {
        kind: claim.kind.clone(),
        predicate: claim.predicate_as_written.clone(),
        at: starts(text, predicate.start, predicate.end),
        start: claim.anchor.span().range().start,
        quote: claim.anchor.quote().to_owned(),
        roles: roles.collect(),
        amounts: claim.amounts.iter().map(amount).collect(),
        when: claim.when.as_ref().map(|when| When {
            edtf: (!when.edtf.is_empty()).then(|| when.edtf.clone()),
            as_written: when.as_written.clone(),
        }),
        negative: claim.polarity.word() == "negative",
        standing: claim.standing.word().to_owned(),
        holders,
        confidence: claim.confidence,
        signs: Vec::new(),
        rule: claim.trace.rule.clone(),
    }
}

fn filler(role: &str, slot: Option<&Slot>) -> Filler {
    Filler {
        role: role.to_owned(),
        name: slot.map(|slot| slot.name.clone()),
        as_written: slot.and_then(|slot| slot.as_written.clone()),
    }
}

/// An amount with the number where annotators put it: what is only nearly said is
/// the value, what bounds it alone is the bound.
fn amount(own: &AmountExpression) -> Amount {
    let numbers = match own.modifier {
        None | Some(AmountModifier::Approx | AmountModifier::Nearly | AmountModifier::JustOver) => {
            [own.value, None, None]
        }
        Some(AmountModifier::MoreThan | AmountModifier::AtLeast) => {
            [None, own.low.or(own.value), None]
        }
        Some(AmountModifier::LessThan | AmountModifier::AtMost) => {
            [None, None, own.high.or(own.value)]
        }
        Some(_) => [None, own.low, own.high],
    };
    let unit = own.unit.clone().unwrap_or_default();
    Amount {
        numbers,
        unit: unit.to_lowercase(),
        counts: matches!(own.kind, AmountKind::Count),
    }
}
