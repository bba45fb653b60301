//! Words become lines: those on one baseline, in the order in which they run.

use super::ink::Frame;
use super::words::Word;

/// One line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// In the order of reading.
    pub(super) words: Vec<Word>,
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) base: f32,
    /// Height of most of its letters.
    pub(super) em: f32,
    /// Box on the page.
    pub(super) area: Frame,
}

impl Line {
    fn of(mut words: Vec<Word>) -> Option<Self> {
        words.sort_by(|a, b| a.from.total_cmp(&b.from));
        let words = glue(words);
        let first = words.first()?;
        let widest = words.iter().max_by(|a, b| {
            let size = |word: &Word| word.text.len() as f32 * word.em;
            size(a).total_cmp(&size(b))
        })?;
        let (base, em) = (widest.base, widest.em);
        let from = first.from;
        let to = words.iter().map(|word| word.to).fold(from, f32::max);
        let area = words
            .iter()
            .map(|word| word.area)
            .reduce(Frame::join)
            .unwrap_or_default();
        Some(Self {
            words,
            from,
            to,
            base,
            em,
            area,
        })
    }
}

/// Puts pieces of one word together that the file drew apart, and notes where
/// a raised or sunk piece goes on without a space.
fn glue(words: Vec<Word>) -> Vec<Word> {
    let mut glued: Vec<Word> = Vec::with_capacity(words.len());
    for mut word in words {
        if let Some(last) = glued.last_mut() {
            let em = last.em.max(word.em);
            let gap = (word.from - last.to) / em;
            let near = gap < 0.14 && gap > -0.35 && !(word.spaced && gap > 0.05);
            let level = (word.base - last.base).abs() < em * 0.1;
            if near && level && (0.75..1.35).contains(&(word.em / last.em)) {
                last.text.push_str(&word.text);
                last.to = last.to.max(word.to);
                last.area = last.area.join(word.area);
                continue;
            }
            word.glued = near;
        }
        glued.push(word);
    }
    glued
}

/// The lines of some words, from top to bottom.
pub(super) fn lines(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.from.total_cmp(&b.from)));
    let mut rows: Vec<(f32, f32, Vec<Word>)> = Vec::new();
    for word in words {
        match rows.last_mut() {
            Some((base, em, row)) if (word.base - *base).abs() < em.min(word.em) * 0.3 => {
                if word.em > *em {
                    (*base, *em) = (word.base, word.em);
                }
                row.push(word);
            }
            _ => rows.push((word.base, word.em, vec![word])),
        }
    }
    let rows = raise(rows);
    rows.into_iter()
        .filter_map(|(_, _, row)| Line::of(row))
        .collect()
}

/// Puts raised and sunk letters (note numbers, exponents) on the line they
/// stand at.
fn raise(rows: Vec<(f32, f32, Vec<Word>)>) -> Vec<(f32, f32, Vec<Word>)> {
    let mut kept: Vec<(f32, f32, Vec<Word>)> = Vec::with_capacity(rows.len());
    for (base, em, row) in rows {
        let Some((last_base, last_em, last)) = kept.last_mut() else {
            kept.push((base, em, row));
            continue;
        };
        let apart = base - *last_base;
        let bigger = em.max(*last_em);
        let smaller_is_small = em.min(*last_em) < bigger * 0.85;
        let beside = |a: &[Word], b: &[Word]| {
            // Every small word touches a word of the line it belongs to.
            a.iter().all(|small| {
                b.iter().any(|word| {
                    (small.from - word.to).abs() < bigger * 0.6
                        || (word.from - small.to).abs() < bigger * 0.6
                })
            })
        };
        let joins = smaller_is_small
            && apart < bigger * 0.6
            && if em < *last_em {
                beside(&row, last)
            } else {
                beside(last, &row)
            };
        if joins {
            if em > *last_em {
                (*last_base, *last_em) = (base, em);
            }
            last.extend(row);
        } else {
            kept.push((base, em, row));
        }
    }
    kept
}
