//! The same texts read by another: subject, verb and object over spaCy's trees.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::texts::Text;
use super::told::{Told, claims};

/// What the peer found in each text, and its name and versions.
pub(super) struct Peer {
    pub(super) about: String,
    pub(super) claims: Vec<Vec<Told>>,
}

/// Runs the peer over the texts, in their order.
///
/// # Errors
/// Why it is not there, or what went wrong in it.
pub(super) fn peer(texts: &[&Text]) -> Result<Peer, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let python = std::env::var_os("QUIPU_SPACY").map_or_else(
        || root.join("target/bench/annotate-venv/bin/python"),
        PathBuf::from,
    );
    if !python.is_file() {
        return Err("spaCy is not there: `cargo xtask bench annotate` fetches it, or QUIPU_SPACY is a python that has it".to_owned());
    }
    let folder = root.join("target/gold/claims");
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.is_dir() {
        fs::remove_dir_all(&folder).map_err(said)?;
    }
    fs::create_dir_all(&folder).map_err(said)?;
    for text in texts {
        let name = format!("{}.{}.txt", text.name, text.language);
        fs::write(folder.join(name), &text.text).map_err(said)?;
    }
    let script = root.join("bench/peers/spacy_svo.py");
    let ran = Command::new(&python)
        .arg("-W")
        .arg("ignore")
        .arg(&script)
        .arg(&folder)
        .output()
        .map_err(|error| format!("{}: {error}", python.display()))?;
    if !ran.status.success() {
        let words = String::from_utf8_lossy(&ran.stderr);
        let last = words.lines().last().unwrap_or_default();
        return Err(format!("{}: {last}", script.display()));
    }
    let found = texts
        .iter()
        .map(|text| claims(&folder.join(format!("{}.jsonl", text.name)), text));
    Ok(Peer {
        about: String::from_utf8_lossy(&ran.stdout).trim().to_owned(),
        claims: found.collect::<Result<_, _>>()?,
    })
}
