//! A subject that only the ending of the verb tells: grammar fetches its filler.

use quipu_model::{MentionKind, Slot};
use quipu_packs::{Frame, Function};

use super::predication::Predication;
use super::tree::Tree;

/// Who fills a role as the silent subject of a predicate. Its words are those
/// written before in the same sentence, if any.
pub(crate) fn subject(
    tree: &Tree<'_>,
    predication: &Predication,
    frame: Option<&Frame>,
    role: &str,
    place: usize,
) -> Option<Slot> {
    let function = if predication.is_passive() {
        Function::Object
    } else {
        Function::Subject
    };
    if predication.surface.is_some() || predication.has(&function) || place > 1 {
        return None;
    }
    let fits = match frame {
        Some(frame) => {
            let ways = frame.roles.iter().find(|(own, _)| own == role);
            ways.is_some_and(|(_, ways)| ways.iter().any(|way| way.function == function))
        }
        None => (place == 0) == (function == Function::Subject),
    };
    if !fits {
        return None;
    }
    let references = tree.references?;
    let chain = references.silent_subject(tree.letters[predication.token])?;
    if chain.name.is_empty() {
        return None;
    }
    let verb = tree.letters[predication.token].start();
    let before = chain.mentions.iter().rev().find(|own| {
        !own.phrase.is_empty()
            && own.kind != MentionKind::Pronoun
            && own.phrase.end() <= verb
            && tree.sentence.span.contains(own.phrase)
    });
    Some(Slot {
        name: chain.name.clone(),
        as_written: before.map(|own| tree.words_of(own.phrase).to_owned()),
        span: before.map(|own| own.phrase),
    })
}
