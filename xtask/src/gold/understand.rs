//! Times and amounts of one text, read as the program reads them.

use quipu_annotate::{Annotator, Hands};
use quipu_claims::amounts::{AmountReader, AmountsInput};
use quipu_claims::times::{TimeReader, TimesInput};
use quipu_model::SentenceLanguage;
use quipu_model::amount::AmountExpression;
use quipu_model::time::{Day, TimeExpression};
use quipu_packs::Packs;

/// Everything needed to understand texts, made ready once.
pub(crate) struct Understanding {
    annotator: Annotator<'static>,
    times: TimeReader,
    amounts: AmountReader,
    hands: Hands,
}

/// What a text says of when and how much.
pub(crate) struct Understood {
    /// Times, in the order of the text.
    pub(crate) times: Vec<TimeExpression>,
    /// Amounts, in the order of the text.
    pub(crate) amounts: Vec<AmountExpression>,
}

impl Understanding {
    /// With the models and packs that the program carries.
    pub(crate) fn new(packs: &Packs) -> Result<Self, String> {
        Ok(Self {
            annotator: quipu_annotate::embedded(packs).map_err(|error| error.to_string())?,
            times: TimeReader::new(packs).map_err(|error| error.to_string())?,
            amounts: AmountReader::new(packs).map_err(|error| error.to_string())?,
            hands: Hands::default(),
        })
    }

    /// Reads a text whose sentences' languages are told.
    pub(crate) fn read(
        &mut self,
        text: &str,
        languages: &[SentenceLanguage],
        reference: Option<Day>,
    ) -> Understood {
        let annotated = self
            .annotator
            .annotate(text, languages, &[], &mut self.hands);
        let times = self.times.read(&TimesInput {
            text,
            annotated: Some(&annotated),
            reference,
            ..TimesInput::default()
        });
        let amounts = self.amounts.read(&AmountsInput {
            text,
            annotated: Some(&annotated),
            times: &times.value,
            reference,
            ..AmountsInput::default()
        });
        Understood {
            times: times.value,
            amounts: amounts.value,
        }
    }
}
