//! What a line says: the line straightened to a strip, the network's answer
//! for each small step along it, and the words these steps spell (CTC).

use rten::{Model, RunOptions};
use rten_tensor::NdTensor;

use super::engine::{OcrError, OcrLine, OcrWord, PixelBox};
use super::geometry::Quad;
use super::picture::Grey;

/// Height of a strip, as the network was taught.
pub(crate) const STRIP_HEIGHT: usize = 48;
/// Least width of a strip: shorter ones are filled up with plain grey.
const STRIP_LEAST: usize = 64;
/// Greatest width of a strip: a line across two pages of a broadsheet.
const STRIP_MOST: usize = 4096;

/// The letters the network knows; class 0 is "no letter".
#[derive(Debug)]
pub(crate) struct Alphabet {
    letters: Vec<String>,
    /// Classes that stand in text of Latin letters.
    latin: Vec<usize>,
}

impl Alphabet {
    /// From the list in the model: one letter a line, the space left out.
    pub(crate) fn new(list: &str) -> Self {
        let mut letters: Vec<String> = vec![String::new()];
        letters.extend(
            list.lines()
                .map(|line| line.trim_end_matches('\r').to_owned()),
        );
        letters.push(" ".to_owned());
        let latin = (0..letters.len())
            .filter(|i| letters[*i].chars().all(is_western))
            .collect();
        Self { letters, latin }
    }

    /// Number of classes, "no letter" and the space included.
    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    fn letter(&self, class: usize) -> &str {
        self.letters.get(class).map_or("", String::as_str)
    }
}

/// Latin, Greek and Cyrillic letters, digits, and the signs printed with them.
fn is_western(c: char) -> bool {
    matches!(c, '\u{20}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' | '\u{2010}'..='\u{205E}'
        | '\u{2070}'..='\u{214F}' | '\u{2150}'..='\u{218B}' | '\u{2190}'..='\u{22FF}'
        | '\u{25A0}'..='\u{27BF}' | '\u{FB00}'..='\u{FB06}')
}

/// A strip cut from the page.
pub(crate) struct Strip {
    pub(crate) picture: Grey,
    /// Where it was cut from.
    pub(crate) quad: Quad,
}

/// Width of the strip of a line.
fn width(quad: &Quad) -> usize {
    let ratio = quad.width() / quad.height().max(1.0);
    ((STRIP_HEIGHT as f32 * ratio).round() as usize).clamp(8, STRIP_MOST)
}

/// What a line costs: the width given to the network, and as much again as its
/// start is worth.
pub(crate) fn along(quad: &Quad) -> usize {
    width(quad).max(STRIP_LEAST) + STRIP_LEAST
}

/// Cuts a line out of the page. `halves` are the page at full, half, quarter…
/// size, so that shrinking never skips pixels.
pub(crate) fn cut(halves: &[Grey], quad: &Quad) -> Option<Strip> {
    let width = width(quad);
    let mut level = 0;
    let mut scale = 1.0;
    while level + 1 < halves.len() && quad.height() * scale > 1.5 * STRIP_HEIGHT as f32 {
        level += 1;
        scale *= 0.5;
    }
    let page = halves.get(level)?;
    let scaled = quad.map(|point| super::geometry::Point {
        x: point.x * scale,
        y: point.y * scale,
    });
    Some(Strip {
        picture: page.straightened(&scaled, width, STRIP_HEIGHT),
        quad: *quad,
    })
}

/// Reads a strip. `None` when the network sees no letter on it.
pub(crate) fn recognise(
    model: &Model,
    options: &RunOptions,
    alphabet: &Alphabet,
    strip: &Strip,
) -> Result<Option<OcrLine>, OcrError> {
    let failed = |error: &dyn std::fmt::Display| OcrError::Network(error.to_string());
    let picture = &strip.picture;
    let width = picture.width.max(STRIP_LEAST).next_multiple_of(8);
    let mut data = vec![0f32; 3 * STRIP_HEIGHT * width];
    for plane in data.chunks_exact_mut(STRIP_HEIGHT * width) {
        for (row, out) in picture
            .samples
            .chunks_exact(picture.width)
            .zip(plane.chunks_exact_mut(width))
        {
            for (shade, value) in row.iter().zip(out) {
                *value = f32::from(*shade) / 127.5 - 1.0;
            }
        }
    }
    let input = NdTensor::from_data([1, 3, STRIP_HEIGHT, width], data);
    let (Some(from), Some(to)) = (model.input_ids().first(), model.output_ids().first()) else {
        return Err(failed(&"no input or output"));
    };
    let [output] = model
        .run_n([(*from, input.into())].into(), [*to], Some(options.clone()))
        .map_err(|error| failed(&error))?;
    let ([_, steps, classes], scores) = output
        .into_shape_vec::<f32, 3>()
        .map_err(|error| failed(&error))?;
    if classes != alphabet.len() || steps == 0 {
        return Err(failed(&"the network and its alphabet do not fit together"));
    }
    let letters = spell(&scores, classes, alphabet);
    Ok(line(strip, &letters, alphabet, width as f32 / steps as f32))
}

/// A letter read.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Letter {
    class: usize,
    /// First and last step that said so.
    first: usize,
    last: usize,
    /// How sure the surest of them was, 0 to 1.
    sure: f32,
}

/// The best class at each step, repeats and "no letter" taken out. A line of
/// which most is Latin is read as Latin only: the network also knows the
/// wide commas and brackets of Chinese, which here are always a mistake.
fn spell(scores: &[f32], classes: usize, alphabet: &Alphabet) -> Vec<Letter> {
    let best_of_all = |step: &[f32]| {
        let all = step.iter().enumerate();
        all.fold(
            (0, f32::MIN),
            |best, (i, v)| if *v > best.1 { (i, *v) } else { best },
        )
    };
    let letters = collapse(scores.chunks_exact(classes).map(best_of_all));
    let western = |letter: &&Letter| alphabet.letter(letter.class).chars().all(is_western);
    let fitting = letters.iter().filter(western).count();
    if fitting == letters.len() || fitting * 2 < letters.len() {
        return letters;
    }
    let best_of_latin = |step: &[f32]| {
        let some = alphabet
            .latin
            .iter()
            .map(|i| (*i, step.get(*i).copied().unwrap_or(0.0)));
        some.fold(
            (0, f32::MIN),
            |best, (i, v)| if v > best.1 { (i, v) } else { best },
        )
    };
    collapse(scores.chunks_exact(classes).map(best_of_latin))
}

fn collapse(steps: impl Iterator<Item = (usize, f32)>) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut before = 0;
    for (step, (class, sure)) in steps.enumerate() {
        if class != 0 {
            match letters.last_mut() {
                Some(letter) if before == class => {
                    letter.last = step;
                    letter.sure = letter.sure.max(sure);
                }
                _ => letters.push(Letter {
                    class,
                    first: step,
                    last: step,
                    sure,
                }),
            }
        }
        before = class;
    }
    letters
}

/// Words with their boxes. `step_width` is the width of a step on the strip.
fn line(
    strip: &Strip,
    letters: &[Letter],
    alphabet: &Alphabet,
    step_width: f32,
) -> Option<OcrLine> {
    let ink = Ink::of(&strip.picture);
    let middle = |letter: &Letter| (letter.first + letter.last + 1) as f32 / 2.0 * step_width;
    let mut groups: Vec<Vec<&Letter>> = vec![Vec::new()];
    for letter in letters {
        if alphabet.letter(letter.class).trim().is_empty() {
            groups.push(Vec::new());
        } else if let Some(group) = groups.last_mut() {
            group.push(letter);
        }
    }
    groups.retain(|group| !group.is_empty());
    let width = strip.picture.width as f32;
    let mut words = Vec::new();
    let mut left = 0.0;
    for (i, group) in groups.iter().enumerate() {
        let last = group.last().map(|letter| middle(letter))?;
        let next = groups.get(i + 1).and_then(|next| next.first());
        let right = next.map_or(width, |next| ink.gap(last, middle(next)));
        let (from, to) = ink.tighten(left, right);
        left = right;
        let text: String = group
            .iter()
            .map(|letter| alphabet.letter(letter.class))
            .collect();
        let sure = group.iter().map(|letter| letter.sure).sum::<f32>() / group.len() as f32;
        words.push(OcrWord {
            text,
            area: pixels(&strip.quad, &ink, from / width, to / width),
            confidence: percent(sure),
        });
    }
    let area = words.iter().map(|word| word.area).reduce(PixelBox::join)?;
    let read: Vec<&Letter> = groups.iter().flatten().copied().collect();
    let sure = read.iter().map(|letter| letter.sure).sum::<f32>() / read.len().max(1) as f32;
    Some(OcrLine {
        words,
        area,
        confidence: percent(sure),
    })
}

fn percent(sure: f32) -> u8 {
    (sure * 100.0).round().clamp(0.0, 100.0) as u8
}

/// The upright box around a part of a line, from top to foot of its letters.
fn pixels(quad: &Quad, ink: &Ink, from: f32, to: f32) -> PixelBox {
    let part = quad.slice(from.clamp(0.0, 1.0), to.clamp(0.0, 1.0));
    let [a, b, c, d] = part.0;
    let part = Quad([
        a.towards(d, ink.top),
        b.towards(c, ink.top),
        b.towards(c, ink.foot),
        a.towards(d, ink.foot),
    ]);
    let [left, top, right, bottom] = part.bounds();
    PixelBox {
        left: left.floor() as i32,
        top: top.floor() as i32,
        right: right.ceil() as i32,
        bottom: bottom.ceil() as i32,
    }
}

/// Where there is ink on a strip.
struct Ink {
    /// For each column whether it holds any.
    columns: Vec<bool>,
    /// Part of the height above the letters.
    top: f32,
    /// Part of the height down to the foot of the letters.
    foot: f32,
}

impl Ink {
    fn of(strip: &Grey) -> Self {
        let mut shades = strip.samples.clone();
        shades.sort_unstable();
        let at = |part: usize| {
            shades
                .get(shades.len() * part / 100)
                .copied()
                .unwrap_or(255)
        };
        let (dark, light) = (i32::from(at(2)), i32::from(at(80)));
        let is_ink = |shade: u8| i32::from(shade) < (dark + light) / 2 && light - dark > 20;
        let mut columns = vec![false; strip.width];
        let mut rows = vec![0usize; strip.height];
        for (row, count) in strip.samples.chunks_exact(strip.width).zip(&mut rows) {
            for (shade, column) in row.iter().zip(&mut columns) {
                if is_ink(*shade) {
                    *column = true;
                    *count += 1;
                }
            }
        }
        // A few dark pixels are a neighbour's foot or dust.
        let enough = (rows.iter().sum::<usize>() / strip.height.max(1) / 8).max(1);
        let first = rows.iter().position(|count| *count >= enough).unwrap_or(0);
        let last = rows.iter().rposition(|count| *count >= enough);
        let height = strip.height as f32;
        Self {
            columns,
            top: first as f32 / height,
            foot: last.map_or(1.0, |last| (last + 1) as f32 / height),
        }
    }

    /// The middle of the widest stretch without ink between two places.
    fn gap(&self, from: f32, to: f32) -> f32 {
        let (start, end) = (
            from.max(0.0) as usize,
            (to.max(0.0) as usize).min(self.columns.len()),
        );
        let mut best = (0, (from + to) / 2.0);
        let mut x = start;
        while x < end {
            let begin = x;
            while x < end && !self.columns[x] {
                x += 1;
            }
            if x - begin > best.0 {
                best = (x - begin, (x + begin) as f32 / 2.0);
            }
            x += 1;
        }
        best.1
    }

    /// The stretch without the blank at its ends.
    fn tighten(&self, from: f32, to: f32) -> (f32, f32) {
        let start = (from.max(0.0) as usize).min(self.columns.len());
        let end = (to.max(0.0).ceil() as usize).clamp(start, self.columns.len());
        let part = &self.columns[start..end];
        match (
            part.iter().position(|ink| *ink),
            part.iter().rposition(|ink| *ink),
        ) {
            (Some(first), Some(last)) => ((start + first) as f32, (start + last + 1) as f32),
            _ => (from, to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_counts_nothing_and_the_space() {
        let alphabet = Alphabet::new("a\nñ\n，\n");
        assert_eq!(alphabet.len(), 5);
        assert_eq!(alphabet.letter(2), "ñ");
        assert_eq!(alphabet.letter(4), " ");
        assert_eq!(alphabet.latin, [0, 1, 2, 4]);
    }

    #[test]
    fn repeats_are_one_letter_unless_parted() {
        let steps = [(1, 0.9), (1, 0.95), (0, 1.0), (1, 0.5), (2, 0.7), (2, 0.6)];
        let letters = collapse(steps.into_iter());
        let seen: Vec<(usize, usize, usize)> =
            letters.iter().map(|l| (l.class, l.first, l.last)).collect();
        assert_eq!(seen, [(1, 0, 1), (1, 3, 3), (2, 4, 5)]);
        assert_eq!(letters[0].sure, 0.95);
    }

    #[test]
    fn a_latin_line_has_no_wide_comma() {
        let alphabet = Alphabet::new("a\n,\n，");
        // Classes: nothing, a, comma, wide comma, space.
        let scores = [
            [0.0, 0.9, 0.0, 0.0, 0.1],
            [0.0, 0.0, 0.4, 0.6, 0.0],
            [0.9, 0.1, 0.0, 0.0, 0.0],
            [0.0, 0.9, 0.0, 0.0, 0.1],
        ]
        .concat();
        let spelt: Vec<usize> = spell(&scores, 5, &alphabet)
            .iter()
            .map(|l| l.class)
            .collect();
        assert_eq!(spelt, [1, 2, 1]);
    }

    #[test]
    fn words_stand_where_their_ink_is() {
        // Two bars of ink with a gap, on a strip of 80 x 48.
        let mut picture = Grey::blank(80, STRIP_HEIGHT, 255);
        for y in 10..40 {
            for x in (8..24).chain(48..72) {
                picture.samples[y * 80 + x] = 0;
            }
        }
        let strip = Strip {
            picture,
            quad: Quad::upright(100.0, 200.0, 180.0, 248.0),
        };
        let alphabet = Alphabet::new("a\nb");
        let letter = |class, step| Letter {
            class,
            first: step,
            last: step,
            sure: 0.8,
        };
        let letters = [letter(1, 2), letter(3, 4), letter(1, 6), letter(2, 8)];
        let line = line(&strip, &letters, &alphabet, 8.0).unwrap();
        assert_eq!(line.text(), "a ab");
        assert_eq!(
            line.words[0].area,
            PixelBox {
                left: 108,
                top: 210,
                right: 124,
                bottom: 240
            }
        );
        assert_eq!(
            line.words[1].area,
            PixelBox {
                left: 148,
                top: 210,
                right: 172,
                bottom: 240
            }
        );
        assert_eq!(line.confidence, 80);
    }
}
