//! Descriptions: *the minister*, *his brother*, *this Embassy*, *the country*.

use quipu_model::NameKind;
use quipu_packs::ReferenceEngine as E;

use super::entity::{Entity, Label, points_back};
use super::mention::{Found, Place, Reach};
use super::resolve::Story;

/// Sentences back that a plain noun points at most; a post or name can be farther.
const BACK: usize = 40;

/// Sentences back that a description by its sort points.
const SORT_BACK: usize = 3;

/// Resolves a description, or opens an entity for it.
pub(crate) fn resolve(story: &mut Story<'_, '_>, at: usize) {
    let own = &story.found[at];
    let words = story.words(at);
    let own_voice = own
        .owner
        .is_some_and(|owner| first_person(story, own, owner));
    if words.author.contains(&own.lemma)
        && own.quote.is_none()
        && (own.reach == Reach::Pointing || own_voice)
        && own.modifiers.is_empty()
    {
        let rule = story.rule_of(at, E::Author);
        match story.voices.get(&None).copied() {
            Some(entity) => story.join(at, entity, &rule),
            None => {
                let entity = story.open(at);
                story.voices.insert(None, entity);
            }
        }
        return;
    }
    let other = own.modifiers.iter().any(|word| words.other.contains(word));
    let found = if other {
        None
    } else {
        by_noun(story, at).or_else(|| by_sort(story, at))
    };
    match found {
        Some((entity, rule)) => story.join(at, entity, &rule),
        None => {
            story.open(at);
        }
    }
}

fn first_person(story: &Story<'_, '_>, own: &Found<'_>, owner: usize) -> bool {
    let place = story.place_of(own.sentence, owner);
    place.is_some_and(|at| {
        let pronoun = story.found[at].pronoun;
        pronoun.is_some_and(|pronoun| pronoun.agreement.person == Some(1))
    })
}

/// Whether what a mention is called can be what an entity was called.
fn fits(story: &Story<'_, '_>, at: usize, entity: &Entity, label: &Label) -> bool {
    let own = &story.found[at];
    let owner = story.owner(own.sentence, own.owner);
    if own.reach == Reach::Owned {
        // Another's brother is another brother.
        let same = match (owner, label.owner) {
            (Some(own), Some(other)) => own == other,
            _ => false,
        };
        if !same {
            return false;
        }
    } else if owner.is_some() && label.owner.is_some() && owner != label.owner {
        return false;
    }
    let plural = (own.agreement.plural, entity.agreement.plural);
    if let (Some(one), Some(other)) = plural
        && one != other
    {
        return false;
    }
    own.modifiers
        .iter()
        .all(|word| label.modifiers.contains(word))
}

/// What was told by the same noun, a post, a title or a name's own noun.
fn by_noun(story: &Story<'_, '_>, at: usize) -> Option<(usize, String)> {
    let own = &story.found[at];
    let known = story.by_noun.get(&own.lemma)?;
    if !points_back(own) && !own.proper {
        return None;
    }
    let mut told: Option<usize> = None;
    for entity in known.iter().rev().copied() {
        let other = &story.entities[entity];
        let back = own.sentence.saturating_sub(other.last.sentence);
        let holds = other.last.sentence == own.sentence
            && (own.inside.contains(&other.last.head) || other.last.head == own.head);
        if holds || (!other.named && back > BACK) {
            continue;
        }
        let label = other
            .labels
            .iter()
            .find(|label| label.lemma == own.lemma && fits(story, at, other, label));
        let whole = |label: &Label| {
            !own.proper
                || points_back(own)
                || label
                    .modifiers
                    .iter()
                    .all(|word| own.modifiers.contains(word))
        };
        if !label.is_some_and(whole) {
            continue;
        }
        if !other.named {
            return Some(match told {
                // A post of somebody named, told later than the plain noun.
                Some(named) => (named, "any.reference.post".to_owned()),
                None => (entity, "any.reference.same-noun".to_owned()),
            });
        }
        match told {
            // Two ministers: nobody knows which.
            Some(_) if back > 0 => {
                return nearest(story, at, told, entity);
            }
            Some(_) => return None,
            None => told = Some(entity),
        }
    }
    told.map(|entity| (entity, "any.reference.post".to_owned()))
}

/// Of two named alike, the one told just before, if the other was not for long.
fn nearest(
    story: &Story<'_, '_>,
    at: usize,
    one: Option<usize>,
    other: usize,
) -> Option<(usize, String)> {
    let own = &story.found[at];
    let back =
        |entity: usize| own.sentence - story.entities[entity].last.sentence.min(own.sentence);
    let one = one?;
    (back(one) <= 2 && back(other) > 8).then(|| (one, "any.reference.post".to_owned()))
}

/// What is said of a name by its sort: *the country*.
fn by_sort(story: &Story<'_, '_>, at: usize) -> Option<(usize, String)> {
    let own = &story.found[at];
    let words = story.words(at);
    let kind = words.sort(&own.lemma)?;
    let plain = own.modifiers.is_empty() && own.agreement.plural != Some(true);
    if !plain || !matches!(own.reach, Reach::Definite | Reach::Pointing) || own.owner.is_some() {
        return None;
    }
    let near = |entity: &&usize| {
        let other = &story.entities[**entity];
        other.kind == Some(kind)
            && own.sentence.saturating_sub(other.last.sentence) <= SORT_BACK
            && !(other.last.sentence == own.sentence && own.inside.contains(&other.last.head))
    };
    let mut found = story.recent.iter().rev().filter(near);
    let first = *found.next()?;
    let second = found.next();
    // Places stand everywhere: only one alone, or the subject, is meant.
    let subject = story.entities[first].last.place == Place::Subject;
    (second.is_none() || (kind == NameKind::Organisation && subject))
        .then(|| (first, story.rule_of(at, E::Sort)))
}

/// Somebody told before by a description that now gets a name: *his brother …
/// his brother, Luis Paz*.
pub(crate) fn told_before(story: &Story<'_, '_>, at: usize) -> Option<(usize, String)> {
    let own = &story.found[at];
    for said in &own.said {
        let owner = story.owner(own.sentence, said.owner);
        let Some(known) = story.by_noun.get(&said.lemma) else {
            continue;
        };
        let mut fitting = known.iter().rev().copied().filter(|entity| {
            let other = &story.entities[*entity];
            !other.named
                && other.agreement.plural != Some(true)
                && other.labels.iter().any(|label| {
                    let owned = match (owner, label.owner) {
                        (Some(own), Some(other)) => own == other,
                        (None, None) => {
                            said.modifiers == label.modifiers
                                && own.sentence.saturating_sub(other.last.sentence) <= BACK
                                && story.pointed(*entity)
                        }
                        _ => false,
                    };
                    label.lemma == said.lemma && owned
                })
        });
        if let (Some(entity), None) = (fitting.next(), fitting.next()) {
            return Some((entity, "any.reference.post".to_owned()));
        }
    }
    None
}
