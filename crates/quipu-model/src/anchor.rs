//! Anchors: where in which source the words stand.

use crate::id::SourceId;
use crate::layout;
use crate::offset_map::RepairedText;
use crate::span::{Repaired, Span, Transcribed};
use crate::transcript::Transcript;

/// A passage of a source.
///
/// Rule: the quote is the transcript's own words at the span, so an anchor can
/// be proved against the source. Only [`RepairedText::anchor`] makes one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    source: SourceId,
    span: Span<Transcribed>,
    page: Option<u32>,
    quote: String,
}

layout!(Anchor {
    source,
    span,
    page,
    quote
});

impl Anchor {
    /// The source quoted.
    #[must_use]
    pub const fn source(&self) -> SourceId {
        self.source
    }

    /// Where in its transcript.
    #[must_use]
    pub const fn span(&self) -> Span<Transcribed> {
        self.span
    }

    /// Page, counted from 1, where the source has pages.
    #[must_use]
    pub const fn page(&self) -> Option<u32> {
        self.page
    }

    /// The words as read, before repair.
    #[must_use]
    pub fn quote(&self) -> &str {
        &self.quote
    }
}

impl RepairedText {
    /// The anchor of a span of repaired words; `None` when it does not fit
    /// this text and that transcript.
    #[must_use]
    pub fn anchor(
        &self,
        source: SourceId,
        transcript: &Transcript,
        span: Span<Repaired>,
    ) -> Option<Anchor> {
        span.of(&self.text)?;
        let span = self.map.to_transcribed(span);
        let quote = span.of(&transcript.text)?.to_owned();
        Some(Anchor {
            source,
            span,
            page: transcript.page_of(span),
            quote,
        })
    }
}
