//! The best chain of tags in which every `I` continues its own name
//! (Viterbi 1967).

/// The tag of every word, given scores for `O`, and for `B` and `I` of each
/// kind in turn: `O, B-0, I-0, B-1, I-1, …`. Among equal chains the first wins.
pub(crate) fn chain(scores: &[f32], tags: usize) -> Vec<usize> {
    if tags == 0 {
        return Vec::new();
    }
    let follows = |before: usize, tag: usize| {
        // An `I` (even, not 0) follows its own `B` or itself.
        tag == 0 || tag % 2 == 1 || before == tag || before + 1 == tag
    };
    let mut from: Vec<usize> = Vec::with_capacity(scores.len());
    let (mut best, mut next) = (vec![0.0; tags], vec![0.0; tags]);
    for (at, row) in scores.chunks_exact(tags).enumerate() {
        for ((tag, score), place) in row.iter().enumerate().zip(&mut next) {
            let mut chosen = 0;
            let mut most = f64::NEG_INFINITY;
            if at == 0 {
                most = if follows(0, tag) {
                    0.0
                } else {
                    f64::NEG_INFINITY
                };
            } else {
                for (before, so_far) in best.iter().enumerate() {
                    if follows(before, tag) && *so_far > most {
                        most = *so_far;
                        chosen = before;
                    }
                }
            }
            from.push(chosen);
            *place = most + f64::from(*score);
        }
        std::mem::swap(&mut best, &mut next);
    }
    let mut tag = 0;
    let mut most = f64::NEG_INFINITY;
    for (at, score) in best.iter().enumerate() {
        if *score > most {
            most = *score;
            tag = at;
        }
    }
    let mut found: Vec<usize> = from
        .chunks_exact(tags)
        .rev()
        .map(|back| {
            let this = tag;
            tag = back.get(tag).copied().unwrap_or(0);
            this
        })
        .collect();
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::chain;

    #[test]
    fn a_name_goes_on_only_in_its_own_kind() {
        // O, B-0, I-0, B-1, I-1
        let scores = [
            0.0, 2.0, 0.0, 1.9, 0.0, //
            0.0, 0.0, 0.5, 0.0, 3.0, //
        ];
        assert_eq!(chain(&scores, 5), [3, 4]);
    }

    #[test]
    fn a_chain_never_opens_inside() {
        assert_eq!(chain(&[0.0, -1.0, 9.0], 3), [0]);
        assert_eq!(chain(&[], 5), Vec::<usize>::new());
    }
}
