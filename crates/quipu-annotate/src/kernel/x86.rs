//! Whole-number products with the vector instructions of x86-64 processors.
#![allow(
    unsafe_code,
    reason = "functions for one kind of processor may be called only after asking which it is, and vectors are loaded by address"
)]

use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_dpbusd_avx_epi32,
    _mm256_loadu_ps, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_mul_ps,
    _mm256_set1_epi16, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_si256, _mm256_storeu_ps,
    _mm256_sub_epi32, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_loadu_ps,
    _mm512_loadu_si512, _mm512_mask_storeu_ps, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps,
    _mm512_setzero_si512, _mm512_sub_epi32,
};

use super::matrix::{Finish, PANEL, STEP};

/// Bytes of one panel in one step.
const BLOCK: usize = PANEL * STEP;

/// What is multiplied: rows of `width` numbers by packed panels.
#[derive(Clone, Copy)]
struct Work<'a> {
    packed: &'a [i8],
    width: usize,
    rows: &'a [u8],
    finish: &'a Finish<'a>,
}

impl Work<'_> {
    /// Weights of a panel, blocks of 64 bytes; as many as there are steps.
    #[inline(always)]
    fn panel(&self, panel: usize) -> *const i8 {
        let bytes = self.width * PANEL;
        self.packed[panel * bytes..(panel + 1) * bytes].as_ptr()
    }

    /// Numbers of a row, four a step.
    #[inline(always)]
    fn row(&self, row: usize) -> *const u8 {
        self.rows[row * self.width..(row + 1) * self.width].as_ptr()
    }

    fn count(&self) -> usize {
        self.rows.len() / self.width
    }

    fn panels(&self) -> usize {
        self.packed.len() / (self.width * PANEL)
    }
}

/// Multiplies rows of `width` numbers by packed panels; `false` where this processor has no such instructions.
#[inline]
pub(super) fn times(
    packed: &[i8],
    width: usize,
    rows: &[u8],
    finish: &Finish<'_>,
    out: &mut [f32],
) -> bool {
    let whole = width > 0
        && width.is_multiple_of(STEP)
        && rows.len().is_multiple_of(width)
        && packed.len().is_multiple_of(width * PANEL);
    if !whole {
        return false;
    }
    let work = Work {
        packed,
        width,
        rows,
        finish,
    };
    if is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512f") {
        // SAFETY: the processor has the instructions.
        unsafe { times_512(work, out) };
        return true;
    }
    if is_x86_feature_detected!("avxvnni") && is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has the instructions.
        unsafe { times_256_at_once(work, out) };
        return true;
    }
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has the instructions.
        unsafe { times_256(work, out) };
        return true;
    }
    false
}

/// All rows, as many at once as there are left.
macro_rules! by_rows {
    ($count:expr, $most:literal, $block:ident $(, $panels:literal)? ($($argument:expr),*)) => {
        let mut row = 0;
        while row < $count {
            let left: usize = $count - row;
            let high = if left >= $most { $most } else { left.min(4) };
            match high {
                1 => $block::<1 $(, $panels)?>($($argument,)* row),
                2 => $block::<2 $(, $panels)?>($($argument,)* row),
                3 => $block::<3 $(, $panels)?>($($argument,)* row),
                4 => $block::<4 $(, $panels)?>($($argument,)* row),
                _ => $block::<$most $(, $panels)?>($($argument,)* row),
            }
            row += high;
        }
    };
}

#[target_feature(enable = "avx512f,avx512vnni")]
fn times_512(work: Work<'_>, out: &mut [f32]) {
    let (panels, count) = (work.panels(), work.count());
    let mut panel = 0;
    while panel < panels {
        if panel + 4 <= panels {
            by_rows!(count, 6, block_512, 4(&work, out, panel));
            panel += 4;
        } else {
            by_rows!(count, 6, block_512, 1(&work, out, panel));
            panel += 1;
        }
    }
}

/// `R` rows times `P` panels, all sums kept in registers.
#[target_feature(enable = "avx512f,avx512vnni")]
#[inline]
fn block_512<const R: usize, const P: usize>(
    work: &Work<'_>,
    out: &mut [f32],
    panel: usize,
    row: usize,
) {
    let mut weights = [std::ptr::null(); P];
    let mut numbers = [std::ptr::null(); R];
    for (p, weights) in weights.iter_mut().enumerate() {
        *weights = work.panel(panel + p);
    }
    for (r, numbers) in numbers.iter_mut().enumerate() {
        *numbers = work.row(row + r);
    }
    let mut sums = [[_mm512_setzero_si512(); P]; R];
    for step in 0..work.width / STEP {
        let mut columns = [_mm512_setzero_si512(); P];
        for (column, weights) in columns.iter_mut().zip(weights) {
            // SAFETY: a panel has as many blocks of 64 bytes as there are steps.
            *column = unsafe { _mm512_loadu_si512(weights.add(step * BLOCK).cast()) };
        }
        for (sums, numbers) in sums.iter_mut().zip(numbers) {
            // SAFETY: a row has as many times 4 bytes as there are steps.
            let four = unsafe { numbers.add(step * STEP).cast::<i32>().read_unaligned() };
            let four = _mm512_set1_epi32(four);
            for (sum, column) in sums.iter_mut().zip(columns) {
                *sum = _mm512_dpbusd_epi32(*sum, four, column);
            }
        }
    }
    for (r, sums) in sums.iter().enumerate() {
        for (p, sum) in sums.iter().enumerate() {
            put_512(work.finish, row + r, panel + p, *sum, out);
        }
    }
}

/// The same as [`Finish::put`].
#[target_feature(enable = "avx512f")]
#[inline]
fn put_512(finish: &Finish<'_>, row: usize, panel: usize, sum: __m512i, out: &mut [f32]) {
    let first = panel * PANEL;
    let columns = first..first + PANEL;
    let scales = finish.scales[columns.clone()].as_ptr();
    let offsets = finish.offsets[columns.clone()].as_ptr();
    let biases = finish.biases[columns].as_ptr();
    let from = row * finish.outputs + first;
    let count = PANEL.min(finish.outputs - first);
    let out = out[from..from + count].as_mut_ptr();
    // SAFETY: each slice has 16 numbers, and `out` has those of the mask.
    unsafe {
        let whole = _mm512_sub_epi32(sum, _mm512_loadu_si512(offsets.cast()));
        let scale = _mm512_mul_ps(_mm512_set1_ps(finish.rows[row]), _mm512_loadu_ps(scales));
        let value = _mm512_mul_ps(_mm512_cvtepi32_ps(whole), scale);
        let value = _mm512_add_ps(value, _mm512_loadu_ps(biases));
        let mask = u16::MAX >> (PANEL - count);
        _mm512_mask_storeu_ps(out, mask, value);
    }
}

/// Adds products of 7 and 8 bits, four to a sum: pairs of them fit in 16 bits.
#[target_feature(enable = "avx2")]
#[inline]
fn add_256(sum: __m256i, four: __m256i, column: __m256i) -> __m256i {
    let pairs = _mm256_maddubs_epi16(four, column);
    _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
}

#[target_feature(enable = "avx2")]
#[inline]
fn put_256(finish: &Finish<'_>, row: usize, panel: usize, sums: [__m256i; 2], out: &mut [f32]) {
    let mut values = [0.0_f32; PANEL];
    for (half, sum) in sums.into_iter().enumerate() {
        let first = panel * PANEL + half * 8;
        let columns = first..first + 8;
        let scales = finish.scales[columns.clone()].as_ptr();
        let offsets = finish.offsets[columns.clone()].as_ptr();
        let biases = finish.biases[columns].as_ptr();
        // SAFETY: each slice has 8 numbers, `values` twice as many.
        unsafe {
            let whole = _mm256_sub_epi32(sum, _mm256_loadu_si256(offsets.cast()));
            let scale = _mm256_mul_ps(_mm256_set1_ps(finish.rows[row]), _mm256_loadu_ps(scales));
            let value = _mm256_mul_ps(_mm256_cvtepi32_ps(whole), scale);
            let value = _mm256_add_ps(value, _mm256_loadu_ps(biases));
            _mm256_storeu_ps(values.as_mut_ptr().add(half * 8), value);
        }
    }
    let first = panel * PANEL;
    let from = row * finish.outputs + first;
    let out = &mut out[from..from + PANEL.min(finish.outputs - first)];
    if let Some(out) = out.first_chunk_mut::<PANEL>() {
        *out = values;
    } else {
        out.iter_mut().zip(values).for_each(|(out, x)| *out = x);
    }
}

/// Products with vectors of 256 bits, by the instructions that a kind of
/// processor has for four products and their sum.
macro_rules! narrow {
    ($times:ident, $block:ident, $features:literal, $rows:literal, $add:path) => {
        #[target_feature(enable = $features)]
        fn $times(work: Work<'_>, out: &mut [f32]) {
            for panel in 0..work.panels() {
                by_rows!(work.count(), $rows, $block(&work, out, panel));
            }
        }

        /// `R` rows times one panel.
        #[target_feature(enable = $features)]
        #[inline]
        fn $block<const R: usize>(work: &Work<'_>, out: &mut [f32], panel: usize, row: usize) {
            let weights = work.panel(panel);
            let mut numbers = [std::ptr::null(); R];
            for (r, numbers) in numbers.iter_mut().enumerate() {
                *numbers = work.row(row + r);
            }
            let mut sums = [[_mm256_setzero_si256(); 2]; R];
            for step in 0..work.width / STEP {
                // SAFETY: a panel has as many blocks of 64 bytes as there are steps.
                let (low, high) = unsafe {
                    let block = weights.add(step * BLOCK);
                    (
                        _mm256_loadu_si256(block.cast()),
                        _mm256_loadu_si256(block.add(32).cast()),
                    )
                };
                for (sums, numbers) in sums.iter_mut().zip(numbers) {
                    // SAFETY: a row has as many times 4 bytes as there are steps.
                    let four = unsafe { numbers.add(step * STEP).cast::<i32>().read_unaligned() };
                    let four = _mm256_set1_epi32(four);
                    *sums = [$add(sums[0], four, low), $add(sums[1], four, high)];
                }
            }
            for (r, sums) in sums.into_iter().enumerate() {
                put_256(work.finish, row + r, panel, sums, out);
            }
        }
    };
}

narrow!(times_256, block_256, "avx2", 4, add_256);
narrow!(
    times_256_at_once,
    block_256_at_once,
    "avx2,avxvnni",
    6,
    _mm256_dpbusd_avx_epi32
);

#[cfg(test)]
mod tests {
    use super::{Finish, PANEL, STEP, Work, times_256, times_256_at_once, times_512};

    #[test]
    fn all_vectors_come_to_the_same_sums() {
        for (width, outputs, count) in [(24, 48, 7), (384, 77, 13), (4, 1, 1), (8, 65, 6)] {
            let panels = outputs_padded(outputs) / PANEL;
            let packed: Vec<i8> = (0..width * PANEL * panels)
                .map(|i| ((i * 37) % 255) as u8 as i8)
                .map(|w| w.max(-127))
                .collect();
            let rows: Vec<u8> = (0..width * count)
                .map(|i| ((i * 53) % 127 + 1) as u8)
                .collect();
            let number = |i: usize| (i * 29 % 97) as f32 / 31.0 - 1.0;
            let columns: Vec<f32> = (0..outputs_padded(outputs)).map(number).collect();
            let finish = Finish {
                rows: &(0..count).map(number).collect::<Vec<_>>(),
                scales: &columns,
                offsets: &(0..columns.len() as i32).collect::<Vec<_>>(),
                biases: &columns,
                outputs,
            };
            let work = Work {
                packed: &packed,
                width,
                rows: &rows,
                finish: &finish,
            };
            let mut expected = vec![0.0; outputs * count];
            for row in 0..count {
                for panel in 0..panels {
                    let mut sums = [0; PANEL];
                    for (column, sum) in sums.iter_mut().enumerate() {
                        *sum = (0..width)
                            .map(|i| {
                                let at = panel * width * PANEL
                                    + (i / STEP) * PANEL * STEP
                                    + column * STEP
                                    + i % STEP;
                                i32::from(rows[row * width + i]) * i32::from(packed[at])
                            })
                            .sum();
                    }
                    finish.put(row, panel, &sums, &mut expected);
                }
            }
            let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            let mut out = vec![f32::NAN; outputs * count];
            let mut same = |name: &str, times: &dyn Fn(Work<'_>, &mut [f32])| {
                out.fill(f32::NAN);
                times(work, &mut out);
                assert_eq!(bits(&out), bits(&expected), "{name}, {width} x {outputs}");
            };
            // SAFETY: each is called only where the processor has the instructions.
            unsafe {
                if is_x86_feature_detected!("avx2") {
                    same("avx2", &|work, out| times_256(work, out));
                }
                if is_x86_feature_detected!("avxvnni") {
                    same("avxvnni", &|work, out| times_256_at_once(work, out));
                }
                if is_x86_feature_detected!("avx512vnni") {
                    same("avx512", &|work, out| times_512(work, out));
                }
            }
        }
    }

    fn outputs_padded(outputs: usize) -> usize {
        outputs.next_multiple_of(PANEL)
    }
}
