//! One document as the reading stage leaves it.

use crate::field::Field;
use crate::notice::{Notice, NoticeLevel};
use crate::offset_map::RepairedText;
use crate::span::{Repaired, Span};
use crate::transcript::Transcript;
use crate::{layout, words};

/// Everything reading knows of one source, apart from the files found inside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadDocument {
    /// What the bytes are, as an IANA media type, judged by content.
    pub media_type: String,
    /// The words as read.
    pub transcript: Transcript,
    /// The words after repair.
    pub repaired: RepairedText,
    /// What the document says about itself, in the order of the text.
    pub fields: Vec<Field>,
    /// Boilerplate and furniture, in the order of the text: kept, folded.
    pub zones: Vec<Zone>,
    /// The language of each sentence, in the order of the text.
    pub sentences: Vec<SentenceLanguage>,
    /// What could not be done as wished.
    pub notices: Vec<Notice>,
}

layout!(ReadDocument {
    media_type,
    transcript,
    repaired,
    fields,
    zones,
    sentences,
    notices
});

impl ReadDocument {
    /// The first value of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The weightiest notice; `None` when all went well.
    #[must_use]
    pub fn worst(&self) -> Option<NoticeLevel> {
        self.notices.iter().map(|notice| notice.level).max()
    }
}

/// A stretch that is not the document's own say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// The words.
    pub span: Span<Repaired>,
    /// What they are.
    pub kind: ZoneKind,
    /// The rule that said so.
    pub rule: String,
}

layout!(Zone { span, kind, rule });

/// Kinds of boilerplate and furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ZoneKind {
    /// Menus, breadcrumbs, section names.
    Navigation,
    /// Invitations to subscribe.
    Newsletter,
    /// Forms for readers' comments.
    CommentForm,
    /// Buttons to share or print.
    Share,
    /// Lists of other articles.
    Related,
    /// Copyright, terms, cookies, disclaimers of a mail.
    Legal,
    /// Advertising.
    Advertisement,
    /// Lines stamped on at release or by an archive.
    ReleaseStamp,
    /// Running heads, page numbers.
    PageFurniture,
}

words!(ZoneKind {
    Navigation = 1 "navigation",
    Newsletter = 2 "newsletter",
    CommentForm = 3 "comment-form",
    Share = 4 "share",
    Related = 5 "related",
    Legal = 6 "legal",
    Advertisement = 7 "advertisement",
    ReleaseStamp = 8 "release-stamp",
    PageFurniture = 9 "page-furniture",
});

/// A sentence with its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceLanguage {
    /// Its words.
    pub span: Span<Repaired>,
    /// The tag of a language pack (`en`, `es`); `None` when no pack fits or
    /// there are too few letters to tell.
    pub language: Option<String>,
}

layout!(SentenceLanguage { span, language });

/// A file found inside another: an attachment, a member of a ZIP, a message
/// of a mailbox. Its bytes become a source of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its path or name inside the container, cleaned of `..` and drive names.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
