//! A layer of gated linear recurrences in both directions (after the simple
//! recurrent unit of Lei et al. 2018).
//!
//! What enters the state of a word, how much of the state before it stays and
//! how much of the state comes out depend on the word alone, so all the
//! multiplications are one product of matrices; only `c = f c' + (1 - f) z`
//! runs from word to word.

use std::ops::Range;

use crate::kernel::{Matrix, Rows, normalise, sigmoid, tanh, wide};

/// The layer: as many numbers a word come out as go in, half of them from each
/// direction.
#[derive(Debug)]
pub(crate) struct Recurrence {
    /// What the gates see of the words beside.
    pub(crate) beside: Option<Beside>,
    /// From a word to what enters, what stays and what comes out.
    pub(crate) gates: Matrix,
    /// Layer normalisation of what comes out.
    pub(crate) gain: Vec<f32>,
    /// Its bias.
    pub(crate) bias: Vec<f32>,
}

/// How much of the word before and of the word after is added to each number
/// of a word before its gates are made: a convolution of three words, without
/// which a gate would know nothing but the state and its own word.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) before: Vec<f32>,
    pub(crate) after: Vec<f32>,
}

impl Recurrence {
    /// Numbers a word.
    pub(crate) const fn width(&self) -> usize {
        self.gates.inputs()
    }

    /// Runs over all words in place; `gated` is what [`Self::gate`] made of
    /// them and is used up. States begin anew in every range of rows.
    pub(crate) fn run(&self, words: &mut [f32], gated: &mut [f32], sentences: &[Range<usize>]) {
        recur(words, gated, sentences, &self.gain, &self.bias);
    }

    /// Bends gates that were made elsewhere.
    pub(crate) fn open(&self, gated: &mut [f32]) {
        open(gated, self.width());
    }

    /// The gates of words: what enters, what stays, what comes out. `mixed` is
    /// memory for words with what is beside them.
    pub(crate) fn gate(
        &self,
        words: &[f32],
        sentences: &[Range<usize>],
        mixed: &mut Vec<f32>,
        rows: &mut Rows,
        gated: &mut Vec<f32>,
    ) {
        if let Some(beside) = &self.beside {
            mixed.clear();
            mixed.extend_from_slice(words);
            mix(words, sentences, &beside.before, &beside.after, mixed);
            rows.set(mixed, self.width());
        } else {
            rows.set(words, self.width());
        }
        self.gates.times(rows, gated);
        self.open(gated);
    }
}

wide! {
    /// Bends the gates of every word.
    open = open_body(gated: &mut [f32], width: usize)
}

#[inline(always)]
fn open_body(gated: &mut [f32], width: usize) {
    for row in gated.chunks_exact_mut(3 * width.max(1)) {
        let (enters, gates) = row.split_at_mut(width);
        enters.iter_mut().for_each(|x| *x = tanh(*x));
        gates.iter_mut().for_each(|x| *x = sigmoid(*x));
    }
}

wide! {
    /// Adds to every word its share of the words beside it in the sentence.
    mix = mix_body(words: &[f32], sentences: &[Range<usize>], before: &[f32], after: &[f32], mixed: &mut [f32])
}

#[inline(always)]
fn mix_body(
    words: &[f32],
    sentences: &[Range<usize>],
    before: &[f32],
    after: &[f32],
    mixed: &mut [f32],
) {
    let width = before.len().max(1);
    for sentence in sentences {
        let place = sentence.start * width..sentence.end * width;
        let (Some(words), Some(mixed)) = (words.get(place.clone()), mixed.get_mut(place)) else {
            continue;
        };
        let later = mixed.chunks_exact_mut(width).skip(1);
        for (row, beside) in later.zip(words.chunks_exact(width)) {
            for ((x, share), other) in row.iter_mut().zip(before).zip(beside) {
                *x += share * other;
            }
        }
        let beside = words.chunks_exact(width).skip(1);
        for (row, beside) in mixed.chunks_exact_mut(width).zip(beside) {
            for ((x, share), other) in row.iter_mut().zip(after).zip(beside) {
                *x += share * other;
            }
        }
    }
}

wide! {
    /// The recurrence itself, for vectors of any width.
    recur = recur_body(words: &mut [f32], gated: &mut [f32], sentences: &[Range<usize>], gain: &[f32], bias: &[f32])
}

#[inline(always)]
fn recur_body(
    words: &mut [f32],
    gated: &mut [f32],
    sentences: &[Range<usize>],
    gain: &[f32],
    bias: &[f32],
) {
    let width = gain.len().max(2);
    let half = width / 2;
    let mut state = vec![0.0_f32; half];
    for sentence in sentences {
        let rows = gated.get_mut(sentence.start * 3 * width..sentence.end * 3 * width);
        let rows = rows.unwrap_or_default();
        state.fill(0.0);
        for row in rows.chunks_exact_mut(3 * width) {
            let (enters, gates) = row.split_at_mut(width);
            step(&mut enters[..half], &gates[..half], &mut state);
        }
        state.fill(0.0);
        for row in rows.chunks_exact_mut(3 * width).rev() {
            let (enters, gates) = row.split_at_mut(width);
            step(&mut enters[half..], &gates[half..width], &mut state);
        }
    }
    for (word, row) in words
        .chunks_exact_mut(width)
        .zip(gated.chunks_exact(3 * width))
    {
        let (state, out) = (&row[..width], &row[2 * width..]);
        for ((x, c), r) in word.iter_mut().zip(state).zip(out) {
            *x = r * c + (1.0 - r) * *x;
        }
        normalise(word, gain, bias);
    }
}

#[inline(always)]
fn step(enters: &mut [f32], stays: &[f32], state: &mut [f32]) {
    for ((z, f), c) in enters.iter_mut().zip(stays).zip(state) {
        *c = f * *c + (1.0 - f) * *z;
        *z = *c;
    }
}

#[cfg(test)]
mod tests {
    use super::{mix, mix_body, recur, recur_body};

    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        (0..count)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f32::from(u16::try_from(state >> 16).expect("16 bits")) / 16384.0 - 2.0
            })
            .collect()
    }

    #[test]
    fn sentences_do_not_see_each_other() {
        let (width, rows) = (8, 7);
        let words = numbers(width * rows, 1);
        let gated = numbers(3 * width * rows, 2);
        let (gain, bias) = (vec![1.0; width], vec![0.0; width]);
        let mut both = words.clone();
        recur(&mut both, &mut gated.clone(), &[0..3, 3..7], &gain, &bias);
        let mut alone = words[..3 * width].to_vec();
        recur(
            &mut alone,
            &mut gated[..9 * width].to_vec(),
            std::slice::from_ref(&(0..3)),
            &gain,
            &bias,
        );
        assert_eq!(both[..3 * width], alone);
        let mut joined = words;
        recur(
            &mut joined,
            &mut gated.clone(),
            std::slice::from_ref(&(0..7)),
            &gain,
            &bias,
        );
        assert_ne!(both, joined);
    }

    #[test]
    fn a_word_sees_its_neighbours_and_no_other_sentence() {
        let words = [1.0, 10.0, 2.0, 20.0, 4.0, 40.0];
        let mut mixed = words;
        mix(&words, &[0..2, 2..3], &[0.5, 1.0], &[0.25, 0.0], &mut mixed);
        assert_eq!(mixed, [1.5, 10.0, 2.5, 30.0, 4.0, 40.0]);
        let words = numbers(48 * 9, 1);
        let (before, after) = (numbers(48, 2), numbers(48, 3));
        let (mut wide, mut narrow) = (words.clone(), words.clone());
        mix(&words, &[0..4, 4..9], &before, &after, &mut wide);
        mix_body(&words, &[0..4, 4..9], &before, &after, &mut narrow);
        let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&wide), bits(&narrow));
    }

    #[test]
    fn wide_and_narrow_vectors_give_the_same_bits() {
        let (width, rows) = (96, 11);
        let mut wide = numbers(width * rows, 3);
        let mut narrow = wide.clone();
        let gated = numbers(3 * width * rows, 4);
        let (gain, bias) = (numbers(width, 5), numbers(width, 6));
        recur(&mut wide, &mut gated.clone(), &[0..4, 4..11], &gain, &bias);
        recur_body(
            &mut narrow,
            &mut gated.clone(),
            &[0..4, 4..11],
            &gain,
            &bias,
        );
        let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&wide), bits(&narrow));
    }
}
