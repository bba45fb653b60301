//! Which words of two files of one text are the same word.
//!
//! Words are aligned by their letters. Where one side has a multiword token, the
//! words of the smallest stretch that no multiword token sticks out of are aligned
//! by the longest common subsequence of their forms, as the shared task has it.

use super::table::Word;

/// Pairs of places of words that are the same word.
pub(super) fn align(key: &[Word], found: &[Word]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut k, mut f) = (0, 0);
    while let (Some(mine), Some(other)) = (key.get(k), found.get(f)) {
        if mine.multi || other.multi {
            let (from, to) = stretch(key, found, (k, f));
            align_stretch(key, found, from, to, &mut pairs);
            (k, f) = to;
        } else if mine.letters == other.letters {
            pairs.push((k, f));
            (k, f) = (k + 1, f + 1);
        } else if mine.letters.start <= other.letters.start {
            k += 1;
        } else {
            f += 1;
        }
    }
    pairs
}

/// The smallest stretch from here that no multiword token sticks out of: its
/// first words on both sides, and the words after it.
fn stretch(
    key: &[Word],
    found: &[Word],
    (mut k, mut f): (usize, usize),
) -> ((usize, usize), (usize, usize)) {
    let (Some(mine), Some(other)) = (key.get(k), found.get(f)) else {
        return ((k, f), (k, f));
    };
    let mut end = if mine.multi {
        if !other.multi && other.letters.start < mine.letters.start {
            f += 1;
        }
        mine.letters.end
    } else {
        if mine.letters.start < other.letters.start {
            k += 1;
        }
        other.letters.end
    };
    let from = (k, f);
    let beyond = |word: Option<&Word>, end: usize| match word {
        None => true,
        Some(word) if word.multi => word.letters.start >= end,
        Some(word) => word.letters.end > end,
    };
    while !beyond(key.get(k), end) || !beyond(found.get(f), end) {
        let (mine, other) = (key.get(k), found.get(f));
        let first = match (mine, other) {
            (Some(mine), Some(other)) => mine.letters.start <= other.letters.start,
            (mine, _) => mine.is_some(),
        };
        let word = if first { mine } else { other };
        if let Some(word) = word.filter(|word| word.multi) {
            end = end.max(word.letters.end);
        }
        if first {
            k += 1;
        } else {
            f += 1;
        }
    }
    (from, (k, f))
}

fn align_stretch(
    key: &[Word],
    found: &[Word],
    from: (usize, usize),
    to: (usize, usize),
    pairs: &mut Vec<(usize, usize)>,
) {
    let forms = |words: &[Word], from: usize, to: usize| -> Vec<String> {
        let words = words.get(from..to).unwrap_or_default();
        words.iter().map(|word| word.form.to_lowercase()).collect()
    };
    let mine = forms(key, from.0, to.0);
    let other = forms(found, from.1, to.1);
    // longest[k][f]: the longest common subsequence of what follows.
    let width = other.len() + 1;
    let mut longest = vec![0_usize; (mine.len() + 1) * width];
    for (k, a) in mine.iter().enumerate().rev() {
        for (f, b) in other.iter().enumerate().rev() {
            let at = |k: usize, f: usize| longest.get(k * width + f).copied().unwrap_or(0);
            let skipped = at(k + 1, f).max(at(k, f + 1));
            let best = if a == b {
                skipped.max(1 + at(k + 1, f + 1))
            } else {
                skipped
            };
            if let Some(slot) = longest.get_mut(k * width + f) {
                *slot = best;
            }
        }
    }
    let at = |k: usize, f: usize| longest.get(k * width + f).copied().unwrap_or(0);
    let (mut k, mut f) = (0, 0);
    while let (Some(a), Some(b)) = (mine.get(k), other.get(f)) {
        if a == b {
            pairs.push((from.0 + k, from.1 + f));
            (k, f) = (k + 1, f + 1);
        } else if at(k, f) == at(k + 1, f) {
            k += 1;
        } else {
            f += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::align;
    use crate::annotate::table::Table;

    /// Words that both have, where each row is a token and the words in it.
    fn in_common(key: &[&str], found: &[&str]) -> usize {
        let rows = |tokens: &[&str]| {
            let (mut rows, mut next) = (String::new(), 1);
            for token in tokens {
                let (form, parts) = token.split_once('=').unwrap_or((token, token));
                let parts: Vec<&str> = parts.split('+').collect();
                if parts.len() > 1 {
                    let last = next + parts.len() - 1;
                    rows.push_str(&format!("{next}-{last}\t{form}{}\n", "\t_".repeat(8)));
                }
                for part in parts {
                    let head = usize::from(next > 1);
                    rows.push_str(&format!("{next}\t{part}\t_\t_\t_\t_\t{head}\t_\t_\t_\n"));
                    next += 1;
                }
            }
            Table::read(&rows).unwrap()
        };
        align(&rows(key).words, &rows(found).words).len()
    }

    #[test]
    fn a_stretch_ends_where_no_multiword_token_sticks_out() {
        // The token of one side reaches over the border of two of the other.
        assert_eq!(
            in_common(&["ona=on+a", "vida=vi+da"], &["on", "avi=a+vi", "da"]),
            4
        );
        assert_eq!(
            in_common(&["ona=on+a", "vida=vi+da"], &["onavida=on+a+da"]),
            3
        );
        // A word that only touches the stretch is not drawn into it.
        assert_eq!(
            in_common(&["si", "dile=di+le"], &["sid=si+x", "ile=di+le"]),
            3
        );
        assert_eq!(
            in_common(&["si", "dile=di+le", "ya"], &["si", "di", "leya"]),
            2
        );
        assert_eq!(in_common(&["si", "dile"], &["s", "idi=x+y", "le"]), 0);
    }
}
