//! Whole-number products with the vector instructions of x86-64 processors.
#![allow(
    unsafe_code,
    reason = "functions for one kind of processor may be called only after asking which it is, and vectors are loaded by address"
)]

use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16,
    _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
    _mm256_storeu_si256, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32,
    _mm512_setzero_si512, _mm512_storeu_si512,
};

use super::matrix::{Finish, PANEL, STEP};

/// Bytes of one panel in one step.
const BLOCK: usize = PANEL * STEP;

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
    if is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512f") {
        // SAFETY: the processor has the instructions.
        unsafe { times_512(packed, width, rows, finish, out) };
        return true;
    }
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has the instructions.
        unsafe { times_256(packed, width, rows, finish, out) };
        return true;
    }
    false
}

#[target_feature(enable = "avx512f,avx512vnni")]
fn times_512(packed: &[i8], width: usize, rows: &[u8], finish: &Finish<'_>, out: &mut [f32]) {
    let (panels, count) = (packed.len() / (width * PANEL), rows.len() / width);
    let mut panel = 0;
    while panel < panels {
        let wide = if panel + 4 <= panels { 4 } else { 1 };
        let mut row = 0;
        while row < count {
            let high = if row + 6 <= count { 6 } else { 1 };
            match (high, wide) {
                (6, 4) => block_512::<6, 4>(packed, width, rows, row, panel, finish, out),
                (6, _) => block_512::<6, 1>(packed, width, rows, row, panel, finish, out),
                (_, 4) => block_512::<1, 4>(packed, width, rows, row, panel, finish, out),
                _ => block_512::<1, 1>(packed, width, rows, row, panel, finish, out),
            }
            row += high;
        }
        panel += wide;
    }
}

/// `R` rows times `P` panels, all sums kept in registers.
#[target_feature(enable = "avx512f,avx512vnni")]
#[inline]
fn block_512<const R: usize, const P: usize>(
    packed: &[i8],
    width: usize,
    rows: &[u8],
    row: usize,
    panel: usize,
    finish: &Finish<'_>,
    out: &mut [f32],
) {
    let steps = width / STEP;
    let weights: [&[i8]; P] = std::array::from_fn(|p| {
        let from = (panel + p) * steps * BLOCK;
        &packed[from..from + steps * BLOCK]
    });
    let numbers: [&[u8]; R] = std::array::from_fn(|r| {
        let from = (row + r) * width;
        &rows[from..from + width]
    });
    let mut sums = [[_mm512_setzero_si512(); P]; R];
    for step in 0..steps {
        let columns: [__m512i; P] = std::array::from_fn(|p| {
            // SAFETY: `weights[p]` holds `steps` blocks of 64 bytes.
            unsafe { _mm512_loadu_si512(weights[p].as_ptr().add(step * BLOCK).cast()) }
        });
        for r in 0..R {
            // SAFETY: `numbers[r]` holds `steps` times 4 bytes.
            let four = unsafe {
                numbers[r]
                    .as_ptr()
                    .add(step * STEP)
                    .cast::<i32>()
                    .read_unaligned()
            };
            let four = _mm512_set1_epi32(four);
            for p in 0..P {
                sums[r][p] = _mm512_dpbusd_epi32(sums[r][p], four, columns[p]);
            }
        }
    }
    for (r, sums) in sums.iter().enumerate() {
        for (p, sum) in sums.iter().enumerate() {
            let mut whole = [0_i32; PANEL];
            // SAFETY: 16 numbers of 32 bits are 64 bytes.
            unsafe { _mm512_storeu_si512(whole.as_mut_ptr().cast(), *sum) };
            finish.put(row + r, panel + p, &whole, out);
        }
    }
}

#[target_feature(enable = "avx2")]
fn times_256(packed: &[i8], width: usize, rows: &[u8], finish: &Finish<'_>, out: &mut [f32]) {
    let (panels, count) = (packed.len() / (width * PANEL), rows.len() / width);
    for panel in 0..panels {
        let mut row = 0;
        while row < count {
            if row + 4 <= count {
                block_256::<4>(packed, width, rows, row, panel, finish, out);
                row += 4;
            } else {
                block_256::<1>(packed, width, rows, row, panel, finish, out);
                row += 1;
            }
        }
    }
}

/// `R` rows times one panel.
#[target_feature(enable = "avx2")]
#[inline]
fn block_256<const R: usize>(
    packed: &[i8],
    width: usize,
    rows: &[u8],
    row: usize,
    panel: usize,
    finish: &Finish<'_>,
    out: &mut [f32],
) {
    let steps = width / STEP;
    let weights = &packed[panel * steps * BLOCK..(panel + 1) * steps * BLOCK];
    let numbers: [&[u8]; R] = std::array::from_fn(|r| {
        let from = (row + r) * width;
        &rows[from..from + width]
    });
    let ones = _mm256_set1_epi16(1);
    let mut sums = [[_mm256_setzero_si256(); 2]; R];
    for step in 0..steps {
        let columns: [__m256i; 2] = std::array::from_fn(|half| {
            // SAFETY: `weights` holds `steps` blocks of twice 32 bytes.
            unsafe { _mm256_loadu_si256(weights.as_ptr().add(step * BLOCK + half * 32).cast()) }
        });
        for r in 0..R {
            // SAFETY: `numbers[r]` holds `steps` times 4 bytes.
            let four = unsafe {
                numbers[r]
                    .as_ptr()
                    .add(step * STEP)
                    .cast::<i32>()
                    .read_unaligned()
            };
            let four = _mm256_set1_epi32(four);
            for half in 0..2 {
                // Pairs of products of 7 and 8 bits fit in 16.
                let pairs = _mm256_maddubs_epi16(four, columns[half]);
                sums[r][half] = _mm256_add_epi32(sums[r][half], _mm256_madd_epi16(pairs, ones));
            }
        }
    }
    for (r, sums) in sums.iter().enumerate() {
        let mut whole = [0_i32; PANEL];
        for (half, sum) in sums.iter().enumerate() {
            // SAFETY: 8 numbers of 32 bits are 32 bytes; the array holds 16.
            unsafe { _mm256_storeu_si256(whole.as_mut_ptr().add(half * 8).cast(), *sum) };
        }
        finish.put(row + r, panel, &whole, out);
    }
}

#[cfg(test)]
mod tests {
    use super::{Finish, PANEL, STEP, times_256};

    #[test]
    fn older_vectors_come_to_the_same_sums() {
        if !is_x86_feature_detected!("avx2") {
            return;
        }
        let (width, panels, count) = (24, 3, 7);
        let packed: Vec<i8> = (0..width * PANEL * panels)
            .map(|i| ((i * 37) % 255) as u8 as i8)
            .map(|w| w.max(-127))
            .collect();
        let rows: Vec<u8> = (0..width * count)
            .map(|i| ((i * 53) % 127 + 1) as u8)
            .collect();
        let columns = panels * PANEL;
        let finish = Finish {
            rows: &vec![1.0; count],
            scales: &vec![1.0; columns],
            offsets: &vec![0; columns],
            biases: &vec![0.0; columns],
            outputs: columns,
        };
        let mut out = vec![0.0; columns * count];
        // SAFETY: asked above.
        unsafe { times_256(&packed, width, &rows, &finish, &mut out) };
        for (at, sum) in out.iter().enumerate() {
            let (row, panel, column) = (at / columns, at % columns / PANEL, at % PANEL);
            let exact: i32 = (0..width)
                .map(|i| {
                    let at = panel * width * PANEL
                        + (i / STEP) * PANEL * STEP
                        + column * STEP
                        + i % STEP;
                    i32::from(rows[row * width + i]) * i32::from(packed[at])
                })
                .sum();
            #[allow(clippy::cast_precision_loss, reason = "far below 2^24")]
            let exact = exact as f32;
            assert_eq!(sum.to_bits(), exact.to_bits());
        }
    }
}
