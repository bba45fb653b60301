//! The server: a reading room over one desk, on loopback.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware;
use axum::response::Response;
use axum::routing::get;
use quipu_desk::Desk;
use tokio::sync::Semaphore;

use crate::link::Parameters;
use crate::pages::{self, Asked};
use crate::pictures::PictureMaker;
use crate::{assets, door, pack};

/// What a reading room needs.
pub struct Room {
    /// Answers every question.
    pub desk: Arc<Desk>,
    /// Draws pages; without one the text stands alone.
    pub pictures: Option<Box<dyn PictureMaker>>,
    /// The secret of this run: at least 128 bits of chance, as letters and
    /// digits. Whoever knows it can read everything.
    pub token: String,
}

/// The room as requests see it.
pub(crate) type Shared = Arc<SharedRoom>;

pub(crate) struct SharedRoom {
    pub(crate) desk: Arc<Desk>,
    pub(crate) pictures: Option<Box<dyn PictureMaker>>,
    pub(crate) token: String,
    pub(crate) port: u16,
    /// Cookies are shared by all ports of a host, so it carries the port.
    pub(crate) cookie: String,
    /// Questions answered at one time; more wait.
    desks: Semaphore,
}

/// The address to be opened first; it carries the secret.
#[must_use]
pub fn first_address(address: SocketAddr, token: &str) -> String {
    format!("http://{address}/?{}={token}", door::KEY)
}

/// Serves until the process ends.
///
/// # Errors
/// When the listener is not on loopback or the system refuses.
pub fn serve(room: Room, listener: TcpListener) -> std::io::Result<()> {
    let address = listener.local_addr()?;
    if !address.ip().is_loopback() {
        return Err(std::io::Error::new(
            std::io::ErrorKind::InvalidInput,
            format!(
                "{address} is not a loopback address; the reading room opens on 127.0.0.1 only"
            ),
        ));
    }
    listener.set_nonblocking(true)?;
    let router = router(room, address.port());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router).await
    })
}

/// The room as a service, for `serve` and for tests.
pub fn router(room: Room, port: u16) -> Router {
    let shared: Shared = Arc::new(SharedRoom {
        desk: room.desk,
        pictures: room.pictures,
        token: room.token,
        port,
        cookie: format!("quipu-{port}"),
        desks: Semaphore::new(8),
    });
    Router::new()
        .route("/", get(page))
        .route("/search", get(page))
        .route("/keys", get(page))
        .route("/legend", get(page))
        .route("/d/{id}", get(page))
        .route("/d/{id}/cite", get(page))
        .route("/d/{id}/files", get(page))
        .route("/d/{id}/original", get(page))
        .route("/d/{id}/page/{picture}", get(page))
        .route("/-/{name}", get(asset))
        .fallback(page)
        .with_state(shared.clone())
        .layer(middleware::from_fn_with_state(shared, door::keep))
        .layer(middleware::from_fn(pack::pack))
}

async fn asset(Path(name): Path<String>) -> Response {
    assets::answer(&name)
}

/// Every page is made by a plain function away from the reactor.
async fn page(State(room): State<Shared>, uri: Uri, headers: HeaderMap) -> Response {
    let parameters = Query::<Vec<(String, String)>>::try_from_uri(&uri);
    let parameters = parameters.map(|Query(pairs)| pairs).unwrap_or_default();
    let asked = Asked::new(&uri, &headers, Parameters::new(parameters));
    let Ok(_place) = room.desks.acquire().await else {
        return pages::failure(&asked, StatusCode::SERVICE_UNAVAILABLE);
    };
    let work = {
        let (room, asked) = (room.clone(), asked.clone());
        tokio::task::spawn_blocking(move || pages::page(&room, &asked))
    };
    match work.await {
        Ok(answer) => answer,
        // A page that panicked is our bug; the room stays open.
        Err(_) => pages::failure(&asked, StatusCode::INTERNAL_SERVER_ERROR),
    }
}
