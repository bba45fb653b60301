//! Names of two people that stand side by side: `Khrushchev-Kohler`, `Nasser Burns`
//! where a line end or a comma was lost.
//!
//! A word is a surname if it stands alone or at the end of names far more often
//! than at their beginning. A name whose first word is a surname that way is two
//! people's, unless a fuller name has the two words side by side (two surnames of
//! one person).

use std::collections::{BTreeMap, BTreeSet};

use super::Known;

/// How often a word has to be a surname before it can be no first name.
const SURNAME: u32 = 4;

#[derive(Debug, Default, Clone, Copy)]
struct Uses {
    first: u32,
    last: u32,
    alone: u32,
}

/// Marks the names of two people.
pub(crate) fn mark(known: &mut [Known]) {
    let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
    let mut within: BTreeSet<(String, String)> = BTreeSet::new();
    for name in known.iter() {
        let words = name.written.full_words();
        let signs = name.words.contains(['–', '/', '—']);
        match words.as_slice() {
            [] => {}
            [only] if name.written.is_short() => {
                uses.entry((*only).to_owned()).or_default().alone += name.count;
            }
            [only] => uses.entry((*only).to_owned()).or_default().last += name.count,
            [first, .., last] if !signs => {
                uses.entry((*first).to_owned()).or_default().first += name.count;
                uses.entry((*last).to_owned()).or_default().last += name.count;
                // Behind a first name, two words side by side are one's surnames.
                within.extend(
                    words[1..]
                        .windows(2)
                        .map(|two| (two[0].to_owned(), two[1].to_owned())),
                );
            }
            _ => {}
        }
    }
    let surname = |word: &str, own: u32| {
        let uses = uses.get(word).copied().unwrap_or_default();
        let first = uses.first.saturating_sub(own);
        uses.alone >= SURNAME && uses.last >= 1 && first * 10 <= uses.alone + uses.last
    };
    for name in known {
        let words = name.written.full_words();
        let [first, .., last] = words.as_slice() else {
            continue;
        };
        let signs = name.words.contains(['–', '/', '—']);
        let two = ((*first).to_owned(), (*last).to_owned());
        name.glued = signs
            || (first != last
                && surname(first, name.count)
                && surname(last, 0)
                && !within.contains(&two));
    }
}
