//! What every fuzz target does, and the tests do with a bounded number of
//! seeds: any bytes at all, and then every rule is checked.
#![allow(clippy::expect_used, reason = "what every test here stands on")]

use std::sync::OnceLock;

use quipu_annotate::{Annotator, Hands, conllu};
use quipu_model::{AnnotatedText, Layout, SentenceLanguage, Span};
use quipu_packs::Packs;

#[path = "../../src/tiny.rs"]
pub(crate) mod tiny;

pub(crate) fn packs() -> &'static Packs {
    static PACKS: OnceLock<Packs> = OnceLock::new();
    PACKS.get_or_init(|| Packs::embedded().expect("packs load"))
}

/// Models of two languages made by chance.
pub(crate) fn annotator() -> &'static Annotator<'static> {
    static ANNOTATOR: OnceLock<Annotator<'static>> = OnceLock::new();
    ANNOTATOR.get_or_init(|| {
        let files = [tiny::model("en", 1), tiny::model("es", 2)];
        let files = files.map(|file| -> &'static [u8] { file.leak() });
        Annotator::read(&files, packs()).expect("sound models")
    })
}

/// A text with languages and borders out of bytes: before the first 0xFF marks
/// of three bytes (kind, place), behind it the text.
pub(crate) fn text_of(bytes: &[u8]) -> (String, Vec<SentenceLanguage>, Vec<u32>) {
    let cut = bytes.iter().position(|byte| *byte == 0xFF);
    let (marks, text) = cut.map_or((&[][..], bytes), |cut| (&bytes[..cut], &bytes[cut + 1..]));
    let text = String::from_utf8_lossy(text).into_owned();
    let (mut languages, mut borders) = (Vec::new(), Vec::new());
    for mark in marks.as_chunks::<3>().0 {
        let place = u32::from(u16::from_le_bytes([mark[1], mark[2]]));
        let language = match mark[0] % 5 {
            0 => Some("en"),
            1 => Some("es"),
            2 => Some("qu"),
            3 => None,
            _ => {
                borders.push(place);
                continue;
            }
        };
        languages.push(SentenceLanguage {
            span: Span::new(place, place + u32::from(mark[0])),
            language: language.map(str::to_owned),
        });
    }
    borders.sort_unstable();
    (text, languages, borders)
}

/// Annotates any bytes as a text, whole and in stretches, and checks all rules.
pub(crate) fn annotate(bytes: &[u8]) {
    let (text, languages, borders) = text_of(bytes);
    let annotator = annotator();
    let mut hands = Hands::default();
    let made = annotator.annotate(&text, &languages, &borders, &mut hands);
    assert_eq!(quipu_annotate::check(&text, &made), Ok(()));
    for sentence in &made.sentences {
        let crossed =
            |border: &&u32| sentence.span.start() < **border && **border < sentence.span.end();
        // A border inside a token ends the sentence behind it.
        if let Some(border) = borders.iter().find(crossed) {
            let last = sentence.tokens.last().expect("a word");
            assert!(last.span.start() < *border, "a sentence goes over {border}");
        }
    }
    // With memory used before, and stretch by stretch with new memory.
    let mut parts = Vec::new();
    let mut end = 0;
    for stretch in annotator.stretches(&text, &languages) {
        assert_eq!(stretch.bytes().start, end);
        end = stretch.bytes().end;
        parts.push(annotator.annotate_stretch(&text, &stretch, &borders, &mut Hands::default()));
    }
    let parts = annotator.join(&text, parts);
    assert_eq!(end, text.len());
    let bytes = made.to_bytes();
    assert_eq!(bytes, parts.to_bytes());
    let again = annotator.annotate(&text, &languages, &borders, &mut hands);
    assert_eq!(bytes, again.to_bytes());
    let words = |made: &AnnotatedText| made.sentences.iter().map(|s| s.tokens.len()).sum::<usize>();
    let table = conllu::write(&text, &made, 0);
    let read: usize = conllu::read(&table).iter().map(|s| s.words.len()).sum();
    assert_eq!(words(&made), read);
}

/// Reads any bytes as CoNLL-U and annotates the words given there.
pub(crate) fn given(bytes: &[u8]) {
    let table = String::from_utf8_lossy(bytes);
    let given = conllu::read(&table);
    for sentence in &given {
        for word in &sentence.words {
            let letters = sentence.text.get(word.letters.clone());
            assert!(
                letters.is_some_and(|letters| !letters.is_empty()),
                "{sentence:?}"
            );
        }
    }
    let made = annotator().annotate_given(&given, "es", &mut Hands::default());
    let text: Vec<&str> = given
        .iter()
        .map(|sentence| sentence.text.as_str())
        .collect();
    let text = text.join("\n");
    assert_eq!(quipu_annotate::check_given(&text, &made), Ok(()));
    assert_eq!(made.sentences.len(), given.len());
    for (made, given) in made.sentences.iter().zip(&given) {
        assert_eq!(made.tokens.len(), given.words.len());
    }
    let again = conllu::read(&conllu::write(&text, &made, 1));
    let words = |given: &[conllu::GivenSentence]| -> Vec<usize> {
        given.iter().map(|sentence| sentence.words.len()).collect()
    };
    assert_eq!(words(&given), words(&again));
}

/// Reads any bytes as a model; where they are one, annotates with it.
pub(crate) fn model(bytes: &[u8]) {
    let Ok(annotator) = Annotator::read(&[bytes], packs()) else {
        return;
    };
    let text = "He paid 50,000 to X. Dámelo, don't!\n\nPagó (sic) a la ONU-3";
    let made = annotator.annotate(text, &[], &[9], &mut Hands::default());
    assert_eq!(quipu_annotate::check(text, &made), Ok(()));
}
