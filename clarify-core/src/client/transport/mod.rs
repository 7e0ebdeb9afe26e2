//! How requests get to the service and answers back.

#[cfg(not(target_arch = "wasm32"))]
mod reqwest;

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;

#[cfg(not(target_arch = "wasm32"))]
pub(super) use self::reqwest::Reqwest;
use crate::error::Cause;

/// An answer on its way.
pub type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 'a>>;

/// Sends requests: an HTTP client. The one that is built in uses reqwest; a program can give its own
/// with [`ClientBuilder::transport`](crate::ClientBuilder::transport).
///
/// It gets one whole request, with the API key in its `Authorization` header, and must send it to the
/// host in its URL and to no other: a redirect is an answer like any other, and is not followed. It
/// makes no tries of its own, since it can't know which calls may be repeated. It also limits how
/// long one try may take.
///
/// ```
/// use bytes::Bytes;
/// use clarify_core::transport::{Sending, Transport, TransportError};
///
/// /// Talks to a service within the same process.
/// #[derive(Debug)]
/// struct InProcess;
///
/// impl Transport for InProcess {
///     fn send(&self, request: http::Request<Bytes>) -> Sending<'_> {
///         Box::pin(async move {
///             match request.uri().path() {
///                 "/v1/workspaces/acme/objects/person/resources" => {
///                     Ok(http::Response::new(Bytes::from(r#"{"data":[]}"#)))
///                 }
///                 _ => Err(TransportError::not_sent("nobody is there")),
///             }
///         })
///     }
/// }
/// # #[derive(Debug, clarify_core::ClarifyObject)]
/// # #[clarify(object = "person")]
/// # struct Person { name: Option<String> }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clarify_core::Error> {
/// let clarify = clarify_core::Client::builder("acme").api_key("k").transport(InProcess).build()?;
/// assert!(clarify.records::<Person>().list().await?.records.is_empty());
/// # Ok(())
/// # }
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends a request, and waits for the whole answer.
    ///
    /// # Errors
    ///
    /// When there is none. The error says whether the service may have received the request; where
    /// that is not sure, it may have.
    fn send(&self, request: http::Request<Bytes>) -> Sending<'_>;
}

/// Why there is no answer.
#[derive(Debug)]
pub struct TransportError(Cause);

impl TransportError {
    /// The service was not reached: nothing was sent. Every call may be tried again.
    pub fn not_sent(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Cause::Connect(source.into()))
    }

    /// There was no answer in time.
    pub fn timed_out(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Cause::Timeout(source.into()))
    }

    /// The connection broke, or the answer was no HTTP.
    pub fn broken(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Cause::Broken(source.into()))
    }

    pub(crate) fn into_cause(self) -> Cause {
        self.0
    }
}
