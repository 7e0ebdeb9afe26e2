//! What lists cost, and how that grows: `cargo bench -p clarify-tests --bench queries`.
//!
//! 10,000, 100,000 and 1,000,000 companies, each in a file of its own. Each request is sent over HTTP
//! by itself; its time is the median of what comes after the first, and is held against that of the
//! smallest size; batches with indexes are held against batches without. Lower is better. Lines that
//! begin with `#` say what a request took the first time, with no index and no total known, and the
//! plans that SQLite chose: of the query that counts, then of the one that finds the page.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clarify_schema::{Field, Kind, Object};
use clarify_server::{Seed, Server};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// How often a request is sent once its index is there.
const REPEATS: usize = 15;

/// How long batches are written for.
const WRITING: Duration = Duration::from_secs(5);

/// How many batches are on their way at once.
const WRITERS: usize = 16;

#[tokio::main]
async fn main() {
    tracing_subscriber::registry().with(Plans).init();
    let mut baselines = HashMap::new();
    for count in [10_000, 100_000, 1_000_000] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.db");
        let began = Instant::now();
        load(&path, count);
        println!("# {count} companies loaded in {:.1?}", began.elapsed());
        let began = Instant::now();
        let service = Arc::new(Service::start(&path));
        println!("# {count}: the service started in {:.1?}", began.elapsed());
        queries(&service, count, &mut baselines).await;
    }
}

fn company() -> Object {
    Object::named("company", vec![Field::new("tier", Kind::Select)])
}

fn start(path: &Path) -> Server {
    Server::builder().data(path).register(&company()).start().unwrap()
}

fn load(path: &Path, count: u64) {
    let server = start(path);
    for first in (0..count).step_by(10_000) {
        let seed = |n| Seed::new(format!("com_{n:026}"), attributes(n, count).to_string());
        server.seed("company", (first..first + 10_000).map(seed)).unwrap();
    }
}

/// A name and a domain of its own, one of as many trades that each has a hundred companies, and one
/// of three tiers, the last of which is a hundred companies' too.
fn attributes(n: u64, count: u64) -> Value {
    let tier = match n % (count / 100) {
        0 => "Enterprise",
        n if n % 2 == 0 => "Team",
        _ => "Free",
    };
    json!({
        "name": format!("Company {} Ltd", n * 7919 % 1_000_003),
        "description": format!("Number {n} in the register of companies"),
        "domains": { "items": [format!("c{n}.example")] },
        "industry": format!("Trade {}", n % (count / 100)),
        "employee_count": n * 104_729 % 50_000,
        "tier": tier,
    })
}

struct Service {
    server: Server,
    client: Client,
    /// How many upserts there were.
    round: AtomicU64,
}

impl Service {
    fn start(path: &Path) -> Self {
        let client = Client::builder().no_proxy().build().unwrap();
        Self { server: start(path), client, round: AtomicU64::new(0) }
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let url = format!("{}/objects/company/{path}", self.server.url());
        let key = format!("api-key {}", self.server.api_key());
        let mut request = self.client.request(method, url).header("authorization", key);
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }

    /// Upserts companies that are there, with something in each that changes.
    async fn upsert(&self, companies: impl Iterator<Item = u64>, count: u64) {
        let round = self.round.fetch_add(1, Relaxed);
        let resource = |n| {
            let mut attributes = attributes(n % count, count);
            attributes["labels"] = json!({ "items": [format!("round {round}")] });
            json!({ "type": "company", "attributes": attributes })
        };
        let body = json!({ "data": companies.map(resource).collect::<Vec<_>>() });
        self.send(Method::POST, "records/bulk", Some(body)).await;
    }
}

/// A request, its name, and how many records it finds in all; none where it is no list.
struct Query {
    name: &'static str,
    path: String,
    total: Option<u64>,
}

fn list(name: &'static str, parameters: &str, total: u64) -> Query {
    Query { name, path: format!("resources?page[limit]=25&{parameters}"), total: Some(total) }
}

fn all(count: u64) -> Vec<Query> {
    let deep = count / 10 * 9;
    let total = |meets: &dyn Fn(&Value) -> bool| {
        (0..count).filter(|n| meets(&attributes(*n, count))).count() as u64
    };
    let has = |company: &Value, text: &str| company["description"].as_str().unwrap().contains(text);
    let employs = |company: &Value| company["employee_count"].as_u64().unwrap();
    let free = total(&|company| company["tier"] == "Free");
    let range = total(&|company| (1000..2000).contains(&employs(company)));
    let two = total(&|company| company["industry"] == "Trade 42" && has(company, "1"));
    let get = format!("records/com_{:026}", count / 2);
    vec![
        list("page_first", "", count),
        list("page_deep", &format!("page[offset]={deep}"), count),
        Query { name: "get", path: get, total: None },
        list("filter_unique", &format!("filter[domains][Contains]=c{}.example", count / 3), 1),
        list("filter_100_matches", "filter[industry]=Trade%2042", 100),
        list("filter_select_few", "filter[tier]=Enterprise", 100),
        list("filter_select_many", "filter[tier]=Free", free),
        list(
            "filter_range",
            "filter[employee_count]=%3E=1000&filter[employee_count]=%3C2000",
            range,
        ),
        list(
            "filter_contains",
            "filter[description][Contains]=4242",
            total(&|company| has(company, "4242")),
        ),
        list("sort_up_first", "sortOrder[column]=name", count),
        list("sort_up_deep", &format!("sortOrder[column]=name&page[offset]={deep}"), count),
        list("sort_down_first", "sortOrder[column]=name&sortOrder[dir]=DESC", count),
        list(
            "sort_down_deep",
            &format!("sortOrder[column]=name&sortOrder[dir]=DESC&page[offset]={deep}"),
            count,
        ),
        list(
            "filter_two_fields",
            "filter[industry]=Trade%2042&filter[description][Contains]=1",
            two,
        ),
    ]
}

async fn queries(
    service: &Arc<Service>,
    count: u64,
    baselines: &mut HashMap<&'static str, Duration>,
) {
    let mut report = |name, median: Duration| {
        print(name, count, median, *baselines.entry(name).or_insert(median));
    };
    let without_indexes = batch(service, count).await;
    report("batch_without_indexes", without_indexes);
    for query in all(count) {
        let (first, plans) = watched(service, &query).await;
        println!("# {}_{count}: first {first:.2?} {plans}", query.name);
        // Whatever index the list lacked is made before the next write is done.
        let began = Instant::now();
        service.upsert(0..1, count).await;
        let held = began.elapsed();
        let (counted, plans) = watched(service, &query).await;
        println!(
            "# {}_{count}: a write after it {held:.2?}; then {counted:.2?} {plans}",
            query.name
        );
        let mut times = Vec::new();
        for _ in 0..REPEATS {
            times.push(timed(service, &query).await);
        }
        report(query.name, median(times));
    }
    let mut times = Vec::new();
    for n in 0..REPEATS as u64 {
        let began = Instant::now();
        service.upsert(n * 31..n * 31 + 1, count).await;
        times.push(began.elapsed());
    }
    report("upsert", median(times));
    print("batch_with_indexes", count, batch(service, count).await, without_indexes);
}

fn print(name: &str, count: u64, ours: Duration, baseline: Duration) {
    let ratio = ours.as_secs_f64() / baseline.as_secs_f64();
    println!("{name}_{count} ours={ours:.2?} baseline={baseline:.2?} ratio={ratio:.2}");
}

async fn watched(service: &Service, query: &Query) -> (Duration, String) {
    WATCHING.store(true, Relaxed);
    let time = timed(service, query).await;
    WATCHING.store(false, Relaxed);
    let plans: Vec<_> = std::mem::take(&mut *PLANS.lock().unwrap());
    (time, plans.join(" / "))
}

async fn timed(service: &Service, query: &Query) -> Duration {
    let began = Instant::now();
    let answer = service.send(Method::GET, &query.path, None).await;
    let time = began.elapsed();
    if let Some(total) = query.total {
        assert_eq!(answer["meta"]["total_records"], total, "{}", query.name);
    }
    time
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// What a batch of 25 upserts takes while many are on their way: the time of all by their number.
async fn batch(service: &Arc<Service>, count: u64) -> Duration {
    let batches = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let (service, batches) = (Arc::clone(service), Arc::clone(&batches));
        writers.spawn(async move {
            while began.elapsed() < WRITING {
                let first = batches.fetch_add(1, Relaxed) * 25;
                // Far from each other: each batch changes as many pages of the file as it may.
                service.upsert((first..first + 25).map(|n| n * 7919), count).await;
            }
        });
    }
    writers.join_all().await;
    began.elapsed().div_f64(batches.load(Relaxed) as f64)
}

/// Collects the plans that the service tells while it is watched.
struct Plans;

static WATCHING: AtomicBool = AtomicBool::new(false);

static PLANS: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Plans {
    /// Whether anyone watches changes meanwhile.
    fn register_callsite(
        &self,
        _: &'static tracing::Metadata<'static>,
    ) -> tracing::subscriber::Interest {
        tracing::subscriber::Interest::sometimes()
    }

    fn enabled(
        &self,
        metadata: &tracing::Metadata<'_>,
        _: tracing_subscriber::layer::Context<'_, S>,
    ) -> bool {
        WATCHING.load(Relaxed) && metadata.target() == "clarify_server::store"
    }

    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        event.record(&mut Plan);
    }
}

struct Plan;

impl tracing::field::Visit for Plan {
    fn record_str(&mut self, field: &tracing::field::Field, value: &str) {
        if field.name() == "plan" {
            PLANS.lock().unwrap().push(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &tracing::field::Field, _: &dyn std::fmt::Debug) {}
}
