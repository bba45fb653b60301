//! Names compared as the packs promise.

#![allow(clippy::expect_used)]

use quipu_corpus::{NameMatcher, NameSort};
use quipu_packs::Packs;

fn matcher() -> NameMatcher {
    let packs = Packs::embedded().expect("packs");
    NameMatcher::new(&packs).expect("sound rules")
}

#[test]
fn the_packs_keep_their_promises() {
    let broken = matcher().check();
    let lines: Vec<String> = broken.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn any_input_is_compared() {
    let matcher = matcher();
    let long = "x ".repeat(100_000);
    for name in [
        "",
        " ",
        "((((",
        "\"",
        "…",
        "\u{0}",
        long.as_str(),
        "李",
        "O",
    ] {
        for sort in ["PER", "ORG", "ANY", "OTHER"] {
            let sort = NameSort::from_word(sort).expect("a sort");
            let likeness = matcher.compare(sort, name, name);
            assert!(likeness <= 1000);
            let _ = matcher.compare(sort, name, "Ana Paz");
        }
    }
}
