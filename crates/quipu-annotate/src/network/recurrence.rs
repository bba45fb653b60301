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
    /// From a word to what enters, what stays and what comes out.
    pub(crate) gates: Matrix,
    /// Layer normalisation of what comes out.
    pub(crate) gain: Vec<f32>,
    /// Its bias.
    pub(crate) bias: Vec<f32>,
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

    /// The gates of words: what enters, what stays, what comes out.
    pub(crate) fn gate(&self, words: &[f32], rows: &mut Rows, gated: &mut Vec<f32>) {
        rows.set(words, self.width());
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
    use super::{recur, recur_body};

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
