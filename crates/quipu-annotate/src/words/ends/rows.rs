//! What goes into the network for a token: rows of numbers that are looked up,
//! multiplied once, and summed.

use super::Ends;
use crate::kernel::wide;
use crate::words::hash::Hash;
use crate::words::shape::{last_letters, norm_into, shape, shape_of};

/// Shapes and one more.
pub(super) const SHAPES: usize = 12;
/// First characters are told apart by their lowest 8 bits.
pub(super) const FIRSTS: usize = 256;

/// What the network sees of a token.
pub(super) struct Seen {
    pub(super) word: usize,
    pub(super) suffix: usize,
    pub(super) shape: usize,
    pub(super) first: usize,
}

impl Seen {
    pub(super) fn new(word: &str, words: u32, suffixes: u32, norm: &mut String) -> Self {
        let first = word.chars().next().map_or(0, |c| c as usize % FIRSTS);
        let (whole, tail, shape) = if word.is_ascii() {
            ascii(word.as_bytes())
        } else {
            norm_into(word, norm);
            let hash = |salt: u32, word: &str| Hash::new(salt).with(word.as_bytes());
            (
                hash(5, norm),
                hash(6, last_letters(norm, 3)),
                usize::from(shape(word)),
            )
        };
        Self {
            word: 1 + whole.place(words.saturating_sub(1).max(1)),
            suffix: tail.place(suffixes.max(1)),
            shape: shape + 1,
            first,
        }
    }
}

/// Hash of a word of ASCII and of its last three letters, and its shape: the
/// same as [`norm_into`] and [`shape`], in one pass.
fn ascii(word: &[u8]) -> (Hash, Hash, usize) {
    let (mut whole, mut tail) = (Hash::new(5), Hash::new(6));
    let (mut digits, mut letters, mut capitals) = (0_usize, 0_usize, 0_usize);
    let suffix = word.len().saturating_sub(3);
    for (at, byte) in word.iter().enumerate() {
        let digit = byte.is_ascii_digit();
        digits += usize::from(digit);
        letters += usize::from(byte.is_ascii_alphabetic());
        capitals += usize::from(byte.is_ascii_uppercase());
        let byte = [if digit {
            b'0'
        } else {
            byte.to_ascii_lowercase()
        }];
        whole = whole.with(&byte);
        if at >= suffix {
            tail = tail.with(&byte);
        }
    }
    let first = word.first().is_some_and(u8::is_ascii_uppercase);
    let shape = shape_of(word.len(), digits, letters, capitals, first);
    (whole, tail, usize::from(shape))
}

/// Rows of words already met; two that fall on one place push each other
/// out.
#[derive(Debug, Default)]
pub(super) struct Types {
    keys: Vec<u64>,
    rows: Vec<f32>,
    numbers: Vec<f32>,
}

impl Types {
    /// Makes room for the words of a text, which is less for a short one.
    pub(super) fn grow(&mut self, tokens: usize, row: usize) {
        let places = tokens.next_power_of_two().clamp(64, 4096);
        if places > self.keys.len() {
            self.keys.clear();
            self.keys.resize(places, u64::MAX);
            self.rows.clear();
            self.rows.resize(places * row, 0.0);
        }
    }

    pub(super) fn row(&mut self, ends: &Ends, word: usize, suffix: usize) -> &[f32] {
        let width = ends.row();
        let key = ((word as u64) << 32) | suffix as u64;
        // The word is a hash already, and the suffix nearly follows from it.
        let place = word & (self.keys.len() - 1);
        let (Some(held), Some(row)) = (
            self.keys.get_mut(place),
            self.rows.get_mut(place * width..(place + 1) * width),
        ) else {
            return &[];
        };
        if *held != key {
            *held = key;
            self.numbers.clear();
            self.numbers.extend(ends.words.row(word));
            self.numbers.extend(ends.suffixes.row(suffix));
            project(&self.numbers, &ends.columns, row);
        }
        row
    }
}

/// Sums that are held at once.
const BLOCK: usize = 32;

wide! {
    /// The sum of rows: first the input, then the gates.
    add = add_body(a: &[f32], b: &[f32], c: &[f32], d: &[f32], input: &mut [f32], gates: &mut [f32])
}

#[inline(always)]
fn add_body(a: &[f32], b: &[f32], c: &[f32], d: &[f32], input: &mut [f32], gates: &mut [f32]) {
    let all = input.len() + gates.len();
    if [a, b, c, d].iter().any(|row| row.len() != all) {
        return;
    }
    let [a, b, c, d] = [a, b, c, d].map(|row| row.split_at(input.len()));
    for (out, (a, b, c, d)) in [(input, (a.0, b.0, c.0, d.0)), (gates, (a.1, b.1, c.1, d.1))] {
        for ((((out, a), b), c), d) in out.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            *out = a + b + c + d;
        }
    }
}

wide! {
    /// A row times columns.
    project = project_body(row: &[f32], columns: &[f32], out: &mut [f32])
}

#[inline(always)]
fn project_body(row: &[f32], columns: &[f32], out: &mut [f32]) {
    let width = out.len().max(1);
    for (block, out) in out.chunks_mut(BLOCK).enumerate() {
        let mut sums = [0.0_f32; BLOCK];
        for (x, column) in row.iter().zip(columns.chunks_exact(width)) {
            let weights = column.get(block * BLOCK..).unwrap_or_default();
            if let Some(weights) = weights.first_chunk::<BLOCK>() {
                sums.iter_mut()
                    .zip(weights)
                    .for_each(|(sum, weight)| *sum += x * weight);
            } else {
                sums.iter_mut()
                    .zip(weights)
                    .for_each(|(sum, weight)| *sum += x * weight);
            }
        }
        if let Some(out) = out.first_chunk_mut::<BLOCK>() {
            *out = sums;
        } else {
            out.iter_mut().zip(sums).for_each(|(out, sum)| *out = sum);
        }
    }
}

/// A matrix of rows of `inputs` numbers, column by column.
pub(super) fn turned(weights: &[f32], inputs: usize) -> Vec<f32> {
    (0..inputs)
        .flat_map(|input| weights.iter().skip(input).step_by(inputs.max(1)).copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Seen, add, ascii, project, turned};
    use crate::words::hash::Hash;
    use crate::words::shape::{norm_into, shape};

    #[test]
    fn one_pass_sees_what_the_long_way_sees() {
        for word in [
            "the", "The", "USA", "A", "McX", "12", "B2", "--", "o'Neill", "x", "1st",
        ] {
            let mut norm = String::new();
            norm_into(word, &mut norm);
            let (whole, tail, form) = ascii(word.as_bytes());
            assert_eq!(form, usize::from(shape(word)), "{word}");
            assert_eq!(whole, Hash::new(5).with(norm.as_bytes()));
            assert_eq!(
                tail,
                Hash::new(6).with(&norm.as_bytes()[norm.len().saturating_sub(3)..])
            );
        }
        let seen = Seen::new("Ñandú", 16384, 4096, &mut String::new());
        assert_eq!((seen.shape, seen.first), (2, 0xd1));
    }

    #[test]
    fn rows_are_summed_into_input_and_gates() {
        let (mut input, mut gates) = ([0.0; 1], [0.0; 3]);
        let row = [1.0, 2.0, 3.0, 4.0];
        add(&row, &row, &row, &[0.5; 4], &mut input, &mut gates);
        assert_eq!((input, gates), ([3.5], [6.5, 9.5, 12.5]));
        assert_eq!(
            turned(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3),
            [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]
        );
    }

    #[test]
    fn a_row_times_columns_is_their_sum() {
        let mut out = [9.0; 2];
        project(&[2.0, 3.0], &[1.0, 10.0, 100.0, 1000.0], &mut out);
        assert_eq!(out, [302.0, 3020.0]);
    }
}
