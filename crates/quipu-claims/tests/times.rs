//! The patterns of the release keep what their examples promise.
#![allow(clippy::unwrap_used)]

use std::time::Instant;

use quipu_claims::times::day_text;
use quipu_claims::{TimeReader, TimesInput};
use quipu_model::{Span, TimeExpression};
use quipu_packs::Packs;

#[test]
fn every_pattern_keeps_its_examples() {
    let packs = Packs::embedded().unwrap();
    let broken = quipu_claims::times::check(&packs).unwrap();
    let lines: Vec<String> = broken.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

mod cases;

#[test]
fn every_case_comes_out_as_written() {
    let packs = Packs::embedded().unwrap();
    let reader = TimeReader::new(&packs).unwrap();
    let wrong = cases::run("times", 40, |lang, case| {
        let languages = [(Span::from_usize(0, case.text.len()), lang)];
        let found = reader.read(&TimesInput {
            text: &case.text,
            languages: &languages,
            reference: case.reference,
            order: case.order,
            ..TimesInput::default()
        });
        let times = found.value.iter().map(|time| show(time, &case.text));
        let notices = found
            .notices
            .iter()
            .map(|notice| format!("notice {}", notice.code));
        times.chain(notices).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn show(time: &TimeExpression, text: &str) -> String {
    let value = &time.value;
    let day = |day: Option<i64>| day.map(day_text).unwrap_or_default();
    let written = match (
        value.edtf.is_empty(),
        value.timex.contains("XX-W") || value.timex.contains("WXX"),
    ) {
        (true, true) if value.reference.is_none() && time.kind == quipu_model::TimeKind::Date => {
            "?"
        }
        (true, _) => &value.timex,
        _ => &value.edtf,
    };
    let bounds = match (value.earliest, value.latest) {
        (None, None) => "?".to_owned(),
        (first, last) => format!("{}..{}", day(first), day(last)),
    };
    let from = match (value.anchored_on, value.reference) {
        (Some(span), _) => span.of(text).unwrap().to_owned(),
        (None, Some(_)) => "reference".to_owned(),
        (None, None) => String::new(),
    };
    format!("{} = {written} | {bounds} <- {from}", value.as_written)
}

/// Times a reading, so that a text of twice the length shows its cost.
fn cost(reader: &TimeReader, text: &str) -> f64 {
    let input = TimesInput {
        text,
        ..TimesInput::default()
    };
    let start = Instant::now();
    let found = reader.read(&input);
    for time in &found.value {
        assert!(time.span.of(text).is_some(), "a span outside the text");
    }
    start.elapsed().as_secs_f64()
}

#[test]
fn nonsense_neither_stalls_nor_breaks() {
    let reader = TimeReader::new(&Packs::embedded().unwrap()).unwrap();
    let pieces = [
        "9",
        "1990 ",
        "1-",
        "1/",
        "12:",
        "twenty ",
        "the first of the ",
        "in early ",
        "a.",
        "'",
        "é",
        "\u{a0}",
        "–",
        "from 1990 to ",
        "May ",
        "3 March ",
        "one hundred and ",
        "031430Z ",
        "y ",
        "mil ",
        "de enero de ",
        "(",
        "XIX ",
        "1,234,",
        "Oct2",
        "31 April 1990, ",
        "two days before the ",
        "last ",
        "´ñ",
        "🕰",
        "12-12-12-12-",
        "-",
        "99th ",
    ];
    for piece in pieces {
        let short = piece.repeat(2_000);
        let long = piece.repeat(16_000);
        // The quickest of a few: the machine may be busy with something else.
        let quickest = |text: &str| (0..3).map(|_| cost(&reader, text)).fold(f64::MAX, f64::min);
        let (one, eight) = (quickest(&short), quickest(&long));
        // Eight times the text may not cost much more than eight times the time.
        assert!(
            eight < 40.0 * one + 0.5,
            "`{piece}`: {one} s became {eight} s"
        );
    }
    // Every pair of pieces, for what only meets by chance.
    for a in pieces {
        for b in pieces {
            cost(&reader, &format!("{a}{b}{a}{b}"));
        }
    }
}
