//! `clarify serve`: the records service, until it is told to stop.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;
use clarify_server::{Contract, Server, ServerBuilder};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::schema;

/// Serves records on this machine, as the hosted API does.
///
/// The first line of the output says where; if no key was given, the second shows the one that was
/// made.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen; port 0 is a free one.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8787")]
    addr: String,
    /// The file to keep records in.
    #[arg(long, value_name = "PATH", conflicts_with = "memory")]
    data: Option<PathBuf>,
    /// Keep records in memory only, which is the default.
    #[arg(long)]
    memory: bool,
    /// Which form of the API to speak.
    #[arg(long, value_enum, default_value_t)]
    contract: Form,
    /// The workspace in the paths.
    #[arg(long, value_name = "SLUG", default_value = "local")]
    workspace: String,
    /// The key that requests must carry; one is made when none is given.
    #[arg(long, value_name = "KEY", env = "CLARIFY_API_KEY", hide_env_values = true)]
    api_key: Option<String>,
    /// A schema to serve: a JSON Schema, a list of them, or an answer to `GET /schemas`.
    #[arg(long, value_name = "FILE")]
    schema: Vec<PathBuf>,
    /// What links begin with, up to the path, e.g. behind a proxy.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Refuse more requests than this in a minute to one endpoint, with 429.
    #[arg(long, value_name = "N")]
    rate_limit: Option<u32>,
    /// Let requests fail on purpose; may be repeated. One of `latency=200ms`, `status=429`,
    /// `cut=before` and `cut=after` (the connection, before or after the request is carried out),
    /// and any of `share=0.1`, `seed=7`, `nth=3` and `route=POST /records/bulk`, divided by commas.
    #[arg(long, value_name = "RULE")]
    fault: Vec<String>,
    /// Show each request on the standard error; `RUST_LOG` chooses more finely.
    #[arg(long)]
    pub(crate) log: bool,
    #[command(flatten)]
    limits: Limits,
}

/// What one client may take from all others.
#[derive(Debug, clap::Args)]
struct Limits {
    /// How long a request's line and headers may take; 10 unless set.
    #[arg(long, value_name = "SECONDS")]
    head_timeout: Option<u32>,
    /// How long a request's body may take; 60 unless set.
    #[arg(long, value_name = "SECONDS")]
    body_timeout: Option<u32>,
    /// How long a connection may stay open without a request; 120 unless set.
    #[arg(long, value_name = "SECONDS")]
    idle_timeout: Option<u32>,
    /// How many connections may be open; 1024 unless set, or what the process has files for.
    #[arg(long, value_name = "N")]
    max_connections: Option<usize>,
}

impl Limits {
    fn set(&self, mut builder: ServerBuilder) -> ServerBuilder {
        let seconds = |count: u32| Duration::from_secs(count.into());
        if let Some(count) = self.head_timeout {
            builder = builder.head_timeout(seconds(count));
        }
        if let Some(count) = self.body_timeout {
            builder = builder.body_timeout(seconds(count));
        }
        if let Some(count) = self.idle_timeout {
            builder = builder.idle_timeout(seconds(count));
        }
        match self.max_connections {
            Some(count) => builder.max_connections(count),
            None => builder,
        }
    }
}

/// A form of the API.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Form {
    /// What the API's Records page says.
    #[default]
    Documented,
    /// What the hosted service does.
    Live,
}

impl From<Form> for Contract {
    fn from(form: Form) -> Self {
        match form {
            Form::Documented => Self::Documented,
            Form::Live => Self::Live,
        }
    }
}

/// The key is left out.
impl std::fmt::Debug for Arguments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            addr,
            data,
            memory,
            contract,
            workspace,
            api_key: _,
            schema,
            public_url,
            rate_limit,
            fault,
            log,
            limits,
        } = self;
        f.debug_struct("Arguments")
            .field("addr", addr)
            .field("data", data)
            .field("memory", memory)
            .field("contract", contract)
            .field("workspace", workspace)
            .field("schema", schema)
            .field("public_url", public_url)
            .field("rate_limit", rate_limit)
            .field("fault", fault)
            .field("log", log)
            .field("limits", limits)
            .finish_non_exhaustive()
    }
}

pub(crate) fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    // Before the service can be found, so that no signal is missed.
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let key_is_made = arguments.api_key.is_none();
    let server = builder(arguments)?.start()?;
    announce(&server, key_is_made)?;
    signals.forever().next();
    server.stop();
    Ok(())
}

fn builder(arguments: Arguments) -> Result<ServerBuilder, Box<dyn Error>> {
    let builder = Server::builder()
        .addr(arguments.addr)
        .contract(arguments.contract.into())
        .workspace(arguments.workspace);
    let mut builder = arguments.limits.set(builder);
    if let Some(path) = arguments.data {
        builder = builder.data(path);
    }
    if let Some(key) = arguments.api_key {
        builder = builder.api_key(key);
    }
    if let Some(url) = arguments.public_url {
        builder = builder.public_url(url);
    }
    if let Some(requests) = arguments.rate_limit {
        builder = builder.rate_limit(requests);
    }
    for rule in &arguments.fault {
        builder = builder.fault(rule.parse()?);
    }
    for path in arguments.schema {
        for object in schema::read(&path)? {
            builder = builder.register(&object);
        }
    }
    Ok(builder)
}

fn announce(server: &Server, key_is_made: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "listening on {}", server.url())?;
    if key_is_made {
        writeln!(out, "api key: {}", server.api_key())?;
    }
    out.flush()
}
