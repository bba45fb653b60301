//! Runs every pattern on its own examples and near misses.

use quipu_packs::{Broken, Packs, PhrasePattern, TimeRules};

use crate::patterns::check::bracketed;

use super::{RulesError, TimeReader, TimesInput, day_of};
use quipu_model::span::Span;

/// What the examples of the packs' patterns promise and do not keep.
///
/// # Errors
/// What is wrong in a file of the packs.
pub fn check(packs: &Packs) -> Result<Vec<Broken>, RulesError> {
    let reader = TimeReader::new(packs)?;
    let mut broken = Vec::new();
    for language in packs.languages() {
        let rules = TimeRules::read(packs, &language.tag)?;
        for pattern in &rules.phrases.patterns {
            check_pattern(&reader, &rules, pattern, &mut broken);
        }
    }
    Ok(broken)
}

fn check_pattern(
    reader: &TimeReader,
    rules: &TimeRules,
    pattern: &PhrasePattern,
    broken: &mut Vec<Broken>,
) {
    let mut say = |text: &str, message: String| {
        broken.push(Broken {
            rule: pattern.name.clone(),
            text: text.to_owned(),
            message,
        });
    };
    if pattern.examples.is_empty() && rules.phrases.whole.contains(&pattern.makes) {
        say("", "it has no examples".to_owned());
    }
    for example in &pattern.examples {
        let (text, promised) = match example.split_once(" => ") {
            Some((text, promised)) => (text, Some(promised)),
            None => (example.as_str(), None),
        };
        let found = read(reader, rules, text);
        // Square brackets show the time inside a longer example.
        let (clean, span) = bracketed(text);
        let Some(time) = found.iter().find(|time| time.0 == span) else {
            let words: Vec<&str> = found
                .iter()
                .filter_map(|(span, ..)| span.of(&clean))
                .collect();
            say(text, format!("no time of these words, but {words:?}"));
            continue;
        };
        if let Some(promised) = promised
            && time.2 != promised
            && time.3 != promised
        {
            say(text, format!("{} ({}), not {promised}", time.2, time.3));
        }
    }
    for miss in &pattern.near_misses {
        let found = read(reader, rules, miss);
        if let Some((span, ..)) = found.iter().find(|time| time.1 == pattern.name) {
            let words = span.of(miss).unwrap_or_default();
            say(miss, format!("it finds `{words}`"));
        }
    }
}

type Seen = (Span<quipu_model::Repaired>, String, String, String);

fn read(reader: &TimeReader, rules: &TimeRules, text: &str) -> Vec<Seen> {
    let (clean, _) = bracketed(text);
    let all = Span::from_usize(0, clean.len());
    let languages = [(all, rules.phrases.language.as_str())];
    let input = TimesInput {
        text: &clean,
        languages: &languages,
        reference: day_of(&rules.example_day),
        ..TimesInput::default()
    };
    let found = reader.read(&input);
    found
        .value
        .into_iter()
        .map(|time| (time.span, time.rule, time.value.edtf, time.value.timex))
        .collect()
}
