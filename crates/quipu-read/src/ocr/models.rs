//! Where the networks lie, and which engine there is to use.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::engine::{OcrEngine, OcrError};
use super::rten_engine::RtenEngine;
use super::tesseract::Tesseract;

/// The files of the detection and the recognition network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFiles {
    /// Finds lines: `*_det_*.onnx`.
    pub detection: PathBuf,
    /// Reads lines: `*_rec_*.onnx`, with its letters in the field `character`.
    pub recognition: PathBuf,
    /// BLAKE3 of both files, one after the other.
    pub hash: [u8; 32],
}

impl ModelFiles {
    /// The names of both, without folder and ending.
    #[must_use]
    pub fn names(&self) -> String {
        let name = |path: &Path| {
            path.file_stem()
                .map_or(String::new(), |name| name.to_string_lossy().into_owned())
        };
        format!("{} {}", name(&self.detection), name(&self.recognition))
    }
}

/// The folders in which networks are looked for, the first found first:
/// the one named by the user, `QUIPU_OCR_MODELS`, `models/ocr` beside the
/// program and above it, the user's data folder, the system's.
///
/// `variable` looks up the environment, which stages never do themselves.
#[must_use]
pub fn search_folders(
    named: Option<&Path>,
    program: Option<&Path>,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> Vec<PathBuf> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let mut folders = Vec::new();
    folders.extend(named.map(Path::to_path_buf));
    folders.extend(set("QUIPU_OCR_MODELS").map(PathBuf::from));
    // `target/release/quipu` finds the `models/ocr` of its own source tree.
    let above = program
        .into_iter()
        .flat_map(|path| path.ancestors().skip(1).take(4));
    folders.extend(above.map(|folder| folder.join("models/ocr")));
    let data = set("XDG_DATA_HOME").map(PathBuf::from);
    let data = data.or_else(|| set("HOME").map(|home| Path::new(&home).join(".local/share")));
    folders.extend(data.map(|data| data.join("quipu/ocr")));
    folders.push(PathBuf::from("/usr/share/quipu/ocr"));
    folders
}

/// The networks in the first folder that has both.
///
/// # Errors
/// When files are there but cannot be read.
pub fn find_models(folders: &[PathBuf]) -> Result<Option<ModelFiles>, OcrError> {
    for folder in folders {
        let (Some(detection), Some(recognition)) =
            (network(folder, "_det_"), network(folder, "_rec_"))
        else {
            continue;
        };
        let mut hasher = blake3::Hasher::new();
        for path in [&detection, &recognition] {
            let bytes = std::fs::read(path).map_err(|error| OcrError::Model {
                file: path.display().to_string(),
                reason: error.to_string(),
            })?;
            hasher.update(&bytes);
        }
        return Ok(Some(ModelFiles {
            detection,
            recognition,
            hash: *hasher.finalize().as_bytes(),
        }));
    }
    Ok(None)
}

fn network(folder: &Path, part: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths
        .filter(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy());
            name.is_some_and(|name| name.contains(part) && name.ends_with(".onnx"))
        })
        .min()
}

/// The engine to use: the networks where they are found, with `tesseract` for
/// dense pages where it is installed; else `tesseract` alone, else none.
///
/// # Errors
/// When networks are there but cannot be read.
pub fn choose(folders: &[PathBuf], threads: usize) -> Result<Option<Box<dyn OcrEngine>>, OcrError> {
    if let Some(files) = find_models(folders)? {
        let ours = RtenEngine::new(files, threads).with_dense(tesseract());
        return Ok(Some(Box::new(ours)));
    }
    Ok(tesseract())
}

fn tesseract() -> Option<Box<dyn OcrEngine>> {
    Tesseract::find().map(|engine| Box::new(engine) as Box<dyn OcrEngine>)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_searched_from_the_nearest_wish_outward() {
        let variable = |name: &str| match name {
            "HOME" => Some(OsString::from("/home/ana")),
            "QUIPU_OCR_MODELS" => Some(OsString::from("/set")),
            _ => None,
        };
        let folders = search_folders(
            Some(Path::new("/named")),
            Some(Path::new("/opt/quipu/bin/quipu")),
            &variable,
        );
        let folders: Vec<&str> = folders.iter().filter_map(|path| path.to_str()).collect();
        assert_eq!(
            folders,
            [
                "/named",
                "/set",
                "/opt/quipu/bin/models/ocr",
                "/opt/quipu/models/ocr",
                "/opt/models/ocr",
                "/models/ocr",
                "/home/ana/.local/share/quipu/ocr",
                "/usr/share/quipu/ocr"
            ]
        );
    }

    #[test]
    fn no_folder_no_models() {
        assert_eq!(find_models(&[PathBuf::from("/nowhere/at/all")]), Ok(None));
    }
}
