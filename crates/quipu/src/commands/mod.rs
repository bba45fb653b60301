//! One file for each command.

pub(crate) mod annotate;
pub(crate) mod claims;
pub(crate) mod export;
pub(crate) mod look;
pub(crate) mod manual;
pub(crate) mod match_names;
pub(crate) mod open;
pub(crate) mod packs;
pub(crate) mod read;
pub(crate) mod search;
pub(crate) mod sources;
pub(crate) mod verify;
