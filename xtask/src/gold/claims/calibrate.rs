//! `gold claims --calibrate`: writes `schema/confidence.toml` from the texts of dev.
//!
//! A logistic model of whether a claim is found, from the signs of the program, held
//! small by a penalty; then what its sums are worth, from claims of texts that the
//! model had not seen. Everything is summed in one order, so the same claims give the
//! same file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Scored;
use super::compare::{found, pairs};
use super::curve::ranked;

/// Signs of fewer claims weigh nothing.
const FEWEST: usize = 8;

/// Parts of the texts, each judged by a model of the others.
const FOLDS: usize = 10;

/// Penalties tried: of the squares of the weights, over all claims.
const PENALTIES: [f64; 4] = [2.0, 5.0, 12.0, 30.0];

/// Steps of training.
const STEPS: usize = 400;

/// Points of the curve, each of as many claims.
const POINTS: usize = 12;

/// A claim: its text, its signs by number, whether it was found.
struct Judged {
    text: usize,
    signs: Vec<usize>,
    right: bool,
}

/// A penalty, with what a model of it says of claims it did not see.
struct Trial {
    /// How much it misses, less being better.
    miss: f64,
    penalty: f64,
    /// Sums, and whether the claim was found.
    sums: Vec<(f64, bool)>,
}

/// Weights by the numbers of the signs.
struct Model {
    bias: f64,
    weights: Vec<f64>,
}

impl Model {
    fn sum(&self, claim: &Judged) -> f64 {
        let weights = claim.signs.iter().map(|sign| self.weights[*sign]);
        self.bias + weights.sum::<f64>()
    }

    /// The model that tells the claims best, by gradients scaled by their own sizes.
    fn of(claims: &[&Judged], signs: usize, penalty: f64) -> Self {
        let mut model = Self {
            bias: 0.0,
            weights: vec![0.0; signs],
        };
        let mut sizes = vec![1e-6; signs + 1];
        for _ in 0..STEPS {
            let mut slope = vec![0.0; signs + 1];
            for claim in claims {
                let right = f64::from(u8::from(claim.right));
                let miss = right - 1.0 / (1.0 + (-model.sum(claim)).exp());
                for sign in &claim.signs {
                    slope[*sign] += miss;
                }
                slope[signs] += miss;
            }
            for (slope, weight) in slope.iter_mut().zip(&model.weights) {
                *slope -= penalty * weight;
            }
            for (size, slope) in sizes.iter_mut().zip(&slope) {
                *size += slope * slope;
            }
            let step = |at: usize| 0.3 * slope[at] / f64::sqrt(sizes[at]);
            for at in 0..signs {
                model.weights[at] += step(at);
            }
            model.bias += step(signs);
        }
        model
    }
}

/// The file, from texts with what the program reads of them.
pub(super) fn calibrated(texts: &[Scored]) -> Result<String, String> {
    let (names, claims) = judged(texts);
    if claims.len() < 100 {
        return Err(format!(
            "{} claims are too few to calibrate on",
            claims.len()
        ));
    }
    let mut best: Option<Trial> = None;
    for penalty in PENALTIES {
        let sums = unseen(&claims, names.len(), penalty);
        let miss = misses(&sums);
        println!(
            "penalty {penalty}: {miss:.4} a claim, right above wrong {:.1}%",
            100.0 * ranked(&whole(&sums))
        );
        if best.as_ref().is_none_or(|best| miss < best.miss) {
            best = Some(Trial {
                miss,
                penalty,
                sums,
            });
        }
    }
    let Trial { penalty, sums, .. } = best.ok_or_else(|| "no penalty tried".to_owned())?;
    let all: Vec<&Judged> = claims.iter().collect();
    let model = Model::of(&all, names.len(), penalty);
    Ok(page(&names, &model, &sums, penalty))
}

/// The names of the signs, and every claim of ours.
fn judged(texts: &[Scored]) -> (Vec<String>, Vec<Judged>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for sign in texts
        .iter()
        .flat_map(|text| &text.ours)
        .flat_map(|claim| &claim.signs)
    {
        *counts.entry(sign).or_default() += 1;
    }
    let names: Vec<&str> = counts
        .into_iter()
        .filter(|(_, count)| *count >= FEWEST)
        .map(|(name, _)| name)
        .collect();
    let mut claims = Vec::new();
    for (text, scored) in texts.iter().enumerate() {
        let mut right = vec![false; scored.ours.len()];
        for (i, j) in pairs(&scored.key, &scored.ours) {
            right[j] = found(&scored.key[i], &scored.ours[j]);
        }
        for (claim, right) in scored.ours.iter().zip(right) {
            let signs = claim.signs.iter();
            let signs = signs.filter_map(|sign| names.binary_search(&sign.as_str()).ok());
            claims.push(Judged {
                text,
                signs: signs.collect(),
                right,
            });
        }
    }
    (names.into_iter().map(str::to_owned).collect(), claims)
}

/// Every claim judged by a model that did not see its text: the sum, and whether it
/// was found.
fn unseen(claims: &[Judged], signs: usize, penalty: f64) -> Vec<(f64, bool)> {
    let mut sums = Vec::new();
    for fold in 0..FOLDS {
        let (held, seen): (Vec<&Judged>, Vec<&Judged>) =
            claims.iter().partition(|claim| claim.text % FOLDS == fold);
        let model = Model::of(&seen, signs, penalty);
        sums.extend(held.iter().map(|claim| (model.sum(claim), claim.right)));
    }
    sums
}

/// The logarithm of what was held likely, on average.
fn misses(sums: &[(f64, bool)]) -> f64 {
    let miss = |(sum, right): &(f64, bool)| {
        let likely = 1.0 / (1.0 + (-sum).exp());
        -f64::ln(if *right { likely } else { 1.0 - likely })
    };
    sums.iter().map(miss).sum::<f64>() / sums.len().max(1) as f64
}

/// Sums as whole numbers that do not fall below zero.
fn whole(sums: &[(f64, bool)]) -> Vec<(u32, bool)> {
    let whole = |sum: f64| ((sum + 20.0).clamp(0.0, 40.0) * 1000.0).round() as u32;
    sums.iter()
        .map(|(sum, right)| (whole(*sum), *right))
        .collect()
}

/// What sums are worth: so many claims a point, drawn together where a point would
/// lie below the one before it.
fn curve(sums: &[(f64, bool)]) -> Vec<(i64, i64)> {
    let mut sorted = sums.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let size = sorted.len().div_ceil(POINTS).max(1);
    // Sum of the sums, claims found, claims.
    let mut points: Vec<(f64, f64, f64)> = Vec::new();
    for part in sorted.chunks(size) {
        let right = part.iter().filter(|(_, right)| *right).count() as f64;
        points.push((
            part.iter().map(|(sum, _)| sum).sum(),
            right,
            part.len() as f64,
        ));
        while let [.., before, last] = points.as_slice()
            && before.1 * last.2 >= last.1 * before.2
        {
            let joined = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
            points.truncate(points.len() - 2);
            points.push(joined);
        }
    }
    let thousandths = |number: f64| (number * 1000.0).round() as i64;
    let mut curve: Vec<(i64, i64)> = Vec::new();
    for (sum, right, of) in points {
        let (sum, worth) = (
            thousandths(sum / of),
            thousandths((right + 1.0) / (of + 2.0)),
        );
        let before = curve.last().copied();
        if before.is_none_or(|(at, _)| sum > at) {
            curve.push((sum, worth.max(before.map_or(0, |(_, worth)| worth))));
        }
    }
    curve
}

fn page(names: &[String], model: &Model, sums: &[(f64, bool)], penalty: f64) -> String {
    let right = sums.iter().filter(|(_, right)| *right).count();
    let mut page = format!(
        "# How sure a claim is. Written by `gold claims --calibrate`; do not edit by hand.\n\
        #\n\
        # A claim is right here if its passage and both first roles are those of the key\n\
        # (cases/gold/claims, texts of dev): {right} of {} were when this was written. `weights`:\n\
        # of the signs of a claim, in thousandths of a logit, by logistic regression with a\n\
        # penalty of {penalty} on their squares, the best of {} by claims of texts that\n\
        # were not trained on ({FOLDS} parts). `curve`: what a sum is worth, in thousandths, from\n\
        # these claims; a claim that is right ranked above one that is not {:.1}% of the time.\n\
        # Why so, and how well it holds on texts kept apart:\n\
        # docs/decisions/confidence-of-claims.md, cases/gold/SCORES.md.\n\n",
        sums.len(),
        PENALTIES.len(),
        100.0 * ranked(&whole(sums)),
    );
    let whole = |weight: f64| (weight * 1000.0).round() as i64;
    let points: Vec<String> = curve(sums)
        .into_iter()
        .map(|(sum, worth)| format!("[{sum}, {worth}]"))
        .collect();
    let _ = write!(
        page,
        "bias = {}\ncurve = [{}]\n\n[weights]\n",
        whole(model.bias),
        points.join(", ")
    );
    for (name, weight) in names.iter().zip(&model.weights) {
        if whole(*weight) != 0 {
            let _ = writeln!(page, "{name:?} = {}", whole(*weight));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::{Judged, Model, curve};

    #[test]
    fn a_sign_of_right_claims_weighs_for_them() {
        let claim = |sign: usize, right: bool| Judged {
            text: 0,
            signs: vec![sign],
            right,
        };
        let claims = [
            claim(0, true),
            claim(0, true),
            claim(1, false),
            claim(1, true),
        ];
        let claims: Vec<&Judged> = claims.iter().collect();
        let model = Model::of(&claims, 2, 0.1);
        assert!(model.weights[0] > model.weights[1]);
    }

    #[test]
    fn the_curve_only_rises() {
        let sums: Vec<(f64, bool)> = (0..240)
            .map(|i| (f64::from(i) / 100.0, i % 7 == 0 || (i > 100 && i % 2 == 0)))
            .collect();
        let points = curve(&sums);
        assert!(
            points.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1),
            "{points:?}"
        );
        assert!(points.len() > 2);
    }
}
