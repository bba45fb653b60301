//! Claims in the index: every claim of a document is one position of one field,
//! and all its words stand there, each led by the place it has in the claim. So
//! several things asked hold of one claim where they stand at one position.

use std::collections::BTreeSet;

use quipu_model::{Claim, Holders, ReadDocument, Repaired, Slot, Span};

use super::expand::{Sought, seek};
use super::query::{ClaimPart, ClaimPlace};
use super::schema::field_lead;
use super::words::{ReadyStemmers, words};
use crate::error::ArchiveError;

/// Words of one filler that count: names are short, clauses are not names.
const WORDS: usize = 24;

/// Claims of one document that are indexed.
pub(crate) const CLAIMS_MAX: usize = 200_000;

/// A word of a claim.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ClaimToken {
    lead: String,
    folded: String,
    stem: Option<String>,
}

impl ClaimToken {
    /// Its terms in the dictionary.
    pub(crate) fn terms(self) -> impl Iterator<Item = String> {
        let stem = self.stem.map(|stem| format!("{}{stem}", self.lead));
        stem.into_iter()
            .chain([format!("{}{}", self.lead, self.folded)])
    }
}

pub(crate) fn lead(place: &ClaimPlace) -> String {
    match place {
        ClaimPlace::Kind => field_lead("kind"),
        ClaimPlace::Standing => field_lead("standing"),
        ClaimPlace::Holder => field_lead("holder"),
        ClaimPlace::Who => field_lead("who"),
        ClaimPlace::Role(role) => field_lead(&format!("role {role}")),
    }
}

/// The words of a claim, each once, in order.
pub(crate) fn tokens_of(
    claim: &Claim,
    language: Option<&str>,
    stemmers: &ReadyStemmers,
) -> BTreeSet<ClaimToken> {
    let mut tokens = BTreeSet::new();
    let mut add = |place: &ClaimPlace, text: &str, inflected: bool| {
        let language = language.filter(|_| inflected);
        for token in words(text).take(WORDS) {
            tokens.insert(ClaimToken {
                lead: lead(place),
                stem: language.and_then(|language| stemmers.stem(language, &token.folded)),
                folded: token.folded,
            });
        }
    };
    add(&ClaimPlace::Kind, &claim.kind, false);
    if let Some(subkind) = &claim.subkind {
        add(&ClaimPlace::Kind, subkind, false);
    }
    add(&ClaimPlace::Standing, claim.standing.word(), false);
    for role in &claim.roles {
        let Some(filler) = &role.filler else { continue };
        for text in both(&filler.name, filler.as_written.as_deref()) {
            add(&ClaimPlace::Role(role.role.clone()), text, true);
            add(&ClaimPlace::Who, text, true);
        }
    }
    for place in &claim.places {
        for text in names(place) {
            add(&ClaimPlace::Who, text, true);
        }
    }
    if let Holders::Chain(chain) = &claim.holders {
        for holder in chain {
            let name = holder.name.as_deref().unwrap_or_default();
            for text in both(name, holder.as_written.as_deref()) {
                add(&ClaimPlace::Holder, text, true);
            }
        }
    }
    tokens
}

fn both<'a>(name: &'a str, words: Option<&'a str>) -> impl Iterator<Item = &'a str> {
    let words = words.filter(|words| *words != name);
    std::iter::once(name).chain(words)
}

fn names(slot: &Slot) -> impl Iterator<Item = &str> {
    both(&slot.name, slot.as_written.as_deref())
}

/// The language of the sentence at a place.
pub(crate) fn language_at(document: &ReadDocument, at: Span<Repaired>) -> Option<&str> {
    let sentences = &document.sentences;
    let i = sentences.partition_point(|sentence| sentence.span.end() <= at.start());
    let sentence = sentences.get(i).filter(|one| one.span.overlaps(at));
    sentence.and_then(|sentence| sentence.language.as_deref())
}

/// What is asked of one claim, ready to be tested.
#[derive(Debug, Clone)]
pub(crate) struct AskedClaim {
    /// Of each of these, one must hold.
    pub(crate) all: Vec<Vec<AskedPart>>,
    /// None of these may hold.
    pub(crate) none: Vec<AskedPart>,
}

/// Words that must stand in one place of a claim.
#[derive(Debug, Clone)]
pub(crate) struct AskedPart {
    pub(crate) lead: String,
    pub(crate) words: Vec<Sought>,
}

impl AskedClaim {
    pub(crate) fn new(
        all: &[Vec<ClaimPart>],
        none: &[ClaimPart],
        stemmers: &ReadyStemmers,
    ) -> Result<Self, ArchiveError> {
        let part = |part: &ClaimPart| -> Result<AskedPart, ArchiveError> {
            let mut words = Vec::new();
            for word in &part.words {
                words.extend(seek(word, stemmers)?);
            }
            Ok(AskedPart {
                lead: lead(&part.place),
                words,
            })
        };
        let parts = |parts: &[ClaimPart]| parts.iter().map(part).collect::<Result<Vec<_>, _>>();
        Ok(Self {
            all: all.iter().map(|any| parts(any)).collect::<Result<_, _>>()?,
            none: parts(none)?,
        })
    }

    /// Whether a claim with these words answers.
    pub(crate) fn holds(&self, tokens: &BTreeSet<ClaimToken>) -> bool {
        let part = |part: &AskedPart| {
            let mut words = part.words.iter();
            !part.words.is_empty()
                && words.all(|sought| {
                    let mut own = tokens.iter().filter(|token| token.lead == part.lead);
                    own.any(|token| sought.finds(&token.folded, token.stem.as_deref()))
                })
        };
        self.all.iter().all(|any| any.iter().any(part)) && !self.none.iter().any(part)
    }
}
