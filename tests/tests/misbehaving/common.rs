//! A service, and a connection to a server in front of it that shows every byte.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use clarify_server::Server;
use clarify_tests::misbehaving::{Misbehaving, MisbehavingBuilder};
use clarify_tests::{World, objects};

/// A service with the tests' objects.
pub fn service() -> Server {
    let builder = Server::builder().workspace("acme").api_key("secret");
    objects::ALL.iter().fold(builder, |builder, object| builder.register(object)).start().unwrap()
}

/// A server in front of a service of its own.
pub fn before(
    set_up: impl FnOnce(MisbehavingBuilder) -> MisbehavingBuilder,
) -> (Server, Misbehaving) {
    let server = service();
    let proxy = set_up(Misbehaving::before(&server)).start();
    (server, proxy)
}

/// Plain JSON to what is at this URL.
pub fn world(url: &str) -> World {
    World::at(url, "acme", "secret")
}

/// How many records of an object the service itself has.
pub async fn stored(server: &Server, object: &str) -> u64 {
    let page = world(&server.url()).list(object, "").await.document(200);
    page["meta"]["total_records"].as_u64().unwrap()
}

/// A request that makes a task.
pub const CREATE: &str = r#"{"data":{"type":"task","attributes":{"title":"Call back"}}}"#;

/// A connection.
pub struct Raw(TcpStream);

/// What came of a request.
#[derive(Debug, PartialEq, Eq)]
pub struct Got {
    /// The status line and the headers.
    pub head: String,
    /// The body, as far as it came.
    pub body: String,
    /// The length that the head promised.
    pub length: usize,
}

impl Got {
    pub fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }
}

impl Raw {
    pub fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Self(stream)
    }

    pub fn send(&mut self, method: &str, path: &str, headers: &str, body: &str) {
        let length = body.len();
        let request = format!(
            "{method} /v1/workspaces/acme{path} HTTP/1.1\r\nHost: localhost\r\n{headers}\
             Content-Length: {length}\r\n\r\n{body}"
        );
        self.0.write_all(request.as_bytes()).unwrap();
    }

    /// What comes until the answer is whole or the connection ends; nothing where it is reset.
    pub fn read(&mut self) -> Got {
        let mut got = Got { head: String::new(), body: String::new(), length: usize::MAX };
        let mut text = String::new();
        while got.body.len() < got.length {
            let mut bytes = [0; 65536];
            let count = self.0.read(&mut bytes).unwrap_or_default();
            text.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                got = Got { head: head.to_owned(), body: body.to_owned(), length: length(head) };
            }
            if count == 0 {
                break;
            }
        }
        if got.head.is_empty() { Got { head: text, ..got } } else { got }
    }

    /// Whether the other side ended the connection.
    pub fn is_over(&mut self) -> bool {
        !matches!(self.0.read(&mut [0]), Ok(count) if count > 0)
    }

    /// A request with what a client of ours always sends, and what came of it.
    pub fn ask(&mut self, method: &str, path: &str, body: &str) -> Got {
        self.send(method, path, "Authorization: api-key secret\r\nUser-Agent: raw\r\n", body);
        self.read()
    }
}

fn length(head: &str) -> usize {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let mut lengths = lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    lengths.next().map_or(0, |(_, length)| length.parse().unwrap())
}
