//! Claims from bytes to the outside: anchored byte for byte, whole, and the same
//! whatever the number of hands.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn run(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quipu"))
        .args(words)
        .current_dir(folder)
        .env_remove("QUIPU_ARCHIVE")
        .env_remove("QUIPU_PACKS")
        .output()
        .expect("the program")
}

fn quipu(folder: &Path, words: &[&str]) -> Vec<u8> {
    let output = run(folder, words);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words:?}: {said}");
    output.stdout
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    let lines = bytes.split(|byte| *byte == b'\n');
    let lines = lines.filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_slice(line).expect("JSON"))
        .collect()
}

/// A folder of invented documents, some of them damaged, in several formats.
fn sources() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("case");
    fs::create_dir(&inside).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(inside.join(name), bytes).unwrap();
    write(
        "article.txt",
        "The bank and the mayor\n\nLIMA, March 2, 1994 - The judge arrested Nadia Farrow in \
         Lima yesterday. She had paid the mayor more than 50,000 dollars a month since early \
         1991. \u{AB}El alcalde\u{BB} \u{1F41F} never paid the union.\n"
            .as_bytes(),
    );
    // Soft hyphens, a word cut at the end of a line, white space to make single.
    write(
        "damaged.txt",
        "The clerk Elvin Tarr pa\u{AD}id the union 900 dol\u{AD}lars in Octo-\nber. The com-\n\
         pany financed the campaign of\nLuisa Arrieta.\n"
            .as_bytes(),
    );
    // Windows line ends and letters of Latin 1.
    write(
        "nota.txt",
        b"La fiscal\xEDa detuvo a Mar\xEDa Nu\xF1o en Lima el 3 de marzo de 1998.\r\n\r\n\
          El contador pag\xF3 4.000 d\xF3lares al juez. Bruno Paz es hermano de Ana Paz.\r\n",
    );
    write(
        "note.html",
        b"<html><body><h1>Notes</h1><p>The ministry &amp; the union signed a pact. \
          Ana&nbsp;Rojas was <b>arrested</b> in Cuzco.</p></body></html>",
    );
    write(
        "letter.eml",
        b"From: Ana <ana@example.org>\r\nTo: Luis <luis@example.org>\r\nSubject: The loan\r\n\
          Date: Wed, 2 Mar 1994 10:00:00 +0000\r\nContent-Type: text/plain\r\n\r\n\
          The bank lent 900 dollars to the party. Rosas bribed two customs officers.\r\n",
    );
    folder
}

/// All claims, with the text of each document by its hash.
fn exported(folder: &Path, archive: &str) -> (Vec<Value>, BTreeMap<String, String>) {
    let claims = lines(&quipu(folder, &["export", "claims", "-A", archive]));
    let documents = lines(&quipu(folder, &["export", "documents", "-A", archive]));
    let texts = documents.iter().map(|document| {
        let part = |key: &str| document[key].as_str().unwrap().to_owned();
        (part("source"), part("text"))
    });
    (claims, texts.collect())
}

#[test]
fn every_claim_quotes_its_document_byte_for_byte() {
    let folder = sources();
    let at = folder.path();
    quipu(at, &["read", "case", "-A", "a.quipu", "--quiet"]);
    let (claims, texts) = exported(at, "a.quipu");
    let sources: BTreeSet<&str> = claims.iter().filter_map(|c| c["source"].as_str()).collect();
    assert_eq!(sources.len(), 5, "claims of every document: {sources:?}");
    let mut repaired = 0;
    for claim in &claims {
        let text = &texts[claim["source_id"].as_str().unwrap()];
        let points: Vec<char> = text.chars().collect();
        let place = |key: &str| usize::try_from(claim[key].as_u64().unwrap()).unwrap();
        let words: String = points[place("start")..place("end")].iter().collect();
        assert_eq!(claim["quote"].as_str(), Some(words.as_str()));
        assert!(text.contains(claim["sentence"].as_str().unwrap()));
        repaired += usize::from(claim.get("quote_as_read").is_some());
    }
    assert!(repaired > 0, "some words were repaired");
}

#[test]
fn a_claim_has_all_its_parts() {
    let folder = sources();
    let at = folder.path();
    quipu(at, &["read", "case", "-A", "a.quipu", "--quiet"]);
    let (claims, _) = exported(at, "a.quipu");
    let standings = "asserted reported alleged testified found denied retracted planned";
    let mut ids = BTreeSet::new();
    for claim in &claims {
        for key in [
            "kind",
            "subkind",
            "predicate",
            "roles",
            "amount",
            "when",
            "where",
            "polarity",
            "standing",
            "holders",
            "source",
            "page",
            "quote",
            "sentence",
            "confidence",
            "rule",
        ] {
            assert!(claim.get(key).is_some(), "{key} of {claim}");
        }
        assert!(claim["id"].as_str().unwrap().starts_with('c'));
        assert!(ids.insert(claim["id"].to_string()), "two of {claim}");
        let standing = claim["standing"].as_str().unwrap();
        assert!(standings.split(' ').any(|word| word == standing));
        assert!(["positive", "negative"].contains(&claim["polarity"].as_str().unwrap()));
        assert!((0.0..=1.0).contains(&claim["confidence"].as_f64().unwrap()));
        assert!(claim["roles"].as_array().unwrap().len() >= 2);
        for role in claim["roles"].as_array().unwrap() {
            let empty = role["name"].is_null();
            assert!(role.get("as_written").is_some() && (!empty || role["as_written"].is_null()));
        }
        let when = &claim["when"];
        assert!(when.is_null() || (when["edtf"].is_string() && when["as_written"].is_string()));
    }
    let paid = claims
        .iter()
        .find(|claim| claim["kind"] == "payment" && claim["source"] == "case/article.txt")
        .expect("a payment");
    assert_eq!(paid["roles"][0]["role"], "payer");
    assert_eq!(paid["roles"][1]["role"], "payee");
    assert_eq!(paid["roles"][1]["as_written"], "the mayor");
    assert_eq!(paid["amount"][0]["value"], 50_000);
    assert_eq!(paid["amount"][0]["unit"], "USD");
    assert_eq!(paid["amount"][0]["per"], "month");
    let arrest = claims
        .iter()
        .find(|claim| claim["kind"] == "arrest" && claim["source"] == "case/article.txt")
        .expect("an arrest");
    assert_eq!(arrest["when"]["edtf"], "1994-03-01");
}

#[test]
fn any_number_of_hands_exports_the_same() {
    let folder = sources();
    let at = folder.path();
    let all = ["1", "3"].map(|hands| {
        let archive = format!("{hands}.quipu");
        let read = [
            "read",
            "case",
            "-A",
            &archive,
            "--threads",
            hands,
            "--quiet",
        ];
        quipu(at, &read);
        quipu(at, &["export", "claims", "-A", &archive])
    });
    assert!(!all[0].is_empty() && all[0] == all[1]);
}
