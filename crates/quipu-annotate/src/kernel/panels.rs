//! Matrices of numbers of single precision that are multiplied with rows.
//!
//! Columns stand side by side, so that sixteen sums grow at once and nothing is
//! added up across a vector. Each sum is made in the order of [`dot`] and comes
//! to the same bits.

use super::norm::LANES;
use super::wide::wide;

/// Columns that are kept together.
const PANEL: usize = 16;
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
        let padded = self.inputs.next_multiple_of(LANES);
        self.packed.resize(panels * padded, [0.0; PANEL]);
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
    let panels = packed.chunks_exact_mut(inputs.next_multiple_of(LANES));
    for (panel, columns) in panels.zip(columns.chunks(inputs * PANEL)) {
        // Rows are filled up with zeros, and so are panels.
        panel[inputs..].fill([0.0; PANEL]);
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
    let panels = packed.chunks_exact(inputs.next_multiple_of(LANES));
    for (panel, columns) in panels.enumerate() {
        let first = panel * PANEL;
        for (row, out) in rows.chunks_exact(inputs).zip(out.chunks_exact_mut(outputs)) {
            let sums = products(row, columns);
            let out = &mut out[first..];
            if let Some(out) = out.first_chunk_mut::<PANEL>() {
                *out = sums;
            } else {
                out.iter_mut().zip(sums).for_each(|(out, sum)| *out = sum);
            }
        }
    }
}

/// A row times a panel. As in [`dot`], part `k` of a sum is made of the products
/// at `k`, `k + 16`, `k + 32` and so on; then the parts `k` and `k + 8` are
/// added, then `k` and `k + 4`, then 0 and 2, 1 and 3, and these.
#[inline(always)]
fn products(row: &[f32], columns: &[[f32; PANEL]]) -> [f32; PANEL] {
    let (row, rest) = row.as_chunks::<LANES>();
    let (columns, _) = columns.as_chunks::<LANES>();
    let mut last = [0.0; LANES];
    last.iter_mut().zip(rest).for_each(|(last, x)| *last = *x);
    let even = plus(
        quarter::<0>(row, &last, columns),
        quarter::<2>(row, &last, columns),
    );
    let odd = plus(
        quarter::<1>(row, &last, columns),
        quarter::<3>(row, &last, columns),
    );
    plus(even, odd)
}

/// The parts `K`, `K + 4`, `K + 8` and `K + 12` added up. Four grow side by
/// side: no more fit into the registers of every processor.
#[inline(always)]
fn quarter<const K: usize>(
    row: &[[f32; LANES]],
    last: &[f32; LANES],
    columns: &[[[f32; PANEL]; LANES]],
) -> [f32; PANEL] {
    let mut parts = [[0.0; PANEL]; 4];
    for (row, columns) in row.iter().zip(columns) {
        grow::<K>(&mut parts, row, columns);
    }
    if let Some(columns) = columns.get(row.len()) {
        grow::<K>(&mut parts, last, columns);
    }
    let [a, b, c, d] = parts;
    plus(plus(a, c), plus(b, d))
}

#[inline(always)]
fn grow<const K: usize>(
    parts: &mut [[f32; PANEL]; 4],
    row: &[f32; LANES],
    columns: &[[f32; PANEL]; LANES],
) {
    for (at, part) in parts.iter_mut().enumerate() {
        let (x, column) = (row[K + 4 * at], &columns[K + 4 * at]);
        for (sum, weight) in part.iter_mut().zip(column) {
            *sum += x * weight;
        }
    }
}

#[inline(always)]
fn plus(mut a: [f32; PANEL], b: [f32; PANEL]) -> [f32; PANEL] {
    for (a, b) in a.iter_mut().zip(b) {
        *a += b;
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
