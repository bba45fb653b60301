//! Runs every saying on its own examples and near misses.

use quipu_model::span::{Repaired, Span};
use quipu_model::{AnnotatedText, Attribution};
use quipu_packs::{Broken, PackError, Packs, SayingExample, Sayings};

use super::super::ClaimReader;

/// What the examples of the packs' sayings promise and do not keep. `annotate`
/// gives the trees of a text in a language.
///
/// # Errors
/// What is wrong in a file of the packs.
pub fn check(
    packs: &Packs,
    mut annotate: impl FnMut(&str, &str) -> AnnotatedText,
) -> Result<Vec<Broken>, PackError> {
    let reader = ClaimReader::new(packs)?;
    let mut broken = Vec::new();
    for language in packs.languages() {
        for saying in Sayings::read(packs, &language.tag)?.saying {
            let mut say = |text: &str, message: String| {
                broken.push(Broken {
                    rule: saying.name.clone(),
                    text: text.to_owned(),
                    message,
                });
            };
            for example in &saying.examples {
                let annotated = annotate(&language.tag, &example.text);
                let said = reader.attributions(&example.text, &annotated, &[]);
                let own = said.iter().filter(|said| said.rule == saying.name);
                let told: Vec<String> = own.map(|said| shown(&example.text, said)).collect();
                if !told.contains(&wanted(example)) {
                    say(&example.text, format!("it reads {told:?}"));
                }
            }
            for miss in &saying.near_misses {
                let annotated = annotate(&language.tag, miss);
                let said = reader.attributions(miss, &annotated, &[]);
                if let Some(said) = said.iter().find(|said| said.rule == saying.name) {
                    say(miss, format!("it reads {}", shown(miss, said)));
                }
            }
        }
    }
    Ok(broken)
}

fn wanted(example: &SayingExample) -> String {
    let source = example.source.as_deref().unwrap_or("-");
    format!("{source}: {}", example.content)
}

fn shown(text: &str, said: &Attribution) -> String {
    let words = |spans: &[Span<Repaired>]| {
        let words = spans.iter().filter_map(|span| span.of(text));
        words.collect::<Vec<_>>().join(" … ")
    };
    let source = if said.source.is_empty() {
        "-".to_owned()
    } else {
        words(&said.source)
    };
    format!("{source}: {}", words(&said.content))
}
