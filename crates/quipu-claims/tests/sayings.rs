//! The sayings of the release keep what their examples promise, and cases of talk
//! come out as written.
#![allow(clippy::unwrap_used)]

mod texts;

use std::path::Path;
use std::time::Instant;

use quipu_annotate::embedded;
use quipu_claims::claims::{ClaimReader, check_sayings};
use quipu_model::{Attribution, Speaker};
use quipu_packs::Packs;
use texts::annotated;

#[test]
fn every_saying_keeps_its_examples() {
    let packs = Packs::embedded().unwrap();
    let annotator = embedded(&packs).unwrap();
    let broken = check_sayings(&packs, |tag, text| annotated(&annotator, tag, text)).unwrap();
    let lines: Vec<String> = broken
        .iter()
        .map(|broken| format!("{}: {}\n  {}", broken.rule, broken.text, broken.message))
        .collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

/// An attribution in the line that cases write.
fn line(text: &str, said: &Attribution) -> String {
    let speaker = match &said.speaker {
        Speaker::Author => "the author".to_owned(),
        Speaker::Unnamed => "-".to_owned(),
        Speaker::Named { name, .. } => name.clone(),
    };
    let pieces = said.content.iter().filter_map(|span| span.of(text));
    let content = pieces.collect::<Vec<_>>().join(" … ").replace('\n', " / ");
    let contrary = if said.contrary { ", contrary" } else { "" };
    format!("{speaker}, {}{contrary}: {content}", said.standing)
}

#[test]
fn every_case_comes_out_as_written() {
    let packs = Packs::embedded().unwrap();
    let (annotator, reader) = (embedded(&packs).unwrap(), ClaimReader::new(&packs).unwrap());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/sayings");
    let (mut wrong, mut count) = (Vec::new(), 0);
    for tag in ["en", "es"] {
        let files = std::fs::read_dir(root.join(tag)).unwrap();
        let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        for file in files {
            let case = std::fs::read_to_string(&file).unwrap();
            let (head, wanted) = case.split_once("=>\n").unwrap();
            let text: Vec<&str> = head.lines().filter(|line| !line.starts_with('#')).collect();
            let text = text.join("\n");
            let layers = annotated(&annotator, tag, &text);
            let said = reader.attributions(&text, &layers, &[]);
            let found: Vec<String> = said.iter().map(|said| line(&text, said)).collect();
            count += 1;
            if found != wanted.lines().collect::<Vec<_>>() {
                wrong.push(format!("{}:\n{}", file.display(), found.join("\n")));
            }
        }
    }
    assert!(count > 5, "only {count} cases were read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_marks_break_or_stall_the_reading() {
    let packs = Packs::embedded().unwrap();
    let (annotator, reader) = (embedded(&packs).unwrap(), ClaimReader::new(&packs).unwrap());
    for piece in [
        "\"",
        "« ",
        "“a ",
        "— ",
        "he said ",
        "\"he said\" ",
        "DIJO: ",
        "\n\n\"",
        "said, ‘",
    ] {
        let mut seconds = [0.0; 2];
        for (n, seconds) in [500, 2000].into_iter().zip(&mut seconds) {
            let text = piece.repeat(n);
            for tag in ["en", "es"] {
                let layers = annotated(&annotator, tag, &text);
                let start = Instant::now();
                let said = reader.attributions(&text, &layers, &[]);
                *seconds += start.elapsed().as_secs_f64();
                for said in said {
                    let spans = said.content.iter().chain(&said.source).chain(&said.cue);
                    for span in spans {
                        assert!(span.of(&text).is_some(), "{piece}: {span:?}");
                    }
                }
            }
        }
        assert!(
            seconds[1] < 40.0 * seconds[0].max(0.02),
            "{piece}: {seconds:?}"
        );
    }
}
