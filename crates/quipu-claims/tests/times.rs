//! The patterns of the release keep what their examples promise.

use quipu_packs::Packs;

#[test]
fn every_pattern_keeps_its_examples() {
    let packs = Packs::embedded().unwrap();
    let broken = quipu_claims::times::check(&packs).unwrap();
    let lines: Vec<String> = broken.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}
