//! Matrices of numbers of single precision that are multiplied with rows.
//!
//! Columns stand side by side, so that sixteen sums grow at once and nothing is
//! added up across a vector. Each sum is made in the order of [`dot`] and comes
//! to the same bits.

use super::norm::LANES;
use super::wide::wide;

/// Columns that are kept together.
const PANEL: usize = 16;
/// Rows that are multiplied at once, each sum waiting for itself alone.
const ROWS: usize = 4;
/// A matrix by panels of columns; its memory is used again and again.
#[derive(Debug, Default, Clone)]
pub(crate) struct Panels {
    inputs: usize,
    outputs: usize,
    packed: Vec<[f32; PANEL]>,
}

impl Panels {
    /// Takes a matrix given column by column: `inputs` numbers for each output.
    pub(crate) fn set(&mut self, columns: &[f32], inputs: usize) {
        self.inputs = inputs.max(1);
        self.outputs = columns.len() / self.inputs;
        // What was there before stays in columns beyond the last one, whose sums
        // are not kept.
        let panels = self.outputs.div_ceil(PANEL);
        self.packed.resize(panels * self.inputs, [0.0; PANEL]);
        pack(columns, self.inputs, &mut self.packed);
    }

    /// The sums of products of every row with every column.
    pub(crate) fn times(&self, rows: &[f32], out: &mut Vec<f32>) {
        // Every number is written below: what was there need not be cleared.
        out.resize(rows.len() / self.inputs.max(1) * self.outputs, 0.0);
        times(rows, &self.packed, self.inputs, self.outputs, out);
    }
}

wide! {
    /// Columns to panels.
    pack = pack_body(columns: &[f32], inputs: usize, packed: &mut [[f32; PANEL]])
}

#[inline(always)]
fn pack_body(columns: &[f32], inputs: usize, packed: &mut [[f32; PANEL]]) {
    let panels = packed.chunks_exact_mut(inputs);
    for (panel, columns) in panels.zip(columns.chunks(inputs * PANEL)) {
        for (place, column) in columns.chunks_exact(inputs).enumerate() {
            for (row, x) in panel.iter_mut().zip(column) {
                row[place] = *x;
            }
        }
    }
}

wide! {
    /// Every row times every panel.
    times = times_body(
        rows: &[f32],
        packed: &[[f32; PANEL]],
        inputs: usize,
        outputs: usize,
        out: &mut [f32],
    )
}

#[inline(always)]
fn times_body(
    rows: &[f32],
    packed: &[[f32; PANEL]],
    inputs: usize,
    outputs: usize,
    out: &mut [f32],
) {
    if inputs == 0 || outputs == 0 {
        return;
    }
    for (panel, columns) in packed.chunks_exact(inputs).enumerate() {
        let first = panel * PANEL;
        let rows = rows.chunks(inputs * ROWS);
        for (rows, out) in rows.zip(out.chunks_mut(outputs * ROWS)) {
            // Fewer rows than fit: the last one several times.
            let count = rows.len() / inputs;
            let mut all = [&rows[..0]; ROWS];
            for (at, row) in all.iter_mut().enumerate() {
                let from = at.min(count.saturating_sub(1)) * inputs;
                *row = rows.get(from..from + inputs).unwrap_or_default();
            }
            let sums = products(all, columns);
            for (sums, out) in sums.iter().zip(out.chunks_exact_mut(outputs)) {
                let out = &mut out[first..];
                if let Some(out) = out.first_chunk_mut::<PANEL>() {
                    *out = *sums;
                } else {
                    out.iter_mut().zip(sums).for_each(|(out, sum)| *out = *sum);
                }
            }
        }
    }
}

/// Sums of some rows with a panel.
type Sums = [[f32; PANEL]; ROWS];

/// Rows times a panel. As in [`dot`], part `k` of a sum is made of the products
/// at `k`, `k + 16`, `k + 32` and so on; then the parts `k` and `k + 8` are
/// added, then `k` and `k + 4`, then 0 and 2, 1 and 3, and these.
#[inline(always)]
fn products(rows: [&[f32]; ROWS], columns: &[[f32; PANEL]]) -> Sums {
    let even = plus(quarter(rows, columns, 0), quarter(rows, columns, 2));
    let odd = plus(quarter(rows, columns, 1), quarter(rows, columns, 3));
    plus(even, odd)
}

/// The parts `k`, `k + 4`, `k + 8` and `k + 12` added up.
#[inline(always)]
fn quarter(rows: [&[f32]; ROWS], columns: &[[f32; PANEL]], k: usize) -> Sums {
    let low = plus(part(rows, columns, k), part(rows, columns, k + 8));
    let high = plus(part(rows, columns, k + 4), part(rows, columns, k + 12));
    plus(low, high)
}

#[inline(always)]
fn part(rows: [&[f32]; ROWS], columns: &[[f32; PANEL]], k: usize) -> Sums {
    let mut sums = [[0.0; PANEL]; ROWS];
    let rows = rows.map(|row| row.get(..columns.len()).unwrap_or_default());
    let mut at = k;
    while at < columns.len() {
        let column = &columns[at];
        for (sums, row) in sums.iter_mut().zip(rows) {
            let x = row.get(at).copied().unwrap_or(0.0);
            for (sum, weight) in sums.iter_mut().zip(column) {
                *sum += x * weight;
            }
        }
        at += LANES;
    }
    sums
}

#[inline(always)]
fn plus(mut a: Sums, b: Sums) -> Sums {
    for (a, b) in a.iter_mut().zip(b) {
        for (a, b) in a.iter_mut().zip(b) {
            *a += b;
        }
    }
    a
}

#[cfg(test)]
mod tests {
    use super::{Panels, times, times_body};
    use crate::kernel::dot;

    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        (0..count)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f32::from(u16::try_from(state >> 16).expect("16 bits")) / 9973.0 - 3.0
            })
            .collect()
    }

    fn bits(values: &[f32]) -> Vec<u32> {
        values.iter().map(|x| x.to_bits()).collect()
    }

    #[test]
    fn sums_have_the_bits_of_one_product_after_the_other() {
        let mut panels = Panels::default();
        for (inputs, outputs, rows) in [
            (1, 1, 1),
            (128, 33, 5),
            (272, 48, 2),
            (19, 7, 3),
            (5, 40, 0),
        ] {
            let (columns, values) = (numbers(inputs * outputs, 1), numbers(inputs * rows, 2));
            panels.set(&columns, inputs);
            let mut out = Vec::new();
            panels.times(&values, &mut out);
            let expected: Vec<f32> = values
                .chunks_exact(inputs)
                .flat_map(|row| columns.chunks_exact(inputs).map(|column| dot(row, column)))
                .collect();
            assert_eq!(bits(&out), bits(&expected), "{inputs} x {outputs}");
        }
    }

    #[test]
    fn wide_and_narrow_vectors_give_the_same_bits() {
        let mut panels = Panels::default();
        panels.set(&numbers(130 * 35, 3), 130);
        let rows = numbers(130 * 3, 4);
        let (mut wide, mut narrow) = (vec![0.0; 35 * 3], vec![0.0; 35 * 3]);
        times(&rows, &panels.packed, 130, 35, &mut wide);
        times_body(&rows, &panels.packed, 130, 35, &mut narrow);
        assert_eq!(bits(&wide), bits(&narrow));
    }

    #[test]
    fn nothing_times_nothing_is_nothing() {
        let mut out = vec![1.0];
        Panels::default().times(&[], &mut out);
        assert!(out.is_empty());
    }
}
