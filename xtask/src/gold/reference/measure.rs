//! The measures of the CoNLL 2012 shared task: MUC, B-cubed and CEAF over
//! entities; their mean F1 is what it ranks by.

use std::collections::{BTreeMap, BTreeSet};

/// First and last word of a mention.
pub(super) type Mention = (usize, usize);

/// A chain: its mentions, each once.
pub(super) type Chain = BTreeSet<Mention>;

/// Sums of one measure over documents.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    right: f64,
    of: f64,
    right_found: f64,
    found: f64,
}

impl Sums {
    pub(super) fn recall(&self) -> f64 {
        share(self.right, self.of)
    }

    pub(super) fn precision(&self) -> f64 {
        share(self.right_found, self.found)
    }

    pub(super) fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        share(2.0 * precision * recall, precision + recall)
    }
}

fn share(right: f64, of: f64) -> f64 {
    if of > 0.0 { right / of } else { 0.0 }
}

/// All measures.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measures {
    pub(super) mentions: Sums,
    pub(super) muc: Sums,
    pub(super) b_cubed: Sums,
    pub(super) ceaf: Sums,
}

impl Measures {
    /// The mean of the three F1.
    pub(super) fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf.f1()) / 3.0
    }

    /// Adds a document.
    pub(super) fn add(&mut self, key: &[Chain], found: &[Chain]) {
        let all =
            |chains: &[Chain]| -> BTreeSet<Mention> { chains.iter().flatten().copied().collect() };
        let (in_key, in_found) = (all(key), all(found));
        let both = in_key.intersection(&in_found).count() as f64;
        self.mentions.right += both;
        self.mentions.right_found += both;
        self.mentions.of += in_key.len() as f64;
        self.mentions.found += in_found.len() as f64;
        let (right, of) = links(key, found);
        self.muc.right += right;
        self.muc.of += of;
        let (right, of) = links(found, key);
        self.muc.right_found += right;
        self.muc.found += of;
        self.b_cubed.right += overlap(key, found);
        self.b_cubed.of += in_key.len() as f64;
        self.b_cubed.right_found += overlap(found, key);
        self.b_cubed.found += in_found.len() as f64;
        let best = aligned(key, found);
        self.ceaf.right += best;
        self.ceaf.right_found += best;
        self.ceaf.of += key.len() as f64;
        self.ceaf.found += found.len() as f64;
    }
}

fn places(chains: &[Chain]) -> BTreeMap<Mention, usize> {
    let all = chains.iter().enumerate();
    all.flat_map(|(place, chain)| chain.iter().map(move |mention| (*mention, place)))
        .collect()
}

/// MUC: of the links that hold each chain together, how many the other side has.
fn links(chains: &[Chain], other: &[Chain]) -> (f64, f64) {
    let places = places(other);
    let (mut right, mut of) = (0.0, 0.0);
    for chain in chains {
        let mut parts = BTreeSet::new();
        let mut alone = 0;
        for mention in chain {
            match places.get(mention) {
                Some(place) => {
                    parts.insert(*place);
                }
                None => alone += 1,
            }
        }
        right += (chain.len() - (parts.len() + alone)) as f64;
        of += (chain.len() - 1) as f64;
    }
    (right, of)
}

/// B-cubed: for each mention, the share of its chain that the other side's has.
fn overlap(chains: &[Chain], other: &[Chain]) -> f64 {
    let places = places(other);
    let mut sum = 0.0;
    for chain in chains {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for mention in chain {
            if let Some(place) = places.get(mention) {
                *counts.entry(*place).or_default() += 1;
            }
        }
        let squares: usize = counts.values().map(|count| count * count).sum();
        sum += squares as f64 / chain.len() as f64;
    }
    sum
}

/// CEAF: the best one-to-one alignment of chains, by twice their common mentions
/// over both sizes.
fn aligned(key: &[Chain], found: &[Chain]) -> f64 {
    if key.is_empty() || found.is_empty() {
        return 0.0;
    }
    let (rows, columns) = if key.len() <= found.len() {
        (key, found)
    } else {
        (found, key)
    };
    let worth: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| {
            let alike = |column: &Chain| {
                let both = row.intersection(column).count() as f64;
                2.0 * both / (row.len() + column.len()) as f64
            };
            columns.iter().map(alike).collect()
        })
        .collect();
    best_sum(&worth)
}

/// The largest sum of one cell a row, no two in one column: the Hungarian method
/// with potentials; no more rows than columns.
fn best_sum(worth: &[Vec<f64>]) -> f64 {
    let (n, m) = (worth.len(), worth.first().map_or(0, Vec::len));
    let mut of_row = vec![0.0; n + 1];
    let mut of_column = vec![0.0; m + 1];
    let mut row_of = vec![0usize; m + 1];
    let mut way = vec![0usize; m + 1];
    for row in 1..=n {
        row_of[0] = row;
        let mut at = 0;
        let mut least = vec![f64::INFINITY; m + 1];
        let mut used = vec![false; m + 1];
        loop {
            used[at] = true;
            let own = row_of[at];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for column in 1..=m {
                if used[column] {
                    continue;
                }
                let cost = -worth[own - 1][column - 1] - of_row[own] - of_column[column];
                if cost < least[column] {
                    least[column] = cost;
                    way[column] = at;
                }
                if least[column] < delta {
                    delta = least[column];
                    next = column;
                }
            }
            for column in 0..=m {
                if used[column] {
                    of_row[row_of[column]] += delta;
                    of_column[column] -= delta;
                } else {
                    least[column] -= delta;
                }
            }
            at = next;
            if row_of[at] == 0 {
                break;
            }
        }
        while at != 0 {
            row_of[at] = row_of[way[at]];
            at = way[at];
        }
    }
    (1..=m)
        .filter(|column| row_of[*column] > 0)
        .map(|column| worth[row_of[column] - 1][column - 1])
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{Chain, Measures};

    fn chains(sets: &[&[usize]]) -> Vec<Chain> {
        let chain = |set: &&[usize]| set.iter().map(|at| (*at, *at)).collect();
        sets.iter().map(chain).collect()
    }

    /// The example of Pradhan et al. 2014, figure 2: key {a,b,c} {d,e,f,g},
    /// found {a,b} {c,d} {f,g,h,i}.
    #[test]
    fn the_example_of_the_reference_scorer_comes_out() {
        let key = chains(&[&[1, 2, 3], &[4, 5, 6, 7]]);
        let found = chains(&[&[1, 2], &[3, 4], &[6, 7, 8, 9]]);
        let mut made = Measures::default();
        made.add(&key, &found);
        let near = |figure: f64, wanted: f64| assert!((figure - wanted).abs() < 0.005, "{figure}");
        near(made.muc.recall(), 0.40);
        near(made.muc.precision(), 0.40);
        near(made.b_cubed.recall(), 0.42);
        near(made.b_cubed.precision(), 0.50);
        near(made.ceaf.recall(), 0.65);
        near(made.ceaf.precision(), 0.43);
    }

    #[test]
    fn what_is_all_right_scores_one() {
        let key = chains(&[&[1, 2], &[3, 4, 5]]);
        let mut made = Measures::default();
        made.add(&key, &key);
        assert!((made.conll() - 1.0).abs() < 1e-9);
    }
}
