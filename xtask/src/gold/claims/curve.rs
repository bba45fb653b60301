//! Whether the confidence of a claim is how often such claims are right.

use super::Scored;
use super::compare::{found, pairs};
use super::tally::Share;
use crate::Score;

/// Bins of equal width, from 0 to 1.
const BINS: usize = 10;

/// Each claim of ours: its confidence in thousandths, and whether it was found, with
/// both first roles.
pub(super) fn judged<'a>(texts: impl Iterator<Item = &'a Scored>) -> Vec<(u32, bool)> {
    let mut all = Vec::new();
    for scored in texts {
        let mut right = vec![false; scored.ours.len()];
        for (i, j) in pairs(&scored.key, &scored.ours) {
            right[j] = found(&scored.key[i], &scored.ours[j]);
        }
        let claims = scored.ours.iter().zip(right);
        all.extend(claims.map(|(claim, right)| (claim.confidence.min(1000), right)));
    }
    all
}

/// The curve: a row for each bin that holds claims, and the expected calibration
/// error: how far confidence and share right lie apart, over all claims.
pub(super) fn curve(part: &str, judged: &[(u32, bool)]) -> Vec<Score> {
    let mut bins = vec![(Share::default(), 0_u64); BINS];
    for (confidence, right) in judged {
        let at = (*confidence as usize * BINS / 1000).min(BINS - 1);
        if let Some((share, sum)) = bins.get_mut(at) {
            share.count(*right);
            *sum += u64::from(*confidence);
        }
    }
    let mut scores = Vec::new();
    let mut error = 0.0;
    for (at, (share, sum)) in bins.iter().enumerate() {
        if share.of == 0 {
            continue;
        }
        let said = *sum as f64 / 10.0 / share.of as f64;
        error += (share.percent() - said).abs() * share.of as f64;
        let mut score = Score::share(
            &format!(
                "{part}: right of confidence {:.1} to {:.1}",
                at as f64 / BINS as f64,
                (at + 1) as f64 / BINS as f64
            ),
            share.right,
            share.of,
        );
        score.note = format!("{said:.1} on average is said; {}", score.note);
        scores.push(score);
    }
    scores.push(Score {
        what: format!("{part}: expected calibration error"),
        figure: format!("{:.1}", error / judged.len().max(1) as f64),
        note: format!(
            "points between confidence and share right; a claim that is right ranks above one that is not {:.1}% of the time",
            100.0 * ranked(judged)
        ),
    });
    scores
}

/// How often a claim that is right is surer than one that is not (the area under
/// the curve of hits and false alarms); ties count half.
pub(super) fn ranked(judged: &[(u32, bool)]) -> f64 {
    let mut sorted = judged.to_vec();
    sorted.sort_unstable();
    let (mut wrong, mut above) = (0_u64, 0_u64);
    for same in sorted.chunk_by(|a, b| a.0 == b.0) {
        let right = same.iter().filter(|(_, right)| *right).count() as u64;
        let others = same.len() as u64 - right;
        above += right * (2 * wrong + others);
        wrong += others;
    }
    let right = judged.len() as u64 - wrong;
    above as f64 / 2.0 / (right * wrong).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::{curve, ranked};

    #[test]
    fn what_is_said_is_held_against_what_is_right() {
        let mut judged = vec![(800, true); 3];
        judged.push((800, false));
        let scores = curve("all", &judged);
        assert_eq!(scores.len(), 2);
        assert_eq!(scores[0].figure, "75.0%");
        assert_eq!(scores[1].figure, "5.0");
    }

    #[test]
    fn a_sure_claim_that_is_right_ranks_above() {
        assert!((ranked(&[(900, true), (100, false)]) - 1.0).abs() < 1e-9);
        assert!((ranked(&[(500, true), (500, false)]) - 0.5).abs() < 1e-9);
    }
}
