//! Words become lines: those on one baseline, in the order in which they run.

use super::ink::Frame;
use super::right_to_left;
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
    /// Top of its letters.
    pub(super) fn top(&self) -> f32 {
        self.base - self.em * 0.75
    }

    /// Bottom of its letters.
    pub(super) fn bottom(&self) -> f32 {
        self.base + self.em * 0.22
    }

    /// The letters of the line, words parted by one space.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for word in &self.words {
            if !text.is_empty() && !word.glued {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    /// Gaps between words wider than this, in letter heights.
    pub(super) fn gaps(&self, wide: f32) -> usize {
        self.words
            .windows(2)
            .filter(|two| two[1].from - two[0].to > self.em * wide)
            .count()
    }

    /// The letters of the line, counted.
    pub(super) fn letters(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.text.chars().count())
            .sum()
    }

    pub(super) fn of(mut words: Vec<Word>) -> Option<Self> {
        words.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut words = glue(words);
        let from = words.first()?.from;
        let widest = words.iter().max_by(|a, b| {
            let size = |word: &Word| (word.to - word.from) * word.em;
            size(a).total_cmp(&size(b))
        })?;
        let (base, em) = (widest.base, widest.em);
        let to = words.iter().map(|word| word.to).fold(from, f32::max);
        let area = words
            .iter()
            .map(|word| word.area)
            .reduce(Frame::join)
            .unwrap_or_default();
        right_to_left::settle(&mut words);
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
        if let Some(last) = glued.last_mut()
            && word.table.is_none()
            && last.table.is_none()
        {
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
            // Every small word touches a word of the line it belongs to; the
            // number of a note may stand further off.
            a.iter().all(|small| {
                let numbers = small.text.chars().all(|c| c.is_ascii_digit());
                let reach = if numbers { 6.0 } else { 0.6 };
                b.iter().any(|word| {
                    (small.from - word.to).abs() < bigger * 0.6
                        || (word.from - small.to).abs() < bigger * reach
                })
            })
        };
        let joins = smaller_is_small
            && row.len() * last.len() < 100_000
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
