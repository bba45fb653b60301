//! Rules of repair keep what their examples promise.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use quipu_packs::Packs;

#[test]
fn every_rule_of_repair_keeps_its_promises() {
    let packs = Packs::embedded().expect("packs load");
    assert!(packs.repair_rules().len() > 20);
    let broken: Vec<String> = quipu_read::check_repair(&packs)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
