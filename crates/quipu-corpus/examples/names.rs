//! Compares names from standard input: kind, a tab, a name, a tab, a name.
#![allow(clippy::print_stdout)]

use std::io::BufRead as _;

use quipu_corpus::{NameMatcher, NameSort};
use quipu_packs::Packs;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let matcher = NameMatcher::new(&Packs::embedded()?)?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut parts = line.split('\t');
        let (Some(kind), Some(one), Some(other)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let sort = NameSort::from_word(kind).unwrap_or(NameSort::Any);
        println!("{}\t{line}", matcher.compare(sort, one, other));
    }
    Ok(())
}
