//! Text without a format, or with little of one, and the charsets it is in.

pub(crate) mod charset;
mod front_matter;
mod inline;
pub(crate) mod markdown;
pub(crate) mod plain;
pub(crate) mod single_byte;
