//! The web: pages, and pages saved with their pictures.

pub(crate) mod html;
pub(crate) mod mhtml;
