//! Claims of press, cables, diplomatic papers and the dossier, against what two
//! annotators settled (`cases/gold/claims/README.md`).
//!
//! In the order of reading: [`texts`] what is read, [`told`] a claim as all sides
//! put it, [`ours`] what the program reads, [`peer`] what another does, [`compare`] which claims are the same,
//! [`tally`] the counts, [`curve`] confidence, [`figures`] the rows, [`list`] each claim of dev in words,
//! [`calibrate`] what confidence is weighed by.

mod calibrate;
mod compare;
mod curve;
mod figures;
mod list;
mod ours;
mod peer;
mod tally;
mod texts;
mod told;

use std::path::{Path, PathBuf};

use crate::Score;
use ours::Stage;
use texts::Text;
use told::Told;

/// A text, its key, and what the program reads of it.
struct Scored {
    text: Text,
    key: Vec<Told>,
    ours: Vec<Told>,
    /// Claims of ours whose words are not the text's own.
    inexact: usize,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/gold/claims")
}

/// Reads the texts wanted, by name and whether they are of dev.
fn scored(data: &Path, wanted: impl Fn(&str, bool) -> bool) -> Result<Vec<Scored>, String> {
    let folder = folder();
    let mut stage = Stage::new()?;
    let mut all = Vec::new();
    for text in texts::texts(&folder, data, wanted)? {
        let part = if text.dev { "dev" } else { "apart" };
        let key = told::claims(&folder.join(format!("{part}/{}.jsonl", text.name)), &text)?;
        let read = stage.read(&text);
        all.push(Scored {
            text,
            key,
            ours: read.claims,
            inexact: read.inexact,
        });
    }
    Ok(all)
}

pub(crate) fn score(data: &Path) -> Result<Vec<Score>, String> {
    let all = scored(data, |_, _| true)?;
    let texts: Vec<&Text> = all.iter().map(|scored| &scored.text).collect();
    let mut scores = figures::figures(&all);
    scores.extend(figures::of_peer(&all, peer::peer(&texts)));
    Ok(scores)
}

/// The claims of texts of dev in words: of those numbered, or of all; if other
/// words are said, only claims that one of them names (`missed`, `extra`, `roles`,
/// `time`, a kind).
pub(crate) fn list(data: &Path, asked: &[&str]) -> Result<String, String> {
    let is_number = |word: &&&str| word.chars().all(|c| c.is_ascii_digit());
    let numbers: Vec<&str> = asked.iter().filter(is_number).copied().collect();
    let words: Vec<&str> = asked
        .iter()
        .filter(|word| !is_number(word))
        .copied()
        .collect();
    let all = scored(data, |name, dev| {
        dev && (numbers.is_empty() || numbers.contains(&name))
    })?;
    if let Some(number) = numbers
        .iter()
        .find(|number| all.iter().all(|scored| scored.text.name != **number))
    {
        return Err(format!(
            "{number}: no text of dev; texts kept apart are not shown"
        ));
    }
    let mut page: String = all
        .iter()
        .map(|scored| list::list(scored, &words))
        .collect();
    page.push_str(&figures::in_short(&all));
    Ok(page)
}

/// Writes `schema/confidence.toml` anew from the texts of dev.
pub(crate) fn calibrate(data: &Path) -> Result<(), String> {
    let all = scored(data, |_, dev| dev)?;
    let path = folder().join("../../../schema/confidence.toml");
    std::fs::write(&path, calibrate::calibrated(&all)?)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    println!("schema/confidence.toml is written");
    Ok(())
}
