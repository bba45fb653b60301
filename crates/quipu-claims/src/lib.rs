//! One annotated document comes in; times, amounts, mentions, attributions and claims go out, each anchored and explained.
//! What it knows of languages and kinds it knows from packs.
//! It never touches raw text except through annotations, nor other documents, nor the archive.

pub mod amounts;
pub mod claims;
mod document;
mod patterns;
pub mod reference;
pub mod times;

pub use amounts::{AmountReader, AmountsInput};
pub use claims::{ClaimReader, ClaimsInput};
pub use document::{DocumentInput, DocumentReader, Passages, VERSION};
pub use patterns::{BadPattern, RulesError};
pub use reference::{ReferenceInput, ReferenceReader, References};
pub use times::{TimeReader, TimesInput, times};
