//! `cargo xtask tidy`: the rules no compiler knows.
//!
//! Walls (who imports whom), the opening of every room, one lint table, packs
//! that stand side by side, links in the docs, and nothing that belongs to one
//! person's machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::root;

/// Runs every rule and prints what breaks one.
pub(crate) fn tidy() -> bool {
    let root = root();
    let mut broken = Vec::new();
    walls(&root, &mut broken);
    openings(&root, &mut broken);
    languages(&root, &mut broken);
    links(&root, &mut broken);
    decisions(&root, &mut broken);
    for line in &broken {
        println!("{line}");
    }
    broken.is_empty()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(path)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Every arrow between rooms stands in walls.toml, and every line of walls.toml
/// speaks of a room that exists.
fn walls(root: &Path, broken: &mut Vec<String>) {
    let walls: toml::Table = match read(&root.join("walls.toml")).parse() {
        Ok(table) => table,
        Err(error) => return broken.push(format!("walls.toml: {error}")),
    };
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (room, rules) in walls
        .get("rooms")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flatten()
    {
        let may = rules
            .get("may")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten();
        rooms.insert(
            room.clone(),
            may.filter_map(|word| word.as_str().map(str::to_owned))
                .collect(),
        );
        if rules
            .get("reason")
            .and_then(toml::Value::as_str)
            .is_none_or(str::is_empty)
        {
            broken.push(format!("walls.toml: {room} gives no reason"));
        }
    }
    let mut seen = BTreeSet::new();
    for folder in folders(&root.join("crates"))
        .into_iter()
        .chain([root.join("xtask")])
    {
        let room = name(&folder);
        seen.insert(room.clone());
        let Some(may) = rooms.get(&room) else {
            broken.push(format!(
                "walls.toml says nothing of {room}; write who it may import, and why"
            ));
            continue;
        };
        let manifest: toml::Table = read(&folder.join("Cargo.toml")).parse().unwrap_or_default();
        let package = manifest
            .get("package")
            .and_then(|p| p.get("name"))
            .and_then(toml::Value::as_str);
        if package != Some(room.as_str()) {
            broken.push(format!(
                "{room}: the folder and the crate bear different names"
            ));
        }
        if manifest
            .get("lints")
            .and_then(|l| l.get("workspace"))
            .and_then(toml::Value::as_bool)
            != Some(true)
        {
            broken.push(format!(
                "{room}: has a lint table of its own; write [lints] workspace = true"
            ));
        }
        let tables = ["dependencies", "build-dependencies"];
        let arrows = tables
            .iter()
            .filter_map(|table| manifest.get(*table)?.as_table());
        for arrow in arrows
            .flat_map(toml::Table::keys)
            .filter(|key| key.starts_with("quipu"))
        {
            if !may.contains(arrow) {
                broken.push(format!(
                    "{room} imports {arrow}; walls.toml does not allow it"
                ));
            }
        }
    }
    for room in rooms.keys().filter(|room| !seen.contains(*room)) {
        broken.push(format!("walls.toml speaks of {room}, which is not there"));
    }
}

/// Each room opens by saying what comes in, what goes out, and what it never
/// touches; ARCHITECTURE.md names each room.
fn openings(root: &Path, broken: &mut Vec<String>) {
    let architecture = read(&root.join("ARCHITECTURE.md"));
    for folder in folders(&root.join("crates")) {
        let room = name(&folder);
        if !architecture.contains(&format!("`{room}`")) {
            broken.push(format!("ARCHITECTURE.md does not name `{room}`"));
        }
        let library = folder.join("src/lib.rs");
        if !library.is_file() {
            continue;
        }
        let text = read(&library);
        let opening: String = text
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .collect();
        if !opening.contains("never touches") {
            broken.push(format!(
                "{room}/src/lib.rs does not open with what the room never touches"
            ));
        }
    }
}

/// Language folders hold the same file names, so that a diff shows what is missing.
fn languages(root: &Path, broken: &mut Vec<String>) {
    let packs: Vec<PathBuf> = folders(&root.join("languages"))
        .into_iter()
        .filter(|path| name(path) != "any")
        .collect();
    let contents: Vec<(String, BTreeSet<String>)> = packs
        .iter()
        .map(|pack| (name(pack), files_below(pack)))
        .collect();
    for (language, files) in &contents {
        for (other, others) in &contents {
            for missing in others.difference(files) {
                broken.push(format!(
                    "languages/{language} lacks {missing}, which languages/{other} has"
                ));
            }
        }
    }
}

fn files_below(top: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![top.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .filter_map(Result::ok)
        {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(relative) = path.strip_prefix(top) {
                found.insert(relative.to_string_lossy().into_owned());
            }
        }
    }
    found
}

/// Links between pages of the project lead somewhere.
fn links(root: &Path, broken: &mut Vec<String>) {
    let mut pages: Vec<PathBuf> = ["README.md", "ARCHITECTURE.md"]
        .iter()
        .map(|p| root.join(p))
        .collect();
    for below in ["docs", "bench", "demo", "models", "cases"] {
        let top = root.join(below);
        pages.extend(
            files_below(&top)
                .iter()
                .filter(|file| file.ends_with(".md"))
                .map(|file| top.join(file)),
        );
    }
    for page in pages {
        let text = read(&page);
        if text.is_empty() {
            broken.push(format!("{} is missing or empty", page.display()));
        }
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#', ' ']).next())
        {
            let inside =
                !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:");
            let there = page
                .parent()
                .is_some_and(|folder| folder.join(target).exists());
            if inside && !there {
                broken.push(format!(
                    "{}: the link to {target} leads nowhere",
                    page.display()
                ));
            }
        }
    }
}

/// Every decision page says the problem, the choice and what was given up.
fn decisions(root: &Path, broken: &mut Vec<String>) {
    for file in files_below(&root.join("docs/decisions")) {
        let text = read(&root.join("docs/decisions").join(&file));
        for heading in ["## Problem", "## Choice", "## Given up"] {
            if !text.contains(heading) {
                broken.push(format!("docs/decisions/{file} has no `{heading}`"));
            }
        }
    }
}
