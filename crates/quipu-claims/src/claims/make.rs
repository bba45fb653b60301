//! Claims from predications: one for each member of a coordination, with its
//! words, its setting and the reason.

use quipu_model::span::{Repaired, Span};
use quipu_model::{ClauseMark, Role, Slot, Trace};
use quipu_packs::{Function, Trigger};

use super::fillers;
use super::frames::{Filling, Fit, Frames};
use super::phrase;
use super::predication::{Argument, Predication, Sort, Use};
use super::setting::Setting;
use super::silent;
use super::tree::Tree;

/// Words from a predicate to the farthest role that its quote can hold.
const QUOTE: usize = 75;

/// A claim before its anchor is made.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: String,
    pub(crate) subkind: Option<String>,
    pub(crate) predicate: String,
    pub(crate) predicate_span: Span<Repaired>,
    pub(crate) quote: Span<Repaired>,
    pub(crate) roles: Vec<Role>,
    pub(crate) trigger: Option<Trigger>,
    pub(crate) trace: Trace,
}

impl Draft {
    /// What makes it the same tie as another: kind and both ends.
    pub(crate) fn tie(&self) -> [String; 3] {
        let end = |place: usize| {
            let role = self.roles.get(place).and_then(|role| role.filler.as_ref());
            role.map(|slot| slot.name.to_lowercase())
                .unwrap_or_default()
        };
        [self.kind.clone(), end(0), end(1)]
    }
}

/// Whether a predication is a claim, with what frame it has and what it is set in.
pub(crate) fn stands(
    tree: &Tree<'_>,
    predication: &Predication,
    fit: Option<&Fit>,
    setting: &Setting,
) -> bool {
    // `8 February: arrest in Lima`: an event that is a sentence says what a clause does.
    let alone = predication.sort == Sort::Noun
        && tree.head[predication.token].is_none()
        && setting.len() > 0;
    let things = |filled: usize| filled + setting.len() + usize::from(alone) >= 2;
    match (predication.role, fit) {
        (Use::Brings | Use::Says | Use::Idle, _) => false,
        (Use::Claim, Some(fit)) if predication.light.is_none() => {
            let bearer = fit
                .fillings
                .iter()
                .any(|own| matches!(own.by, Some((Function::Bearer, _))));
            fit.trigger != Trigger::Event || bearer || things(fit.filled())
        }
        (_, Some(fit)) => {
            predication.light.is_some() || fit.trigger == Trigger::Relation || things(fit.filled())
        }
        (Use::Claim, None) => {
            predication.light.is_none()
                && (predication.sort == Sort::Verb
                    || predication.copular
                    || predication.sort == Sort::Adjective)
        }
        (Use::IfFramed, None) => {
            predication.sort == Sort::Verb && things(predication.arguments.len())
        }
    }
}

/// The drafts of one predication.
pub(crate) fn drafts(
    tree: &Tree<'_>,
    frames: &Frames,
    predication: &Predication,
    fit: Option<&Fit>,
) -> Vec<Draft> {
    let open;
    let (fillings, frame) = match fit {
        Some(fit) => (&fit.fillings, frames.frames.get(fit.frame)),
        None => {
            open = open_fillings(tree, frames, predication);
            (&open, None)
        }
    };
    if frame.is_none() && says_nothing(tree, predication, fillings) {
        return Vec::new();
    }
    let kind = frame.map_or(quipu_model::OPEN, |frame| frame.kind.as_str());
    let further = fit.map_or(&[][..], |fit| &fit.further);
    let predicate_span = predicate_span(tree, predication, further);
    let mutual = frames.kinds.get(kind).is_some_and(|kind| kind.mutual);
    let mut made = Vec::new();
    for (first, second) in pairs(tree, fillings, frame.is_some(), mutual) {
        let mut roles = Vec::new();
        let mut quote = predicate_span;
        let mut filled = Vec::new();
        for (place, filling) in fillings.iter().enumerate() {
            let token = match place {
                0 => first,
                1 => second,
                _ => filling.by.as_ref().map(|(_, token)| *token),
            };
            let silent = token.is_none();
            let told = || silent::subject(tree, predication, frame, &filling.role, place);
            let slot = token.map_or_else(told, |token| Some(slot(tree, filling, token)));
            if let Some(slot) = &slot {
                let token = token.unwrap_or(predication.token);
                if let Some(span) = slot.span
                    && token.abs_diff(predication.token) <= QUOTE
                    && !is_clause(filling)
                {
                    quote = quote.join(span);
                }
                let function = match &filling.by {
                    Some((own, _)) => own.word(),
                    None if silent => "silent subject",
                    None => "member",
                };
                let words = slot.as_written.clone().unwrap_or_else(|| slot.name.clone());
                filled.push((filling.role.clone(), format!("{words} ({function})")));
            }
            roles.push(Role {
                role: filling.role.clone(),
                filler: slot,
            });
        }
        // Further slots that nobody fills are left out; the two ends keep their place.
        let mut place = 0;
        roles.retain(|role| {
            place += 1;
            place <= 2 || role.filler.is_some()
        });
        let rule = frame.map_or_else(
            || format!("{}.claim.open", frames.language),
            |frame| frame.name.clone(),
        );
        let sentence = explained(tree.words_of(predicate_span), kind, &filled);
        made.push(Draft {
            kind: kind.to_owned(),
            subkind: frame.and_then(|frame| frame.subkind.clone()),
            predicate: predicate_lemma(tree, predication, further),
            predicate_span,
            quote,
            trigger: fit.map(|fit| fit.trigger),
            trace: Trace {
                rule,
                filled,
                sentence,
            },
            roles,
        });
    }
    made
}

/// Whether a predicate without a kind has nobody and nothing to it, or only an
/// abstraction: `the likelihood is great`.
fn says_nothing(tree: &Tree<'_>, predication: &Predication, fillings: &[Filling]) -> bool {
    let mut ends = fillings.iter().take(2).filter_map(|own| own.by.as_ref());
    let unwritten = !predication.marks.contains(&ClauseMark::Nonfinite)
        && fillings.iter().take(2).all(|own| own.by.is_none());
    let abstraction = |(_, at): &(Function, usize)| {
        tree.name[*at].is_none() && tree.words.abstractions.contains(tree.lemma(*at))
    };
    // `as Paz said`, `is aware`: what is said stands elsewhere.
    let only_says = tree.words.saying.contains(&predication.lemma)
        && !tree.words.asking.contains(&predication.lemma)
        && predication.sort != Sort::Noun
        && fillings.get(1).is_none_or(|own| own.by.is_none());
    only_says || (!unwritten && ends.all(abstraction))
}

fn is_clause(filling: &Filling) -> bool {
    matches!(filling.by, Some((Function::Clause, _)))
}

fn slot(tree: &Tree<'_>, filling: &Filling, token: usize) -> Slot {
    if !is_clause(filling) {
        return phrase::slot(tree, token);
    }
    let (from, to) = tree.extent[token];
    let (from, to) = (from.max(token.saturating_sub(QUOTE)), to.min(token + QUOTE));
    let span = tree.letters[from].join(tree.letters[to]);
    let words = tree.words_of(span).trim_end_matches(['.', ',', ';', ' ']);
    let span = Span::new(span.start(), span.start() + words.len() as u32);
    Slot {
        name: words.to_owned(),
        as_written: Some(words.to_owned()),
        span: Some(span),
    }
}

/// Members of the first role with members of the second; of one that does a
/// mutual thing, each with the first.
fn pairs(
    tree: &Tree<'_>,
    fillings: &[Filling],
    framed: bool,
    mutual: bool,
) -> Vec<(Option<usize>, Option<usize>)> {
    let members = |place: usize| -> Vec<Option<usize>> {
        let by = fillings.get(place).and_then(|filling| filling.by.as_ref());
        match by {
            None => vec![None],
            Some((Function::Clause, token)) => vec![Some(*token)],
            Some((Function::Itself, token)) if framed => vec![Some(*token)],
            Some((_, token)) => tree.members(*token).into_iter().map(Some).collect(),
        }
    };
    let (first, second) = (members(0), members(1));
    let between = |place: usize| {
        let by = fillings.get(place).and_then(|filling| filling.by.as_ref());
        matches!(by, Some((Function::Oblique(case), _)) if tree.words.between.contains(case))
    };
    if between(0) && between(1) {
        return vec![(first[0], second[0])];
    }
    if (mutual || between(0)) && second == [None] && first.len() > 1 {
        return first[1..].iter().map(|other| (first[0], *other)).collect();
    }
    first
        .iter()
        .flat_map(|one| second.iter().map(move |other| (*one, *other)))
        .collect()
}

/// Roles of a predication that no frame takes.
fn open_fillings(tree: &Tree<'_>, frames: &Frames, predication: &Predication) -> Vec<Filling> {
    let mut used: Vec<usize> = Vec::new();
    let mut find = |functions: &[Function]| {
        let found = functions.iter().find_map(|function| {
            if *function == Function::Itself {
                let told = predication.sort == Sort::Noun && !is_state(tree, predication.token);
                return told.then_some((function, predication.token));
            }
            let mut own = predication.arguments.iter();
            let fits = |own: &&Argument| own.function == *function && !used.contains(&own.token);
            own.find(fits).map(|own| (function, own.token))
        });
        let found = found.map(|(function, token)| (function.clone(), token));
        used.extend(found.as_ref().map(|(_, token)| *token));
        found
    };
    let agent = find(&[Function::Subject, Function::Bearer]);
    let mut patient = find(&[Function::Object, Function::Itself, Function::Complement])
        .and_then(|found| measured(tree, found))
        .filter(|found| fills(tree, found));
    let recipient = find(&[Function::Recipient]);
    let thing = find(&[Function::Clause]);
    let deed = patient.clone().filter(|(function, noun)| {
        *function == Function::Object
            && tree.words.light.contains(&predication.lemma)
            && tree.words.deeds.contains(tree.lemma(*noun))
    });
    if let Some((_, noun)) = deed {
        let of = |child: &usize| tree.is(*child, "nmod") && !tree.timed[*child];
        let own = tree.children(noun).iter().copied().find(of);
        patient = own.map(|child| (Function::Oblique(cased(tree, child)), child));
    }
    let exists = tree.words.existing.contains(&predication.lemma);
    if patient.is_none() && !exists {
        patient = predication.arguments.iter().find_map(|own| {
            let Function::Oblique(case) = &own.function else {
                return None;
            };
            let place = tree.words.place.contains(case) && fillers::is_place(tree, own.token);
            let setting = place || tree.length[own.token] || tree.timed[own.token];
            let other = !setting && !tree.words.circumstance.contains(case);
            let found = (own.function.clone(), own.token);
            (other && fills(tree, &found)).then_some(found)
        });
    }
    let kind = frames.kinds.get(quipu_model::OPEN);
    let roles = kind.into_iter().flat_map(|kind| kind.roles());
    roles
        .zip([agent, patient, recipient, thing])
        .map(|(role, by)| Filling {
            role: role.to_owned(),
            by,
        })
        .collect()
}

fn cased(tree: &Tree<'_>, at: usize) -> String {
    tree.case(at).unwrap_or_default().to_owned()
}

/// What is measured, where a mere measure heads the phrase: `had nine tons of wheat`.
fn measured(tree: &Tree<'_>, found: (Function, usize)) -> Option<(Function, usize)> {
    let (function, at) = found;
    if tree.amount[at].is_none() || !is_measure(tree, at) || function != Function::Object {
        return Some((function, at));
    }
    let of = |child: &usize| {
        tree.is(*child, "nmod")
            && tree
                .case(*child)
                .is_some_and(|case| tree.words.of.contains(case))
    };
    let own = tree.children(at).iter().copied().find(of);
    own.map(|child| (function, child))
}

/// Whether an argument can be a second role: an amount alone is none, an adjective
/// is part of the predicate.
fn fills(tree: &Tree<'_>, (function, at): &(Function, usize)) -> bool {
    let measure = tree.amount[*at].is_some() && is_measure(tree, *at);
    let date = *function == Function::Itself && tree.timed[*at];
    let quality = *function == Function::Complement && tree.pos(*at) == "ADJ";
    !measure && !date && !quality
}

/// Whether a noun behind a copula says with its case word in which state or place
/// something is: `is in force`, `was in the room`.
fn is_state(tree: &Tree<'_>, at: usize) -> bool {
    let words = tree.words;
    let state = |case: &str| {
        let of =
            words.of.contains(case) && !fillers::is(tree, &[], at, quipu_packs::Filler::Person);
        of || words.place.contains(case) || words.circumstance.contains(case)
    };
    // Its own case word, not the marker of its clause.
    let case = tree.child(at, "case").map(|case| tree.lemma(case));
    tree.name[at].is_none() && case.is_some_and(state)
}

/// Whether an amount is a mere measure: money, a share, a bare number.
fn is_measure(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.pos(at), "NUM" | "SYM") || tree.words.measures.contains(tree.lemma(at))
}

/// The predicate's lemma, with what makes it another: `set up`, `reunir se`.
fn predicate_lemma(tree: &Tree<'_>, predication: &Predication, further: &[usize]) -> String {
    let mut lemma = predication.lemma.clone();
    let more = predication.particle.iter().map(String::as_str);
    for word in more.chain(further.iter().map(|at| tree.lemma(*at))) {
        lemma.push(' ');
        lemma.push_str(word);
    }
    lemma
}

/// The words of the predicate that stand together around its head.
fn predicate_span(tree: &Tree<'_>, predication: &Predication, further: &[usize]) -> Span<Repaired> {
    let mut words: Vec<usize> = predication.words.iter().copied().collect();
    words.extend_from_slice(further);
    words.sort_unstable();
    let gap = if predication.copular || predication.light.is_some() || !further.is_empty() {
        4
    } else {
        1
    };
    let token = predication.token;
    let here = words.partition_point(|at| *at < token);
    let (mut from, mut to) = (token, token);
    for at in words.iter().take(here).rev().copied() {
        if from - at > gap {
            break;
        }
        from = at;
    }
    for at in words.iter().skip(here + 1).copied() {
        if at - to > gap {
            break;
        }
        to = at;
    }
    tree.letters[from].join(tree.letters[to])
}

fn explained(words: &str, kind: &str, filled: &[(String, String)]) -> String {
    let mut line = format!("`{words}` says {kind}");
    for (i, (role, words)) in filled.iter().enumerate() {
        line.push_str(if i == 0 { ": " } else { "; " });
        line.push_str(role);
        line.push_str(" is ");
        line.push_str(words);
    }
    line.push('.');
    line
}
