//! Languages and schemas as plain files come in; checked packs that match patterns and say why they fired go out.
//! It reads the pack folder once, at load, or takes the copy inside the program.
//! It never touches the archive, the order of stages, or a natural-language word in its own source.

mod amounts;
mod charset;
mod claims;
mod confidence;
mod document;
mod error;
mod files;
pub mod fold;
pub mod form;
mod language;
mod lazy;
mod lexicon;
mod matching;
mod names;
mod packs;
pub mod page;
mod pattern;
mod phrases;
mod reference;
mod repair;
mod sayings;
mod times;

pub use amounts::{AmountRules, Currency, currencies};
pub use charset::Charset;
pub use claims::{
    ClaimKind, ClaimRules, Filler, Frame, FrameExample, Function, Need, PredicationWords, Trigger,
    Way, claim_kinds,
};
pub use confidence::ConfidenceSheet;
pub use document::{FieldRule, Reach, Where, ZoneRule};
pub use error::{Broken, PackError};
pub use files::PackFiles;
pub use language::{DateOrder, Language, Neighbour};
pub use lexicon::Lexicon;
pub use matching::{MatchingRules, NamePair};
pub use names::{NameEngine, NameLists, NameRule, NameSheet};
pub use packs::Packs;
pub use phrases::{PhrasePattern, PhraseRules, PhraseStep, Setting, UNITS};
pub use reference::{Agreement, Gender, ReferenceEngine, ReferenceRule, ReferenceRules};
pub use repair::{Engine, Example, RepairRule};
pub use sayings::{Negated, Saying, SayingExample, Sayings, Until};
pub use times::{FiscalYear, TimeRules};
