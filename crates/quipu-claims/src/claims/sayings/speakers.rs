//! Names of those who say it. Where the sentence leaves the speaker out or has a
//! pronoun, it is who spoke last.

use quipu_model::Speaker;
use quipu_model::span::{Repaired, Span};

use super::super::ReadSentence;
use super::super::phrase;
use super::{Draft, Source};

/// Sentences within which who spoke last is still meant.
const BACK: usize = 12;

/// The speaker of each draft, with the words of the source.
pub(super) fn tell(
    sentences: &[ReadSentence<'_>],
    made: &[Draft<'_>],
) -> Vec<(Speaker, Option<Span<Repaired>>)> {
    let mut last: Option<(usize, String)> = None;
    made.iter()
        .map(|draft| {
            let near = last
                .as_ref()
                .filter(|(at, _)| draft.at.0.saturating_sub(*at) <= BACK);
            match draft.source {
                Source::Mine => (Speaker::Author, None),
                Source::Unnamed => (Speaker::Unnamed, None),
                Source::Left => {
                    let tree = &sentences[draft.at.0].tree;
                    let silent = tree
                        .references
                        .and_then(|all| all.silent_subject(tree.letters[draft.at.1]))
                        .map(|chain| chain.name.clone())
                        .filter(|name| !name.is_empty());
                    let name = silent.or_else(|| near.map(|(_, name)| name.clone()));
                    let speaker = name.map_or(Speaker::Unnamed, |name| Speaker::Named {
                        name,
                        as_written: None,
                    });
                    (speaker, None)
                }
                Source::Word(place, token) => {
                    let tree = &sentences[place].tree;
                    let slot = phrase::slot(tree, token);
                    let pronoun = tree.pos(token) == "PRON" || tree.pos(token) == "DET";
                    // Nothing in the text tells who it is: he who spoke last.
                    let open = pronoun && slot.as_written.as_ref() == Some(&slot.name);
                    let name = match near {
                        Some((_, name)) if open => name.clone(),
                        _ => slot.name,
                    };
                    // Whoever speaks in a subordinate clause does not keep the word.
                    let cue = &sentences[draft.at.0].tree;
                    let main = cue.head[draft.at.1].is_none()
                        || cue.is(draft.at.1, "parataxis")
                        || !draft.saying.phrases.is_empty();
                    if !open && main {
                        last = Some((draft.at.0, name.clone()));
                    }
                    let as_written = slot.as_written;
                    (Speaker::Named { name, as_written }, slot.span)
                }
            }
        })
        .collect()
}
