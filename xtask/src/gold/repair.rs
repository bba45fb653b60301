//! Repair: sound Spanish and English must stay as they are, and the broken
//! texts of the ftfy collection should come out mended.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use quipu_model::RepairKind;
use quipu_packs::Packs;
use quipu_read::repair_text;

use crate::Score;

/// Scores repair on everything sound and everything broken in the data folder.
pub(crate) fn score(data: &Path) -> Result<Vec<Score>, String> {
    let packs = Packs::embedded().map_err(|error| error.to_string())?;
    let mut scores = Vec::new();
    let sound: [(&str, Vec<String>); 6] = [
        (
            "Spanish seen (CESS, ECHR): false repairs",
            spanish_seen(data)?,
        ),
        ("Spanish held apart (AnCora, GSD dev)", spanish_apart(data)?),
        ("English (EWT, GUM dev): false repairs", english(data)?),
        (
            "Diplomatic English (a volume of FRUS): false repairs",
            vec![frus(data)?],
        ),
        ("Fiction (LitBank): false repairs", litbank(data)?),
        (
            "Spanish dictionaries of names: false repairs",
            vec![names(data)?],
        ),
    ];
    for (what, texts) in &sound {
        let mut words = 0;
        let mut wrong = 0;
        for text in texts {
            words += text.split_whitespace().count();
            let repaired = repair_text(text, &packs);
            for edit in repaired.map.edits() {
                // Spaces and signs without a shape are no words.
                if !matches!(
                    edit.kind,
                    RepairKind::Spacing | RepairKind::Control | RepairKind::SoftHyphen
                ) {
                    wrong += 1;
                    let at = edit.transcribed.range();
                    let around = around(text, at.start, at.end);
                    println!(
                        "  {} {:?} in `{around}`",
                        edit.rule,
                        edit.repaired.of(&repaired.text).unwrap_or_default()
                    );
                }
            }
        }
        scores.push(Score {
            what: (*what).to_owned(),
            figure: format!("{:.1}", f64::from(wrong) * 1e6 / words.max(1) as f64),
            note: format!("in a million words; {wrong} in {words}"),
        });
    }
    scores.extend(ftfy(data, &packs)?);
    let plain = "The minister met the general in Lima and signed the agreement of March 1991, said the cable.\n".repeat(200_000);
    let start = Instant::now();
    let untouched = repair_text(&plain, &packs).map.edits().is_empty();
    let seconds = start.elapsed().as_secs_f64();
    scores.push(Score {
        what: "Clean ASCII, megabytes a second".to_owned(),
        figure: format!("{:.0}", plain.len() as f64 / 1e6 / seconds),
        note: format!("{} MB, untouched: {untouched}", plain.len() / 1_000_000),
    });
    let spanish = spanish_seen(data)?.join("\n");
    let start = Instant::now();
    let edits = repair_text(&spanish, &packs).map.edits().len();
    let seconds = start.elapsed().as_secs_f64();
    scores.push(Score {
        what: "Sound Spanish, megabytes a second".to_owned(),
        figure: format!("{:.0}", spanish.len() as f64 / 1e6 / seconds),
        note: format!("{} kB, {edits} edits", spanish.len() / 1000),
    });
    Ok(scores)
}

fn around(text: &str, start: usize, end: usize) -> String {
    let mut from = start.saturating_sub(30);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (end + 30).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    text[from..to].replace('\n', "⏎")
}

fn ftfy(data: &Path, packs: &Packs) -> Result<Vec<Score>, String> {
    let mut scores = Vec::new();
    for name in ["in-the-wild", "synthetic", "negative", "known-failures"] {
        let text = read(&data.join(format!("encoding/{name}.json")))?;
        let cases: serde_json::Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
        let (mut mended, mut broken, mut kept, mut sound) = (0, 0, 0, 0);
        for case in cases.as_array().into_iter().flatten() {
            let part = |name: &str| case.get(name).and_then(serde_json::Value::as_str);
            let original = part("original").unwrap_or_default();
            let fixed = part("fixed-encoding").or(part("fixed")).unwrap_or(original);
            let repaired = repair_text(original, packs);
            // Spaces are closed up and ligatures opened by other rules.
            let same = plain(&repaired.text) == plain(fixed);
            if original == fixed {
                sound += 1;
                kept += usize::from(same);
            } else {
                broken += 1;
                mended += usize::from(same);
            }
            if !same {
                println!(
                    "  {name}: `{original}`\n    became `{}`\n    not    `{fixed}`",
                    repaired.text
                );
            }
        }
        if broken > 0 {
            scores.push(Score::share(
                &format!("ftfy {name}: mended"),
                mended,
                broken,
            ));
        }
        if sound > 0 {
            scores.push(Score::share(
                &format!("ftfy {name}: sound text kept"),
                kept,
                sound,
            ));
        }
    }
    Ok(scores)
}

/// A text as far as the encoding of its words goes.
fn plain(text: &str) -> String {
    text.replace('\u{A0}', " ")
        .replace('ﬁ', "fi")
        .chars()
        .filter(|c| !c.is_ascii_control() && *c != '\u{AD}')
        .collect()
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

/// The sentences of CoNLL-U files as running text.
pub(crate) fn sentences(path: &Path) -> Result<Vec<String>, String> {
    let text = read(path)?;
    let lines = text
        .lines()
        .filter_map(|line| line.strip_prefix("# text = "));
    Ok(lines.map(str::to_owned).collect())
}

fn spanish_seen(data: &Path) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    for file in files(&data.join("es/cess")) {
        let mut made = String::new();
        for leaf in read(&file)?
            .split('(')
            .map(|leaf| leaf.split(')').next().unwrap_or_default())
        {
            let parts: Vec<&str> = leaf.split_whitespace().collect();
            if let [tag, word, _] = parts.as_slice() {
                let closes = tag.starts_with(['F', 'f']) && !word.starts_with(['(', '¿', '¡', '"']);
                if !made.is_empty() && !closes {
                    made.push(' ');
                }
                made.push_str(&word.replace('_', " "));
            }
        }
        texts.push(made);
    }
    for part in ["train", "dev"] {
        let tokens = read(&data.join(format!("es/echr/{part}.tsv")))?;
        let words: Vec<&str> = tokens
            .lines()
            .filter_map(|line| line.split('\t').next())
            .collect();
        texts.push(words.join(" "));
    }
    Ok(texts)
}

fn spanish_apart(data: &Path) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    for name in ["ancora", "gsd"] {
        texts.push(sentences(&data.join(format!("es/{name}/dev.conllu")))?.join("\n"));
    }
    Ok(texts)
}

fn english(data: &Path) -> Result<Vec<String>, String> {
    let mut texts = vec![sentences(&data.join("en/ud-ewt/dev.conllu"))?.join("\n")];
    for file in files(&data.join("en/gum/ud/dev")) {
        texts.push(sentences(&file)?.join("\n"));
    }
    Ok(texts)
}

fn litbank(data: &Path) -> Result<Vec<String>, String> {
    files(&data.join("en/litbank/text"))
        .iter()
        .map(|file| read(file))
        .collect()
}

/// One volume of diplomatic papers.
fn frus(data: &Path) -> Result<String, String> {
    let volume = files(&data.join("frus"))
        .into_iter()
        .find(|path| path.to_string_lossy().ends_with(".xml.xz"))
        .ok_or("no volume of frus")?;
    let unpacked = std::process::Command::new("xz")
        .arg("-dc")
        .arg(&volume)
        .output();
    let text =
        String::from_utf8_lossy(&unpacked.map_err(|error| error.to_string())?.stdout).into_owned();
    let pieces = text
        .split('<')
        .map(|piece| piece.split_once('>').map_or("", |(_, after)| after));
    Ok(pieces
        .collect::<Vec<&str>>()
        .join(" ")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">"))
}

fn names(data: &Path) -> Result<String, String> {
    let mut text = String::new();
    for name in ["actors_COL", "actors_unified_181220", "agents_181220"] {
        text.push_str(&read(&data.join(format!("es/petrarch/{name}.txt")))?.replace('_', " "));
    }
    Ok(text)
}
