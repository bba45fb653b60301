//! Containers: files that hold files.

pub(crate) mod gzip;
pub(crate) mod tar;
pub(crate) mod zip;
