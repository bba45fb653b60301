//! Making a scan easier to read: dark paper turned light, contrast stretched,
//! speckle taken out. Only the picture changes, never what the engine says.

use super::picture::Grey;

/// A page with more grains than this, in thousandths, is freed of them.
const SPECKLED: u32 = 4;

/// A page with more noise than this, as a part of its contrast, is smoothed.
const NOISY: f32 = 0.08;
/// With more than this, it is smoothed twice.
const VERY_NOISY: f32 = 0.15;

/// Shades below and above which a hundredth of the pixels lie.
struct Range {
    dark: u8,
    light: u8,
    median: u8,
}

fn range(picture: &Grey) -> Range {
    let mut counts = [0u64; 256];
    for shade in &picture.samples {
        counts[usize::from(*shade)] += 1;
    }
    let all = picture.samples.len() as u64;
    let at = |part: u64| {
        let mut seen = 0;
        let found = counts.iter().position(|count| {
            seen += count;
            seen * 1000 >= all * part
        });
        found.map_or(255, |shade| shade as u8)
    };
    Range {
        dark: at(5),
        light: at(900),
        median: at(500),
    }
}

/// Whether a picture shows nothing but one shade.
pub(crate) fn is_blank(picture: &Grey) -> bool {
    let mut least = 255;
    let mut most = 0;
    for shade in &picture.samples {
        least = least.min(*shade);
        most = most.max(*shade);
    }
    most - least < 12
}

/// The picture freed of dust and noise, with dark letters on light paper and
/// full contrast. Noise is judged first: afterwards it would be stretched too.
pub(crate) fn cleaned(mut picture: Grey) -> Grey {
    let noise = noise(&picture);
    if speckle_permille(&picture) > SPECKLED {
        picture = without_speckle(&picture);
    }
    for bound in [NOISY, VERY_NOISY] {
        if noise > bound {
            picture = smoothed(&picture);
        }
    }
    normalised(picture)
}

/// The picture with dark letters on light paper and full contrast.
fn normalised(mut picture: Grey) -> Grey {
    let mut range_seen = range(&picture);
    let paper_is_dark = u16::from(range_seen.median)
        < (u16::from(range_seen.dark) + u16::from(brightest(&picture))) / 2
        && range_seen.median < 110;
    if paper_is_dark {
        for shade in &mut picture.samples {
            *shade = 255 - *shade;
        }
        range_seen = range(&picture);
    }
    let span = u32::from(range_seen.light.saturating_sub(range_seen.dark));
    // Sound contrast is left alone; a page without any holds no letters.
    if (12..150).contains(&span) {
        let dark = u32::from(range_seen.dark);
        let table: Vec<u8> = (0..=255u32)
            .map(|shade| (shade.saturating_sub(dark) * 245 / span).min(255) as u8)
            .collect();
        for shade in &mut picture.samples {
            *shade = table[usize::from(*shade)];
        }
    }
    picture
}

fn brightest(picture: &Grey) -> u8 {
    let mut counts = [0u64; 256];
    for shade in &picture.samples {
        counts[usize::from(*shade)] += 1;
    }
    let mut left = picture.samples.len() as u64 / 500;
    for (shade, count) in counts.iter().enumerate().rev() {
        if *count > left {
            return shade as u8;
        }
        left -= count;
    }
    0
}

/// The share of pixels, in thousandths, that differ strongly from all their
/// eight neighbours: grains of dust and of bad copies.
fn speckle_permille(picture: &Grey) -> u32 {
    let (w, h) = (picture.width, picture.height);
    if w < 3 || h < 3 {
        return 0;
    }
    let mut grains = 0u64;
    let mut seen = 0u64;
    for y in (1..h - 1).step_by(2) {
        let rows: [&[u8]; 3] = [0, 1, 2].map(|k| &picture.samples[(y + k - 1) * w..(y + k) * w]);
        for x in 1..w - 1 {
            let own = i16::from(rows[1][x]);
            let mut alone = true;
            for (k, row) in rows.iter().enumerate() {
                for (i, shade) in row[x - 1..=x + 1].iter().enumerate() {
                    if (k, i) != (1, 1) && (i16::from(*shade) - own).abs() < 60 {
                        alone = false;
                    }
                }
            }
            grains += u64::from(alone);
            seen += 1;
        }
    }
    (grains * 1000 / seen.max(1)) as u32
}

/// Each pixel replaced by the middle one of the nine around it.
fn without_speckle(picture: &Grey) -> Grey {
    let (w, h) = (picture.width, picture.height);
    if w < 3 || h < 3 {
        return picture.clone();
    }
    let mut samples = picture.samples.clone();
    for y in 1..h - 1 {
        let rows: [&[u8]; 3] = [0, 1, 2].map(|k| &picture.samples[(y + k - 1) * w..(y + k) * w]);
        for x in 1..w - 1 {
            let mut nine = [0u8; 9];
            for (k, row) in rows.iter().enumerate() {
                nine[3 * k..3 * k + 3].copy_from_slice(&row[x - 1..=x + 1]);
            }
            let (_, middle, _) = nine.select_nth_unstable(4);
            samples[y * w + x] = *middle;
        }
    }
    Grey {
        width: w,
        height: h,
        samples,
    }
}

/// How much neighbouring pixels differ by chance, as a part of the contrast of
/// the page (after J. Immerkær, "Fast Noise Variance Estimation", 1996; the
/// median instead of the mean, so that letters do not count as noise).
fn noise(picture: &Grey) -> f32 {
    let (w, h) = (picture.width, picture.height);
    if w < 3 || h < 3 {
        return 0.0;
    }
    let mut counts = [0u64; 2048];
    let mut seen = 0u64;
    for y in (1..h - 1).step_by(2) {
        let rows: [&[u8]; 3] = [0, 1, 2].map(|k| &picture.samples[(y + k - 1) * w..(y + k) * w]);
        let at = |k: usize, x: usize| i32::from(rows[k][x]);
        for x in 1..w - 1 {
            let corners = at(0, x - 1) + at(0, x + 1) + at(2, x - 1) + at(2, x + 1);
            let sides = at(0, x) + at(1, x - 1) + at(1, x + 1) + at(2, x);
            let bend = (corners - 2 * sides + 4 * at(1, x)).unsigned_abs() as usize;
            counts[bend.min(2047)] += 1;
            seen += 1;
        }
    }
    let mut sum = 0;
    let median = counts.iter().position(|count| {
        sum += count;
        sum * 2 >= seen
    });
    // A normal spread of 1 bends by 6; its median is 0.6745 of that.
    let spread = median.unwrap_or(0) as f32 / (6.0 * 0.6745);
    let range = range(picture);
    spread / f32::from(range.light.saturating_sub(range.dark).max(1))
}

/// Each pixel the mean of the nine around it, the nearer the weightier.
fn smoothed(picture: &Grey) -> Grey {
    let (w, h) = (picture.width, picture.height);
    if w < 3 || h < 3 {
        return picture.clone();
    }
    let mut samples = picture.samples.clone();
    for y in 1..h - 1 {
        let rows: [&[u8]; 3] = [0, 1, 2].map(|k| &picture.samples[(y + k - 1) * w..(y + k) * w]);
        for x in 1..w - 1 {
            let across = |k: usize| {
                u32::from(rows[k][x - 1]) + 2 * u32::from(rows[k][x]) + u32::from(rows[k][x + 1])
            };
            samples[y * w + x] = ((across(0) + 2 * across(1) + across(2) + 8) / 16) as u8;
        }
    }
    Grey {
        width: w,
        height: h,
        samples,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(paper: u8, ink: u8) -> Grey {
        let mut page = Grey::blank(100, 100, paper);
        for y in 40..50 {
            for x in 10..90 {
                page.samples[y * 100 + x] = ink;
            }
        }
        page
    }

    #[test]
    fn pale_and_dark_pages_become_black_on_white() {
        for (paper, ink) in [(255, 0), (180, 120), (20, 240), (60, 110)] {
            let clean = normalised(page(paper, ink));
            assert!(
                clean.samples[0] > 220,
                "{paper} {ink}: {}",
                clean.samples[0]
            );
            assert!(clean.samples[45 * 100 + 50] < 30, "{paper} {ink}");
        }
    }

    #[test]
    fn noise_is_measured_and_smoothed() {
        let mut noisy = page(220, 30);
        let mut seed = 7u32;
        for shade in &mut noisy.samples {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *shade = (i32::from(*shade) + (seed >> 26) as i32 - 32).clamp(0, 255) as u8;
        }
        assert_eq!(noise(&page(220, 30)), 0.0);
        let before = noise(&noisy);
        assert!((0.06..0.15).contains(&before), "{before}");
        assert!(noise(&smoothed(&noisy)) < before / 2.0);
    }

    #[test]
    fn blank_is_blank_and_a_grain_is_a_grain() {
        assert!(is_blank(&Grey::blank(50, 50, 250)));
        assert!(!is_blank(&page(255, 0)));
        let mut dusty = page(255, 0);
        for i in (101..9000).step_by(37) {
            dusty.samples[i] = 255 - dusty.samples[i];
        }
        assert!(speckle_permille(&page(255, 0)) == 0);
        assert!(
            speckle_permille(&dusty) > 10,
            "{}",
            speckle_permille(&dusty)
        );
        assert_eq!(without_speckle(&dusty).samples[101], 255);
        assert_eq!(without_speckle(&dusty).samples[45 * 100 + 50], 0);
    }
}
