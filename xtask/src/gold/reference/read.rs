//! The keys: OntoGUM in CoNLL columns, LitBank in its own lines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::measure::Chain;

/// A document with its words as CoNLL-U and its chains over their numbers.
pub(super) struct Document {
    pub(super) name: String,
    pub(super) table: String,
    pub(super) chains: Vec<Chain>,
    pub(super) words: usize,
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|own| own == ending))
        .collect();
    files.sort();
    Ok(files)
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// The documents of one part of GUM with their chains in the OntoNotes scheme.
pub(super) fn ontogum(data: &Path, part: &str) -> Result<Vec<Document>, String> {
    let folder = data.join("en/gum/coref/ontogum").join(part);
    let mut documents = Vec::new();
    for path in files(&folder, "conll")? {
        let name = stem(&path);
        let table = read(
            &data
                .join("en/gum/ud")
                .join(part)
                .join(format!("{name}.conllu")),
        )?;
        let (chains, words) = columns(&read(&path)?);
        documents.push(Document {
            name,
            table,
            chains,
            words,
        });
    }
    Ok(documents)
}

/// Chains in the bracket notation of the last column, and the number of words.
fn columns(conll: &str) -> (Vec<Chain>, usize) {
    let mut chains: BTreeMap<u32, Chain> = BTreeMap::new();
    let mut open: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut at = 0;
    for line in conll.lines().filter(|line| !line.starts_with('#')) {
        let Some(marks) = line.split('\t').nth(2) else {
            continue;
        };
        let mut number = String::new();
        let mut opens = false;
        for sign in marks.chars().chain(std::iter::once('|')) {
            match sign {
                '(' | '|' | ')' => {
                    if let Ok(own) = number.parse::<u32>() {
                        if opens {
                            open.entry(own).or_default().push(at);
                        }
                        if sign == ')'
                            && let Some(start) = open.get_mut(&own).and_then(Vec::pop)
                        {
                            chains.entry(own).or_default().insert((start, at));
                        }
                    }
                    number.clear();
                    opens = sign == '(';
                }
                digit => number.push(digit),
            }
        }
        at += 1;
    }
    let chains = chains.into_values().filter(|chain| chain.len() > 1);
    (chains.collect(), at)
}

/// The texts of LitBank with the chains of at least two mentions.
pub(super) fn litbank(data: &Path) -> Result<Vec<Document>, String> {
    let folder = data.join("en/litbank");
    let mut documents = Vec::new();
    for path in files(&folder.join("coref"), "ann")? {
        let name = stem(&path);
        let text = read(&folder.join("text").join(format!("{name}.txt")))?;
        let mut starts = Vec::new();
        let mut words = 0;
        let mut table = String::new();
        for line in text.lines() {
            starts.push(words);
            for (at, word) in line.split_whitespace().enumerate() {
                table.push_str(&format!("{}\t{word}{}\n", at + 1, "\t_".repeat(8)));
                words += 1;
            }
            table.push('\n');
        }
        let mut spans = BTreeMap::new();
        let mut chains: BTreeMap<String, Chain> = BTreeMap::new();
        for line in read(&path)?.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let place = |sentence: &str, word: &str| -> Option<usize> {
                Some(starts.get(sentence.parse::<usize>().ok()?)? + word.parse::<usize>().ok()?)
            };
            match columns.as_slice() {
                ["MENTION", id, from, first, to, last, ..] => {
                    if let (Some(first), Some(last)) = (place(from, first), place(to, last)) {
                        spans.insert((*id).to_owned(), (first, last));
                    }
                }
                ["COREF", id, chain, ..] => {
                    if let Some(span) = spans.get(*id) {
                        chains.entry((*chain).to_owned()).or_default().insert(*span);
                    }
                }
                _ => {}
            }
        }
        let chains = chains.into_values().filter(|chain| chain.len() > 1);
        documents.push(Document {
            name,
            table,
            chains: chains.collect(),
            words,
        });
    }
    Ok(documents)
}
