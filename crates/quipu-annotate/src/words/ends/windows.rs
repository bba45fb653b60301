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
/// Windows that are read side by side, and what is kept from one to the next.
pub(super) struct Windows<'a> {
    ends: &'a Ends,
    text: &'a str,
    tokens: &'a [Range<u32>],
    gaps: &'a [Gap],
    /// Each paragraph's rest, and the rows of its window.
    windows: Vec<(Range<usize>, Range<usize>)>,
    ranges: Vec<Range<usize>>,
    vectors: Vec<f32>,
    rows: Rows,
    gated: Vec<f32>,
    types: Types,
    norm: String,
}

impl<'a> Windows<'a> {
    pub(super) fn new(
        ends: &'a Ends,
        text: &'a str,
        tokens: &'a [Range<u32>],
        gaps: &'a [Gap],
    ) -> Self {
        Self {
            ends,
            text,
            tokens,
            gaps,
            windows: Vec::new(),
            ranges: Vec::new(),
            vectors: Vec::new(),
            rows: Rows::default(),
            gated: Vec::new(),
            types: Types::new(tokens.len(), ends.row()),
            norm: String::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.windows.clear();
        self.ranges.clear();
        self.vectors.clear();
        self.gated.clear();
    }

    pub(super) fn tokens(&self) -> usize {
        self.ranges.last().map_or(0, |range| range.end)
    }

    /// Adds the first window of what is left of a paragraph.
    pub(super) fn add(&mut self, paragraph: Range<usize>) {
        let end = paragraph.end.min(paragraph.start + WINDOW);
        let from = self.tokens();
        let ends = self.ends;
        let (width, wide) = (ends.out.len(), ends.row());
        let (words, suffixes) = (ends.words.places(), ends.suffixes.places());
        let tokens = self.tokens.get(paragraph.start..end).unwrap_or_default();
        let gaps = self.gaps.get(paragraph.start..end).unwrap_or_default();
        self.vectors.resize((from + tokens.len()) * width, 0.0);
        self.gated.resize((from + tokens.len()) * 3 * width, 0.0);
        let vectors = self.vectors.chunks_exact_mut(width).skip(from);
        let gated = self.gated.chunks_exact_mut(3 * width).skip(from);
        for (((token, gap), vector), gated) in tokens.iter().zip(gaps).zip(vectors).zip(gated) {
            let word = self
                .text
                .get(token.start as usize..token.end as usize)
                .unwrap_or_default();
            let seen = Seen::new(word, words, suffixes, &mut self.norm);
            let row = |rows: &'a [f32], row: usize| {
                rows.get(row * wide..(row + 1) * wide).unwrap_or_default()
            };
            let (shape, first) = (row(&ends.shapes, seen.shape), row(&ends.firsts, seen.first));
            let gap = row(&ends.gaps, *gap as usize + 1);
            add(
                self.types.row(ends, seen.word, seen.suffix),
                shape,
                gap,
                first,
                vector,
                gated,
            );
        }
        let rows = from..from + tokens.len();
        self.ranges.push(rows.clone());
        self.windows.push((paragraph, rows));
    }

    /// Finds the ends in all windows, and what is left of their paragraphs.
    pub(super) fn judge(&mut self, found: &mut Vec<usize>, pending: &mut Vec<Range<usize>>) {
        let [first, second] = &self.ends.layers;
        first.open(&mut self.gated);
        first.run(&mut self.vectors, &mut self.gated, &self.ranges);
        let nothing = &mut Vec::new();
        second.gate(
            &self.vectors,
            &self.ranges,
            nothing,
            &mut self.rows,
            &mut self.gated,
        );
        second.run(&mut self.vectors, &mut self.gated, &self.ranges);
        let width = self.ends.out.len();
        for (paragraph, rows) in self.windows.drain(..) {
            let vectors = self
                .vectors
                .get(rows.start * width..rows.end * width)
                .unwrap_or_default();
            let ends = vectors.chunks_exact(width).enumerate();
            let ends = ends.filter(|(_, row)| dot(row, &self.ends.out) + self.ends.out_bias > 0.0);
            let ends = ends.map(|(at, _)| paragraph.start + at);
            let end = paragraph.start + rows.len();
            let before = found.len();
            found.extend(ends);
            if end >= paragraph.end {
                if found
                    .get(before..)
                    .is_none_or(|ends| ends.last() != Some(&(end - 1)))
                {
                    found.push(end - 1);
                }
                continue;
            }
            let ends = found.get(before..).unwrap_or_default();
            let sure = ends.iter().take_while(|at| **at + UNSURE < end).count();
            match (sure, ends.len()) {
                (0, 0) => found.push(end - 1),
                (0, _) => {}
                _ => found.truncate(before + sure),
            }
            let next = found.last().map_or(end, |last| last + 1);
            pending.push(next..paragraph.end);
        }
    }
}
