//! What only more than one piece of a text tells: what its short forms stand for.
//!
//! Pieces are joined by sections, so that a long text need not be held. What is
//! explained before a section is known in it; what is explained behind it is not.

use std::collections::BTreeSet;

use quipu_annotate::Annotator;
use quipu_model::{Acronym, AnnotatedText, Name};

/// Bytes of a section, from which it is closed.
const SECTION: u64 = 512 << 10;

/// Pieces of one input on their way into sections.
pub(super) struct Sections<'a> {
    annotator: &'a Annotator<'a>,
    text: &'a str,
    waiting: Vec<AnnotatedText>,
    bytes: u64,
    /// Short forms explained so far, and their names.
    known: BTreeSet<String>,
    acronyms: Vec<Acronym>,
    names: Vec<Name>,
}

impl<'a> Sections<'a> {
    pub(super) fn new(annotator: &'a Annotator<'a>, text: &'a str) -> Self {
        Self {
            annotator,
            text,
            waiting: Vec::new(),
            bytes: 0,
            known: BTreeSet::new(),
            acronyms: Vec::new(),
            names: Vec::new(),
        }
    }

    /// Takes the next piece, of so many bytes, and gives the section that it
    /// fills. With the `last` of a document all that is known is forgotten.
    pub(super) fn add(
        &mut self,
        made: AnnotatedText,
        bytes: u64,
        last: bool,
    ) -> Option<AnnotatedText> {
        self.waiting.push(made);
        self.bytes += bytes;
        if !last && self.bytes < SECTION {
            return None;
        }
        self.bytes = 0;
        let section = self.join();
        if last {
            *self = Self::new(self.annotator, self.text);
        }
        Some(section)
    }

    fn join(&mut self) -> AnnotatedText {
        let waiting = std::mem::take(&mut self.waiting);
        let before = AnnotatedText {
            names: self.names.clone(),
            acronyms: self.acronyms.clone(),
            ..AnnotatedText::default()
        };
        let (names, acronyms) = (before.names.len(), before.acronyms.len());
        let parts = std::iter::once(before).chain(waiting);
        let mut section = self.annotator.join(self.text, parts);
        section.names.drain(..names);
        section.acronyms.drain(..acronyms);
        for acronym in &section.acronyms {
            let short = acronym.short.of(self.text).unwrap_or_default();
            let name = section.name_at(acronym.short);
            if let Some(name) = name.filter(|_| !self.known.contains(short)) {
                self.known.insert(short.to_owned());
                self.names.push(name.clone());
                self.acronyms.push(*acronym);
            }
        }
        section
    }
}

#[cfg(test)]
mod tests {
    use quipu_model::{Acronym, AnnotatedText, Name, NameKind, Sentence, Span, Token};

    use quipu_packs::Packs;

    use super::{SECTION, Sections};

    /// A piece that is one sentence of one word.
    fn piece(start: u32, end: u32) -> AnnotatedText {
        let span = Span::new(start, end);
        let token = Token {
            span,
            form: None,
            lemma: String::new(),
            upos: String::new(),
            features: String::new(),
            head: 0,
            relation: "root".to_owned(),
        };
        let sentence = Sentence {
            span,
            language: "es".to_owned(),
            tokens: vec![token],
        };
        AnnotatedText {
            sentences: vec![sentence],
            ..AnnotatedText::default()
        }
    }

    #[test]
    fn what_a_section_explains_is_known_in_those_behind_it() {
        let text = "Servicio (SIN) SIN SIN";
        let kinds = |section: &AnnotatedText| -> Vec<(u32, NameKind)> {
            let names = section.names.iter();
            names.map(|name| (name.span.start(), name.kind)).collect()
        };
        let packs = Packs::embedded().expect("packs load");
        let annotator = quipu_annotate::embedded(&packs).expect("sound models");
        let mut sections = Sections::new(&annotator, text);
        let mut explains = piece(10, 13);
        let name = Name::bare(Span::new(10, 13), NameKind::Organisation);
        explains.names.push(name);
        explains.acronyms.push(Acronym {
            short: Span::new(10, 13),
            long: Span::new(0, 8),
        });
        let first = sections.add(explains, SECTION, false).expect("a section");
        assert_eq!(kinds(&first), [(10, NameKind::Organisation)]);
        assert!(sections.add(piece(15, 18), 3, false).is_none());
        let second = sections.add(AnnotatedText::default(), 1, true);
        let second = second.expect("a section");
        assert_eq!(kinds(&second), [(15, NameKind::Organisation)]);
        assert!(second.acronyms.is_empty() && second.sentences.len() == 1);
        // Another document knows nothing of it.
        let third = sections.add(piece(19, 22), 3, true).expect("a section");
        assert!(third.names.is_empty());
    }
}
