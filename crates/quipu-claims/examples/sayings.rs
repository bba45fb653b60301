//! Attributions and factuality against data that others annotated.
//!
//! `sayings check [PACKS]` runs the examples of all sayings; `sayings text LANG FILE
//! [PACKS]` shows the attributions of a text; `sayings factuality FILE [PACKS]` reads
//! lines of UDS factuality and writes, for each predicate, the gold, ours and what it
//! stands in; `sayings quotations TEXT ANN [PACKS]` reads a text of LitBank.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;

use quipu_annotate::{Annotator, Hands, embedded, flowing};
use quipu_claims::claims::{ClaimReader, check_sayings};
use quipu_model::{AnnotatedText, SentenceLanguage, Span, Speaker};
use serde_json::Value;

fn annotated(annotator: &Annotator<'_>, tag: &str, text: &str) -> AnnotatedText {
    let languages = [SentenceLanguage {
        span: Span::from_usize(0, text.len()),
        language: Some(tag.to_owned()),
    }];
    annotator.annotate(&flowing(text), &languages, &[], &mut Hands::default())
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |at: usize| arguments.get(at).cloned();
    let folder = match argument(0).as_deref() {
        Some("check") => argument(1),
        Some("factuality") => argument(2),
        _ => argument(3),
    };
    let packs = common::packs(folder);
    let annotator = embedded(&packs).unwrap();
    let reader = ClaimReader::new(&packs).unwrap();
    match argument(0).as_deref() {
        Some("check") => {
            let broken = check_sayings(&packs, |tag, text| annotated(&annotator, tag, text));
            for broken in broken.unwrap() {
                println!("{}: {}\n    {}", broken.rule, broken.text, broken.message);
            }
        }
        Some("text") => {
            let text = std::fs::read_to_string(argument(2).unwrap()).unwrap();
            show(
                &reader,
                &annotated(&annotator, &argument(1).unwrap(), &text),
                &text,
            );
        }
        Some("factuality") => {
            let lines = std::fs::read_to_string(argument(1).unwrap()).unwrap();
            factuality(&annotator, &reader, &lines);
        }
        Some("quotations") => {
            let read = |at| std::fs::read_to_string(argument(at).unwrap()).unwrap();
            quotations(&annotator, &reader, &read(1), &read(2));
        }
        _ => println!("check, text, factuality or quotations"),
    }
}

fn show(reader: &ClaimReader, layers: &AnnotatedText, text: &str) {
    for said in reader.attributions(text, layers, &[]) {
        let words = |spans: &[Span<quipu_model::Repaired>]| {
            let words = spans.iter().filter_map(|span| span.of(text));
            words.collect::<Vec<_>>().join(" … ")
        };
        println!(
            "{} [{}] {:?} {:?} {}: {}",
            said.rule,
            words(&said.cue),
            said.speaker,
            said.standing,
            said.polarity,
            words(&said.content)
        );
    }
}

/// Gold, ours, standing and marks of each predicate that both have.
fn factuality(annotator: &Annotator<'_>, reader: &ClaimReader, lines: &str) {
    let (mut count, mut missed) = (0_u32, 0_u32);
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = line["text"].as_str().unwrap();
        let layers = annotated(annotator, "en", text);
        let ours: BTreeMap<u32, i32> = reader
            .predicates(text, &layers)
            .iter()
            .map(|own| (own.span.start(), own.thousandths))
            .collect();
        let mut from = 0;
        for predicate in line["predicates"].as_array().unwrap() {
            let form = predicate["form"].as_str().unwrap_or_default();
            let Some(at) = text.get(from..).and_then(|rest| rest.find(form)) else {
                continue;
            };
            let at = from + at;
            from = at + form.len();
            count += 1;
            let gold = predicate["factuality"].as_f64().unwrap_or_default();
            match ours.get(&(at as u32)) {
                Some(own) => {
                    let own = f64::from(*own) / 1000.0;
                    println!("{gold:.3}\t{own:.3}\t{form}\t{text}");
                    pairs.push((gold, own));
                }
                None => missed += 1,
            }
        }
    }
    let n = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (gold, own) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let (mut both, mut golds, mut owns, mut error) = (0.0, 0.0, 0.0, 0.0);
    for (one, other) in &pairs {
        both += (one - gold) * (other - own);
        golds += (one - gold).powi(2);
        owns += (other - own).powi(2);
        // The gold is normalised so that a plain yes is about 1.
        error += (one - other / 3.0).abs();
    }
    println!(
        "{count} predicates, {missed} not read; Pearson {:.3}; mean absolute error {:.3} on a third of our scale",
        both / (golds * owns).sqrt(),
        error / n
    );
}

/// Speakers of quotations: `QUOTE id sentence token sentence token words` and
/// `ATTRIB id speaker`, with the mentions of the text told by their last word.
fn quotations(annotator: &Annotator<'_>, reader: &ClaimReader, text: &str, ann: &str) {
    let mut starts = Vec::new();
    let mut whole = String::new();
    for line in text.lines() {
        let mut own = Vec::new();
        for word in line.split(' ') {
            own.push(whole.len());
            whole.push_str(word);
            whole.push(' ');
        }
        starts.push(own);
    }
    let layers = annotated(annotator, "en", &whole);
    let said = reader.attributions(&whole, &layers, &[]);
    let mut spoken: BTreeMap<&str, &str> = BTreeMap::new();
    for line in ann.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let ["ATTRIB", id, speaker] = fields.as_slice() {
            spoken.insert(id, speaker);
        }
    }
    for line in ann.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let ["QUOTE", id, sentence, word, ..] = fields.as_slice() else {
            continue;
        };
        let place = |sentence: &str, word: &str| {
            let own = starts.get(sentence.parse::<usize>().ok()?)?;
            own.get(word.parse::<usize>().ok()? + 1).copied()
        };
        let Some(at) = place(sentence, word) else {
            continue;
        };
        let letters = Span::from_usize(at, at + 1);
        let own = said
            .iter()
            .filter(|own| own.holds(letters))
            .min_by_key(|own| own.reach().map(|span| span.len()));
        let own = own.map(|own| match &own.speaker {
            Speaker::Named { name, as_written } => {
                format!("{name}\t{}", as_written.clone().unwrap_or_default())
            }
            other => format!("{other:?}\t"),
        });
        println!(
            "{}\t{}",
            spoken.get(id).copied().unwrap_or("-"),
            own.unwrap_or_else(|| "nobody\t".to_owned())
        );
    }
}
