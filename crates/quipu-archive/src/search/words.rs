//! Words of a text as search knows them. Index, question and highlighter all
//! come here, so what is found is what is lit.

use std::collections::BTreeMap;

use quipu_model::{Layout, LayoutError, ReadDocument, Repaired, Span};
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters of a word that count; longer runs (coded attachments) are cut.
const LETTERS: usize = 64;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// Its letters without accents and in lower case.
    pub folded: String,
}

/// Which Snowball algorithm stems which language: tag of the language to name
/// of the algorithm (`es` to `spanish`), as plain data.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stemmers {
    table: BTreeMap<String, String>,
}

impl Stemmers {
    /// A table of tags and algorithms; a tag with an algorithm that does not
    /// exist is left unstemmed.
    pub fn new<I, A, B>(table: I) -> Self
    where
        I: IntoIterator<Item = (A, B)>,
        A: Into<String>,
        B: Into<String>,
    {
        Self {
            table: table
                .into_iter()
                .map(|(tag, algorithm)| (tag.into(), algorithm.into()))
                .collect(),
        }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.table.to_bytes()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, LayoutError> {
        Ok(Self {
            table: BTreeMap::from_bytes(bytes)?,
        })
    }

    pub(crate) fn ready(&self) -> ReadyStemmers {
        ReadyStemmers {
            all: self
                .table
                .iter()
                .filter_map(|(tag, name)| Some((tag.clone(), Stemmer::create(algorithm(name)?))))
                .collect(),
        }
    }
}

/// The algorithms of Snowball by the names its authors gave them.
fn algorithm(name: &str) -> Option<Algorithm> {
    Some(match name {
        "arabic" => Algorithm::Arabic,
        "danish" => Algorithm::Danish,
        "dutch" => Algorithm::Dutch,
        "english" => Algorithm::English,
        "finnish" => Algorithm::Finnish,
        "french" => Algorithm::French,
        "german" => Algorithm::German,
        "greek" => Algorithm::Greek,
        "hungarian" => Algorithm::Hungarian,
        "italian" => Algorithm::Italian,
        "norwegian" => Algorithm::Norwegian,
        "portuguese" => Algorithm::Portuguese,
        "romanian" => Algorithm::Romanian,
        "russian" => Algorithm::Russian,
        "spanish" => Algorithm::Spanish,
        "swedish" => Algorithm::Swedish,
        "tamil" => Algorithm::Tamil,
        "turkish" => Algorithm::Turkish,
        _ => return None,
    })
}

/// Stemmers ready to run.
pub(crate) struct ReadyStemmers {
    all: Vec<(String, Stemmer)>,
}

impl ReadyStemmers {
    /// The stem of a folded word in one language, as a term of the index.
    pub(crate) fn stem(&self, language: &str, folded: &str) -> Option<String> {
        let (tag, stemmer) = self.all.iter().find(|(tag, _)| tag == language)?;
        Some(stem_term(tag, &stemmer.stem(folded)))
    }

    /// Its stems in every language there is.
    pub(crate) fn stems(&self, folded: &str) -> Vec<String> {
        self.all
            .iter()
            .map(|(tag, stemmer)| stem_term(tag, &stemmer.stem(folded)))
            .collect()
    }
}

/// Stems carry their language, so that a stem of one is never taken for a word
/// of another; the sign before them keeps them out of prefix searches.
fn stem_term(tag: &str, stem: &str) -> String {
    format!("\u{1}{tag}\u{1}{stem}")
}

/// A word without accents, in lower case.
#[must_use]
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    if word.is_ascii() {
        folded.extend(word.chars().take(LETTERS).map(|c| c.to_ascii_lowercase()));
        return folded;
    }
    let mut letters = 0;
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)) {
        for c in c.to_lowercase() {
            if letters == LETTERS {
                return folded;
            }
            // Letters that Unicode does not take apart.
            match c {
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'ø' => folded.push('o'),
                'đ' | 'ð' => folded.push('d'),
                'ł' => folded.push('l'),
                'ı' => folded.push('i'),
                'þ' => folded.push_str("th"),
                c if is_combining_mark(c) => continue,
                c => folded.push(c),
            }
            letters += 1;
        }
    }
    folded
}

/// The words of a text: runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = chars.next()?;
            if !first.is_alphanumeric() {
                continue;
            }
            let mut end = start + first.len_utf8();
            while let Some((at, c)) = chars.peek().copied() {
                if !c.is_alphanumeric() && !is_combining_mark(c) && c != '\u{ad}' {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            let folded = fold(&text[start..end].replace('\u{ad}', ""));
            if !folded.is_empty() {
                return Some(Token { start, end, folded });
            }
        }
    })
}

/// A word of a document with what search needs to know of it.
pub(crate) struct PlacedWord<'a> {
    pub(crate) token: Token,
    pub(crate) language: Option<&'a str>,
    /// Whether it stands in boilerplate, set aside from the document's own say.
    pub(crate) aside: bool,
    /// Its count within the document's own say or within what is set aside.
    pub(crate) position: u32,
}

/// Between two stretches of boilerplate, so that no phrase runs across.
const GAP: u32 = 16;

/// The words of a document's repaired text, in order. Boilerplate is counted
/// apart, so a phrase that a page head interrupts is still a phrase.
pub(crate) fn placed_words(document: &ReadDocument) -> impl Iterator<Item = PlacedWord<'_>> {
    let mut zones: Vec<Span<Repaired>> = document.zones.iter().map(|zone| zone.span).collect();
    zones.sort_unstable();
    let (mut zone, mut sentence) = (0, 0);
    let (mut body, mut aside) = (0u32, 0u32);
    let mut was_aside = false;
    words(&document.repaired.text).map(move |token| {
        while zones
            .get(zone)
            .is_some_and(|span| span.range().end <= token.start)
        {
            zone += 1;
        }
        while document
            .sentences
            .get(sentence)
            .is_some_and(|sentence| sentence.span.range().end <= token.start)
        {
            sentence += 1;
        }
        let in_zone = zones
            .get(zone)
            .is_some_and(|span| span.range().contains(&token.start));
        let language = document
            .sentences
            .get(sentence)
            .filter(|sentence| sentence.span.range().contains(&token.start))
            .and_then(|sentence| sentence.language.as_deref());
        let position = if in_zone {
            if !was_aside {
                aside = aside.saturating_add(GAP);
            }
            aside = aside.saturating_add(1);
            aside
        } else {
            body = body.saturating_add(1);
            body
        };
        was_aside = in_zone;
        PlacedWord {
            token,
            language,
            aside: in_zone,
            position,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_never_matter() {
        assert_eq!(fold("Fiscalía"), "fiscalia");
        assert_eq!(fold("FISCALIA"), "fiscalia");
        assert_eq!(fold("Mun\u{303}oz"), "munoz");
        assert_eq!(fold("Łódź"), "lodz");
        assert_eq!(fold("STRAßE"), "strasse");
        assert_eq!(fold("ﬁn"), "fin");
        assert_eq!(fold("İ"), "i");
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let text = "Lima’s mayor: 50,000 (Nº 3) co\u{ad}operate";
        let found: Vec<String> = words(text).map(|token| token.folded).collect();
        let wanted = ["lima", "s", "mayor", "50", "000", "no", "3", "cooperate"];
        assert_eq!(found, wanted);
        for token in words(text) {
            assert!(text.get(token.start..token.end).is_some());
        }
    }

    #[test]
    fn a_stem_belongs_to_its_language() {
        let stemmers = Stemmers::new([("es", "spanish"), ("en", "english"), ("xx", "none")]);
        let ready = stemmers.ready();
        assert_eq!(ready.stems("casas").len(), 2);
        assert_eq!(ready.stem("es", "casas"), ready.stem("es", "casa"));
        assert_ne!(ready.stem("es", "casas"), ready.stem("en", "casas"));
        assert_eq!(ready.stem("xx", "casas"), None);
        let again = Stemmers::from_bytes(&stemmers.to_bytes());
        assert_eq!(again, Ok(stemmers));
    }
}
