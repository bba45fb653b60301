//! CESS-ESP constituency trees become Universal Dependencies in the manner of AnCora 2.9.
//!
//! The order: [`brackets`] reads trees, [`arcs`] finds heads, [`pieces`] splits leaves
//! into words, [`relation`] names the arcs, [`spacing`] sets spaces, [`names`] takes the
//! names from the tags. What a linguist would write stands in `data/cess/`.

pub mod arcs;
pub mod brackets;
pub mod label;
pub mod names;
pub mod pieces;
pub mod relation;
pub mod sentence;
pub mod spacing;
pub mod tables;
