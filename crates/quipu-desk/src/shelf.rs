//! What the desk asks of an archive, no more. The archive answers in
//! `from_archive.rs`; tests answer from memory.

use quipu_model::{Notice, ReadDocument, Reading, Repaired, SourceId, Span};

use crate::query::{Known, Node};

/// Why an archive could not answer, in words a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ShelfError(pub String);

/// An archive as it stood at one moment.
pub trait Shelf: Send + Sync {
    /// The seal: a hash over everything given so far, as written.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn seal(&self) -> Result<String, ShelfError>;

    /// What the archive holds.
    ///
    /// # Errors
    /// When shelf or index cannot be read.
    fn tally(&self) -> Result<Tally, ShelfError>;

    /// What there is to say about sources, the gravest first: so many notices
    /// from number `from` on.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn notices(&self, from: usize, count: usize) -> Result<Vec<Noticed>, ShelfError>;

    /// What answers a question.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn find(&self, wanted: &Wanted) -> Result<Found, ShelfError>;

    /// The passages of a document that answer a question, the best first.
    ///
    /// # Errors
    /// When a pattern of the question cannot be used.
    fn passages(&self, asks: &Node, held: &Held) -> Result<Vec<Lit>, ShelfError>;

    /// What claims can be asked for.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn known(&self) -> Result<Known, ShelfError>;

    /// One source with all that was read from it.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn held(&self, source: SourceId) -> Result<Option<Held>, ShelfError>;

    /// The sources whose hash begins with these hexadecimal digits, at most
    /// `count` of them, in the order of the hashes.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn beginning_with(&self, digits: &str, count: usize) -> Result<Vec<SourceId>, ShelfError>;

    /// The bytes of a source, exactly as received.
    ///
    /// # Errors
    /// When the disk refuses.
    fn original(&self, source: SourceId) -> Result<Option<Vec<u8>>, ShelfError>;

    /// Every source, in the order of the hashes.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn sources(&self) -> Result<Vec<SourceId>, ShelfError>;
}

/// One source as the archive holds it.
#[derive(Debug, Clone)]
pub struct Held {
    /// Its id.
    pub source: SourceId,
    /// Its size in bytes.
    pub bytes: u64,
    /// What was read from it.
    pub document: ReadDocument,
    /// What was understood of it.
    pub reading: Reading,
    /// Every path it was found at, in order.
    pub paths: Vec<String>,
    /// The containers it was found in, with its name there.
    pub inside: Vec<Kin>,
    /// What was found in it, in its order.
    pub parts: Vec<Kin>,
}

/// A passage that answers a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lit {
    /// Sentences around the words that answer.
    pub span: Span<Repaired>,
    /// Those words, ascending.
    pub matches: Vec<Span<Repaired>>,
    /// The claims in them that answer, by their numbers in the reading from 0.
    pub claims: Vec<usize>,
}

/// A source beside another one: its container or its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// Its id.
    pub source: SourceId,
    /// The name inside the container.
    pub name: String,
    /// Its title, or its file name.
    pub title: String,
    /// Its media type.
    pub media_type: String,
}

/// What an archive holds, counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Sources, each counted once.
    pub sources: u64,
    /// Pages, where the formats have pages.
    pub pages: u64,
    /// Bytes of the sources.
    pub bytes: u64,
    /// Counts by facet: `kind`, `type`, `lang`, `year`, `folder`…
    pub facets: Vec<Facet>,
    /// Sources with notices, by weight: remarks, damaged, refused.
    pub remarked: u64,
    /// Of which something is missing.
    pub damaged: u64,
    /// Of which nothing could be read.
    pub refused: u64,
}

/// Counts along one line, the largest first unless the line has an order of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facet {
    /// The field of the query language it narrows.
    pub field: &'static str,
    /// Values with their counts.
    pub counts: Vec<(String, u64)>,
}

/// A source with something to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noticed {
    /// Its id.
    pub source: SourceId,
    /// Its title, or its file name.
    pub title: String,
    /// Where it was found first.
    pub path: String,
    /// What there is to say.
    pub notice: Notice,
}

/// In which order answers come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The most telling first.
    #[default]
    Relevance,
    /// The earliest first; undated ones last.
    Oldest,
    /// The latest first; undated ones last.
    Newest,
    /// By title.
    Title,
}

impl Sort {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Oldest, Self::Newest, Self::Title];

    /// The word in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::Title => "title",
        }
    }

    /// The order a word stands for; an unknown one is by relevance.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|sort| sort.word() == word).unwrap_or_default()
    }
}

/// A question to the index.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What is looked for; `None` for everything.
    pub asks: Option<Node>,
    /// Order.
    pub sort: Sort,
    /// Answers to leave out at the front.
    pub skip: usize,
    /// Answers at most.
    pub count: usize,
}

/// The answer of the index.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Documents that answer.
    pub total: u64,
    /// Some of them, with their text.
    pub hits: Vec<Held>,
    /// Counts over all of them.
    pub facets: Vec<Facet>,
}
