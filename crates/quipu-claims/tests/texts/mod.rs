//! Texts as the tests of rooms behind the annotator have them.

use quipu_annotate::{Annotator, Hands, flowing};
use quipu_model::{AnnotatedText, SentenceLanguage, Span};

/// A text of one language with its trees and names.
pub(crate) fn annotated(annotator: &Annotator<'_>, tag: &str, text: &str) -> AnnotatedText {
    let languages = [SentenceLanguage {
        span: Span::from_usize(0, text.len()),
        language: Some(tag.to_owned()),
    }];
    annotator.annotate(&flowing(text), &languages, &[], &mut Hands::default())
}
