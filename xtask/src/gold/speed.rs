//! `gold speed FILE...`: from the bytes of files to claims on one thread, with the
//! seconds of each stage. For the bench; what is measured is no score.

use std::path::Path;
use std::time::Instant;

use quipu_annotate::{Hands, flowing};
use quipu_claims::{AmountReader, AmountsInput, ClaimReader, ClaimsInput, TimeReader, TimesInput};
use quipu_model::SourceId;
use quipu_packs::Packs;
use quipu_read::{Input, Limits, Silent, Tools};

/// The stages, in their order.
const STAGES: [&str; 5] = ["read", "annotate", "times", "amounts", "claims"];

/// Reads every file to its claims and tells, as one line of JSON, the seconds of
/// loading and of each stage, and how many words and claims there are.
pub(crate) fn speed(files: &[&str]) -> Result<String, String> {
    let start = Instant::now();
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let packs = Packs::embedded().map_err(|error| said(&error))?;
    let annotator = quipu_annotate::embedded(&packs).map_err(|error| said(&error))?;
    let time_reader = TimeReader::new(&packs).map_err(|error| said(&error))?;
    let amount_reader = AmountReader::new(&packs).map_err(|error| said(&error))?;
    let claim_reader = ClaimReader::new(&packs).map_err(|error| said(&error))?;
    let load = start.elapsed().as_secs_f64();
    let mut hands = Hands::default();
    let tools = Tools {
        packs: &packs,
        ocr: None,
        limits: Limits::default(),
    };
    let mut seconds = [0.0; STAGES.len()];
    let (mut words, mut claims) = (0, 0);
    for name in files {
        let bytes = std::fs::read(Path::new(name)).map_err(|error| format!("{name}: {error}"))?;
        let mut clock = Instant::now();
        let mut lap = |stage: usize| {
            seconds[stage] += clock.elapsed().as_secs_f64();
            clock = Instant::now();
        };
        let input = Input {
            bytes: &bytes,
            name,
        };
        let document = quipu_read::read(&input, &tools, &mut Silent::default());
        lap(0);
        let text = flowing(&document.repaired.text);
        let annotated = annotator.annotate(&text, &document.sentences, &[], &mut hands);
        lap(1);
        let times = time_reader.read(&TimesInput {
            text: &text,
            annotated: Some(&annotated),
            ..TimesInput::default()
        });
        lap(2);
        let amounts = amount_reader.read(&AmountsInput {
            text: &text,
            annotated: Some(&annotated),
            times: &times.value,
            ..AmountsInput::default()
        });
        lap(3);
        let found = claim_reader.read(&ClaimsInput {
            source: SourceId::of(&bytes),
            transcript: &document.transcript,
            repaired: &document.repaired,
            annotated: &annotated,
            times: &times.value,
            amounts: &amounts.value,
        });
        lap(4);
        words += document.repaired.text.split_whitespace().count();
        claims += found.len();
    }
    let stages: serde_json::Map<String, serde_json::Value> = STAGES
        .iter()
        .zip(seconds)
        .map(|(stage, seconds)| ((*stage).to_owned(), seconds.into()))
        .collect();
    let answer =
        serde_json::json!({"load": load, "words": words, "claims": claims, "seconds": stages});
    Ok(answer.to_string())
}
