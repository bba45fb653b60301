//! Containers: files that hold files. What they hold comes out part by part;
//! the container itself reads as a table of its members.

mod directory;
pub(crate) mod gzip;
mod listing;
pub(crate) mod tar;
mod unpack;
pub(crate) mod zip;

pub(crate) use listing::{Listing, clean_name};
