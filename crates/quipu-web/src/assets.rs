//! Styles, browser modules and the sign of the house, compiled in.

use std::fmt::Write as _;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// Files served under `/-/`.
#[derive(RustEmbed)]
#[folder = "../../web/styles"]
struct Styles;

#[derive(RustEmbed)]
#[folder = "../../web/modules"]
struct Modules;

fn find(name: &str) -> Option<(rust_embed::EmbeddedFile, &'static str)> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending {
        "css" => Some((Styles::get(name)?, "text/css; charset=utf-8")),
        "svg" => Some((Styles::get(name)?, "image/svg+xml")),
        "js" => Some((Modules::get(name)?, "text/javascript; charset=utf-8")),
        _ => None,
    }
}

/// The address of a file; it changes with the file, so browsers may keep it.
pub(crate) fn address(name: &str) -> String {
    let mut address = format!("/-/{name}");
    if let Some((file, _)) = find(name) {
        address.push_str("?v=");
        for byte in file.metadata.sha256_hash().iter().take(6) {
            let _ = write!(address, "{byte:02x}");
        }
    }
    address
}

/// The answer to `/-/NAME`.
pub(crate) fn answer(name: &str) -> Response {
    match find(name) {
        Some((file, media_type)) => (
            [
                (header::CONTENT_TYPE, media_type),
                (
                    header::CACHE_CONTROL,
                    "private, max-age=31536000, immutable",
                ),
            ],
            file.data.into_owned(),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
