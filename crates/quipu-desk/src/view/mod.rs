//! What is shown, as plain data: the published contract. Offsets count code
//! points of the transcript; words are the repaired ones unless said otherwise.

pub mod citation;
pub mod claim_record;
pub mod claims;
pub mod document;
pub mod expression;
pub mod lines;
pub mod meant;
pub mod notice;
pub mod overview;
mod pieces;
mod reaching;
pub mod record;
pub mod search;
mod sections;
pub mod segment;
mod setting;
