//! HTTP: from requests to the engine and back. Nothing here decides what a record is.

mod accept;
mod answers;
mod asked;
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
mod journal;
mod limits;
mod links;
mod metrics;
mod observe;
mod openapi;
mod pass;
mod pieces;
mod query;
mod rate;
mod records;
mod refused;
mod relationships;
mod requests;
mod room;
mod router;
mod routes;
mod schemas;
mod stamp;
mod stream;
mod target;
mod workspaces;

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, OnceLock, RwLock};

use tokio::runtime::Handle;

pub(crate) use answers::MOST as MOST_ANSWERS;
pub(crate) use auth::ApiKey;
pub(crate) use limits::Limits;
pub(crate) use workspaces::{Hosted, Workspaces};

use self::answers::Answers;
use self::connections::Connections;
use self::metrics::Metrics;
use self::rate::Rates;
use self::router::Router;
use self::routes::routes;
use crate::contract::Terms;
use crate::engine::Engine;
use crate::fault::Rule;
use crate::store::{Counts, Store};
use crate::{Contract, Error, ServerBuilder, Synchronous, WorkspaceSettings};

/// What every request can see.
pub(crate) struct App {
    pub(crate) workspaces: Arc<Workspaces>,
    /// Of the workspaces that the service began with; those that came later have their own.
    pub(crate) store: Arc<Store>,
    pub(crate) counts: Arc<Counts>,
    /// Counts those whom no workspace lets in, so that they use up nobody's room.
    strangers: Rates,
    rate_limit: Option<u32>,
    /// How many bytes of answers each workspace keeps.
    kept_answers: usize,
    pub(crate) runtime: Handle,
    pub(crate) contract: Contract,
    pub(crate) synchronous: Synchronous,
    pub(crate) addr: SocketAddr,
    public_url: Option<String>,
    body_limit: usize,
    limits: Limits,
    connections: Arc<Connections>,
    metrics: Metrics,
    /// The OpenAPI document, once somebody has asked for it.
    openapi: OnceLock<String>,
    faults: Vec<Rule>,
}

impl App {
    pub(crate) fn new(
        store: Arc<Store>,
        counts: Arc<Counts>,
        addr: SocketAddr,
        runtime: Handle,
        settings: &ServerBuilder,
    ) -> Self {
        let public_url = settings.public_url.as_deref();
        let limits = settings.limits.clone();
        Self {
            workspaces: Arc::default(),
            store,
            counts,
            strangers: rates(settings.rate_limit, settings.contract.terms()),
            rate_limit: settings.rate_limit,
            kept_answers: settings.kept_answers,
            runtime,
            contract: settings.contract,
            synchronous: settings.synchronous,
            addr,
            public_url: public_url.map(|url| url.trim_end_matches('/').to_owned()),
            body_limit: settings.body_limit,
            connections: Arc::new(Connections::new(limits.connections)),
            limits,
            metrics: Metrics::default(),
            openapi: OnceLock::new(),
            faults: settings.faults.iter().cloned().map(Rule::new).collect(),
        }
    }

    /// Lets requests with these keys into a workspace.
    pub(crate) fn open(
        &self,
        engine: Engine,
        settings: &WorkspaceSettings,
        keys: &[ApiKey],
    ) -> Result<Arc<Hosted>, Error> {
        let hosted = Arc::new(Hosted {
            name: settings.name.clone(),
            rates: RwLock::new(rates(self.rate_limit, engine.contract())),
            engine: Arc::new(engine),
            faults: RwLock::default(),
            answers: Answers::new(self.kept_answers),
            journal: settings.keeps_requests.then(Arc::default),
            gate: Arc::default(),
        });
        if self.workspaces.open(Arc::clone(&hosted), keys) {
            return Ok(hosted);
        }
        let name = &settings.name;
        Err(Error::Setting(format!("workspace `{name}`: there is one of this name")))
    }
}

/// Requests over the limit are refused where one was set; else the contract's is only told.
fn rates(limit: Option<u32>, contract: &Terms) -> Rates {
    Rates::new(limit.unwrap_or(contract.rate_limit), limit.is_some())
}

/// Serves until `stop` is there and the requests under way are answered.
pub(crate) async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router = Router::new(app, routes()).map_err(std::io::Error::other)?;
    accept::serve(&listener, Arc::new(router), stop).await;
    Ok(())
}
