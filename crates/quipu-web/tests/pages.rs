//! Pages as they leave the server, over a small archive.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod fixture;
mod painter;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use quipu_desk::{Archive, Desk};
use quipu_web::{Room, router};
use tower::ServiceExt;

const TOKEN: &str = "a-secret-of-this-run";
const PORT: u16 = 7000;

struct Visit {
    router: Router,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }
}

impl Visit {
    fn to(make: impl Fn(&std::path::Path) -> Archive) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = make(folder.path());
        let room = Room {
            desk: Arc::new(Desk::over(archive.snapshot().unwrap())),
            pictures: Some(Box::new(painter::Painter)),
            token: TOKEN.to_owned(),
        };
        Self {
            router: router(room, PORT),
            runtime: tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap(),
            _folder: folder,
        }
    }

    fn send(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let answer = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = answer.into_parts();
            Answer {
                status: parts.status,
                headers: parts.headers,
                body: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
            }
        })
    }

    fn get_with(&self, path: &str, extra: &[(header::HeaderName, &str)]) -> Answer {
        let mut request = Request::get(path)
            .header(header::HOST, format!("127.0.0.1:{PORT}"))
            .header(header::COOKIE, format!("quipu-{PORT}={TOKEN}"));
        for (name, value) in extra {
            request = request.header(name, *value);
        }
        self.send(request.body(Body::empty()).unwrap())
    }

    fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    /// The address of the first answer to a question.
    fn first(&self, query: &str) -> String {
        let page = self.get(&format!("/search?q={query}")).text();
        let at = page.find("<h2><a href=\"").expect("an answer") + 13;
        page[at..].split('"').next().unwrap().replace("&#38;", "&")
    }
}

#[test]
fn the_door_opens_to_the_secret_only() {
    let visit = Visit::to(fixture::filled);
    let bare = |path: &str, host: &str| {
        visit.send(
            Request::get(path)
                .header(header::HOST, host)
                .body(Body::empty())
                .unwrap(),
        )
    };
    let here = format!("localhost:{PORT}");
    assert_eq!(bare("/", &here).status, StatusCode::FORBIDDEN);
    assert_eq!(bare("/?k=wrong", &here).status, StatusCode::FORBIDDEN);
    assert_eq!(
        bare(&format!("/?k={TOKEN}"), "evil.example").status,
        StatusCode::MISDIRECTED_REQUEST
    );
    let open = bare(&format!("/search?q=a&k={TOKEN}"), &here);
    assert_eq!(open.status, StatusCode::SEE_OTHER);
    assert_eq!(open.header(header::LOCATION), "/search?q=a");
    let cookie = open.header(header::SET_COOKIE);
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    assert_eq!(bare("/-/room.css", &here).status, StatusCode::OK);
}

#[test]
fn a_change_must_come_from_a_page_of_the_room() {
    let visit = Visit::to(fixture::empty);
    let post = |name: &'static str, value: String| {
        let request = Request::post("/")
            .header(header::HOST, format!("127.0.0.1:{PORT}"))
            .header(header::COOKIE, format!("quipu-{PORT}={TOKEN}"))
            .header(name, value);
        visit.send(request.body(Body::empty()).unwrap()).status
    };
    assert_eq!(
        post("origin", "http://evil.example".to_owned()),
        StatusCode::FORBIDDEN
    );
    assert_eq!(post("origin", "null".to_owned()), StatusCode::FORBIDDEN);
    assert_eq!(post("x-none", String::new()), StatusCode::FORBIDDEN);
    assert_eq!(
        post("origin", format!("http://127.0.0.1:{PORT}")),
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert_eq!(
        post("sec-fetch-site", "same-origin".to_owned()),
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[test]
fn no_letter_of_a_hostile_document_becomes_markup() {
    let visit = Visit::to(fixture::filled);
    let document = visit.first("hostilepage");
    let id = document.split('?').next().unwrap();
    for path in [
        "/",
        "/search?q=hostilepage",
        &document,
        &format!("{id}/files"),
        &format!("{id}?p=0-40"),
    ] {
        let page = visit.get(path).text();
        // The one script and every handler of the page are the room's own.
        assert_eq!(page.matches("<script").count(), 1, "{path}");
        assert!(
            page.contains("<script type=\"module\" src=\"/-/room.js"),
            "{path}"
        );
        for live in [
            "<img src=x",
            "<svg onload",
            "<base",
            "<style",
            "<iframe",
            "href=\"javascript:",
            "<u>win",
            "<i>kind",
        ] {
            assert!(!page.contains(live), "{path} holds {live}");
        }
        let quoted = |sign: &str| {
            page.split('"')
                .skip(1)
                .step_by(2)
                .any(|value| value.contains(sign))
        };
        assert!(!quoted("<script"), "{path}: an attribute was broken out of");
    }
}

#[test]
fn originals_leave_as_bytes_and_pictures_as_pictures() {
    let visit = Visit::to(fixture::filled);
    let hostile = visit.first("hostilepage");
    let saved = visit.get(&format!("{}/original", hostile.split('?').next().unwrap()));
    assert_eq!(
        saved.header(header::CONTENT_TYPE),
        "application/octet-stream"
    );
    assert!(
        saved
            .header(header::CONTENT_DISPOSITION)
            .starts_with("attachment; filename=\"_img src")
    );
    let cable = visit.first("kind:cable");
    let cable = cable.split('?').next().unwrap();
    let drawn = visit.get(&format!("{cable}/page/1.png?w=300"));
    assert_eq!(drawn.header(header::CONTENT_TYPE), "image/png");
    let failed = visit.get(&format!("{cable}/page/9.png"));
    assert_eq!(failed.status, StatusCode::NOT_FOUND);
    assert!(failed.text().contains("could not be drawn"));
    for odd in ["0.png", "-1.png", "x.png", "1.svg", "99999999999.png"] {
        assert_eq!(
            visit.get(&format!("{cable}/page/{odd}")).status,
            StatusCode::NOT_FOUND,
            "{odd}"
        );
    }
}

#[test]
fn pages_stay_light_however_long_the_document() {
    let visit = Visit::to(fixture::filled);
    let long = visit.first("title:history");
    let long = long.split('?').next().unwrap();
    let mut text = String::new();
    let mut parts = 0;
    loop {
        parts += 1;
        let path = format!("{long}?part={parts}");
        let packed = visit.get_with(&path, &[(header::ACCEPT_ENCODING, "br, gzip")]);
        assert_eq!(packed.header(header::CONTENT_ENCODING), "gzip");
        assert_eq!(packed.header(header::VARY), "accept-encoding");
        assert!(
            packed.body.len() < 60_000,
            "part {parts} weighs {}",
            packed.body.len()
        );
        let page = visit.get_with(&path, &[(header::ACCEPT_ENCODING, "gzip;q=0")]);
        assert_eq!(page.header(header::CONTENT_ENCODING), "");
        assert!(
            page.body.len() < 1_200_000,
            "part {parts} is {} long",
            page.body.len()
        );
        let page = page.text();
        text.push_str(&page);
        if !page.contains("rel=\"next\"") {
            break;
        }
        assert!(parts < 100);
    }
    // Every paragraph is on one of the parts, once.
    for chapter in [1, 12, 24] {
        for paragraph in [1, 30] {
            let words = format!("In chapter {chapter}, paragraph {paragraph}, the");
            assert_eq!(text.matches(&words).count(), 1, "{words}");
        }
    }
    // Every claim has one card and is pointed at once.
    for claim in [1, 1000, 2880] {
        let card = format!("id=\"claim-{claim}\"");
        assert_eq!(text.matches(&card).count(), 1, "{card}");
        let words = format!("id=\"words-{claim}\"");
        assert_eq!(text.matches(&words).count(), 1, "{words}");
    }
    let found = visit.get(&visit.first("lighthousekeeper")).text();
    assert!(found.contains("next section with an answer") || found.contains("<mark class=\"match"));
}

#[test]
fn the_language_is_chosen_by_address_then_cookie_then_header() {
    let visit = Visit::to(fixture::empty);
    let spanish = "El archivo está vacío.";
    assert!(visit.get("/").text().contains("The archive is empty."));
    assert!(
        visit
            .get_with("/", &[(header::ACCEPT_LANGUAGE, "es-PE,en;q=0.5")])
            .text()
            .contains(spanish)
    );
    assert!(
        visit
            .get_with("/", &[(header::COOKIE, "quipu-lang=es")])
            .text()
            .contains(spanish)
    );
    let chosen = visit.get_with("/?lang=es", &[(header::COOKIE, "quipu-lang=en")]);
    assert!(chosen.text().contains(spanish));
    assert!(
        chosen
            .header(header::SET_COOKIE)
            .starts_with("quipu-lang=es;")
    );
}

#[test]
fn strange_addresses_get_an_answer_and_never_a_failure() {
    let visit = Visit::to(fixture::filled);
    let cable = visit.first("kind:cable");
    let cable = cable.split('?').next().unwrap().to_owned();
    let paths = [
        "/search?q=%00%ff&sort=zzz&page=99999999999999".to_owned(),
        "/search?q=((((&page=-1".to_owned(),
        format!("/search?q={}", "a+".repeat(3000)),
        "/?notices=18446744073709551615".to_owned(),
        "/d/zz".to_owned(),
        "/d/%2e%2e/%2e%2e".to_owned(),
        format!("{cable}?part=999999999&page=4294967295&p=99999999-999999999&w=ff.0"),
        format!("{cable}?p=5-6&w=ffffffff.000000000000"),
        format!("{cable}/cite?p=0-99999999999"),
        format!("{cable}/files?from=18446744073709551615"),
        format!("{cable}?claim=c00&kind=%00&standing=zzz&holder=%40source"),
        format!("{cable}?claim={}", "c".repeat(9000)),
        format!("{cable}/cite?claim=c0123"),
        "/search?q=kind:+who:(+holder:-+standing:%22%22~9".to_owned(),
    ];
    for path in paths {
        let answer = visit.get(&path);
        let status = answer.status;
        assert!(
            status == StatusCode::OK || status == StatusCode::NOT_FOUND,
            "{path}: {status}"
        );
    }
}
