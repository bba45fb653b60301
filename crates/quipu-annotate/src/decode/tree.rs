//! The best tree over the words of a sentence (Chu and Liu 1965; Edmonds 1967),
//! with exactly one word under the root.

/// Worse than any score, and still far from the end of the numbers.
const NEVER: f64 = -1e12;

/// Scores of governors for dependents: row `d`, column `h`, both counted from 0
/// for the root; [`size`](Self::size) is the number of words plus one.
#[derive(Debug, Default)]
pub(crate) struct Arcs {
    size: usize,
    scores: Vec<f64>,
}

impl Arcs {
    /// Takes the scores of `size - 1` words; row 0 and the diagonal are not read.
    ///
    /// Every arc from the root pays the same large fine, so that the best tree
    /// has as few of them as a tree can have: one.
    pub(crate) fn set(&mut self, size: usize, score: impl Fn(usize, usize) -> f32) {
        self.size = size;
        self.scores.clear();
        self.scores.resize(size * size, NEVER);
        for (d, row) in self
            .scores
            .chunks_exact_mut(size.max(1))
            .enumerate()
            .skip(1)
        {
            for (h, place) in row.iter_mut().enumerate() {
                if d != h {
                    let score = f64::from(score(d, h)).clamp(-1e6, 1e6);
                    *place = if h == 0 { score - 1e9 } else { score };
                }
            }
        }
    }

    /// The governor of every word, counted from 1; 0 is the root. Among equal
    /// scores the first governor wins.
    pub(crate) fn tree(&self) -> Vec<usize> {
        let mut heads = contract(&self.scores, self.size);
        if !heads.is_empty() {
            heads.remove(0);
        }
        heads
    }
}

fn best(row: impl Iterator<Item = (usize, f64)>) -> (usize, f64) {
    row.fold((0, f64::NEG_INFINITY), |best, (at, score)| {
        if score > best.1 { (at, score) } else { best }
    })
}

/// The governors of the best tree; place 0 is the root's own.
fn contract(scores: &[f64], size: usize) -> Vec<usize> {
    let row = |d: usize| scores.get(d * size..(d + 1) * size).unwrap_or_default();
    let mut heads: Vec<usize> = (0..size)
        .map(|d| {
            if d == 0 {
                0
            } else {
                best(row(d).iter().copied().enumerate()).0
            }
        })
        .collect();
    let Some(cycle) = cycle(&heads) else {
        return heads;
    };
    let mut inside = vec![false; size];
    for word in &cycle {
        inside[*word] = true;
    }
    let outside: Vec<usize> = (0..size).filter(|word| !inside[*word]).collect();
    // The cycle becomes one word, the last of a smaller sentence.
    let knot = outside.len();
    let smaller = knot + 1;
    let mut less = vec![NEVER; smaller * smaller];
    let mut governor_inside = vec![0; smaller];
    let mut broken_at = vec![0; smaller];
    for (a, d) in outside.iter().enumerate().skip(1) {
        for (b, h) in outside.iter().enumerate() {
            if a != b {
                less[a * smaller + b] = row(*d)[*h];
            }
        }
        let (at, score) = best(cycle.iter().map(|h| (*h, row(*d)[*h])));
        governor_inside[a] = at;
        less[a * smaller + knot] = score;
    }
    for (b, h) in outside.iter().enumerate() {
        let (at, score) = best(cycle.iter().map(|d| (*d, row(*d)[*h] - row(*d)[heads[*d]])));
        broken_at[b] = at;
        less[knot * smaller + b] = score;
    }
    let chosen = contract(&less, smaller);
    for (a, d) in outside.iter().enumerate().skip(1) {
        heads[*d] = match chosen[a] {
            head if head == knot => governor_inside[a],
            head => outside[head],
        };
    }
    heads[broken_at[chosen[knot]]] = outside[chosen[knot]];
    heads
}

/// A cycle among governors, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // 0 unseen, otherwise the walk on which the word was seen.
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            cycle.sort_unstable();
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Arcs;

    fn tree(rows: &[&[f32]]) -> Vec<usize> {
        let mut arcs = Arcs::default();
        arcs.set(rows.len(), |d, h| rows[d][h]);
        arcs.tree()
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        let heads = tree(&[&[0.0, 0.0, 0.0], &[5.0, 0.0, 10.0], &[1.0, 11.0, 0.0]]);
        assert_eq!(heads, [0, 1]);
    }

    #[test]
    fn only_one_word_hangs_on_the_root() {
        let heads = tree(&[
            &[0.0; 4],
            &[9.0, 0.0, 1.0, 0.0],
            &[9.5, 1.0, 0.0, 0.0],
            &[9.0, 0.0, 2.0, 0.0],
        ]);
        assert_eq!(heads, [2, 0, 2]);
    }

    #[test]
    fn the_best_tree_of_all_is_found() {
        let mut state = 3_u32;
        for size in 2..6_usize {
            for _ in 0..60 {
                let rows: Vec<Vec<f32>> = (0..size)
                    .map(|_| {
                        (0..size)
                            .map(|_| {
                                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                                f32::from(u16::try_from(state >> 16).expect("16 bits")) / 4096.0
                            })
                            .collect()
                    })
                    .collect();
                let total = |heads: &[usize]| -> f32 {
                    heads.iter().enumerate().map(|(d, h)| rows[d + 1][*h]).sum()
                };
                let words = size - 1;
                let mut most = f32::MIN;
                for code in 0..size.pow(u32::try_from(words).expect("small")) {
                    let heads: Vec<usize> = (0..words)
                        .map(|d| code / size.pow(u32::try_from(d).expect("small")) % size)
                        .collect();
                    if is_tree(&heads) {
                        most = most.max(total(&heads));
                    }
                }
                let slices: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
                let found = tree(&slices);
                assert!(is_tree(&found), "{found:?}");
                assert!(
                    (total(&found) - most).abs() < 1e-3,
                    "{} {most}",
                    total(&found)
                );
            }
        }
    }

    fn is_tree(heads: &[usize]) -> bool {
        let one_root = heads.iter().filter(|head| **head == 0).count() == 1;
        one_root
            && (1..=heads.len()).all(|start| {
                let mut at = start;
                (0..=heads.len()).any(|_| {
                    at = if at == 0 { 0 } else { heads[at - 1] };
                    at == 0
                })
            })
    }
}
