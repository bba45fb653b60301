//! Both catalogues say the same things, and every key that a page uses is there.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn catalogue(tag: &str) -> String {
    fs::read_to_string(root().join(format!("web/locales/{tag}.ftl"))).unwrap()
}

fn keys(tag: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for line in catalogue(tag).lines() {
        if let Some((key, _)) = line.split_once(" =")
            && line.starts_with(|c: char| c.is_ascii_lowercase())
        {
            assert!(keys.insert(key.to_owned()), "{tag}.ftl says {key} twice");
        }
    }
    keys
}

/// Templates and code that speak.
fn speakers() -> String {
    let mut all = String::new();
    let mut open = vec![
        root().join("web/templates"),
        root().join("crates/quipu-web/src"),
    ];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                all.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    all
}

/// The words in quotation marks directly after each of `calls`.
fn arguments(text: &str, calls: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for call in calls {
        for (at, _) in text.match_indices(call) {
            let rest = text[at + call.len()..].trim_start();
            if let Some(rest) = rest.strip_prefix('"')
                && let Some((word, _)) = rest.split_once('"')
                && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            {
                found.insert(word.to_owned());
            }
        }
    }
    found
}

#[test]
fn both_catalogues_have_the_same_keys() {
    assert_eq!(keys("en"), keys("es"));
}

#[test]
fn catalogues_are_whole_and_take_the_same_values() {
    for tag in ["en", "es"] {
        let parsed = fluent_bundle::FluentResource::try_new(catalogue(tag));
        assert!(
            parsed.is_ok(),
            "{tag}.ftl: {:?}",
            parsed.err().map(|(_, errors)| errors)
        );
    }
    let values = |tag: &str| -> Vec<(String, BTreeSet<String>)> {
        let text = catalogue(tag);
        let mut entries = Vec::new();
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =")
                && line.starts_with(|c: char| c.is_ascii_lowercase())
            {
                entries.push((key.to_owned(), BTreeSet::new()));
            }
            for (at, _) in line.match_indices('$') {
                let name: String = line[at + 1..]
                    .chars()
                    .take_while(char::is_ascii_alphabetic)
                    .collect();
                entries.last_mut().unwrap().1.insert(name);
            }
        }
        entries.sort();
        entries
    };
    assert_eq!(values("en"), values("es"));
}

#[test]
fn every_key_used_exists_and_every_key_is_used() {
    let text = speakers();
    let keys = keys("en");
    let used = arguments(
        &text,
        &[
            "say(",
            "say_with(",
            "count(",
            "count_with(",
            "message(",
            "words(",
            "StatusCode::FORBIDDEN, ",
            "StatusCode::MISDIRECTED_REQUEST, ",
        ],
    );
    let said = arguments(&text, &["Some("]);
    let missing: Vec<_> = used.difference(&keys).collect();
    assert!(missing.is_empty(), "no catalogue has {missing:?}");

    let groups = arguments(&text, &["named("]);
    let examples = arguments(&text, &["\", "]);
    let grouped = |key: &str| {
        let built = ["month", "doubt", "example"];
        let mut all = groups.iter().map(String::as_str).chain(built);
        all.any(|group| {
            key.strip_prefix(group)
                .is_some_and(|rest| rest.starts_with('-'))
        })
    };
    let idle: Vec<_> = keys
        .iter()
        .filter(|key| {
            !used.contains(*key)
                && !said.contains(*key)
                && !examples.contains(*key)
                && !grouped(key)
        })
        .collect();
    assert!(idle.is_empty(), "nobody says {idle:?}");
    for group in &groups {
        assert!(
            keys.iter().any(|key| key.starts_with(&format!("{group}-"))) || group == "notice",
            "{group} names nothing"
        );
    }
}
