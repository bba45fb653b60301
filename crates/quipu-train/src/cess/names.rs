//! The names layer: CESS tags each proper noun as a person, an organisation, a place.

/// Kinds of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// A person, `np0000p`.
    Person,
    /// An organisation, `np0000o`.
    Organisation,
    /// A place, `np0000l`.
    Place,
    /// Another named thing, `np0000a`.
    Other,
    /// A proper noun the corpus gives no kind, `np00000`.
    Unknown,
}

impl NameKind {
    /// The tag in a column file.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organisation => "ORG",
            Self::Place => "LOC",
            Self::Other => "MISC",
            Self::Unknown => "UNK",
        }
    }
}

/// The kind of name a tag tells of.
#[must_use]
pub fn name_kind(tag: &str) -> Option<NameKind> {
    match tag {
        "np0000p" => Some(NameKind::Person),
        "np0000o" => Some(NameKind::Organisation),
        "np0000l" => Some(NameKind::Place),
        "np0000a" => Some(NameKind::Other),
        _ if tag.starts_with("np") => Some(NameKind::Unknown),
        _ => None,
    }
}
