//! The rules of reference keep what their examples promise, cases come out as
//! written, and no input breaks the reading.
#![allow(clippy::unwrap_used)]

mod texts;

use std::path::Path;
use std::time::Instant;

use quipu_annotate::embedded;
use quipu_claims::reference::{check, marks, wrong};
use quipu_claims::{ReferenceInput, ReferenceReader, References};
use quipu_model::{AnnotatedText, Span};
use quipu_packs::Packs;
use texts::annotated;

fn read(reader: &ReferenceReader, text: &str, annotated: &AnnotatedText) -> References {
    reader.read(&ReferenceInput {
        text,
        annotated,
        times: &[],
        amounts: &[],
    })
}

#[test]
fn every_rule_keeps_its_examples() {
    let packs = Packs::embedded().unwrap();
    let annotator = embedded(&packs).unwrap();
    let broken = check(&packs, |tag, text| annotated(&annotator, tag, text)).unwrap();
    let lines: Vec<String> = broken
        .iter()
        .map(|broken| format!("{}: {}\n    {}", broken.rule, broken.text, broken.message))
        .collect();
    assert!(broken.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn every_case_comes_out_as_written() {
    let packs = Packs::embedded().unwrap();
    let (annotator, reader) = (
        embedded(&packs).unwrap(),
        ReferenceReader::new(&packs).unwrap(),
    );
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/reference");
    let mut broken = Vec::new();
    let mut count = 0;
    for tag in ["en", "es"] {
        let files = std::fs::read_dir(root.join(tag)).unwrap();
        let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        for file in files {
            let case = std::fs::read_to_string(&file).unwrap();
            let (head, names) = case.split_once("=>\n").unwrap();
            let says = head
                .lines()
                .take_while(|line| line.starts_with('#'))
                .count();
            assert!(says > 0, "{} does not say what it shows", file.display());
            let marked: Vec<&str> = head.lines().skip(says).collect();
            let (text, marks) = marks(&marked.join("\n")).unwrap();
            let layers = annotated(&annotator, tag, &text);
            let references = read(&reader, &text, &layers);
            let mut messages = wrong(&text, &marks, &references);
            for line in names.lines() {
                let (number, name) = line.split_once(' ').unwrap();
                let number: u32 = number.parse().unwrap();
                let first = marks.iter().find(|(own, _)| *own == number).unwrap().1;
                let found = references.name_of(first).unwrap_or("-");
                if found != name {
                    messages.push(format!("{number} is {found}, not {name}"));
                }
            }
            count += 1;
            broken.extend(
                messages
                    .iter()
                    .map(|line| format!("{}: {line}", file.display())),
            );
        }
    }
    assert!(count > 10, "only {count} cases were read");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn cost_is_linear_and_bytes_are_the_same() {
    let packs = Packs::embedded().unwrap();
    let (annotator, reader) = (
        embedded(&packs).unwrap(),
        ReferenceReader::new(&packs).unwrap(),
    );
    let story = "Luis Soto met Ana Soto and the driver. He paid her brother. The driver said: “I saw them.” Soto left. ";
    let seconds = |times: usize| {
        let text = story.repeat(times);
        let layers = annotated(&annotator, "en", &text);
        let start = Instant::now();
        let one = read(&reader, &text, &layers);
        let took = start.elapsed().as_secs_f64();
        let other = read(&reader, &text, &layers);
        assert_eq!(one.all(), other.all());
        took
    };
    let (short, long) = (seconds(100), seconds(800));
    // Eight times the words, and room for a machine that does other things too.
    assert!(long < short * 40.0 + 0.2, "{short} and {long} seconds");
}

#[test]
fn a_name_is_found_by_its_words_and_by_its_head() {
    let packs = Packs::embedded().unwrap();
    let (annotator, reader) = (
        embedded(&packs).unwrap(),
        ReferenceReader::new(&packs).unwrap(),
    );
    let text = "Ana Coll left the bank. She sold the mill.";
    let layers = annotated(&annotator, "en", text);
    let references = read(&reader, text, &layers);
    let at = text.find("She").unwrap();
    let she = Span::from_usize(at, at + 3);
    assert_eq!(references.name_of(she), Some("Ana Coll"));
    assert_eq!(references.name_of(Span::from_usize(0, 8)), Some("Ana Coll"));
    assert_eq!(references.name_of(Span::from_usize(9, 13)), None);
}
