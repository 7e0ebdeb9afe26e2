//! Connections of clients, each served for itself.

use std::io;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::canned;
use super::deliver::deliver;
use super::fault::Fault;
use super::live::Live;
use super::message::{self, Request, Response};
use super::peer::Peer;
use super::plan::Met;
use super::rate::{Rate, Usage};
use super::seen::{Book, Seen, Visit};
use super::upstream::{Behind, Link, Upstream};

/// Runs before a request is handed on.
pub(super) type Hook = Arc<dyn Fn(&Seen) + Send + Sync>;

/// Everything that a test has said.
pub(super) struct Service {
    pub(super) upstream: Upstream,
    pub(super) book: Book,
    /// None where the service's answers are passed on as they are.
    pub(super) live: Option<Live>,
    pub(super) rate: Option<Rate>,
    pub(super) hook: Option<Hook>,
}

pub(super) async fn serve(
    listener: TcpListener,
    service: Arc<Service>,
    stopped: oneshot::Receiver<()>,
) {
    let accept = async {
        loop {
            // A client that has gone before it was accepted is nothing to report.
            let Ok((stream, _)) = listener.accept().await else { continue };
            tokio::spawn(converse(Arc::clone(&service), stream));
        }
    };
    tokio::select! {
        () = accept => {}
        // A sender that is gone means the same.
        _ = stopped => {}
    }
}

/// A client that goes away in the middle, and a service that has stopped, end the connection.
async fn converse(service: Arc<Service>, stream: TcpStream) {
    let Ok(client) = Peer::new(stream) else { return };
    let link = Link::new(service.upstream.address.clone());
    let conversation = Conversation { service: &service, client, link };
    let _ = conversation.run().await;
}

/// One connection of a client, and the one to the service that belongs to it.
struct Conversation<'s> {
    service: &'s Service,
    client: Peer,
    link: Link,
}

impl Conversation<'_> {
    async fn run(mut self) -> io::Result<()> {
        while let Some(request) = self.client.request().await? {
            let (visit, met) = self.service.book.enter(&request);
            if met.fault == Some(Fault::CloseBeforeReading) {
                visit.leave();
                return self.client.reset();
            }
            if !self.exchange(request, &visit, met).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Answers a request, and says whether the connection lives on.
    async fn exchange(
        &mut self,
        mut request: Request,
        visit: &Visit<'_>,
        met: Met,
    ) -> io::Result<bool> {
        request.body = self.client.body(message::body_length(&request.headers)?).await?;
        visit.note(|seen| seen.body = String::from_utf8_lossy(&request.body).into_owned());
        // The timer's shortest wait is a millisecond, and most requests have none.
        if !met.latency.is_zero() {
            tokio::time::sleep(met.latency).await;
        }
        let usage = self.service.rate.as_ref().map(|rate| rate.count(&request));
        let is_refused = usage.is_some_and(|usage| !usage.allowed);
        if is_refused {
            visit.note(|seen| seen.fault = None);
        }
        let answer = self.answer(&request, visit, met.fault.as_ref(), usage).await?;
        let fault = met.fault.filter(|_| !is_refused);
        deliver(&mut self.client, visit, answer, fault.as_ref(), request.keeps_open).await
    }

    async fn answer(
        &mut self,
        request: &Request,
        visit: &Visit<'_>,
        fault: Option<&Fault>,
        usage: Option<Usage>,
    ) -> io::Result<Response> {
        match usage {
            Some(usage) if !usage.allowed => {
                let wait = usage.reset.to_string();
                Ok(usage.stamp(canned::too_many(Some(&wait))))
            }
            Some(usage) => Ok(usage.stamp(self.behave(request, visit, fault).await?)),
            None => self.behave(request, visit, fault).await,
        }
    }

    /// The answer that a fault gives, or that of the service.
    async fn behave(
        &mut self,
        request: &Request,
        visit: &Visit<'_>,
        fault: Option<&Fault>,
    ) -> io::Result<Response> {
        let instead = fault.and_then(canned::instead);
        match fault {
            Some(fault) if !fault.carried_out() => Ok(instead.unwrap_or_else(canned::nothing)),
            _ => {
                let answer = self.hand_on(request, visit).await?;
                Ok(instead.unwrap_or(answer))
            }
        }
    }

    async fn hand_on(&mut self, request: &Request, visit: &Visit<'_>) -> io::Result<Response> {
        if let Some(hook) = &self.service.hook {
            run(Arc::clone(hook), visit.seen()).await?;
        }
        let mut behind = Behind { link: &mut self.link, visit };
        match &self.service.live {
            Some(live) => live.serve(request, &mut behind).await,
            None => behind.forward(request).await,
        }
    }
}

/// On a thread where a hook may wait, and one that panics only ends its connection.
async fn run(hook: Hook, seen: Seen) -> io::Result<()> {
    tokio::task::spawn_blocking(move || hook(&seen)).await.map_err(io::Error::other)
}
