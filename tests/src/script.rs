//! A transport that answers by a script, for what is decided between two requests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use clarify_core::transport::{Sending, Transport, TransportError};
use clarify_core::{Client, ClientBuilder};
use http::{Request, Response};

use crate::clock::TestClock;

/// What becomes of one request.
#[derive(Debug)]
pub enum Step {
    /// It is answered.
    Answer(Response<Bytes>),
    /// It does not reach the service.
    NotSent,
    /// No answer comes in time.
    TimedOut,
    /// The connection breaks.
    Broken,
}

impl Step {
    /// An answer.
    #[must_use]
    pub fn answer(status: u16, body: impl Into<String>) -> Self {
        Self::with(status, &[], body)
    }

    /// An answer with headers.
    #[must_use]
    pub fn with(status: u16, headers: &[(&str, &str)], body: impl Into<String>) -> Self {
        let mut response = Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        Self::Answer(response.body(Bytes::from(body.into())).expect("the answer is well made"))
    }

    /// A record of `person` in answer to a write or a read.
    #[must_use]
    pub fn person(status: u16) -> Self {
        Self::answer(status, PERSON)
    }
}

impl Step {
    fn become_of(self) -> Result<Response<Bytes>, TransportError> {
        match self {
            Self::Answer(response) => Ok(response),
            Self::NotSent => Err(TransportError::not_sent("nobody is there")),
            Self::TimedOut => Err(TransportError::timed_out("it took too long")),
            Self::Broken => Err(TransportError::broken("the line is cut")),
        }
    }
}

/// One person.
pub const PERSON: &str = r#"{"data":{"id":"per_1","type":"person","attributes":{"name":"Ana"}}}"#;

/// Gives its steps in order, and keeps what it was sent.
#[derive(Clone, Debug, Default)]
pub struct Script(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    steps: VecDeque<Step>,
    sent: Vec<Request<Bytes>>,
}

impl Script {
    /// A script of these steps. A request after the last one panics.
    #[must_use]
    pub fn of(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps = steps.into_iter().collect();
        Self(Arc::new(Mutex::new(State { steps, sent: Vec::new() })))
    }

    /// A client that talks to the script, by a clock of its own.
    pub fn builder(&self, clock: &TestClock) -> ClientBuilder {
        Client::builder("acme").api_key("k").transport(self.clone()).clock(clock.clone())
    }

    /// What was sent: verb, and path with query.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let line = |request: &Request<Bytes>| {
            let path = request.uri().path_and_query().map_or("", |path| path.as_str());
            let path = path.trim_start_matches("/v1/workspaces/acme");
            format!("{} {}", request.method(), path.replace("%5B", "[").replace("%5D", "]"))
        };
        self.state().sent.iter().map(line).collect()
    }

    /// The bodies that were sent.
    #[must_use]
    pub fn bodies(&self) -> Vec<String> {
        let text = |request: &Request<Bytes>| String::from_utf8_lossy(request.body()).into_owned();
        self.state().sent.iter().map(text).collect()
    }

    /// How many requests were sent.
    #[must_use]
    pub fn count(&self) -> usize {
        self.state().sent.len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(&self, request: Request<Bytes>) -> Step {
        let mut state = self.state();
        state.sent.push(request);
        state.steps.pop_front().expect("the script has a step for each request")
    }
}

impl Transport for Script {
    fn send(&self, request: Request<Bytes>) -> Sending<'_> {
        Box::pin(std::future::ready(self.step(request).become_of()))
    }
}

/// What becomes of the request with this number, from 0 on. Nothing: it is never answered.
type Answering = dyn Fn(usize, &Request<Bytes>) -> Option<Step> + Send + Sync;

/// Answers each request by a function, for tests in which it depends on what is sent.
#[derive(Clone)]
pub struct Answers(Arc<Answering>, Arc<Mutex<Vec<String>>>);

impl Answers {
    /// Answers by this function.
    #[must_use]
    pub fn by(
        answer: impl Fn(usize, &Request<Bytes>) -> Option<Step> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(answer), Arc::default())
    }

    /// A client that is answered so, by a clock of its own.
    #[must_use]
    pub fn client(&self, clock: &TestClock) -> Client {
        let builder = Client::builder("acme").api_key("k").transport(self.clone());
        builder.clock(clock.clone()).build().expect("the client can be built")
    }

    /// The bodies that were sent.
    #[must_use]
    pub fn bodies(&self) -> Vec<String> {
        self.1.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answers")
    }
}

impl Transport for Answers {
    fn send(&self, request: Request<Bytes>) -> Sending<'_> {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let number = {
            let mut bodies = self.1.lock().unwrap_or_else(PoisonError::into_inner);
            bodies.push(body);
            bodies.len() - 1
        };
        match (self.0)(number, &request) {
            Some(step) => Box::pin(std::future::ready(step.become_of())),
            None => Box::pin(std::future::pending()),
        }
    }
}
