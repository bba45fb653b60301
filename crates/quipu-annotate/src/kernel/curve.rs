//! Curved functions of single precision from additions and multiplications
//! alone: the same bits on every processor, and loops over them become vectors.

/// `e^x`, right to about two units in the last place between -87 and 88,
/// outside of which it stays at the end's value.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    const LOG2_E: f32 = std::f32::consts::LOG2_E;
    // ln 2 in two parts, so that x - n ln 2 loses no bits (Cody and Waite 1980).
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    // Adding 1.5 * 2^23 rounds to a whole number kept in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = x - n * LN2_HIGH - n * LN2_LOW;
    // Minimax polynomial for e^r on [-ln 2 / 2, ln 2 / 2] (Cephes, S. Moshier).
    let mut p = 1.987_569_1e-4;
    p = p * r + 1.398_199_9e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    p = p * r * r + r + 1.0;
    // n is between -126 and 127: its power of two is made of its exponent bits.
    let power = (shifted.to_bits().wrapping_add(127)) << 23;
    p * f32::from_bits(power)
}

/// `1 / (1 + e^-x)`.
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The hyperbolic tangent.
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    2.0 * sigmoid(2.0 * x) - 1.0
}

#[cfg(test)]
mod tests {
    use super::{exp, sigmoid, tanh};

    #[test]
    fn curves_are_right_to_six_digits() {
        for step in -8000..8000_i16 {
            let x = f32::from(step) / 100.0;
            let (near, far) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((near - far).abs() <= far * 3e-7, "exp {x}: {near} {far}");
            let far = 1.0 / (1.0 + (-f64::from(x)).exp());
            assert!((f64::from(sigmoid(x)) - far).abs() < 3e-7, "sigmoid {x}");
            assert!(
                (f64::from(tanh(x)) - f64::from(x).tanh()).abs() < 6e-7,
                "tanh {x}"
            );
        }
    }

    #[test]
    fn the_ends_stay_finite() {
        assert!(exp(1e30).is_finite() && exp(-1e30) > 0.0);
        assert_eq!(sigmoid(-1e30).to_bits(), sigmoid(-90.0).to_bits());
    }
}
