//! Taking connections, and seeing each to its end.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::connection::{Connection, Due, Phase};
use super::connections::{Connections, Place};
use super::head::Unreadable;
use super::limits::Limits;
use super::pass::pass;
use super::router::Router;
use super::stream::Guarded;

/// How long is waited when the system has no more files to give.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` is there and the requests under way are answered.
pub(super) async fn serve(
    listener: &TcpListener,
    router: Arc<Router>,
    stop: impl Future<Output = ()>,
) {
    let app = &router.app;
    let (stopping, stopped) = watch::channel(());
    let mut stop = pin!(stop);
    for number in 0.. {
        let (stream, place) = tokio::select! {
            new = next(listener, &app.connections, number) => new,
            () = &mut stop => break,
        };
        let limits = app.limits.clone();
        tokio::spawn(see_through(stream, place, Arc::clone(&router), limits, stopped.clone()));
    }
    drop(stopping);
    app.connections.gone().await;
}

async fn next(
    listener: &TcpListener,
    connections: &Arc<Connections>,
    number: u64,
) -> (TcpStream, Place) {
    let stream = accept(listener, connections).await;
    (stream, connections.place(number).await)
}

async fn accept(listener: &TcpListener, connections: &Connections) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) => {
                tracing::warn!(target: "clarify_server", %error, "no connection");
                connections.make_room();
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Answers the requests of a connection until either side has enough.
async fn see_through(
    stream: TcpStream,
    place: Place,
    router: Arc<Router>,
    limits: Limits,
    mut stopped: watch::Receiver<()>,
) {
    // Answers are written in one piece; waiting for more only delays them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(target: "clarify_server", %error, "no TCP_NODELAY");
    }
    let connection = &place.connection;
    let io = TokioIo::new(Guarded::new(stream, Arc::clone(connection)));
    let service = service_fn(|request| answer(&router, connection, request));
    let mut served = pin!(http1::Builder::new().serve_connection(io, service));
    let mut is_stopping = false;
    loop {
        tokio::select! {
            result = served.as_mut() => return ended(result),
            _ = stopped.changed(), if !is_stopping => {
                is_stopping = true;
                served.as_mut().graceful_shutdown();
            }
            due = connection.due(&limits) => match due {
                Due::Refuse => connection.refuse(Unreadable::too_slow(limits.head)),
                Due::Cut => return,
                Due::Close => {
                    connection.enter(Phase::Closing);
                    served.as_mut().graceful_shutdown();
                }
            },
        }
    }
}

fn ended(result: Result<(), hyper::Error>) {
    if let Err(error) = result {
        tracing::debug!(target: "clarify_server", %error, "a connection ended");
    }
}

/// The connection is at work from now on, and until there is an answer.
fn answer(
    router: &Arc<Router>,
    connection: &Arc<Connection>,
    request: hyper::Request<Incoming>,
) -> impl Future<Output = Result<Response, Infallible>> + use<> {
    let (router, work) = (Arc::clone(router), connection.work());
    async move { Ok(pass(&router, work.connection(), request.map(Body::new)).await) }
}
