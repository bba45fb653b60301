//! Header fields of cables: what the reader finds in the PDFs, against the
//! front matter that people transcribed, which the reader never sees.
//!
//! Corrections of the key, each checked by eye against the PDF, stand in
//! `cases/gold/cables/corrections.toml`; the original classification, which
//! the front matter does not tell, in `classification.tsv` beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use quipu_model::ReadDocument;
use quipu_read::{Input, Limits, Silent, Tools};

use crate::Score;

/// What is compared: key of the front matter, field of the reader.
const COMPARED: &[(&str, &str)] = &[
    ("cable-date", "published"),
    ("cable-from", "cable.from"),
    ("cable-to", "cable.to"),
    ("cable-info", "cable.distribution"),
    ("cable-subject", "cable.subject"),
    ("cable-tags", "cable.tags"),
    ("cable-ref", "cable.reference"),
    ("cable-doc-number", "cable.number"),
    ("classification", "cable.classification"),
];

type Key = BTreeMap<String, String>;

pub(crate) fn score(data: &Path) -> Result<Vec<Score>, String> {
    let folder = data.join("cables");
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/gold/cables");
    let corrections = corrections(&gold.join("corrections.toml"))?;
    let classes = table(&gold.join("classification.tsv"))?;
    let packs = crate::packs()?;
    let tools = Tools {
        packs: &packs,
        ocr: None,
        limits: Limits::default(),
    };
    let mut texts: Vec<_> = std::fs::read_dir(folder.join("text"))
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    texts.sort();
    let mut right: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut whole, mut as_transcribed, mut whole_as_transcribed) = (0, 0, 0);
    for text in &texts {
        let stem = text
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let pdf = folder.join("pdf").join(format!("{stem}.pdf"));
        let bytes = std::fs::read(&pdf).map_err(|error| format!("{}: {error}", pdf.display()))?;
        let input = Input {
            bytes: &bytes,
            name: &format!("{stem}.pdf"),
        };
        let document = quipu_read::read(&input, &tools, &mut Silent::default());
        let mut key = front_matter(&std::fs::read_to_string(text).unwrap_or_default());
        if let Some(class) = classes.get(&stem) {
            key.insert("classification".to_owned(), class.clone());
        }
        let (mut all, mut all_as_transcribed) = (true, true);
        for (told, field) in COMPARED {
            let fixed = corrections.get(&(stem.clone(), (*told).to_owned()));
            let Some(expected) = fixed.or_else(|| key.get(*told)) else {
                continue;
            };
            let found = values(&document, field);
            let same = agree(told, expected, &found);
            let plainly = key
                .get(*told)
                .is_some_and(|expected| agree(told, expected, &found));
            as_transcribed += usize::from(plainly);
            all_as_transcribed &= plainly;
            let count = right.entry(field).or_default();
            count.1 += 1;
            count.0 += usize::from(same);
            if !same {
                all = false;
                println!(
                    "  {stem} {field}: expected `{expected}`, found `{}`",
                    found.join(" | ")
                );
            }
        }
        whole += usize::from(all);
        whole_as_transcribed += usize::from(all_as_transcribed);
    }
    let total = right
        .values()
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let mut scores = vec![
        Score::share("fields right", total.0, total.1),
        Score::share("cables with every field right", whole, texts.len()),
        Score::share(
            "fields, before the key was corrected",
            as_transcribed,
            total.1,
        ),
        Score::share(
            "cables, before the key was corrected",
            whole_as_transcribed,
            texts.len(),
        ),
    ];
    scores.extend(
        right
            .iter()
            .map(|(field, (good, of))| Score::share(field, *good, *of)),
    );
    scores.push(Score {
        what: "corrections of the key".to_owned(),
        figure: corrections.len().to_string(),
        note: "each with the reason, in cases/gold/cables/corrections.toml".to_owned(),
    });
    Ok(scores)
}

fn values(document: &ReadDocument, name: &str) -> Vec<String> {
    let fields = document.fields.iter().filter(|field| field.name == name);
    fields.map(|field| field.value.clone()).collect()
}

/// `key: "value"` lines between the two `---`; a value may run over lines.
fn front_matter(text: &str) -> Key {
    let matter = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"));
    let mut key = Key::new();
    let mut open: Option<String> = None;
    for line in matter.map_or("", |(matter, _)| matter).lines() {
        if let Some((name, value)) = line
            .split_once(": \"")
            .filter(|(name, _)| !name.contains(' '))
        {
            key.insert(name.to_owned(), value.trim_end_matches('"').to_owned());
            open = Some(name.to_owned());
        } else if let Some(value) = open.as_ref().and_then(|name| key.get_mut(name)) {
            value.push(' ');
            value.push_str(line.trim_end_matches('"'));
        }
    }
    key
}

fn plain(words: &str) -> String {
    words
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

fn agree(key: &str, expected: &str, found: &[String]) -> bool {
    match key {
        "cable-date" => found
            .first()
            .is_some_and(|date| day(expected).as_deref() == Some(date)),
        // The front matter tells the first addressee only.
        "cable-to" => plain(expected) == found.first().map(|to| plain(to)).unwrap_or_default(),
        // The machine's line behind the distribution was taken along.
        "cable-info" => {
            let expected = expected.split("---").next().unwrap_or_default();
            plain(expected) == plain(&found.concat())
        }
        "cable-tags" => {
            let set = |words: &str| -> BTreeSet<String> {
                let parts = words.split(|c: char| !c.is_alphanumeric() && c != '-');
                parts.filter(|part| !part.is_empty()).map(plain).collect()
            };
            set(expected) == set(&found.join(" "))
        }
        "cable-ref" => {
            plain(expected) == plain(&found.concat())
                || references(expected) == references(&found.join(" "))
        }
        _ => plain(expected) == plain(&found.join(" ")),
    }
}

/// References without the letters and conjunctions that number them.
fn references(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_alphanumeric());
    parts
        .filter(|part| part.len() > 1 && *part != "AND")
        .map(plain)
        .collect()
}

/// `July 31, 1979` as `1979-07-31`.
fn day(words: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = words.split([' ', ',']).filter(|part| !part.is_empty());
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    Some(format!("{year}-{month:02}-{day:0>2}"))
}

fn table(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let rows = text.lines().filter_map(|line| line.split_once('\t'));
    Ok(rows
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect())
}

#[derive(serde::Deserialize)]
struct Corrections {
    #[serde(default)]
    correction: Vec<Correction>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Correction {
    file: String,
    field: String,
    value: String,
    why: String,
}

fn corrections(path: &Path) -> Result<BTreeMap<(String, String), String>, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let read: Corrections =
        toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    if let Some(bare) = read.correction.iter().find(|one| one.why.trim().is_empty()) {
        return Err(format!(
            "{}: the correction of {} gives no reason",
            path.display(),
            bare.file
        ));
    }
    Ok(read
        .correction
        .into_iter()
        .map(|one| ((one.file, one.field), one.value))
        .collect())
}
