//! Pictures of pages: derived, kept because they are dear to make.

use std::fs;
use std::path::PathBuf;

use quipu_model::SourceId;

use crate::error::{ArchiveError, At};

/// The store of page pictures.
#[derive(Debug, Clone)]
pub struct Pictures {
    folder: PathBuf,
}

impl Pictures {
    pub(crate) const fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The picture of a page (counted from 1) made in a way (`png-1200`), if
    /// it was made before.
    #[must_use]
    pub fn get(&self, source: SourceId, page: u32, way: &str) -> Option<Vec<u8>> {
        fs::read(self.path(source, page, way)).ok()
    }

    /// Keeps the picture of a page.
    ///
    /// # Errors
    /// When the disk refuses; the picture can still be shown.
    pub fn put(
        &self,
        source: SourceId,
        page: u32,
        way: &str,
        picture: &[u8],
    ) -> Result<(), ArchiveError> {
        let path = self.path(source, page, way);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).at(folder)?;
        // Two readers may make the same picture at once; each writes its own
        // file and the later one stays.
        let fresh = path.with_extension(format!(
            "{}-{:?}.new",
            std::process::id(),
            std::thread::current().id()
        ));
        fs::write(&fresh, picture).at(&fresh)?;
        fs::rename(&fresh, &path).at(&path)
    }

    fn path(&self, source: SourceId, page: u32, way: &str) -> PathBuf {
        let hex = source.hex();
        // The way comes from our own code, but a picture must never leave its
        // folder whatever it says.
        let way: String = way
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        self.folder
            .join(hex.get(..2).unwrap_or_default())
            .join(format!("{hex}-{page}-{way}"))
    }
}
