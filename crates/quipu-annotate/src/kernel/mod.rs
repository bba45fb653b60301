//! The arithmetic of inference: matrices of 8-bit weights, and the few curved
//! functions, exact to the bit on every processor.
//!
//! Sums are made of whole numbers, so no order of adding can change them, and
//! the curved functions use no instruction that rounds differently elsewhere.

mod curve;
mod matrix;
mod norm;
mod panels;
mod wide;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(crate) use curve::{sigmoid, tanh};
pub(crate) use matrix::{Matrix, Rows};
pub(crate) use norm::{dot, normalise};
pub(crate) use panels::Panels;
pub(crate) use wide::wide;
