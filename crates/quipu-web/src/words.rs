//! The words of the interface, from the catalogues in `web/locales`.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::write::Figure;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Spanish.
    Es,
}

impl Language {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// The tag of BCP 47.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// The language of a tag, regions aside.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let main = tag.split(['-', '_']).next().unwrap_or_default();
        let mut all = Self::ALL.into_iter();
        all.find(|language| language.tag().eq_ignore_ascii_case(main))
    }

    /// The best language for an `Accept-Language` header (RFC 9110, 12.5.4);
    /// English when none fits.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let mut best = (0u32, Self::En);
        for entry in header.split(',').take(32) {
            let mut parts = entry.split(';');
            let Some(language) = parts.next().and_then(|tag| Self::from_tag(tag.trim())) else {
                continue;
            };
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok());
            // Thousandths, as the standard allows no finer weights.
            let weight = (weight.unwrap_or(1.0).clamp(0.0, 1.0) * 1000.0) as u32;
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static ENGLISH: LazyLock<FluentBundle<FluentResource>> =
            LazyLock::new(|| bundle("en", include_str!("../../../web/locales/en.ftl")));
        static SPANISH: LazyLock<FluentBundle<FluentResource>> =
            LazyLock::new(|| bundle("es", include_str!("../../../web/locales/es.ftl")));
        match self {
            Self::En => &ENGLISH,
            Self::Es => &SPANISH,
        }
    }
}

fn bundle(tag: &str, catalogue: &str) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Pages part values from words with elements of their own.
    bundle.set_use_isolating(false);
    // A broken line of a catalogue loses only itself; tests hold both whole.
    let resource = match FluentResource::try_new(catalogue.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

/// Says what the catalogues say, in one language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The language.
    pub language: Language,
}

impl Words {
    /// The message of a key; the key itself when the catalogue lacks it.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.message(key, None).unwrap_or_else(|| key.to_owned())
    }

    /// A message with one value in it, called `$value`.
    #[must_use]
    pub fn say_with(&self, key: &str, value: impl AsRef<str>) -> String {
        let mut args = FluentArgs::new();
        args.set("value", value.as_ref());
        self.message(key, Some(&args))
            .unwrap_or_else(|| key.to_owned())
    }

    /// A message about a number: `$count` chooses the form, `$shown` is the
    /// number as it is written in this language.
    #[must_use]
    pub fn count(&self, key: &str, count: impl Figure) -> String {
        self.count_with(key, count, "")
    }

    /// A message about a number and one value.
    #[must_use]
    pub fn count_with(&self, key: &str, count: impl Figure, value: impl AsRef<str>) -> String {
        let count = count.figure();
        let mut args = FluentArgs::new();
        args.set("count", FluentValue::from(count));
        args.set("shown", self.number(count));
        args.set("value", value.as_ref());
        self.message(key, Some(&args))
            .unwrap_or_else(|| key.to_owned())
    }

    /// The name of a word of the data (`kind-cable`); the word itself when the
    /// catalogue has no name for it.
    #[must_use]
    pub fn named(&self, group: &str, word: impl AsRef<str>) -> String {
        let word = word.as_ref();
        let key: String = format!("{group}-{word}")
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || c == '-' {
                    c
                } else {
                    '-'
                }
            })
            .collect();
        let named = if word.len() < 80 {
            self.message(&key, None)
        } else {
            None
        };
        named.unwrap_or_else(|| word.to_owned())
    }

    /// The name of a field of documents.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        self.named("field", name)
    }

    /// The name of a value of a facet.
    #[must_use]
    pub fn facet_value(&self, field: &str, value: &str) -> String {
        match field {
            "kind" | "type" => self.named("kind", value),
            "lang" => self.named("lang", value),
            "notices" => self.named("level", value),
            "claim" => self.named("claim-kind", value),
            "standing" => self.named("standing", value),
            _ => value.to_owned(),
        }
    }

    /// What a notice says: the catalogue's words for its code, or its own.
    #[must_use]
    pub fn notice(&self, code: &str, message: &str) -> String {
        let words = self.named("notice", code);
        if words == code {
            message.to_owned()
        } else {
            words
        }
    }

    /// What was not understood in a question.
    #[must_use]
    pub fn doubt(&self, code: &str, words: &str) -> String {
        self.say_with(&format!("doubt-{code}"), words)
    }

    pub(crate) fn message(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let bundle = self.language.bundle();
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let words = bundle.format_pattern(pattern, args, &mut errors);
        Some(words.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_accepted_language_wins() {
        assert_eq!(Language::accepted("es-PE,es;q=0.9,en;q=0.8"), Language::Es);
        assert_eq!(Language::accepted("fr,en;q=0.3,es;q=0.7"), Language::Es);
        assert_eq!(Language::accepted("en-GB"), Language::En);
        assert_eq!(Language::accepted("es;q=0"), Language::En);
        assert_eq!(Language::accepted(""), Language::En);
        assert_eq!(Language::accepted(";;q=,,es;q=nonsense"), Language::Es);
    }
}
