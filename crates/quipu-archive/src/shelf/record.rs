//! What is put on the shelf and taken from it.

use quipu_model::time::Day;
use quipu_model::{ReadDocument, Reading, RecipeId, SourceId};

/// A document on its way to the shelf.
#[derive(Debug, Clone)]
pub struct Shelved {
    /// Its source.
    pub source: SourceId,
    /// What it was made with.
    pub recipe: RecipeId,
    /// The document as reading left it.
    pub document: ReadDocument,
    /// What lists and facets show of it.
    pub card: Card,
    /// What was understood of it.
    pub reading: Reading,
    /// What the reading was made with.
    pub reading_recipe: RecipeId,
}

/// The newest recipes: of documents, and of what is understood of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipes {
    /// How sources are read.
    pub document: RecipeId,
    /// How documents are understood.
    pub reading: RecipeId,
}

/// A source whose records are missing or outdated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale {
    /// Its entry in the ledger.
    pub entry: u64,
    /// The source.
    pub source: SourceId,
    /// Its bytes.
    pub bytes: u64,
    /// Whether it must be read; else its document stands and only the reading
    /// is made again.
    pub unread: bool,
}

/// What lists, facets and sorting show of a document, as plain values. Whoever
/// derives them hands them in; the archive only keeps and finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// Title or headline.
    pub title: Option<String>,
    /// Kind of document (`cable`, `mail`, `article`…).
    pub kind: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published or sent, as EDTF.
    pub published: Option<String>,
    /// First day that can mean.
    pub earliest: Option<Day>,
    /// Last day that can mean.
    pub latest: Option<Day>,
    /// Language of most of its sentences.
    pub language: Option<String>,
    /// Sentences by language, sorted by tag.
    pub languages: Vec<(String, u32)>,
}

/// Where a source was seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The container, for a source found inside another.
    pub container: Option<SourceId>,
    /// Path below `root`, or the name inside the container.
    pub path: String,
    /// The absolute folder in which the file or folder handed in lay; empty
    /// inside a container.
    pub root: String,
    /// When the file said it was last changed, in seconds since 1970.
    pub modified: Option<i64>,
}

/// What the file system says of a file; while it stays the same, the file is
/// taken to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    /// Length in bytes.
    pub bytes: u64,
    /// Last change of its content, in nanoseconds since 1970.
    pub modified: i64,
    /// Last change of content or standing, in nanoseconds since 1970; a program
    /// can set back the one above, not this.
    pub changed: i64,
}
