//! Setting up a client.

use std::sync::Arc;
use std::time::Duration;

use super::retry::Budget;
use super::send::Sender;
use super::transport::Transport;
use super::{Client, Clock, RetryPolicy};
use crate::Error;
use crate::request::{ApiKey, Endpoint};

const HOSTED: &str = "https://api.clarify.ai/v1";

/// Sets up a [`Client`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ClientBuilder {
    workspace: String,
    base_url: String,
    key: Option<ApiKey>,
    timeout: Duration,
    connect_timeout: Duration,
    policy: RetryPolicy,
    clock: Option<Arc<dyn Clock>>,
    transport: Option<Arc<dyn Transport>>,
}

impl ClientBuilder {
    pub(super) fn new(workspace: String) -> Self {
        Self {
            workspace,
            base_url: HOSTED.to_owned(),
            key: None,
            timeout: Duration::from_secs(60),
            connect_timeout: Duration::from_secs(10),
            policy: RetryPolicy::new(),
            clock: None,
            transport: None,
        }
    }

    /// The key to sign in with. It goes into the `Authorization` header, and nowhere else.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(ApiKey::new(key));
        self
    }

    /// Where the service is, if it is not the hosted one: a host (`https://api.clarify.ai`), one
    /// with `/v1`, or the URL that `clarify serve` prints. Plain `http` is for this machine only.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// How long one try of a call may take from beginning to end. 60 seconds where nothing else is
    /// said. How long a call may take with all its tries is for [`retry`](Self::retry) to say.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long it may take to reach the service. 10 seconds where nothing else is said.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How often and how long calls are tried: [`RetryPolicy::new`] where nothing else is said.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Tells the time and waits in place of the machine's clock, so that a test of retries and rate
    /// limits takes no time.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Sends requests in place of the HTTP client that is built in. The timeouts are then its own
    /// matter.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When there is no API key, or the workspace or the base URL can't be used.
    pub fn build(self) -> Result<Client, Error> {
        let key = self
            .key
            .clone()
            .filter(|key| !key.is_empty())
            .ok_or_else(|| Error::config("no API key is given"))?;
        key.header()?;
        let endpoint = Endpoint::new(&self.base_url, &self.workspace)?;
        let clock = self.clock.clone().map_or_else(built_in::clock, Ok)?;
        let has_tasks = self.transport.is_none();
        let transport = match self.transport.clone() {
            Some(transport) => transport,
            None => built_in::transport(&self, &endpoint)?,
        };
        let policy = self.policy;
        let (budget, rates) = (Arc::new(Budget::full()), Arc::default());
        let sender = Sender { endpoint, key, transport, clock, policy, budget, rates, has_tasks };
        Ok(Client { sender: Arc::new(sender) })
    }
}

/// What a client does its work with where nothing else is given.
#[cfg(not(target_arch = "wasm32"))]
mod built_in {
    use std::sync::Arc;

    use super::ClientBuilder;
    use crate::Error;
    use crate::client::transport::{Reqwest, Transport};
    use crate::client::{Clock, SystemClock};
    use crate::request::Endpoint;

    pub(super) fn clock() -> Result<Arc<dyn Clock>, Error> {
        Ok(Arc::new(SystemClock))
    }

    pub(super) fn transport(
        settings: &ClientBuilder,
        endpoint: &Endpoint,
    ) -> Result<Arc<dyn Transport>, Error> {
        Ok(Arc::new(Reqwest::new(endpoint, settings.timeout, settings.connect_timeout)?))
    }
}

/// In a browser there is nothing of the kind.
#[cfg(target_arch = "wasm32")]
mod built_in {
    use std::sync::Arc;

    use super::ClientBuilder;
    use crate::Error;
    use crate::client::Clock;
    use crate::client::transport::Transport;
    use crate::request::Endpoint;

    pub(super) fn clock() -> Result<Arc<dyn Clock>, Error> {
        Err(Error::config("in a browser the client needs a `clock`"))
    }

    pub(super) fn transport(_: &ClientBuilder, _: &Endpoint) -> Result<Arc<dyn Transport>, Error> {
        Err(Error::config("in a browser the client needs a `transport`"))
    }
}

pub(super) fn from_env(variable: &dyn Fn(&str) -> Option<String>) -> Result<Client, Error> {
    let required = |name: &str| {
        let value = variable(name).filter(|value| !value.trim().is_empty());
        value.ok_or_else(|| Error::config(format!("the environment variable `{name}` is not set")))
    };
    let mut builder = Client::builder(required("CLARIFY_WORKSPACE")?);
    builder = builder.api_key(required("CLARIFY_API_KEY")?);
    if let Some(url) = variable("CLARIFY_BASE_URL").filter(|url| !url.trim().is_empty()) {
        builder = builder.base_url(url);
    }
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Result<Client, Error> {
        from_env(&|name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_makes_a_client() {
        let key = ("CLARIFY_API_KEY", "secret");
        let workspace = ("CLARIFY_WORKSPACE", "acme");
        let client = environment(&[key, workspace]).unwrap();
        assert_eq!(client.sender.endpoint.origin(), "https://api.clarify.ai");
        let local = ("CLARIFY_BASE_URL", "http://127.0.0.1:8787");
        let client = environment(&[key, workspace, local]).unwrap();
        assert_eq!(client.sender.endpoint.origin(), "http://127.0.0.1:8787");
    }

    #[test]
    fn a_missing_variable_is_named() {
        let error = environment(&[("CLARIFY_API_KEY", "secret")]).unwrap_err();
        assert!(error.is_config() && !error.may_have_been_received());
        assert_eq!(error.to_string(), "the environment variable `CLARIFY_WORKSPACE` is not set");
        let error = environment(&[("CLARIFY_WORKSPACE", "acme"), ("CLARIFY_API_KEY", " ")]);
        assert!(error.unwrap_err().to_string().contains("CLARIFY_API_KEY"));
    }

    #[test]
    fn the_key_is_shown_nowhere() {
        let builder = Client::builder("acme").api_key("s3cret");
        assert!(!format!("{builder:?}").contains("s3cret"));
        assert!(!format!("{:?}", builder.build().unwrap()).contains("s3cret"));
        let error = Client::builder("acme").api_key("s3\ncret").build().unwrap_err();
        assert!(!format!("{error:?}").contains("s3"), "{error:?}");
    }
}
