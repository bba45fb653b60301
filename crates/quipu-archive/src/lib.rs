//! Given bytes, decisions and derived batches come in; the same come out, found again and proved.
//! It is the only room that knows SQL and the search engine.
//! It never touches packs or stages, and derives nothing.
//!
//! An archive is one folder. What was given lies in `originals/` and
//! `ledger.log`; everything else in it can be deleted and made again.

mod error;
mod folder;

pub mod ledger;
pub mod originals;
pub mod search;
pub mod shelf;

mod pictures;
mod snapshot;
mod verify;

pub use error::ArchiveError;
pub use folder::{Archive, FORMAT};
pub use ledger::{DecisionPen, Entry, IntakePen, Seal, What};
pub use originals::{Originals, Received};
pub use pictures::Pictures;
pub use search::{
    Answer, ClaimPart, ClaimPlace, ClaimVocabulary, Facet, FacetCount, Hit, Matching, Number,
    Passage, Query, Request, Sort, Stemmers, Word,
};
pub use shelf::{Card, FileStamp, Place, Recipes, ShelfPen, Shelved, Stale};
pub use snapshot::{Document, DocumentLine, Overview, Snapshot};
pub use verify::{Problem, ProblemKind, Report, verify};
