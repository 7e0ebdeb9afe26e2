//! HTTP: from requests to the engine and back. Nothing here decides what a record is.

mod accept;
mod auth;
mod body;
mod chunks;
mod connection;
mod connections;
mod document;
mod error;
mod faults;
mod head;
mod health;
mod limits;
mod links;
mod metrics;
mod observe;
mod query;
mod rate;
mod records;
mod refused;
mod relationships;
mod requests;
mod router;
mod schemas;
mod stamp;
mod stream;
mod target;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

pub(crate) use auth::ApiKey;
pub(crate) use limits::Limits;

use self::connections::Connections;
use self::metrics::Metrics;
use self::rate::Rates;
use crate::ServerBuilder;
use crate::engine::Engine;
use crate::fault::Rule;

/// What every request can see.
pub(crate) struct App {
    engine: Arc<Engine>,
    key: ApiKey,
    rates: Rates,
    addr: SocketAddr,
    public_url: Option<String>,
    body_limit: usize,
    limits: Limits,
    connections: Arc<Connections>,
    metrics: Metrics,
    faults: Vec<Rule>,
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
        let limits = settings.limits.clone();
        let connections = Arc::new(Connections::new(limits.connections));
        let body_limit = settings.body_limit;
        let metrics = Metrics::default();
        let faults = settings.faults.iter().cloned().map(Rule::new).collect();
        Self {
            engine,
            key,
            rates,
            addr,
            public_url,
            body_limit,
            limits,
            connections,
            metrics,
            faults,
        }
    }
}

/// Serves until `stop` is there and the requests under way are answered.
pub(crate) async fn serve(
    listener: TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    accept::serve(&listener, Arc::new(app), stop).await;
    Ok(())
}
