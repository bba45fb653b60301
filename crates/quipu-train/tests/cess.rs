//! Cases of `cases/train/cess`: a tree in, a sentence out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use quipu_train::cess::brackets;
use quipu_train::cess::sentence::convert;
use quipu_train::cess::tables::Tables;
use quipu_train::conllu::{self, Sentence};

fn shown(sentence: &Sentence) -> String {
    let mut text = String::new();
    for (at, word) in sentence.words.iter().enumerate() {
        let id = at + 1;
        if let Some(range) = sentence.range_from(id) {
            let _ = writeln!(text, "{}-{} {}", range.first, range.last, range.form);
        }
        let conllu::Word {
            form,
            lemma,
            upos,
            head,
            deprel,
            ..
        } = word;
        let _ = writeln!(text, "{id} {form} {lemma} {upos} {head} {deprel}");
    }
    text
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/train/cess");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files
}

#[test]
fn trees_become_the_sentences_of_their_cases() {
    let tables = Tables::embedded();
    let files = cases();
    assert!(files.len() > 5, "the cases were not found");
    let mut wrong = String::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let (tree, expected) = text.split_once("=>\n").unwrap();
        let tree: String = tree
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| format!("{line}\n"))
            .collect();
        let made = shown(&convert(&brackets::read(&tree)[0], &tables).sentence);
        if std::env::var_os("QUIPU_BLESS").is_some() {
            let head = text.split_once("=>\n").unwrap().0;
            std::fs::write(&file, format!("{head}=>\n{made}")).unwrap();
        } else if made != expected {
            let _ = writeln!(wrong, "{}:\n{made}", file.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_sentence_is_one_tree_whatever_the_brackets() {
    let tables = Tables::embedded();
    let whole = std::fs::read_to_string(&cases()[0]).unwrap();
    let whole = whole
        .split_once("=>\n")
        .unwrap()
        .0
        .trim_start_matches(|c| c != '(');
    // Every prefix and every text with one bracket left out.
    let brackets: Vec<usize> = whole.match_indices(['(', ')']).map(|(at, _)| at).collect();
    for at in brackets {
        for text in [
            whole[..at].to_owned(),
            format!("{}{}", &whole[..at], &whole[at + 1..]),
        ] {
            for tree in brackets::read(&text) {
                let sentence = convert(&tree, &tables).sentence;
                let roots = sentence.words.iter().filter(|word| word.head == 0).count();
                assert_eq!(roots, usize::from(!sentence.words.is_empty()), "{text}");
                for id in 1..=sentence.words.len() {
                    let mut above = id;
                    for _ in 0..=sentence.words.len() {
                        above = if above == 0 {
                            0
                        } else {
                            sentence.words[above - 1].head
                        };
                    }
                    assert_eq!(above, 0, "a circle through word {id} of {text}");
                }
            }
        }
    }
}

#[test]
fn what_is_written_is_read_back() {
    let tables = Tables::embedded();
    for file in cases() {
        let text = std::fs::read_to_string(&file).unwrap();
        let tree = text.trim_start_matches(|c| c != '(').to_owned();
        let sentence = convert(
            &brackets::read(tree.split_once("=>").unwrap().0)[0],
            &tables,
        )
        .sentence;
        assert_eq!(conllu::read(&conllu::write(&sentence)), vec![sentence]);
    }
}
