//! A lean load generator: connections that stay open, each with one request under way, all in one
//! thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use super::Answer;
use super::answer::Answers;

/// A request as it is sent, head and body.
#[derive(Clone, Debug)]
pub struct Request(Vec<u8>);

impl Request {
    /// A request with JSON, or nothing, in its body.
    #[must_use]
    pub fn new(method: &str, path: &str, authorization: &str, body: &str) -> Self {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\n\
             Authorization: {authorization}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        Self((head + body).into_bytes())
    }
}

/// Requests that are ready, and the connections that they are sent on.
pub struct Load {
    /// Where to, `host:port`.
    pub addr: String,
    /// How many connections there are.
    pub connections: usize,
    /// What is sent, in this order.
    pub requests: Vec<Request>,
}

/// What has come of a load.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sent {
    /// How long all requests took together.
    pub seconds: f64,
    /// The length of all bodies that came.
    pub bytes: usize,
}

impl Load {
    /// Sends every request, the connections being there before, and sees that each is answered with
    /// this status.
    pub fn send(self, status: u16) -> Sent {
        runtime().block_on(self.send_all(status))
    }

    /// The answers, one request after the other.
    pub fn fetch(addr: &str, requests: &[Request]) -> Vec<Answer> {
        runtime().block_on(async {
            let mut stream = TcpStream::connect(addr).await.unwrap();
            let (mut answers, mut all) = (Answers::new(), Vec::new());
            for request in requests {
                stream.write_all(&request.0).await.unwrap();
                let (status, body) = answers.next(&mut stream).await;
                all.push(Answer { status, body: body.to_vec() });
            }
            all
        })
    }

    async fn send_all(self, status: u16) -> Sent {
        let mut streams = Vec::new();
        for _ in 0..self.connections {
            let stream = TcpStream::connect(&self.addr).await.unwrap();
            stream.set_nodelay(true).unwrap();
            streams.push(stream);
        }
        let (requests, next) = (Arc::new(self.requests), Arc::new(AtomicUsize::new(0)));
        let mut senders = JoinSet::new();
        let began = Instant::now();
        for stream in streams {
            senders.spawn(send_some(stream, Arc::clone(&requests), Arc::clone(&next), status));
        }
        let bytes = senders.join_all().await.into_iter().sum();
        Sent { seconds: began.elapsed().as_secs_f64(), bytes }
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn send_some(
    mut stream: TcpStream,
    requests: Arc<Vec<Request>>,
    next: Arc<AtomicUsize>,
    status: u16,
) -> usize {
    let (mut answers, mut bytes) = (Answers::new(), 0);
    while let Some(request) = requests.get(next.fetch_add(1, Relaxed)) {
        stream.write_all(&request.0).await.unwrap();
        let (answered, body) = answers.next(&mut stream).await;
        assert_eq!(answered, status, "{}", String::from_utf8_lossy(body));
        bytes += body.len();
    }
    bytes
}
