//! The development sets: texts, languages, and what is true of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::treebank::{self, Document, LastBlank, Sentence};

/// A development set with its key.
#[derive(Debug)]
pub(crate) struct Key {
    /// Its short name, also as a file.
    pub(crate) name: &'static str,
    /// Tag of its language.
    pub(crate) language: &'static str,
    /// Whether the key has trees.
    pub(crate) trees: bool,
    /// Whether the key has names.
    pub(crate) names: bool,
    pub(crate) documents: Vec<Document>,
    last: LastBlank,
    /// Anything a reader of its figures must know.
    pub(crate) note: String,
}

impl Key {
    /// The texts of its documents.
    pub(crate) fn texts(&self) -> impl Iterator<Item = String> {
        self.documents
            .iter()
            .map(|document| document.text(self.last))
    }

    /// The key as one file.
    pub(crate) fn conllu(&self) -> String {
        self.documents.iter().map(Document::conllu).collect()
    }
}

/// Reads a file of the data folder.
///
/// # Errors
/// Which file could not be read, and why.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Names of the sets, in the order they are measured.
pub(crate) const NAMES: [&str; 5] = ["ewt", "gum", "ancora", "cess", "echr"];

/// Reads one set.
///
/// # Errors
/// What part of the data is missing.
pub(crate) fn key(name: &str, data: &Path) -> Result<Key, String> {
    match name {
        "ewt" => ewt(data),
        "gum" => gum(data),
        "ancora" => ancora(data),
        "cess" => cess(data),
        "echr" => echr(data),
        other => Err(format!("there is no set `{other}`")),
    }
}

/// English web treebank with the names of Universal NER.
fn ewt(data: &Path) -> Result<Key, String> {
    let mut documents = treebank::documents(&read(&data.join("en/ud-ewt/dev.conllu"))?);
    let tags = treebank::tags(&read(&data.join("en/ner/uner-ewt/dev.iob2"))?);
    let lost = put_names(&mut documents, tags);
    Ok(Key {
        name: "ewt",
        language: "en",
        trees: true,
        names: true,
        documents,
        last: LastBlank::Told,
        note: lost,
    })
}

/// GUM marks mentions, not names, so its names are not measured.
fn gum(data: &Path) -> Result<Key, String> {
    let folder = data.join("en/gum/ud/dev");
    let entries =
        std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "conllu"))
        .collect();
    files.sort();
    let mut documents = Vec::new();
    for file in &files {
        documents.extend(treebank::documents(&read(file)?));
    }
    Ok(Key {
        name: "gum",
        language: "en",
        trees: true,
        names: false,
        documents,
        last: LastBlank::Untold,
        note: format!("{} documents of ten genres", files.len()),
    })
}

/// The part of AnCora dev that is kept out of training.
fn ancora(data: &Path) -> Result<Key, String> {
    let made = spanish(data)?;
    Ok(Key {
        name: "ancora",
        language: "es",
        trees: true,
        names: false,
        documents: treebank::documents(&read(&made.join("ancora-dev-B.conllu"))?),
        last: LastBlank::Told,
        note: String::new(),
    })
}

/// The files of CESS that are kept out of training. Their trees are converted,
/// so they tell of the names first.
fn cess(data: &Path) -> Result<Key, String> {
    let made = spanish(data)?;
    let mut documents = treebank::documents(&read(&made.join("cess-ud-kept-out.conllu"))?);
    let tags = treebank::tags(&read(&made.join("cess-names-kept-out.iob2"))?);
    let lost = put_names(&mut documents, tags);
    Ok(Key {
        name: "cess",
        language: "es",
        trees: true,
        names: true,
        documents,
        last: LastBlank::Told,
        note: lost,
    })
}

/// Judgments of the Court of Human Rights: words without their spacing.
fn echr(data: &Path) -> Result<Key, String> {
    let text = read(&data.join("es/echr/dev.tsv"))?;
    let mut document = Document::default();
    let mut words: Vec<(&str, &str)> = Vec::new();
    for line in text.lines().chain(std::iter::once("")) {
        match line.split_once('\t') {
            Some((form, tag)) => words.push((form, treebank::known(tag))),
            None if words.is_empty() => {}
            None => document.sentences.push(Sentence::of_words(words.drain(..))),
        }
    }
    Ok(Key {
        name: "echr",
        language: "es",
        trees: false,
        names: true,
        documents: vec![document],
        last: LastBlank::Untold,
        note: String::new(),
    })
}

/// Puts names on the sentences of the same `sent_id`; says which names found no
/// place, because the two files cut a sentence differently.
fn put_names(documents: &mut [Document], tags: Vec<(String, Vec<String>)>) -> String {
    let mut tags: BTreeMap<String, Vec<String>> = tags.into_iter().collect();
    let mut lost = 0;
    for sentence in documents
        .iter_mut()
        .flat_map(|document| &mut document.sentences)
    {
        if let Some(tags) = tags.remove(&sentence.id)
            && !sentence.put_names(&tags)
        {
            lost += tags.iter().filter(|tag| tag.starts_with('B')).count();
        }
    }
    lost += tags
        .values()
        .flatten()
        .filter(|tag| tag.starts_with('B'))
        .count();
    if lost == 0 {
        String::new()
    } else {
        format!("{lost} names of the key found no place in the treebank")
    }
}

/// All Spanish treebank text, trained on or not, document by document: for
/// measuring speed, never for scores.
pub(crate) fn spanish_texts(data: &Path) -> Result<Vec<String>, String> {
    let made = spanish(data)?;
    let mut texts = Vec::new();
    for file in [
        "ancora-dev-B",
        "cess-ud-kept-out",
        "ancora-dev-A",
        "cess-ud-train",
    ] {
        let documents = treebank::documents(&read(&made.join(format!("{file}.conllu")))?);
        texts.extend(
            documents
                .iter()
                .map(|document| document.text(LastBlank::Told)),
        );
    }
    Ok(texts)
}

/// The folder of Spanish sets, made anew by the same program that makes the
/// training data, so that what is measured is what training left alone.
fn spanish(data: &Path) -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let beside = own.parent().unwrap_or(Path::new("."));
    let program = beside.join(format!("quipu-train{}", std::env::consts::EXE_SUFFIX));
    let made = beside.join("../gold-sets/es");
    let answer = Command::new(&program)
        .arg("cess-to-ud")
        .args([&data.join("es"), &made])
        .output()
        .map_err(|error| {
            format!(
                "{}: {error}; `cargo xtask gold` builds it",
                program.display()
            )
        })?;
    if answer.status.success() {
        Ok(made)
    } else {
        Err(String::from_utf8_lossy(&answer.stderr).trim().to_owned())
    }
}
