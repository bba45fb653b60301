//! What a word can stand for: a person, a body, a place, money, something written.

use quipu_model::{AmountExpression, AmountKind, NameKind};
use quipu_packs::Filler;

use super::tree::Tree;

/// Whether the phrase that a word heads can be this.
pub(crate) fn is(tree: &Tree<'_>, amounts: &[AmountExpression], at: usize, filler: Filler) -> bool {
    let listed = |word: &str| {
        let nouns = tree.words.nouns.get(word);
        nouns.is_some_and(|nouns| nouns.contains(tree.lemma(at)))
    };
    let name = tree.name_kind(at);
    let money = tree.amount[at]
        .and_then(|place| amounts.get(place))
        .is_some_and(|amount| amount.kind == AmountKind::Money)
        || (name.is_none() && listed("money"));
    let pronoun = matches!(tree.pos(at), "PRON" | "DET");
    let lower = tree.lower(at);
    let neuter = tree.words.expletive.contains(&lower) || tree.words.neuter.contains(&lower);
    // A capital that the annotator took for no name can be any.
    let capital = name.is_none()
        && (tree.pos(at) == "PROPN" || (tree.pos(at) == "ADJ" && starts_large(tree.form(at))));
    let bare_number = tree.pos(at) == "NUM" && !money;
    let person =
        (name == Some(NameKind::Person) || listed("person")) || (pronoun && !neuter) || bare_number;
    let organisation = name == Some(NameKind::Organisation) || listed("organisation");
    let place = name == Some(NameKind::Location) || (name.is_none() && listed("place"));
    match filler {
        Filler::Money => money,
        _ if money => filler == Filler::Thing,
        Filler::Person => person || capital,
        Filler::Organisation => {
            organisation || capital || (pronoun && tree.words.expletive.contains(&lower))
        }
        Filler::Place => place || capital,
        Filler::Who => {
            let somebody = pronoun && !tree.words.neuter.contains(&lower);
            person || organisation || place || capital || somebody
        }
        Filler::Document => listed("document"),
        Filler::Thing => {
            let clitic = pronoun && tree.feature(at, "Case") == Some("Acc");
            neuter || clitic || !(person || organisation || place)
        }
    }
}

fn starts_large(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a word stands for a place.
pub(crate) fn is_place(tree: &Tree<'_>, at: usize) -> bool {
    tree.name_kind(at) == Some(NameKind::Location)
        || is(tree, &[], at, Filler::Place) && tree.pos(at) == "NOUN"
}
