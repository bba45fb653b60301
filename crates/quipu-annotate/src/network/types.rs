//! Word types and their vectors: all that depends on a word alone.

use super::file::{List, ModelError, ModelFile, Whole};
use super::seen::{Key, Seen};
use crate::kernel::{Panels, normalise, wide};
use crate::words::hash::Hash;
use crate::words::shape::norm_and_shape;

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
    /// Words of the wide table: names above all, most of which training never saw.
    wide_words: List<'a>,
    /// What the teacher made of each of them alone; row 0 for all others.
    wide: Whole<'a>,
    /// Numbers that a vector is made of.
    inputs: usize,
    projection: Panels,
    bias: Vec<f32>,
    norm_gain: Vec<f32>,
    norm_bias: Vec<f32>,
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
        let wide = file.whole("wide")?;
        let wide_words = file.list("wide.lex")?;
        let bias = file.numbers("in.b")?;
        let projection = file.whole("in.w")?;
        let (norm_gain, norm_bias) = (file.numbers("in.ln.g")?, file.numbers("in.ln.b")?);
        let shape_width = shapes.len() / 12;
        let width: usize = affixes.iter().map(|affix| affix.width).sum();
        let fits = projection.width == word.width + width + shape_width + wide.width
            && projection.rows() == bias.len()
            && norm_gain.len() == bias.len()
            && norm_bias.len() == bias.len()
            && word.rows() == words.len() + 2
            && wide.rows() == wide_words.len() + 1;
        if !fits {
            return Err(ModelError(
                "the sizes of the word vectors do not fit".to_owned(),
            ));
        }
        let inputs = projection.width;
        let mut weights = vec![0.0; inputs * bias.len()];
        let rows = weights.chunks_exact_mut(inputs.max(1)).enumerate();
        rows.for_each(|(row, out)| projection.row(row, out));
        let mut projection = Panels::default();
        projection.set(&weights, inputs);
        Ok(Self {
            words,
            word,
            affixes,
            shapes,
            shape_width,
            wide_words,
            wide,
            inputs,
            projection,
            bias,
            norm_gain,
            norm_bias,
        })
    }

    /// Numbers in a vector.
    pub(crate) fn width(&self) -> usize {
        self.bias.len()
    }

    /// Asks for the vectors of words; they are given to the rows from `row` on,
    /// of [`Self::width`] numbers each, now or by [`Self::finish`].
    pub(crate) fn put(&self, words: &[&str], row: usize, seen: &mut Seen, out: &mut [f32]) {
        let width = self.width();
        let mut norm = String::new();
        for (row, word) in (row..).zip(words) {
            let shape = norm_and_shape(word, &mut norm);
            let row = row * width..(row + 1) * width;
            if seen.ask(Key::new(&norm, shape), row, out) {
                let from = seen.inputs.len();
                seen.inputs.resize(from + self.inputs, 0.0);
                let input = seen.inputs.get_mut(from..).unwrap_or_default();
                self.look_up(&norm, shape, input);
            }
        }
    }

    /// Makes the vectors of words that were new.
    pub(crate) fn finish(&self, seen: &mut Seen, out: &mut [f32]) {
        self.projection.times(&seen.inputs, &mut seen.made);
        finish(&mut seen.made, &self.bias, &self.norm_gain, &self.norm_bias);
        seen.deliver(self.width(), out);
    }

    /// Looks up what the vector of a word is made of.
    fn look_up(&self, normal: &str, shape: u8, input: &mut [f32]) {
        let (at_word, mut rest) = input.split_at_mut(self.word.width);
        self.word
            .row(self.words.find(normal).map_or(1, |at| at + 2), at_word);
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
        let shape = (usize::from(shape) + 1) * self.shape_width;
        let row = self
            .shapes
            .get(shape..shape + self.shape_width)
            .unwrap_or_default();
        let (at_shape, at_wide) = rest.split_at_mut(self.shape_width);
        at_shape.iter_mut().zip(row).for_each(|(out, x)| *out = *x);
        self.wide
            .row(self.wide_words.find(normal).map_or(0, |at| at + 1), at_wide);
    }
}

wide! {
    /// Adds the bias to every row and normalises it.
    finish = finish_body(rows: &mut [f32], bias: &[f32], norm_gain: &[f32], norm_bias: &[f32])
}

#[inline(always)]
fn finish_body(rows: &mut [f32], bias: &[f32], norm_gain: &[f32], norm_bias: &[f32]) {
    for row in rows.chunks_exact_mut(bias.len().max(1)) {
        row.iter_mut().zip(bias).for_each(|(x, bias)| *x += bias);
        normalise(row, norm_gain, norm_bias);
    }
}
