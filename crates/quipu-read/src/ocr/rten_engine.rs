//! The engine of our own: PP-OCR networks run by `rten`, without any outside
//! program. Networks are loaded once, when the first page comes.

use std::sync::{Arc, OnceLock};

use quipu_model::TextOrigin;
use rten::{Model, RunOptions, ThreadPool};

use super::bounds;
use super::clean;
use super::detect::{self, Found};
use super::engine::{OcrEngine, OcrError, OcrHint, OcrIdentity, OcrLine, OcrPage, Turn};
use super::models::ModelFiles;
use super::picture::{Grey, Picture};
use super::recognise::{self, Alphabet};

/// Raised whenever the same picture and models may read differently.
const VERSION: u32 = 2;
/// What is read of one page, in pixels along its lines once they are as high as
/// the network wants them: the bound on the work for a page, whatever is on it.
/// A letter takes about 16, so this is a page of 4,000 letters. Measured on a
/// machine of two busy processors at 130 microseconds each: ten seconds a page,
/// with what finding the lines and telling which way up they are costs.
const ALONG_MAX: usize = 60_000;
/// Lines read with less than this many percent are tried upside down as well.
const DOUBTFUL: f32 = 80.0;
/// Lines read between two signs of life.
const TOGETHER: usize = 8;
/// Lines read to tell which way up a page is.
const SAMPLE: usize = 6;
/// Lines read with less than this many percent are pictures, not words.
const GUESS: u8 = 40;

/// Reads pages with a detection and a recognition network.
pub struct RtenEngine {
    files: ModelFiles,
    pool: Arc<ThreadPool>,
    loaded: OnceLock<Result<Loaded, OcrError>>,
    /// Who reads pages that hold more than is read of one page here.
    dense: Option<Box<dyn OcrEngine>>,
}

struct Loaded {
    detection: Model,
    recognition: Model,
    alphabet: Alphabet,
}

impl std::fmt::Debug for RtenEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RtenEngine")
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

impl RtenEngine {
    /// An engine on these models that computes on so many threads.
    #[must_use]
    pub fn new(files: ModelFiles, threads: usize) -> Self {
        Self {
            files,
            pool: Arc::new(ThreadPool::with_num_threads(threads.max(1))),
            loaded: OnceLock::new(),
            dense: None,
        }
    }

    /// The same engine, which hands pages that hold more than it reads of one
    /// page to another: less right in its letters, but faster, so that the foot
    /// of a newspaper page is not left unread.
    #[must_use]
    pub fn with_dense(mut self, dense: Option<Box<dyn OcrEngine>>) -> Self {
        self.dense = dense;
        self
    }

    fn loaded(&self) -> Result<&Loaded, OcrError> {
        let loaded = self.loaded.get_or_init(|| load(&self.files));
        loaded.as_ref().map_err(Clone::clone)
    }
}

fn load(files: &ModelFiles) -> Result<Loaded, OcrError> {
    let model = |path: &std::path::Path| {
        Model::load_file(path).map_err(|error| OcrError::Model {
            file: path.display().to_string(),
            reason: error.to_string(),
        })
    };
    let detection = model(&files.detection)?;
    let recognition = model(&files.recognition)?;
    let letters = recognition
        .metadata()
        .fields()
        .find(|(name, _)| *name == "character");
    let alphabet = match letters {
        Some((_, list)) => Alphabet::new(list),
        None => {
            return Err(OcrError::Model {
                file: files.recognition.display().to_string(),
                reason: "it does not say which letters it knows".to_owned(),
            });
        }
    };
    Ok(Loaded {
        detection,
        recognition,
        alphabet,
    })
}

impl OcrEngine for RtenEngine {
    fn name(&self) -> TextOrigin {
        TextOrigin::OcrRten
    }

    fn identity(&self) -> OcrIdentity {
        let mut engine = format!("rten {VERSION} {}", self.files.names());
        if let Some(dense) = &self.dense {
            engine.push_str("; dense pages by ");
            engine.push_str(&dense.identity().engine);
        }
        OcrIdentity {
            engine,
            models: self.files.hash,
        }
    }

    fn read(
        &self,
        picture: &Picture,
        hint: &OcrHint,
        beat: &mut dyn FnMut(),
    ) -> Result<OcrPage, OcrError> {
        let loaded = self.loaded()?;
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let mut run = Run {
            loaded,
            options,
            pool: &self.pool,
            beat,
            hand_over: self.dense.is_some(),
        };
        let page = run.page(picture)?;
        let Some(dense) = self.dense.as_ref().filter(|_| page.unread > 0) else {
            return Ok(page);
        };
        match dense.read(picture, hint, run.beat) {
            Ok(read) => Ok(OcrPage {
                by: Some(dense.name()),
                ..read
            }),
            Err(_) => {
                run.hand_over = false;
                run.page(picture)
            }
        }
    }
}

struct Run<'a> {
    loaded: &'a Loaded,
    options: RunOptions,
    pool: &'a ThreadPool,
    beat: &'a mut dyn FnMut(),
    /// Whether a page that holds too much is left to another engine whole.
    hand_over: bool,
}

impl Run<'_> {
    fn page(&mut self, picture: &Picture) -> Result<OcrPage, OcrError> {
        let (grey, scale) = bounds::within(picture.grey());
        if clean::is_blank(&grey) {
            return Ok(OcrPage {
                width: picture.width(),
                height: picture.height(),
                ..OcrPage::default()
            });
        }
        let grey = clean::cleaned(grey);
        let mut page = self.oriented(grey)?;
        bounds::enlarge(&mut page, picture, scale);
        Ok(page)
    }

    /// Reads a page that may lie on its side or stand on its head. Which way up
    /// it is, is told from a few lines, so that no page is read twice.
    fn oriented(&mut self, grey: Grey) -> Result<OcrPage, OcrError> {
        let mut found = self.detect(&grey)?;
        if found.is_empty() {
            return Ok(page_of(&grey, Turn::None, &found, Vec::new()));
        }
        let mut halves = halves(grey);
        let turn = self.turn(&halves, &found)?;
        if turn != Turn::None {
            let turned = halves.swap_remove(0).turned(turn);
            found = self.detect(&turned)?;
            halves = self::halves(turned);
        }
        let all = found.len();
        within_work(&mut found);
        if self.hand_over && found.len() < all {
            found.clear();
        }
        let lines = self.lines(&halves, &found)?;
        let mut page = page_of(&halves[0], turn, &found, lines);
        page.unread = u32::try_from(all - found.len()).unwrap_or(u32::MAX);
        Ok(page)
    }

    /// How the page must be turned to stand upright.
    fn turn(&mut self, halves: &[Grey], found: &[Found]) -> Result<Turn, OcrError> {
        let lengths = |found: &Found| found.quad.width().max(found.quad.height());
        let tall = found
            .iter()
            .filter(|found| found.quad.height() > 1.5 * found.quad.width());
        let tall: f32 = tall.map(lengths).sum();
        if tall > 0.6 * found.iter().map(lengths).sum::<f32>() {
            let right = self.sample(halves, found, Turn::Quarter)?;
            let left = self.sample(halves, found, Turn::ThreeQuarters)?;
            return Ok(if right >= left {
                Turn::Quarter
            } else {
                Turn::ThreeQuarters
            });
        }
        let upright = self.sample(halves, found, Turn::None)?;
        if upright >= DOUBTFUL || self.sample(halves, found, Turn::Half)? < upright + 10.0 {
            return Ok(Turn::None);
        }
        Ok(Turn::Half)
    }

    fn detect(&self, grey: &Grey) -> Result<Vec<Found>, OcrError> {
        detect::detect(&self.loaded.detection, &self.options, grey)
    }

    /// How sure the network is of the longest lines when they are turned so.
    fn sample(&mut self, halves: &[Grey], found: &[Found], turn: Turn) -> Result<f32, OcrError> {
        let mut found: Vec<Found> = found.to_vec();
        let length = |found: &Found| found.quad.width().max(found.quad.height());
        found.sort_by(|a, b| length(b).total_cmp(&length(a)));
        found.truncate(SAMPLE);
        for found in &mut found {
            found.quad.0.rotate_left(match turn {
                Turn::None => 0,
                Turn::Quarter => 3,
                Turn::Half => 2,
                Turn::ThreeQuarters => 1,
            });
        }
        let lines = self.lines(halves, &found)?;
        let sure: f32 = lines.iter().map(|line| f32::from(line.confidence)).sum();
        Ok(sure / found.len().max(1) as f32)
    }

    fn lines(&mut self, halves: &[Grey], found: &[Found]) -> Result<Vec<OcrLine>, OcrError> {
        let Loaded {
            recognition,
            alphabet,
            ..
        } = self.loaded;
        let options = &self.options;
        let read = |found: &Found| match recognise::cut(halves, &found.quad) {
            Some(strip) => recognise::recognise(recognition, options, alphabet, &strip),
            None => Ok(None),
        };
        let mut lines = Vec::new();
        for together in found.chunks(TOGETHER) {
            let read: Vec<Result<Option<OcrLine>, OcrError>> = self.pool.run(|| {
                use rayon::prelude::*;
                together.par_iter().map(read).collect()
            });
            for line in read {
                lines.extend(line?.filter(|line| line.confidence >= GUESS));
            }
            (self.beat)();
        }
        Ok(lines)
    }
}

/// Leaves so many lines, from the top of the page down, as may be read of one.
fn within_work(found: &mut Vec<Found>) {
    let mut along = 0;
    let within = found.iter().take_while(|found| {
        along += recognise::along(&found.quad);
        along <= ALONG_MAX
    });
    let within = within.count();
    found.truncate(within);
}

/// The page at full, half, quarter and eighth size.
fn halves(grey: Grey) -> Vec<Grey> {
    let mut halves = vec![grey];
    while halves.len() < 4
        && let Some(last) = halves.last()
        && last.width.min(last.height) > 64
    {
        halves.push(last.resized(last.width / 2, last.height / 2));
    }
    halves
}

fn page_of(grey: &Grey, turn: Turn, found: &[Found], lines: Vec<OcrLine>) -> OcrPage {
    let long = found
        .iter()
        .filter(|found| found.quad.width() > 5.0 * found.quad.height());
    let mut slopes: Vec<f32> = long.map(|found| found.quad.slope()).collect();
    slopes.sort_by(f32::total_cmp);
    OcrPage {
        lines,
        turn,
        width: grey.width as u32,
        height: grey.height as u32,
        skew: slopes.get(slopes.len() / 2).copied().unwrap_or(0.0),
        unread: 0,
        by: None,
    }
}
