//! One call that has yet to be sent.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use super::{Client, Explanation, Read};
use crate::Error;
use crate::request::Call;

/// What an operation becomes when it is awaited.
pub(super) type Sent<A> = Pin<Box<dyn Future<Output = Result<A, Error>> + Send>>;

/// One call that has yet to be sent: `.await` it.
#[must_use = "nothing is sent until it is awaited"]
#[derive(Debug)]
pub struct Operation<A> {
    client: Client,
    call: Result<Call, Error>,
    read: Read<A>,
}

impl<A> Operation<A> {
    pub(super) fn new(client: &Client, call: Result<Call, Error>, read: Read<A>) -> Self {
        Self { client: client.clone(), call, read }
    }

    /// What would be sent.
    ///
    /// # Errors
    ///
    /// When a value can't be sent; the error names its field.
    pub fn explain(self) -> Result<Explanation, Error> {
        Ok(Explanation::of(&self.client, &self.call?))
    }
}

impl<A: Send + 'static> IntoFuture for Operation<A> {
    type Output = Result<A, Error>;
    type IntoFuture = Sent<A>;

    fn into_future(self) -> Sent<A> {
        Box::pin(async move {
            let call = self.call?;
            self.client.send(&call, self.read).await
        })
    }
}
