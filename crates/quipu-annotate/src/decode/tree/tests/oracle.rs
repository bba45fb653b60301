//! The same trees the long way, to hold the short one against: contraction that
//! copies the scores of each smaller sentence, and a fine on every arc from the
//! root so large that only one is taken.

const NEVER: f64 = -1e12;
const FINE: f64 = 1e7;

/// The governor of every word; 0 is the root.
pub(super) fn tree(scores: &[f32], size: usize) -> Vec<u32> {
    let mut fined = vec![NEVER; size * size];
    for d in 1..size {
        for h in (0..size).filter(|h| *h != d) {
            let fine = if h == 0 { FINE } else { 0.0 };
            fined[d * size + h] = f64::from(scores[d * size + h]) - fine;
        }
    }
    let heads = contract(&fined, size);
    heads[1..].iter().map(|head| *head as u32).collect()
}

fn best(row: impl Iterator<Item = (usize, f64)>) -> (usize, f64) {
    row.fold((0, f64::NEG_INFINITY), |best, (at, score)| {
        if score > best.1 { (at, score) } else { best }
    })
}

fn contract(scores: &[f64], size: usize) -> Vec<usize> {
    let row = |d: usize| &scores[d * size..(d + 1) * size];
    let mut heads: Vec<usize> = (0..size)
        .map(|d| match d {
            0 => 0,
            _ => best(row(d).iter().copied().enumerate()).0,
        })
        .collect();
    let Some(cycle) = cycle(&heads) else {
        return heads;
    };
    let outside: Vec<usize> = (0..size).filter(|word| !cycle.contains(word)).collect();
    // The cycle becomes one word, the last of a smaller sentence.
    let knot = outside.len();
    let smaller = knot + 1;
    let mut less = vec![NEVER; smaller * smaller];
    let mut governor_inside = vec![0; smaller];
    let mut broken_at = vec![0; smaller];
    for (a, d) in outside.iter().enumerate().skip(1) {
        for (b, h) in outside.iter().enumerate().filter(|(b, _)| a != *b) {
            less[a * smaller + b] = row(*d)[*h];
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

fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    for start in 1..heads.len() {
        let mut walk = vec![start];
        loop {
            let next = heads[walk[walk.len() - 1]];
            if next == 0 {
                break;
            }
            if let Some(at) = walk.iter().position(|word| *word == next) {
                return Some(walk.split_off(at));
            }
            walk.push(next);
        }
    }
    None
}
