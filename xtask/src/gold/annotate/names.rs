//! Names against their key: a name is right when its letters and its kind are.

use std::collections::BTreeSet;

use super::measure::Count;
use super::table::NameSpan;

/// Kinds of names, in the order they are shown.
pub(crate) const KINDS: [&str; 3] = ["PER", "ORG", "LOC"];

/// The figures of names, by kind.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NameCounts {
    by_kind: [Count; 3],
}

impl NameCounts {
    /// Compares names of one text.
    pub(crate) fn of(key: &[NameSpan], found: &[NameSpan]) -> Self {
        let key: BTreeSet<&NameSpan> = key.iter().collect();
        let found: BTreeSet<&NameSpan> = found.iter().collect();
        let by_kind = KINDS.map(|kind| {
            let of_kind = |names: &BTreeSet<&NameSpan>| {
                names.iter().filter(|(.., other)| other == kind).count()
            };
            Count {
                right: key
                    .intersection(&found)
                    .filter(|(.., other)| other == kind)
                    .count(),
                key: of_kind(&key),
                found: of_kind(&found),
            }
        });
        Self { by_kind }
    }

    /// All kinds together.
    pub(crate) fn all(&self) -> Count {
        self.by_kind
            .iter()
            .copied()
            .fold(Count::default(), Count::and)
    }

    /// Precision, recall, and F1 of each kind, in words.
    pub(crate) fn note(&self) -> String {
        let all = self.all();
        let kinds: Vec<String> = KINDS
            .iter()
            .zip(&self.by_kind)
            .filter(|(_, count)| count.key > 0)
            .map(|(kind, count)| format!("{kind} {:.1} of {}", count.f1(), count.key))
            .collect();
        format!(
            "precision {:.1}, recall {:.1}; {}",
            all.precision(),
            all.recall(),
            kinds.join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, NameCounts};

    #[test]
    fn extent_and_kind_must_both_agree() {
        let name = |start, end, kind: &str| (start, end, kind.to_owned());
        let key = [name(0, 3, "PER"), name(5, 9, "ORG"), name(12, 15, "LOC")];
        let found = [
            name(0, 3, "PER"),
            name(5, 8, "ORG"),
            name(12, 15, "ORG"),
            name(20, 24, "PER"),
        ];
        let counts = NameCounts::of(&key, &found);
        let all = Count {
            right: 1,
            key: 3,
            found: 4,
        };
        assert_eq!(counts.all(), all);
        assert!((counts.all().precision() - 25.0).abs() < 1e-9);
    }
}
