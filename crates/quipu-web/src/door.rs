//! The door: who may come in, and what every answer carries.
//!
//! The room listens on loopback, but any page open in the same browser can
//! send requests there. So a request must name this host (against DNS
//! rebinding), carry the secret (against other users and pages), and a change
//! must come from a page of this room (against forged forms).

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use constant_time_eq::constant_time_eq;

use crate::pages;
use crate::serve::Shared;

/// The parameter that carries the secret at the first visit.
pub(crate) const KEY: &str = "k";

/// What every answer carries. Pages load their own styles, modules and
/// pictures and nothing else; no script stands in a page, so none that a
/// document brings can run.
const SEALS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("x-robots-tag", "noindex, nofollow"),
];

/// Lets a request in or says why not, and seals the answer.
pub(crate) async fn keep(State(room): State<Shared>, request: Request, next: Next) -> Response {
    let mut answer = match admit(&room, request.method(), request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(answer) => *answer,
    };
    let headers = answer.headers_mut();
    for (name, value) in SEALS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    // What is read here leaves no trace in the browser's cache.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    answer
}

fn admit(
    room: &Shared,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(), Box<Response>> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let refuse = |status, key| Box::new(pages::refusal(uri, headers, status, key));
    if !is_here(room.port, text(header::HOST).unwrap_or_default()) {
        return Err(refuse(StatusCode::MISDIRECTED_REQUEST, "refused-host"));
    }
    if !matches!(*method, Method::GET | Method::HEAD) && !is_own(room.port, headers) {
        return Err(refuse(StatusCode::FORBIDDEN, "refused-origin"));
    }
    if uri.path().starts_with("/-/") {
        // Styles and modules hold no secret, and the refusal needs them.
        return Ok(());
    }
    let offered = offered_key(uri);
    let known = cookies(headers).any(|(name, value)| {
        name == room.cookie && constant_time_eq(value.as_bytes(), room.token.as_bytes())
    });
    match offered {
        Some(key) if constant_time_eq(key.as_bytes(), room.token.as_bytes()) => {
            let cookie = format!(
                "{}={}; Path=/; HttpOnly; SameSite=Strict",
                room.cookie, room.token
            );
            let headers = [(header::LOCATION, clean(uri)), (header::SET_COOKIE, cookie)];
            Err(Box::new((StatusCode::SEE_OTHER, headers).into_response()))
        }
        _ if known => Ok(()),
        _ => Err(refuse(StatusCode::FORBIDDEN, "refused-key")),
    }
}

/// Whether a `Host` header names this server by an address that only this
/// machine has.
fn is_here(port: u16, host: &str) -> bool {
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        host.strip_prefix(name)
            .and_then(|rest| rest.strip_prefix(':'))
            == Some(&port.to_string())
    })
}

/// Whether a request was sent by a page of this room.
fn is_own(port: u16, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("origin") {
        // Browsers hide the origin of forms on pages that send no referrer;
        // then they tell the relation itself.
        None | Some("null") => text("sec-fetch-site") == Some("same-origin"),
        Some(origin) => origin
            .strip_prefix("http://")
            .is_some_and(|host| is_here(port, host)),
    }
}

/// All cookies of a request.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

fn offered_key(uri: &Uri) -> Option<&str> {
    let mut pairs = uri.query()?.split('&');
    pairs.find_map(|pair| pair.strip_prefix(KEY)?.strip_prefix('='))
}

/// The address without the secret.
fn clean(uri: &Uri) -> String {
    let kept: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("k="))
        .collect();
    // A path such as `//elsewhere` would lead out of the room.
    let path = format!("/{}", uri.path().trim_start_matches(['/', '\\']));
    if kept.is_empty() {
        path
    } else {
        format!("{path}?{}", kept.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_names_with_the_port_are_here() {
        for host in ["127.0.0.1:7000", "localhost:7000", "[::1]:7000"] {
            assert!(is_here(7000, host), "{host}");
        }
        for host in [
            "",
            "localhost",
            "evil.example:7000",
            "127.0.0.1:70001",
            "127.0.0.1:7000.evil.example",
            "localhost.evil.example:7000",
        ] {
            assert!(!is_here(7000, host), "{host}");
        }
    }

    #[test]
    fn the_secret_leaves_the_address_and_the_room_is_not_left() {
        let clean = |address: &str| clean(&address.parse().unwrap());
        assert_eq!(clean("/?k=abc"), "/");
        assert_eq!(clean("/d/ff00?p=1-2&k=abc&w=3.4"), "/d/ff00?p=1-2&w=3.4");
        assert_eq!(clean("//evil.example/?k=abc"), "/evil.example/");
    }
}
