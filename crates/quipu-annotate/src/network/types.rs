//! Word types and their vectors: all that depends on a word alone, made once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::file::{List, ModelError, ModelFile, Whole};
use crate::kernel::{dot, normalise, wide};
use crate::words::hash::Hash;
use crate::words::shape::{norm, shape};

/// Types that are kept at most, some 1 kB each; when there are more, all are
/// forgotten, so that rare words cost time and not memory.
const MOST_TYPES: usize = 20_000;

/// Numbers of affixes looked up for a word: endings of 2, 3 and 4 letters, and
/// the first 3 letters.
const AFFIXES: usize = 4;

/// The embedding of word types.
pub(crate) struct Types<'a> {
    words: List<'a>,
    word: Whole<'a>,
    affixes: [Whole<'a>; AFFIXES],
    shapes: Vec<f32>,
    shape_width: usize,
    /// Projection: rows of weights as numbers.
    weights: Vec<f32>,
    bias: Vec<f32>,
    norm_gain: Vec<f32>,
    norm_bias: Vec<f32>,
}

/// Vectors of the types seen so far; one for each thread.
#[derive(Default)]
pub(crate) struct Seen {
    places: HashMap<Box<str>, u32, BuildHasherDefault<Fnv>>,
    vectors: Vec<f32>,
}

/// FNV-1a for short words: the order of the map is never seen.
#[derive(Default)]
pub(crate) struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut hash = if self.0 == 0 {
            0xcbf2_9ce4_8422_2325
        } else {
            self.0
        };
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self.0 = hash;
    }
}

impl<'a> Types<'a> {
    pub(crate) fn read(file: &ModelFile<'a>) -> Result<Self, ModelError> {
        let word = file.whole("word")?;
        let words = file.list("lex")?;
        let affixes = [
            file.whole("affix.0")?,
            file.whole("affix.1")?,
            file.whole("affix.2")?,
            file.whole("affix.3")?,
        ];
        let shapes = file.numbers("shape")?;
        let bias = file.numbers("in.b")?;
        let projection = file.whole("in.w")?;
        let (norm_gain, norm_bias) = (file.numbers("in.ln.g")?, file.numbers("in.ln.b")?);
        let shape_width = shapes.len() / 12;
        let width: usize = affixes.iter().map(|affix| affix.width).sum();
        let fits = projection.width == word.width + width + shape_width
            && projection.rows() == bias.len()
            && norm_gain.len() == bias.len()
            && norm_bias.len() == bias.len()
            && word.rows() == words.len() + 2;
        if !fits {
            return Err(ModelError(
                "the sizes of the word vectors do not fit".to_owned(),
            ));
        }
        let mut weights = vec![0.0; projection.width * bias.len()];
        for (row, out) in weights
            .chunks_exact_mut(projection.width.max(1))
            .enumerate()
        {
            projection.row(row, out);
        }
        Ok(Self {
            words,
            word,
            affixes,
            shapes,
            shape_width,
            weights,
            bias,
            norm_gain,
            norm_bias,
        })
    }

    /// Numbers in a vector.
    pub(crate) fn width(&self) -> usize {
        self.bias.len()
    }

    /// Adds the vector of a word to `out`.
    pub(crate) fn put(&self, word: &str, seen: &mut Seen, out: &mut Vec<f32>) {
        let width = self.width();
        let place = match seen.places.get(word) {
            Some(place) => *place as usize,
            None => {
                if seen.places.len() >= MOST_TYPES {
                    seen.places.clear();
                    seen.vectors.clear();
                }
                let place = seen.vectors.len() / width.max(1);
                seen.vectors.resize((place + 1) * width, 0.0);
                let vector = seen.vectors.get_mut(place * width..).unwrap_or_default();
                self.make(word, vector);
                #[allow(clippy::cast_possible_truncation, reason = "at most MOST_TYPES")]
                seen.places.insert(word.into(), place as u32);
                place
            }
        };
        let vector = seen.vectors.get(place * width..(place + 1) * width);
        out.extend_from_slice(vector.unwrap_or_default());
    }

    fn make(&self, word: &str, vector: &mut [f32]) {
        let normal = norm(word);
        let mut input = vec![0.0; self.weights.len() / self.width().max(1)];
        let (at_word, rest) = input.split_at_mut(self.word.width);
        self.word
            .row(self.words.find(&normal).map_or(1, |at| at + 2), at_word);
        let mut letters = normal.char_indices().rev().map(|(at, _)| at);
        let mut last = |count: usize| {
            let at = letters.nth(count).unwrap_or(0);
            normal.get(at..).unwrap_or_default()
        };
        // Endings of two, three and four letters: each step goes one further.
        let endings = [last(1), last(0), last(0)];
        let third = normal
            .char_indices()
            .nth(3)
            .map_or(normal.len(), |(at, _)| at);
        let first = normal.get(..third).unwrap_or_default();
        let mut rest = rest;
        for (salt, (affix, table)) in
            (1..).zip(endings.into_iter().chain([first]).zip(&self.affixes))
        {
            let (here, after) = rest.split_at_mut(table.width);
            #[allow(clippy::cast_possible_truncation, reason = "thousands of rows")]
            let rows = table.rows() as u32;
            table.row(
                Hash::new(salt).with(affix.as_bytes()).place(rows.max(1)),
                here,
            );
            rest = after;
        }
        let shape = (usize::from(shape(word)) + 1) * self.shape_width;
        let row = self
            .shapes
            .get(shape..shape + self.shape_width)
            .unwrap_or_default();
        rest.iter_mut().zip(row).for_each(|(out, x)| *out = *x);
        project(&input, &self.weights, &self.bias, vector);
        normalise(vector, &self.norm_gain, &self.norm_bias);
    }
}

wide! {
    /// `weights` times `input` plus `bias`.
    project = project_body(input: &[f32], weights: &[f32], bias: &[f32], out: &mut [f32])
}

#[inline(always)]
fn project_body(input: &[f32], weights: &[f32], bias: &[f32], out: &mut [f32]) {
    let rows = weights.chunks_exact(input.len().max(1));
    for ((out, row), bias) in out.iter_mut().zip(rows).zip(bias) {
        *out = dot(input, row) + bias;
    }
}
