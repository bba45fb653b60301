//! What the examples share.

use std::path::Path;

use quipu_packs::{PackFiles, Packs};

/// The packs of a folder, or those that the program carries; what is wrong in
/// them ends the example.
pub(crate) fn packs(folder: Option<String>) -> Packs {
    let Some(folder) = folder else {
        return Packs::embedded().unwrap();
    };
    let files = PackFiles::from_folder(Path::new(&folder)).unwrap();
    Packs::load(&files).unwrap_or_else(|error| {
        println!("{error}");
        std::process::exit(1);
    })
}
