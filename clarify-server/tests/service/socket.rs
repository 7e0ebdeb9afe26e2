//! A client that writes bytes.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::client::Service;

/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(20);

/// A connection to a service.
pub(crate) struct Socket(pub(crate) TcpStream);

impl Socket {
    pub(crate) fn new(service: &Service) -> Self {
        let stream = TcpStream::connect(service.server.addr()).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).unwrap();
    }

    /// All that comes until the service closes.
    pub(crate) fn rest(&mut self) -> String {
        let mut text = String::new();
        match self.0.read_to_string(&mut text) {
            Ok(_) => text,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => text,
            Err(error) => panic!("{error}: {text}"),
        }
    }

    /// One answer: its head and its body.
    pub(crate) fn answer(&mut self) -> (String, String) {
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") {
            self.0.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap();
        let length = header(&head, "content-length").map_or(0, |value| value.parse().unwrap());
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).unwrap();
        (head, String::from_utf8(body).unwrap())
    }

    /// Whether the service has closed it.
    pub(crate) fn is_closed(&mut self) -> bool {
        self.0.set_nonblocking(true).unwrap();
        let read = self.0.read(&mut [0]);
        self.0.set_nonblocking(false).unwrap();
        match read {
            Ok(count) => count == 0,
            Err(error) => error.kind() != ErrorKind::WouldBlock,
        }
    }
}

pub(crate) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        found.eq_ignore_ascii_case(name).then_some(value)
    })
}

/// The head of a request with the key.
pub(crate) fn head(service: &Service, line: &str, headers: &str) -> String {
    let key = service.server.api_key();
    format!("{line} HTTP/1.1\r\nHost: h\r\nAuthorization: api-key {key}\r\n{headers}\r\n")
}

/// A list of an object's records.
pub(crate) fn list(service: &Service, object: &str, query: &str) -> String {
    head(service, &format!("GET /v1/workspaces/local/objects/{object}/resources{query}"), "")
}

/// Checks that an answer is the error document, with the headers of every answer.
pub(crate) fn expect_refusal((head, body): &(String, String), status: u16) -> String {
    assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}{body}");
    for name in ["x-request-id", "x-ratelimit-limit", "x-ratelimit-remaining"] {
        assert!(header(head, name).is_some(), "{head}");
    }
    assert_eq!(header(head, "content-type"), Some("application/json"), "{head}");
    let document: Value = serde_json::from_str(body).unwrap();
    assert_eq!(document["errors"][0]["status"], status.to_string());
    document["errors"][0]["detail"].as_str().unwrap().to_owned()
}
