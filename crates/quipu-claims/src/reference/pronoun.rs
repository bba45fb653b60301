//! Pronouns: who *he*, *su*, *they*, *I* and a silent subject stand for.

use quipu_model::NameKind;
use quipu_packs::ReferenceEngine;

use super::entity::Entity;
use super::mention::{Found, Place};
use super::resolve::Story;
use super::words::Sort;

/// Resolves a pronoun, if somebody fits.
pub(crate) fn resolve(story: &mut Story<'_, '_>, at: usize) {
    let own = &story.found[at];
    let Some(pronoun) = own.pronoun else { return };
    let rule = pronoun.rule.clone();
    match pronoun.agreement.person.or(own.agreement.person) {
        Some(1 | 2) => story.spoken(at, &rule),
        _ => {
            if let Some((entity, _)) = best(story, at, pronoun.sort) {
                story.join(at, entity, &rule);
            }
        }
    }
}

/// Resolves *the former* and *the latter*: of two told together just before.
pub(crate) fn ordinal(story: &mut Story<'_, '_>, at: usize, engine: ReferenceEngine) {
    let own = &story.found[at];
    let near = |entity: &&usize| {
        let other = &story.entities[**entity];
        other.members.len() == 2 && own.sentence.saturating_sub(other.last.sentence) <= 2
    };
    let Some(pair) = story.recent.iter().rev().find(near).copied() else {
        return;
    };
    let pair = &story.entities[pair];
    let member = match engine {
        ReferenceEngine::Former => pair.members.first(),
        _ => pair.members.last(),
    };
    let place = member.and_then(|head| story.place_of(pair.last.sentence, *head));
    if let Some(entity) = place.and_then(|place| story.of[place]) {
        let rule = story.rule_of(at, engine);
        story.join(at, entity, &rule);
    }
}

/// The candidate that is told best, and by how much it is better than the next.
fn best(story: &Story<'_, '_>, at: usize, sort: Sort) -> Option<(usize, i32)> {
    let mut first: Option<(usize, i32)> = None;
    let mut second = None;
    for entity in story.recent.iter().rev().copied() {
        let Some(score) = score(story, at, entity, sort) else {
            continue;
        };
        match first {
            Some((_, most)) if score <= most => second = second.max(Some(score)),
            _ => {
                second = first.map(|(_, most)| most);
                first = Some((entity, score));
            }
        }
    }
    let (entity, most) = first.filter(|(_, most)| *most > 0)?;
    Some((entity, most - second.unwrap_or(0).max(0)))
}

/// How well an entity fits a pronoun; `None` where it cannot be.
fn score(story: &Story<'_, '_>, at: usize, entity: usize, sort: Sort) -> Option<i32> {
    let own = &story.found[at];
    let other = &story.entities[entity];
    let last = other.last;
    let back = own.sentence.checked_sub(last.sentence)?;
    let here = back == 0;
    if here && last.head >= own.head && sort != Sort::Possessive && !own.is_silent() {
        return None;
    }
    // A coordination that the pronoun itself stands in.
    let whole = story.found[*other.mentions.last()?].span;
    if !other.members.is_empty() && whole.contains(own.span) {
        return None;
    }
    // What holds the pronoun, and what stands beside it under one verb.
    if here && own.inside.contains(&last.head) {
        return None;
    }
    let beside = here && own.governor.is_some() && own.governor == last.governor;
    match sort {
        Sort::Reflexive if beside && last.place == Place::Subject => return Some(300),
        Sort::Reflexive => {}
        Sort::Personal if beside => return None,
        _ => {}
    }
    if own.quote.is_some() && story.is_speaker(own.quote, entity) {
        return None;
    }
    let mut points = match back {
        0 => 100,
        1 => 80,
        2 => 50,
        3 => 30,
        4..=6 if other.named => 10,
        _ => return None,
    };
    points += agreeing(story, own, other)?;
    points += match last.place {
        Place::Subject => 30,
        Place::Object => 12,
        Place::Oblique => 4,
        Place::Inside => 0,
    };
    if own.place == Place::Subject && other.subject.is_some_and(|told| own.sentence - told <= 1) {
        points += 15;
    }
    if here && last.place == Place::Subject {
        points += 10;
    }
    points += 5 * i32::try_from(other.mentions.len().min(6)).unwrap_or(6);
    if last.pronoun {
        points += 10;
    }
    if own.is_silent() && last.place == Place::Subject {
        points += 20;
    }
    if sort == Sort::Possessive && told_of(story, own, entity) {
        points += 60;
    }
    Some(points)
}

/// Whether somebody was told to be this one's: *his brother* after *his brother,
/// Pedro Paz*.
fn told_of(story: &Story<'_, '_>, own: &Found<'_>, owner: usize) -> bool {
    let head = own.inside.first();
    let Some(place) = head.and_then(|head| story.place_of(own.sentence, *head)) else {
        return false;
    };
    let lemma = &story.found[place].lemma;
    let known = story.by_noun.get(lemma).into_iter().flatten();
    known.copied().any(|entity| {
        let labels = &story.entities[entity].labels;
        labels
            .iter()
            .any(|label| label.lemma == *lemma && label.owner == Some(owner))
    })
}

/// Number, gender and life of a pronoun against an entity.
fn agreeing(story: &Story<'_, '_>, own: &Found<'_>, other: &Entity) -> Option<i32> {
    let (asked, told) = (own.agreement, other.agreement);
    let mut points = 0;
    let person = told.animate == Some(true);
    // Somebody who is only told as I or you is no third person.
    if told.person.is_some_and(|person| person != 3) {
        return None;
    }
    match asked.plural {
        Some(true) => {
            let collective = other.body
                || other
                    .labels
                    .iter()
                    .any(|label| story.words[own.sentence].collective.contains(&label.lemma));
            match told.plural {
                Some(true) => points += 30,
                _ if collective && !own.is_silent() => points -= 15,
                None if other.kind != Some(NameKind::Location) => points -= 30,
                _ => return None,
            }
        }
        Some(false) if told.plural == Some(true) || !other.members.is_empty() => return None,
        Some(false) | None => {}
    }
    match (asked.gender, told.gender) {
        (Some(one), Some(other)) if one != other => return None,
        (Some(_), Some(_)) => points += 20,
        _ => {}
    }
    match asked.animate {
        Some(true) => match told.animate {
            Some(true) => points += 20,
            None if !other.body && other.kind.is_none() => points -= 40,
            _ => return None,
        },
        Some(false) if person => return None,
        Some(false) | None => {}
    }
    // Places do little.
    if other.kind == Some(NameKind::Location) {
        points -= 30;
    }
    if own.is_silent() && person {
        points += 15;
    }
    Some(points)
}
