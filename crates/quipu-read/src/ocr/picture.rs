//! Pictures as plain rows of bytes, and the few changes OCR needs.

use super::engine::Turn;
use super::geometry::{Point, Quad};

/// A picture: rows from top to bottom, no padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Pixels,
}

/// The samples of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pixels {
    /// One byte a pixel, 0 is black.
    Grey(Vec<u8>),
    /// Three bytes a pixel: red, green, blue.
    Rgb(Vec<u8>),
}

impl Picture {
    /// A picture of the size given; `None` when the samples do not fit it.
    #[must_use]
    pub fn new(width: u32, height: u32, pixels: Pixels) -> Option<Self> {
        let area = (width as usize).checked_mul(height as usize)?;
        let fits = match &pixels {
            Pixels::Grey(samples) => samples.len() == area,
            Pixels::Rgb(samples) => Some(samples.len()) == area.checked_mul(3),
        };
        (fits && area > 0).then_some(Self {
            width,
            height,
            pixels,
        })
    }

    /// Width in pixels, at least 1.
    #[must_use]
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels, at least 1.
    #[must_use]
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// The samples.
    #[must_use]
    pub const fn pixels(&self) -> &Pixels {
        &self.pixels
    }

    /// The same with its pixels in other places: `from` gives the place in this
    /// picture of each pixel of the new one, of the size given.
    pub(crate) fn rearranged(
        &self,
        width: usize,
        height: usize,
        from: impl Fn(usize, usize) -> (usize, usize),
    ) -> Self {
        let old = self.width as usize;
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let places = places.map(|(x, y)| from(x, y)).map(|(x, y)| y * old + x);
        let pixels = match &self.pixels {
            Pixels::Grey(samples) => Pixels::Grey(places.map(|i| samples[i]).collect()),
            Pixels::Rgb(samples) => {
                let rgb = |i: usize| [samples[3 * i], samples[3 * i + 1], samples[3 * i + 2]];
                Pixels::Rgb(places.flat_map(rgb).collect())
            }
        };
        Self {
            width: width as u32,
            height: height as u32,
            pixels,
        }
    }

    /// The same no wider than this many pixels.
    #[must_use]
    pub fn shrunk(&self, width_max: u32) -> Self {
        let width = self.width.min(width_max.max(1));
        if width == self.width {
            return self.clone();
        }
        let height = u64::from(self.height) * u64::from(width) / u64::from(self.width);
        let height = height.clamp(1, u64::from(self.height)) as u32;
        let resized = |samples: Vec<u8>| {
            let (own_width, own_height) = (self.width as usize, self.height as usize);
            let grey = Grey {
                width: own_width,
                height: own_height,
                samples,
            };
            grey.resized(width as usize, height as usize).samples
        };
        let pixels = match &self.pixels {
            Pixels::Grey(samples) => Pixels::Grey(resized(samples.clone())),
            Pixels::Rgb(samples) => {
                let channel =
                    |k: usize| resized(samples.iter().skip(k).step_by(3).copied().collect());
                let [red, green, blue] = [0, 1, 2].map(channel);
                let pixels = red.iter().zip(&green).zip(&blue);
                Pixels::Rgb(pixels.flat_map(|((r, g), b)| [*r, *g, *b]).collect())
            }
        };
        Self {
            width,
            height,
            pixels,
        }
    }

    /// The same in shades of grey (ITU-R BT.601 luma).
    #[must_use]
    pub(crate) fn grey(&self) -> Grey {
        let samples = match &self.pixels {
            Pixels::Grey(samples) => samples.clone(),
            Pixels::Rgb(samples) => samples
                .chunks_exact(3)
                .map(|rgb| {
                    let sum =
                        299 * u32::from(rgb[0]) + 587 * u32::from(rgb[1]) + 114 * u32::from(rgb[2]);
                    (sum / 1000) as u8
                })
                .collect(),
        };
        Grey {
            width: self.width as usize,
            height: self.height as usize,
            samples,
        }
    }
}

/// A picture in shades of grey, the only kind OCR works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// `width * height` bytes.
    pub(crate) samples: Vec<u8>,
}

impl Grey {
    /// One shade all over.
    #[cfg(test)]
    pub(crate) fn blank(width: usize, height: usize, shade: u8) -> Self {
        Self {
            width,
            height,
            samples: vec![shade; width * height],
        }
    }

    /// The shade at a place; beyond an edge, that of the edge.
    fn at(&self, x: isize, y: isize) -> u8 {
        let x = x.clamp(0, self.width as isize - 1) as usize;
        let y = y.clamp(0, self.height as isize - 1) as usize;
        self.samples.get(y * self.width + x).copied().unwrap_or(255)
    }

    /// The shade between pixels, weighed by distance. Whole numbers are the
    /// middles of pixels.
    fn between(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x.floor(), y.floor());
        let (dx, dy) = (x - left, y - top);
        let (left, top) = (left as isize, top as isize);
        let shade = |x: isize, y: isize| f32::from(self.at(x, y));
        let upper = shade(left, top) * (1.0 - dx) + shade(left + 1, top) * dx;
        let lower = shade(left, top + 1) * (1.0 - dx) + shade(left + 1, top + 1) * dx;
        upper * (1.0 - dy) + lower * dy
    }

    /// The same turned clockwise.
    pub(crate) fn turned(&self, turn: Turn) -> Self {
        let (w, h) = (self.width, self.height);
        let pick = |width: usize, height: usize, from: &dyn Fn(usize, usize) -> usize| {
            let mut samples = Vec::with_capacity(w * h);
            for y in 0..height {
                samples.extend((0..width).map(|x| self.samples[from(x, y)]));
            }
            Self {
                width,
                height,
                samples,
            }
        };
        match turn {
            Turn::None => self.clone(),
            Turn::Quarter => pick(h, w, &|x, y| (h - 1 - x) * w + y),
            Turn::Half => pick(w, h, &|x, y| (h - 1 - y) * w + (w - 1 - x)),
            Turn::ThreeQuarters => pick(h, w, &|x, y| x * w + (w - 1 - y)),
        }
    }

    /// The same at another size: each new pixel is the mean of what it covers
    /// when shrinking, weighed by distance when growing.
    pub(crate) fn resized(&self, width: usize, height: usize) -> Self {
        if (width, height) == (self.width, self.height) {
            return self.clone();
        }
        let across = Weights::new(self.width, width);
        let down = Weights::new(self.height, height);
        let mut rows = vec![0f32; width * self.height];
        for (row, out) in self
            .samples
            .chunks_exact(self.width)
            .zip(rows.chunks_exact_mut(width))
        {
            for (x, value) in out.iter_mut().enumerate() {
                *value = across.mean(x, |i| f32::from(row[i]));
            }
        }
        let mut samples = Vec::with_capacity(width * height);
        let mut sums = vec![0f32; width];
        for y in 0..height {
            sums.fill(0.0);
            let (first, weights) = down.of(y);
            for (k, weight) in weights.iter().enumerate() {
                let row = &rows[(first + k) * width..(first + k + 1) * width];
                for (sum, value) in sums.iter_mut().zip(row) {
                    *sum += weight * value;
                }
            }
            samples.extend(sums.iter().map(|sum| (sum + 0.5) as u8));
        }
        Self {
            width,
            height,
            samples,
        }
    }

    /// The four-cornered piece of the picture, straightened into a picture of
    /// the size given. Where it shrinks, the picture should be shrunk before,
    /// by no more than half of what is wanted.
    pub(crate) fn straightened(&self, quad: &Quad, width: usize, height: usize) -> Self {
        let [a, b, c, d] = quad.0;
        let mut samples = Vec::with_capacity(width * height);
        for y in 0..height {
            let v = (y as f32 + 0.5) / height as f32;
            let from = a.towards(d, v);
            let to = b.towards(c, v);
            for x in 0..width {
                let u = (x as f32 + 0.5) / width as f32;
                let Point { x, y } = from.towards(to, u);
                samples.push((self.between(x - 0.5, y - 0.5) + 0.5) as u8);
            }
        }
        Self {
            width,
            height,
            samples,
        }
    }
}

/// Which old pixels make a new one, and how much each weighs.
struct Weights {
    starts: Vec<(usize, usize)>,
    weights: Vec<f32>,
}

impl Weights {
    fn new(old: usize, new: usize) -> Self {
        let scale = old as f32 / new as f32;
        // A triangle as wide as two new pixels, or two old ones when growing.
        let reach = scale.max(1.0);
        let mut starts = Vec::with_capacity(new);
        let mut weights = Vec::new();
        for i in 0..new {
            let middle = (i as f32 + 0.5) * scale;
            let first = (middle - reach).floor().max(0.0) as usize;
            let last = ((middle + reach).ceil() as usize).clamp(first + 1, old.max(first + 1));
            let begin = weights.len();
            for k in first..last.min(old) {
                let distance = (k as f32 + 0.5 - middle).abs() / reach;
                weights.push((1.0 - distance).max(0.0));
            }
            let sum: f32 = weights[begin..].iter().sum();
            for weight in &mut weights[begin..] {
                *weight /= sum.max(f32::MIN_POSITIVE);
            }
            starts.push((first, begin));
        }
        starts.push((old, weights.len()));
        Self { starts, weights }
    }

    fn of(&self, i: usize) -> (usize, &[f32]) {
        let (first, begin) = self.starts[i];
        (first, &self.weights[begin..self.starts[i + 1].1])
    }

    fn mean(&self, i: usize, value: impl Fn(usize) -> f32) -> f32 {
        let (first, weights) = self.of(i);
        weights
            .iter()
            .enumerate()
            .map(|(k, weight)| weight * value(first + k))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(width: usize, height: usize) -> Grey {
        Grey {
            width,
            height,
            samples: (0..width * height).map(|i| i as u8).collect(),
        }
    }

    #[test]
    fn four_quarter_turns_are_none() {
        let picture = numbered(3, 2);
        assert_eq!(picture.turned(Turn::Quarter).samples, [3, 0, 4, 1, 5, 2]);
        let mut turned = picture.clone();
        for _ in 0..4 {
            turned = turned.turned(Turn::Quarter);
        }
        assert_eq!(turned, picture);
        let half = picture.turned(Turn::Quarter).turned(Turn::Quarter);
        assert_eq!(half, picture.turned(Turn::Half));
        let three = half.turned(Turn::Quarter);
        assert_eq!(three, picture.turned(Turn::ThreeQuarters));
    }

    #[test]
    fn resizing_keeps_an_even_shade_and_the_mean() {
        for (width, height) in [(1, 1), (3, 50), (200, 7), (64, 64)] {
            let even = Grey::blank(31, 17, 201).resized(width, height);
            assert!(
                even.samples.iter().all(|shade| *shade == 201),
                "{width} x {height}"
            );
        }
        let chequered = Grey {
            width: 64,
            height: 64,
            samples: (0..64 * 64)
                .map(|i| if (i + i / 64) % 2 == 0 { 0 } else { 255 })
                .collect(),
        };
        let small = chequered.resized(16, 16);
        assert!(small.samples.iter().all(|shade| (110..146).contains(shade)));
    }

    #[test]
    fn straightening_the_whole_picture_leaves_it() {
        let picture = numbered(9, 7);
        let whole = Quad::upright(0.0, 0.0, 9.0, 7.0);
        assert_eq!(picture.straightened(&whole, 9, 7), picture);
    }
}
