//! Counts over the texts of a part, and figures from them.

use super::compare::{Test, filled, found, pairs, roles_alike, same_filler};
use super::told::{Told, words_of};

/// So many right of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) right: usize,
    pub(super) of: usize,
}

impl Share {
    pub(super) fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }

    /// In per cent.
    pub(super) fn percent(self) -> f64 {
        100.0 * self.right as f64 / self.of.max(1) as f64
    }
}

/// One side's claims of some texts against the key.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub(super) key: usize,
    pub(super) ours: usize,
    /// Pairs whose predicates share a word.
    pub(super) predicate: usize,
    /// Of these the same first two roles, be it turned round.
    pub(super) found: usize,
    /// Of those found, by the place of the test in `Test::ALL`.
    pub(super) tests: [Share; Test::ALL.len()],
    /// Further roles of those found of one kind, where either fills them.
    pub(super) further: Share,
    /// First and second roles of those found that the key resolves: a word shared
    /// with the fullest name.
    pub(super) named: Share,
    /// The same, and no word more or less than it.
    pub(super) full: Share,
}

impl Tally {
    pub(super) fn of(key: &[Told], ours: &[Told], english: bool) -> Self {
        let mut tally = Self {
            key: key.len(),
            ours: ours.len(),
            ..Self::default()
        };
        for (i, j) in pairs(key, ours) {
            let (a, b) = (&key[i], &ours[j]);
            tally.predicate += 1;
            if found(a, b) {
                tally.found += 1;
                tally.compare(a, b, english);
            }
        }
        tally
    }

    fn compare(&mut self, key: &Told, ours: &Told, english: bool) {
        for (share, test) in self.tests.iter_mut().zip(Test::ALL) {
            if let Some(same) = test.same(key, ours, english) {
                share.count(same);
            }
        }
        if key.kind == ours.kind {
            for same in further(key, ours) {
                self.further.count(same);
            }
        }
        let straight = roles_alike(key, ours);
        for (at, role) in key.roles.iter().take(2).enumerate() {
            // Of turned roles the other one is meant.
            let other = ours.roles.get(if straight[at] { at } else { 1 - at });
            let words = words_of(role.name.as_deref());
            if let Some(other) = other.filter(|other| filled(other))
                && !words.is_empty()
                && words != words_of(role.as_written.as_deref())
            {
                let name = words_of(other.name.as_deref());
                self.named.count(!name.is_disjoint(&words));
                self.full.count(name == words);
            }
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.key += other.key;
        self.ours += other.ours;
        self.predicate += other.predicate;
        self.found += other.found;
        for (share, more) in self.tests.iter_mut().zip(other.tests) {
            share.add(more);
        }
        self.further.add(other.further);
        self.named.add(other.named);
        self.full.add(other.full);
    }

    /// Of the key's claims.
    pub(super) fn recall(&self, found: usize) -> f64 {
        let of = self.key;
        Share { right: found, of }.percent()
    }

    /// Of the other side's claims.
    pub(super) fn precision(&self, found: usize) -> f64 {
        let of = self.ours;
        Share { right: found, of }.percent()
    }

    pub(super) fn f1(&self, found: usize) -> f64 {
        let (right, of) = (2 * found, self.key + self.ours);
        Share { right, of }.percent()
    }
}

/// For each further role that either fills whether both fill it alike.
pub(super) fn further(key: &Told, ours: &Told) -> Vec<bool> {
    let mut names: Vec<&str> = Vec::new();
    for claim in [key, ours] {
        for role in claim.roles.iter().skip(2).filter(|role| filled(role)) {
            if !names.contains(&role.role.as_str()) {
                names.push(&role.role);
            }
        }
    }
    let same = |name: &str| {
        let of = |claim: &Told| {
            let mut roles = claim.roles.iter().skip(2);
            let role = roles.find(|role| role.role == name);
            role.cloned().unwrap_or_default()
        };
        same_filler(&of(key), &of(ours))
    };
    names.into_iter().map(same).collect()
}
