//! All files in a container, and every place where a source was found.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use quipu_desk::view::document::KinView;
use quipu_desk::{ReadAsk, SourceId};

use super::{Asked, Trouble, html};
use crate::frame::Frame;
use crate::serve::SharedRoom;

/// Entries on one page.
const PAGE: usize = 200;

#[derive(Template)]
#[template(path = "files.html")]
struct FilesPage {
    t: Frame,
    title: String,
    id: String,
    parts: Vec<KinView>,
    paths: Vec<String>,
    /// All parts there are.
    total: usize,
    before: Option<String>,
    after: Option<String>,
}

pub(super) fn page(room: &SharedRoom, asked: &Asked, id: SourceId) -> Result<Response, Trouble> {
    let view = room
        .desk
        .document(id, &ReadAsk::default())?
        .ok_or(Trouble::NotFound)?;
    let from: usize = asked.frame.parameters.number("from").unwrap_or(0);
    let total = view.parts.len().max(view.paths.len());
    let short = quipu_desk::names::short(&view.source).to_owned();
    let at = |from: usize| format!("/d/{short}/files?from={from}");
    let mut t = asked.frame.clone();
    t.up = format!("/d/{short}");
    let page = FilesPage {
        t,
        before: (from > 0).then(|| at(from.saturating_sub(PAGE))),
        after: (from.saturating_add(PAGE) < total).then(|| at(from + PAGE)),
        total: view.parts.len(),
        parts: view.parts.into_iter().skip(from).take(PAGE).collect(),
        paths: view.paths.into_iter().skip(from).take(PAGE).collect(),
        title: view.title,
        id: short,
    };
    html(StatusCode::OK, &page)
}

impl FilesPage {
    fn short<'a>(&self, kin: &'a KinView) -> &'a str {
        quipu_desk::names::short(&kin.source)
    }
}
