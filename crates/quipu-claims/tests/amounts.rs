//! The patterns of amounts keep what their examples promise, and nothing that is
//! thrown at them stalls or breaks them.
#![allow(clippy::unwrap_used)]

use std::time::Instant;

use proptest::prelude::*;
use quipu_claims::amounts::shown;
use quipu_model::{AmountExpression, Decimal};
use quipu_packs::Packs;

mod cases;
mod sound;

use sound::{Readers, sound};

#[test]
fn every_pattern_keeps_its_examples() {
    let packs = Packs::embedded().unwrap();
    let broken = quipu_claims::amounts::check(&packs).unwrap();
    let lines: Vec<String> = broken.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn every_case_comes_out_as_written() {
    let readers = Readers::new();
    let wrong = cases::run("amounts", 60, |lang, case| {
        let country = case.country.as_deref();
        let found = readers.read_in(&case.text, Some(lang), case.reference, country);
        let line = |amount: &AmountExpression| {
            let source = match (amount.unit_from, amount.unit_span) {
                (Some(source), Some(span)) => {
                    format!("{source}: {}", span.of(&case.text).unwrap())
                }
                (Some(source), None) => source.to_string(),
                (None, _) => String::new(),
            };
            let choices = amount.unit_choices.join(" ");
            format!(
                "{} = {} | {choices} <- {source}",
                amount.as_written,
                shown(amount)
            )
        };
        found.iter().map(line).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Times a reading, so that a text of more length shows its cost.
fn cost(readers: &Readers, text: &str) -> f64 {
    let start = Instant::now();
    let found = readers.read(text, None);
    let took = start.elapsed().as_secs_f64();
    sound(text, &found);
    took
}

const PIECES: &[&str] = &[
    "9",
    "1,",
    "1.",
    "1,234,",
    "1.234.",
    "1'",
    "$",
    "$ ",
    "$1 ",
    "€",
    "%",
    "5% ",
    "(",
    "(1) ",
    "-",
    "–",
    " - 5 ",
    "million ",
    "mil ",
    "twenty ",
    "and ",
    "y ",
    "half ",
    "a ",
    "de ",
    "between 1 and ",
    "entre 2 y ",
    "more than ",
    "about ",
    "dozens of ",
    "miles de ",
    "soldiers ",
    "soldados ",
    "USD ",
    "US$",
    "S/. ",
    "pesos ",
    "Mexico ",
    "\t",
    "\n",
    "\n\n",
    "Total\tUSD\n",
    "30\t40\n",
    "1 000 ",
    ".5 ",
    "one ",
    "third ",
    "per month ",
    "each ",
    "é",
    "\u{a0}",
    "´ñ",
    "🕰",
    "9e999 ",
    "1/2 ",
    "MIX ",
    "pounds ",
    "paid 5000 ",
];

#[test]
fn nonsense_neither_stalls_nor_breaks() {
    let readers = Readers::new();
    for piece in PIECES {
        let (short, long) = (piece.repeat(2_000), piece.repeat(16_000));
        // The quickest of a few: the machine may be busy with something else.
        let quickest = |text: &str| {
            (0..3)
                .map(|_| cost(&readers, text))
                .fold(f64::MAX, f64::min)
        };
        let (one, eight) = (quickest(&short), quickest(&long));
        // Eight times the text may not cost much more than eight times the time.
        assert!(
            eight < 40.0 * one + 0.5,
            "`{piece}`: {one} s became {eight} s"
        );
    }
    // Every pair of pieces, for what only meets by chance.
    for a in PIECES {
        for b in PIECES {
            cost(&readers, &format!("{a}{b}{a}{b}"));
        }
    }
}

#[test]
fn what_is_no_number_has_no_value() {
    let readers = Readers::new();
    let run = "7".repeat(10_240);
    let nonsense = [
        "$",
        "$ $ $",
        "1,2,3,4",
        "1.2.3.4",
        "$1.2.3.4",
        "9e999",
        "$9e999",
        "()",
        "($)",
        "1,000.000,00",
        "$1,000.000,00",
        "1.000,000.00",
        "$1,0,0",
        "--5--",
        "5--",
        "[[5]]",
        "1''000",
        "$1,00,000",
        "12:5:9",
        "1.000.00.0 dollars",
        "99999999999999999999 dollars",
        "USD",
        "% % %",
        "0x1F dollars",
    ];
    for text in nonsense.into_iter().chain([run.as_str()]) {
        for lang in ["en", "es"] {
            let found = readers.read(text, Some(lang));
            let values: Vec<String> = found.iter().map(shown).collect();
            assert!(
                found.is_empty(),
                "{lang} {:?}: {values:?}",
                &text[..text.len().min(40)]
            );
        }
    }
    let money = format!("${run}");
    assert!(readers.read(&money, Some("en")).is_empty());
}

#[test]
fn bounds_are_numbers_that_json_takes() {
    let readers = Readers::new();
    let found = readers.read(
        "He paid $2.5 million, then between 10 and 15 dollars.",
        Some("en"),
    );
    let written: Vec<String> = found
        .iter()
        .flat_map(|amount| [amount.value, amount.low, amount.high])
        .flatten()
        .map(|number: Decimal| number.to_string())
        .collect();
    assert_eq!(written, ["2500000", "2500000", "2500000", "10", "15"]);
    for number in written {
        assert!(serde_json::from_str::<f64>(&number).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(4),
        cases: 192,
        ..ProptestConfig::default()
    })]

    #[test]
    fn arbitrary_bytes_are_read_soundly(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let readers = SHARED.get_or_init(Readers::new);
        let text = String::from_utf8_lossy(&bytes);
        sound(&text, &readers.read(&text, None));
    }

    #[test]
    fn pieces_in_any_order_are_read_soundly(places in prop::collection::vec(0..PIECES.len(), 0..60)) {
        let readers = SHARED.get_or_init(Readers::new);
        let text: String = places.iter().map(|place| PIECES[*place]).collect();
        for lang in ["en", "es"] {
            let found = readers.read(&text, Some(lang));
            sound(&text, &found);
            prop_assert_eq!(found, readers.read(&text, Some(lang)), "two readings differ");
        }
    }
}

static SHARED: std::sync::OnceLock<Readers> = std::sync::OnceLock::new();
