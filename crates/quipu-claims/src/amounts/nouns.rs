//! What a number counts: told by the annotation, or by the look of the words.

use quipu_model::AnnotatedText;

use crate::patterns::sides::folded;
use crate::patterns::token::{Counted, Form, Token};

use super::AmountMachine;

/// Walks through the words of a text once, in their order.
pub(crate) struct Nouns<'a> {
    annotated: Option<&'a AnnotatedText>,
    sentence: usize,
    token: usize,
}

impl<'a> Nouns<'a> {
    pub(crate) fn new(annotated: Option<&'a AnnotatedText>) -> Self {
        Self {
            annotated,
            sentence: 0,
            token: 0,
        }
    }

    /// Tells what a word may be behind a number.
    pub(crate) fn see(&mut self, machine: &AmountMachine, text: &str, token: &mut Token) {
        let words = matches!(token.form, Form::Other | Form::Word | Form::Roman(_));
        let letters = text.get(token.start..token.end).unwrap_or_default();
        let named = letters.contains(|c: char| c.is_ascii_digit());
        if !words || named || !letters.starts_with(char::is_alphabetic) {
            return;
        }
        // What only grammar uses is never counted, whatever a tagger says.
        let word = machine.word(folded(letters).as_bytes());
        if machine.worth(word, machine.own.no_noun).is_some() {
            return;
        }
        // "a four-party talk"
        if token.hyphened && token.form == Form::Other {
            token.counted = Counted::Noun;
            token.form = Form::Noun;
            return;
        }
        token.counted = match self.annotated {
            Some(_) => self.told(token),
            None => by_look(machine, letters, token),
        };
        // "tons" and "dollars" are units, whatever a tagger says.
        let thing = [machine.own.counted, machine.own.of_country]
            .iter()
            .any(|class| machine.worth(token.word, *class).is_some());
        if token.form == Form::Word && token.counted == Counted::Noun && !thing {
            token.counted = Counted::No;
        }
        if token.counted != Counted::No && token.form == Form::Other {
            token.form = Form::Noun;
        }
    }

    /// By the part of speech and the tie to the word that follows.
    fn told(&mut self, token: &Token) -> Counted {
        let Some(text) = self.annotated else {
            return Counted::No;
        };
        let start = u32::try_from(token.start).unwrap_or(u32::MAX);
        while text
            .sentences
            .get(self.sentence)
            .is_some_and(|sentence| sentence.span.end() <= start)
        {
            self.sentence += 1;
            self.token = 0;
        }
        let Some(sentence) = text.sentences.get(self.sentence) else {
            return Counted::No;
        };
        while sentence
            .tokens
            .get(self.token)
            .is_some_and(|other| other.span.end() <= start)
        {
            self.token += 1;
        }
        let Some(found) = sentence.tokens.get(self.token) else {
            return Counted::No;
        };
        if found.span.start() > start {
            return Counted::No;
        }
        let own = u32::try_from(self.token + 1).unwrap_or(u32::MAX);
        let leads = found.head > own && found.head - own <= 3;
        let beside = ["compound", "amod", "nmod:desc", "flat", "nmod"]
            .iter()
            .any(|relation| found.relation == *relation);
        match found.upos.as_str() {
            "NOUN" if leads && beside => Counted::Before,
            "NOUN" => Counted::Noun,
            "PROPN" if !(leads && beside) && found.features.contains("Number=Plur") => {
                Counted::Noun
            }
            "ADJ" | "VERB" | "PROPN" if leads && beside => Counted::Before,
            _ => Counted::No,
        }
    }
}

/// By its ending: a plural, or a word that may stand before one.
fn by_look(machine: &AmountMachine, letters: &str, token: &Token) -> Counted {
    let shouted = letters.len() > 1 && letters.chars().all(char::is_uppercase);
    let known = token.form == Form::Word;
    let lower = letters.to_lowercase();
    let plural = machine
        .own
        .plurals
        .iter()
        .find(|(ending, _)| lower.ends_with(ending.as_str()));
    let noun = machine.worth(token.word, machine.own.counted).is_some();
    let looks = plural.is_some_and(|(ending, singular)| ending != singular) && lower.len() > 3;
    if noun {
        Counted::Noun
    } else if (token.capital && !shouted) || known {
        Counted::No
    } else if looks {
        Counted::Noun
    } else {
        Counted::Before
    }
}

/// The lemma of what is counted: as annotated, or with its plural taken off.
pub(crate) fn lemma(
    machine: &AmountMachine,
    annotated: Option<&AnnotatedText>,
    start: u32,
    letters: &str,
) -> String {
    let word = machine.word(folded(letters).as_bytes());
    if let Some(code) = machine.worth(word, machine.own.counted) {
        return machine.own.name(code).to_owned();
    }
    if let Some(text) = annotated {
        let sentences = &text.sentences;
        let at = sentences.partition_point(|sentence| sentence.span.end() <= start);
        let tokens = sentences
            .get(at)
            .map(|sentence| sentence.tokens.as_slice())
            .unwrap_or_default();
        let at = tokens.partition_point(|token| token.span.start() < start);
        if let Some(token) = tokens.get(at)
            && token.span.start() == start
            && !token.lemma.is_empty()
        {
            return token.lemma.to_lowercase();
        }
    }
    let lower = letters.to_lowercase();
    for (ending, singular) in &machine.own.plurals {
        if let Some(stem) = lower.strip_suffix(ending.as_str())
            && stem.chars().count() >= 2
        {
            return format!("{stem}{singular}");
        }
    }
    lower
}
