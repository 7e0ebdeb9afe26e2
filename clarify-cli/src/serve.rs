//! `clarify serve`: the records service, until it is told to stop.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;
use clarify_schema::Object;
use clarify_server::{Contract, Server, ServerBuilder, Synchronous, WorkspaceSettings};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::failure::Failure;
use crate::schema;

/// Serves records on this machine, as the hosted API does.
///
/// The first line of the output says where; if no key was given, the second shows the one that was
/// made. So it is for each workspace. A key that was made is of this run alone: no file keeps it, and
/// the next run makes another. Give one to keep it: `--workspace acme=$KEY`. What can be asked is
/// described at `/openapi.json`.
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
    /// What a write to the file waits for before it is answered.
    #[arg(long, value_enum, default_value_t)]
    synchronous: Wait,
    /// Which form of the API to speak.
    #[arg(long, value_enum, default_value_t)]
    contract: Form,
    /// A workspace in the paths, and a key of its own, which is the same at each start; may be
    /// repeated, for more workspaces and for more keys.
    #[arg(long, value_name = "SLUG[=KEY]", default_value = "local")]
    workspace: Vec<Workspace>,
    /// The key for workspaces without one of their own; where none is given, each has one made.
    #[arg(long, value_name = "KEY", env = "CLARIFY_API_KEY", hide_env_values = true)]
    api_key: Option<String>,
    /// A schema to serve: a folder that `clarify schema pull` has made, or a file with a JSON Schema,
    /// a list of them, or an answer to `GET /schemas`.
    #[arg(long, value_name = "PATH")]
    schema: Vec<PathBuf>,
    /// What links begin with, up to the path, e.g. behind a proxy.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Refuse more requests than this in a minute to one endpoint of a workspace, with 429.
    #[arg(long, value_name = "N")]
    rate_limit: Option<u32>,
    /// Let requests fail on purpose; may be repeated. One of `latency=200ms`, `status=429`,
    /// `cut=before` and `cut=after` (the connection, before or after the request is carried out),
    /// and any of `share=0.1`, `seed=7`, `nth=3` and `route=POST /records/bulk`, divided by commas.
    #[arg(long, value_name = "RULE")]
    fault: Vec<String>,
    /// Show each request on the standard error, as `--verbose` does; `RUST_LOG` chooses more finely.
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

/// A workspace, and a key of its own. Its `Debug` does not show the key.
#[derive(Clone)]
struct Workspace {
    name: String,
    key: Option<String>,
}

impl std::str::FromStr for Workspace {
    type Err = std::convert::Infallible;

    /// What can't be used is told by the service, which shows no key.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, key) = match text.split_once('=') {
            Some((name, key)) => (name, Some(key.to_owned())),
            None => (text, None),
        };
        Ok(Self { name: name.to_owned(), key })
    }
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
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

/// What a write waits for.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Wait {
    /// The disk.
    #[default]
    Full,
    /// The operating system: faster, and a power cut takes the last writes.
    Normal,
}

impl From<Wait> for Synchronous {
    fn from(wait: Wait) -> Self {
        match wait {
            Wait::Full => Self::Full,
            Wait::Normal => Self::Normal,
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
            synchronous,
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
            .field("synchronous", synchronous)
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

pub(crate) fn run(arguments: Arguments) -> Result<(), Failure> {
    let objects = arguments.schema.iter().map(|path| schema::read(path));
    let objects = objects.collect::<Result<Vec<_>, _>>()?.concat();
    Ok(serve(arguments, &objects)?)
}

fn serve(arguments: Arguments, objects: &[Object]) -> Result<(), Box<dyn Error>> {
    // Before the service can be found, so that no signal is missed.
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let workspaces = workspaces(&arguments);
    let made: Vec<_> = workspaces.iter().map(|(_, keys)| keys.is_empty()).collect();
    let builder = builder(arguments, workspaces)?;
    let server = objects.iter().fold(builder, ServerBuilder::register).start()?;
    announce(&server, &made)?;
    signals.forever().next();
    server.stop();
    Ok(())
}

/// The workspaces, each once, with their keys.
fn workspaces(arguments: &Arguments) -> Vec<(String, Vec<String>)> {
    let mut workspaces = Vec::<(String, Vec<String>)>::new();
    for Workspace { name, key } in &arguments.workspace {
        match workspaces.iter_mut().find(|(known, _)| known == name) {
            Some((_, keys)) => keys.extend(key.clone()),
            None => workspaces.push((name.clone(), key.iter().cloned().collect())),
        }
    }
    for (_, keys) in workspaces.iter_mut().filter(|(_, keys)| keys.is_empty()) {
        keys.extend(arguments.api_key.clone());
    }
    workspaces
}

fn builder(
    arguments: Arguments,
    workspaces: Vec<(String, Vec<String>)>,
) -> Result<ServerBuilder, Box<dyn Error>> {
    let builder = Server::builder().addr(arguments.addr).contract(arguments.contract.into());
    let builder = builder.synchronous(arguments.synchronous.into());
    let mut builder = arguments.limits.set(builder);
    for (index, (name, keys)) in workspaces.into_iter().enumerate() {
        if index == 0 {
            builder = builder.workspace(&name);
        }
        let workspace = WorkspaceSettings::new(name);
        builder = builder.add_workspace(keys.into_iter().fold(workspace, |w, key| w.api_key(key)));
    }
    if let Some(path) = arguments.data {
        builder = builder.data(path);
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
    Ok(builder)
}

fn announce(server: &Server, key_is_made: &[bool]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for (workspace, is_made) in server.workspaces().zip(key_is_made) {
        writeln!(out, "listening on {}", workspace.url())?;
        if *is_made {
            writeln!(out, "api key: {}", workspace.api_key())?;
        }
    }
    out.flush()
}
