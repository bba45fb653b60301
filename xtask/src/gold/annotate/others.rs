//! The same measure and the same texts for other programs.

use std::fs;
use std::path::Path;

use super::frus;
use super::keys::{self, Key};
use super::measure::measure;
use super::names::NameCounts;
use super::table::Table;

/// `gold conllu KEY FILE`: any CoNLL-U file against its key.
pub(crate) fn compare(key: &Path, file: &Path) -> Result<(), String> {
    let read = |path: &Path| -> Result<Table, String> {
        Table::read(&keys::read(path)?).map_err(|what| format!("{}, {what}", path.display()))
    };
    let (key, found) = (read(key)?, read(file)?);
    let figures = measure(&key, &found)?;
    for (what, count) in [
        ("Tokens", figures.tokens),
        ("Sentences", figures.sentences),
        ("Words", figures.words),
        ("UPOS", figures.upos),
        ("UFeats", figures.features),
        ("Lemmas", figures.lemmas),
        ("UAS", figures.uas),
        ("LAS", figures.las),
        ("Names", NameCounts::of(&key.names, &found.names).all()),
    ] {
        println!(
            "{what}\t{:.2}\tprecision {:.2}\trecall {:.2}",
            count.f1(),
            count.precision(),
            count.recall()
        );
    }
    Ok(())
}

/// `gold texts FOLDER`: the texts of the development sets and their keys, for
/// other programs: `NAME.conllu`, `NAME/*.txt` (one a document, in order), and
/// `sets.tsv` (name, language, whether there are trees, names). Beside them
/// `frus/` and `spanish/`: more running text, without keys.
pub(crate) fn write_texts(data: &Path, folder: &Path) -> Result<(), String> {
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    let put = |name: &str, texts: &[String]| -> Result<(), String> {
        let below = folder.join(name);
        fs::create_dir_all(&below).map_err(said)?;
        for (at, text) in texts.iter().enumerate() {
            fs::write(below.join(format!("{at:05}.txt")), text).map_err(said)?;
        }
        Ok(())
    };
    let mut sets = String::new();
    for name in keys::NAMES {
        let key = keys::key(name, data)?;
        put(name, &key.texts().collect::<Vec<_>>())?;
        fs::write(folder.join(format!("{name}.conllu")), key.conllu()).map_err(said)?;
        let Key {
            language,
            trees,
            names,
            ..
        } = key;
        sets.push_str(&format!("{name}\t{language}\t{trees}\t{names}\n"));
    }
    put("frus", &frus::texts(data)?)?;
    put("spanish", &keys::spanish_texts(data)?)?;
    fs::write(folder.join("sets.tsv"), sets).map_err(said)
}
