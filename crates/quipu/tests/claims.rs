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

#[test]
fn claims_are_shown_sentence_by_sentence() {
    let folder = sources();
    let at = folder.path();
    let words = |words: &[&str]| String::from_utf8(quipu(at, words)).unwrap();
    let shown = words(&["claims", "case/article.txt"]);
    assert!(shown.starts_with("== case/article.txt: "), "{shown}");
    assert!(!shown.contains('\x1b'), "no colour in a pipe");
    let paid = shown
        .split("\n\n")
        .find(|one| one.starts_with("She had paid"));
    let paid = paid.expect("the sentence");
    assert!(paid.contains("→ payee the mayor"), "{paid}");
    assert!(paid.contains("[more than 50000 USD a month]"), "{paid}");
    // The reference date moves what is reckoned, and what is fixed stays.
    let moved = words(&[
        "claims",
        "--reference-date",
        "2001-05-06",
        "case/article.txt",
    ]);
    assert!(
        shown.contains("[1994-03-01]") && moved.contains("[2001-05-05]"),
        "{moved}"
    );
    // One kind alone, of several files, and as JSON the lines of the export.
    let payments = words(&["claims", "--kind", "payment", "case"]);
    assert!(
        payments.contains("\n  payment") && !payments.contains("\n  arrest"),
        "{payments}"
    );
    let json = lines(&quipu(
        at,
        &["claims", "--format", "json", "case/article.txt"],
    ));
    quipu(at, &["read", "case", "-A", "a.quipu", "--quiet"]);
    let (mut exported, _) = exported(at, "a.quipu");
    exported.retain(|claim| claim["source"] == "case/article.txt");
    assert_eq!(json, exported);
}

#[test]
fn what_gave_no_claim_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(
        at.join("a.txt"),
        "A big day in Lima.\n\nThe captain gribbled the boat.\n\nSoto owes the bank an answer.\n",
    )
    .unwrap();
    let shown = quipu(at, &["claims", "--explain", "--lang", "en", "a.txt"]);
    let shown = String::from_utf8(shown).unwrap();
    let of = |sentence: &str| {
        let mut parts = shown.split("\n\n");
        parts
            .find(|one| one.starts_with(sentence))
            .unwrap_or(&shown)
    };
    assert!(of("A big day").contains("no claim"), "{shown}");
    assert!(of("The captain").contains("no frame knows"), "{shown}");
    let owes = of("Soto owes");
    assert!(owes.contains("payment.owe needs object:money"), "{shown}");
}

#[test]
fn a_wrong_call_says_what_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.txt"), "He paid.\n").unwrap();
    let wrong = |words: &[&str]| {
        let output = run(at, words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(wrong(&["claims", "--kind", "paymint", "a.txt"]).contains("payment, "));
    assert!(wrong(&["claims", "--lang", "xx", "a.txt"]).contains("en, es"));
    let missing = run(at, &["claims", "a.txt", "b.txt"]);
    assert_eq!(missing.status.code(), Some(1));
    let said = String::from_utf8(missing.stderr).unwrap();
    assert!(said.contains("b.txt: The file cannot be read"), "{said}");
}

/// A kind and its frame as a newcomer writes them.
const KIND: &str = "kind = \"landing\"\nsays = \"A boat or its crew brings fish ashore.\"\n\
    first = \"lander\"\nsecond = \"catch\"\nslots = [\"port\"]\nftm = \"Event\"\n";
const FRAME: &str = "[[frame]]\nname = \"en.claim.landing.land\"\n\
    says = \"Somebody lands a catch.\"\nverbs = [\"land\", \"unload\"]\n\
    roles = { lander = [\"subject\"], catch = [\"object:thing\"], port = [\"at:place\", \"in:place\"] }\n\
    needs = [\"catch\"]\nexamples = [\n\
    { text = \"The crew landed nine tons of hake.\", lander = \"The crew\", catch = \"nine tons\" },\n]\n\
    near_misses = [\"The pilot landed in Lima.\"]\n";

#[test]
fn a_newcomers_kind_is_read_and_a_wrong_one_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    quipu(at, &["packs", "write", "mine"]);
    let again = run(at, &["packs", "write", "mine"]);
    assert_eq!(again.status.code(), Some(2), "nothing is overwritten");
    let (kind, frame) = (
        at.join("mine/schema/claims/landing.toml"),
        at.join("mine/languages/en/claims/landing.toml"),
    );
    fs::write(&kind, KIND).unwrap();
    fs::write(&frame, FRAME).unwrap();
    fs::write(
        at.join("a.txt"),
        "The crew landed nine tons of hake in Paita.\n",
    )
    .unwrap();
    let shown = quipu(at, &["claims", "--packs", "mine", "a.txt"]);
    let shown = String::from_utf8(shown).unwrap();
    assert!(
        shown.contains("lander The crew → catch nine tons"),
        "{shown}"
    );
    quipu(at, &["packs", "check", "mine"]);
    // A promise that is not kept.
    fs::write(&frame, FRAME.replace("\"The crew\"", "\"The ship\"")).unwrap();
    let checked = run(at, &["packs", "check", "mine"]);
    assert_eq!(checked.status.code(), Some(1));
    let said = String::from_utf8(checked.stdout).unwrap();
    assert!(
        said.starts_with("mine/languages/en/claims/landing.toml, line 8: en.claim.landing.land: "),
        "{said}"
    );
    // Files that cannot be used.
    for (wrong, line, word) in [
        (FRAME.replace("says =", "syas ="), 3, "syas"),
        (FRAME.replace("[[frame]]", "[[frame]"), 1, ""),
        (FRAME.replace("lander =", "loader ="), 2, "loader"),
        (FRAME.replace("thing", "thong"), 2, "thong"),
    ] {
        fs::write(&frame, wrong).unwrap();
        let place = format!("mine/languages/en/claims/landing.toml, line {line}: ");
        let read = &["claims", "--packs", "mine", "a.txt"][..];
        for words in [read, &["packs", "check", "mine"]] {
            let output = run(at, words);
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(&place) && said.contains(word), "{said}");
        }
    }
}

#[test]
fn search_finds_what_one_claim_says() {
    let folder = sources();
    let at = folder.path();
    quipu(at, &["read", "case", "-A", "a.quipu", "--quiet"]);
    let (claims, _) = exported(at, "a.quipu");
    let ids: BTreeSet<&str> = claims.iter().filter_map(|c| c["id"].as_str()).collect();
    let search = |query: &str, format: &str| {
        quipu(at, &["search", query, "-A", "a.quipu", "--format", format])
    };
    let answer =
        |query: &str| -> Value { serde_json::from_slice(&search(query, "json")).expect("JSON") };
    let found = answer("kind:payment payee:mayor");
    assert_eq!(found["total"], 1);
    let passages = found["hits"][0]["passages"].as_array().unwrap();
    let said = passages
        .iter()
        .filter_map(|passage| passage["claims"].as_array())
        .flatten();
    for claim in said {
        assert_eq!(claim["kind"], "payment");
        assert!(ids.contains(claim["id"].as_str().unwrap()), "{claim}");
    }
    // Both hold somewhere in the archive, but not of one claim.
    assert_eq!(answer("kind:arrest payee:mayor")["total"], 0);
    assert_eq!(answer("kind:arrest who:farrow")["total"], 1);
    let text = String::from_utf8(search("kind:payment payee:mayor", "text")).unwrap();
    assert!(text.contains("payment: ") && text.contains(" → "), "{text}");
}
