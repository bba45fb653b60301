//! Paragraphs, and talk that goes on in them without a cue: records of talk and
//! cables, in which a speaker once told keeps the word to the end of the paragraph.

use quipu_model::span::{Repaired, Span};

use super::super::ReadSentence;
use super::quotes::Quote;
use super::{Draft, Source};

/// Of a hundred sentences of a text, how many somebody must be told to say before
/// the text is taken for a record of talk.
const RECORD: usize = 35;

/// Sentences that a text must have to be judged so.
const SENTENCES: usize = 3;

/// In which paragraph each sentence stands.
#[derive(Debug)]
pub(super) struct Paragraphs {
    pub(super) of: Vec<usize>,
}

pub(super) fn paragraphs(text: &str, sentences: &[ReadSentence<'_>]) -> Paragraphs {
    let (mut count, mut end) = (0, 0);
    let of = sentences
        .iter()
        .map(|own| {
            let span = own.tree.sentence.span;
            let between = text.get(end..span.start() as usize).unwrap_or_default();
            count += usize::from(end > 0 && between.matches('\n').count() > 1);
            end = span.end() as usize;
            count
        })
        .collect();
    Paragraphs { of }
}

/// Lets the speaker of the first sentence of a paragraph go on, where the text is a
/// record of talk.
pub(super) fn read<'a>(
    sentences: &[ReadSentence<'a>],
    paragraphs: &Paragraphs,
    quotes: &[Quote],
    made: &mut Vec<Draft<'a>>,
) {
    made.sort_by_key(|draft| draft.at);
    let mut leads: Vec<Option<usize>> = vec![None; sentences.len()];
    let mut mine = vec![false; sentences.len()];
    for (place, draft) in made.iter().enumerate() {
        let tree = &sentences[draft.at.0].tree;
        // The cue governs the sentence, and somebody else than the author speaks.
        let main = tree.head[draft.at.1].is_none()
            || tree.is(draft.at.1, "parataxis")
            || !draft.saying.phrases.is_empty();
        let other = matches!(draft.source, Source::Word(..) | Source::Left);
        mine[draft.at.0] |= main && draft.source == Source::Mine;
        if main && other && draft.saying.holder && leads[draft.at.0].is_none() {
            leads[draft.at.0] = Some(place);
        }
    }
    let quoted = quotes.len() * 8 > sentences.len();
    let told = leads.iter().filter(|lead| lead.is_some()).count();
    if sentences.len() < SENTENCES || told * 100 < sentences.len() * RECORD || quoted {
        return;
    }
    let mut speaker: Option<usize> = None;
    for sentence in 0..sentences.len() {
        let opens = sentence == 0 || paragraphs.of[sentence] != paragraphs.of[sentence - 1];
        if opens {
            speaker = None;
        }
        if leads[sentence].is_some() {
            speaker = leads[sentence];
        } else if let Some(place) = speaker
            && !mine[sentence]
            && !is_comment(sentences, sentence)
        {
            let span: Span<Repaired> = sentences[sentence].tree.sentence.span;
            made[place].add(span);
        } else {
            speaker = None;
        }
    }
}

/// Whether the author speaks: in the first person.
fn is_comment(sentences: &[ReadSentence<'_>], sentence: usize) -> bool {
    let own = &sentences[sentence];
    let first = &own.sayings().own.first_person;
    (0..own.tree.len()).any(|at| first.contains(&own.tree.lower(at)))
}
