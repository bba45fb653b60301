//! Verbs, nouns, phrases and particles of saying, with the clause that each brings.

use quipu_model::span::{Repaired, Span};
use quipu_model::{ClauseMark, Polarity, Standing};
use quipu_packs::{Function, Negated, Saying};

use super::super::ReadSentence;
use super::super::predication::{Predication, Sort, Use};
use super::super::tree::Tree;
use super::{Draft, SayingWords, Source, around, letters_of};

/// Steps up from a phrase to the clause it belongs to.
const STEPS: usize = 6;

/// Reads the cues of one sentence. Those of `loose` bring no clause but may bring a
/// quotation.
pub(super) fn read<'a>(
    place: usize,
    sentence: &ReadSentence<'a>,
    made: &mut Vec<Draft<'a>>,
    loose: &mut Vec<Draft<'a>>,
) {
    let (tree, words) = (&sentence.tree, sentence.sayings());
    let mut at: Vec<Option<usize>> = vec![None; tree.len()];
    for (own, predication) in sentence.predications.iter().enumerate() {
        at[predication.token] = Some(own);
    }
    let first = made.len();
    for (own, predication) in sentence.predications.iter().enumerate() {
        if predication.sort == Sort::Noun {
            continue;
        }
        let Some(saying) = verb_of(words, predication) else {
            continue;
        };
        // `refused to sign` has its negation in the infinitive already.
        if predication.role == Use::Brings && saying.contrary {
            continue;
        }
        let mut draft = verb(place, sentence, (own, predication), saying, &at);
        draft.when = sentence.settings[own].times.first().copied();
        if !draft.content.is_empty() {
            made.extend(heard(sentence, predication, &draft));
            made.push(draft);
        } else if saying.quotes && draft.polarity == Polarity::Positive {
            loose.push(draft);
        }
    }
    for token in tree.order.iter().copied() {
        if let Some(saying) = words.noun(tree.lemma(token)) {
            made.extend(noun(place, sentence, token, saying, &at));
        }
        if let Some(saying) = tree.case(token).and_then(|case| words.phrase(case)) {
            made.extend(phrase(place, tree, words, token, saying, &at));
        }
        let particle = words.particle(tree.lemma(token));
        if let Some(saying) = particle.or_else(|| words.particle(&tree.lower(token))) {
            made.extend(particle_of(place, tree, token, saying, &at));
        }
    }
    rumour(place, sentence, first, made);
}

fn verb_of<'a>(words: &'a SayingWords, predication: &Predication) -> Option<&'a Saying> {
    let reflexive = predication
        .reflexive
        .then(|| format!("{} se", predication.lemma));
    let particle = predication.particle.as_ref();
    let particle = particle.map(|particle| format!("{} {particle}", predication.lemma));
    let longer = particle.into_iter().chain(reflexive);
    longer
        .map(|lemma| words.verb(&lemma))
        .find(Option::is_some)
        .flatten()
        .or_else(|| words.verb(&predication.lemma))
        .or_else(|| {
            predication
                .other_lemmas
                .iter()
                .find_map(|lemma| words.verb(lemma))
        })
}

fn verb<'a>(
    place: usize,
    sentence: &ReadSentence<'a>,
    (_, predication): (usize, &Predication),
    saying: &'a Saying,
    at: &[Option<usize>],
) -> Draft<'a> {
    let (tree, token) = (&sentence.tree, predication.token);
    let mut draft = Draft::new(saying, (place, token), tree.letters[token]);
    draft.source = source(place, tree, sentence.sayings(), predication);
    negate(&mut draft, predication);
    let heads = contents(sentence, predication, saying, at);
    for head in heads {
        let bare = sentence_nonfinite(sentence, head, at);
        if bare && let Some(standing) = saying.infinitive {
            draft.standing = standing;
        }
        for piece in beside(tree, head, token, draft.source) {
            draft.add(piece);
        }
        draft.heads.push(head);
    }
    if draft.content.is_empty() {
        // `The plan, he said, would fail.` and `as Paz said`.
        let case = tree.case(token).unwrap_or_default();
        let aside = tree.is(token, "parataxis")
            || (tree.is(token, "advcl") && sentence.sayings().own.as_marks.contains(case));
        if let Some(head) = tree.head[token].filter(|_| aside)
            && let Some(clause) = clause_of(tree, head, at)
        {
            for piece in around(tree, clause, tree.extent[token]) {
                draft.add(piece);
            }
            draft.heads.push(clause);
        }
    }
    draft
}

/// The letters of a clause, without the cue and its source where these stand inside:
/// `The mill, the consul said, had closed`.
fn beside(tree: &Tree<'_>, head: usize, cue: usize, source: Source) -> Vec<Span<Repaired>> {
    let (from, to) = tree.extent[head];
    if cue < from || cue > to {
        return vec![letters_of(tree, head)];
    }
    let source = match source {
        Source::Word(_, at) if at.abs_diff(cue) < STEPS => tree.extent[at],
        _ => (cue, cue),
    };
    let inside = source.0 >= from && source.1 <= to && !(source.0..=source.1).contains(&head);
    let cut = if inside {
        (source.0.min(cue), source.1.max(cue))
    } else {
        (cue, cue)
    };
    around(tree, head, cut)
}

/// Whether the content is an infinitive, gerund or participle that is not of the
/// perfect.
fn sentence_nonfinite(sentence: &ReadSentence<'_>, head: usize, at: &[Option<usize>]) -> bool {
    let tree = &sentence.tree;
    let perfect = &sentence.sayings().own.perfect;
    let looks_back = tree
        .children(head)
        .iter()
        .any(|child| tree.is(*child, "aux") && perfect.contains(tree.lemma(*child)));
    let marks = at[head].map(|own| &sentence.predications[own].marks);
    let has = |mark| marks.is_some_and(|marks| marks.contains(&mark));
    !looks_back && (has(ClauseMark::Nonfinite) || has(ClauseMark::Content))
}

/// Heads of the clauses that a predicate brings.
fn contents(
    sentence: &ReadSentence<'_>,
    predication: &Predication,
    saying: &Saying,
    at: &[Option<usize>],
) -> Vec<usize> {
    let (tree, token) = (&sentence.tree, predication.token);
    let clausal = |child: &usize| at[*child].is_some();
    let mut heads: Vec<usize> = Vec::new();
    for child in tree.children(token).iter().copied().filter(clausal) {
        let subject = tree.is(child, "csubj");
        if tree.is(child, "ccomp") || tree.is(child, "xcomp") || subject {
            heads.push(child);
        }
    }
    let clauses = predication.arguments.iter();
    let clauses = clauses.filter(|own| own.function == Function::Clause);
    heads.extend(clauses.map(|own| own.token).filter(clausal));
    heads.sort_unstable();
    heads.dedup();
    let own_deed = |head: &usize| {
        let Some(own) = at[*head].map(|own| &sentence.predications[own]) else {
            return false;
        };
        let bare = tree.child(*head, "nsubj").is_none() && !tree.has(*head, "VerbForm=Fin");
        let helped = tree
            .children(*head)
            .iter()
            .any(|child| tree.is(*child, "aux") && tree.has(*child, "VerbForm=Fin"));
        bare && !helped && own.surface == predication.surface && !predication.is_passive()
    };
    if !saying.own {
        heads.retain(|head| !own_deed(head));
    }
    if heads.is_empty() && saying.quotes {
        let asides = tree.children(token).iter().copied();
        heads.extend(asides.filter(|child| {
            tree.is(*child, "parataxis")
                && clausal(child)
                && sentence.sayings().verb(tree.lemma(*child)).is_none()
        }));
    }
    heads
}

fn negate(draft: &mut Draft<'_>, predication: &Predication) {
    if !predication.marks.contains(&ClauseMark::Negated) {
        return;
    }
    draft.polarity = Polarity::Negative;
    match draft.saying.negated {
        Negated::Inside => draft.contrary = !draft.contrary,
        Negated::Granted => {
            draft.source = Source::Mine;
            draft.standing = Standing::Asserted;
            draft.contrary = false;
        }
    }
}

/// Who says it, by the construction.
fn source(place: usize, tree: &Tree<'_>, words: &SayingWords, predication: &Predication) -> Source {
    let subject = predication.argument(&Function::Subject);
    let bearer = || predication.argument(&Function::Bearer);
    let surface = predication.surface.filter(|_| !predication.is_passive());
    let told = subject.or_else(bearer).map(|own| own.token).or(surface);
    if let Some(token) = told {
        return of_word(tree, words, (place, predication.token), token);
    }
    let token = predication.token;
    let persons = std::iter::once(token).chain(tree.children(token).iter().copied());
    let helps = |at: &usize| *at == token || tree.is(*at, "aux") || tree.is(*at, "cop");
    let person = persons
        .filter(helps)
        .find_map(|at| Some((tree.feature(at, "Person")?, at)));
    match person {
        _ if predication.is_passive() || predication.reflexive => Source::Unnamed,
        Some(("1", _)) => Source::Mine,
        Some(("3", at)) if tree.has(at, "Number=Sing") && tree.child(token, "expl").is_none() => {
            Source::Left
        }
        _ => Source::Unnamed,
    }
}

fn of_word(
    tree: &Tree<'_>,
    words: &SayingWords,
    (place, cue): (usize, usize),
    token: usize,
) -> Source {
    let lower = tree.lower(token);
    let span = super::super::phrase::phrase(tree, token);
    let phrase = tree.words_of(span).to_lowercase();
    let expletive = tree.words.expletive.contains(&lower);
    if words.own.first_person.contains(&lower) || words.own.author.contains(&phrase) {
        Source::Mine
    } else if expletive || token == cue {
        Source::Unnamed
    } else {
        Source::Word(place, token)
    }
}

/// `had heard from an officer that`: he from whom it is heard is the nearest.
fn heard<'a>(
    sentence: &ReadSentence<'a>,
    predication: &Predication,
    draft: &Draft<'a>,
) -> Option<Draft<'a>> {
    let from = predication.arguments.iter().find(
        |own| matches!(&own.function, Function::Oblique(case) if draft.saying.from.contains(case)),
    )?;
    let mut nearer = draft.clone();
    nearer.source = of_word(&sentence.tree, sentence.sayings(), draft.at, from.token);
    Some(nearer)
}

/// `the claim of Paz that`, `an order to arrest him`.
fn noun<'a>(
    place: usize,
    sentence: &ReadSentence<'a>,
    token: usize,
    saying: &'a Saying,
    at: &[Option<usize>],
) -> Option<Draft<'a>> {
    let tree = &sentence.tree;
    let mut draft = Draft::new(saying, (place, token), tree.letters[token]);
    for child in tree.children(token).iter().copied() {
        let brings = tree.is_exactly(child, "acl") || tree.is(child, "ccomp");
        let clause = tree.child(child, "mark").is_some() || tree.has(child, "VerbForm=Inf");
        if brings && clause && at[child].is_some() && child > token {
            if let Some(standing) = saying.infinitive
                && sentence_nonfinite(sentence, child, at)
            {
                draft.standing = standing;
            }
            draft.add(letters_of(tree, child));
            draft.heads.push(child);
        }
    }
    if draft.content.is_empty() {
        return None;
    }
    let owner = tree.children(token).iter().copied().find(|child| {
        let case = tree.case(*child).unwrap_or_default();
        let owned = tree.words.of.contains(case) || tree.words.agent.contains(case);
        let before = draft.heads.first().is_some_and(|head| child < head);
        tree.is_exactly(*child, "nmod:poss")
            || tree.is_exactly(*child, "det:poss")
            || (tree.is(*child, "nmod") && owned && before)
    });
    draft.source = match owner {
        Some(owner) => of_word(tree, sentence.sayings(), (place, token), owner),
        // `he made the claim that`
        None => tree.head[token]
            .filter(|_| tree.is(token, "obj"))
            .and_then(|head| at[head])
            .map(|own| &sentence.predications[own])
            .and_then(|verb| verb.surface.filter(|_| !verb.is_passive()))
            .map_or(Source::Unnamed, |subject| {
                of_word(tree, sentence.sayings(), (place, token), subject)
            }),
    };
    Some(draft)
}

/// The clause that a word belongs to: its own, or the nearest above it.
fn clause_of(tree: &Tree<'_>, from: usize, at: &[Option<usize>]) -> Option<usize> {
    let mut token = from;
    for _ in 0..STEPS {
        if at[token].is_some() {
            return Some(token);
        }
        token = tree.head[token]?;
    }
    None
}

/// `according to Paz`.
fn phrase<'a>(
    place: usize,
    tree: &Tree<'a>,
    words: &'a SayingWords,
    token: usize,
    saying: &'a Saying,
    at: &[Option<usize>],
) -> Option<Draft<'a>> {
    let case = tree
        .children(token)
        .iter()
        .copied()
        .find(|child| (tree.is(*child, "case") || tree.is(*child, "mark")) && *child < token)?;
    let last = tree.children(case).last().copied().filter(|at| *at < token);
    let cue = tree.letters[case].join(tree.letters[last.unwrap_or(case).max(case)]);
    // `según dice Paz` is a clause.
    if at[token].is_some() && !tree.is_nominal(token) {
        return None;
    }
    let mut draft = Draft::new(saying, (place, case), cue);
    draft.source = of_word(tree, words, (place, case), token);
    let clause = clause_of(tree, tree.head[token]?, at)?;
    for piece in around(tree, clause, tree.extent[token]) {
        draft.add(piece);
    }
    draft.heads.push(clause);
    Some(draft)
}

/// `allegedly`, `el presunto pago`.
fn particle_of<'a>(
    place: usize,
    tree: &Tree<'a>,
    token: usize,
    saying: &'a Saying,
    at: &[Option<usize>],
) -> Option<Draft<'a>> {
    if at[token].is_some() {
        return None;
    }
    let mut draft = Draft::new(saying, (place, token), tree.letters[token]);
    let head = tree.head[token]?;
    let clause = if tree.is(token, "amod") {
        head
    } else {
        clause_of(tree, head, at)?
    };
    for piece in around(tree, clause, tree.extent[token]) {
        draft.add(piece);
    }
    draft.heads.push(clause);
    Some(draft)
}

/// The perfect conditional without an if: `habría cobrado`. Where somebody is said
/// to say so, it is his doubt, else nobody's whom the text names.
fn rumour<'a>(place: usize, sentence: &ReadSentence<'a>, first: usize, made: &mut Vec<Draft<'a>>) {
    let (tree, words) = (&sentence.tree, sentence.sayings());
    let Some(saying) = words.own.saying.iter().find(|saying| saying.rumour) else {
        return;
    };
    let supposed = |own: &Predication| own.marks.contains(&ClauseMark::Hypothetical);
    if sentence.predications.iter().any(supposed) {
        return;
    }
    for predication in &sentence.predications {
        if !predication.marks.contains(&ClauseMark::Conditional) || predication.role == Use::Idle {
            continue;
        }
        let token = predication.token;
        let letters = tree.letters[token];
        let helper = tree.children(token).iter().copied().find(|child| {
            words.own.perfect.contains(tree.lemma(*child)) && tree.has(*child, "Mood=Cnd")
        });
        let others = made.get(first..).unwrap_or_default();
        let phrased = |draft: &Draft<'_>| draft.holds(letters) && !draft.saying.phrases.is_empty();
        let simple = others.iter().any(phrased).then_some(token);
        let Some(cue) = helper.or(simple) else {
            continue;
        };
        let mut draft = Draft::new(saying, (place, cue), tree.letters[cue]);
        if others.iter().any(|other| other.holds(letters)) {
            draft.source = Source::Mine;
        }
        draft.add(letters_of(tree, token));
        draft.heads.push(token);
        made.push(draft);
    }
}
