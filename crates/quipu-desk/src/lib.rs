//! Questions and decisions of a person come in; plain data goes out, the `...View` types that others rely on.
//! It reads a snapshot of the archive and holds the ledger pen.
//! It never touches stages, packs, the pipeline, SQL or HTTP.

pub mod address;
pub mod days;
pub mod desk;
mod from_archive;
pub mod names;
mod points;
pub mod query;
pub mod shelf;
pub mod view;

pub use desk::{Desk, Named, ReadAsk, SearchAsk};
pub use quipu_archive::{Archive, Snapshot};
pub use quipu_model::SourceId;
pub use shelf::{Held, Kin, Shelf, ShelfError, Sort};
pub use view::claim_record::{ClaimRecord, claim_records};
pub use view::record::{RecordView, record_view};
