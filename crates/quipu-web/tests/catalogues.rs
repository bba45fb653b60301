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
    // Notices are written in English, with their particulars.
    let but_notices = |tag: &str| -> Vec<String> {
        let mut keys: Vec<String> = keys(tag).into_iter().collect();
        keys.retain(|key| !key.starts_with("notice-"));
        keys
    };
    assert_eq!(but_notices("en"), but_notices("es"));
}

/// Every word in quotation marks that has dots between small letters, with the
/// code around its beginning, in the sources of a room.
fn dotted(room: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join("crates").join(room).join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = fs::read_to_string(path).unwrap();
            // Tests stand behind the code.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let mut words = code.match_indices('"').map(|(at, _)| at);
            while let (Some(from), Some(to)) = (words.next(), words.clone().next()) {
                let word = &code[from + 1..to];
                let small = |c: char| c.is_ascii_lowercase() || c == '-' || c == '.';
                if word.matches('.').count() == 1
                    && word.chars().all(small)
                    && word.len() > 4
                    && !word.starts_with('.')
                    && !word.ends_with('.')
                {
                    let mut start = from.saturating_sub(60);
                    while !code.is_char_boundary(start) {
                        start += 1;
                    }
                    found.push((word.to_owned(), code[start..from].to_owned()));
                }
            }
        }
    }
    found
}

#[test]
fn every_notice_speaks_spanish_too() {
    let keys = keys("es");
    let mut codes = BTreeSet::new();
    for room in ["quipu-read", "quipu-pipeline", "quipu-claims"] {
        for (word, before) in dotted(room) {
            let before = before.trim_end();
            let call = [
                "(",
                "NoticeLevel::Damaged,",
                "NoticeLevel::Refused,",
                "NoticeLevel::Remark,",
            ];
            let family = word.split('.').next().unwrap_or_default();
            let other = [
                "file",
                "html",
                "sailthru",
                "languages",
                "schema",
                "dc",
                "dcterms",
                "mail",
                "ledger",
            ];
            let said = call.iter().any(|call| before.ends_with(call));
            let level = before.contains("NoticeLevel::");
            if said && (level || !other.contains(&family)) && !word.ends_with(".toml") {
                codes.insert(word);
            }
        }
    }
    codes.retain(|code| !code.ends_with(".xml") && !code.ends_with(".txt"));
    let known = |code: &&String| keys.contains(&format!("notice-{}", code.replace('.', "-")));
    let found = codes.iter().filter(known).count();
    assert!(found > 40, "only {found} codes of notices are seen");
    let told = keys.iter().filter(|key| key.starts_with("notice-"));
    let silent: Vec<_> = codes.iter().filter(|code| !known(code)).collect();
    assert!(
        silent.is_empty(),
        "es.ftl has no words for {silent:?}; it has {}",
        told.count()
    );
}

#[test]
fn every_property_of_files_and_mails_has_a_name() {
    let keys = keys("en");
    let fields: BTreeSet<String> = dotted("quipu-read")
        .into_iter()
        .map(|(word, _)| word)
        .filter(|word| word.starts_with("file.") || word.starts_with("mail."))
        .filter(|word| word != "mail.header")
        .collect();
    assert!(fields.len() > 20, "{fields:?}");
    let named = |word: &&String| keys.contains(&format!("field-{}", word.replace('.', "-")));
    let nameless: Vec<_> = fields.iter().filter(|word| !named(word)).collect();
    assert!(nameless.is_empty(), "no catalogue names {nameless:?}");
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
        // Notices speak English by themselves.
        entries.retain(|(key, _)| !key.starts_with("notice-"));
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
