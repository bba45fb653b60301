//! Sums over a row, in an order that does not depend on the processor.

/// Numbers that are added side by side.
pub(super) const LANES: usize = 16;

/// The sum of `f(i, values[i])`, in sixteen sums that are added at the end.
#[inline(always)]
fn sum(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let (whole, rest) = values.as_chunks::<LANES>();
    for chunk in whole {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += f(*x);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane += f(*x);
    }
    together(lanes)
}

#[inline(always)]
fn together(mut lanes: [f32; LANES]) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// The sum of products of two rows of one length.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let (whole_a, rest_a) = a.as_chunks::<LANES>();
    let (whole_b, rest_b) = b.as_chunks::<LANES>();
    for (x, y) in whole_a.iter().zip(whole_b) {
        for ((lane, x), y) in lanes.iter_mut().zip(x).zip(y) {
            *lane += x * y;
        }
    }
    for ((lane, x), y) in lanes.iter_mut().zip(rest_a).zip(rest_b) {
        *lane += x * y;
    }
    together(lanes)
}

/// Layer normalisation of a row in place (Ba, Kiros and Hinton 2016).
#[inline(always)]
pub(crate) fn normalise(row: &mut [f32], gain: &[f32], bias: &[f32]) {
    const EPSILON: f32 = 1e-5;
    #[allow(
        clippy::cast_precision_loss,
        reason = "rows have a few hundred numbers"
    )]
    let count = row.len().max(1) as f32;
    let mean = sum(row, |x| x) / count;
    let variance = sum(row, |x| (x - mean) * (x - mean)) / count;
    let inverse = 1.0 / (variance + EPSILON).sqrt();
    for ((x, gain), bias) in row.iter_mut().zip(gain).zip(bias) {
        *x = (*x - mean) * inverse * gain + bias;
    }
}

#[cfg(test)]
mod tests {
    use super::{dot, normalise};

    #[test]
    fn a_normal_row_has_mean_0_and_variance_1() {
        let mut row: Vec<f32> = (0..37_i16).map(f32::from).collect();
        normalise(&mut row, &[1.0; 37], &[0.0; 37]);
        let mean = row.iter().sum::<f32>() / 37.0;
        let variance = row.iter().map(|x| x * x).sum::<f32>() / 37.0;
        assert!(mean.abs() < 1e-5 && (variance - 1.0).abs() < 1e-4);
    }

    #[test]
    fn products_are_summed_to_the_end() {
        let a: Vec<f32> = (0..19_i16).map(f32::from).collect();
        assert!((dot(&a, &a) - 2109.0).abs() < 1e-3);
    }
}
