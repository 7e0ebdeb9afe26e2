//! The service as a part of a benchmark.

use std::path::Path;

use clarify_schema::Object;
use clarify_server::{Seed, Server, ServerBuilder};

use super::company::{KEY, WORKSPACE};
use super::{Part, Request};

/// How many records are seeded at once.
const SEEDS: u64 = 10_000;

/// A service in a process of its own.
pub struct Service {
    part: Part,
    /// The URL of its workspace.
    pub url: String,
}

impl Service {
    /// Starts this program as the part that `role` names, which is to end in [`serve`].
    pub fn start(role: &str) -> Self {
        let mut part = Part::start(role);
        let url = part.line();
        Self { part, url }
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.part.id()
    }

    /// `host:port`.
    pub fn addr(&self) -> String {
        addr(&self.url).to_owned()
    }
}

/// What follows the scheme in a URL, up to the path.
#[must_use]
pub fn addr(url: &str) -> &str {
    url.split('/').nth(2).unwrap()
}

/// The settings that the services of all benchmarks share.
pub fn builder() -> ServerBuilder {
    Server::builder().workspace(WORKSPACE).api_key(KEY)
}

/// Serves until the process is killed; the output's first line is the URL.
pub fn serve(builder: ServerBuilder) -> ! {
    let server = builder.start().unwrap();
    println!("{}", server.url());
    loop {
        std::thread::park();
    }
}

/// Makes a file with so many companies, and the fields that `more` has beside the usual ones.
pub fn fill(path: &Path, more: &Object, count: u64, attributes: impl Fn(u64) -> String) {
    let server = builder().data(path).register(more).start().unwrap();
    for first in (0..count).step_by(usize::try_from(SEEDS).unwrap()) {
        let seed = |number| Seed::new(id(number), attributes(number));
        server.seed("company", (first..count.min(first + SEEDS)).map(seed)).unwrap();
    }
}

/// The id of a company that was there from the start.
#[must_use]
pub fn id(number: u64) -> String {
    format!("com_{number:026}")
}

impl Request {
    /// A request to the service's companies; `rest` is what follows the object in the path.
    #[must_use]
    pub fn of_companies(method: &str, rest: &str, body: &str) -> Self {
        let path = format!("/v1/workspaces/{WORKSPACE}/objects/company{rest}");
        Self::new(method, &path, &format!("api-key {KEY}"), body)
    }
}
