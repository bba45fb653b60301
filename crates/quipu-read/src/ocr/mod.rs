//! OCR: pictures of text come in, words with boxes go out, by one of two engines.

/// An engine that reads pictures of text.
pub trait OcrEngine: Send + Sync {}
