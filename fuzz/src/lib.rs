//! What the fuzz targets do: read the bytes as one format, annotate them, or
//! find their times and amounts, whatever they are, and hold what comes out to the rules.

use quipu_model::Part;
use quipu_packs::Packs;
use quipu_read::{Format, Input, Limits, Tools, Watcher};

#[path = "../../crates/quipu-annotate/tests/strange/mod.rs"]
mod strange;

#[path = "../../crates/quipu-claims/tests/sound/mod.rs"]
mod sound;

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

/// Annotates bytes as a text with languages and borders.
pub fn annotate(bytes: &[u8]) {
    strange::annotate(bytes);
}

/// Reads bytes as CoNLL-U and annotates the words given there.
pub fn conllu(bytes: &[u8]) {
    strange::given(bytes);
}

/// Reads bytes as the model of a language, and annotates where they are one.
pub fn model(bytes: &[u8]) {
    strange::model(bytes);
}

/// Finds times and amounts in bytes taken for a text, once in each language.
pub fn amounts(bytes: &[u8]) {
    static READERS: std::sync::OnceLock<sound::Readers> = std::sync::OnceLock::new();
    let readers = READERS.get_or_init(sound::Readers::new);
    let text = String::from_utf8_lossy(bytes);
    for lang in [None, Some("en"), Some("es")] {
        sound::sound(&text, &readers.read(&text, lang));
    }
}
