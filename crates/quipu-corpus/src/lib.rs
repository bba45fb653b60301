//! The readings of many documents and the decisions of people come in; identity, lineage, events, ties and contradictions go out.
//! Whole-archive work is map, group by key, reduce: plain functions over records.
//! It never touches tokens or SQL, and never edits a claim.

pub mod identity;
pub mod names;

pub use identity::{Link, Mentioned, People, Person, Why, people};
pub use names::{NameMatcher, NameSort, WrittenName};
