//! Times and amounts from bytes to answers: what is read is understood, found by
//! what it means, and the same whatever the number of hands.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn quipu(folder: &Path, words: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_quipu"))
        .args(words)
        .current_dir(folder)
        .env_remove("QUIPU_ARCHIVE")
        .output()
        .expect("the program");
    assert!(
        output.status.success(),
        "{words:?}: {}",
        text(&output.stderr)
    );
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder with an article and a ledger, all invented.
fn sources() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("case");
    fs::create_dir(&inside).unwrap();
    fs::write(
        inside.join("article.txt"),
        "The bank and the mayor\n\nLIMA, March 2, 1994 - The judge arrested Nadia Farrow yesterday. \
         She had paid the mayor more than 50,000 dollars a month since early 1991.\n",
    )
    .unwrap();
    fs::write(
        inside.join("ledger.csv"),
        "date,payee,amount (USD)\n1991-05-20,Farrow,30000\n1992-07-14,Quispe,\"41,500\"\n",
    )
    .unwrap();
    folder
}

/// Titles and lit words of the answers to a question.
fn found(folder: &Path, question: &str) -> Vec<(String, Vec<String>)> {
    let words = [
        "search",
        question,
        "--archive",
        "a.quipu",
        "--format",
        "json",
    ];
    let answer: Value = serde_json::from_slice(&quipu(folder, &words).stdout).unwrap();
    assert!(answer["doubts"].as_array().unwrap().is_empty(), "{answer}");
    let hits = answer["hits"].as_array().unwrap().iter();
    let mut found: Vec<(String, Vec<String>)> = hits
        .map(|hit| {
            let passages = hit["passages"].as_array().unwrap().iter();
            let segments = passages.flat_map(|passage| passage["segments"].as_array().unwrap());
            let lit = segments.filter(|segment| segment["matched"] == true);
            let words = lit.map(|segment| segment["text"].as_str().unwrap().to_owned());
            (hit["path"].as_str().unwrap().to_owned(), words.collect())
        })
        .collect();
    found.sort();
    found
}

#[test]
fn rows_of_a_table_name_their_times_and_amounts() {
    let folder = sources();
    let words = ["read", "--dry-run", "--format", "json", "case/ledger.csv"];
    let record: Value = serde_json::from_slice(&quipu(folder.path(), &words).stdout).unwrap();
    let whole: Vec<char> = record["text"].as_str().unwrap().chars().collect();
    let rows = record["tables"][0]["rows"].as_array().unwrap();
    let row = &rows[1];
    assert_eq!(row["times"][0]["edtf"], "1991-05-20");
    let amount = &row["amounts"][0];
    assert_eq!(
        (&amount["value"], &amount["unit"]),
        (&30_000.into(), &"USD".into())
    );
    assert_eq!(amount["unit_from"], "heading");
    let place = |key: &str| usize::try_from(amount[key].as_u64().unwrap()).unwrap();
    let letters: String = whole[place("start")..place("end")].iter().collect();
    assert_eq!(letters, "30000");
    assert_eq!(rows[2]["amounts"][0]["value"], 41_500);
    assert!(rows[0].get("times").is_none());
}

#[test]
fn an_archive_answers_by_what_times_and_amounts_can_mean() {
    let folder = sources();
    let at = folder.path();
    quipu(at, &["read", "case", "--archive", "a.quipu", "--quiet"]);
    let one = |question: &str| {
        let found = found(at, question);
        assert_eq!(found.len(), 1, "{question}: {found:?}");
        found[0].clone()
    };
    // Reckoned against the document's own day.
    let (path, lit) = one("date:1994-03-01");
    assert!(path.ends_with("article.txt"));
    assert!(lit.contains(&"yesterday".to_owned()), "{lit:?}");
    // Open and vague, and exact in a cell.
    assert_eq!(found(at, "date:1991-05").len(), 2);
    assert!(found(at, "date:1989").is_empty());
    let (path, lit) = one("amount:>1000000 USD");
    assert!(path.ends_with("article.txt"));
    assert_eq!(lit, ["more than 50,000 dollars a month"]);
    let (path, lit) = one("amount:30000..45000 USD");
    assert!(path.ends_with("ledger.csv"));
    assert_eq!(lit, ["30000", "41,500"]);
    assert!(found(at, "amount:30000 PEN").is_empty());
    // The document's own date is asked for apart.
    assert!(found(at, "dated:1991").is_empty());
    assert_eq!(found(at, "dated:1994").len(), 1);
}

#[test]
fn any_number_of_hands_understands_the_same() {
    let folder = sources();
    let at = folder.path();
    let mut all = Vec::new();
    for hands in ["1", "3"] {
        let archive = format!("{hands}.quipu");
        let words = [
            "read",
            "case",
            "--archive",
            &archive,
            "--threads",
            hands,
            "--quiet",
        ];
        quipu(at, &words);
        all.push(quipu(at, &["export", "documents", "--archive", &archive]).stdout);
    }
    assert!(all[0] == all[1]);
    let first = text(&all[0]);
    assert!(first.contains("\"edtf\":\"1994-03-01\"") && first.contains("\"unit\":\"USD\""));
}
