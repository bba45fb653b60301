//! The ledger: what was given, in a text log where every byte is under seal.
//!
//! One line is one entry: canonical JSON that ends with the BLAKE3 hash of all
//! before it on the line, which in turn holds the hash of the line before. So
//! every byte of the file is covered and an archivist can follow the chain with
//! nothing but a text editor and `b3sum`. See `docs/decisions/ledger-as-log.md`.

mod entry;
pub(crate) mod log;
mod pen;

pub use entry::{BadLine, Entry, GENESIS, What, read_line};
pub use log::{Entries, Seal};
pub use pen::{DecisionPen, IntakePen, Taken};
