//! Recipes: what a derived batch was made with, so that staleness is a lookup.

use crate::id::RecipeId;
use crate::layout;
use crate::layout::Layout;

/// What a derived batch was made with. The same recipe gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// The stage: `read`, `annotate`, `claims`, `corpus`.
    pub stage: String,
    /// Its version, raised whenever its output may change.
    pub version: u32,
    /// BLAKE3 of the packs it used.
    pub packs: [u8; 32],
    /// BLAKE3 of the models it used; zeros when none.
    pub models: [u8; 32],
    /// Choices that change the output (OCR engine, languages), sorted.
    pub settings: Vec<(String, String)>,
}

layout!(Recipe {
    stage,
    version,
    packs,
    models,
    settings
});

impl Recipe {
    /// The id of the recipe.
    #[must_use]
    pub fn id(&self) -> RecipeId {
        RecipeId::of(&self.to_bytes())
    }
}
