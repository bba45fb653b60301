//! Times and amounts for the bench: `measure` says one line of JSON about itself,
//! then answers each line of JSON it is given on standard input:
//! `{"documents": PATH, "language": "en", "amounts": true, "passes": 3,
//! "undecided": "open|earlier|later", "out": PATH}` with the seconds from texts to
//! expressions. The documents are lines of JSON, `{"text", "reference", "order"}`;
//! `out` gets a line for each, written after the clock has stopped: its times as
//! `[start, end, earliest, latest, kind, TIMEX3 value, day]`, offsets in code points.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::error::Error;
use std::io::{BufRead as _, Write as _};
use std::time::Instant;

use quipu_claims::amounts::{AmountReader, AmountsInput};
use quipu_claims::times::{TimeReader, TimesInput, Undecided, day_of, day_text};
use quipu_model::Span;
use quipu_model::time::TimeExpression;
use quipu_packs::{DateOrder, Packs};
use serde_json::{Value, json};

struct Readers {
    times: TimeReader,
    amounts: AmountReader,
}

fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let packs = Packs::embedded()?;
    let readers = Readers {
        times: TimeReader::new(&packs)?,
        amounts: AmountReader::new(&packs)?,
    };
    let load = start.elapsed().as_secs_f64();
    println!("{}", json!({ "load": load }));
    for line in std::io::stdin().lock().lines() {
        println!("{}", answer(&readers, &serde_json::from_str(&line?)?)?);
    }
    Ok(())
}

/// Reads all documents as often as asked.
fn answer(readers: &Readers, asked: &Value) -> Result<Value, Box<dyn Error>> {
    let text = |value: &Value, what: &str| value[what].as_str().unwrap_or_default().to_owned();
    let lines = std::fs::read_to_string(text(asked, "documents"))?;
    let documents: Vec<Value> = lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let texts: Vec<String> = documents.iter().map(|one| text(one, "text")).collect();
    let language = text(asked, "language");
    let undecided = match text(asked, "undecided").as_str() {
        "earlier" => Undecided::TakesEarlier,
        "later" => Undecided::TakesLater,
        _ => Undecided::StaysOpen,
    };
    let with_amounts = asked["amounts"].as_bool().unwrap_or_default();
    let passes = asked["passes"].as_u64().unwrap_or(1).max(1);
    let (mut found, mut sums) = (Vec::new(), 0);
    let start = Instant::now();
    for _ in 0..passes {
        found.clear();
        sums = 0;
        for (document, text) in documents.iter().zip(&texts) {
            let languages = [(Span::from_usize(0, text.len()), language.as_str())];
            let reference = document["reference"].as_str().and_then(day_of);
            let times = readers.times.read(&TimesInput {
                text,
                languages: &languages,
                reference,
                order: match document["order"].as_str() {
                    Some("mdy") => Some(DateOrder::Mdy),
                    Some("dmy") => Some(DateOrder::Dmy),
                    _ => None,
                },
                undecided,
                ..TimesInput::default()
            });
            if with_amounts {
                let amounts = readers.amounts.read(&AmountsInput {
                    text,
                    languages: &languages,
                    times: &times.value,
                    reference,
                    ..AmountsInput::default()
                });
                sums += amounts.value.len();
            }
            found.push(times.value);
        }
    }
    let seconds = start.elapsed().as_secs_f64() / passes as f64;
    if let Some(path) = asked["out"].as_str() {
        let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
        for (text, times) in texts.iter().zip(&found) {
            let times: Vec<Value> = times.iter().map(|time| row(text, time)).collect();
            writeln!(out, "{}", Value::Array(times))?;
        }
        out.flush()?;
    }
    let times: usize = found.iter().map(Vec::len).sum();
    Ok(json!({ "seconds": seconds, "found": times, "amounts": sums }))
}

/// A time as the peers' are put.
fn row(text: &str, time: &TimeExpression) -> Value {
    let points = |bytes: usize| text.get(..bytes).unwrap_or_default().chars().count();
    let range = time.span.range();
    let day = |day: Option<i64>| day.map(day_text);
    let value = &time.value;
    json!([
        points(range.start),
        points(range.end),
        day(value.earliest),
        day(value.latest),
        time.kind.word(),
        value.timex,
        day(time.reckoned)
    ])
}
