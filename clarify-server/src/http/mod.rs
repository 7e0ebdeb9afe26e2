//! HTTP: from requests to the engine and back. Nothing here decides what a record is.

mod auth;
mod body;
mod document;
mod error;
mod links;
mod query;
mod rate;
mod records;
mod router;
mod schemas;
mod stamp;
mod stream;
mod target;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

pub(crate) use auth::ApiKey;

use self::rate::Rates;
use self::stream::Encoding;
use crate::ServerBuilder;
use crate::engine::Engine;

/// What every request can see.
pub(crate) struct App {
    engine: Arc<Engine>,
    key: ApiKey,
    rates: Rates,
    addr: SocketAddr,
    public_url: Option<String>,
    body_limit: usize,
}

impl App {
    pub(crate) fn new(
        engine: Arc<Engine>,
        key: ApiKey,
        addr: SocketAddr,
        settings: &ServerBuilder,
    ) -> Self {
        let documented = engine.contract().rate_limit;
        let limit = settings.rate_limit.unwrap_or(documented);
        let rates = Rates::new(limit, settings.rate_limit.is_some());
        let public_url = settings.public_url.as_deref();
        let public_url = public_url.map(|url| url.trim_end_matches('/').to_owned());
        Self { engine, key, rates, addr, public_url, body_limit: settings.body_limit }
    }
}

/// Serves until `stop` is there and the requests under way are answered.
pub(crate) async fn serve(
    listener: TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let listener = Encoding(tokio::net::TcpListener::from_std(listener)?);
    axum::serve(listener, router::router(Arc::new(app))).with_graceful_shutdown(stop).await
}
