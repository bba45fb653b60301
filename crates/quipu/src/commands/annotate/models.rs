//! The model files, and the annotator made of those that are needed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use quipu_annotate::{Annotator, Hands, embedded_models};
use quipu_packs::Packs;

use crate::fault::Fault;

/// The tag of a language and its file.
type Model = (String, Cow<'static, [u8]>);

/// Files at hand, in the order of their languages.
pub(super) struct Models {
    files: Vec<Model>,
}

impl Models {
    /// The files built in, or all of a folder (`en.qm`, `es.qm`).
    pub(super) fn find(folder: Option<&Path>) -> Result<Self, Fault> {
        let files = match folder {
            None => embedded_models()
                .map(|(tag, bytes)| (tag.to_owned(), Cow::Borrowed(bytes)))
                .collect(),
            Some(folder) => Self::in_folder(folder)?,
        };
        if files.is_empty() {
            let place = folder.map_or("this program".into(), Path::to_string_lossy);
            return Err(Fault::could_not(
                "the models of trees and names",
                format!("{place} holds none; name a folder with en.qm and es.qm with --models"),
            ));
        }
        Ok(Self { files })
    }

    fn in_folder(folder: &Path) -> Result<Vec<Model>, Fault> {
        let failed = |error| {
            Fault::wrong_use(format!(
                "{}: {error}; --models wants a folder with en.qm and es.qm",
                folder.display()
            ))
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|end| end == "qm") {
                let tag = path.file_stem().unwrap_or_default().to_string_lossy();
                let bytes = std::fs::read(&path).map_err(failed)?;
                files.push((tag.into_owned(), Cow::Owned(bytes)));
            }
        }
        files.sort();
        Ok(files)
    }

    /// Tags of the languages.
    pub(super) fn tags(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(tag, _)| tag.as_str())
    }
}

/// The annotator of the languages met so far, and memory for each thread.
pub(super) struct Engine<'a> {
    models: &'a Models,
    packs: &'a Packs,
    threads: usize,
    loaded: Option<(BTreeSet<&'a str>, Annotator<'a>, Vec<Hands>)>,
}

impl<'a> Engine<'a> {
    pub(super) fn new(models: &'a Models, packs: &'a Packs, threads: usize) -> Self {
        Self {
            models,
            packs,
            threads,
            loaded: None,
        }
    }

    /// The annotator, able to read these languages at least; where none of them
    /// is at hand, the first one that is. Loading only what is needed changes
    /// nothing in the output.
    pub(super) fn ready(
        &mut self,
        tags: &BTreeSet<String>,
    ) -> Result<(&Annotator<'a>, &mut Vec<Hands>), Fault> {
        let mut wanted: BTreeSet<&str> = self
            .models
            .tags()
            .filter(|tag| tags.contains(*tag))
            .collect();
        if wanted.is_empty() {
            wanted.extend(self.models.tags().next());
        }
        // What an earlier input needed stays loaded.
        let loaded = match self.loaded.take() {
            Some(loaded) if wanted.is_subset(&loaded.0) => loaded,
            other => {
                wanted.extend(other.into_iter().flat_map(|(tags, _, _)| tags));
                let files: Vec<&'a [u8]> = self
                    .models
                    .files
                    .iter()
                    .filter(|(tag, _)| wanted.contains(tag.as_str()))
                    .map(|(_, bytes)| bytes.as_ref())
                    .collect();
                let annotator = Annotator::read(&files, self.packs)
                    .map_err(|error| Fault::could_not("trees and names", error))?;
                let hands = (0..self.threads).map(|_| Hands::default()).collect();
                (wanted, annotator, hands)
            }
        };
        let (_, annotator, hands) = self.loaded.insert(loaded);
        Ok((annotator, hands))
    }
}
