//! Trees and names: the annotator on development data that it was not trained on.
//!
//! In the order of reading: [`table`] a file as the measure sees it, [`align`],
//! [`measure`] and [`names`] what is compared, [`treebank`] and [`keys`] the
//! development sets, [`tei`] and [`frus`] the persons of diplomatic papers,
//! [`others`] what other programs are measured by.

mod align;
pub(crate) mod frus;
mod keys;
mod measure;
mod names;
mod others;
mod table;
pub(crate) mod tei;
mod treebank;

use std::fs;
use std::path::Path;

use quipu_annotate::{Annotator, Hands, conllu};
use quipu_model::{AnnotatedText, SentenceLanguage, Span};
use quipu_packs::Packs;
use quipu_read::tell_text;

pub(crate) use others::{compare, write_texts};

use crate::Score;
use keys::Key;
use measure::{Measure, measure};
use names::NameCounts;
use table::Table;

/// The models of the checkout, ready to read.
struct Annotators<'a> {
    annotator: Annotator<'a>,
    packs: &'a Packs,
}

impl Annotators<'_> {
    /// Without its model a language would be read with that of another.
    fn must_know(&self, language: &str) -> Result<(), String> {
        if self.annotator.languages().any(|tag| tag == language) {
            Ok(())
        } else {
            Err(format!(
                "models/{language}.qm is not there; `quipu-train train {language}` writes it"
            ))
        }
    }

    /// Annotates a text: in the language said, or in that told of each sentence.
    fn read(&self, text: &str, language: Option<&str>, hands: &mut Hands) -> AnnotatedText {
        let languages = match language {
            None => tell_text(text, &[], self.packs),
            Some(tag) => vec![SentenceLanguage {
                span: Span::from_usize(0, text.len()),
                language: Some(tag.to_owned()),
            }],
        };
        self.annotator.annotate(text, &languages, &[], hands)
    }
}

/// How a set is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// From its text.
    Text,
    /// From its text, the language told of each sentence.
    TextAlone,
    /// From its words.
    Words,
}

/// What is measured of a set, and what it should reach: the bar, and beyond
/// which figure we lead.
struct Row {
    set: &'static str,
    from: Reading,
    what: What,
    bar: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Las,
    Upos,
    Names,
}

const fn row(set: &'static str, from: Reading, what: What, bar: &'static str) -> Row {
    Row {
        set,
        from,
        what,
        bar,
    }
}

/// Every figure, in the order it is shown.
const ROWS: &[Row] = &[
    row("ewt", Reading::Text, What::Las, "**84.0**, 86.8"),
    row("ewt", Reading::Text, What::Upos, "**95.8**, 96.2"),
    row("ewt", Reading::TextAlone, What::Las, ""),
    row("ewt", Reading::Words, What::Las, ""),
    row("ewt", Reading::Words, What::Upos, ""),
    row("gum", Reading::Text, What::Las, "**83.5**, 88.2"),
    row("gum", Reading::Text, What::Upos, ""),
    row("gum", Reading::Words, What::Las, ""),
    row("gum", Reading::Words, What::Upos, ""),
    row("ancora", Reading::Text, What::Las, "**83.0**, 91.3"),
    row("ancora", Reading::Text, What::Upos, "**97.0**, 99.0"),
    row("ancora", Reading::TextAlone, What::Las, ""),
    row("ancora", Reading::Words, What::Las, ""),
    row("ancora", Reading::Words, What::Upos, ""),
    row("cess", Reading::Text, What::Las, ""),
    row("cess", Reading::Text, What::Upos, ""),
    row("cess", Reading::Words, What::Las, ""),
    row("ewt", Reading::Text, What::Names, "**79**, 86"),
    row("ewt", Reading::Words, What::Names, "**79**, 86"),
    row("cess", Reading::Text, What::Names, "**80**, 88"),
    row("cess", Reading::Words, What::Names, "**80**, 88"),
    row("echr", Reading::Text, What::Names, "**70**, 80"),
    row("echr", Reading::Words, What::Names, "**70**, 80"),
];

/// Scores trees and names on every set that is there. A set that is not there
/// leaves its rows empty, with the reason.
pub(crate) fn score(data: &Path) -> Result<Vec<Score>, String> {
    if !data.is_dir() {
        return Err(format!(
            "the data folder {} is not there; set QUIPU_DATA to it",
            data.display()
        ));
    }
    let files = models()?;
    let slices: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let packs = Packs::embedded().map_err(|error| error.to_string())?;
    let annotators = Annotators {
        annotator: Annotator::read(&slices, &packs).map_err(|error| format!("models/: {error}"))?,
        packs: &packs,
    };
    let keys = keys::NAMES.map(|name| (name, keys::key(name, data)));
    let mut read: Vec<(&str, Reading, Result<Figures, String>)> = Vec::new();
    let mut scores = Vec::new();
    for row in ROWS {
        let title = format!("{}: {}", title(row.set, row.from), said(row.what));
        let key = keys.iter().find(|(name, _)| *name == row.set);
        let key = match key.map(|(_, key)| key) {
            Some(Ok(key)) => key,
            Some(Err(reason)) => {
                scores.push(missing(title, reason));
                continue;
            }
            None => continue,
        };
        if !read
            .iter()
            .any(|(set, from, _)| (*set, *from) == (row.set, row.from))
        {
            read.push((row.set, row.from, figures(key, row.from, &annotators)));
        }
        for (set, from, figures) in &read {
            if (*set, *from) == (row.set, row.from) {
                scores.push(match figures {
                    Ok(figures) => figures.score(title.clone(), row, &key.note),
                    Err(reason) => missing(title.clone(), reason),
                });
            }
        }
    }
    match frus::score(data, &annotators) {
        Ok(more) => scores.extend(more),
        Err(reason) => scores.push(missing("FRUS, tagged persons covered".to_owned(), &reason)),
    }
    Ok(scores)
}

/// The model files of the checkout. One that is not there leaves the sets of its
/// language unmeasured.
fn models() -> Result<Vec<Vec<u8>>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let names = ["en.qm", "es.qm"].iter();
    let files: Vec<Vec<u8>> = names
        .filter_map(|name| fs::read(folder.join(name)).ok())
        .collect();
    if files.is_empty() {
        return Err(
            "models/ holds neither en.qm nor es.qm; `quipu-train train` writes them".to_owned(),
        );
    }
    Ok(files)
}

fn missing(what: String, reason: &str) -> Score {
    eprintln!("  {what}: not measured: {reason}");
    Score {
        what,
        figure: "-".to_owned(),
        note: format!("not measured: {reason}"),
    }
}

fn title(set: &str, from: Reading) -> String {
    let set = match set {
        "ewt" => "EWT dev",
        "gum" => "GUM dev",
        "ancora" => "AnCora dev, part B",
        "cess" => "CESS, files kept out",
        "echr" => "ECHR dev",
        other => other,
    };
    let from = match (set, from) {
        ("ECHR dev", Reading::Text) => "its words with blanks between",
        (_, Reading::Text) => "raw text",
        (_, Reading::TextAlone) => "raw text, language told",
        (_, Reading::Words) => "given words",
    };
    format!("{set}, {from}")
}

fn said(what: What) -> &'static str {
    match what {
        What::Las => "LAS",
        What::Upos => "UPOS",
        What::Names => "names F1",
    }
}

/// Everything measured of a set read in one way.
struct Figures {
    measure: Measure,
    names: NameCounts,
}

/// Reads a set and measures it.
fn figures(key: &Key, from: Reading, annotators: &Annotators<'_>) -> Result<Figures, String> {
    annotators.must_know(key.language)?;
    let table = Table::read(&key.conllu()).map_err(|what| format!("the key: {what}"))?;
    let made = Table::read(&annotated(key, from, annotators))
        .map_err(|what| format!("what was made: {what}"))?;
    let figures = Figures {
        measure: measure(&table, &made)?,
        names: NameCounts::of(&table.names, &made.names),
    };
    if key.name == "gum" && from == Reading::Text {
        by_document(key, annotators)?;
    }
    Ok(figures)
}

/// Prints each document's figures: each is of another genre.
fn by_document(key: &Key, annotators: &Annotators<'_>) -> Result<(), String> {
    let mut hands = Hands::default();
    for (text, document) in key.texts().zip(&key.documents) {
        let made = annotators.read(&text, Some(key.language), &mut hands);
        let made = Table::read(&conllu::write(&text, &made, 1))?;
        let figures = measure(&Table::read(&document.conllu())?, &made)?;
        let id = document.sentences.first().map_or("", |first| &first.id);
        println!("  {id:<32} LAS {:.1}", figures.las.f1());
    }
    Ok(())
}

/// A set annotated, as one file.
fn annotated(key: &Key, from: Reading, annotators: &Annotators<'_>) -> String {
    let mut hands = Hands::default();
    if from == Reading::Words {
        let given = conllu::read(&key.conllu());
        let texts: Vec<&str> = given.iter().map(|given| given.text.as_str()).collect();
        let annotator = &annotators.annotator;
        let made = annotator.annotate_given(&given, key.language, &mut hands);
        return conllu::write(&texts.join("\n"), &made, 1);
    }
    let language = (from == Reading::Text).then_some(key.language);
    key.texts()
        .map(|text| {
            let made = annotators.read(&text, language, &mut hands);
            conllu::write(&text, &made, 1)
        })
        .collect()
}

impl Figures {
    fn score(&self, title: String, row: &Row, remark: &str) -> Score {
        let measure = &self.measure;
        let (figure, rest) = match row.what {
            What::Las if row.from == Reading::Words => {
                (measure.las, format!("UAS {:.1}", measure.uas.f1()))
            }
            What::Las => (
                measure.las,
                format!(
                    "UAS {:.1}, words {:.2}, tokens {:.2}, sentences {:.1}",
                    measure.uas.f1(),
                    measure.words.f1(),
                    measure.tokens.f1(),
                    measure.sentences.f1()
                ),
            ),
            What::Upos => (
                measure.upos,
                format!(
                    "features {:.1}, lemmas {:.1}",
                    measure.features.f1(),
                    measure.lemmas.f1()
                ),
            ),
            What::Names => (self.names.all(), self.names.note()),
        };
        let size = match row.what {
            What::Las => format!("{} words", measure.words.key),
            What::Upos | What::Names => String::new(),
        };
        let remark = if row.what == What::Upos { "" } else { remark };
        let parts = [row.bar, &rest, &size, remark];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Score {
            what: title,
            figure: format!("{:.1}", figure.f1()),
            note: parts.join("; "),
        }
    }
}
