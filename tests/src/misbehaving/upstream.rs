//! The service that stands behind.

use std::io;

use clarify_server::Server;
use tokio::net::TcpStream;

use super::message::{Request, Response};
use super::peer::Peer;
use super::seen::Visit;

/// Where a service is, and how to get in.
#[derive(Clone, Debug)]
pub struct Upstream {
    /// Host and port.
    pub(super) address: String,
    pub(super) workspace: String,
    pub(super) key: String,
}

impl Upstream {
    /// The service at the URL of a workspace, `http://127.0.0.1:8787/v1/workspaces/acme`.
    #[must_use]
    pub fn at(url: &str, key: impl Into<String>) -> Self {
        let rest = url.strip_prefix("http://").expect("the service speaks plain HTTP");
        let (address, path) = rest.split_once('/').expect("the URL is that of a workspace");
        let workspace = path.strip_prefix("v1/workspaces/").expect("the URL is of a workspace");
        Self { address: address.to_owned(), workspace: workspace.to_owned(), key: key.into() }
    }
}

impl From<&Server> for Upstream {
    fn from(server: &Server) -> Self {
        Self::at(&server.url(), server.api_key())
    }
}

/// A connection to the service, opened when it is needed first.
pub(super) struct Link {
    address: String,
    peer: Option<Peer>,
}

impl Link {
    pub(super) const fn new(address: String) -> Self {
        Self { address, peer: None }
    }

    /// A connection that failed is not used again; the request is not repeated, for nobody knows
    /// what became of it.
    async fn exchange(&mut self, request: &Request) -> io::Result<Response> {
        let mut peer = match self.peer.take().filter(Peer::is_silent) {
            Some(peer) => peer,
            None => Peer::new(TcpStream::connect(&self.address).await?)?,
        };
        peer.write(&request.to_bytes()).await?;
        let response = peer.response().await?;
        self.peer = Some(peer).filter(|_| response.keeps_open());
        Ok(response)
    }
}

/// The service, as one request sees it.
pub(super) struct Behind<'b> {
    pub(super) link: &'b mut Link,
    pub(super) visit: &'b Visit<'b>,
}

impl Behind<'_> {
    /// Hands the client's request on.
    pub(super) async fn forward(&mut self, request: &Request) -> io::Result<Response> {
        self.visit.note(|seen| seen.forwarded = true);
        let response = self.link.exchange(request).await?;
        self.visit.note(|seen| seen.status = Some(response.status.as_u16()));
        Ok(response)
    }

    /// Asks something that the client did not ask.
    pub(super) async fn look_up(&mut self, request: &Request) -> io::Result<Response> {
        self.link.exchange(request).await
    }
}
