//! Rules of repair are held to their own examples and near misses.

use quipu_packs::{Broken, Engine, Packs};

use super::repair_parts;

/// Runs every example and near miss of every rule of repair through all rules
/// together. The answer names what does not come out as promised.
#[must_use]
pub fn check_repair(packs: &Packs) -> Vec<Broken> {
    let mut broken = Vec::new();
    for rule in packs.repair_rules() {
        let scanned = matches!(rule.engine, Engine::Confusions | Engine::Digits);
        let run = |text: &str| {
            let whole = 0..text.len();
            let scanned: &[_] = if scanned { &[whole] } else { &[] };
            repair_parts(text, scanned, packs)
        };
        let mut say = |text: &str, message: String| {
            broken.push(Broken {
                rule: rule.name.clone(),
                text: text.to_owned(),
                message,
            });
        };
        for example in &rule.examples {
            let repaired = run(&example.text);
            let by_rule = |edit: &quipu_model::Edit| edit.rule.contains(&rule.name);
            if repaired.text != example.becomes {
                say(
                    &example.text,
                    format!("becomes `{}`, not `{}`", repaired.text, example.becomes),
                );
            } else if !repaired.map.edits().iter().any(by_rule) {
                let rules: Vec<&str> = repaired
                    .map
                    .edits()
                    .iter()
                    .map(|edit| edit.rule.as_str())
                    .collect();
                say(&example.text, format!("is mended by {rules:?} instead"));
            }
        }
        for miss in &rule.near_misses {
            let repaired = run(miss);
            let by_rule = repaired
                .map
                .edits()
                .iter()
                .find(|edit| edit.kind == rule.kind);
            if let Some(edit) = by_rule {
                say(
                    miss,
                    format!(
                        "is a near miss and becomes `{}` by {}",
                        repaired.text, edit.rule
                    ),
                );
            }
        }
    }
    broken
}
