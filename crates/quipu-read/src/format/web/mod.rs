//! The web: pages, and pages saved with their pictures.

mod charset;
mod density;
mod elements;
pub(crate) mod entities;
mod head;
pub(crate) mod html;
pub(crate) mod mhtml;
mod sheet;
mod survey;
mod tokens;
mod walk;
mod zones;
