//! How sure a claim is (`schema/confidence.toml`): weights of what stands for it or
//! against it, and what their sum is worth. Written by a program from claims that
//! people judged; the head of the file says how.

use std::collections::HashMap;

use serde::Deserialize;

use crate::{PackError, Packs};

const PATH: &str = "schema/confidence.toml";

/// Weights and what their sum is worth.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfidenceSheet {
    /// What every sum begins with.
    bias: i32,
    /// Weight of each sign, in thousandths of a logit.
    weights: HashMap<String, i32>,
    /// Sums and the confidence each is worth, in thousandths: both only rise. Between
    /// two sums the line holds, outside them the nearest.
    curve: Vec<[i32; 2]>,
}

impl ConfidenceSheet {
    /// The sheet of the packs.
    ///
    /// # Errors
    /// What is wrong in the file.
    pub fn read(packs: &Packs) -> Result<Self, PackError> {
        let made: Self = packs.files().parse(PATH)?;
        let wrong = |message: &str| {
            let mend = "write the file anew with `gold claims --calibrate`";
            Err(PackError::at(PATH, 1, message, mend))
        };
        if made.curve.is_empty() {
            return wrong("`curve` has no points");
        }
        let (mut before, mut worth) = (i32::MIN, 0);
        for [sum, confidence] in &made.curve {
            if *sum <= before || *confidence < worth || *confidence > 1000 {
                return wrong("`curve` must rise, from 0 to 1000 at most");
            }
            (before, worth) = (*sum, *confidence);
        }
        Ok(made)
    }

    /// What every sum begins with.
    #[must_use]
    pub const fn bias(&self) -> i32 {
        self.bias
    }

    /// The weight of a sign; what is not known weighs nothing.
    #[must_use]
    pub fn weight(&self, sign: &str) -> i32 {
        self.weights.get(sign).copied().unwrap_or(0)
    }

    /// What a sum of weights is worth, in thousandths.
    #[must_use]
    pub fn confidence(&self, sum: i32) -> u32 {
        let above = self.curve.partition_point(|[at, _]| *at <= sum);
        let next = self.curve.get(above).copied();
        let last = above.checked_sub(1).and_then(|at| self.curve.get(at));
        let worth = match (last.copied(), next) {
            (Some([from, low]), Some([to, high])) => {
                let (way, run) = (
                    i64::from(sum) - i64::from(from),
                    i64::from(to) - i64::from(from),
                );
                i64::from(low) + i64::from(high - low) * way / run.max(1)
            }
            (Some([_, worth]), None) | (None, Some([_, worth])) => i64::from(worth),
            (None, None) => 0,
        };
        u32::try_from(worth).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{ConfidenceSheet, PATH};
    use crate::{PackFiles, Packs};

    fn sheet(text: &str) -> Result<ConfidenceSheet, crate::PackError> {
        let mut files = PackFiles::embedded();
        files.insert(PATH, text.as_bytes().to_vec());
        ConfidenceSheet::read(&Packs::load(&files).expect("packs"))
    }

    #[test]
    fn sums_between_two_points_lie_on_the_line() {
        let made = sheet("bias = 1\ncurve = [[-100, 200], [100, 600]]\n[weights]\na = 5").unwrap();
        assert_eq!((made.bias(), made.weight("a"), made.weight("b")), (1, 5, 0));
        let worth = [-900, -100, 0, 50, 100, 900].map(|sum| made.confidence(sum));
        assert_eq!(worth, [200, 200, 400, 500, 600, 600]);
    }

    #[test]
    fn a_curve_that_falls_is_refused() {
        for curve in [
            "[]",
            "[[0, 500], [0, 600]]",
            "[[0, 500], [1, 400]]",
            "[[0, 1001]]",
        ] {
            let text = format!("bias = 0\ncurve = {curve}\n[weights]\n");
            assert!(sheet(&text).is_err(), "{curve}");
        }
    }

    #[test]
    fn the_sheet_of_this_release_is_sound() {
        assert!(ConfidenceSheet::read(&Packs::embedded().expect("packs")).is_ok());
    }
}
