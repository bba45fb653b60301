//! Pages packed for the way (gzip), where the browser takes it: a section with
//! hundreds of cards says the same words over and over.
//!
//! The secret of the room never stands in a page, so that no guess put into a
//! question can tell it by the size of the answer (BREACH).

use std::io::Write;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Shorter answers gain nothing.
const LEAST: usize = 1400;
/// Longer ones are sent as they are.
const MOST: usize = 16 << 20;

/// Packs an answer that is worth it.
pub(crate) async fn pack(request: Request, next: Next) -> Response {
    let wanted = request.method() == Method::GET && takes_gzip(request.headers());
    let answer = next.run(request).await;
    if !wanted || !is_text(answer.headers()) {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let Ok(bytes) = to_bytes(body, MOST).await else {
        return Response::from_parts(parts, Body::empty());
    };
    let packed = (bytes.len() >= LEAST).then(|| gzip(&bytes)).flatten();
    parts.headers.append(
        header::VARY,
        HeaderValue::from_name(header::ACCEPT_ENCODING),
    );
    let Some(packed) = packed else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts
        .headers
        .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Response::from_parts(parts, Body::from(packed))
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    let mut choices = accepted.unwrap_or_default().split(',');
    choices.any(|choice| {
        let (name, weight) = choice.split_once(';').unwrap_or((choice, ""));
        let refused = weight.trim().strip_prefix("q=");
        let refused = refused.is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// Pages, styles and modules; pictures and originals go as they are.
fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    ["text/html", "text/css", "text/javascript", "image/svg+xml"]
        .iter()
        .any(|own| kind.starts_with(own))
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::new(5));
    packer.write_all(bytes).ok()?;
    packer.finish().ok()
}
