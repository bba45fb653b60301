//! What every page shares: language, look, the search box, ways back.

use crate::assets;
use crate::link::Parameters;
use crate::words::{Language, Words};

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    System,
    Light,
    Dark,
}

impl Look {
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|look| look.word() == word)
    }
}

/// The frame around a page. Templates call it `t`, as in "tell".
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) words: Words,
    pub(crate) look: Look,
    pub(crate) path: String,
    pub(crate) parameters: Parameters,
    /// What stands in the search box.
    pub(crate) query: String,
    /// Where Escape leads.
    pub(crate) up: String,
    /// Whether the visitor may see search box and menu.
    pub(crate) inside: bool,
}

impl std::ops::Deref for Frame {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.words
    }
}

/// A choice of look or language.
pub(crate) struct Choice {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) tag: &'static str,
    pub(crate) chosen: bool,
}

impl Frame {
    pub(crate) fn tag(&self) -> &'static str {
        self.words.language.tag()
    }

    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    pub(crate) fn languages(&self) -> Vec<Choice> {
        let choice = |language: Language| Choice {
            href: self.here("lang", language.tag()),
            name: Words { language }.say("language-own-name"),
            tag: language.tag(),
            chosen: language == self.words.language,
        };
        Language::ALL.into_iter().map(choice).collect()
    }

    pub(crate) fn looks(&self) -> Vec<Choice> {
        let choice = |look: Look| Choice {
            href: self.here("look", look.word()),
            name: self.named("look", look.word()),
            tag: look.word(),
            chosen: look == self.look,
        };
        Look::ALL.into_iter().map(choice).collect()
    }

    /// This page again with one thing changed.
    fn here(&self, name: &str, value: &str) -> String {
        self.parameters
            .changed(&self.path, name, value, &["lang", "look"])
    }
}
