//! Holders, standing and polarity of a claim, from the attributions that hold it and
//! from what its own clause shows.

use quipu_model::span::{Repaired, Span};
use quipu_model::{ClauseMark, Holder, Holders, Polarity, Speaker, Standing};

use super::super::ReadSentence;
use super::super::predication::{Predication, Sort, Use};
use super::Said;

/// Speakers in one chain.
const CHAIN: usize = 8;

/// Steps up from a predicate to the clause that somebody is said to say.
const STEPS: usize = 6;

/// What is judged of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) holders: Holders,
    pub(crate) standing: Standing,
    pub(crate) polarity: Polarity,
}

/// Judges the predication at `place` of a sentence. `around` are the attributions
/// that may hold it.
pub(crate) fn judge(sentence: &ReadSentence<'_>, place: usize, around: &[&Said]) -> Judged {
    let own = &sentence.predications[place];
    let letters = sentence.tree.letters[own.token];
    let mut chain: Vec<&Said> = around
        .iter()
        .copied()
        .filter(|said| said.attribution.holds(letters) && !said.attribution.cue.contains(&letters))
        .collect();
    chain.sort_by_key(|said| {
        said.attribution
            .content
            .iter()
            .map(|span| span.len())
            .sum::<u32>()
    });
    chain.truncate(CHAIN);
    let heads = heads(sentence, place);
    let brings = |said: &&&Said| said.heads.iter().any(|head| heads.contains(head));
    let brought = chain.iter().any(|said| brings(&said));
    let nearest = chain.iter().find(|said| {
        let attribution = &said.attribution;
        attribution.speaker != Speaker::Author || attribution.standing != Standing::Asserted
    });
    let direct = nearest.as_ref().is_some_and(brings);
    let mut negative = own.marks.contains(&ClauseMark::Negated);
    if direct && nearest.is_some_and(|said| said.attribution.contrary) {
        negative = !negative;
    }
    let base = nearest.and_then(|said| {
        let attribution = &said.attribution;
        let beside = !direct && !said.heads.is_empty();
        match attribution.standing {
            // What stands beside the thing denied, accused or ordered is told with it.
            Standing::Denied | Standing::Alleged | Standing::Planned if beside => {
                (attribution.speaker != Speaker::Author).then_some(Standing::Reported)
            }
            standing => Some(standing),
        }
    });
    let formal = chain
        .iter()
        .any(|said| said.attribution.standing == Standing::Testified);
    Judged {
        holders: holders(&chain),
        standing: standing(sentence, own, base, brought, formal),
        polarity: if negative {
            Polarity::Negative
        } else {
            Polarity::Positive
        },
    }
}

/// Letters of the clauses of which a predicate is, or is brought by, the head.
fn heads(sentence: &ReadSentence<'_>, place: usize) -> Vec<Span<Repaired>> {
    let tree = &sentence.tree;
    let mut heads = Vec::new();
    let mut at = place;
    for _ in 0..STEPS {
        let own = &sentence.predications[at];
        heads.push(tree.letters[own.token]);
        let Some(governor) = own
            .governor
            .filter(|governor| *governor < sentence.predications.len())
        else {
            break;
        };
        let brought =
            sentence.predications[governor].role == Use::Brings && !tree.is(own.token, "acl");
        if !brought && !tree.is(own.token, "conj") && own.light != Some(governor) {
            break;
        }
        at = governor;
    }
    if let Some(light) = sentence.predications[place].light {
        heads.push(tree.letters[sentence.predications[light].token]);
    }
    heads
}

fn holders(chain: &[&Said]) -> Holders {
    let mut told: Vec<Holder> = Vec::new();
    for said in chain {
        let attribution = &said.attribution;
        let (name, as_written) = match &attribution.speaker {
            Speaker::Author => continue,
            Speaker::Unnamed => (None, None),
            Speaker::Named { name, as_written } => (Some(name.clone()), as_written.clone()),
        };
        // Nothing is its own holder.
        if told.last().is_some_and(|last| last.name == name) {
            continue;
        }
        told.push(Holder {
            name,
            as_written,
            cue: said.words.clone(),
            when: attribution.when.clone(),
        });
    }
    if told.is_empty() {
        Holders::TheSource
    } else {
        Holders::Chain(told)
    }
}

/// The first that holds, in the order of the handbook.
fn standing(
    sentence: &ReadSentence<'_>,
    own: &Predication,
    base: Option<Standing>,
    brought: bool,
    formal: bool,
) -> Standing {
    if let Some(base @ (Standing::Retracted | Standing::Denied)) = base {
        return base;
    }
    let has = |mark| own.marks.contains(&mark);
    let (ahead, doubt) = outlook(sentence, own);
    let content = has(ClauseMark::Content)
        && !brought
        && (!has(ClauseMark::Past) || has(ClauseMark::Passive));
    if (ahead || content || base == Some(Standing::Planned)) && base != Some(Standing::Alleged)
        || (ahead && !has(ClauseMark::Conditional))
    {
        return Standing::Planned;
    }
    match base {
        Some(Standing::Reported | Standing::Asserted) if formal => Standing::Testified,
        Some(Standing::Reported | Standing::Asserted) | None if doubt => Standing::Alleged,
        None => Standing::Asserted,
        Some(base) => base,
    }
}

/// Whether a clause points ahead, and whether it is a guess at what was.
fn outlook(sentence: &ReadSentence<'_>, own: &Predication) -> (bool, bool) {
    let tree = &sentence.tree;
    let words = &sentence.sayings().own;
    let has = |mark| own.marks.contains(&mark);
    let helpers = || own.words.iter().copied().filter(|at| *at != own.token);
    let perfect = helpers().any(|at| words.perfect.contains(tree.lemma(at)) && tree.is(at, "aux"));
    let able = helpers().any(|at| words.ability.contains(&tree.lower(at)));
    // `could not`: he was not able to.
    let failed = has(ClauseMark::Possible) && has(ClauseMark::Negated);
    let failed = failed && has(ClauseMark::Conditional);
    let possible = has(ClauseMark::Possible) && !able && !failed;
    if has(ClauseMark::Future) || has(ClauseMark::Hypothetical) {
        return (true, false);
    }
    if (possible || has(ClauseMark::Necessary)) && perfect {
        return (false, true);
    }
    let wanted = sentence
        .sayings()
        .verb(&own.lemma)
        .is_some_and(|saying| saying.wants && own.sort == Sort::Verb);
    let supposed = has(ClauseMark::Conditional) && !failed;
    let ahead = possible || has(ClauseMark::Necessary) || supposed || wanted;
    (ahead, has(ClauseMark::Doubt))
}
