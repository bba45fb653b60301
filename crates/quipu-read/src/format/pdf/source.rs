//! The library behind the reader: opens a file, tells its pages, and gives the
//! ink of one. Everything that knows `hayro` in text reading stands here and in
//! `catalog.rs`, so that another library could take its place.

use std::collections::BTreeMap;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro::hayro_interpret::font::{Glyph as LibraryGlyph, GlyphRun, PositionedGlyph};
use hayro::hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::object::{Name, Object, Stream};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, Filter, LoadPdfError, Pdf};
use hayro::kurbo::{Affine, BezPath, PathEl, Rect, Shape};

use skrifa::{FontRef, MetadataProvider};

use super::ink::{Frame, Glyph, Ink, Point, Rule, Shown};
use super::right_to_left;

/// Glyphs kept of one page; a page full of small print has some 20,000.
const GLYPHS_MAX: usize = 400_000;
/// Things drawn on one page that are looked at.
const STEPS_MAX: u32 = 3_000_000;
/// Bytes of drawing on one page.
const DRAWING_MAX: u64 = 128 << 20;
/// Packed streams shorter than this unpack to less than 64 MiB in any case.
const LOOK_FROM: usize = 64 << 10;
/// Ruling lines kept of one page.
const RULES_MAX: usize = 20_000;
/// Pictures kept of one page.
const PICTURES_MAX: usize = 10_000;

/// Fonts whose own letter tables are kept while one page is read.
const FONTS_MAX: usize = 64;

/// Why a file does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closed {
    /// A password is needed.
    Password,
    /// Encrypted in a way the library does not know.
    Cipher,
    /// No document can be made out in the bytes.
    Broken,
}

/// Opens a file; files locked with an empty password open by themselves.
pub(super) fn open(bytes: &[u8], password: &str) -> Result<Pdf, Closed> {
    Pdf::new_with_password(bytes.to_vec(), password).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Closed::Password,
        LoadPdfError::Decryption(_) => Closed::Cipher,
        LoadPdfError::Invalid => Closed::Broken,
    })
}

/// What is kept between the pages of one file, fonts above all.
pub(super) struct Fonts<'a> {
    cache: InterpreterCache<'a>,
    settings: InterpreterSettings,
}

impl Fonts<'_> {
    pub(super) fn new() -> Self {
        Self {
            cache: InterpreterCache::new(),
            settings: InterpreterSettings::default(),
        }
    }
}

/// Size of the page as shown, in points, held within sane bounds.
pub(super) fn size(page: &Page<'_>) -> (f32, f32) {
    let (width, height) = page.render_dimensions();
    let sane = |points: f32| {
        if points.is_finite() {
            points.clamp(1.0, 100_000.0)
        } else {
            1.0
        }
    };
    (sane(width), sane(height))
}

/// The ink of one page.
pub(super) fn ink<'a>(page: &Page<'a>, fonts: &Fonts<'a>) -> Ink {
    let (width, height) = size(page);
    let sheet = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(
        page.initial_transform(true).to_kurbo(),
        sheet,
        &fonts.cache,
        page.xref(),
        fonts.settings.clone(),
    );
    let mut pen = Pen {
        ink: Ink {
            width,
            height,
            ..Ink::default()
        },
        clips: vec![sheet],
        vertical: Vec::new(),
        maps: BTreeMap::new(),
        guesses: Vec::new(),
        steps: 0,
    };
    let walked = catch_unwind(AssertUnwindSafe(|| {
        interpret_page(page, &mut context, &mut pen);
    }));
    if let Err(cause) = walked
        && !cause.is::<Enough>()
    {
        resume_unwind(cause);
    }
    pen.settle_vertical();
    pen.settle_guesses();
    pen.ink
}

/// Whether the drawing of a page unpacks to more than anybody draws: a bomb.
/// Small streams need no look, since what they can unpack to is bounded.
pub(super) fn is_bomb(page: &Page<'_>) -> bool {
    let mut streams: Vec<Stream<'_>> = Vec::new();
    match page.raw().get::<Object<'_>>(b"Contents") {
        Some(Object::Stream(stream)) => streams.push(stream),
        Some(Object::Array(parts)) => streams.extend(parts.iter::<Stream<'_>>().take(10_000)),
        _ => {}
    }
    let forms = &page.resources().x_objects;
    for (name, _) in forms.entries().take(10_000) {
        if let Some(form) = forms.get::<Stream<'_>>(name.as_ref())
            && form
                .dict()
                .get::<Name<'_>>(b"Subtype")
                .is_some_and(|kind| kind.as_ref() == b"Form")
        {
            streams.push(form);
        }
    }
    let mut room = DRAWING_MAX;
    for stream in streams {
        let packed = stream.raw_data();
        let filters = stream.filters();
        if filters.len() > 2 {
            return true;
        }
        let unpacked = if packed.len() > LOOK_FROM && filters.first() == Some(&Filter::FlateDecode)
        {
            let mut unpacker = flate2::read::ZlibDecoder::new(packed.as_ref()).take(room + 1);
            std::io::copy(&mut unpacker, &mut std::io::sink()).unwrap_or(0)
        } else {
            packed.len() as u64
        };
        let Some(left) = room.checked_sub(unpacked) else {
            return true;
        };
        room = left;
    }
    false
}

/// Thrown from the pen to end the walk of a page that goes on and on: the
/// library asks its device nothing it could say no to.
struct Enough;

/// Takes down what the library would draw.
struct Pen {
    ink: Ink,
    /// What each open clip leaves open, as upright boxes; the first is the page.
    clips: Vec<Rect>,
    /// Glyphs of vertical fonts, with their place in a line that runs down.
    vertical: Vec<(usize, Glyph)>,
    /// Which letter each glyph of a font stands for, where the file is silent.
    maps: BTreeMap<u128, BTreeMap<u32, char>>,
    /// Glyphs nobody tells the letter of, with the letter their code would be.
    guesses: Vec<(usize, char)>,
    /// Things drawn so far.
    steps: u32,
}

impl Pen {
    fn open_area(&self) -> Rect {
        self.clips.last().copied().unwrap_or_default()
    }

    /// Counts a step; a page of millions of them is left where it is.
    fn step(&mut self) {
        self.steps += 1;
        if self.steps > STEPS_MAX {
            self.ink.full = true;
            resume_unwind(Box::new(Enough));
        }
    }

    fn glyph(&mut self, letters: &str, glyph: Glyph) {
        // The same letter painted twice at one place makes it bold, not double.
        let near = |a: f32, b: f32| (a - b).abs() < glyph.em * 0.08;
        let twin = self.ink.glyphs.iter().rev().take(64).any(|other| {
            near(other.origin.x, glyph.origin.x)
                && near(other.origin.y, glyph.origin.y)
                && self.ink.letters_of(other) == letters
        });
        if twin {
            return;
        }
        if self.ink.glyphs.len() >= GLYPHS_MAX {
            self.ink.full = true;
            return;
        }
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let from = place(self.ink.letters.len());
        self.ink.letters.push_str(letters);
        let to = place(self.ink.letters.len());
        self.ink.glyphs.push(Glyph { from, to, ..glyph });
    }

    /// A glyph with its place, as if its font ran from left to right.
    fn placed(
        &self,
        glyph: &PositionedGlyph<'_>,
        to_page: Affine,
        stretched: bool,
        draw_mode: &DrawMode,
    ) -> Option<Glyph> {
        let [a, b, c, d, x, y] = to_page.as_coeffs();
        let em = c.hypot(d) * 1000.0;
        let along = a.hypot(b);
        if !(em.is_finite() && along.is_finite()) || em < 0.01 || along <= 0.0 {
            return None;
        }
        let width = match &**glyph {
            LibraryGlyph::Outline(outline) => outline.advance_width(),
            LibraryGlyph::Type3(type3) => type3.advance_width(),
        };
        // The library stretches stand-in fonts letter by letter to the width
        // the file gives; that must not count twice.
        let scale = if stretched { em / 1000.0 } else { along };
        let width = f64::from(width.unwrap_or(500.0)).clamp(0.0, 10_000.0) * scale;
        let advance = point(a / along * width, b / along * width);
        let middle = point(
            x + f64::from(advance.x) * 0.5 + c * 250.0,
            y + f64::from(advance.y) * 0.5 + d * 250.0,
        );
        let shown = if matches!(draw_mode, DrawMode::Invisible) {
            Shown::Invisible
        } else if frame(self.open_area()).holds(middle) {
            Shown::Yes
        } else {
            Shown::Outside
        };
        Some(Glyph {
            from: 0,
            to: 0,
            origin: point(x, y),
            advance,
            heading: point(a / along, b / along),
            em: point(em, 0.0).x,
            shown,
        })
    }

    /// The letters of a glyph: as the file says, else as the font itself maps
    /// letters to glyphs, read backwards.
    fn reading(&mut self, glyph: &LibraryGlyph<'_>) -> Option<BfString> {
        let told = glyph.as_unicode().filter(|told| match told {
            BfString::Char(letter) => *letter != '\0',
            BfString::String(letters) => letters.chars().any(|letter| letter != '\0'),
        });
        if told.is_some() {
            let private = match &told {
                Some(BfString::Char(letter)) => matches!(letter, '\u{E000}'..='\u{F8FF}'),
                _ => false,
            };
            // A letter of private use that paints nothing is a space.
            return if private && is_blank(glyph) {
                Some(BfString::Char(' '))
            } else {
                told
            };
        }
        let LibraryGlyph::Outline(outline) = glyph else {
            return None;
        };
        let id = outline.glyph_id().to_u32();
        if id == 0 {
            return None;
        }
        let data = outline.font_data()?;
        if self.maps.len() > FONTS_MAX {
            self.maps.clear();
        }
        let map = self
            .maps
            .entry(data.cache_key)
            .or_insert_with(|| backwards((*data.data).as_ref()));
        map.get(&id).copied().map(BfString::Char)
    }

    /// Fonts made for vertical lines are also used, wrongly, for lines that
    /// run from left to right: the places of their letters tell.
    fn settle_vertical(&mut self) {
        let (mut across, mut down) = (0_u32, 0_u32);
        for two in self.vertical.windows(2) {
            let place = |at: usize| self.ink.glyphs.get(at).map(|glyph| glyph.origin);
            if let (Some(a), Some(b)) = (place(two[0].0), place(two[1].0)) {
                if (b.x - a.x).abs() > (b.y - a.y).abs() {
                    across += 1;
                } else {
                    down += 1;
                }
            }
        }
        if down >= across {
            for (at, turned) in std::mem::take(&mut self.vertical) {
                if let Some(glyph) = self.ink.glyphs.get_mut(at) {
                    glyph.origin = turned.origin;
                    glyph.advance = turned.advance;
                    glyph.heading = turned.heading;
                }
            }
        }
    }

    /// Some programs use Unicode as the code of a glyph without saying so. It is
    /// believed where the page then reads like words.
    fn settle_guesses(&mut self) {
        let count =
            |test: fn(char) -> bool| self.guesses.iter().filter(|guess| test(guess.1)).count();
        let all = self.guesses.len();
        let letters = count(char::is_alphabetic);
        let vowels = count(|c| "aeiouáéíóúàèìòùâêîôûäöüýěAEIOUÁÉÍÓÚ".contains(c));
        let small = count(char::is_lowercase);
        let sound = all >= 4
            && letters * 10 >= all * 6
            && vowels * 5 >= letters
            && vowels * 10 <= letters * 7
            && small * 2 >= letters;
        if !sound {
            return;
        }
        self.ink.guessed = true;
        for (at, letter) in std::mem::take(&mut self.guesses) {
            let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            if let Some(glyph) = self.ink.glyphs.get_mut(at) {
                glyph.from = place(self.ink.letters.len());
                self.ink.letters.push(letter);
                glyph.to = place(self.ink.letters.len());
                self.ink.unmapped = self.ink.unmapped.saturating_sub(1);
            }
        }
    }

    fn rule(&mut self, area: Rect) {
        let seen = area.intersect(self.open_area());
        let (width, height) = (seen.width(), seen.height());
        let frame = frame(seen);
        if self.ink.rules.len() >= RULES_MAX || width.max(height) < 4.0 {
            return;
        }
        if height <= 2.5 && width > height * 3.0 {
            self.ink.rules.push(Rule { frame, lies: true });
        } else if width <= 2.5 && height > width * 3.0 {
            self.ink.rules.push(Rule { frame, lies: false });
        }
    }
}

/// `as` saturates and takes NaN to 0, which is what is wanted of hostile numbers.
#[expect(clippy::cast_possible_truncation, reason = "points need no f64")]
fn point(x: f64, y: f64) -> Point {
    let sane = |n: f64| {
        if n.is_finite() {
            n.clamp(-1e6, 1e6) as f32
        } else {
            0.0
        }
    };
    Point {
        x: sane(x),
        y: sane(y),
    }
}

pub(super) fn frame(area: Rect) -> Frame {
    let (a, b) = (point(area.x0, area.y0), point(area.x1, area.y1));
    Frame {
        left: a.x,
        top: a.y,
        right: b.x,
        bottom: b.y,
    }
}

impl<'a> Device<'a> for Pen {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.step();
        self.ink.shapes = self.ink.shapes.saturating_add(1);
        if self.ink.rules.len() >= RULES_MAX || matches!(draw_mode, DrawMode::Invisible) {
            return;
        }
        // A stroked path is as many rules as it has straight upright pieces; a
        // filled one is one rule when it is thin.
        if matches!(draw_mode, DrawMode::Fill(_)) {
            let area = props.transform.transform_rect_bbox(path.bounding_box());
            self.rule(area);
            return;
        }
        let (mut at, mut start) = (None, None);
        for element in path.elements().iter().take(4096) {
            let to = match *element {
                PathEl::MoveTo(to) => {
                    start = Some(to);
                    at = Some(to);
                    continue;
                }
                PathEl::LineTo(to) => Some(to),
                PathEl::ClosePath => start,
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                    at = Some(to);
                    continue;
                }
            };
            if let (Some(a), Some(b)) = (at, to) {
                self.rule(Rect::from_points(props.transform * a, props.transform * b));
            }
            at = to;
        }
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        let area = clip_path.path.bounding_box();
        self.clips.push(self.open_area().intersect(area));
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.clips.push(self.open_area().intersect(*rect));
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(
        &mut self,
        glyph_run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        draw_mode: &DrawMode,
    ) {
        let stretched = is_stretched(glyph_run);
        let vertical = !matches!(glyph_run.writing_mode(), WritingMode::Horizontal);
        let first = self.ink.glyphs.len();
        for glyph in glyph_run.glyphs() {
            self.step();
            let to_page: Affine = props.transform * glyph.transform();
            let Some(made) = self.placed(glyph, to_page, stretched, draw_mode) else {
                continue;
            };
            let at = self.ink.glyphs.len();
            match self.reading(glyph) {
                Some(BfString::Char(letter)) => {
                    let mut buffer = [0; 4];
                    self.glyph(letter.encode_utf8(&mut buffer), made);
                }
                Some(BfString::String(letters)) => {
                    // What is written from right to left is put in order as if
                    // every letter stood by itself, ligatures too.
                    if letters.chars().any(right_to_left::is_right_to_left) {
                        let turned: String = letters.chars().rev().collect();
                        self.glyph(&turned, made);
                    } else {
                        self.glyph(&letters, made);
                    }
                }
                // Codes that paint nothing are space, whatever they are called.
                None if is_blank(glyph) => self.glyph(" ", made),
                None => {
                    self.ink.unmapped = self.ink.unmapped.saturating_add(1);
                    self.glyph("\u{FFFD}", made);
                    if let Some(letter) = by_code(glyph)
                        && self.ink.glyphs.len() > at
                    {
                        self.guesses.push((at, letter));
                    }
                }
            }
            if vertical && self.ink.glyphs.len() > at {
                self.vertical.push((at, downwards(made, to_page)));
            }
        }
        // A line that is cut by the edge is still a line that is seen.
        let run = self.ink.glyphs.get_mut(first..).unwrap_or_default();
        if run.iter().any(|glyph| glyph.shown == Shown::Yes) {
            for glyph in run {
                glyph.shown = Shown::Yes;
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let own = Rect::new(
            0.0,
            0.0,
            f64::from(image.width()),
            f64::from(image.height()),
        );
        let area = props.transform.transform_rect_bbox(own);
        if self.ink.pictures.len() < PICTURES_MAX {
            self.ink
                .pictures
                .push(frame(area.intersect(self.open_area())));
        }
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn pop_transparency_group(&mut self) {}
}

/// The letter whose number the code of a glyph is, where the code is not just
/// the number of the glyph.
fn by_code(glyph: &LibraryGlyph<'_>) -> Option<char> {
    let LibraryGlyph::Outline(outline) = glyph else {
        return None;
    };
    let code = outline.char_code();
    let letter = char::from_u32(code)?;
    let plain = !letter.is_control() && code < 0x2600;
    (plain && code != outline.glyph_id().to_u32()).then_some(letter)
}

/// The same glyph in a line that runs down the page: its origin stands above
/// it, its left edge on the line.
fn downwards(glyph: Glyph, to_page: Affine) -> Glyph {
    let [_, _, c, d, x, y] = to_page.as_coeffs();
    let tall = c.hypot(d);
    Glyph {
        origin: point(x + c * 880.0, y + d * 880.0),
        advance: point(-c * 1000.0, -d * 1000.0),
        heading: point(-c / tall, -d / tall),
        ..glyph
    }
}

/// Letters by glyph, from the font's own table of glyphs by letter. Where two
/// letters share a glyph the first counts.
fn backwards(font: &[u8]) -> BTreeMap<u32, char> {
    let mut map = BTreeMap::new();
    if let Ok(font) = FontRef::from_index(font, 0) {
        for (letter, glyph) in font.charmap().mappings().take(70_000) {
            // Letters of private use say nothing.
            if let Some(letter) = char::from_u32(letter)
                && !matches!(letter, '\u{E000}'..='\u{F8FF}')
            {
                map.entry(glyph.to_u32()).or_insert(letter);
            }
        }
    }
    map
}

fn is_blank(glyph: &LibraryGlyph<'_>) -> bool {
    match glyph {
        LibraryGlyph::Outline(outline) => outline.outline().elements().is_empty(),
        LibraryGlyph::Type3(_) => false,
    }
}

/// Whether the glyphs of a run are scaled unlike each other along the line.
fn is_stretched(run: &GlyphRun<'_, '_>) -> bool {
    let mut ratios = run.glyphs().iter().map(|glyph| {
        let [a, b, c, d, _, _] = glyph.transform().as_coeffs();
        a.hypot(b) / c.hypot(d)
    });
    let Some(first) = ratios.next() else {
        return false;
    };
    ratios.any(|ratio| (ratio - first).abs() > 0.002)
}
