//! Phrases and nearness over positions of words; shared by index and highlighter.

/// Where a phrase stands, given the sorted positions of each of its words:
/// positions of its first word.
pub(crate) fn phrases(words: &[Vec<u32>], found: &mut Vec<u32>) {
    found.clear();
    let Some((first, rest)) = words.split_first() else {
        return;
    };
    found.extend(first.iter().copied().filter(|start| {
        (1u32..)
            .zip(rest)
            .all(|(step, positions)| positions.binary_search(&(start + step)).is_ok())
    }));
}

/// One thing that must be near others: where it starts, and its length in words.
pub(crate) struct Item {
    pub(crate) starts: Vec<u32>,
    pub(crate) length: u32,
}

/// The stretches of positions in which every item stands, with at most
/// `distance` steps from the end of the leftmost to the start of the rightmost;
/// as (first position, last position, which start of each item).
///
/// From each place of the leftmost item the nearest places of all others are
/// tried, so the cost is linear in the places.
pub(crate) fn together(items: &[Item], distance: u32) -> Vec<Vec<u32>> {
    let mut found = Vec::new();
    let mut next = vec![0usize; items.len()];
    loop {
        // The heads of all lists: the smallest is the leftmost, the largest the
        // rightmost of this try.
        let mut left: Option<(u32, usize)> = None;
        let mut right = 0;
        let mut starts = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            let Some(&start) = next.get(i).and_then(|at| item.starts.get(*at)) else {
                return found;
            };
            starts.push(start);
            right = right.max(start);
            if left.is_none_or(|(least, _)| start < least) {
                left = Some((start, i));
            }
        }
        let Some((start, i)) = left else {
            return found;
        };
        let length = items.get(i).map_or(1, |item| item.length);
        let end = start + length.saturating_sub(1);
        if right.saturating_sub(end) <= distance && apart(&starts, items) {
            found.push(starts);
        }
        if let Some(at) = next.get_mut(i) {
            *at += 1;
        }
    }
}

/// Whether no two items take the same word: two mentions of one name are two.
fn apart(starts: &[u32], items: &[Item]) -> bool {
    let mut spans: Vec<(u32, u32)> = starts
        .iter()
        .zip(items)
        .map(|(start, item)| (*start, item.length))
        .collect();
    spans.sort_unstable();
    spans
        .windows(2)
        .all(|two| matches!(two, [(start, length), (next, _)] if start + length <= *next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(starts: &[u32], length: u32) -> Item {
        Item {
            starts: starts.to_vec(),
            length,
        }
    }

    #[test]
    fn a_phrase_needs_every_word_in_its_place() {
        let mut found = Vec::new();
        phrases(&[vec![1, 5, 9], vec![2, 7, 10], vec![3, 11]], &mut found);
        assert_eq!(found, [1, 9]);
        phrases(&[], &mut found);
        assert!(found.is_empty());
    }

    #[test]
    fn near_counts_steps_between_the_outer_ones() {
        let two = |distance| together(&[item(&[10], 1), item(&[4], 1)], distance).len();
        assert_eq!(two(5), 0);
        assert_eq!(two(6), 1);
        // A phrase of three words ends two words later.
        assert_eq!(together(&[item(&[4], 3), item(&[10], 1)], 4).len(), 1);
        assert_eq!(together(&[item(&[4], 3), item(&[10], 1)], 3).len(), 0);
    }

    #[test]
    fn one_word_is_not_near_itself() {
        assert!(together(&[item(&[4], 1), item(&[4], 1)], 9).is_empty());
        assert_eq!(together(&[item(&[4, 8], 1), item(&[4, 8], 1)], 9).len(), 1);
    }
}
