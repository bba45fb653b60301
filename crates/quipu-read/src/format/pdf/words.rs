//! Glyphs become words: by the spaces the file draws where it draws them, by
//! the gaps between letters where it does not.
//!
//! Words stand in a frame of their own: `along` counts in the direction in
//! which the line runs, `down` towards the next line, so that turned text is
//! read like any other.

use std::collections::BTreeMap;

use super::ink::{Frame, Glyph, Ink, Point, Shown};

/// A word in the frame of its text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    /// Where it starts and ends along its line.
    pub(super) from: f32,
    pub(super) to: f32,
    /// Its baseline, counted towards the next line.
    pub(super) base: f32,
    /// Height of the letter body.
    pub(super) em: f32,
    /// Whether the file draws white space before it.
    pub(super) spaced: bool,
    /// Whether it goes on where the word before it ended (a raised number).
    pub(super) glued: bool,
    /// Box on the page.
    pub(super) area: Frame,
    /// Whether its letters stand in the order of reading already.
    pub(super) settled: bool,
    /// A word without letters that stands for a table taken out of the text.
    pub(super) table: Option<usize>,
}

impl Word {
    /// Top of its letters, towards the line before.
    pub(super) fn top(&self) -> f32 {
        self.base - self.em * 0.75
    }

    /// Bottom of its letters, towards the next line.
    pub(super) fn bottom(&self) -> f32 {
        self.base + self.em * 0.22
    }
}

/// Words that run in one direction and are seen in the same way.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) shown: Shown,
    /// Direction of its lines in degrees, clockwise from left to right.
    pub(super) degrees: i32,
    /// In the order of drawing.
    pub(super) words: Vec<Word>,
}

/// The words of a page, one sheet for each direction; the fullest first.
pub(super) fn sheets(ink: &Ink) -> Vec<Sheet> {
    let mut groups: BTreeMap<(u8, i32), Vec<&Glyph>> = BTreeMap::new();
    for glyph in &ink.glyphs {
        let rank = match glyph.shown {
            Shown::Yes => 0,
            Shown::Invisible => 1,
            Shown::Outside => 2,
        };
        groups
            .entry((rank, degrees(glyph.heading)))
            .or_default()
            .push(glyph);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|((rank, degrees), glyphs)| {
        (*rank, std::cmp::Reverse(glyphs.len()), *degrees)
    });
    groups
        .into_iter()
        .map(|((rank, degrees), glyphs)| Sheet {
            shown: match rank {
                0 => Shown::Yes,
                1 => Shown::Invisible,
                _ => Shown::Outside,
            },
            degrees,
            words: words(ink, &glyphs, degrees),
        })
        .collect()
}

/// The direction in whole degrees; what leans by less than three counts as
/// upright, as a scan put in askew does.
fn degrees(heading: Point) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "at most 360")]
    let exact = heading.y.atan2(heading.x).to_degrees().round() as i32;
    let quadrant = (exact + 360 + 45) / 90 * 90 % 360;
    let lean = (exact - quadrant).rem_euclid(360);
    if lean <= 3 || lean >= 357 {
        quadrant
    } else {
        exact.rem_euclid(360)
    }
}

/// Turns places on the page into places along and down the text.
pub(super) struct Turn {
    x: f32,
    y: f32,
}

impl Turn {
    pub(super) fn new(degrees: i32) -> Self {
        let (x, y) = match degrees {
            0 => (1.0, 0.0),
            90 => (0.0, 1.0),
            180 => (-1.0, 0.0),
            270 => (0.0, -1.0),
            #[expect(clippy::cast_precision_loss, reason = "at most 360")]
            other => {
                let radians = (other as f32).to_radians();
                (radians.cos(), radians.sin())
            }
        };
        Self { x, y }
    }

    pub(super) fn along(&self, point: Point) -> f32 {
        self.x.mul_add(point.x, self.y * point.y)
    }

    pub(super) fn down(&self, point: Point) -> f32 {
        self.x.mul_add(point.y, -(self.y * point.x))
    }

    /// A box on the page as a box in the frame of the text.
    pub(super) fn frame(&self, area: Frame) -> Frame {
        let (a, b) = (
            Point {
                x: area.left,
                y: area.top,
            },
            Point {
                x: area.right,
                y: area.bottom,
            },
        );
        let (from, to) = (self.along(a), self.along(b));
        let (top, bottom) = (self.down(a), self.down(b));
        Frame {
            left: from.min(to),
            top: top.min(bottom),
            right: from.max(to),
            bottom: top.max(bottom),
        }
    }

    /// The upright box on the page around a box of the text.
    fn area(&self, from: f32, to: f32, top: f32, bottom: f32) -> Frame {
        let page = |along: f32, down: f32| Point {
            x: along * self.x - down * self.y,
            y: along * self.y + down * self.x,
        };
        let corners = [
            page(from, top),
            page(to, top),
            page(from, bottom),
            page(to, bottom),
        ];
        let mut frame = Frame {
            left: corners[0].x,
            top: corners[0].y,
            right: corners[0].x,
            bottom: corners[0].y,
        };
        for corner in &corners[1..] {
            frame.left = frame.left.min(corner.x);
            frame.top = frame.top.min(corner.y);
            frame.right = frame.right.max(corner.x);
            frame.bottom = frame.bottom.max(corner.y);
        }
        frame
    }
}

/// A letter in a chain of letters drawn one after the other on one line.
struct Link<'a> {
    letters: &'a str,
    from: f32,
    to: f32,
    em: f32,
    /// Space between the letter before and this one, in letter heights.
    gap: f32,
    /// Whether white space was drawn in between.
    spaced: bool,
}

fn words(ink: &Ink, glyphs: &[&Glyph], degrees: i32) -> Vec<Word> {
    let turn = Turn::new(degrees);
    let mut words = Vec::new();
    let mut chain: Vec<Link<'_>> = Vec::new();
    let mut base = 0.0_f32;
    let mut space = false;
    let untold = widths_are_untold(&turn, glyphs);
    for (at, glyph) in glyphs.iter().enumerate() {
        let letters = ink.letters_of(glyph);
        if letters.trim().is_empty() {
            space |= !letters.is_empty();
            continue;
        }
        let from = turn.along(glyph.origin);
        let down = turn.down(glyph.origin);
        let em = glyph.em.max(0.1);
        let to = if untold {
            let next = glyphs.get(at + 1);
            from + next.map_or(0.5 * em, |next| reach(&turn, glyph, next, em))
        } else {
            from + turn.along(glyph.advance).max(0.0)
        };
        let mut gap = 0.0;
        let mut goes_on = false;
        if let Some(last) = chain.last() {
            gap = (from - last.to) / em.max(last.em);
            let ratio = em / last.em;
            goes_on = (down - base).abs() < em.max(last.em) * 0.1
                && (0.75..1.35).contains(&ratio)
                && gap > -0.45
                && gap < 1.0
                && chain.len() < 4096;
        }
        if !goes_on {
            split(&turn, &mut words, &chain, base);
            chain.clear();
            base = down;
            gap = 0.0;
        }
        chain.push(Link {
            letters,
            from,
            to,
            em,
            gap,
            spaced: std::mem::take(&mut space),
        });
    }
    split(&turn, &mut words, &chain, base);
    words
}

/// Whether the file puts every letter in its place by hand and gives all of
/// them one width, whatever they are: then that says nothing of how wide they
/// are. Fonts for writing down the page are set along it like this.
fn widths_are_untold(turn: &Turn, glyphs: &[&Glyph]) -> bool {
    let mut pairs = 0u32;
    let mut one_width = 0u32;
    let mut amiss = 0u32;
    for two in glyphs.windows(2) {
        let em = two[0].em.max(0.1);
        let step = turn.along(two[1].origin) - turn.along(two[0].origin);
        let down = turn.down(two[1].origin) - turn.down(two[0].origin);
        let width = turn.along(two[0].advance) / em;
        if down.abs() > em * 0.1 || step <= 0.0 || step > em {
            continue;
        }
        pairs += 1;
        one_width += u32::from((width - turn.along(two[1].advance) / em).abs() < 0.001);
        amiss += u32::from((step / em - width).abs() > 0.1);
    }
    pairs >= 40 && one_width * 20 > pairs * 19 && amiss * 2 > pairs
}

/// How far a letter goes when only the place of the next tells.
fn reach(turn: &Turn, glyph: &Glyph, next: &Glyph, em: f32) -> f32 {
    let step = turn.along(next.origin) - turn.along(glyph.origin);
    let down = turn.down(next.origin) - turn.down(glyph.origin);
    if down.abs() < em * 0.1 && step > 0.0 && step < em {
        step
    } else {
        0.5 * em
    }
}

/// Cuts a chain into words.
fn split(turn: &Turn, words: &mut Vec<Word>, chain: &[Link<'_>], base: f32) {
    let Some(first) = chain.first() else { return };
    // Where letters stand apart on the whole line, as in spaced headings or
    // under wrong widths, a word gap is one wider than that.
    let mut gaps: Vec<f32> = chain[1..]
        .iter()
        .filter(|link| !link.spaced)
        .map(|link| link.gap)
        .collect();
    gaps.sort_by(f32::total_cmp);
    let usual = if gaps.len() >= 4 {
        gaps[gaps.len() / 2].clamp(-0.3, 0.6)
    } else {
        0.0
    };
    // Most gaps are gaps between letters. Where those are even, a narrow word
    // gap of a line set tight already stands out.
    let even = gaps
        .get(gaps.len() * 7 / 10)
        .is_some_and(|gap| gap - usual < 0.03);
    let least = if even { 0.1 } else { 0.14 };
    let wide = (usual.max(0.0) * 1.6 + 0.04).max(least + usual.min(0.0));
    let by_gap = |link: &Link<'_>| {
        if link.spaced {
            link.gap - usual > 0.03
        } else {
            link.gap > wide
        }
    };
    // Lines forced to full width stand letter by letter; there only the spaces
    // that are drawn part words.
    let by_space = stands_apart(chain, by_gap);
    let mut open = Open::new(first);
    for link in &chain[1..] {
        let cut = if by_space {
            link.spaced || link.gap > 0.8
        } else {
            by_gap(link)
        };
        if cut {
            words.push(open.close(turn, base));
            open = Open::new(link);
            open.spaced = true;
        } else {
            open.add(link);
        }
    }
    words.push(open.close(turn, base));
}

/// Whether single letters follow each other with gaps nobody drew, in a chain
/// that draws its spaces.
fn stands_apart(chain: &[Link<'_>], by_gap: impl Fn(&Link<'_>) -> bool) -> bool {
    let spaces = chain[1..].iter().filter(|link| link.spaced).count();
    if spaces < 2 {
        return false;
    }
    let alone = |at: usize| {
        let after = chain.get(at + 1).is_none_or(&by_gap);
        let letter = chain[at].letters.chars().all(char::is_alphanumeric);
        letter && (at == 0 || by_gap(&chain[at])) && after
    };
    (1..chain.len()).any(|at| !chain[at].spaced && alone(at - 1) && alone(at))
}

/// A word being put together.
struct Open {
    text: String,
    from: f32,
    to: f32,
    em: f32,
    spaced: bool,
}

impl Open {
    fn new(link: &Link<'_>) -> Self {
        Self {
            text: link.letters.to_owned(),
            from: link.from,
            to: link.to,
            em: link.em,
            spaced: link.spaced,
        }
    }

    fn add(&mut self, link: &Link<'_>) {
        self.text.push_str(link.letters);
        self.from = self.from.min(link.from);
        self.to = self.to.max(link.to);
        self.em = self.em.max(link.em);
    }

    fn close(self, turn: &Turn, base: f32) -> Word {
        let mut word = Word {
            text: self.text.trim().to_owned(),
            from: self.from,
            to: self.to,
            base,
            em: self.em,
            spaced: self.spaced,
            glued: false,
            area: Frame::default(),
            settled: false,
            table: None,
        };
        word.area = turn.area(word.from, word.to, word.top(), word.bottom());
        word
    }
}
