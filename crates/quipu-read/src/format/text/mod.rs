//! Text without a format, or with little of one.

pub(crate) mod markdown;
pub(crate) mod plain;
