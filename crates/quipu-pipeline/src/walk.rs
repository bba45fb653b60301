//! Finding files: every folder to its bottom, always in the same order.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use quipu_archive::FileStamp;
use quipu_model::{Notice, NoticeLevel};

/// How deep folders are followed.
const DEPTH: usize = 256;

/// A file found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Number of its root.
    pub(crate) root: usize,
    /// Its path from the folder the root lies in.
    pub(crate) relative: PathBuf,
    pub(crate) bytes: u64,
}

/// Everything found.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// The folder in which each root lies.
    pub(crate) roots: Vec<PathBuf>,
    pub(crate) files: Vec<Found>,
    /// What was passed over, and why.
    pub(crate) passed: Vec<(String, Notice)>,
}

/// Walks all paths in the order given; inside folders by name.
pub(crate) fn walk(paths: &[PathBuf]) -> Walk {
    let mut walk = Walk::default();
    for path in paths {
        // The link that somebody hands in is meant; links inside are not.
        let whole = match fs::canonicalize(path) {
            Ok(whole) => whole,
            Err(cause) => {
                let notice = refused("walk.unreadable", format!("It cannot be opened: {cause}."));
                walk.passed.push((
                    shown(path),
                    notice.next("Check the path and the right to read it."),
                ));
                continue;
            }
        };
        let above = whole.parent().unwrap_or_else(|| Path::new("/")).to_owned();
        let relative = PathBuf::from(whole.file_name().unwrap_or_else(|| OsStr::new("")));
        let root = walk.roots.len();
        walk.roots.push(above.clone());
        enter(&mut walk, root, &above, relative);
    }
    walk
}

fn enter(walk: &mut Walk, root: usize, above: &Path, first: PathBuf) {
    // A stack of paths still to see, the next one on top.
    let mut waiting = vec![first];
    while let Some(relative) = waiting.pop() {
        let path = above.join(&relative);
        let passed = |code: &str, message: String, next: &str| {
            (shown(&relative), refused(code, message).next(next))
        };
        let meta = match fs::symlink_metadata(&path) {
            Ok(meta) => meta,
            Err(cause) => {
                walk.passed.push(passed(
                    "walk.unreadable",
                    format!("It cannot be looked at: {cause}."),
                    "Check the right to read it.",
                ));
                continue;
            }
        };
        if meta.is_file() {
            walk.files.push(Found {
                root,
                relative,
                bytes: meta.len(),
            });
        } else if meta.is_dir() {
            if path.join("quipu.toml").exists() && path.join("ledger.log").exists() {
                // An archive of ours is no source, least of all of itself.
                continue;
            }
            if relative.components().count() > DEPTH {
                walk.passed.push(passed(
                    "walk.deep",
                    format!("Folders are nested more than {DEPTH} deep here."),
                    "Hand in this folder itself.",
                ));
                continue;
            }
            match names(&path) {
                Ok(names) => waiting.extend(names.into_iter().rev().map(|n| relative.join(n))),
                Err(cause) => walk.passed.push(passed(
                    "walk.unreadable",
                    format!("The folder cannot be read: {cause}."),
                    "Check the right to read it.",
                )),
            }
        } else if meta.is_symlink() {
            let notice = Notice::new(
                NoticeLevel::Remark,
                "walk.link",
                "A link inside a folder is not followed: it could lead anywhere.",
            );
            let notice = notice.next("Hand in what it points to.");
            walk.passed.push((shown(&relative), notice));
        } else {
            walk.passed.push(passed(
                "walk.special",
                "It is not a file (a device, a pipe or a socket).".to_owned(),
                "Leave it out.",
            ));
        }
    }
}

fn names(folder: &Path) -> std::io::Result<Vec<std::ffi::OsString>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name());
    }
    names.sort();
    Ok(names)
}

fn refused(code: &str, message: String) -> Notice {
    Notice::new(NoticeLevel::Refused, code, message)
}

/// A path as text: parts by `/`; bytes that are not UTF-8 as `\xHH`.
pub(crate) fn shown(path: &Path) -> String {
    let mut text = String::new();
    for (i, part) in path.components().enumerate() {
        if i > 0 && !text.ends_with('/') {
            text.push('/');
        }
        for chunk in part.as_os_str().as_encoded_bytes().utf8_chunks() {
            text.push_str(chunk.valid());
            for byte in chunk.invalid() {
                text.push_str(&format!("\\x{byte:02X}"));
            }
        }
    }
    text
}

/// The stamp of an open file, and the second of its last change.
pub(crate) fn stamp(meta: &fs::Metadata) -> (FileStamp, Option<i64>) {
    let modified = meta
        .modified()
        .ok()
        .map(|time| match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => {
                i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos)
            }
        });
    #[cfg(unix)]
    let changed = {
        use std::os::unix::fs::MetadataExt;
        meta.ctime()
            .saturating_mul(1_000_000_000)
            .saturating_add(meta.ctime_nsec())
    };
    #[cfg(not(unix))]
    let changed = 0;
    let stamp = FileStamp {
        bytes: meta.len(),
        modified: modified.unwrap_or(0),
        changed,
    };
    (stamp, modified.map(|nanos| nanos.div_euclid(1_000_000_000)))
}
