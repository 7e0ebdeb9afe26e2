//! Work that goes on while who waits for it is at something else.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

#[cfg(not(target_arch = "wasm32"))]
use tokio::task::JoinHandle;

use super::transport::TransportError;

/// A piece of work, which ends with who waits for it. An error says that the runtime has ended before it.
pub(crate) struct Background<T>(Kind<T>);

enum Kind<T> {
    /// A task of its own.
    #[cfg(not(target_arch = "wasm32"))]
    Task(JoinHandle<T>),
    /// It goes on when it is waited for, and at no other time.
    Here(Pin<Box<dyn Future<Output = T> + Send>>),
}

impl<T: Send + 'static> Background<T> {
    pub(super) fn here(work: impl Future<Output = T> + Send + 'static) -> Self {
        Self(Kind::Here(Box::pin(work)))
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn task(work: impl Future<Output = T> + Send + 'static) -> Self {
        Self(Kind::Task(tokio::spawn(work)))
    }
}

impl<T> Future for Background<T> {
    type Output = Result<T, TransportError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            #[cfg(not(target_arch = "wasm32"))]
            Kind::Task(task) => Pin::new(task).poll(cx).map(|ended| {
                ended.map_err(|error| match error.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(error) => TransportError::broken(error),
                })
            }),
            Kind::Here(work) => work.as_mut().poll(cx).map(Ok),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl<T> Drop for Background<T> {
    fn drop(&mut self) {
        if let Kind::Task(task) = &self.0 {
            task.abort();
        }
    }
}
