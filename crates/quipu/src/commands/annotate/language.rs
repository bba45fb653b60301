//! In which language each sentence is read.

use std::collections::BTreeMap;

use quipu_model::{SentenceLanguage, Span};
use quipu_packs::Packs;

use super::models::Models;
use crate::fault::Fault;

/// The word that asks for the language of each sentence.
const AUTO: &str = "auto";

/// Tells languages, as the reader does, or as a person said.
pub(super) struct Teller<'a> {
    /// Languages with a model, in order.
    known: Vec<String>,
    how: How<'a>,
}

enum How<'a> {
    Said(String),
    Told(&'a Packs),
}

impl<'a> Teller<'a> {
    /// `asked` is `auto` or the tag of a language.
    pub(super) fn new(asked: &str, models: &Models, packs: &'a Packs) -> Result<Self, Fault> {
        let known: Vec<String> = models.tags().map(str::to_owned).collect();
        let how = if asked == AUTO {
            How::Told(packs)
        } else if known.iter().any(|tag| tag == asked) {
            How::Said(asked.to_owned())
        } else {
            return Err(Fault::wrong_use(format!(
                "there is no model of the language `{asked}`; say --lang {AUTO} or one of: {}",
                known.join(", ")
            )));
        };
        Ok(Self { known, how })
    }

    /// What a text is read as when nothing in it tells.
    pub(super) fn fallback(&self) -> Option<&str> {
        self.known.first().map(String::as_str)
    }

    /// The sentences of a text with their languages, where a model can read them.
    pub(super) fn text(&self, text: &str) -> Vec<SentenceLanguage> {
        self.tell(text, &[])
    }

    fn tell(&self, text: &str, breaks: &[usize]) -> Vec<SentenceLanguage> {
        match &self.how {
            How::Said(tag) => vec![SentenceLanguage {
                span: Span::from_usize(0, text.len()),
                language: Some(tag.clone()),
            }],
            How::Told(packs) => {
                let mut told = quipu_read::tell_text(text, breaks, packs);
                for sentence in &mut told {
                    sentence.language = sentence
                        .language
                        .take()
                        .filter(|tag| self.known.contains(tag));
                }
                told
            }
        }
    }

    /// The languages of sentences that begin at `starts` in a text. One that
    /// does not tell is read as the one before it.
    pub(super) fn given(&self, text: &str, starts: &[usize]) -> Vec<String> {
        if let How::Said(tag) = &self.how {
            return vec![tag.clone(); starts.len()];
        }
        let told = self.tell(text, starts);
        let mut told = told.iter().peekable();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let tags: Vec<Option<String>> = ends
            .map(|end| {
                let mut here = Vec::new();
                while let Some(part) = told.next_if(|part| part.span.range().start < end) {
                    here.push(part);
                }
                most(here.into_iter()).map(str::to_owned)
            })
            .take(starts.len())
            .collect();
        let first = tags.iter().flatten().next();
        let mut last = first
            .map(String::as_str)
            .or(self.fallback())
            .unwrap_or_default()
            .to_owned();
        tags.into_iter()
            .map(|tag| {
                if let Some(tag) = tag {
                    last = tag;
                }
                last.clone()
            })
            .collect()
    }
}

/// The language of the largest share; among equals the first by its tag.
pub(super) fn most<'a>(told: impl Iterator<Item = &'a SentenceLanguage>) -> Option<&'a str> {
    let mut shares: BTreeMap<&str, u64> = BTreeMap::new();
    for sentence in told {
        if let Some(tag) = &sentence.language {
            *shares.entry(tag).or_default() += u64::from(sentence.span.len());
        }
    }
    let largest = shares.values().copied().max()?;
    shares
        .into_iter()
        .find_map(|(tag, share)| (share == largest).then_some(tag))
}
