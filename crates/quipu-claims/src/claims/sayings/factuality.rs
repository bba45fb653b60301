//! How sure a text is of each predicate, from -3 to 3.

use quipu_model::{ClauseMark, Factuality, Polarity, Standing};

use super::super::ReadSentence;
use super::super::predication::{Sort, Use};
use super::Said;
use super::judge::judge;

/// The factuality of each predicate of a sentence, in its order.
pub(crate) fn factuality(sentence: &ReadSentence<'_>, around: &[&Said]) -> Vec<Factuality> {
    let table = &sentence.sayings().own.factuality;
    let worth = |word: &str| table.get(word).copied().unwrap_or_default();
    let mut made: Vec<Factuality> = Vec::with_capacity(sentence.predications.len());
    for (place, own) in sentence.predications.iter().enumerate() {
        if own.sort == Sort::Noun && !own.copular && !sentence.stands[place] {
            continue;
        }
        let judged = judge(sentence, place, around);
        let has = |mark| own.marks.contains(&mark);
        let mut sure = worth(judged.standing.word());
        if own.role == Use::Brings && judged.standing == Standing::Asserted {
            sure = worth("brings");
        }
        if has(ClauseMark::Imperative) {
            sure = worth("imperative");
        } else if has(ClauseMark::Question) {
            sure = worth("question");
        } else if own.role == Use::Idle && has(ClauseMark::Nonfinite) {
            sure = worth("purpose");
        } else if has(ClauseMark::Possible) && judged.standing == Standing::Asserted {
            sure = worth("able");
        }
        if judged.polarity == Polarity::Negative {
            sure = match judged.standing {
                Standing::Planned => worth("planned-not"),
                _ => -sure.abs(),
            };
        }
        made.push(Factuality {
            span: sentence.tree.letters[own.token],
            thousandths: sure.clamp(-3000, 3000),
        });
    }
    made.sort_by_key(|own| own.span);
    made
}
