//! Windows of text that the network reads side by side.

use std::ops::Range;

use super::rows::{Seen, Types, add};
use super::{Ends, Gap};
use crate::kernel::{Rows, dot};

/// Tokens that are read at once; a longer paragraph is read in several windows.
pub(super) const WINDOW: usize = 400;
/// Tokens before the end of a window whose judgement is left to the next one,
/// which sees what follows them.
const UNSURE: usize = 20;
/// A window that gains fewer tokens than this is short. What lies behind its
/// last sure end the next window sees again, further on; were judgements not
/// bent by where a window begins, the next one would never be short as well. A
/// second short one is taken as it is, so that no text is read again and again.
pub(super) const SHORT: usize = (WINDOW - UNSURE) / 2;

/// What is left of a paragraph, and whether the window before gained little.
#[derive(Debug, Clone)]
pub(super) struct Rest {
    pub(super) tokens: Range<usize>,
    pub(super) after_short: bool,
}

/// Memory for the network over sentence ends, used again and again.
#[derive(Debug, Default)]
pub(crate) struct EndsMemory {
    /// Each paragraph's rest, and the rows of its window.
    windows: Vec<(Rest, Range<usize>)>,
    ranges: Vec<Range<usize>>,
    vectors: Vec<f32>,
    mixed: Vec<f32>,
    rows: Rows,
    gated: Vec<f32>,
    types: Types,
    norm: String,
}

/// Windows that are read side by side.
pub(super) struct Windows<'a> {
    ends: &'a Ends,
    text: &'a str,
    tokens: &'a [Range<u32>],
    gaps: &'a [Gap],
    memory: &'a mut EndsMemory,
}

impl<'a> Windows<'a> {
    pub(super) fn new(
        ends: &'a Ends,
        text: &'a str,
        tokens: &'a [Range<u32>],
        gaps: &'a [Gap],
        memory: &'a mut EndsMemory,
    ) -> Self {
        memory.types.grow(tokens.len(), ends.row());
        Self {
            ends,
            text,
            tokens,
            gaps,
            memory,
        }
    }

    pub(super) fn clear(&mut self) {
        self.memory.windows.clear();
        self.memory.ranges.clear();
        self.memory.vectors.clear();
        self.memory.gated.clear();
    }

    pub(super) fn tokens(&self) -> usize {
        self.memory.ranges.last().map_or(0, |range| range.end)
    }

    /// Adds the first window of what is left of a paragraph.
    pub(super) fn add(&mut self, rest: Rest) {
        let paragraph = &rest.tokens;
        let end = paragraph.end.min(paragraph.start + WINDOW);
        let from = self.tokens();
        let (ends, memory) = (self.ends, &mut *self.memory);
        let (width, wide) = (ends.out.len(), ends.row());
        let (words, suffixes) = (ends.words.places(), ends.suffixes.places());
        let tokens = self.tokens.get(paragraph.start..end).unwrap_or_default();
        let gaps = self.gaps.get(paragraph.start..end).unwrap_or_default();
        memory.vectors.resize((from + tokens.len()) * width, 0.0);
        memory.gated.resize((from + tokens.len()) * 3 * width, 0.0);
        let vectors = memory.vectors.chunks_exact_mut(width).skip(from);
        let gated = memory.gated.chunks_exact_mut(3 * width).skip(from);
        for (((token, gap), vector), gated) in tokens.iter().zip(gaps).zip(vectors).zip(gated) {
            let word = self
                .text
                .get(token.start as usize..token.end as usize)
                .unwrap_or_default();
            let seen = Seen::new(word, words, suffixes, &mut memory.norm);
            let row = |rows: &'a [f32], row: usize| {
                rows.get(row * wide..(row + 1) * wide).unwrap_or_default()
            };
            let (shape, first) = (row(&ends.shapes, seen.shape), row(&ends.firsts, seen.first));
            let gap = row(&ends.gaps, *gap as usize + 1);
            add(
                memory.types.row(ends, seen.word, seen.suffix),
                shape,
                gap,
                first,
                vector,
                gated,
            );
        }
        let rows = from..from + tokens.len();
        memory.ranges.push(rows.clone());
        memory.windows.push((rest, rows));
    }

    /// Finds the ends in all windows, and what is left of their paragraphs.
    pub(super) fn judge(&mut self, found: &mut Vec<usize>, pending: &mut Vec<Rest>) {
        let [first, second] = &self.ends.layers;
        let EndsMemory {
            windows,
            ranges,
            vectors,
            mixed,
            rows,
            gated,
            ..
        } = &mut *self.memory;
        first.open(gated);
        first.run(vectors, gated, ranges);
        second.gate(vectors, ranges, mixed, rows, gated);
        second.run(vectors, gated, ranges);
        let width = self.ends.out.len();
        for (rest, rows) in windows.drain(..) {
            let paragraph = rest.tokens;
            let vectors = vectors
                .get(rows.start * width..rows.end * width)
                .unwrap_or_default();
            let ends = vectors.chunks_exact(width).enumerate();
            let ends = ends.filter(|(_, row)| dot(row, &self.ends.out) + self.ends.out_bias > 0.0);
            let ends = ends.map(|(at, _)| paragraph.start + at);
            let end = paragraph.start + rows.len();
            let before = found.len();
            found.extend(ends);
            let ends = found.get(before..).unwrap_or_default();
            if end >= paragraph.end {
                if ends.last() != Some(&(end - 1)) {
                    found.push(end - 1);
                }
                continue;
            }
            let gain = |last: Option<&usize>| last.map_or(0, |last| last + 1 - paragraph.start);
            let sure = ends.iter().take_while(|at| **at + UNSURE < end).count();
            let gained = gain(ends.get(..sure).and_then(<[usize]>::last));
            let all = gain(ends.last());
            match (gained, all) {
                (0, 0) => found.push(end - 1),
                (0, _) => {}
                // All ends count after all, or the window is cut at its end.
                (..SHORT, SHORT..) if rest.after_short => {}
                (..SHORT, _) if rest.after_short => found.push(end - 1),
                _ => found.truncate(before + sure),
            }
            let next = found.last().map_or(end, |last| last + 1);
            pending.push(Rest {
                tokens: next..paragraph.end,
                after_short: next - paragraph.start < SHORT,
            });
        }
    }
}
