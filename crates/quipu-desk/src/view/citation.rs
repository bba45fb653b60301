//! The citation of a passage: document, page, words, seal, and a link that lasts.

use quipu_model::{Field, field_names};
use serde::Serialize;

use super::claims::{ClaimView, claim_view, find};
use super::document::{PassageView, seek};
use super::expression::Expressions;
use super::segment::visible;
use crate::address::PassageAddress;
use crate::names;
use crate::points::Points;
use crate::shelf::Held;

/// A passage with everything that proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CitationView {
    /// The hash of the source, 64 hexadecimal digits.
    pub source: String,
    /// Its title, subject or file name.
    pub title: String,
    /// Who wrote it.
    pub bylines: Vec<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When it was published or sent, EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The number of a cable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Where the file was found first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Where the passage is now.
    pub passage: PassageView,
    /// The repaired words.
    pub quote: String,
    /// The words as read, where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote_as_read: Option<String>,
    /// The claim that is cited, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimView>,
    /// The address of the passage in any reading room that holds the source.
    pub link: String,
    /// The seal of the archive.
    pub seal: String,
    /// Everything in one text, in the customary order.
    pub text: String,
}

/// The longest quotation given in full, in characters.
const LONGEST: usize = 4000;

/// The citation of a claim, by its written id, or of a passage; `None` when there
/// are no such words. Of a claim that is read no more the passage is cited.
#[must_use]
pub fn citation_view(
    held: &Held,
    address: Option<PassageAddress>,
    claim: Option<&str>,
    seal: &str,
) -> Option<CitationView> {
    let document = &held.document;
    let points = Points::new(&document.transcript.text);
    let claim = claim.and_then(|id| find(held, id));
    let address = match claim {
        Some(claim) => {
            let span = claim.anchor.span();
            let (start, end) = (span.start() as usize, span.end() as usize);
            let (start, end) = (points.at(start), points.at(end));
            PassageAddress::with_words(start, end, claim.anchor.quote())
        }
        None => address?,
    };
    let (passage, span) = seek(document, &points, address);
    let read = document.repaired.map.to_transcribed(span?);
    let as_read = read.of(&document.transcript.text)?;
    let quote = one_line(span?.of(&document.repaired.text)?);
    let read_line = one_line(as_read);
    let (start, end) = (
        points.at(read.start() as usize),
        points.at(read.end() as usize),
    );
    let address = PassageAddress::with_words(start, end, as_read);
    let source = held.source.hex();
    let expressions = Expressions {
        reading: &held.reading,
        text: &document.repaired.text,
        place: &|span| (span.range().start, span.range().end),
        section_of: &|_| None,
    };
    let cited = Cited::of(held);
    let claim = claim.map(|claim| claim_view(claim, &expressions));
    let claimed = claim.as_ref().map(|claim| format!("claim={}&", claim.id));
    let mut view = CitationView {
        title: cited.title,
        bylines: cited.bylines,
        publisher: cited.publisher,
        published: cited.published,
        number: cited.number,
        path: held.paths.first().cloned(),
        passage,
        quote_as_read: (read_line != quote).then(|| visible(&read_line)),
        quote,
        link: format!(
            "/d/{}?{}{}#passage",
            names::short(&source),
            claimed.unwrap_or_default(),
            address.parameters()
        ),
        claim,
        seal: seal.to_owned(),
        source,
        text: String::new(),
    };
    view.text = text(&view);
    Some(view)
}

/// What citations say of a document.
struct Cited {
    title: String,
    bylines: Vec<String>,
    publisher: Option<String>,
    published: Option<String>,
    number: Option<String>,
}

impl Cited {
    fn of(held: &Held) -> Self {
        let document = &held.document;
        let field = |names: &[&str]| -> Option<String> {
            let fields = names.iter().filter_map(|name| document.field(name));
            fields
                .map(|field| one_line(&field.value))
                .find(|value| !value.is_empty())
        };
        let mut bylines: Vec<String> = values(&document.fields, field_names::BYLINE);
        if bylines.is_empty() {
            bylines.extend(field(&["cable.from", "mail.from"]));
        }
        Self {
            title: names::title(held),
            bylines,
            publisher: field(&[field_names::PUBLISHER]),
            published: field(&[field_names::PUBLISHED, "cable.date", "mail.date"]),
            number: field(&["cable.number"]),
        }
    }

    /// Author. “Title”, publisher, number, date.
    fn text(&self) -> String {
        let mut text = String::new();
        if !self.bylines.is_empty() {
            text.push_str(self.bylines.join(", ").trim_end_matches('.'));
            text.push_str(". ");
        }
        text.push_str(&format!("“{}”", self.title));
        let facts = [&self.publisher, &self.number, &self.published];
        for fact in facts.into_iter().flatten() {
            text.push_str(", ");
            text.push_str(fact);
        }
        text
    }
}

/// How citations call a document: author, title, publisher, number, date.
pub(crate) fn cited_as(held: &Held) -> String {
    Cited::of(held).text()
}

fn values(fields: &[Field], name: &str) -> Vec<String> {
    let named = fields.iter().filter(|field| field.name == name);
    named.map(|field| one_line(&field.value)).take(8).collect()
}

fn one_line(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= LONGEST {
        return words;
    }
    let mut cut: String = words.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}

/// “Words.” Author. “Title.” Publisher, date, p. 3. [path] · quipu:…
///
/// It uses no word of any language but `p.`, which English and Spanish share.
fn text(view: &CitationView) -> String {
    let cited = Cited {
        title: view.title.clone(),
        bylines: view.bylines.clone(),
        publisher: view.publisher.clone(),
        published: view.published.clone(),
        number: view.number.clone(),
    };
    let mut text = format!("“{}” {}", view.quote, cited.text());
    if let Some(page) = view.passage.page {
        text.push_str(&format!(", p. {page}"));
    }
    text.push('.');
    if let Some(path) = &view.path {
        text.push_str(&format!(" [{path}]"));
    }
    text.push_str(&format!(" quipu:{} · seal {}", view.link, view.seal));
    text
}
