//! Points, slanted rectangles around them, and how to widen these.

/// A point in pixels; (0, 0) is the top left corner of the first pixel.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Point {
    pub(crate) x: f32,
    pub(crate) y: f32,
}

impl Point {
    /// The point a part of the way from here to there.
    pub(crate) fn towards(self, there: Self, part: f32) -> Self {
        Self {
            x: self.x + (there.x - self.x) * part,
            y: self.y + (there.y - self.y) * part,
        }
    }

    fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// Four corners in reading order: top left, top right, bottom right, bottom
/// left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Quad(pub(crate) [Point; 4]);

impl Quad {
    /// A rectangle along the axes.
    #[cfg(test)]
    pub(crate) const fn upright(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self([
            Point { x: left, y: top },
            Point { x: right, y: top },
            Point {
                x: right,
                y: bottom,
            },
            Point { x: left, y: bottom },
        ])
    }

    /// Length of the upper edge.
    pub(crate) fn width(&self) -> f32 {
        self.0[0].distance(self.0[1])
    }

    /// Length of the left edge.
    pub(crate) fn height(&self) -> f32 {
        self.0[0].distance(self.0[3])
    }

    /// Slope of the upper edge in degrees, positive when it falls.
    pub(crate) fn slope(&self) -> f32 {
        let [a, b, ..] = self.0;
        (b.y - a.y).atan2(b.x - a.x).to_degrees()
    }

    /// The same, each corner changed.
    pub(crate) fn map(&self, change: impl FnMut(Point) -> Point) -> Self {
        Self(self.0.map(change))
    }

    /// The piece between two parts of the width.
    pub(crate) fn slice(&self, from: f32, to: f32) -> Self {
        let [a, b, c, d] = self.0;
        Self([
            a.towards(b, from),
            a.towards(b, to),
            d.towards(c, to),
            d.towards(c, from),
        ])
    }

    /// The upright rectangle around it: left, top, right, bottom.
    pub(crate) fn bounds(&self) -> [f32; 4] {
        let mut bounds = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for Point { x, y } in self.0 {
            bounds[0] = bounds[0].min(x);
            bounds[1] = bounds[1].min(y);
            bounds[2] = bounds[2].max(x);
            bounds[3] = bounds[3].max(y);
        }
        bounds
    }

    /// The rectangle widened on every side, as DB's unclip does it: the
    /// network is taught the kernel of a line, shrunk on every side by
    /// `area * (1 - r²) / perimeter`; `ratio` undoes that.
    pub(crate) fn widened(&self, ratio: f32) -> Self {
        let (width, height) = (self.width(), self.height());
        let by = width * height * ratio / (2.0 * (width + height)).max(1.0);
        self.widened_by(by, by)
    }

    /// The rectangle widened by so many pixels along and across its text.
    pub(crate) fn widened_by(&self, along: f32, across: f32) -> Self {
        let (width, height) = (self.width().max(1e-3), self.height().max(1e-3));
        let [a, b, _, d] = self.0;
        let (ex, ey) = ((b.x - a.x) / width * along, (b.y - a.y) / width * along);
        let (fx, fy) = ((d.x - a.x) / height * across, (d.y - a.y) / height * across);
        let signs = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
        let mut corners = self.0;
        for (corner, (along, across)) in corners.iter_mut().zip(signs) {
            corner.x += along * ex + across * fx;
            corner.y += along * ey + across * fy;
        }
        Self(corners)
    }
}

/// The convex hull of points, counter-clockwise on a page whose y falls.
pub(crate) fn hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let turns =
        |o: Point, a: Point, b: Point| (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
    let mut hull: Vec<Point> = Vec::new();
    for pass in 0..2 {
        let floor = hull.len();
        let walk: Box<dyn Iterator<Item = &Point>> = if pass == 0 {
            Box::new(points.iter())
        } else {
            Box::new(points.iter().rev())
        };
        for point in walk {
            while hull.len() >= floor + 2
                && let [.., o, a] = hull[..]
                && turns(o, a, *point) <= 0.0
            {
                hull.pop();
            }
            hull.push(*point);
        }
        hull.pop();
    }
    hull
}

/// The smallest rectangle around points, slanted as they lie; corners in
/// reading order of a text whose slope is at most 45 degrees.
pub(crate) fn rectangle(points: Vec<Point>) -> Option<Quad> {
    let hull = hull(points);
    let first = *hull.first()?;
    let mut best: Option<(f32, Quad)> = None;
    for (i, from) in hull.iter().enumerate() {
        let to = hull.get(i + 1).copied().unwrap_or(first);
        let length = from.distance(to);
        let (ux, uy) = if length > 0.0 {
            ((to.x - from.x) / length, (to.y - from.y) / length)
        } else {
            (1.0, 0.0)
        };
        let (mut along, mut across) = ((f32::MAX, f32::MIN), (f32::MAX, f32::MIN));
        for point in &hull {
            let (u, v) = (point.x * ux + point.y * uy, point.y * ux - point.x * uy);
            along = (along.0.min(u), along.1.max(u));
            across = (across.0.min(v), across.1.max(v));
        }
        let area = (along.1 - along.0) * (across.1 - across.0);
        if best.as_ref().is_none_or(|(least, _)| area < *least) {
            let corner = |u: f32, v: f32| Point {
                x: u * ux - v * uy,
                y: u * uy + v * ux,
            };
            let quad = Quad([
                corner(along.0, across.0),
                corner(along.1, across.0),
                corner(along.1, across.1),
                corner(along.0, across.1),
            ]);
            best = Some((area, in_reading_order(&quad)));
        }
    }
    best.map(|(_, quad)| quad)
}

/// Turns the corners round so that the first edge is the one nearest to level.
fn in_reading_order(quad: &Quad) -> Quad {
    let mut corners = quad.0;
    for _ in 0..4 {
        let [a, b, ..] = corners;
        if b.x - a.x > 0.0 && (b.y - a.y).abs() <= b.x - a.x {
            break;
        }
        corners.rotate_left(1);
    }
    Quad(corners)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(list: &[(f32, f32)]) -> Vec<Point> {
        list.iter().map(|&(x, y)| Point { x, y }).collect()
    }

    #[test]
    fn a_rectangle_lies_as_its_points_lie() {
        // A bar of 100 x 10 falling by 30 degrees.
        let (sin, cos) = 30f32.to_radians().sin_cos();
        let bar: Vec<Point> = [
            (0.0, 0.0),
            (100.0, 0.0),
            (100.0, 10.0),
            (0.0, 10.0),
            (50.0, 5.0),
        ]
        .iter()
        .map(|(u, v)| Point {
            x: u * cos - v * sin,
            y: u * sin + v * cos,
        })
        .collect();
        let quad = rectangle(bar).unwrap();
        assert!((quad.width() - 100.0).abs() < 0.01, "{quad:?}");
        assert!((quad.height() - 10.0).abs() < 0.01);
        assert!((quad.slope() - 30.0).abs() < 0.01);
        assert!(quad.0[0].distance(Point::default()) < 0.01);
    }

    #[test]
    fn few_points_make_flat_rectangles_and_none_makes_none() {
        assert_eq!(rectangle(Vec::new()), None);
        let one = rectangle(points(&[(3.0, 4.0)])).unwrap();
        assert_eq!(one.bounds(), [3.0, 4.0, 3.0, 4.0]);
        let line = rectangle(points(&[(0.0, 0.0), (5.0, 0.0), (10.0, 0.0)])).unwrap();
        assert_eq!(line.bounds(), [0.0, 0.0, 10.0, 0.0]);
    }

    #[test]
    fn widening_goes_to_every_side_alike() {
        let quad = Quad::upright(10.0, 10.0, 110.0, 30.0).widened(1.2);
        // 100 x 20 over 240, times 1.2: ten pixels.
        assert_eq!(quad.bounds(), [0.0, 0.0, 120.0, 40.0]);
        let slice = quad.slice(0.25, 0.5);
        assert_eq!(slice.bounds(), [30.0, 0.0, 60.0, 40.0]);
    }
}
