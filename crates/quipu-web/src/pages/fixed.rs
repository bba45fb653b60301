//! Pages that do not depend on the archive.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Asked, Trouble, html};
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "keys.html")]
struct KeysPage {
    t: Frame,
    /// A query as it is typed, and the key of what it means.
    examples: Vec<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "legend.html")]
struct LegendPage {
    t: Frame,
    repairs: Vec<&'static str>,
    standings: Vec<&'static str>,
}

/// Keys and the query language.
pub(super) fn keys(asked: &Asked) -> Result<Response, Trouble> {
    let examples = vec![
        ("fiscalía banco", "example-words"),
        ("\"tax office\"", "example-phrase"),
        ("\"bank mayor\"~5", "example-near"),
        ("juez OR fiscal", "example-or"),
        ("bank -river", "example-not"),
        ("(juez OR fiscal) pago", "example-group"),
        ("Mendoza~", "example-fuzzy"),
        ("contra*", "example-prefix"),
        ("title:bank", "example-field"),
        ("date:1991..1992", "example-date"),
        ("dated:1991-05", "example-dated"),
        ("before:1990-03", "example-before"),
        ("amount:>1000000 USD", "example-amount"),
        ("kind:payment payee:bank", "example-claim"),
        ("standing:alleged who:mayor", "example-claim-standing"),
        ("holder:embassy", "example-claim-holder"),
        ("kind:mail lang:es", "example-facet"),
    ];
    let t = asked.frame.clone();
    html(StatusCode::OK, &KeysPage { t, examples })
}

/// What the signs in a text mean.
pub(super) fn legend(asked: &Asked) -> Result<Response, Trouble> {
    let page = LegendPage {
        t: asked.frame.clone(),
        repairs: vec![
            "mojibake",
            "soft-hyphen",
            "line-hyphen",
            "ligature",
            "numeric-debris",
            "ocr-confusion",
            "spacing",
            "control",
            "entity",
            "several",
        ],
        standings: vec![
            "asserted",
            "reported",
            "alleged",
            "testified",
            "found",
            "denied",
            "retracted",
            "planned",
        ],
    };
    html(StatusCode::OK, &page)
}
