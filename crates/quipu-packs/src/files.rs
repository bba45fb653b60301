//! The files of the packs, wherever they come from.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::PackError;

/// Pack files by their path (`languages/es/repair.toml`).
#[derive(Debug, Clone, Default)]
pub struct PackFiles {
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

/// The packs of this release, inside the program.
static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

impl PackFiles {
    /// The packs of this release, which the program carries in itself.
    #[must_use]
    pub fn embedded() -> Self {
        let files = EMBEDDED.iter();
        Self {
            files: files
                .map(|(path, bytes)| ((*path).to_owned(), Cow::Borrowed(*bytes)))
                .collect(),
        }
    }

    /// The packs in a folder that holds `languages/` and `schema/`.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn from_folder(folder: &Path) -> Result<Self, PackError> {
        let mut made = Self::default();
        let mut open = vec!["languages".to_owned(), "schema".to_owned()];
        while let Some(below) = open.pop() {
            let unreadable = |error: std::io::Error| {
                let path = folder.join(&below);
                PackError::at(
                    &below,
                    1,
                    format!("{} cannot be read ({error})", path.display()),
                    "name a folder that holds `languages` and `schema`",
                )
            };
            let entries = std::fs::read_dir(folder.join(&below)).map_err(unreadable)?;
            for entry in entries {
                let entry = entry.map_err(unreadable)?;
                let name = format!("{below}/{}", entry.file_name().to_string_lossy());
                let path = entry.path();
                if path.is_dir() {
                    open.push(name);
                } else if name.ends_with(".toml") || name.ends_with(".txt") {
                    let bytes = std::fs::read(&path).map_err(unreadable)?;
                    made.files.insert(name, Cow::Owned(bytes));
                }
            }
        }
        Ok(made)
    }

    /// Puts a file in, in place of one of that path.
    pub fn insert(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), Cow::Owned(bytes));
    }

    /// The bytes of a file; `None` when there is none of that path.
    #[must_use]
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Cow::as_ref)
    }

    /// Where a rule promises something: the file of its name, and the line of the
    /// promise behind it, else that of the name, counted from 1.
    #[must_use]
    pub fn place_of(&self, rule: &str, promise: &str) -> Option<(&str, usize)> {
        let name = format!("\"{rule}\"");
        self.files.iter().find_map(|(path, bytes)| {
            let text = std::str::from_utf8(bytes).ok()?;
            let named = text.lines().position(|line| line.contains(&name))?;
            let behind = text
                .lines()
                .skip(named)
                .position(|line| line.contains(promise));
            let line = behind.filter(|_| !promise.is_empty()).unwrap_or(0);
            Some((path.as_str(), named + line + 1))
        })
    }

    /// All paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The text of a file; `None` when there is none of that path.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub fn text(&self, path: &str) -> Result<Option<&str>, PackError> {
        let Some(bytes) = self.files.get(path) else {
            return Ok(None);
        };
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => {
                let before = &bytes[..error.valid_up_to()];
                let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
                Err(PackError::at(
                    path,
                    line,
                    "not UTF-8",
                    "save the file as UTF-8",
                ))
            }
        }
    }

    /// Reads a TOML file into the type a room keeps it in.
    ///
    /// # Errors
    /// When it is missing, is not TOML, or has other keys than the type.
    pub fn parse<T: DeserializeOwned>(&self, path: &str) -> Result<T, PackError> {
        let Some(text) = self.text(path)? else {
            return Err(PackError::at(
                path,
                1,
                "the file is missing",
                "every language folder has the same files; copy another language's and change it",
            ));
        };
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let before = text.get(..at).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            PackError::at(
                path,
                line,
                error.message().to_owned(),
                "see the comments at the head of the file for what may stand here",
            )
        })
    }

    /// BLAKE3 over every path and its bytes, in order: what recipes name.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let mut layout = Vec::new();
        for (path, bytes) in &self.files {
            quipu_model::Layout::write(path, &mut layout);
            quipu_model::Layout::write(&bytes.len(), &mut layout);
            layout.extend_from_slice(bytes);
        }
        quipu_model::id::domain_hash("quipu packs 1", &layout)
    }
}
