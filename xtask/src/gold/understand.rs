//! Times and amounts of one text, read as the program reads them.

use quipu_annotate::{Annotator, Hands, flowing};
use quipu_claims::{DocumentInput, DocumentReader};
use quipu_model::time::Day;
use quipu_model::{Reading, SentenceLanguage};
use quipu_packs::Packs;

/// Everything needed to understand texts, made ready once.
pub(crate) struct Understanding {
    annotator: Annotator<'static>,
    reader: DocumentReader,
    hands: Hands,
}

impl Understanding {
    /// With the models and packs that the program carries.
    pub(crate) fn new(packs: &Packs) -> Result<Self, String> {
        Ok(Self {
            annotator: quipu_annotate::embedded(packs).map_err(|error| error.to_string())?,
            reader: DocumentReader::new(packs).map_err(|error| error.to_string())?,
            hands: Hands::default(),
        })
    }

    /// Reads a text whose sentences' languages are told. Line ends that only a
    /// margin caused are blanks to the reader; offsets stay those of the text.
    pub(crate) fn read(
        &mut self,
        text: &str,
        languages: &[SentenceLanguage],
        reference: Option<Day>,
    ) -> Reading {
        let text = flowing(text);
        let annotated = self
            .annotator
            .annotate(&text, languages, &[], &mut self.hands);
        self.reader.read(&DocumentInput {
            text: &text,
            annotated: Some(&annotated),
            reference,
            ..DocumentInput::default()
        })
    }
}
