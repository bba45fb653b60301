//! Signs that always become something else: ligatures, odd spaces, controls.

use std::collections::BTreeMap;

use quipu_packs::{Engine, Packs, RepairRule};

use super::{Fix, rules};

pub(super) fn signs<'p>(text: &str, packs: &'p Packs) -> Vec<Fix<'p>> {
    let mut table: BTreeMap<char, (&str, &RepairRule)> = BTreeMap::new();
    for rule in rules(packs, Engine::Signs) {
        for (sign, becomes) in &rule.signs {
            if let Some(sign) = sign.chars().next() {
                table.insert(sign, (becomes, rule));
            }
        }
    }
    let mut fixes = Vec::new();
    for (at, c) in text.char_indices() {
        let plain = c.is_ascii() && !c.is_ascii_control() || c == '\n' || c == '\t';
        if plain || c.is_alphabetic() && c < '\u{F000}' {
            continue;
        }
        if let Some((becomes, rule)) = table.get(&c) {
            fixes.push(Fix {
                range: at..at + c.len_utf8(),
                becomes: (*becomes).to_owned(),
                rule,
            });
        }
    }
    fixes
}
