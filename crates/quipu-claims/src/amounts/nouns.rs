//! What a number counts: told by the annotation, or by the look of the words.

use quipu_model::span::{Repaired, Span};
use quipu_model::{AnnotatedText, Sentence, annotated as annotation};

use crate::patterns::sides::folded;
use crate::patterns::token::{Counted, Form, Token};

use super::AmountMachine;

/// So far behind a number the noun may stand that it counts, in bytes.
const GAP: usize = 40;

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
        // "a 12-mile limit": the measure belongs to the number.
        let measured = token.hyphened && token.form == Form::Word && !thing;
        if measured {
            token.counted = Counted::No;
        }
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
    if let Some((token, _)) = token_at(annotated, start)
        && !token.lemma.is_empty()
    {
        return token.lemma.to_lowercase();
    }
    singular(machine, &letters.to_lowercase())
}

/// The token that begins at a place, and its sentence.
pub(crate) fn token_at(
    annotated: Option<&AnnotatedText>,
    start: u32,
) -> Option<(&annotation::Token, &Sentence)> {
    let sentences = &annotated?.sentences;
    let at = sentences.partition_point(|sentence| sentence.span.end() <= start);
    let sentence = sentences.get(at)?;
    let tokens = &sentence.tokens;
    let token = tokens.get(tokens.partition_point(|token| token.span.start() < start))?;
    (token.span.start() == start).then_some((token, sentence))
}

/// What the tree says that a number counts, though words that no pattern knows
/// stand between: where its noun stands, and its lemma. "32 more F-4s"
pub(crate) fn told_by_tree(
    machine: &AmountMachine,
    text: &str,
    annotated: Option<&AnnotatedText>,
    number: Span<Repaired>,
) -> Option<(Span<Repaired>, String)> {
    let (token, sentence) = token_at(annotated, number.start())?;
    let head = sentence.tokens.get(token.head.checked_sub(1)? as usize)?;
    let noun = head.span;
    let gap = text.get(number.range().end..noun.range().start)?;
    let counts = token.span == number
        && token.relation.starts_with("nummod")
        && matches!(head.upos.as_str(), "NOUN" | "PROPN")
        && gap.len() <= GAP
        && !gap.contains(['\n', '\t']);
    // A type has its number inside: the word reaches from blank to blank, whatever
    // part of it is the head.
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '(' | ')');
    let before = text.get(number.range().end..noun.range().end)?;
    let start = noun.range().end - before.rsplit(apart).next()?.len();
    let after = text.get(noun.range().end..)?;
    let more = after.chars().take(GAP).take_while(|c| !apart(*c));
    let end = noun.range().end + more.map(char::len_utf8).sum::<usize>();
    let word = text.get(start..end)?;
    let known = machine.word(folded(word).as_bytes());
    let refused = [machine.own.time_unit, machine.own.no_noun]
        .iter()
        .any(|class| machine.worth(known, *class).is_some());
    if !counts || refused || !word.contains(char::is_alphabetic) {
        return None;
    }
    let lemma = if word.contains(|c: char| c.is_ascii_digit()) {
        word.strip_suffix('s').unwrap_or(word).to_owned()
    } else {
        lemma(machine, annotated, noun.start(), word)
    };
    Some((Span::from_usize(start, end), lemma))
}

/// A word with its plural taken off.
fn singular(machine: &AmountMachine, lower: &str) -> String {
    for (ending, singular) in &machine.own.plurals {
        if let Some(stem) = lower.strip_suffix(ending.as_str())
            && stem.chars().count() >= 2
        {
            return format!("{stem}{singular}");
        }
    }
    lower.to_owned()
}

#[cfg(test)]
mod tests {
    use quipu_model::Token;
    use quipu_packs::Packs;

    use super::super::{AmountReader, AmountsInput};
    use super::{AnnotatedText, Sentence, Span};

    /// Words with the place of their head and their relation to it.
    fn read(words: &[(&str, &str, u32, &str)]) -> Vec<String> {
        let mut text = String::new();
        let mut tokens = Vec::new();
        for (word, upos, head, relation) in words {
            let tight = text.ends_with('-') || *word == "-";
            if !tight && !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word);
            tokens.push(Token {
                span: Span::from_usize(start, text.len()),
                lemma: word.trim_end_matches('s').to_owned(),
                upos: (*upos).to_owned(),
                head: *head,
                relation: (*relation).to_owned(),
                form: None,
                features: match word.ends_with('s') {
                    true => "Number=Plur".to_owned(),
                    false => "Number=Sing".to_owned(),
                },
            });
        }
        let annotated = AnnotatedText {
            sentences: vec![Sentence {
                span: Span::from_usize(0, text.len()),
                language: "en".to_owned(),
                tokens,
            }],
            ..AnnotatedText::default()
        };
        let reader = AmountReader::new(&Packs::embedded().expect("packs")).expect("patterns");
        let found = reader.read(&AmountsInput {
            text: &text,
            annotated: Some(&annotated),
            ..AmountsInput::default()
        });
        let lines = found.value.iter().map(|amount| {
            let unit = amount.unit.as_deref().unwrap_or_default();
            format!("{} {unit}", amount.as_written)
        });
        lines.collect()
    }

    #[test]
    fn the_tree_tells_what_a_number_counts() {
        let jets = [
            ("They", "PRON", 2, "nsubj"),
            ("bought", "VERB", 0, "root"),
            ("32", "NUM", 7, "nummod"),
            ("more", "ADJ", 7, "amod"),
            ("F", "PROPN", 7, "compound"),
            ("-", "PUNCT", 7, "punct"),
            ("4s", "NOUN", 2, "obj"),
        ];
        assert_eq!(read(&jets), ["32 F-4"]);
        // The same, where another part of the word is its head.
        let headed = [
            ("They", "PRON", 2, "nsubj"),
            ("bought", "VERB", 0, "root"),
            ("32", "NUM", 4, "nummod"),
            ("F", "PROPN", 2, "obj"),
            ("-", "PUNCT", 4, "punct"),
            ("4Es", "NOUN", 4, "flat"),
        ];
        assert_eq!(read(&headed), ["32 F-4E"]);
        // A number that belongs to what stands before is a name of it.
        let room = [
            ("They", "PRON", 2, "nsubj"),
            ("left", "VERB", 0, "root"),
            ("room", "NOUN", 2, "obj"),
            ("32", "NUM", 3, "nummod"),
            ("early", "ADV", 2, "advmod"),
        ];
        assert!(read(&room).is_empty());
        let year = [
            ("the", "DET", 4, "det"),
            ("1962", "NUM", 4, "nummod"),
            ("secret", "ADJ", 4, "amod"),
            ("break", "NOUN", 0, "root"),
        ];
        assert!(read(&year).is_empty());
    }
}
