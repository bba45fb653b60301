//! OCR: pictures of text come in, words with boxes go out, by one of two
//! engines behind one trait. What the engine says is the transcript: nothing
//! is corrected here, and how sure it was is kept.

mod bounds;
mod clean;
mod detect;
mod engine;
mod geometry;
mod models;
mod order;
mod page;
mod picture;
mod recognise;
mod rten_engine;
mod score;
mod tesseract;

pub use engine::{
    OcrEngine, OcrError, OcrHint, OcrIdentity, OcrLine, OcrPage, OcrWord, PixelBox, Turn,
};
pub use models::{ModelFiles, choose, find_models, search_folders};
pub use page::ocr_page;
pub use picture::{Picture, Pixels};
pub use rten_engine::RtenEngine;
pub use score::{ErrorRate, error_rates};
pub use tesseract::Tesseract;
