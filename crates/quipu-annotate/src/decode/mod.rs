//! From scores to decisions: the best tree, the best chain of name tags.

mod chain;
mod tree;

pub(crate) use chain::chain;
pub(crate) use tree::Trees;
