//! One entry of the ledger and its one line of text.

use quipu_model::id::{hex, unhex};
use quipu_model::{Decision, Layout, SourceId, Subject};
use serde::Deserialize;

/// The hash that stands before the first entry.
pub const GENESIS: [u8; 32] = [0; 32];

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, counted from 1 without gaps.
    pub seq: u64,
    /// When it was written, RFC 3339 in UTC, as handed in.
    pub time: String,
    /// What was given.
    pub what: What,
    /// Hash of the entry before; [`GENESIS`] for the first.
    pub prev: [u8; 32],
}

/// What was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A source whose bytes were new to the archive.
    SourceTakenIn {
        /// BLAKE3 of its bytes.
        source: SourceId,
        /// How many bytes.
        bytes: u64,
        /// SHA-256 of its bytes.
        sha256: [u8; 32],
    },
    /// A place at which a source was found.
    SeenAt {
        /// The source.
        source: SourceId,
        /// Path below the root, beginning with the name of the file or folder
        /// that was handed in; inside a container the name there.
        path: String,
        /// The folder in which that file or folder lay, as an absolute path;
        /// empty inside a container.
        root: String,
        /// The source inside which it was found.
        container: Option<SourceId>,
        /// When the file says it was last changed, in seconds since 1970.
        modified: Option<i64>,
    },
    /// A decision of a person.
    Decision(Decision),
}

impl What {
    /// The word of the log.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::SourceTakenIn { .. } => "source-taken-in",
            Self::SeenAt { .. } => "seen-at",
            Self::Decision(_) => "decision",
        }
    }

    /// The source it is about, where it is about one.
    #[must_use]
    pub const fn source(&self) -> Option<SourceId> {
        match self {
            Self::SourceTakenIn { source, .. } | Self::SeenAt { source, .. } => Some(*source),
            Self::Decision(decision) => match decision.about {
                Subject::Source(source) => Some(source),
                _ => None,
            },
        }
    }
}

impl Entry {
    /// The line with its line end, and its hash.
    #[must_use]
    pub fn line(&self) -> (String, [u8; 32]) {
        let mut line = format!(
            "{{\"seq\":{},\"time\":{},\"what\":\"{}\"",
            self.seq,
            quoted(&self.time),
            self.what.word()
        );
        match &self.what {
            What::SourceTakenIn {
                source,
                bytes,
                sha256,
            } => {
                push(&mut line, "source", &quoted(&source.hex()));
                push(&mut line, "bytes", &bytes.to_string());
                push(&mut line, "sha256", &quoted(&hex(sha256)));
            }
            What::SeenAt {
                source,
                path,
                root,
                container,
                modified,
            } => {
                push(&mut line, "source", &quoted(&source.hex()));
                push(&mut line, "path", &quoted(path));
                push(&mut line, "root", &quoted(root));
                if let Some(container) = container {
                    push(&mut line, "container", &quoted(&container.hex()));
                }
                if let Some(modified) = modified {
                    push(&mut line, "modified", &modified.to_string());
                }
            }
            What::Decision(decision) => {
                // The words are for people; the layout is what counts.
                push(&mut line, "by", &quoted(&decision.by));
                push(&mut line, "about", &quoted(&subject(decision.about)));
                push(&mut line, "verdict", &quoted(decision.verdict.word()));
                push(&mut line, "reason", &quoted(&decision.reason));
                push(&mut line, "id", &quoted(&decision.id().written()));
                push(&mut line, "layout", &quoted(&hex(&decision.to_bytes())));
            }
        }
        push(&mut line, "prev", &quoted(&hex(&self.prev)));
        let hash = *blake3::hash(line.as_bytes()).as_bytes();
        push(&mut line, "hash", &quoted(&hex(&hash)));
        line.push_str("}\n");
        (line, hash)
    }
}

/// A decision's subject in words.
fn subject(about: Subject) -> String {
    match about {
        Subject::Source(id) => format!("source {id}"),
        Subject::Claim(id) => format!("claim {id}"),
        Subject::Pair(one, other) => format!("pair {one} {other}"),
        Subject::Finding(id) => format!("finding {id}"),
    }
}

fn push(line: &mut String, name: &str, value: &str) {
    line.push_str(",\"");
    line.push_str(name);
    line.push_str("\":");
    line.push_str(value);
}

/// A JSON string, always escaped in the same way.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Why a line is not the entry it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    /// It cannot be read at all.
    #[error("it is not an entry")]
    NotAnEntry,
    /// It can be read but is not written the one way entries are.
    #[error("its bytes are not the ones its hash was made over")]
    Altered,
    /// Its number or the hash before it do not follow on.
    #[error("it does not follow on the entry before it")]
    NotNext,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    seq: u64,
    time: String,
    what: String,
    source: Option<String>,
    bytes: Option<u64>,
    sha256: Option<String>,
    path: Option<String>,
    root: Option<String>,
    container: Option<String>,
    modified: Option<i64>,
    #[allow(dead_code)]
    by: Option<String>,
    #[allow(dead_code)]
    about: Option<String>,
    #[allow(dead_code)]
    verdict: Option<String>,
    #[allow(dead_code)]
    reason: Option<String>,
    #[allow(dead_code)]
    id: Option<String>,
    layout: Option<String>,
    prev: String,
    #[allow(dead_code)]
    hash: String,
}

/// Reads a line (without its line end) that must follow on the entry before.
///
/// # Errors
/// What is wrong with it. Any changed byte is found: a line is accepted only
/// if writing its entry again gives the same bytes.
pub fn read_line(line: &[u8], seq: u64, prev: [u8; 32]) -> Result<(Entry, [u8; 32]), BadLine> {
    let raw: Raw = serde_json::from_slice(line).map_err(|_| BadLine::NotAnEntry)?;
    let entry = from_raw(raw).ok_or(BadLine::NotAnEntry)?;
    let (again, hash) = entry.line();
    if again.as_bytes().strip_suffix(b"\n") != Some(line) {
        return Err(BadLine::Altered);
    }
    if entry.seq != seq || entry.prev != prev {
        return Err(BadLine::NotNext);
    }
    Ok((entry, hash))
}

fn from_raw(raw: Raw) -> Option<Entry> {
    let source = raw.source.as_deref().and_then(SourceId::from_hex);
    let what = match raw.what.as_str() {
        "source-taken-in" => What::SourceTakenIn {
            source: source?,
            bytes: raw.bytes?,
            sha256: unhex(&raw.sha256?)?,
        },
        "seen-at" => What::SeenAt {
            source: source?,
            path: raw.path?,
            root: raw.root?,
            container: match raw.container {
                Some(container) => Some(SourceId::from_hex(&container)?),
                None => None,
            },
            modified: raw.modified,
        },
        "decision" => What::Decision(Decision::from_bytes(&unhex_any(&raw.layout?)?).ok()?),
        _ => return None,
    };
    Some(Entry {
        seq: raw.seq,
        time: raw.time,
        what,
        prev: unhex(&raw.prev)?,
    })
}

fn unhex_any(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    digits
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
            _ => None,
        })
        .collect()
}
