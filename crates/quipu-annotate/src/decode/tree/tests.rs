use proptest::prelude::*;

use super::Trees;

mod oracle;

/// Numbers between 0 and 16, the same for the same seed.
fn chance(count: usize, mut state: u32) -> Vec<f32> {
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f32::from(u16::try_from(state >> 16).expect("16 bits")) / 4096.0
    };
    (0..count).map(|_| next()).collect()
}

fn is_tree(heads: &[u32]) -> bool {
    let one_root = heads.iter().filter(|head| **head == 0).count() == 1;
    one_root
        && (1..=heads.len()).all(|start| {
            let mut at = start;
            (0..=heads.len()).any(|_| {
                at = if at == 0 { 0 } else { heads[at - 1] as usize };
                at == 0
            })
        })
}

fn total(scores: &[f32], heads: &[u32]) -> f64 {
    let size = heads.len() + 1;
    let score = |(d, head): (usize, &u32)| f64::from(scores[(d + 1) * size + *head as usize]);
    heads.iter().enumerate().map(score).sum()
}

/// The highest sum of all trees there are.
fn highest_of_all(scores: &[f32], size: usize) -> f64 {
    let mut heads = vec![0_u32; size - 1];
    let mut most = f64::NEG_INFINITY;
    loop {
        if is_tree(&heads) {
            most = most.max(total(scores, &heads));
        }
        // The next one: a number counted up in digits of `size`.
        let Some(place) = heads.iter().position(|head| (*head as usize) + 1 < size) else {
            return most;
        };
        heads[..place].fill(0);
        heads[place] += 1;
    }
}

fn found(scores: &[f32], size: usize) -> Vec<u32> {
    Trees::default().best(&scores[size..], size - 1).to_vec()
}

#[test]
fn a_cycle_is_broken_where_it_costs_least() {
    let scores = [[0.0, 0.0, 0.0], [5.0, 0.0, 10.0], [1.0, 11.0, 0.0]].concat();
    assert_eq!(found(&scores, 3), [0, 1]);
}

#[test]
fn only_one_word_hangs_on_the_root() {
    let scores = [
        [0.0; 4],
        [9.0, 0.0, 1.0, 0.0],
        [9.5, 1.0, 0.0, 0.0],
        [9.0, 0.0, 2.0, 0.0],
    ];
    assert_eq!(found(&scores.concat(), 4), [2, 0, 2]);
}

#[test]
fn the_best_tree_of_all_is_found() {
    for size in 2..7_usize {
        for seed in 0..60 {
            let scores = chance(size * size, seed);
            let heads = found(&scores, size);
            assert!(is_tree(&heads), "{heads:?}");
            let (own, most) = (total(&scores, &heads), highest_of_all(&scores, size));
            assert!((own - most).abs() < 1e-9, "{own} {most}");
        }
    }
}

#[test]
fn the_long_way_finds_no_better_tree() {
    let mut trees = Trees::default();
    for seed in 0..120_u32 {
        let size = 2 + (seed as usize * 7) % 60;
        let mut scores = chance(size * size, seed + 1000);
        if seed % 3 == 0 {
            // Few different scores: many trees are as good.
            scores.iter_mut().for_each(|score| *score = score.round());
        }
        let heads = trees.best(&scores[size..], size - 1);
        let other = oracle::tree(&scores, size);
        assert!(is_tree(heads) && is_tree(&other));
        let (own, other) = (total(&scores, heads), total(&scores, &other));
        assert!((own - other).abs() < 1e-3, "{size}: {own} {other}");
    }
}

/// Scores that make cycles inside cycles, as many as there are words.
fn nested(size: usize) -> Vec<f32> {
    let mut scores = vec![0.0; size * size];
    for d in 1..size {
        for h in 1..size {
            let (low, high) = (d.min(h), d.max(h));
            scores[d * size + h] = (size - high) as f32 + if low + 1 == high { 0.5 } else { 0.0 };
        }
    }
    scores
}

#[test]
fn cycles_in_cycles_are_opened_again() {
    for size in [3, 5, 12] {
        let scores = nested(size);
        let (own, other) = (found(&scores, size), oracle::tree(&scores, size));
        assert!(is_tree(&own));
        assert!((total(&scores, &own) - total(&scores, &other)).abs() < 1e-3);
    }
    // One ring through all words, and a long sentence of nothing but rings.
    for (size, ring) in [(401, 400), (401, 2), (401, 3)] {
        let mut scores = nested(size);
        for word in 0..size - 1 {
            let last = (word / ring * ring + ring - 1).min(size - 2);
            let next = if word == last {
                word / ring * ring
            } else {
                word + 1
            };
            scores[(word + 1) * size + next + 1] += 1000.0;
        }
        assert!(is_tree(&found(&scores, size)));
    }
}

#[test]
fn equal_trees_are_decided_always_alike() {
    // All governors are as good, the root is worse: every time the first.
    for size in 2..9 {
        let mut scores = vec![1.0; size * size];
        for d in 1..size {
            scores[d * size] = 0.0;
        }
        let heads = found(&scores, size);
        assert!(is_tree(&heads));
        let mut used = Trees::default();
        used.best(&chance(72, 5), 8);
        assert_eq!(used.best(&scores[size..], size - 1), heads);
    }
    assert_eq!(found(&[1.0; 16], 4), [0, 1, 1]);
}

#[test]
fn scores_that_are_no_numbers_still_give_a_tree() {
    for score in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX] {
        for size in 1..6 {
            let mut scores = vec![score; size * size];
            assert_eq!(found(&scores, size).len(), size - 1);
            assert!(size == 1 || is_tree(&found(&scores, size)));
            scores.iter_mut().step_by(2).for_each(|score| *score = 1.0);
            assert!(size == 1 || is_tree(&found(&scores, size)));
        }
    }
    let mut trees = Trees::default();
    assert!(trees.best(&[], 0).is_empty() && trees.best(&[], 3).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_tree_of_any_scores_has_one_root_and_no_cycle(
        scores in (1..40_usize).prop_flat_map(|size| prop::collection::vec(
            prop_oneof![4 => -20.0..20.0_f32, 1 => Just(0.0), 1 => any::<f32>()],
            size * size,
        )),
    ) {
        let size = scores.len().isqrt();
        let heads = found(&scores, size);
        prop_assert_eq!(heads.len() + 1, size);
        prop_assert!(size == 1 || is_tree(&heads));
    }
}
