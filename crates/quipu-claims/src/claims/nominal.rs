//! Predications of nouns: events (`the arrest of X`), ties (`the head of Y`),
//! light verbs (`gave the order`).

use quipu_model::{ClauseMark, NameKind};
use quipu_packs::{Filler, Function, Trigger};

use super::frames::Frames;
use super::predication::{Argument, Predication, Sort, Use};
use super::tree::Tree;

/// Adds what nouns say to the predications of clauses. `at` tells for each word
/// which predication it heads.
pub(crate) fn nouns(
    tree: &Tree<'_>,
    frames: &Frames,
    made: &mut Vec<Predication>,
    at: &mut [Option<usize>],
) {
    for token in tree.order.iter().copied() {
        belonging(tree, frames, token, made, at);
        let lemma = tree.lemma(token);
        if !matches!(tree.pos(token), "NOUN" | "PROPN") || tree.timed[token] {
            continue;
        }
        let event = frames.knows(Trigger::Event, lemma);
        let relation = frames.knows(Trigger::Relation, lemma);
        if !event && !relation {
            continue;
        }
        let known = at[token];
        let mut noun = match known {
            Some(known) => made[known].clone(),
            None => {
                let mut noun = Predication::new(token, lemma, Sort::Noun);
                noun.role = Use::IfFramed;
                noun.marks.insert(ClauseMark::Nonfinite);
                noun
            }
        };
        if known.is_some() && noun.sort != Sort::Noun {
            continue;
        }
        arguments(tree, &mut noun);
        if relation {
            bearers(tree, &mut noun);
        }
        if event
            && let Some(verb) = tree.head[token].and_then(|head| at[head])
            && known.is_none()
        {
            lighten(tree, &mut noun, verb, &made[verb]);
            want(tree, &mut noun, &mut made[verb]);
        }
        match known {
            Some(known) => made[known] = noun,
            None => {
                at[token] = Some(made.len());
                made.push(noun);
            }
        }
    }
}

/// `Paz, of the Milk Board`: a person and a body with nothing but a preposition
/// between them. The preposition is the predicate.
fn belonging(
    tree: &Tree<'_>,
    frames: &Frames,
    person: usize,
    made: &mut Vec<Predication>,
    at: &mut [Option<usize>],
) {
    if tree.name_kind(person) != Some(NameKind::Person) {
        return;
    }
    let body = tree.children(person).iter().copied().find(|child| {
        let named = tree.name_kind(*child);
        tree.is(*child, "nmod")
            && !matches!(named, Some(NameKind::Person | NameKind::Location))
            && super::fillers::is(tree, &[], *child, Filler::Organisation)
    });
    let preposition = body.and_then(|body| tree.child(body, "case"));
    let (Some(body), Some(word)) = (body, preposition.filter(|word| at[*word].is_none())) else {
        return;
    };
    if !frames.knows(Trigger::Relation, tree.lemma(word)) {
        return;
    }
    let mut tie = Predication::new(word, tree.lemma(word), Sort::Noun);
    tie.role = Use::IfFramed;
    tie.marks.insert(ClauseMark::Nonfinite);
    tie.add(Function::Bearer, person);
    tie.add(Function::Oblique(tree.lemma(word).to_owned()), body);
    at[word] = Some(made.len());
    made.push(tie);
}

/// What hangs on the noun: whose it is, of what, by whom, with whom.
fn arguments(tree: &Tree<'_>, noun: &mut Predication) {
    for child in tree.children(noun.token).iter().copied() {
        if tree.timed[child] {
            continue;
        }
        let possessive = tree.has(child, "Poss=Yes");
        match tree.token(child).relation.as_str() {
            "nmod:poss" | "det:poss" => noun.add(Function::Possessor, child),
            "det" | "amod" if possessive => noun.add(Function::Possessor, child),
            "compound" if !tree.words.ranks.contains(tree.lemma(child)) => {
                noun.add(Function::Compound, child);
            }
            // `Chilean president`: a people stands for its country.
            "amod"
                if child < noun.token
                    && is_capital(tree, child)
                    && !tree.words.ranks.contains(tree.lemma(child)) =>
            {
                noun.add(Function::Compound, child);
            }
            _ if tree.is(child, "nmod") || tree.is(child, "obl") => {
                if let Some(case) = tree.case(child) {
                    let token = if tree.is_relative(child) {
                        continue;
                    } else {
                        child
                    };
                    noun.add(Function::Oblique(case.to_owned()), token);
                    below(tree, noun, token);
                }
            }
            "acl" if tree.has(child, "VerbForm=Inf") => noun.add(Function::Clause, child),
            _ => {}
        }
    }
}

/// `the arrest of Soto in Lima`, `the sale of the boat by the bank`: what hangs on
/// a name is the event's, and so is what only another noun could have behind it.
fn below(tree: &Tree<'_>, noun: &mut Predication, token: usize) {
    for child in tree.children(token).iter().copied() {
        if tree.is(child, "nmod")
            && !tree.timed[child]
            && let Some(case) = tree.case(child)
            && (!tree.words.of.contains(case)
                || tree.name[token].is_some()
                || tree.name_kind(child) == Some(NameKind::Organisation))
            && tree.name[child].is_none_or(|name| Some(name) != tree.name[token])
        {
            noun.add(Function::Oblique(case.to_owned()), child);
        }
    }
}

fn is_capital(tree: &Tree<'_>, at: usize) -> bool {
    at > 0 && tree.form(at).chars().next().is_some_and(char::is_uppercase)
}

/// Who is said to be it: a name beside it, an apposition, a subject.
fn bearers(tree: &Tree<'_>, noun: &mut Predication) {
    let token = noun.token;
    if noun.has(&Function::Bearer) {
        return;
    }
    let named =
        |at: usize| tree.name[at].is_some() || tree.titled[at].is_some() || tree.pos(at) == "PROPN";
    let mut bearer = tree
        .children(token)
        .iter()
        .copied()
        .find(|child| tree.is(*child, "appos") && named(*child));
    // `Paz, adviser and owner of the office`: the second post is borne as the first.
    let first = match tree.head[token] {
        Some(head) if tree.is(token, "conj") && tree.pos(head) == "NOUN" => head,
        _ => token,
    };
    let head = tree.head[first].filter(|head| tree.is_nominal(*head));
    if bearer.is_none() && (tree.is(first, "appos") || tree.is_exactly(token, "nmod:desc")) {
        bearer = head;
        // `Paz, a former officer, head of the port`: the first of the row.
        for _ in 0..3 {
            let Some(at) = bearer.filter(|at| !named(*at) && tree.is(*at, "appos")) else {
                break;
            };
            bearer = tree.head[at];
        }
    }
    if bearer.is_none()
        && let Some(name) = tree.titled[token]
    {
        bearer = head_of_name(tree, token, name.span.start());
    }
    if bearer.is_none() {
        let near = |at: &usize| at.abs_diff(token) <= 6;
        let named = |at: usize| tree.name_kind(at) == Some(NameKind::Person);
        bearer = tree.children(token).iter().copied().find(|child| {
            (tree.is(*child, "flat") || tree.is_exactly(*child, "nmod:desc"))
                && near(child)
                && named(*child)
        });
    }
    if bearer.is_none()
        && (tree.is(token, "compound") || tree.is(token, "flat"))
        && tree.name[token].is_none()
    {
        bearer = head.filter(|head| tree.name_kind(*head) == Some(NameKind::Person));
    }
    // `es dueño de la finca` behind a relative: the antecedent is its own head.
    if let Some(bearer) = bearer {
        noun.add(Function::Bearer, bearer);
    }
}

/// The word of a name that the others hang on, near a title.
fn head_of_name(tree: &Tree<'_>, near: usize, start: u32) -> Option<usize> {
    let from = near.saturating_sub(20);
    let to = (near + 20).min(tree.len());
    (from..to).find(|at| tree.token(*at).span.start() == start)
}

/// `Soto proposed the sale of the mill to Paz`: the sale is the claim, and lies ahead.
fn want(tree: &Tree<'_>, noun: &mut Predication, verb: &mut Predication) {
    let further = |own: &&Argument| {
        matches!(own.function, Function::Oblique(_) | Function::Recipient)
            && own.token != noun.token
    };
    let further: Vec<Argument> = verb.arguments.iter().filter(further).cloned().collect();
    let wanted = verb.sort == Sort::Verb
        && tree.words.wanting.contains(&verb.lemma)
        && noun.arguments.len() + further.len() > 1
        && matches!(verb.role, Use::Claim | Use::IfFramed)
        && verb.argument(&Function::Object).map(|own| own.token) == Some(noun.token);
    if wanted {
        verb.role = Use::Says;
        noun.marks.insert(ClauseMark::Future);
        for own in further {
            noun.add(own.function, own.token);
        }
    }
}

/// `gave the order to X`, `there were payments`: the verb's subject and obliques are the noun's.
fn lighten(tree: &Tree<'_>, noun: &mut Predication, place: usize, verb: &Predication) {
    let exists = tree.words.existing.contains(&verb.lemma);
    let carries = verb.sort == Sort::Verb
        && (exists || tree.words.light.contains(&verb.lemma))
        && verb.arguments.iter().any(|own| {
            let function =
                own.function == Function::Object || (exists && own.function == Function::Subject);
            function && own.token == noun.token
        });
    if !carries {
        return;
    }
    noun.light = Some(place);
    noun.role = verb.role;
    noun.marks = verb.marks.clone();
    noun.governor = verb.governor;
    noun.words.extend(verb.words.iter().copied());
    for argument in &verb.arguments {
        if argument.token != noun.token {
            noun.add(argument.function.clone(), argument.token);
        }
    }
}
