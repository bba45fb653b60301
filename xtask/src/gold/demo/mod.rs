//! What documents say about themselves, how well spoilt words are mended, and
//! when and how much: the demo dossier against its key (`demo/KEY.toml`).

mod pages;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use quipu_model::ReadDocument;
use quipu_read::ocr::OcrEngine;
use quipu_read::{Input, Limits, Silent, Tools};

use crate::Score;

pub(crate) fn score(_data: &Path) -> Result<Vec<Score>, String> {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo");
    let key = std::fs::read_to_string(demo.join("KEY.toml")).map_err(|error| error.to_string())?;
    let key: toml::Table = key
        .parse()
        .map_err(|error: toml::de::Error| error.to_string())?;
    let packs = crate::packs()?;
    let engine = engine(&demo)?;
    let tools = Tools {
        packs: &packs,
        ocr: engine.as_deref(),
        limits: Limits::default(),
    };
    let mut reading = Reading {
        demo: &demo,
        tools,
        known: BTreeMap::new(),
    };
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut unsaid: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for told in tables(&key, "document") {
        let file = text(told, "file");
        let Some(document) = reading.document(&file) else {
            println!("  {file}: not read");
            continue;
        };
        let mut count = |what: &'static str, expected: String, same: bool, found: String| {
            let entry = counts.entry(what).or_default();
            entry.1 += 1;
            entry.0 += usize::from(same);
            if !same {
                println!("  {file} {what}: expected `{expected}`, found `{found}`");
            }
        };
        for (name, field) in [
            ("title", "title"),
            ("publisher", "publisher"),
            ("date", "published"),
            ("author", "byline"),
        ] {
            let expected = text(told, name);
            if expected.is_empty() {
                continue;
            }
            let mut found = values(document, field);
            // A revision is the only date some documents bear.
            if name == "date" && found.is_empty() && !text(told, "revision").is_empty() {
                found = values(document, "revised");
            }
            let same = match name {
                "date" => found.iter().any(|found| within(found, &expected)),
                // A head may name its court and its chamber on two lines.
                "publisher" => {
                    let same = |found: &String| plain(found) == plain(&expected);
                    let parts = found.iter().flat_map(|part| long_words(part));
                    found.iter().any(same)
                        || parts.collect::<BTreeSet<_>>() == long_words(&expected).collect()
                }
                _ => found.iter().any(|found| plain(found) == plain(&expected)),
            };
            // The key knows who issued a document and of what time it tells even
            // where the document does not say so.
            if !same && !says(document, name, &expected) {
                let unsaid = unsaid.entry(name).or_default();
                unsaid.0 += usize::from(found.is_empty());
                unsaid.1 += 1;
                if !found.is_empty() {
                    println!("  {file} {name}: not said, found `{}`", found.join(" | "));
                }
                continue;
            }
            count(name, expected, same, found.join(" | "));
        }
        let Some(cable) = told.get("cable").and_then(toml::Value::as_table) else {
            continue;
        };
        for (name, expected) in cable {
            let expected = match expected {
                toml::Value::Array(items) => items
                    .iter()
                    .filter_map(toml::Value::as_str)
                    .collect::<Vec<_>>()
                    .join(" "),
                other => other.as_str().unwrap_or_default().to_owned(),
            };
            let field = match name.as_str() {
                // The key gives the number in the header, not that of the sheet.
                "number" => "message-number",
                "sent" => "date-time-group",
                "references" => "reference",
                other => other,
            };
            let fields = document
                .fields
                .iter()
                .filter(|have| have.name == format!("cable.{field}"));
            let found: Vec<String> = fields
                .map(|have| {
                    if field == "date-time-group" {
                        have.as_written.clone()
                    } else {
                        have.value.clone()
                    }
                })
                .collect();
            let found = found.join(" ");
            count(
                "cable header",
                format!("{name}: {expected}"),
                number(&found) == number(&expected),
                found,
            );
        }
    }
    let mut scores: Vec<Score> = counts
        .iter()
        .map(|(what, (right, of))| Score::share(what, *right, *of))
        .collect();
    scores.extend(unsaid.iter().map(|(what, (quiet, of))| {
        Score::share(&format!("{what} not said, none claimed"), *quiet, *of)
    }));
    let (mut mended, mut left, mut of) = (0, 0, 0);
    for told in tables(&key, "garbled") {
        let file = text(told, "file");
        let words = told
            .get("words")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten();
        let words: Vec<&toml::Table> = words.filter_map(toml::Value::as_table).collect();
        // Words of messages inside a mailbox stand in its parts.
        let read = reading.texts(&file);
        for word in words {
            let (sound, spoilt) = (text(word, "word"), text(word, "as_garbled"));
            of += 1;
            if read.contains(&spoilt) && !sound.contains(&spoilt) {
                left += 1;
                println!("  {file}: left as it was: {spoilt}");
            } else if read.contains(&sound) {
                mended += 1;
            } else {
                println!("  {file}: neither {spoilt} nor {sound}");
            }
        }
    }
    scores.push(Score::share("spoilt words mended", mended, of));
    scores.push(Score {
        what: "spoilt words left as they were".to_owned(),
        figure: left.to_string(),
        note: format!("of {of}"),
    });
    scores.extend(values::score(&key, &mut reading, &packs)?);
    Ok(scores)
}

fn engine(demo: &Path) -> Result<Option<Box<dyn OcrEngine>>, String> {
    let folders =
        quipu_read::ocr::search_folders(Some(&demo.join("../models/ocr")), None, &|name| {
            std::env::var_os(name)
        });
    quipu_read::ocr::choose(&folders, 2).map_err(|error| error.to_string())
}

struct Reading<'a> {
    demo: &'a Path,
    tools: Tools<'a>,
    known: BTreeMap<String, ReadDocument>,
}

impl Reading<'_> {
    /// A document of the dossier; names inside containers follow a slash.
    fn document(&mut self, file: &str) -> Option<&ReadDocument> {
        if !self.known.contains_key(file) {
            let outer = self.outer(file)?;
            let bytes = std::fs::read(self.demo.join("documents").join(&outer)).ok()?;
            self.read(outer, &bytes);
        }
        self.known.get(file)
    }

    /// The longest beginning of the name that is a file.
    fn outer(&self, file: &str) -> Option<String> {
        let ends = file
            .match_indices('/')
            .map(|(end, _)| end)
            .chain([file.len()]);
        let mut names = ends.map(|end| file[..end].to_owned());
        names.find(|name| self.demo.join("documents").join(name).is_file())
    }

    fn read(&mut self, name: String, bytes: &[u8]) {
        let mut inside = Silent::default();
        let document = quipu_read::read(&Input { bytes, name: &name }, &self.tools, &mut inside);
        for part in inside.parts {
            self.read(format!("{name}/{}", part.name), &part.bytes);
        }
        self.known.insert(name, document);
    }

    /// A document and everything inside it, by name.
    fn names(&mut self, file: &str) -> Vec<String> {
        let _ = self.document(file);
        let inside = format!("{file}/");
        let names = self.known.keys();
        names
            .filter(|name| *name == file || name.starts_with(&inside))
            .cloned()
            .collect()
    }

    /// The words of a document and of everything inside it.
    fn texts(&mut self, file: &str) -> String {
        let names = self.names(file);
        let read = names.iter().filter_map(|name| self.known.get(name));
        read.map(|document| document.repaired.text.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

fn tables<'a>(key: &'a toml::Table, name: &str) -> impl Iterator<Item = &'a toml::Table> {
    let items = key
        .get(name)
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten();
    items.filter_map(toml::Value::as_table)
}

fn text(table: &toml::Table, name: &str) -> String {
    table
        .get(name)
        .and_then(toml::Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn values(document: &ReadDocument, name: &str) -> Vec<String> {
    let fields = document.fields.iter().filter(|field| field.name == name);
    fields.map(|field| field.value.clone()).collect()
}

/// Whether the document, or what its file says of it, holds these words at all.
/// A date is held to be said where its year stands beside its day.
fn says(document: &ReadDocument, name: &str, expected: &str) -> bool {
    let mut all = plain(&document.repaired.text);
    for field in &document.fields {
        all.push_str(&plain(&field.value));
    }
    if name != "date" {
        return all.contains(&plain(expected))
            || long_words(expected).all(|word| all.contains(word.as_str()));
    }
    let (year, rest) = expected.split_at(expected.len().min(4));
    let whole = !expected.contains('/') && rest.len() == 6;
    whole && all.contains(year)
}

/// Whether a date is the one of the key, or lies in the time it tells.
fn within(found: &str, expected: &str) -> bool {
    match expected.split_once('/') {
        None => found.starts_with(expected),
        Some((from, to)) => found >= from && (found <= to || found.starts_with(to)),
    }
}

/// The words that carry a name, without what joins them.
fn long_words(words: &str) -> impl Iterator<Item = String> {
    let words: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3)
        .map(plain)
        .collect();
    words.into_iter()
}

/// Letters and digits in lower case; the sign of an ordinal is often printed as
/// that of a degree.
fn plain(words: &str) -> String {
    words
        .chars()
        .filter(|c| c.is_alphanumeric() && !matches!(c, 'º' | 'ª'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Letters and digits, numbers without leading zeros.
fn number(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_alphanumeric());
    parts
        .map(|part| part.trim_start_matches('0').to_uppercase())
        .collect()
}
