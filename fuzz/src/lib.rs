//! What every fuzz target does: read the bytes as one format, whatever they
//! are, and hold the document to the rules.

use quipu_model::Part;
use quipu_packs::Packs;
use quipu_read::{Format, Input, Limits, Tools, Watcher};

struct Nobody;

impl Watcher for Nobody {
    fn part(&mut self, _part: Part) {}

    fn step(&mut self, _done: u32, _of: u32) {}
}

/// Reads bytes as a format; `None` leaves it to their content.
pub fn read(format: Option<Format>, bytes: &[u8]) {
    let packs = Packs::default();
    let tools = Tools {
        packs: &packs,
        ocr: None,
        limits: Limits::default(),
    };
    let input = Input { bytes, name: "" };
    let format = format.unwrap_or_else(|| quipu_read::detect(&input));
    let document = quipu_read::read_as(format, &input, &tools, &mut Nobody);
    if let Err(rule) = quipu_read::check(&document) {
        panic!("a rule is broken: {rule}");
    }
}
