//! The loop that an import is held against: what a careful program does that was written by hand for
//! one object. Its orders have the fields of [`SalesOrder`](clarify_tests::objects::SalesOrder); it tells
//! new records from those that were there, tries again what can get better, and gives up on the rest.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use bytes::Bytes;
use clarify_tests::bench::KEY;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use jiff::Timestamp;
use jiff::civil::Date;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{BATCH, CONCURRENCY};

const TRIES: u32 = 5;
const TIMEOUT: Duration = Duration::from_secs(60);

type Failure = Box<dyn Error + Send + Sync>;

/// What has become of one order.
struct Written {
    id: String,
    outcome: Outcome,
}

#[derive(PartialEq)]
enum Outcome {
    Created,
    Matched,
}

struct Orders {
    client: Client,
    url: String,
    key: HeaderValue,
    began: Timestamp,
    count: u64,
    next: AtomicU64,
}

/// Writes so many orders, and says how many of them are new.
pub async fn write(url: &str, count: u64) -> Result<u64, Failure> {
    let mut key = HeaderValue::try_from(format!("api-key {KEY}"))?;
    key.set_sensitive(true);
    let orders = Arc::new(Orders {
        client: Client::builder().no_proxy().timeout(TIMEOUT).build()?,
        url: format!("{url}/objects/c_sales_order/records/bulk"),
        key,
        began: Timestamp::now(),
        count,
        next: AtomicU64::new(0),
    });
    let senders = (0..CONCURRENCY).map(|_| tokio::spawn(Arc::clone(&orders).send_all()));
    let mut senders: FuturesUnordered<_> = senders.collect();
    let mut created = 0;
    while let Some(sent) = senders.next().await {
        created += sent??;
    }
    Ok(created)
}

impl Orders {
    /// One of those that send batches at the same time.
    async fn send_all(self: Arc<Self>) -> Result<u64, Failure> {
        let mut created = 0;
        loop {
            let first = self.next.fetch_add(BATCH, Relaxed);
            if first >= self.count {
                return Ok(created);
            }
            let data: Vec<_> =
                (first..self.count.min(first + BATCH)).map(Resource::numbered).collect();
            let written = self.upsert(&data).await?;
            let is_new =
                |written: &&Written| !written.id.is_empty() && written.outcome == Outcome::Created;
            created += written.iter().filter(is_new).count() as u64;
        }
    }

    async fn upsert(&self, data: &[Resource]) -> Result<Vec<Written>, Failure> {
        let body = serde_json::to_vec(&Batch { data, match_on: "order_number" })?.into();
        let answer = self.post(body).await?;
        let matched = matched(&answer)?;
        let answer: Answer = serde_json::from_slice(&answer.bytes().await?)?;
        if answer.data.len() != data.len() {
            return Err("an answer has another number of records than its batch".into());
        }
        let written = answer.data.into_iter().enumerate().map(|(place, record)| {
            let is_matched = match &matched {
                Some(matched) => matched.contains(&place),
                None => record.attributes.created_at < self.began,
            };
            let outcome = if is_matched { Outcome::Matched } else { Outcome::Created };
            Written { id: record.id, outcome }
        });
        Ok(written.collect())
    }

    async fn post(&self, body: Bytes) -> Result<Response, Failure> {
        let mut tries = 0;
        loop {
            let request = self.client.post(&self.url).header(AUTHORIZATION, self.key.clone());
            let json = HeaderValue::from_static("application/json");
            let answer = request.header(CONTENT_TYPE, json).body(body.clone()).send().await?;
            tries += 1;
            let is_busy = matches!(
                answer.status(),
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
            );
            if is_busy && tries < TRIES {
                tokio::time::sleep(wait(&answer, tries)).await;
            } else if answer.status().is_success() {
                return Ok(answer);
            } else {
                return Err(format!("{}: {}", answer.status(), answer.text().await?).into());
            }
        }
    }
}

/// What the service asks for, or longer each time.
fn wait(answer: &Response, tries: u32) -> Duration {
    let asked = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    let asked = asked.and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
    asked.unwrap_or(Duration::from_millis(500) * 2_u32.pow(tries))
}

/// The places of the orders that were there, where the service says so.
fn matched(answer: &Response) -> Result<Option<Vec<usize>>, Failure> {
    let Some(places) = answer.headers().get("clarify-matched") else { return Ok(None) };
    let places = places.to_str()?.split(',').map(str::trim).filter(|place| !place.is_empty());
    Ok(Some(places.map(str::parse).collect::<Result<_, _>>()?))
}

#[derive(Serialize)]
struct Batch<'b> {
    data: &'b [Resource],
    match_on: &'static str,
}

#[derive(Serialize)]
struct Resource {
    r#type: &'static str,
    attributes: Order,
}

#[derive(Default, Serialize)]
struct Order {
    order_number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paid: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(skip_serializing_if = "Items::is_empty")]
    marks: Items,
    #[serde(skip_serializing_if = "Items::is_empty")]
    contacts: Items,
    #[serde(skip_serializing_if = "Option::is_none")]
    ordered_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shipped_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    company_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    buyer: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ship_to: Option<Value>,
}

#[derive(Default, Serialize)]
struct Items {
    items: Vec<String>,
}

impl Items {
    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl Resource {
    fn numbered(number: u64) -> Self {
        let attributes = Order { order_number: format!("SO-{number}"), ..Order::default() };
        Self { r#type: "c_sales_order", attributes }
    }
}

#[derive(Deserialize)]
struct Answer {
    data: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    attributes: Times,
}

#[derive(Deserialize)]
struct Times {
    #[serde(rename = "_created_at")]
    created_at: Timestamp,
}
