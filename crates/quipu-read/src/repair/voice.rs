//! In which language the words around a place speak: a cheap vote, enough to
//! keep a rule of one language out of the sentences of another.

use std::ops::Range;

use quipu_packs::Packs;

/// How far from the place words still count, in bytes.
const REACH: usize = 300;

/// The tag of the language that the words around `range` speak; `None` when
/// they do not tell.
pub(super) fn voice<'p>(text: &str, range: &Range<usize>, packs: &'p Packs) -> Option<&'p str> {
    let mut start = range.start.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (range.end + REACH).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text[start..range.start]
        .rfind("\n\n")
        .map_or(start, |at| start + at);
    let end = text[range.end..end]
        .find("\n\n")
        .map_or(end, |at| range.end + at);
    let mut scores = vec![(0i32, 0u32); packs.languages().len()];
    for word in text[start..end].split(|c: char| !c.is_alphabetic() && c != '\'') {
        // Damaged words are not asked: only plain ones bear witness.
        if word.is_empty() || !word.is_ascii() {
            continue;
        }
        for (score, language) in scores.iter_mut().zip(packs.languages()) {
            match language.words.class(word) {
                Some(class) => {
                    score.0 += i32::from(class);
                    score.1 += 1;
                }
                None => score.0 -= 2,
            }
        }
    }
    let best = (0..scores.len()).max_by_key(|i| scores[*i].0)?;
    let next = scores
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != best)
        .map(|(_, score)| score.0)
        .max();
    let clear = next.is_none_or(|next| scores[best].0 >= next + 4);
    (clear && scores[best].1 >= 3).then(|| packs.languages()[best].tag.as_str())
}
