//! One document: its times, then its amounts, which lean on them, then its claims,
//! which lean on both.

use std::collections::HashMap;

use quipu_model::span::{Repaired, Span};
use quipu_model::time::Day;
use quipu_model::{
    AnnotatedText, Claim, Notice, NoticeLevel, Reading, RepairedText, SourceId, Transcript,
};
use quipu_packs::Packs;

use crate::amounts::{AmountReader, AmountsInput};
use crate::claims::{ClaimReader, ClaimsInput, Told, Unread};
use crate::patterns::RulesError;
use crate::times::{TimeReader, TimesInput};

/// Version of the whole stage: raise it whenever the same document may give
/// another [`Reading`], so that what is on the shelf is made again.
pub const VERSION: u32 = 6;

/// Notices of one document that are told one by one.
const NOTICES_MAX: usize = 40;

/// Claims of one document that are kept: what a text of some five million words
/// makes. They take some fifteen times the memory of their text.
const CLAIMS_MAX: usize = 250_000;

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
    /// What claims are anchored in; without it, or without annotation, there are none.
    pub passages: Option<Passages<'a>>,
}

/// A source with its words as they were read and as they were repaired.
#[derive(Debug, Clone, Copy)]
pub struct Passages<'a> {
    /// The source.
    pub source: SourceId,
    /// The words as read.
    pub transcript: &'a Transcript,
    /// The words after repair; every byte stands where it does in
    /// [`DocumentInput::text`].
    pub repaired: &'a RepairedText,
}

/// Everything one document alone tells, made ready once for many.
#[derive(Debug)]
pub struct DocumentReader {
    times: TimeReader,
    amounts: AmountReader,
    claims: ClaimReader,
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
            claims: ClaimReader::new(packs)?,
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
        let mut reading = Reading {
            times: times.value,
            amounts: amounts.value,
            claims: Vec::new(),
            notices: bounded(notices),
        };
        if let (Some(passages), Some(annotated)) = (input.passages, input.annotated) {
            self.add_claims(&passages, std::iter::once(annotated), &mut reading);
        }
        reading
    }

    /// What of a text stands beside its claims.
    #[must_use]
    pub fn told(
        &self,
        passages: &Passages<'_>,
        annotated: &AnnotatedText,
        reading: &Reading,
    ) -> Told {
        self.claims
            .told(&claims_input(passages, annotated, reading))
    }

    /// What of a text gave no claim of a kind, and why.
    #[must_use]
    pub fn unread(
        &self,
        passages: &Passages<'_>,
        annotated: &AnnotatedText,
        reading: &Reading,
    ) -> Vec<Unread> {
        self.claims
            .unread(&claims_input(passages, annotated, reading))
    }

    /// Adds the claims of a text whose annotation comes in sections, in the order
    /// of the text, to its times and amounts. Each section is a document of its own
    /// to whatever looks back, so that none need be held while the next is read.
    pub fn add_claims<A: std::borrow::Borrow<AnnotatedText>>(
        &self,
        passages: &Passages<'_>,
        sections: impl IntoIterator<Item = A>,
        reading: &mut Reading,
    ) {
        let mut claims = Vec::new();
        let mut count = 0;
        for section in sections {
            count += 1;
            let input = claims_input(passages, section.borrow(), reading);
            claims.extend(self.claims.read(&input));
            if claims.len() > CLAIMS_MAX {
                break;
            }
        }
        if claims.len() > CLAIMS_MAX {
            claims.truncate(CLAIMS_MAX);
            reading.notices.push(no_more(claims.last()));
        }
        if count > 1 {
            number(&mut claims);
        }
        reading.claims = claims;
    }
}

fn claims_input<'a>(
    passages: &Passages<'a>,
    annotated: &'a AnnotatedText,
    reading: &'a Reading,
) -> ClaimsInput<'a> {
    ClaimsInput {
        source: passages.source,
        transcript: passages.transcript,
        repaired: passages.repaired,
        annotated,
        times: &reading.times,
        amounts: &reading.amounts,
    }
}

/// Counts anew, over the whole text, how often the words of a claim stood on its
/// page before: its id hangs on it.
fn number(claims: &mut [Claim]) {
    let mut seen: HashMap<(Option<u32>, String), (u32, u32)> = HashMap::new();
    for claim in claims {
        let key = (claim.anchor.page(), claim.anchor.quote().to_owned());
        let start = claim.anchor.span().start();
        let (last, before) = seen.entry(key).or_insert((start, 0));
        if *last != start {
            *last = start;
            *before += 1;
        }
        claim.occurrence = *before;
    }
}

fn no_more(last: Option<&Claim>) -> Notice {
    let words = format!("The text behind the first {CLAIMS_MAX} claims was not read for claims.");
    let mut notice = Notice::new(NoticeLevel::Damaged, "reading.claims-many", words)
        .next("Split the file and read its parts.");
    notice.page = last.and_then(|claim| claim.anchor.page());
    notice
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
