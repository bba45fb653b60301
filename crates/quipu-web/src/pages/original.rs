//! Bytes as they are: originals for download, pictures of pages.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quipu_desk::SourceId;

use super::{Asked, Trouble};
use crate::link::encoded;
use crate::pictures::width_drawn;
use crate::serve::SharedRoom;

/// The source itself. It is never shown by the browser, only saved: whatever
/// it holds, it stays bytes.
pub(super) fn original(room: &SharedRoom, id: SourceId) -> Result<Response, Trouble> {
    let (name, bytes) = room.desk.original(id)?.ok_or(Trouble::NotFound)?;
    let disposition = format!(
        "attachment; filename=\"{}\"; filename*=UTF-8''{}",
        plain_name(&name),
        encoded(&name).replace(['+', '*', ':', '/'], "_"),
    );
    let mut answer = bytes.into_response();
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment")),
    );
    Ok(answer)
}

/// A file name for clients that know ASCII only.
fn plain_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') {
                c
            } else {
                '_'
            }
        })
        .take(120)
        .collect();
    if plain.is_empty() {
        "source".to_owned()
    } else {
        plain
    }
}

/// A page as a picture, `NUMBER.png`.
pub(super) fn picture(
    room: &SharedRoom,
    asked: &Asked,
    id: SourceId,
    name: &str,
) -> Result<Response, Trouble> {
    let number = name
        .strip_suffix(".png")
        .and_then(|digits| digits.parse::<u32>().ok());
    let number = number
        .filter(|number| *number > 0)
        .ok_or(Trouble::NotFound)?;
    let width = width_drawn(asked.frame.parameters.number("w").unwrap_or(960));
    let kind = |kind| [(header::CONTENT_TYPE, kind)];
    let words = |key: &str| {
        let words = asked.frame.say(key);
        (
            StatusCode::NOT_FOUND,
            kind("text/plain; charset=utf-8"),
            words,
        )
            .into_response()
    };
    let Some(pictures) = &room.pictures else {
        return Ok(words("picture-none"));
    };
    Ok(match pictures.picture(&id.hex(), number, width) {
        Ok(png) if png.starts_with(b"\x89PNG") => (kind("image/png"), png).into_response(),
        Ok(_) | Err(_) => words("picture-failed"),
    })
}
