//! Who says it: attributions of a whole text, with source, cue and content as PARC
//! 3.0 has them.
//!
//! Four ways lead to one: a verb, noun or phrase of saying with the clause it
//! brings ([`cues`]), quotation marks with a cue beside them ([`quotes`]), formulas
//! that say in whose mouth a stretch is ([`formulas`]), and talk that goes on
//! without a cue ([`records`]). Which words do so is told by
//! `languages/*/sayings.toml`. A claim's holders are the attributions whose
//! content holds its predicate, the narrowest first ([`judge`]).

mod check;
mod cues;
mod factuality;
mod formulas;
mod judge;
mod quotes;
mod records;
mod speakers;
mod words;

use quipu_model::span::{Repaired, Span};
use quipu_model::{Attribution, Polarity, Speaker, Standing};
use quipu_packs::Saying;

use super::ReadSentence;
use super::tree::Tree;

pub use check::check;
pub(crate) use factuality::factuality;
pub(crate) use judge::{Judged, judge};
pub(crate) use words::SayingWords;

/// Stretches of content that one attribution keeps.
const PIECES: usize = 64;

/// Who says it, before names are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The author.
    Mine,
    /// Nobody who is named.
    Unnamed,
    /// The sentence leaves it out.
    Left,
    /// This word of a sentence.
    Word(usize, usize),
}

/// An attribution being made.
#[derive(Debug, Clone)]
struct Draft<'a> {
    saying: &'a Saying,
    /// Sentence and word of the cue.
    at: (usize, usize),
    source: Source,
    cue: Span<Repaired>,
    content: Vec<Span<Repaired>>,
    /// Heads of the clauses it brings, in the sentence of the cue.
    heads: Vec<usize>,
    polarity: Polarity,
    standing: Standing,
    contrary: bool,
    /// Place among the times of the document.
    when: Option<usize>,
}

/// An attribution with what only claims need of it.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) attribution: Attribution,
    /// The words of the cue.
    pub(crate) words: String,
    /// Letters of the heads of the clauses it brings.
    pub(crate) heads: Vec<Span<Repaired>>,
}

impl<'a> Draft<'a> {
    fn new(saying: &'a Saying, at: (usize, usize), cue: Span<Repaired>) -> Self {
        Self {
            saying,
            at,
            source: Source::Unnamed,
            cue,
            content: Vec::new(),
            heads: Vec::new(),
            polarity: Polarity::Positive,
            standing: saying.standing,
            contrary: saying.contrary,
            when: None,
        }
    }

    fn holds(&self, letters: Span<Repaired>) -> bool {
        self.content.iter().any(|span| span.contains(letters))
    }

    /// Adds a stretch to the content, joined with those it touches.
    fn add(&mut self, span: Span<Repaired>) {
        let mut joined = span;
        self.content.retain(|own| {
            let touches = own.start() <= joined.end() && joined.start() <= own.end();
            if touches {
                joined = joined.join(*own);
            }
            !touches
        });
        if self.content.len() < PIECES {
            let place = self.content.partition_point(|own| *own < joined);
            self.content.insert(place, joined);
        }
    }
}

/// The attributions of a text, in the order of their contents.
pub(crate) fn read(
    text: &str,
    sentences: &[ReadSentence<'_>],
    times: &[quipu_model::TimeExpression],
) -> Vec<Said> {
    let mut made: Vec<Draft<'_>> = Vec::new();
    let mut loose: Vec<Draft<'_>> = Vec::new();
    for (place, sentence) in sentences.iter().enumerate() {
        cues::read(place, sentence, &mut made, &mut loose);
    }
    let paragraphs = records::paragraphs(text, sentences);
    let quotes = quotes::find(text);
    quotes::attach(&quotes, sentences, &paragraphs, &mut made, &loose);
    records::read(sentences, &paragraphs, &quotes, &mut made);
    formulas::read(text, sentences, &mut made);
    made.retain(|draft| !draft.content.is_empty());
    made.sort_by_key(|draft| (draft.at, draft.cue));
    let named = speakers::tell(sentences, &made);
    let mut said: Vec<Said> = made
        .iter()
        .zip(named)
        .map(|(draft, (speaker, source))| finish(sentences, draft, speaker, source, times))
        .collect();
    said.sort_by_key(|said| said.attribution.reach());
    said
}

fn finish(
    sentences: &[ReadSentence<'_>],
    draft: &Draft<'_>,
    speaker: Speaker,
    source: Option<Span<Repaired>>,
    times: &[quipu_model::TimeExpression],
) -> Said {
    let tree = &sentences[draft.at.0].tree;
    let (mut standing, mut speaker, mut source) = (draft.standing, speaker, source);
    if draft.source == Source::Mine {
        standing = draft.saying.mine.unwrap_or(Standing::Asserted);
    }
    if draft.standing == draft.saying.standing {
        standing = match (draft.source, draft.saying.unnamed, draft.saying.formal) {
            (Source::Unnamed, Some(unnamed), _) => unnamed,
            (Source::Word(place, at), _, Some(formal))
                if draft
                    .saying
                    .formal_nouns
                    .contains(sentences[place].tree.lemma(at)) =>
            {
                formal
            }
            _ => standing,
        };
    }
    // `It is recommended that`: the author does.
    let advised = draft.source == Source::Unnamed && draft.saying.standing == Standing::Planned;
    if !draft.saying.holder || advised {
        speaker = Speaker::Author;
        source = None;
    }
    Said {
        heads: draft.heads.iter().map(|at| tree.letters[*at]).collect(),
        words: tree.words_of(draft.cue).to_owned(),
        attribution: Attribution {
            rule: draft.saying.name.clone(),
            source: source.into_iter().collect(),
            cue: vec![draft.cue],
            content: draft.content.clone(),
            polarity: draft.polarity,
            standing,
            contrary: draft.contrary,
            speaker,
            when: draft.when.map(|at| times[at].value.clone()),
        },
    }
}

/// Letters of all that hangs on a word, without punctuation at its edges.
fn letters_of(tree: &Tree<'_>, at: usize) -> Span<Repaired> {
    let (from, to) = tree.extent[at];
    trimmed(tree, from, to)
}

fn trimmed(tree: &Tree<'_>, mut from: usize, mut to: usize) -> Span<Repaired> {
    let closes = |at: usize| {
        matches!(
            tree.form(at),
            "," | "." | ";" | ":" | "-" | "--" | "\u{2014}"
        )
    };
    while from < to && closes(from) {
        from += 1;
    }
    while to > from && closes(to) {
        to -= 1;
    }
    tree.letters[from].join(tree.letters[to])
}

/// Letters of all that hangs on a word but for what hangs on another below it.
fn around(tree: &Tree<'_>, at: usize, without: (usize, usize)) -> Vec<Span<Repaired>> {
    let (from, to) = tree.extent[at];
    let mut pieces = Vec::new();
    if from < without.0 {
        pieces.push(trimmed(tree, from, without.0 - 1));
    }
    if without.1 < to {
        pieces.push(trimmed(tree, without.1 + 1, to));
    }
    pieces.retain(|span| tree.words_of(*span).chars().any(char::is_alphanumeric));
    pieces
}
