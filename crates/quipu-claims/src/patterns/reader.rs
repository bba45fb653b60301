//! Hands a text to the machines: stretches of one language, runs of words.

use quipu_model::AnnotatedText;
use quipu_model::span::{Repaired, Span};

use super::Topic;
use super::machine::Machine;
use super::parse::{RUN_MAX, is_core};
use super::token::{Form, Token, Tokens};

/// So much of a text tells its language, in bytes.
const LANGUAGE_SAMPLE: usize = 4000;

/// Stretches of one language each, with the place of its machine.
pub(crate) fn stretches<T: Topic>(
    machines: &[Machine<T>],
    text: &str,
    annotated: Option<&AnnotatedText>,
    languages: &[(Span<Repaired>, &str)],
) -> Vec<(Span<Repaired>, usize)> {
    let place = |tag: &str| machines.iter().position(|other| other.language == tag);
    let mut stretches: Vec<(Span<Repaired>, usize)> = Vec::new();
    let mut add = |span: Span<Repaired>, machine: usize| {
        // Sentences of one language are read through: expressions run over a
        // full stop that only closes an abbreviation.
        match stretches.last_mut() {
            Some((last, known)) if *known == machine => *last = last.join(span),
            _ => stretches.push((span, machine)),
        }
    };
    for (span, tag) in languages {
        if let Some(machine) = place(tag) {
            add(*span, machine);
        }
    }
    if languages.is_empty() {
        for sentence in annotated.iter().flat_map(|text| &text.sentences) {
            if let Some(machine) = place(&sentence.language) {
                add(sentence.span, machine);
            }
        }
    }
    if stretches.is_empty() {
        stretches.push((Span::from_usize(0, text.len()), language_of(machines, text)));
    }
    stretches
}

/// The language whose words are most at home in a text.
fn language_of<T: Topic>(machines: &[Machine<T>], text: &str) -> usize {
    let end = text.floor_char_boundary(LANGUAGE_SAMPLE);
    let mut best = (0, 0);
    for (i, machine) in machines.iter().enumerate() {
        let count = Tokens::new(machine, text, 0, end)
            .filter(|token| token.form == Form::Word)
            .count();
        if count > best.1 {
            best = (i, count);
        }
    }
    best.0
}

/// Words that an expression may hold, one behind the other.
pub(crate) struct Run<'a> {
    pub(crate) tokens: &'a [Token],
}

/// Hands every run of words on in which there may be an expression. `see` is
/// shown each token first, and may change what it is taken for.
pub(crate) fn runs<T: Topic>(
    machine: &Machine<T>,
    text: &str,
    span: Span<Repaired>,
    mut see: impl FnMut(&mut Token),
    mut found: impl FnMut(Run<'_>),
) {
    let range = span.range();
    let mut run: Vec<Token> = Vec::with_capacity(RUN_MAX);
    let mut core = false;
    let mut finish = |run: &mut Vec<Token>, core: &mut bool| {
        if *core {
            found(Run { tokens: run });
        }
        run.clear();
        *core = false;
    };
    for mut token in Tokens::new(machine, text, range.start, range.end) {
        see(&mut token);
        let inside = match token.form {
            Form::Other => false,
            Form::Sign(sign) => machine.is_sign(sign) || machine.is_part(token.word),
            _ => true,
        };
        if !inside || token.apart || run.len() >= RUN_MAX {
            finish(&mut run, &mut core);
        }
        if inside {
            core |= is_core(machine, &token);
            run.push(token);
        }
    }
    finish(&mut run, &mut core);
}
