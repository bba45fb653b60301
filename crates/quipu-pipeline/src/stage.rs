//! The stages of one document as a [`Reader`]: `quipu-read`, then
//! `quipu-annotate` and `quipu-claims`.

use quipu_model::{Part, ReadDocument, Reading, Recipe, SourceId};
use quipu_packs::Packs;
use quipu_read::ocr::OcrEngine;
use quipu_read::{Input, Limits, Tools, Watcher};

use crate::reader::{Reader, Watch};
use crate::understand::Understanding;

/// Reads real formats and understands what they say.
pub struct ReadStage<'a> {
    /// Language packs and header forms.
    pub packs: &'a Packs,
    /// The OCR engine, where one is there.
    pub ocr: Option<&'a dyn OcrEngine>,
    /// Bounds for one source.
    pub limits: Limits,
    /// BLAKE3 of the pack files.
    pub packs_hash: [u8; 32],
    /// BLAKE3 of the OCR models; zeros when none.
    pub models_hash: [u8; 32],
    /// Times, amounts and claims, with the trees and names they lean on.
    pub understanding: &'a Understanding<'a>,
    /// Choices that change the documents, such as the OCR engine.
    pub settings: Vec<(String, String)>,
}

impl std::fmt::Debug for ReadStage<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadStage")
            .field("limits", &self.limits)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl Reader for ReadStage<'_> {
    fn recipe(&self) -> Recipe {
        let mut settings = self.settings.clone();
        settings.sort();
        Recipe {
            stage: "read".to_owned(),
            version: quipu_read::VERSION,
            packs: self.packs_hash,
            models: self.models_hash,
            settings,
        }
    }

    fn read(&self, bytes: &[u8], name: &str, watcher: &mut dyn Watch) -> ReadDocument {
        let tools = Tools {
            packs: self.packs,
            ocr: self.ocr,
            limits: self.limits,
        };
        quipu_read::read(&Input { bytes, name }, &tools, &mut Passing(watcher))
    }

    fn reading_recipe(&self) -> Recipe {
        Recipe {
            stage: "claims".to_owned(),
            version: quipu_claims::VERSION,
            packs: self.packs_hash,
            models: Understanding::models_hash(),
            settings: vec![("annotate".to_owned(), quipu_annotate::VERSION.to_string())],
        }
    }

    fn understand(
        &self,
        source: SourceId,
        document: &ReadDocument,
        watcher: &mut dyn Watch,
    ) -> Reading {
        self.understanding.read(source, document, watcher)
    }
}

/// Passes on what the readers tell.
struct Passing<'a>(&'a mut dyn Watch);

impl Watcher for Passing<'_> {
    fn part(&mut self, part: Part) {
        self.0.part(part);
    }

    fn step(&mut self, done: u32, of: u32) {
        self.0.step(done, of);
    }
}
