//! Pages that say what went wrong and what to do.

use askama::Template;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::{Asked, Trouble, html};
use crate::frame::Frame;
use crate::link::Parameters;
use crate::serve::SharedRoom;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    t: Frame,
    title: String,
    advice: String,
    /// Addresses and titles to choose from.
    choices: Vec<(String, String)>,
}

pub(super) fn trouble(room: &SharedRoom, asked: &Asked, trouble: &Trouble) -> Response {
    let t = asked.frame.clone();
    let (status, title, advice) = match trouble {
        Trouble::NotFound => (
            StatusCode::NOT_FOUND,
            t.say("not-found"),
            t.say("not-found-advice"),
        ),
        Trouble::Several(_) => (
            StatusCode::MULTIPLE_CHOICES,
            t.say("several-sources"),
            t.say("several-sources-advice"),
        ),
        Trouble::Archive(reason) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            t.say("archive-silent"),
            t.say_with("archive-silent-advice", reason),
        ),
        Trouble::Template => return failure(asked, StatusCode::INTERNAL_SERVER_ERROR),
    };
    let choices = match trouble {
        Trouble::Several(ids) => ids
            .iter()
            .map(|id| {
                let title = room.desk.title(*id).ok().flatten();
                (format!("/d/{id}"), title.unwrap_or_else(|| id.hex()))
            })
            .collect(),
        _ => Vec::new(),
    };
    let page = ErrorPage {
        t,
        title,
        advice,
        choices,
    };
    html(status, &page).unwrap_or_else(|_| failure(asked, status))
}

/// The answer when nothing else is left.
pub(crate) fn failure(asked: &Asked, status: StatusCode) -> Response {
    let words = asked.frame.say("failure");
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (status, kind, words).into_response()
}

/// The answer to somebody who may not come in; it tells nothing of the archive.
pub(crate) fn refusal(uri: &Uri, headers: &HeaderMap, status: StatusCode, key: &str) -> Response {
    let asked = Asked::new(uri, headers, Parameters::default());
    let mut t = asked.frame.clone();
    t.inside = false;
    let page = ErrorPage {
        title: t.say("refused"),
        advice: t.say(key),
        choices: Vec::new(),
        t,
    };
    html(status, &page).unwrap_or_else(|_| failure(&asked, status))
}
