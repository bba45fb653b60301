//! Languages and schemas as plain files come in; checked packs that match patterns and say why they fired go out.
//! It reads the pack folder once, at load.
//! It never touches the archive, the order of stages, or a natural-language word in its own source.

/// All packs, checked.
#[derive(Debug, Default)]
pub struct Packs {}

pub mod form;

impl Packs {
    /// The header forms of `schema/documents`, in the order of their names.
    #[must_use]
    pub const fn forms(&self) -> &[form::HeaderForm] {
        &[]
    }
}
