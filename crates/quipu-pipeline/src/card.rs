//! What lists and facets show of a document, taken from its own fields.

use std::collections::BTreeMap;

use quipu_archive::Card;
use quipu_model::{ReadDocument, field_names};

use crate::edtf::day_range;

/// The longest value a list shows, in bytes; the field itself stays whole.
const SHOWN: usize = 500;

/// The card of a document.
#[must_use]
pub fn card_of(document: &ReadDocument) -> Card {
    let shown = |name: &str| {
        let value = document.field(name).map(|field| field.value.trim());
        value.filter(|value| !value.is_empty()).map(cut)
    };
    let published = shown(field_names::PUBLISHED);
    let days = published.as_deref().and_then(day_range);
    let mut languages = BTreeMap::new();
    for sentence in &document.sentences {
        if let Some(language) = &sentence.language {
            *languages.entry(language.clone()).or_insert(0u32) += 1;
        }
    }
    // The language of most sentences; of equal ones the first by name.
    let mut language = None;
    let mut most = 0;
    for (tag, count) in &languages {
        if *count > most {
            most = *count;
            language = Some(tag.clone());
        }
    }
    Card {
        title: shown(field_names::TITLE),
        kind: shown(field_names::DOCUMENT_KIND),
        publisher: shown(field_names::PUBLISHER),
        published,
        earliest: days.and_then(|days| days.0),
        latest: days.and_then(|days| days.1),
        language,
        languages: languages.into_iter().collect(),
    }
}

fn cut(value: &str) -> String {
    let mut end = value.len().min(SHOWN);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    value.get(..end).unwrap_or_default().to_owned()
}
