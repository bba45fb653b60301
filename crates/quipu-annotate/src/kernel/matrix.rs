//! Matrices of 8-bit weights, times rows of 7-bit numbers.
//!
//! A row is scaled to whole numbers of 0..=127, 64 being zero; weights are whole
//! numbers of -127..=127 with one scale a column. The products of two pairs then
//! fit in 16 bits, so that processors with and without instructions for 8-bit
//! sums of products come to the same sums.

use super::wide::wide;

/// Columns that are kept together: one vector of 512 bits of 32-bit sums.
pub(crate) const PANEL: usize = 16;
/// Rows of the matrix that are multiplied at once.
pub(crate) const STEP: usize = 4;

/// A matrix of `inputs` x `outputs` with a bias for every output.
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    inputs: usize,
    outputs: usize,
    /// By panel of 16 columns, by step of 4 rows: 16 x 4 weights.
    packed: Vec<i8>,
    /// Scale of each column, padded to whole panels.
    scales: Vec<f32>,
    /// What the zero of the rows (64) adds to each column.
    offsets: Vec<i32>,
    biases: Vec<f32>,
}

/// Rows of numbers made whole, each with its scale.
#[derive(Debug, Default, Clone)]
pub(crate) struct Rows {
    width: usize,
    numbers: Vec<u8>,
    scales: Vec<f32>,
}

impl Rows {
    /// Scales rows of `width` numbers each.
    pub(crate) fn set(&mut self, values: &[f32], width: usize) {
        self.width = width.next_multiple_of(STEP);
        let rows = values.len() / width.max(1);
        self.numbers.clear();
        self.numbers.resize(rows * self.width, 64);
        self.scales.clear();
        let scales = &mut self.scales;
        scales.resize(rows, 0.0);
        shrink(
            values,
            width.max(1),
            self.width.max(1),
            &mut self.numbers,
            scales,
        );
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.scales.len()
    }
}

wide! {
    /// Scales each row to whole numbers.
    shrink = shrink_body(values: &[f32], width: usize, padded: usize, numbers: &mut [u8], scales: &mut [f32])
}

#[inline(always)]
fn shrink_body(
    values: &[f32],
    width: usize,
    padded: usize,
    numbers: &mut [u8],
    scales: &mut [f32],
) {
    let rows = values
        .chunks_exact(width)
        .zip(numbers.chunks_exact_mut(padded));
    for ((row, numbers), scale) in rows.zip(scales) {
        let largest = largest(row);
        // A row of nothing, or of what is no number, is a row of zeros.
        let largest = if largest.is_finite() { largest } else { 0.0 };
        *scale = largest / 63.0;
        let inverse = if largest > 0.0 { 63.0 / largest } else { 0.0 };
        for (number, x) in numbers.iter_mut().zip(row) {
            // Beside 1.5 * 2^23 only whole numbers fit in the last bits.
            const WHOLE: f32 = 12_582_912.0 + 64.0;
            #[allow(clippy::cast_possible_truncation, reason = "seven bits are left")]
            {
                *number = ((x * inverse + WHOLE).to_bits() & 127) as u8;
            }
        }
    }
}

/// The largest size of a number in a row.
#[inline(always)]
fn largest(row: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; PANEL];
    let (whole, rest) = row.as_chunks::<PANEL>();
    for chunk in whole {
        for (most, x) in lanes.iter_mut().zip(chunk) {
            let size = x.abs();
            *most = if size > *most { size } else { *most };
        }
    }
    for (most, x) in lanes.iter_mut().zip(rest) {
        let size = x.abs();
        *most = if size > *most { size } else { *most };
    }
    lanes
        .iter()
        .fold(0.0, |most, x| if *x > most { *x } else { most })
}

impl Matrix {
    /// Packs a matrix given column by column (`outputs` rows of `inputs`
    /// weights, as training writes them). `None` where the sizes do not fit.
    pub(crate) fn new(
        weights: &[i8],
        scales: &[f32],
        biases: &[f32],
        inputs: usize,
    ) -> Option<Self> {
        let outputs = scales.len();
        if inputs == 0 || weights.len() != inputs.checked_mul(outputs)? || biases.len() != outputs {
            return None;
        }
        let steps = inputs.div_ceil(STEP);
        let panels = outputs.div_ceil(PANEL);
        let mut packed = vec![0; panels * steps * PANEL * STEP];
        let mut offsets = vec![0; panels * PANEL];
        for (column, weights) in weights.chunks_exact(inputs).enumerate() {
            let panel = packed
                .chunks_exact_mut(steps * PANEL * STEP)
                .nth(column / PANEL)?;
            for (row, weight) in weights.iter().enumerate() {
                // -128 would overflow the sum of two products.
                let weight = (*weight).max(-127);
                *panel.get_mut(
                    (row / STEP) * PANEL * STEP + (column % PANEL) * STEP + row % STEP,
                )? = weight;
                *offsets.get_mut(column)? += 64 * i32::from(weight);
            }
        }
        let pad = |values: &[f32]| {
            let mut padded = values.to_vec();
            padded.resize(panels * PANEL, 0.0);
            padded
        };
        Some(Self {
            inputs,
            outputs,
            packed,
            scales: pad(scales),
            offsets,
            biases: pad(biases),
        })
    }

    /// Packs a matrix of numbers (`biases.len()` rows of `inputs`), each row
    /// scaled to 8 bits.
    pub(crate) fn from_numbers(weights: &[f32], biases: &[f32], inputs: usize) -> Option<Self> {
        let mut whole = Vec::with_capacity(weights.len());
        let mut scales = Vec::with_capacity(biases.len());
        for row in weights.chunks_exact(inputs.max(1)) {
            let largest = row.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            #[allow(clippy::cast_possible_truncation, reason = "between -127 and 127")]
            whole.extend(row.iter().map(|x| (x / scale).round() as i8));
            scales.push(scale);
        }
        Self::new(&whole, &scales, biases, inputs)
    }

    /// Several matrices of the same inputs as one, their outputs side by side.
    pub(crate) fn side_by_side(parts: &[(&[i8], &[f32], &[f32])], inputs: usize) -> Option<Self> {
        let mut weights = Vec::new();
        let mut scales = Vec::new();
        let mut biases = Vec::new();
        for (weight, scale, bias) in parts {
            weights.extend_from_slice(weight);
            scales.extend_from_slice(scale);
            biases.extend_from_slice(bias);
        }
        Self::new(&weights, &scales, &biases, inputs)
    }

    /// Numbers in a row that goes in.
    pub(crate) const fn inputs(&self) -> usize {
        self.inputs
    }

    /// Numbers in a row that comes out.
    pub(crate) const fn outputs(&self) -> usize {
        self.outputs
    }

    /// Multiplies every row; `out` gets [`Self::outputs`] numbers for each.
    pub(crate) fn times(&self, rows: &Rows, out: &mut Vec<f32>) {
        // Every number is written below: what was there need not be cleared.
        out.resize(rows.len() * self.outputs, 0.0);
        if rows.width != self.inputs.next_multiple_of(STEP) {
            debug_assert!(
                false,
                "rows of {} for a matrix of {}",
                rows.width, self.inputs
            );
            return;
        }
        #[cfg(target_arch = "x86_64")]
        if super::x86::times(
            &self.packed,
            rows.width,
            &rows.numbers,
            &self.finish(rows),
            out,
        ) {
            return;
        }
        self.times_anywhere(rows, out);
    }

    fn finish<'a>(&'a self, rows: &'a Rows) -> Finish<'a> {
        Finish {
            rows: &rows.scales,
            scales: &self.scales,
            offsets: &self.offsets,
            biases: &self.biases,
            outputs: self.outputs,
        }
    }

    /// The same for any processor.
    fn times_anywhere(&self, rows: &Rows, out: &mut [f32]) {
        let wide = rows.width.max(1);
        let finish = self.finish(rows);
        // A panel row by row, so that every compiler makes vectors of the sums.
        let mut plain = vec![[0_i16; PANEL]; wide];
        for (panel, weights) in self.packed.chunks_exact(wide * PANEL).enumerate() {
            let (blocks, _) = weights.as_chunks::<{ PANEL * STEP }>();
            for (plain, block) in plain.as_chunks_mut::<STEP>().0.iter_mut().zip(blocks) {
                for (at, weight) in block.iter().enumerate() {
                    plain[at % STEP][at / STEP] = i16::from(*weight);
                }
            }
            for (row, numbers) in rows.numbers.chunks_exact(wide).enumerate() {
                let mut sums = [0_i32; PANEL];
                let (pairs, _) = numbers.as_chunks::<2>();
                for (numbers, weights) in pairs.iter().zip(plain.as_chunks::<2>().0) {
                    let [a, b] = numbers.map(i16::from);
                    let columns = weights[0].iter().zip(&weights[1]);
                    for (sum, (x, y)) in sums.iter_mut().zip(columns) {
                        // Two products of 7 and 8 bits fit in 16.
                        *sum += i32::from(a * x + b * y);
                    }
                }
                finish.put(row, panel, &sums, out);
            }
        }
    }
}

/// What makes numbers of whole sums.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finish<'a> {
    pub(crate) rows: &'a [f32],
    pub(crate) scales: &'a [f32],
    pub(crate) offsets: &'a [i32],
    pub(crate) biases: &'a [f32],
    pub(crate) outputs: usize,
}

impl Finish<'_> {
    /// Whole sums of a row and a panel become numbers again.
    #[inline(always)]
    pub(crate) fn put(&self, row: usize, panel: usize, sums: &[i32; PANEL], out: &mut [f32]) {
        let first = panel * PANEL;
        let columns = first..first + PANEL;
        let Some(scale) = self.rows.get(row) else {
            return;
        };
        // Whole arrays, so that the loop below is a few vectors.
        let parts = (
            self.scales
                .get(columns.clone())
                .and_then(<[f32]>::first_chunk::<PANEL>),
            self.offsets
                .get(columns.clone())
                .and_then(<[i32]>::first_chunk::<PANEL>),
            self.biases
                .get(columns)
                .and_then(<[f32]>::first_chunk::<PANEL>),
        );
        let (Some(scales), Some(offsets), Some(biases)) = parts else {
            return;
        };
        let mut values = [0.0_f32; PANEL];
        for (i, value) in values.iter_mut().enumerate() {
            #[allow(
                clippy::cast_precision_loss,
                reason = "sums stay far below 2^24 for rows of up to 1,000 numbers"
            )]
            let whole = (sums[i] - offsets[i]) as f32;
            *value = whole * (scale * scales[i]) + biases[i];
        }
        let from = row * self.outputs + first;
        let until = from + PANEL.min(self.outputs.saturating_sub(first));
        let Some(out) = out.get_mut(from..until) else {
            return;
        };
        if let Some(out) = out.first_chunk_mut::<PANEL>() {
            *out = values;
        } else {
            out.iter_mut().zip(values).for_each(|(out, x)| *out = x);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Matrix, Rows};

    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        (0..count)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f32::from(u16::try_from(state >> 16).expect("16 bits")) / 32768.0 - 1.0
            })
            .collect()
    }

    fn example(inputs: usize, outputs: usize, rows: usize) -> (Matrix, Rows, Vec<f32>) {
        let weights: Vec<i8> = numbers(inputs * outputs, 7)
            .iter()
            .map(|x| (x * 127.0) as i8)
            .collect();
        let scales: Vec<f32> = numbers(outputs, 8)
            .iter()
            .map(|x| x.abs() / 100.0)
            .collect();
        let biases = numbers(outputs, 9);
        let values = numbers(inputs * rows, 10);
        let exact: Vec<f32> = values
            .chunks_exact(inputs)
            .flat_map(|row| {
                weights.chunks_exact(inputs).zip(&scales).zip(&biases).map(
                    move |((column, scale), bias)| {
                        row.iter()
                            .zip(column)
                            .map(|(x, w)| x * f32::from(*w))
                            .sum::<f32>()
                            * scale
                            + bias
                    },
                )
            })
            .collect();
        let mut whole = Rows::default();
        whole.set(&values, inputs);
        (
            Matrix::new(&weights, &scales, &biases, inputs).expect("sizes fit"),
            whole,
            exact,
        )
    }

    #[test]
    fn products_are_near_the_exact_ones() {
        for (inputs, outputs, rows) in [(3, 1, 1), (256, 768, 7), (97, 33, 13), (128, 16, 1)] {
            let (matrix, whole, exact) = example(inputs, outputs, rows);
            let mut out = Vec::new();
            matrix.times(&whole, &mut out);
            let error: f32 = out
                .iter()
                .zip(&exact)
                .map(|(a, b)| (a - b).abs())
                .sum::<f32>()
                / exact.len() as f32;
            let size: f32 = exact.iter().map(|x| x.abs()).sum::<f32>() / exact.len() as f32;
            assert!(
                error < size * 0.02,
                "{inputs} x {outputs}: {error} of {size}"
            );
        }
    }

    #[test]
    fn every_processor_comes_to_the_same_bits() {
        for (inputs, outputs, rows) in [(3, 1, 1), (256, 768, 7), (97, 33, 13), (64, 130, 5)] {
            let (matrix, whole, _) = example(inputs, outputs, rows);
            let mut fast = Vec::new();
            matrix.times(&whole, &mut fast);
            let mut plain = vec![0.0; fast.len()];
            matrix.times_anywhere(&whole, &mut plain);
            let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&fast), bits(&plain));
        }
    }

    #[test]
    fn a_row_of_nothing_gives_the_biases() {
        let (matrix, _, _) = example(8, 3, 1);
        let mut rows = Rows::default();
        rows.set(&[0.0; 8], 8);
        let mut out = Vec::new();
        matrix.times(&rows, &mut out);
        assert_eq!(out, matrix.biases[..3]);
        rows.set(&[f32::NAN, f32::INFINITY, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], 8);
        matrix.times(&rows, &mut out);
        assert!(out.iter().all(|x| x.is_finite()));
    }
}
