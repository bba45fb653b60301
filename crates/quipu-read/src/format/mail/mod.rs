//! Mail: messages and mailboxes.

pub(crate) mod eml;
pub(crate) mod mbox;
pub(crate) mod message;
