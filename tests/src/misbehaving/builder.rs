//! Setting up a server that misbehaves.

use std::sync::Arc;
use std::time::Duration;

use clarify_schema::Object;
use http::Method;

use super::fault::{Fault, On};
use super::live::Live;
use super::plan::{Plan, Rule};
use super::rate::Rate;
use super::seen::{Book, Seen};
use super::serve::{Hook, Service};
use super::{Misbehaving, Upstream};

/// How the service speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// As it does by itself: its answers are passed on as they are.
    #[default]
    Documented,
    /// As the hosted service does.
    Live,
}

/// Sets up a [`Misbehaving`].
#[must_use]
pub struct MisbehavingBuilder {
    upstream: Upstream,
    plan: Plan,
    dialect: Dialect,
    objects: Vec<Object>,
    rate: Option<Rate>,
    hook: Option<Hook>,
}

impl MisbehavingBuilder {
    pub(super) fn new(upstream: Upstream) -> Self {
        Self {
            upstream,
            plan: Plan::default(),
            dialect: Dialect::default(),
            objects: Vec::new(),
            rate: None,
            hook: None,
        }
    }

    /// What all chance comes from: the same requests meet the same faults. 0 where nothing is said.
    pub const fn seed(mut self, seed: u64) -> Self {
        self.plan.seed = seed;
        self
    }

    /// Adds a fault. Where the rules of several strike a request, all latencies are waited for, and
    /// the first of the others counts.
    pub fn fault(mut self, fault: Fault, on: On) -> Self {
        self.plan.rules.push(Rule::new(fault, on));
        self
    }

    /// Keeps the last fault to requests of this verb whose path, without its query, contains this.
    /// Others do not count for it.
    pub fn on_route(mut self, method: &str, part: &str) -> Self {
        let rule = self.plan.rules.last_mut().expect("a route belongs to the fault before it");
        let method: Method = method.parse().expect("a route has a verb");
        rule.route = Some((method, part.to_owned()));
        self
    }

    /// How the service speaks.
    pub const fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// The objects that the workspace has beside the built-in ones, and the fields that it has
    /// beside theirs. A dialect shows those alone as `null` that it knows of.
    pub fn objects(mut self, objects: &[&Object]) -> Self {
        self.objects.extend(objects.iter().map(|object| (*object).clone()));
        self
    }

    /// Lets so many requests of a verb and path through in a rolling window, and says so in the
    /// headers; the others get 429. The ids of records make no paths of their own.
    pub fn rate_limit(mut self, limit: usize, window: Duration) -> Self {
        self.rate = Some(Rate::new(limit, window));
        self
    }

    /// Runs before each request that is handed on to the service, on a thread that may wait. It may
    /// change records there, by the server's own functions or another client.
    pub fn before_each(mut self, hook: impl Fn(&Seen) + Send + Sync + 'static) -> Self {
        self.hook = Some(Arc::new(hook));
        self
    }

    /// Starts the server, on a free port.
    #[must_use]
    pub fn start(self) -> Misbehaving {
        let live = (self.dialect == Dialect::Live)
            .then(|| Live::new(self.plan.seed, &self.objects, &self.upstream.key));
        Misbehaving::start(Service {
            upstream: self.upstream,
            book: Book::new(self.plan),
            live,
            rate: self.rate,
            hook: self.hook,
        })
    }
}
