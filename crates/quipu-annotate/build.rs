//! Writes the list of model files that go into the program: all that lie in
//! `models/`, one for each language.
#![allow(clippy::expect_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

fn main() {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let folder = here
        .join("../../models")
        .canonicalize()
        .expect("models/ lies beside crates/");
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(&folder).expect("a readable models/");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable models/").path())
        .filter(|path| path.extension().is_some_and(|end| end == "qm"))
        .collect();
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let tag = file.file_stem().expect("a name").to_string_lossy();
        let place = file.display().to_string();
        writeln!(list, "({tag:?}, include_bytes!({place:?})),").expect("memory");
    }
    list.push(']');
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("set by cargo"));
    fs::write(out.join("embedded.rs"), list).expect("writable build folder");
}
