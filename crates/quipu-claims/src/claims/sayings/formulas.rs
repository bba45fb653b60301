//! Formulas that put a stretch in somebody's mouth: what a witness or a court says.

use quipu_model::NameKind;
use quipu_model::span::{Repaired, Span};
use quipu_packs::{Saying, Until};

use super::super::ReadSentence;
use super::{Draft, Source};

/// Formulas of one rule that are heeded.
const MOST: usize = 10_000;

/// Letters behind `comparece` in which the name must begin.
const NAME: u32 = 120;

pub(super) fn read<'a>(text: &str, sentences: &[ReadSentence<'a>], made: &mut Vec<Draft<'a>>) {
    let mut done: Vec<&str> = Vec::new();
    for sentence in sentences {
        for saying in &sentence.sayings().own.saying {
            if saying.formulas.is_empty() || done.contains(&saying.name.as_str()) {
                continue;
            }
            done.push(&saying.name);
            formula(text, sentences, saying, made);
        }
        // All sentences of a language have the same rules.
        if done.len() > 64 {
            break;
        }
    }
}

fn formula<'a>(
    text: &str,
    sentences: &[ReadSentence<'a>],
    saying: &'a Saying,
    made: &mut Vec<Draft<'a>>,
) {
    let mut places: Vec<Span<Repaired>> = Vec::new();
    for words in &saying.formulas {
        let found = text.match_indices(words.as_str()).take(MOST);
        places.extend(
            found
                .filter(|(at, _)| is_word(text, *at, words.len()))
                .map(|(at, _)| Span::from_usize(at, at + words.len())),
        );
    }
    places.sort_unstable();
    let Some(first) = places.first().copied() else {
        return;
    };
    let source = speaker(text, sentences, saying, first);
    let last = places.len();
    let taken = if saying.until == Until::Text { 1 } else { last };
    for (place, span) in places.iter().copied().enumerate().take(taken) {
        let Some(at) = word_at(sentences, span) else {
            continue;
        };
        let next = places
            .get(place + 1)
            .map_or(text.len(), |next| next.range().start);
        let content = match saying.until {
            Until::Text => 0..text.len(),
            Until::Formula => span.range().end..next,
            Until::Paragraph => {
                let from = span.range().end;
                let end = text.get(from..).and_then(|rest| rest.find("\n\n"));
                from..end.map_or(text.len(), |end| from + end).min(next)
            }
        };
        let mut draft = Draft::new(saying, at, span);
        draft.source = source;
        draft.add(Span::from_usize(content.start, content.end));
        made.push(draft);
    }
}

fn is_word(text: &str, at: usize, len: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at + len..).and_then(|text| text.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

fn word_at(sentences: &[ReadSentence<'_>], span: Span<Repaired>) -> Option<(usize, usize)> {
    let sentence = sentences.partition_point(|own| own.tree.sentence.span.end() <= span.start());
    let tree = &sentences.get(sentence)?.tree;
    let word = tree
        .sentence
        .tokens
        .partition_point(|token| token.span.end() <= span.start());
    (word < tree.len()).then_some((sentence, word))
}

/// Who speaks: the name behind the words that bring it, the first phrase with a
/// noun of such speakers, or the subject of the formula's clause.
fn speaker(
    text: &str,
    sentences: &[ReadSentence<'_>],
    saying: &Saying,
    formula: Span<Repaired>,
) -> Source {
    let lower = text.to_lowercase();
    if lower.len() == text.len() {
        for words in &saying.speaker_behind {
            if let Some(found) = lower.find(words.as_str())
                && let Some(source) = name_behind(sentences, (found + words.len()) as u32)
            {
                return source;
            }
        }
    }
    let mut best: Option<(usize, usize, u32)> = None;
    for (place, sentence) in sentences.iter().enumerate() {
        let tree = &sentence.tree;
        for at in 0..tree.len() {
            if saying.speaker_nouns.contains(tree.lemma(at)) {
                let letters = match tree.name[at] {
                    Some(name) => name.span.len(),
                    None => super::super::phrase::phrase(tree, at).len().min(12),
                };
                if best.is_none_or(|(_, _, most)| letters > most) {
                    best = Some((place, at, letters));
                }
            }
        }
    }
    if let Some((place, at, _)) = best {
        return Source::Word(place, at);
    }
    let subject = word_at(sentences, formula).and_then(|(place, at)| {
        let sentence = &sentences[place];
        let mut near = sentence.predications.iter();
        let own = near.find(|own| own.token.abs_diff(at) <= 3 && own.surface.is_some())?;
        Some(Source::Word(place, own.surface?))
    });
    subject.unwrap_or(Source::Unnamed)
}

fn name_behind(sentences: &[ReadSentence<'_>], from: u32) -> Option<Source> {
    let first = sentences.partition_point(|own| own.tree.sentence.span.end() <= from);
    for (place, sentence) in sentences.iter().enumerate().skip(first).take(2) {
        let tree = &sentence.tree;
        for at in 0..tree.len() {
            let person = tree.name[at].filter(|name| name.kind == NameKind::Person);
            if let Some(name) = person.filter(|name| name.span.start() >= from) {
                return (name.span.start() - from < NAME).then_some(Source::Word(place, at));
            }
        }
    }
    None
}
