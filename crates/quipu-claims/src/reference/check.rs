//! Runs every rule of reference on its own examples and near misses, which are
//! texts with marks: `[1 Ana Coll] left. [1 She] sold the mill.`

use quipu_model::span::{Repaired, Span};
use quipu_model::{AnnotatedText, Chain};
use quipu_packs::{Broken, PackError, Packs, ReferenceRules};

use super::{ReferenceInput, ReferenceReader, References};

/// What the examples of the packs' rules promise and do not keep. `annotate`
/// gives the trees of a text in a language; rules of every language are run on
/// the first one.
///
/// # Errors
/// What is wrong in a file of the packs.
pub fn check(
    packs: &Packs,
    mut annotate: impl FnMut(&str, &str) -> AnnotatedText,
) -> Result<Vec<Broken>, PackError> {
    let reader = ReferenceReader::new(packs)?;
    let mut broken = Vec::new();
    for (place, language) in packs.languages().iter().enumerate() {
        for rule in ReferenceRules::read(packs, &language.tag)?.rules {
            if place > 0 && rule.name.starts_with("any.") {
                continue;
            }
            for marked in rule.examples.iter().chain(&rule.near_misses) {
                let Some((text, marks)) = marks(marked) else {
                    broken.push(says(&rule.name, marked, "a mark is not closed"));
                    continue;
                };
                let annotated = annotate(&language.tag, &text);
                let references = reader.read(&ReferenceInput {
                    text: &text,
                    annotated: &annotated,
                    times: &[],
                    amounts: &[],
                });
                for message in wrong(&text, &marks, &references) {
                    broken.push(says(&rule.name, marked, &message));
                }
            }
        }
    }
    Ok(broken)
}

fn says(rule: &str, text: &str, message: &str) -> Broken {
    Broken {
        rule: rule.to_owned(),
        text: text.to_owned(),
        message: message.to_owned(),
    }
}

/// A marked stretch with its number.
pub type Marked = (u32, Span<Repaired>);

/// The text without its marks, and the marks. A mark without words stands before
/// the verb of a silent subject: `[1 ]vendió`.
#[must_use]
pub fn marks(marked: &str) -> Option<(String, Vec<Marked>)> {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut open: Vec<(u32, usize)> = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['[', ']']) {
        text.push_str(&rest[..at]);
        let sign = &rest[at..=at];
        rest = &rest[at + 1..];
        if sign == "]" {
            let (number, start) = open.pop()?;
            marks.push((number, Span::from_usize(start, text.len())));
        } else {
            let (number, behind) = rest.split_once(' ')?;
            open.push((number.parse().ok()?, text.len()));
            rest = behind;
        }
    }
    text.push_str(rest);
    marks.sort_by_key(|(_, span)| (span.start(), std::cmp::Reverse(span.end())));
    open.is_empty().then_some((text, marks))
}

/// Marks of one number that are not told to be one, and the other way round.
#[must_use]
pub fn wrong(text: &str, marks: &[Marked], references: &References) -> Vec<String> {
    let found: Vec<Option<usize>> = marks
        .iter()
        .map(|(_, span)| place(references.all(), *span))
        .collect();
    let shown = |at: usize| {
        let (_, span) = marks[at];
        let words = span.of(text).unwrap_or_default();
        format!("`{words}` at {}", span.start())
    };
    let mut wrong = Vec::new();
    for one in 0..marks.len() {
        for other in one + 1..marks.len() {
            let wanted = marks[one].0 == marks[other].0;
            let told = found[one].is_some() && found[one] == found[other];
            if wanted != told {
                let tied = if told { "is tied to" } else { "is not tied to" };
                wrong.push(format!("{} {tied} {}", shown(other), shown(one)));
            }
        }
    }
    wrong
}

/// The chain of the mention that these letters are, or head.
fn place(chains: &[Chain], span: Span<Repaired>) -> Option<usize> {
    let exact = |chain: &Chain| chain.mentions.iter().any(|own| own.span == span);
    let headed = |chain: &Chain| {
        let mut mentions = chain.mentions.iter();
        mentions.any(|own| !own.span.is_empty() && !span.is_empty() && span.contains(own.head))
    };
    let exact = chains.iter().position(exact);
    exact.or_else(|| chains.iter().position(headed))
}
