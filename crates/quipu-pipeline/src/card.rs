//! What lists and facets show of a document, taken from its own fields.

use std::collections::BTreeMap;

use quipu_archive::Card;
use quipu_model::time::Day;
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

/// The day on which a document says it was published or sent; `None` where it
/// says none, or a stretch of days: "yesterday" in a text of March is no day.
#[must_use]
pub fn own_day(document: &ReadDocument) -> Option<Day> {
    let published = document.field(field_names::PUBLISHED)?;
    let (first, last) = day_range(&published.value)?;
    first.filter(|_| first == last)
}

fn cut(value: &str) -> String {
    let mut end = value.len().min(SHOWN);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    value.get(..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use quipu_model::{Field, FieldOrigin, ReadDocument};

    use super::own_day;

    #[test]
    fn only_a_whole_day_is_the_documents_own() {
        let day = |published: &str| {
            let field = Field {
                name: "published".to_owned(),
                value: published.to_owned(),
                as_written: published.to_owned(),
                span: None,
                origin: FieldOrigin::Text,
                rule: "test".to_owned(),
            };
            own_day(&ReadDocument {
                fields: vec![field],
                ..ReadDocument::default()
            })
        };
        assert_eq!(day("1970-01-03"), Some(2));
        assert_eq!(day("1970-01-03T08:30:00Z"), Some(2));
        for vague in ["1970-01", "1970", "[1970-01-03,1970-03-01]", "soon"] {
            assert_eq!(day(vague), None, "{vague}");
        }
        assert_eq!(own_day(&ReadDocument::default()), None);
    }
}
