//! Prints the claims of text files as JSON lines or in words, or what the frames'
//! own examples do not keep.
//!
//! `claims [--packs FOLDER] [--lang TAG] [--reference YYYY-MM-DD] (--check | [--explain] FILE...)`
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used
)]

mod common;

use std::time::Instant;

use quipu_annotate::{Annotator, Hands, embedded, flowing};
use quipu_claims::amounts::{AmountReader, AmountsInput, shown};
use quipu_claims::claims::{ClaimReader, ClaimsInput, check};
use quipu_claims::times::{TimeReader, TimesInput, day_of};
use quipu_model::span::{Span, TextKind, code_points};
use quipu_model::{
    AmountExpression, AnnotatedText, Claim, RepairedText, SentenceLanguage, Slot, SourceId,
    Transcript,
};
use serde_json::{Value, json};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut packs, mut lang, mut reference) = (None, "en".to_owned(), None);
    let (mut checks, mut explain) = (false, false);
    let mut files = Vec::new();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--packs" => packs = arguments.next(),
            "--lang" => lang = arguments.next().unwrap(),
            "--reference" => reference = arguments.next().and_then(|day| day_of(&day)),
            "--check" => checks = true,
            "--explain" => explain = true,
            _ => files.push(argument),
        }
    }
    let packs = common::packs(packs);
    let annotator = embedded(&packs).unwrap();
    let mut hands = Hands::default();
    if checks {
        let broken = check(&packs, |tag, text| {
            annotated(&annotator, tag, text, &mut hands)
        });
        let broken = broken.unwrap_or_else(|error| {
            println!("{error}");
            std::process::exit(1);
        });
        for broken in &broken {
            println!("{broken}");
        }
        println!("{} broken", broken.len());
        return;
    }
    let (times, amounts, claims) = (
        TimeReader::new(&packs).unwrap(),
        AmountReader::new(&packs).unwrap(),
        ClaimReader::new(&packs).unwrap(),
    );
    for file in files {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        let layers = annotated(&annotator, &lang, &text, &mut hands);
        let times = times.read(&TimesInput {
            text: &text,
            annotated: Some(&layers),
            reference,
            ..TimesInput::default()
        });
        let amounts = amounts.read(&AmountsInput {
            text: &text,
            annotated: Some(&layers),
            times: &times.value,
            reference,
            ..AmountsInput::default()
        });
        let start = Instant::now();
        let found = claims.read(&ClaimsInput {
            source: SourceId::of(text.as_bytes()),
            transcript: &Transcript {
                text: text.clone(),
                ..Transcript::default()
            },
            repaired: &RepairedText::untouched(&text),
            annotated: &layers,
            times: &times.value,
            amounts: &amounts.value,
        });
        eprintln!("{file}: {} claims in {:?}", found.len(), start.elapsed());
        for claim in &found {
            if explain {
                explained(claim);
            } else {
                println!("{}", exported(claim, &file, &text));
            }
        }
    }
}

fn annotated(annotator: &Annotator<'_>, tag: &str, text: &str, hands: &mut Hands) -> AnnotatedText {
    let languages = [SentenceLanguage {
        span: Span::from_usize(0, text.len()),
        language: Some(tag.to_owned()),
    }];
    annotator.annotate(&flowing(text), &languages, &[], hands)
}

fn explained(claim: &Claim) {
    println!(
        "[{}] {} | {} {}",
        claim.anchor.quote().replace('\n', " "),
        claim.trace.sentence.replace('\n', " "),
        claim.polarity,
        claim.standing,
    );
    let marks: Vec<&str> = claim.marks.iter().map(|mark| mark.word()).collect();
    let amounts: Vec<String> = claim.amounts.iter().map(shown).collect();
    let when = claim.when.as_ref().map(|when| when.edtf.as_str());
    let places: Vec<&str> = claim.places.iter().map(|at| at.name.as_str()).collect();
    println!(
        "    {} {marks:?} when {when:?} where {places:?} amount {amounts:?}",
        claim.trace.rule
    );
}

fn points<T: TextKind>(text: &str, span: Span<T>) -> (usize, usize) {
    let range = span.range();
    (code_points(text, range.start), code_points(text, range.end))
}

fn exported(claim: &Claim, file: &str, text: &str) -> Value {
    let slot = |slot: &Slot| json!({"name": slot.name, "as_written": slot.as_written});
    let roles: Vec<Value> = claim
        .roles
        .iter()
        .map(|role| match &role.filler {
            Some(filler) => json!({"role": role.role, "name": filler.name,
                "as_written": filler.as_written}),
            None => json!({"role": role.role, "name": null, "as_written": null}),
        })
        .collect();
    let amount = |amount: &AmountExpression| {
        let number = |n: Option<quipu_model::Decimal>| n.map(|n| n.to_string());
        json!({"value": number(amount.value), "low": number(amount.low),
            "high": number(amount.high), "unit": amount.unit, "per": amount.per,
            "as_written": amount.as_written})
    };
    let (start, end) = points(text, claim.anchor.span());
    let predicate = points(text, claim.predicate_span);
    let marks: Vec<&str> = claim.marks.iter().map(|mark| mark.word()).collect();
    json!({
        "id": claim.id().written(), "kind": claim.kind, "subkind": claim.subkind,
        "predicate": claim.predicate_as_written, "predicate_lemma": claim.predicate,
        "predicate_start": predicate.0, "predicate_end": predicate.1,
        "roles": roles,
        "amount": claim.amounts.iter().map(amount).collect::<Vec<_>>(),
        "when": claim.when.as_ref().map(|when| json!({"edtf": when.edtf,
            "as_written": when.as_written})),
        "where": claim.places.iter().map(slot).collect::<Vec<_>>(),
        "polarity": claim.polarity.word(), "standing": claim.standing.word(),
        "holders": [], "marks": marks,
        "source": file, "page": claim.anchor.page(), "start": start, "end": end,
        "quote": claim.anchor.quote(),
        "sentence": claim.sentence.of(text),
        "confidence": f64::from(claim.confidence) / 1000.0,
        "rule": claim.trace.rule,
    })
}
