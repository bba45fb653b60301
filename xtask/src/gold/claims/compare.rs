//! Which claims of two annotators are the same claim, and in what they differ: as
//! `agree.py` has it, so that its figures and ours may stand side by side.

use std::cmp::Ordering;

use super::super::times_amounts::named_unit;
use super::told::{Amount, Filler, Told, When, words_of};

/// Whether two fillers are the same: empty both, or a word shared.
pub(super) fn same_filler(one: &Filler, other: &Filler) -> bool {
    let words = |filler: &Filler| {
        [
            words_of(filler.name.as_deref()),
            words_of(filler.as_written.as_deref()),
        ]
    };
    let (mine, theirs) = (words(one), words(other));
    let none =
        |words: &[std::collections::BTreeSet<String>; 2]| words.iter().all(|own| own.is_empty());
    if none(&mine) || none(&theirs) {
        return none(&mine) && none(&theirs);
    }
    let share = |at: usize| !mine[at].is_disjoint(&theirs[at]);
    share(0) || share(1)
}

fn role(claim: &Told, at: usize) -> Filler {
    claim.roles.get(at).cloned().unwrap_or_default()
}

/// Whether a role is filled at all.
pub(super) fn filled(filler: &Filler) -> bool {
    let told = |words: &Option<String>| words.as_ref().is_some_and(|words| !words.is_empty());
    told(&filler.name) || told(&filler.as_written)
}

/// Whether the first two roles are filled alike.
pub(super) fn roles_alike(a: &Told, b: &Told) -> [bool; 2] {
    [0, 1].map(|at| same_filler(&role(a, at), &role(b, at)))
}

/// Whether `b` has the two fillers of `a` the other way round; nothing where that
/// cannot be said.
pub(super) fn turned(a: &Told, b: &Told) -> Option<bool> {
    let full = |claim: &Told| [0, 1].iter().all(|at| filled(&role(claim, *at)));
    if !full(a) || !full(b) {
        return None;
    }
    let crossed = same_filler(&role(a, 0), &role(b, 1)) && same_filler(&role(a, 1), &role(b, 0));
    let straight = roles_alike(a, b).iter().all(|alike| *alike);
    (crossed != straight).then_some(crossed)
}

/// Whether both say the same of the same two, in whatever direction.
pub(super) fn found(a: &Told, b: &Told) -> bool {
    roles_alike(a, b).iter().all(|alike| *alike) || turned(a, b) == Some(true)
}

/// Places in `key` and in `ours` of claims whose predicates share a word, the most
/// alike first, each claim once.
pub(super) fn pairs(key: &[Told], ours: &[Told]) -> Vec<(usize, usize)> {
    let mut scored = Vec::new();
    for (i, a) in key.iter().enumerate() {
        for (j, b) in ours.iter().enumerate() {
            let shared = a.at.intersection(&b.at).count();
            if shared == 0 {
                continue;
            }
            let alike = roles_alike(a, b).iter().filter(|alike| **alike).count() * 2
                + usize::from(turned(a, b) == Some(true)) * 3
                + usize::from(a.kind == b.kind);
            let worth = shared as f64 / a.at.union(&b.at).count() as f64 + alike as f64;
            scored.push((worth, i, j));
        }
    }
    scored.sort_by(|a, b| {
        b.0.partial_cmp(&a.0)
            .unwrap_or(Ordering::Equal)
            .then((a.1, a.2).cmp(&(b.1, b.2)))
    });
    let (mut mine, mut theirs) = (vec![false; key.len()], vec![false; ours.len()]);
    let mut pairs = Vec::new();
    for (_, i, j) in scored {
        if !mine[i] && !theirs[j] {
            (mine[i], theirs[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs
}

/// What is compared of a claim that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    Kind,
    Direction,
    Nearest,
    Chain,
    Standing,
    Polarity,
    Time,
    Amount,
}

impl Test {
    /// All of them, in the order they are shown.
    pub(super) const ALL: [Self; 8] = [
        Self::Kind,
        Self::Direction,
        Self::Nearest,
        Self::Chain,
        Self::Standing,
        Self::Polarity,
        Self::Time,
        Self::Amount,
    ];

    /// Its name.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Direction => "direction",
            Self::Nearest => "holder (nearest)",
            Self::Chain => "holder (whole chain)",
            Self::Standing => "standing",
            Self::Polarity => "polarity",
            Self::Time => "time",
            Self::Amount => "amount",
        }
    }

    /// Whether both say the same; nothing where neither says anything. `english`:
    /// the text is, as the names of things counted are in the key.
    pub(super) fn same(self, key: &Told, ours: &Told, english: bool) -> Option<bool> {
        match self {
            Self::Kind => Some(key.kind == ours.kind),
            Self::Direction => turned(key, ours).map(|turned| !turned),
            Self::Nearest => Some(holders_alike(key, ours, 1)),
            Self::Chain => Some(holders_alike(key, ours, usize::MAX)),
            Self::Standing => Some(key.standing == ours.standing),
            Self::Polarity => Some(key.negative == ours.negative),
            Self::Time => {
                let told = key.when.is_some() || ours.when.is_some();
                told.then(|| same_time(key.when.as_ref(), ours.when.as_ref()))
            }
            Self::Amount => {
                let told = !key.amounts.is_empty() || !ours.amounts.is_empty();
                told.then(|| same_amounts(&key.amounts, &ours.amounts, english))
            }
        }
    }
}

fn holders_alike(a: &Told, b: &Told, depth: usize) -> bool {
    let (mine, theirs) = (a.holders.iter().take(depth), b.holders.iter().take(depth));
    mine.len() == theirs.len() && mine.zip(theirs).all(|(a, b)| same_filler(a, b))
}

fn same_time(key: Option<&When>, ours: Option<&When>) -> bool {
    let (Some(key), Some(ours)) = (key, ours) else {
        return false;
    };
    match (&key.edtf, &ours.edtf) {
        // What cannot be reckoned goes by its words.
        (None, None) => {
            let words = |when: &When| words_of(Some(&when.as_written));
            !words(key).is_disjoint(&words(ours))
        }
        (a, b) => a == b,
    }
}

/// Whether the amounts are the same, in whatever order.
fn same_amounts(key: &[Amount], ours: &[Amount], english: bool) -> bool {
    let mut left: Vec<&Amount> = ours.iter().collect();
    key.len() == ours.len()
        && key.iter().all(|amount| {
            let at = left.iter().position(|own| {
                own.numbers == amount.numbers && same_unit(&amount.unit, own, english)
            });
            at.map(|at| left.remove(at)).is_some()
        })
}

fn same_unit(key: &str, ours: &Amount, english: bool) -> bool {
    key == ours.unit
        || named_unit(key, &ours.unit)
        || (key, ours.unit.as_str()) == ("person", "people")
        || (ours.counts && !english && !key.is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Test, found, pairs, turned};
    use crate::claims::told::{Filler, Told};

    fn told(kind: &str, at: &[usize], roles: [&str; 2]) -> Told {
        let filler = |name: &str| Filler {
            name: (!name.is_empty()).then(|| name.to_owned()),
            ..Filler::default()
        };
        Told {
            kind: kind.to_owned(),
            at: at.iter().copied().collect::<BTreeSet<usize>>(),
            roles: roles.map(filler).to_vec(),
            ..Told::default()
        }
    }

    #[test]
    fn the_most_alike_are_paired_each_once() {
        let key = [
            told("payment", &[3], ["Paz", "Soto"]),
            told("payment", &[3], ["Paz", "Arce"]),
        ];
        let ours = [
            told("payment", &[3], ["Paz", "Arce"]),
            told("open", &[9], ["Paz", "Soto"]),
        ];
        assert_eq!(pairs(&key, &ours), [(1, 0)]);
    }

    #[test]
    fn swapped_roles_are_found_with_the_direction_wrong() {
        let (a, b) = (
            told("payment", &[3], ["Abel Paz", "Soto"]),
            told("payment", &[3], ["Soto", "Paz"]),
        );
        assert_eq!(turned(&a, &b), Some(true));
        assert!(found(&a, &b));
        assert_eq!(Test::Direction.same(&a, &b, true), Some(false));
        assert!(!found(&a, &told("payment", &[3], ["Soto", ""])));
    }
}
