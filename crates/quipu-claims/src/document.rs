//! One document: its times, then its amounts, which lean on them.

use quipu_model::span::{Repaired, Span};
use quipu_model::time::Day;
use quipu_model::{AnnotatedText, Notice, NoticeLevel, Reading};
use quipu_packs::Packs;

use crate::amounts::{AmountReader, AmountsInput};
use crate::patterns::RulesError;
use crate::times::{TimeReader, TimesInput};

/// Version of the whole stage: raise it whenever the same document may give
/// another [`Reading`], so that what is on the shelf is made again.
pub const VERSION: u32 = 1;

/// Notices of one document that are told one by one.
const NOTICES_MAX: usize = 40;

/// A document to be understood.
#[derive(Debug, Clone, Copy, Default)]
pub struct DocumentInput<'a> {
    /// The repaired text.
    pub text: &'a str,
    /// Its annotation, where there is one.
    pub annotated: Option<&'a AnnotatedText>,
    /// Stretches by language, in the order of the text; nothing when annotation
    /// or words have to tell.
    pub languages: &'a [(Span<Repaired>, &'a str)],
    /// The day the document was written.
    pub reference: Option<Day>,
}

/// Everything one document alone tells, made ready once for many.
#[derive(Debug)]
pub struct DocumentReader {
    times: TimeReader,
    amounts: AmountReader,
}

impl DocumentReader {
    /// Makes the patterns of the packs ready.
    ///
    /// # Errors
    /// What is wrong in a file of the packs.
    pub fn new(packs: &Packs) -> Result<Self, RulesError> {
        Ok(Self {
            times: TimeReader::new(packs)?,
            amounts: AmountReader::new(packs)?,
        })
    }

    /// Understands a document, at a cost that grows with its length.
    #[must_use]
    pub fn read(&self, input: &DocumentInput<'_>) -> Reading {
        let times = self.times.read(&TimesInput {
            text: input.text,
            annotated: input.annotated,
            languages: input.languages,
            reference: input.reference,
            ..TimesInput::default()
        });
        let amounts = self.amounts.read(&AmountsInput {
            text: input.text,
            annotated: input.annotated,
            languages: input.languages,
            times: &times.value,
            reference: input.reference,
            country: None,
        });
        let mut notices = times.notices;
        notices.extend(amounts.notices);
        Reading {
            times: times.value,
            amounts: amounts.value,
            notices: bounded(notices),
        }
    }
}

/// The first notices, and how many more there are: a page of nonsense shall not
/// fill the archive with remarks.
fn bounded(mut notices: Vec<Notice>) -> Vec<Notice> {
    let more = notices.len().saturating_sub(NOTICES_MAX);
    if more > 0 {
        notices.truncate(NOTICES_MAX);
        let words = format!("{more} more words have the form of a time or an amount and are none");
        notices.push(Notice::new(NoticeLevel::Remark, "reading.more", words));
    }
    notices
}

#[cfg(test)]
mod tests {
    use quipu_packs::Packs;

    use super::{DocumentInput, DocumentReader, NOTICES_MAX};

    fn reader() -> DocumentReader {
        DocumentReader::new(&Packs::embedded().expect("packs")).expect("sound patterns")
    }

    #[test]
    fn times_lean_on_the_day_of_the_document() {
        let day = crate::times::day_of("1994-03-02");
        let read = |reference| {
            let reading = reader().read(&DocumentInput {
                text: "The judge resigned yesterday.",
                reference,
                ..DocumentInput::default()
            });
            let time = reading.times.into_iter().next().expect("a time").value;
            (time.edtf, time.reference)
        };
        assert_eq!(read(day), ("1994-03-01".to_owned(), day));
        assert_eq!(read(None).1, None);
    }

    #[test]
    fn a_page_of_nonsense_does_not_drown_in_notices() {
        let reading = reader().read(&DocumentInput {
            text: &"It was on 31 April 1992. ".repeat(500),
            ..DocumentInput::default()
        });
        assert!(reading.times.is_empty());
        assert_eq!(reading.notices.len(), NOTICES_MAX + 1);
        let last = reading.notices.last().expect("a notice");
        assert!(last.message.starts_with("460 more"), "{}", last.message);
    }
}
