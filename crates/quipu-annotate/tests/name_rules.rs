//! Rules of names keep what their own examples promise.

#![allow(clippy::expect_used)]

use quipu_packs::Packs;

#[test]
fn every_rule_keeps_its_examples_and_near_misses() {
    let packs = Packs::embedded().expect("packs load");
    let rules = packs.name_sheets().iter().map(|sheet| sheet.rules.len());
    assert!(rules.sum::<usize>() > 20);
    let broken: Vec<String> = quipu_annotate::check_names(&packs)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
