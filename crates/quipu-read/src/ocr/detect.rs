//! Where the lines of text stand: a map of how likely each pixel belongs to
//! the kernel of a line (DB, "differentiable binarization"), its connected
//! pieces, and a slanted rectangle around each.

use rten::{Model, RunOptions};
use rten_tensor::NdTensor;

use super::engine::OcrError;
use super::geometry::{Point, Quad, rectangle};
use super::picture::Grey;

/// Longest side in pixels given to the network. Small print of a whole page
/// stays legible; twice as much would cost four times the work.
const SIDE_MAX: f32 = 1280.0;
/// A pixel belongs to a kernel from this likelihood on.
const PIXEL: f32 = 0.3;
/// A piece counts as text from this mean likelihood on.
const PIECE: f32 = 0.5;
/// How far a kernel is widened to the whole line; see [`Quad::widened`].
/// Too little cuts accents off, too much lets the next line in.
const WIDEN: f32 = 1.6;
/// How much of its height a line is widened above and below besides: the
/// accents of capitals stand higher than any letter the network was taught.
const ACCENTS: f32 = 0.05;

/// A line found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    /// The line with all its accents, in pixels of the picture given.
    pub(crate) quad: Quad,
}

/// Finds lines of text.
pub(crate) fn detect(
    model: &Model,
    options: &RunOptions,
    picture: &Grey,
) -> Result<Vec<Found>, OcrError> {
    let longest = picture.width.max(picture.height) as f32;
    let scale = (SIDE_MAX / longest).min(1.0);
    // The network halves the picture five times.
    let fit = |side: usize| ((side as f32 * scale / 32.0).round().max(1.0) as usize) * 32;
    let (width, height) = (fit(picture.width), fit(picture.height));
    let small = picture.resized(width, height);
    let map = likelihood(model, options, &small)?;
    let (sx, sy) = (
        picture.width as f32 / width as f32,
        picture.height as f32 / height as f32,
    );
    let mut found = Vec::new();
    for piece in pieces(&map, width, height) {
        let Some(quad) = rectangle(piece.outline) else {
            continue;
        };
        if piece.mean < PIECE || quad.width().min(quad.height()) < 2.0 {
            continue;
        }
        let quad = quad.widened(WIDEN);
        let quad = quad
            .widened_by(0.0, quad.height() * ACCENTS)
            .map(|point| Point {
                x: point.x * sx,
                y: point.y * sy,
            });
        if quad.height() >= 4.0 && quad.width() >= 4.0 {
            found.push(Found { quad });
        }
    }
    Ok(found)
}

fn likelihood(model: &Model, options: &RunOptions, picture: &Grey) -> Result<Vec<f32>, OcrError> {
    let failed = |error: &dyn std::fmt::Display| OcrError::Network(error.to_string());
    let plane = picture.samples.len();
    let mut data = Vec::with_capacity(3 * plane);
    for _ in 0..3 {
        data.extend(picture.samples.iter().map(|v| f32::from(*v) / 127.5 - 1.0));
    }
    let input = NdTensor::from_data([1, 3, picture.height, picture.width], data);
    let (Some(from), Some(to)) = (model.input_ids().first(), model.output_ids().first()) else {
        return Err(failed(&"no input or output"));
    };
    let [output] = model
        .run_n([(*from, input.into())].into(), [*to], Some(options.clone()))
        .map_err(|error| failed(&error))?;
    let (_, map) = output
        .into_shape_vec::<f32, 4>()
        .map_err(|error| failed(&error))?;
    if map.len() == plane {
        Ok(map)
    } else {
        Err(failed(&"the map has another size than the picture"))
    }
}

/// A connected piece of likely pixels.
struct Piece {
    /// The outer corners of its pixels, row by row.
    outline: Vec<Point>,
    /// Mean likelihood.
    mean: f32,
}

/// A run of likely pixels in one row.
struct Run {
    y: usize,
    left: usize,
    right: usize,
    sum: f64,
}

/// Connected pieces (eight neighbours), in the order of their first pixel.
fn pieces(map: &[f32], width: usize, height: usize) -> Vec<Piece> {
    let mut runs: Vec<Run> = Vec::new();
    let mut parents: Vec<usize> = Vec::new();
    let mut row_before = 0..0;
    for (y, row) in map.chunks_exact(width).take(height).enumerate() {
        let row_start = runs.len();
        let mut x = 0;
        while x < width {
            if row[x] <= PIXEL {
                x += 1;
                continue;
            }
            let left = x;
            let mut sum = 0.0;
            while x < width && row[x] > PIXEL {
                sum += f64::from(row[x]);
                x += 1;
            }
            parents.push(runs.len());
            runs.push(Run {
                y,
                left,
                right: x,
                sum,
            });
        }
        let mut above = row_before.start;
        for i in row_start..runs.len() {
            // Runs touch when they overlap or meet at a corner.
            while above < row_before.end && runs[above].right < runs[i].left {
                above += 1;
            }
            let mut k = above;
            while k < row_before.end && runs[k].left <= runs[i].right {
                let (a, b) = (root(&mut parents, k), root(&mut parents, i));
                parents[a.max(b)] = a.min(b);
                k += 1;
            }
        }
        row_before = row_start..runs.len();
    }
    let mut places: Vec<Option<usize>> = vec![None; runs.len()];
    let mut pieces: Vec<(Vec<Point>, f64, usize)> = Vec::new();
    for (i, run) in runs.iter().enumerate() {
        let top = root(&mut parents, i);
        let place = *places[top].get_or_insert_with(|| {
            pieces.push((Vec::new(), 0.0, 0));
            pieces.len() - 1
        });
        let (outline, sum, pixels) = &mut pieces[place];
        for y in [run.y as f32, run.y as f32 + 1.0] {
            for x in [run.left as f32, run.right as f32] {
                outline.push(Point { x, y });
            }
        }
        *sum += run.sum;
        *pixels += run.right - run.left;
    }
    pieces
        .into_iter()
        .map(|(outline, sum, pixels)| Piece {
            outline,
            mean: (sum / pixels.max(1) as f64) as f32,
        })
        .collect()
}

/// The first run of the piece that a run belongs to.
fn root(parents: &mut [usize], mut i: usize) -> usize {
    while parents[i] != i {
        parents[i] = parents[parents[i]];
        i = parents[i];
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(picture: &str) -> (Vec<f32>, usize, usize) {
        let rows: Vec<&str> = picture.lines().map(str::trim).collect();
        let likely = |c| if c == '#' { 0.9 } else { 0.1 };
        let map = rows.iter().flat_map(|row| row.chars().map(likely));
        (map.collect(), rows[0].len(), rows.len())
    }

    #[test]
    fn pieces_that_touch_are_one() {
        let (map, width, height) = map("##..#..#
             ..#.#..#
             ....####
             #.......");
        let pieces = pieces(&map, width, height);
        let boxes: Vec<[f32; 4]> = pieces
            .iter()
            .map(|piece| {
                rectangle(piece.outline.clone())
                    .unwrap()
                    .bounds()
                    .map(f32::round)
            })
            .collect();
        assert_eq!(pieces.len(), 3);
        assert_eq!(boxes[1], [4.0, 0.0, 8.0, 3.0]);
        assert_eq!(boxes[2], [0.0, 3.0, 1.0, 4.0]);
        assert!(pieces.iter().all(|piece| (piece.mean - 0.9).abs() < 1e-6));
    }

    #[test]
    fn an_empty_map_has_no_pieces() {
        assert!(pieces(&[0.0; 12], 4, 3).is_empty());
    }
}
