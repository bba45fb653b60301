//! Paths and an archive come in; a shelf that is up to date goes out, with notices for whatever could not be read.
//! It alone knows the order of stages, staleness, and where work runs.
//! It never touches linguistic or SQL detail, and does not hold the ledger pen for decisions.

mod batch;
mod card;
mod child;
mod edtf;
mod error;
mod frame;
mod intake;
mod progress;
mod reader;
mod run;
mod runner;
#[cfg(feature = "formats")]
mod stage;
#[cfg(feature = "formats")]
mod understand;
mod walk;
mod worker;

pub use card::{card_of, own_day};
pub use child::died;
pub use edtf::day_range;
pub use error::PipelineError;
pub use intake::{Bounds, Options, Workers, take_in};
pub use progress::{Progress, Quiet, Summary, Tally};
pub use reader::{Reader, Watch};
#[cfg(feature = "formats")]
pub use stage::ReadStage;
#[cfg(feature = "formats")]
pub use understand::Understanding;
pub use worker::{bound_memory, serve_worker};
