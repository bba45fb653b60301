//! The shelf: derived records in SQLite, which can be deleted and made again.

mod connection;
mod ledger_index;
mod read;
mod record;
mod write;

pub use record::{Card, FileStamp, Place, Recipes, Shelved, Stale};
pub use write::ShelfPen;

pub(crate) use connection::open_to_read;
pub(crate) use ledger_index::{decision_starts, indexed_seal, start_of};
pub(crate) use read::{
    Indexable, changes_after, display_path, each_shelved, each_source, header, layout_of,
    notices_by_weight, notices_of, parts_of, places_of, reading_of, stemmers, totals,
};
