//! From tokens to sentences: a small recurrent network says after which token a
//! sentence ends.
//!
//! Nothing is cut by rules but paragraphs; they are read in windows, several
//! side by side. What goes into the network is a sum over the features of a
//! token, and so are the gates of its first layer: they are summed from rows
//! multiplied once, by shape, gap and first character when the model is read,
//! by word when it is first met.

mod rows;
mod windows;

use std::ops::Range;

use crate::kernel::Matrix;
use crate::network::{ModelError, ModelFile, Recurrence};
use rows::{FIRSTS, SHAPES, project, turned};
pub(crate) use windows::EndsMemory;
use windows::{Rest, Windows};

/// Tokens at which no further window is read side by side: what is worked on
/// then stays near the processor.
const SIDE_BY_SIDE: usize = 320;

/// What lies between a token and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing = 0,
    Space = 1,
    Line = 2,
    /// An empty line, a border or the end of the text: the paragraph ends.
    Paragraph = 3,
}

const GAPS: usize = 5;

/// The network.
#[derive(Debug)]
pub(crate) struct Ends {
    words: Table,
    suffixes: Table,
    /// What each number of word and suffix adds, in rows of [`Ends::row`].
    columns: Vec<f32>,
    /// What each shape adds; the biases are in it.
    shapes: Vec<f32>,
    gaps: Vec<f32>,
    firsts: Vec<f32>,
    /// The second makes its gates by multiplication.
    layers: [Recurrence; 2],
    out: Vec<f32>,
    out_bias: f32,
}

/// Rows of 8-bit numbers.
#[derive(Debug)]
struct Table {
    weights: Vec<i8>,
    scales: Vec<f32>,
    width: usize,
}

impl Table {
    fn read(file: &ModelFile<'_>, name: &str) -> Result<Self, ModelError> {
        let whole = file.whole(name)?;
        Ok(Self {
            weights: whole.weights.to_vec(),
            scales: whole.scales,
            width: whole.width,
        })
    }

    fn row(&self, row: usize) -> impl Iterator<Item = f32> {
        let weights = self
            .weights
            .get(row * self.width..(row + 1) * self.width)
            .unwrap_or_default();
        let scale = self.scales.get(row).copied().unwrap_or_default();
        weights.iter().map(move |weight| f32::from(*weight) * scale)
    }

    fn places(&self) -> u32 {
        u32::try_from(self.scales.len()).unwrap_or(u32::MAX)
    }
}

impl Ends {
    /// Reads the network and checks that its parts fit.
    pub(crate) fn read(file: &ModelFile<'_>) -> Result<Self, ModelError> {
        let wrong = |what: &str| ModelError(format!("the parts of `ends` do not fit: {what}"));
        let words = Table::read(file, "ends.word")?;
        let suffixes = Table::read(file, "ends.suffix")?;
        let bias = file.numbers("ends.in.b")?;
        let weights = file.numbers("ends.in.w")?;
        let width = bias.len();
        let parts = [
            (file.numbers("ends.shape")?, SHAPES),
            (file.numbers("ends.gap")?, GAPS),
            (file.numbers("ends.first")?, FIRSTS),
        ];
        let types = words.width + suffixes.width;
        let inputs = types
            + parts
                .iter()
                .map(|(part, rows)| part.len() / rows)
                .sum::<usize>();
        if width == 0 || width % 2 == 1 || weights.len() != inputs * width {
            return Err(wrong("in"));
        }
        if words.places() < 2 || suffixes.places() < 1 {
            return Err(wrong("word, suffix"));
        }
        let first = file.numbers("ends.l0.w")?;
        let first_bias = file.numbers("ends.l0.b")?;
        if first.len() != 3 * width * width || first_bias.len() != 3 * width {
            return Err(wrong("l0"));
        }
        let layer = |number: usize| -> Result<Recurrence, ModelError> {
            let name = |part: &str| format!("ends.l{number}.{part}");
            let gates = file.numbers(&name("w"))?;
            let gates = Matrix::from_numbers(&gates, &file.numbers(&name("b"))?, width);
            let gates = gates
                .filter(|gates| gates.outputs() == 3 * width)
                .ok_or_else(|| wrong(&name("w")))?;
            let (gain, bias) = (file.numbers(&name("ln.g"))?, file.numbers(&name("ln.b"))?);
            if gain.len() != width || bias.len() != width {
                return Err(wrong(&name("ln")));
            }
            Ok(Recurrence {
                beside: None,
                gates,
                gain,
                bias,
            })
        };
        let gates = turned(&first, width);
        // A row of input, and the gates of the first layer that it makes.
        let with_gates = |input: &[f32]| {
            let mut row = input.to_vec();
            row.resize(4 * width, 0.0);
            project(input, &gates, &mut row[width..]);
            row
        };
        let columns = turned(&weights, inputs);
        let columns: Vec<f32> = columns.chunks_exact(width).flat_map(with_gates).collect();
        let (columns, mut others) = columns.split_at(types * 4 * width);
        let [mut shapes, gaps, firsts] = parts.map(|(part, rows)| {
            let wide = part.len() / rows;
            let (own, rest) = others.split_at(wide * 4 * width);
            others = rest;
            let mut out = vec![0.0; rows * 4 * width];
            for (row, out) in out.chunks_exact_mut(4 * width).enumerate() {
                project(
                    part.get(row * wide..(row + 1) * wide).unwrap_or_default(),
                    own,
                    out,
                );
            }
            out
        });
        let mut biases = with_gates(&bias);
        biases
            .iter_mut()
            .skip(width)
            .zip(&first_bias)
            .for_each(|(x, bias)| *x += bias);
        shapes
            .iter_mut()
            .zip(biases.iter().cycle())
            .for_each(|(x, bias)| *x += bias);
        let out = file.numbers("ends.out.w")?;
        if out.len() != width {
            return Err(wrong("out"));
        }
        Ok(Self {
            columns: columns.to_vec(),
            words,
            suffixes,
            shapes,
            gaps,
            firsts,
            layers: [layer(0)?, layer(1)?],
            out,
            out_bias: file
                .numbers("ends.out.b")?
                .first()
                .copied()
                .unwrap_or_default(),
        })
    }

    /// Numbers in a row of input and the gates that it makes.
    const fn row(&self) -> usize {
        4 * self.out.len()
    }

    /// The sentences of a text, as ranges of its tokens: all tokens, in order.
    ///
    /// `borders` are places in the text, in order, over which no sentence goes:
    /// the last token that begins before one ends its sentence.
    pub(crate) fn sentences(
        &self,
        text: &str,
        tokens: &[Range<u32>],
        borders: &[u32],
        memory: &mut EndsMemory,
    ) -> Vec<Range<usize>> {
        let gaps = gaps(text, tokens, borders);
        let mut ends = Vec::new();
        let mut windows = Windows::new(self, text, tokens, &gaps, memory);
        let mut start = 0;
        // Ends of paragraphs; the last token is one.
        let mut paragraphs = gaps
            .iter()
            .enumerate()
            .filter(|(_, gap)| **gap == Gap::Paragraph)
            .map(|(at, _)| at + 1);
        let mut pending: Vec<Rest> = Vec::new();
        loop {
            windows.clear();
            while windows.tokens() < SIDE_BY_SIDE {
                let paragraph = pending.pop().or_else(|| {
                    let end = paragraphs.next()?;
                    let tokens = start..end;
                    start = end;
                    Some(Rest {
                        tokens,
                        after_short: false,
                    })
                });
                let Some(paragraph) = paragraph else { break };
                windows.add(paragraph);
            }
            if windows.tokens() == 0 {
                break;
            }
            windows.judge(&mut ends, &mut pending);
        }
        ends.sort_unstable();
        let mut from = 0;
        ends.into_iter()
            .map(|end| {
                let sentence = from..end + 1;
                from = end + 1;
                sentence
            })
            .collect()
    }
}

/// The gap after each token.
fn gaps(text: &str, tokens: &[Range<u32>], borders: &[u32]) -> Vec<Gap> {
    let mut borders = borders.iter().copied().peekable();
    let mut gaps = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let Some(next) = tokens.get(at + 1) else {
            gaps.push(Gap::Paragraph);
            break;
        };
        while borders.next_if(|border| *border <= token.start).is_some() {}
        if borders.peek().is_some_and(|border| *border <= next.start) {
            gaps.push(Gap::Paragraph);
            continue;
        }
        let between = text
            .as_bytes()
            .get(token.end as usize..next.start as usize)
            .unwrap_or_default();
        gaps.push(match between {
            [] => Gap::Nothing,
            [b' '] => Gap::Space,
            _ => match between
                .iter()
                .filter(|byte| **byte == b'\n')
                .take(2)
                .count()
            {
                0 => Gap::Space,
                1 => Gap::Line,
                _ => Gap::Paragraph,
            },
        });
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::{Ends, EndsMemory, FIRSTS, GAPS, Gap, SHAPES, Table, gaps};
    use crate::kernel::Matrix;
    use crate::network::Recurrence;
    use crate::words::ends::windows::WINDOW;
    use std::ops::Range;

    const WIDTH: usize = 4;

    /// A network without context that ends sentences at tokens whose first
    /// character is given.
    fn full_stops(stop: char) -> Ends {
        // Gates that keep the state shut and let the word itself through.
        let gates = [&[0.0; 2 * WIDTH][..], &[-20.0; WIDTH]].concat();
        let mut firsts = Vec::new();
        for first in 0..FIRSTS {
            let sign = if first == stop as usize { 1.0 } else { -1.0 };
            firsts.extend([sign, -sign, 0.0, 0.0]);
            firsts.extend(&gates);
        }
        let layer = || Recurrence {
            beside: None,
            gates: Matrix::from_numbers(&[0.0; 3 * WIDTH * WIDTH], &gates, WIDTH)
                .expect("sizes fit"),
            gain: vec![1.0; WIDTH],
            bias: vec![0.0; WIDTH],
        };
        let table = || Table {
            weights: vec![0; 32],
            scales: vec![1.0; 16],
            width: 2,
        };
        Ends {
            words: table(),
            suffixes: table(),
            columns: vec![0.0; 4 * 4 * WIDTH],
            shapes: vec![0.0; SHAPES * 4 * WIDTH],
            gaps: vec![0.0; GAPS * 4 * WIDTH],
            firsts,
            layers: [layer(), layer()],
            out: vec![1.0, 0.0, 0.0, 0.0],
            out_bias: 0.0,
        }
    }

    fn tokens(text: &str) -> Vec<Range<u32>> {
        let from = |token: &str| (token.as_ptr() as usize - text.as_ptr() as usize) as u32;
        text.split_whitespace()
            .map(|token| from(token)..from(token) + token.len() as u32)
            .collect()
    }

    fn read(ends: &Ends, text: &str, borders: &[u32]) -> Vec<Range<usize>> {
        ends.sentences(text, &tokens(text), borders, &mut EndsMemory::default())
    }

    #[test]
    fn sentences_end_where_the_network_says_and_at_paragraphs() {
        let text = "a b . c .\n. d\n\ne f\n \ng";
        let sentences = read(&full_stops('.'), text, &[]);
        assert_eq!(sentences, [0..3, 3..5, 5..6, 6..7, 7..9, 9..10]);
        assert!(read(&full_stops('.'), "", &[3]).is_empty());
    }

    #[test]
    fn no_sentence_goes_over_a_border() {
        let text = "a b c d";
        let sentences = |borders: &[u32]| read(&full_stops('.'), text, borders);
        assert_eq!(sentences(&[4]), [0..2, 2..4]);
        // Inside a gap or a token: after the last token that begins before it.
        assert_eq!(sentences(&[0, 3, 3, 5, 99]), [0..2, 2..3, 3..4]);
    }

    #[test]
    fn long_paragraphs_are_read_to_the_end() {
        for (length, every) in [
            (WINDOW, 7),
            (WINDOW + 1, 13),
            (5 * WINDOW, 390),
            (5 * WINDOW, 399),
            (3 * WINDOW, 5000),
        ] {
            let words: Vec<&str> = (1..=length)
                .map(|at| if at % every == 0 { "." } else { "x" })
                .collect();
            let text = words.join(" ");
            let sentences = read(&full_stops('.'), &text, &[]);
            assert!(sentences.windows(2).all(|two| two[0].end == two[1].start));
            assert_eq!(sentences.last().map(|last| last.end), Some(length));
            for stop in (every..=length).step_by(every) {
                assert!(
                    sentences.iter().any(|sentence| sentence.end == stop),
                    "{every} {stop}"
                );
            }
        }
    }

    /// A network that takes the first token of every window for an end, and no
    /// other: half of the state enters with each token.
    fn first_of_window() -> Ends {
        let mut ends = full_stops('.');
        let gates = [
            [20.0, 0.0, 0.6_f32.atanh(), 0.0],
            [0.0, 0.0, -20.0, -20.0],
            [20.0; 4],
        ]
        .concat();
        for row in ends.firsts.chunks_exact_mut(4 * WIDTH) {
            row[WIDTH..].copy_from_slice(&gates);
        }
        ends.out = vec![-1.0, 0.0, 1.0, 0.0];
        ends
    }

    #[test]
    fn no_text_is_read_again_and_again() {
        let text = "x ".repeat(5 * WINDOW);
        let sentences = read(&first_of_window(), &text, &[]);
        assert_eq!(sentences[..4], [0..1, 1..2, 2..401, 401..402]);
        assert!(sentences.len() < 20, "{}", sentences.len());
        assert_eq!(sentences.last().map(|last| last.end), Some(5 * WINDOW));
        assert!(sentences.windows(2).all(|two| two[0].end == two[1].start));
    }

    #[test]
    fn gaps_are_seen() {
        let text = "a  b\nc\r\n\r\nd e";
        let mut ranges = tokens(text);
        ranges.push(ranges[4].end..ranges[4].end);
        use Gap::{Line, Nothing, Paragraph, Space};
        assert_eq!(
            gaps(text, &ranges, &[]),
            [Space, Line, Paragraph, Space, Nothing, Paragraph]
        );
    }
}
