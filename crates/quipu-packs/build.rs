//! Writes the list of pack files that go into the binary.
#![allow(clippy::expect_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let root = here
        .join("../..")
        .canonicalize()
        .expect("the crate lies in crates/");
    let mut files = Vec::new();
    for folder in ["languages", "schema"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        collect(&root.join(folder), &mut files);
    }
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let relative = file.strip_prefix(&root).expect("below the root");
        let name = relative.to_string_lossy().replace('\\', "/");
        writeln!(
            list,
            "({name:?}, include_bytes!({:?})),",
            file.display().to_string()
        )
        .expect("memory");
    }
    list.push(']');
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("set by cargo"));
    fs::write(out.join("embedded.rs"), list).expect("writable build folder");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path
            .extension()
            .is_some_and(|kind| kind == "toml" || kind == "txt")
        {
            files.push(path);
        }
    }
}
