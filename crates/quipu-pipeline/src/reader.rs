//! The face of the stages that work on one document, so that the machinery can be tried without
//! real formats.

use quipu_model::{Part, ReadDocument, Reading, Recipe, SourceId};

/// Somebody who reads sources and understands documents.
pub trait Reader: Sync {
    /// What this reader's documents are made with. The same recipe must give
    /// the same document for the same bytes and name.
    fn recipe(&self) -> Recipe;

    /// Reads one source; parts found inside and signs of life go to the
    /// watcher.
    fn read(&self, bytes: &[u8], name: &str, watcher: &mut dyn Watch) -> ReadDocument;

    /// What this reader's readings are made with, apart from the document. The
    /// same recipe must give the same reading for the same document.
    fn reading_recipe(&self) -> Recipe;

    /// Understands one document; what it claims is anchored in its source.
    fn understand(
        &self,
        source: SourceId,
        document: &ReadDocument,
        watcher: &mut dyn Watch,
    ) -> Reading;
}

/// Somebody who is told what happens while one source is read.
pub trait Watch {
    /// A file found inside the source.
    fn part(&mut self, part: Part);

    /// A sign of life: a step is done, `of` in all where known (else 0).
    fn step(&mut self, done: u32, of: u32);
}
