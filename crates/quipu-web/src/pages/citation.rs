//! The citation of a passage, to be copied.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use quipu_desk::SourceId;
use quipu_desk::address::PassageAddress;
use quipu_desk::view::citation::CitationView;
use quipu_desk::view::claims::ClaimView;

use super::claims::claim_line;
use super::{Asked, Trouble, html};
use crate::frame::Frame;
use crate::serve::SharedRoom;

#[derive(Template)]
#[template(path = "citation.html")]
struct CitationPage {
    t: Frame,
    view: CitationView,
}

impl CitationPage {
    /// What the cited claim says, in one line.
    fn claim_line(&self, claim: &ClaimView) -> String {
        claim_line(&self.t, claim)
    }
}

pub(super) fn page(room: &SharedRoom, asked: &Asked, id: SourceId) -> Result<Response, Trouble> {
    let words = Some(asked.parameter("w")).filter(|words| !words.is_empty());
    let passage = PassageAddress::from_parameters(asked.parameter("p"), words);
    let claim = Some(asked.parameter("claim")).filter(|id| !id.is_empty());
    let view = room.desk.citation(id, passage, claim)?;
    let view = view.ok_or(Trouble::NotFound)?;
    if asked.parameter("form") == "text" {
        let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        return Ok((kind, view.text).into_response());
    }
    let mut t = asked.frame.clone();
    t.up = view.link.clone();
    html(StatusCode::OK, &CitationPage { t, view })
}
