//! One call that has yet to be sent.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use super::{Client, Read};
use crate::Error;
use crate::request::Call;

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
}

impl<A: 'static> IntoFuture for Operation<A> {
    type Output = Result<A, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let call = self.call?;
            self.client.send(&call, self.read).await
        })
    }
}
