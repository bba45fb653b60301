//! The fields of the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema,
    TextFieldIndexing, TextOptions,
};

/// Version of the projection; another one makes the index anew.
pub(crate) const VERSION: u32 = 3;

/// Classes by which documents are counted and chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// Media type, judged by content.
    MediaType,
    /// Kind of document (`cable`, `article`…).
    Kind,
    /// Tags of the languages it has sentences in.
    Language,
    /// Years its date can lie in, four digits or more.
    Year,
    /// Folders it lies in, each with all that lead to it.
    Folder,
    /// Publisher.
    Publisher,
    /// Weightiest notice: `remark`, `damaged`, `refused`, or `none`.
    Notices,
    /// Kinds of its claims.
    ClaimKind,
    /// Standings of its claims.
    Standing,
}

impl Facet {
    /// Every facet.
    pub const ALL: &'static [Self] = &[
        Self::MediaType,
        Self::Kind,
        Self::Language,
        Self::Year,
        Self::Folder,
        Self::Publisher,
        Self::Notices,
        Self::ClaimKind,
        Self::Standing,
    ];

    /// Its name in addresses and in the index.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::MediaType => "type",
            Self::Kind => "kind",
            Self::Language => "language",
            Self::Year => "year",
            Self::Folder => "folder",
            Self::Publisher => "publisher",
            Self::Notices => "notices",
            Self::ClaimKind => "claim",
            Self::Standing => "standing",
        }
    }

    /// The facet with that name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|facet| facet.word() == word)
    }
}

/// Numbers by which documents are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// Pages.
    Pages,
    /// Bytes of the source.
    Bytes,
    /// Characters of text.
    Characters,
}

impl Number {
    const fn word(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Bytes => "bytes",
            Self::Characters => "characters",
        }
    }
}

/// The fields, ready to hand.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    /// The id of the source: kept, and how a document is replaced.
    pub(crate) source: Field,
    /// The first eight bytes of the id, by which equal ranks are ordered.
    pub(crate) tie: Field,
    /// Words of the document's own say.
    pub(crate) body: Field,
    /// Words of boilerplate.
    pub(crate) aside: Field,
    /// Words of fields, each led by the name of its field.
    pub(crate) fields: Field,
    /// Parts of intervals: of times and amounts in the text.
    pub(crate) intervals: Field,
    /// Words of claims, each claim one position.
    pub(crate) claims: Field,
    /// Names of the roles that somebody fills.
    pub(crate) roles: Field,
    /// Title, folded, for ordering.
    pub(crate) title: Field,
    pub(crate) earliest: Field,
    pub(crate) latest: Field,
    facets: Vec<(Facet, Field)>,
    numbers: Vec<(Number, Field)>,
}

pub(crate) const TIE: &str = "tie";
pub(crate) const TITLE: &str = "title";
pub(crate) const EARLIEST: &str = "earliest";
pub(crate) const LATEST: &str = "latest";

impl Fields {
    pub(crate) fn new() -> Self {
        let mut schema = Schema::builder();
        let placed = |fieldnorms| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("raw")
                    .set_fieldnorms(fieldnorms)
                    .set_index_option(IndexRecordOption::WithFreqsAndPositions),
            )
        };
        let days = NumericOptions::default().set_fast();
        Self {
            source: schema.add_bytes_field("source", STORED | INDEXED),
            tie: schema.add_u64_field(TIE, FAST),
            body: schema.add_text_field("body", placed(true)),
            aside: schema.add_text_field("aside", placed(true)),
            fields: schema.add_text_field("fields", placed(true)),
            intervals: schema.add_text_field(
                "intervals",
                TextOptions::default().set_indexing_options(
                    TextFieldIndexing::default()
                        .set_tokenizer("raw")
                        .set_fieldnorms(false)
                        .set_index_option(IndexRecordOption::Basic),
                ),
            ),
            claims: schema.add_text_field("claims", placed(false)),
            roles: schema.add_text_field("roles", STRING),
            title: schema.add_text_field(TITLE, TextOptions::default().set_fast("raw")),
            earliest: schema.add_i64_field(EARLIEST, days.clone()),
            latest: schema.add_i64_field(LATEST, days.clone()),
            facets: Facet::ALL
                .iter()
                .map(|facet| {
                    let field = schema.add_text_field(&facet_column(*facet), STRING | FAST);
                    (*facet, field)
                })
                .collect(),
            numbers: [Number::Pages, Number::Bytes, Number::Characters]
                .map(|number| (number, schema.add_u64_field(number.word(), days.clone())))
                .to_vec(),
            schema: schema.build(),
        }
    }

    pub(crate) fn facet(&self, facet: Facet) -> Option<Field> {
        let found = self.facets.iter().find(|(one, _)| *one == facet);
        found.map(|(_, field)| *field)
    }

    pub(crate) fn number(&self, number: Number) -> Option<Field> {
        let found = self.numbers.iter().find(|(one, _)| *one == number);
        found.map(|(_, field)| *field)
    }
}

pub(crate) fn facet_column(facet: Facet) -> String {
    format!("facet_{}", facet.word())
}

/// What leads the words of a field.
pub(crate) fn field_lead(name: &str) -> String {
    format!("\u{2}{name}\u{2}")
}
