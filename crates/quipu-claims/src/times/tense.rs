//! Past or future: by the verb that governs a time in the tree of its sentence,
//! or, where there is no tree, by the words near it.

use quipu_model::{Sentence, Token};
use quipu_packs::fold;

use super::story::{Story, TENSE_REACH, floor};

/// Past or future, as the words around a time tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    Unknown,
}

/// The tense of the words around a time, and whether they tell it for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ToldTense {
    pub(crate) tense: Tense,
    /// A finite verb governs the time itself. Otherwise it governs a thing that
    /// the time belongs to: "we discussed the visit of 24 October".
    pub(crate) sure: bool,
}

/// So many words stand between the parts of a verb.
const AUXILIARY_REACH: usize = 3;
/// So many steps up the tree a verb is looked for.
const STEPS_MAX: usize = 12;
/// So far from its verb an auxiliary may stand, in words.
const AUXILIARY_WINDOW: usize = 12;
/// What a word of the class `future` is worth that looks ahead from the past.
const FROM_THE_PAST: i64 = 2;

/// What a verb says of its time.
enum Verb {
    Past,
    Future,
    /// Finite, and neither: "is being readied".
    Open,
    /// Rather ahead: "may be completed".
    Ahead,
    /// Present, with a verb in the infinitive below it: "hopes to visit".
    Present,
    /// Not finite; `true` where it says that something was done.
    Bare(bool),
}

impl Story<'_> {
    /// The tense of the time that is being read.
    pub(crate) fn tense(&self) -> Tense {
        self.told_tense().tense
    }

    /// The tense of the time that is being read, and how surely it is told.
    pub(crate) fn told_tense(&self) -> ToldTense {
        self.by_tree().unwrap_or_else(|| ToldTense {
            tense: self.tense_by_words(),
            sure: true,
        })
    }

    /// The tense of the verb above the time in the tree; nothing where there is
    /// no tree or no verb.
    fn by_tree(&self) -> Option<ToldTense> {
        let tokens = &self.sentence()?.tokens;
        let inside = |token: &Token| token.span.overlaps(self.here);
        let mut at = tokens.iter().position(|token| {
            inside(token) && above(tokens, token).is_none_or(|head| !inside(&tokens[head]))
        })?;
        let (mut direct, mut infinitive) = (true, false);
        for _ in 0..STEPS_MAX {
            at = above(tokens, &tokens[at])?;
            let told = |tense, sure| Some(ToldTense { tense, sure });
            match self.verb(tokens, at) {
                None => direct = false,
                Some(Verb::Bare(done)) => {
                    if done && direct {
                        return told(Tense::Past, true);
                    }
                    infinitive |= !done;
                }
                // "decided to meet in June": before or after the document.
                Some(Verb::Past) if infinitive => return told(Tense::Unknown, false),
                Some(Verb::Past) => return told(Tense::Past, direct),
                Some(Verb::Future) => return told(Tense::Future, direct),
                Some(Verb::Ahead) => return told(Tense::Future, false),
                Some(Verb::Present) if infinitive => return told(Tense::Future, false),
                Some(Verb::Present | Verb::Open) => return told(Tense::Unknown, false),
            }
        }
        None
    }

    /// What a word says of the times below it; nothing where it is no verb and
    /// none is made of it by a copula.
    fn verb(&self, tokens: &[Token], at: usize) -> Option<Verb> {
        let main = &tokens[at];
        let window = at.saturating_sub(AUXILIARY_WINDOW)..(at + AUXILIARY_REACH).min(tokens.len());
        let helpers = || {
            let near = tokens.get(window.clone()).unwrap_or_default();
            near.iter().filter(move |token| {
                let part = token.relation.starts_with("aux") || token.relation == "cop";
                part && usize::try_from(token.head).is_ok_and(|head| head == at + 1)
            })
        };
        let past = |token: &Token| has(token, &["Tense=Past", "Tense=Imp"]);
        let participle = |token: &Token| has(token, &["VerbForm=Part"]);
        let mut ahead_from_past = false;
        for helper in helpers() {
            match self.future_worth(self.letters(helper)) {
                Some(FROM_THE_PAST) => ahead_from_past = true,
                Some(_) => return Some(Verb::Future),
                None if has(helper, &["Tense=Fut"]) => return Some(Verb::Future),
                None => {}
            }
        }
        let verbal = matches!(main.upos.as_str(), "VERB" | "AUX");
        let helped = helpers().next().is_some();
        if !verbal && !helped {
            return None;
        }
        let perfect = helpers().any(|token| token.relation == "aux")
            && helpers()
                .all(|token| token.relation != "aux:pass" || (participle(token) && past(token)))
            && (participle(main) && !has(main, &["Tense=Pres"]) || !verbal);
        if ahead_from_past {
            return Some(if perfect { Verb::Past } else { Verb::Open });
        }
        if has(main, &["Tense=Fut"]) {
            return Some(Verb::Future);
        }
        let finite_past = |token: &Token| past(token) && has(token, &["VerbForm=Fin"]);
        let looks_ahead = verbal && self.future_worth(self.letters(main)).is_some();
        if finite_past(main) || perfect || helpers().any(finite_past) {
            return Some(if looks_ahead { Verb::Open } else { Verb::Past });
        }
        if looks_ahead {
            return Some(Verb::Future);
        }
        let infinitive = |token: &Token| has(token, &["VerbForm=Inf"]);
        Some(if helped {
            if (verbal && infinitive(main)) || helpers().any(infinitive) {
                Verb::Ahead
            } else {
                Verb::Open
            }
        } else if has(main, &["VerbForm=Fin"]) {
            Verb::Present
        } else {
            Verb::Bare(participle(main) && past(main))
        })
    }

    fn letters(&self, token: &Token) -> &str {
        self.text.get(token.span.range()).unwrap_or_default()
    }

    /// What a word is worth among those that look ahead.
    fn future_worth(&self, word: &str) -> Option<i64> {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let folded: String = word.chars().map(fold::base).collect();
        let id = self.machine.word(folded.as_bytes());
        self.machine.worth(id, self.machine.own.future)
    }

    /// The tense that the nearest words tell, whatever they belong to.
    pub(crate) fn tense_by_words(&self) -> Tense {
        let here = self.here.range();
        let before = self.text.get(..here.start).unwrap_or_default();
        let after = self.text.get(here.end..).unwrap_or_default();
        let ends = |c: char| matches!(c, '.' | '!' | '?' | ';' | '\n');
        let from = floor(before, before.len().saturating_sub(TENSE_REACH));
        let before = &before[from..];
        let to = floor(after, TENSE_REACH.min(after.len()));
        let after = &after[..to];
        // Lines that are wrapped end no sentence; only the annotation can tell.
        let (start, end) = match self.sentence() {
            Some(sentence) => {
                let sentence = sentence.span.range();
                (
                    sentence.start.saturating_sub(from).min(before.len()),
                    sentence.end.saturating_sub(here.end).min(after.len()),
                )
            }
            None => (
                before.rfind(ends).map_or(0, |at| at + 1),
                after.find(ends).unwrap_or(after.len()),
            ),
        };
        // The nearest verb before a time tells; only if there is none, one after.
        let before = before.get(start..).unwrap_or(before);
        let words = before.split_whitespace().rev();
        let after = after.get(..end).unwrap_or(after);
        let mut words = words.chain(after.split_whitespace());
        while let Some(word) = words.next() {
            match self.tense_of_word(word) {
                Tense::Unknown => {}
                // "will be held" looks ahead, whatever "held" says.
                Tense::Past => {
                    let ahead = words
                        .by_ref()
                        .take(AUXILIARY_REACH)
                        .any(|word| self.tense_of_word(word) == Tense::Future);
                    return if ahead { Tense::Future } else { Tense::Past };
                }
                Tense::Future => return Tense::Future,
            }
        }
        self.sentence().and_then(tense_of).unwrap_or(Tense::Unknown)
    }

    fn tense_of_word(&self, word: &str) -> Tense {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        // "I'll" tells by what follows the apostrophe.
        let tail = word.rsplit(['\'', '’']).next().unwrap_or_default();
        let known = &self.machine.own;
        for word in [word, tail] {
            let folded: String = word.chars().map(fold::base).collect();
            let id = self.machine.word(folded.as_bytes());
            if self.machine.worth(id, known.future).is_some() {
                return Tense::Future;
            }
            if self.machine.worth(id, known.past).is_some() {
                return Tense::Past;
            }
        }
        let lower = word.to_lowercase();
        if self
            .machine
            .has_ending(lower.as_bytes(), known.future_ending)
        {
            Tense::Future
        } else if self.machine.has_ending(lower.as_bytes(), known.past_ending) {
            Tense::Past
        } else {
            Tense::Unknown
        }
    }
}

/// The place of the head of a word.
fn above(tokens: &[Token], token: &Token) -> Option<usize> {
    let head = usize::try_from(token.head.checked_sub(1)?).ok()?;
    (head < tokens.len()).then_some(head)
}

fn has(token: &Token, features: &[&str]) -> bool {
    features
        .iter()
        .any(|feature| token.features.contains(feature))
}

/// The tense of the main verb of an annotated sentence.
fn tense_of(sentence: &Sentence) -> Option<Tense> {
    let mut tense = None;
    for token in &sentence.tokens {
        if token.upos != "VERB" && token.upos != "AUX" {
            continue;
        }
        if token.features.contains("Tense=Fut") {
            return Some(Tense::Future);
        }
        if token.features.contains("Tense=Past") || token.features.contains("Tense=Imp") {
            tense = Some(Tense::Past);
        }
    }
    tense
}
