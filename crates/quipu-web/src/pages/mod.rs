//! Pages: which request gets which, and what they share.

mod citation;
mod claims;
mod document;
mod errors;
mod files;
mod fixed;
mod meanings;
mod original;
mod overview;
mod search;

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use quipu_desk::{Named, ShelfError, SourceId};

pub(crate) use self::errors::{failure, refusal};
use crate::door::cookies;
use crate::frame::{Frame, Look};
use crate::link::Parameters;
use crate::serve::SharedRoom;
use crate::words::{Language, Words};

/// A request, as far as pages care.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) frame: Frame,
    /// Whether the address itself chooses a language or a look to be kept.
    keep: Vec<(&'static str, &'static str)>,
}

impl Asked {
    pub(crate) fn new(uri: &Uri, headers: &HeaderMap, parameters: Parameters) -> Self {
        let cookie = |wanted: &str| {
            let mut all = cookies(headers);
            all.find(|(name, _)| *name == wanted)
                .map(|(_, value)| value)
        };
        let mut keep = Vec::new();
        let accepted = || {
            let header = headers.get(header::ACCEPT_LANGUAGE);
            Language::accepted(header.and_then(|v| v.to_str().ok()).unwrap_or_default())
        };
        let language = match Language::from_tag(parameters.get("lang")) {
            Some(language) => {
                keep.push(("quipu-lang", language.tag()));
                language
            }
            None => cookie("quipu-lang")
                .and_then(Language::from_tag)
                .unwrap_or_else(accepted),
        };
        let look = match Look::from_word(parameters.get("look")) {
            Some(look) => {
                keep.push(("quipu-look", look.word()));
                look
            }
            None => cookie("quipu-look")
                .and_then(Look::from_word)
                .unwrap_or(Look::System),
        };
        Self {
            frame: Frame {
                words: Words { language },
                look,
                path: uri.path().to_owned(),
                query: parameters.get("q").to_owned(),
                parameters,
                up: "/".to_owned(),
                inside: true,
            },
            keep,
        }
    }

    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.frame.parameters.get(name)
    }
}

/// Why a page could not be made.
pub(crate) enum Trouble {
    /// There is no such page or source.
    NotFound,
    /// The beginning of a hash that several sources share.
    Several(Vec<SourceId>),
    /// The archive could not answer.
    Archive(String),
    /// The template failed, which is our bug.
    Template,
}

impl From<ShelfError> for Trouble {
    fn from(error: ShelfError) -> Self {
        Self::Archive(error.0)
    }
}

impl From<askama::Error> for Trouble {
    fn from(_: askama::Error) -> Self {
        Self::Template
    }
}

/// The answer to a request.
pub(crate) fn page(room: &SharedRoom, asked: &Asked) -> Response {
    let path = asked.frame.path.as_str();
    let mut parts = path.split('/').skip(1);
    let made = match (
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
    ) {
        (Some(""), None, ..) => overview::page(room, asked),
        (Some("search"), None, ..) => search::page(room, asked),
        (Some("keys"), None, ..) => fixed::keys(asked),
        (Some("legend"), None, ..) => fixed::legend(asked),
        (Some("d"), Some(id), rest, last, None) => {
            source(room, id).and_then(|id| match (rest, last) {
                (None, None) => document::page(room, asked, id),
                (Some("cite"), None) => citation::page(room, asked, id),
                (Some("files"), None) => files::page(room, asked, id),
                (Some("original"), None) => original::original(room, id),
                (Some("page"), Some(picture)) => original::picture(room, asked, id, picture),
                _ => Err(Trouble::NotFound),
            })
        }
        _ => Err(Trouble::NotFound),
    };
    let mut answer = made.unwrap_or_else(|trouble| errors::trouble(room, asked, &trouble));
    for (name, value) in &asked.keep {
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    answer
}

fn source(room: &SharedRoom, digits: &str) -> Result<SourceId, Trouble> {
    match room.desk.named(digits)? {
        Named::One(id) => Ok(id),
        Named::Several(ids) => Err(Trouble::Several(ids)),
        Named::None => Err(Trouble::NotFound),
    }
}

/// A rendered template as an answer.
fn html(status: StatusCode, template: &impl Template) -> Result<Response, Trouble> {
    let page = template.render()?;
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Ok((status, kind, page).into_response())
}
