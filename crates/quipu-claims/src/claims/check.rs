//! Runs every frame on its own examples and near misses.

use std::collections::BTreeSet;

use quipu_model::{AnnotatedText, Claim, Repaired, RepairedText, SourceId, Span, Transcript};
use quipu_packs::{Broken, ClaimRules, Frame, FrameExample, Packs};

use super::{ClaimReader, ClaimsInput};
use crate::RulesError;
use crate::amounts::{AmountReader, AmountsInput};
use crate::times::{TimeReader, TimesInput};

/// What the examples of the packs' frames promise and do not keep. `annotate`
/// gives the trees of a text in a language.
///
/// # Errors
/// What is wrong in a file of the packs.
pub fn check(
    packs: &Packs,
    mut annotate: impl FnMut(&str, &str) -> AnnotatedText,
) -> Result<Vec<Broken>, RulesError> {
    let bench = Bench {
        claims: ClaimReader::new(packs)?,
        times: TimeReader::new(packs)?,
        amounts: AmountReader::new(packs)?,
    };
    let mut broken = Vec::new();
    for language in packs.languages() {
        let rules = ClaimRules::read(packs, &language.tag)?;
        for frame in &rules.frames {
            for example in &frame.examples {
                let annotated = annotate(&language.tag, &example.text);
                let claims = bench.read(&language.tag, &example.text, &annotated);
                if let Err(message) = keeps(frame, example, &claims) {
                    broken.push(says(frame, &example.text, message));
                }
            }
            for miss in &frame.near_misses {
                let annotated = annotate(&language.tag, miss);
                let claims = bench.read(&language.tag, miss, &annotated);
                let mut own = claims.iter();
                if let Some(claim) = own.find(|claim| claim.trace.rule == frame.name) {
                    broken.push(says(
                        frame,
                        miss,
                        format!("it fires: {}", claim.trace.sentence),
                    ));
                }
            }
        }
    }
    Ok(broken)
}

fn says(frame: &Frame, text: &str, message: String) -> Broken {
    Broken {
        rule: frame.name.clone(),
        text: text.to_owned(),
        message,
    }
}

/// Whether one of the claims is what the example says.
fn keeps(frame: &Frame, example: &FrameExample, claims: &[Claim]) -> Result<(), String> {
    let own: Vec<&Claim> = claims
        .iter()
        .filter(|claim| claim.trace.rule == frame.name)
        .collect();
    let kept = own.iter().any(|claim| {
        let named: BTreeSet<&str> = example.roles.keys().map(String::as_str).collect();
        let written = claim.roles.iter().enumerate().all(|(place, role)| {
            let words = role
                .filler
                .as_ref()
                .and_then(|slot| slot.as_written.as_deref());
            match example.roles.get(&role.role) {
                Some(wanted) => words == Some(wanted.as_str()),
                None => place > 1 || words.is_none(),
            }
        });
        let there: BTreeSet<&str> = claim.roles.iter().map(|role| role.role.as_str()).collect();
        written && named.is_subset(&there)
    });
    if kept {
        return Ok(());
    }
    let found = if own.is_empty() {
        claims.iter().collect()
    } else {
        own
    };
    let lines: Vec<String> = found
        .iter()
        .map(|claim| format!("{} by {}", claim.trace.sentence, claim.trace.rule))
        .collect();
    Err(format!("it does not say so, but: {}", lines.join(" ")))
}

struct Bench {
    claims: ClaimReader,
    times: TimeReader,
    amounts: AmountReader,
}

impl Bench {
    fn read(&self, language: &str, text: &str, annotated: &AnnotatedText) -> Vec<Claim> {
        let all: Span<Repaired> = Span::from_usize(0, text.len());
        let languages = [(all, language)];
        let times = self.times.read(&TimesInput {
            text,
            languages: &languages,
            ..TimesInput::default()
        });
        let amounts = self.amounts.read(&AmountsInput {
            text,
            annotated: Some(annotated),
            languages: &languages,
            times: &times.value,
            ..AmountsInput::default()
        });
        self.claims.read(&ClaimsInput {
            source: SourceId::of(text.as_bytes()),
            transcript: &Transcript {
                text: text.to_owned(),
                ..Transcript::default()
            },
            repaired: &RepairedText::untouched(text),
            annotated,
            times: &times.value,
            amounts: &amounts.value,
        })
    }
}
