//! What a call costs: `cargo bench -p clarify-tests --bench call`.
//!
//! Instructions of one `get`, one `upsert` and one batch of 25, by the client and by a program written by
//! hand with reqwest and `serde_json`, which looks at the status and reads the service's errors. Lower is
//! better. They are counted by valgrind's callgrind, over a program that makes some calls and one that
//! makes many; a server of another process answers each call with the same text. Skipped where there is
//! no valgrind.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;
use std::time::Duration;

use clarify_core::{Batch, Client, RecordId, Records};
use clarify_tests::bench::codec::{self, Order, by_hand};
use clarify_tests::bench::{Part, ROLE, figure, role};
use serde::Deserialize;

const CALLS: [&str; 3] = ["get", "upsert", "batch"];

/// Enough calls that what a program does once does not count, in the difference of the two.
const SOME: u32 = 20;
const MANY: u32 = 120;

fn main() {
    match role() {
        Some((part, _)) if part == "serve" => serve(),
        Some((side, arguments)) => {
            let (url, call, count) = (&arguments[0], &arguments[1], arguments[2].parse().unwrap());
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            match side.as_str() {
                "ours" => runtime.block_on(ours(url, call, count)),
                _ => runtime.block_on(baseline(url, call, count)),
            }
        }
        None if Command::new("valgrind").arg("--version").output().is_err() => {
            println!("# skipped: valgrind, which counts instructions, is not there");
        }
        None => compare(),
    }
}

fn compare() {
    let mut server = Part::start("serve");
    let url = server.line();
    for call in CALLS {
        let cost = |side: &str| {
            let count = |calls| instructions(&format!("{side} {url} {call} {calls}"));
            (count(MANY) - count(SOME)) / f64::from(MANY - SOME)
        };
        figure(format!("call_{call}"), cost("ours"), cost("baseline"), "");
    }
}

/// The instructions of this program as one of its parts.
fn instructions(role: &str) -> f64 {
    let program = std::env::current_exe().unwrap();
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    let output = valgrind.env(ROLE, role).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    let (_, count) = text.split_once("Collected : ").expect("callgrind says what it counted");
    count.split_whitespace().next().unwrap().parse().unwrap()
}

async fn ours(url: &str, call: &str, count: u32) {
    let client = Client::builder("acme").api_key("secret").base_url(url).build().unwrap();
    let orders: Records<Order> = client.records();
    let (order, id) = (Order::numbered(1), RecordId::new("rec_1"));
    let batch = Batch::try_from((0..25).map(Order::numbered).collect::<Vec<_>>()).unwrap();
    for _ in 0..count {
        match call {
            "get" => assert_eq!(orders.get(&id).await.unwrap().attributes, order),
            "upsert" => assert_eq!(orders.upsert(&order).await.unwrap().attributes, order),
            _ => assert_eq!(orders.bulk_upsert(&batch).await.unwrap().len(), 25),
        }
    }
}

async fn baseline(url: &str, call: &str, count: u32) {
    let by_hand = ByHand::new(url);
    let order = by_hand::Order::of(&Order::numbered(1));
    let batch: Vec<_> = (0..25).map(|n| by_hand::Order::of(&Order::numbered(n))).collect();
    for _ in 0..count {
        match call {
            "get" => assert_eq!(by_hand.get("rec_1").await.unwrap().2, Order::numbered(1)),
            "upsert" => assert_eq!(by_hand.upsert(&order).await.unwrap().2, Order::numbered(1)),
            _ => assert_eq!(by_hand.bulk_upsert(&batch).await.unwrap().len(), 25),
        }
    }
}

/// The client that one would write for the orders of one workspace.
struct ByHand {
    client: reqwest::Client,
    records: String,
}

/// What went wrong.
#[derive(Debug)]
#[allow(dead_code, reason = "what a program would tell of it")]
enum Trouble {
    Sending(reqwest::Error),
    Unreadable(serde_json::Error),
    Refused(u16, Vec<Problem>),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "what a program would tell of it")]
struct Problem {
    title: Option<String>,
    detail: Option<String>,
}

#[derive(Deserialize)]
struct Problems {
    errors: Vec<Problem>,
}

type Read = (String, [Option<jiff::Timestamp>; 2], Order);

impl ByHand {
    fn new(url: &str) -> Self {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
        Self { client, records: format!("{url}/workspaces/acme/objects/c_order/records") }
    }

    async fn get(&self, id: &str) -> Result<Read, Trouble> {
        let request = self.client.get(format!("{}/{id}", self.records));
        Ok(by_hand::record(self.send::<by_hand::One>(request).await?.data))
    }

    async fn upsert(&self, order: &by_hand::Order) -> Result<Read, Trouble> {
        let request = self.client.post(&self.records).body(by_hand::encode_one(order));
        Ok(by_hand::record(self.send::<by_hand::One>(request).await?.data))
    }

    async fn bulk_upsert(&self, orders: &[by_hand::Order]) -> Result<Vec<Read>, Trouble> {
        let request = self.client.post(format!("{}/bulk", self.records));
        let answer: by_hand::Several = self.send(request.body(by_hand::encode(orders))).await?;
        Ok(answer.data.into_iter().map(by_hand::record).collect())
    }

    async fn send<T: for<'d> Deserialize<'d>>(
        &self,
        request: reqwest::RequestBuilder,
    ) -> Result<T, Trouble> {
        let request = request
            .header("authorization", "api-key secret")
            .header("content-type", "application/json")
            .header("accept", "application/json");
        let response = request.send().await.map_err(Trouble::Sending)?;
        let status = response.status();
        let body = response.bytes().await.map_err(Trouble::Sending)?;
        if status.is_success() {
            return serde_json::from_slice(&body).map_err(Trouble::Unreadable);
        }
        let problems = serde_json::from_slice::<Problems>(&body).map(|read| read.errors);
        Err(Trouble::Refused(status.as_u16(), problems.unwrap_or_default()))
    }
}

/// Answers each request with what its path asks for.
fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}/v1", listener.local_addr().unwrap());
    for connection in listener.incoming() {
        thread::spawn(|| answer(connection.unwrap()));
    }
}

fn answer(connection: TcpStream) {
    let (one, several) = (codec::one(1), codec::several(25));
    let (mut reader, mut writer) = (BufReader::new(connection.try_clone().unwrap()), connection);
    while let Some(request) = head(&mut reader) {
        let body = if request.contains("/bulk ") { &several } else { &one };
        let length = body.len();
        write!(
            writer,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
    }
}

/// The first line of the next request, whose body is passed over; none, where no more come.
fn head(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let (mut line, mut length) = (String::new(), 0);
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line).ok()?;
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap();
        }
    }
    reader.read_exact(&mut vec![0; length]).ok()?;
    Some(first)
}
