//! A server that answers whatever a test tells it to.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use clarify_core::{Client, ClientBuilder, RetryPolicy};

/// What the server does once it has read a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// It writes these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// It keeps the connection open and says nothing.
    Silence,
}

impl Reply {
    /// A whole answer: a status (`200 OK`), a content type and a body.
    #[must_use]
    pub fn answer(status: &str, content_type: &str, body: &str) -> Self {
        Self::with_headers(status, &[("Content-Type", content_type)], body)
    }

    /// A whole answer with these headers.
    #[must_use]
    pub fn with_headers(status: &str, headers: &[(&str, &str)], body: &str) -> Self {
        let mut text = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        Self::Bytes(text.into_bytes())
    }

    /// A JSON answer.
    #[must_use]
    pub fn json(status: &str, body: &str) -> Self {
        Self::answer(status, "application/json", body)
    }

    /// The connection is closed before a byte is written.
    #[must_use]
    pub const fn nothing() -> Self {
        Self::Bytes(Vec::new())
    }

    /// The beginning of this answer, `missing` bytes short of its end.
    #[must_use]
    pub fn cut(self, missing: usize) -> Self {
        match self {
            Self::Bytes(mut bytes) => {
                bytes.truncate(bytes.len() - missing);
                Self::Bytes(bytes)
            }
            Self::Silence => Self::Silence,
        }
    }
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    /// The request line and the headers.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Received {
    /// The request line: `POST /v1/workspaces/acme/objects/person/records HTTP/1.1`.
    #[must_use]
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }
}

/// A server on loopback that gives its replies in order, the last one for ever. It is stopped on
/// drop.
pub struct Wire {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    stop: AtomicBool,
    replies: Vec<Reply>,
    received: Mutex<Vec<Received>>,
}

impl Shared {
    fn received(&self) -> MutexGuard<'_, Vec<Received>> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wire {
    /// A server that always replies the same.
    #[must_use]
    pub fn start(reply: Reply) -> Self {
        Self::script(vec![reply])
    }

    /// A server that gives these replies, one to each request.
    #[must_use]
    pub fn script(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let received = Mutex::default();
        let shared = Arc::new(Shared { stop: AtomicBool::new(false), replies, received });
        let served = Arc::clone(&shared);
        let thread = std::thread::spawn(move || serve(&listener, &served));
        Self { address, shared, thread: Some(thread) }
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of this server, to be changed and built. It tries once: each reply is for one
    /// request.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder("acme").api_key(KEY).base_url(self.url()).retry(RetryPolicy::never())
    }

    /// A client of this server.
    #[must_use]
    pub fn client(&self) -> Client {
        self.builder().build().expect("the client can be built")
    }

    /// The requests so far.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.shared.received().clone()
    }
}

/// The key of the clients of a [`Wire`]: a text that is nowhere else.
pub const KEY: &str = "k3y-that-nobody-may-see";

impl Drop for Wire {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        // Wakes the thread from waiting for a connection.
        let woken = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take()
            && woken.is_ok()
        {
            let _ = thread.join();
        }
    }
}

fn serve(listener: &TcpListener, shared: &Shared) {
    let mut silent = Vec::new();
    for stream in listener.incoming() {
        if shared.stop.load(Ordering::SeqCst) {
            return;
        }
        let Ok(mut stream) = stream else { continue };
        // A client that goes away in the middle is nothing to report.
        let Ok(request) = read_request(&mut stream) else { continue };
        if let Reply::Silence = reply(&mut stream, request, shared) {
            silent.push(stream);
        }
    }
}

fn reply(stream: &mut TcpStream, request: Received, shared: &Shared) -> Reply {
    let count = {
        let mut received = shared.received();
        received.push(request);
        received.len()
    };
    let last = shared.replies.last().cloned().unwrap_or(Reply::nothing());
    let reply = shared.replies.get(count - 1).cloned().unwrap_or(last);
    if let Reply::Bytes(bytes) = &reply {
        let _ = stream.write_all(bytes).and_then(|()| stream.flush());
    }
    reply
}

fn read_request(stream: &mut TcpStream) -> io::Result<Received> {
    let mut bytes = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        let count = stream.read(&mut chunk)?;
        bytes.extend_from_slice(&chunk[..count]);
        if let Some(request) = whole(&bytes) {
            return Ok(request);
        }
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// The request, if it is there to its end.
fn whole(bytes: &[u8]) -> Option<Received> {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let whole = body.len() >= length.unwrap_or(0);
    whole.then(|| Received { head: head.to_owned(), body: body.to_owned() })
}
