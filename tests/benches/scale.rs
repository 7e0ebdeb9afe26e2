//! What requests cost, and how that grows: `cargo bench -p clarify-tests --bench scale`.
//!
//! 10,000, 100,000 and 1,000,000 companies, each in a file of its own, which a service in a process of
//! its own is started on. Each request is sent over HTTP by itself, the sizes taking turns; its time is
//! the median of what comes after the first. Batches are written while many are on their way, without an
//! index of the lists and then with those that they had made. Start-up is until the service has answered
//! for the first time, memory the most that it ever had. Lower is better. Times, memory and the bytes of
//! the file for each record are held against those of the smallest size; start-up against the 100 ms that
//! it may take; batches with indexes against batches without. Lists are seen to have the total that they
//! must have. Each is looked up: the services keep no answers.
//!
//! Lines that begin with `#` say what a request took the first time, with no index and no total known,
//! what the write after it took, which waits until its index is made, and what it took then.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use clarify_schema::{Field, Kind, Object};
use clarify_tests::bench::{
    KEY, Service, builder, figure, fill, id, median, peak_memory, role, serve,
};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// How often a request is sent once its index is there.
const REPEATS: usize = 51;

/// How many batches are written, and how many are on their way at once.
const BATCHES: u64 = 600;
const WRITERS: u64 = 16;

/// How many companies there are.
const COUNTS: [u64; 3] = [10_000, 100_000, 1_000_000];

/// How long a start-up may take, in milliseconds.
const START_UP: f64 = 100.0;

fn main() {
    match role() {
        Some((_, arguments)) => {
            serve(builder().data(&arguments[0]).kept_answers(0).register(&company()))
        }
        None => compare(),
    }
}

#[tokio::main]
async fn compare() {
    let folder = tempfile::tempdir().unwrap();
    let mut sizes = Vec::new();
    for count in COUNTS {
        sizes.push(Size::start(folder.path(), count).await);
    }
    report("file_of_a_record", " bytes", &sizes, |size| size.file as f64 / size.count as f64);
    let mut without_indexes = Vec::new();
    for size in &sizes {
        without_indexes.push(batch(size).await);
    }
    growth("batch_without_indexes", &without_indexes, " ms");
    for place in 0..sizes[0].queries.len() {
        queries(&sizes, place).await;
    }
    upserts(&sizes).await;
    for (size, without) in sizes.iter().zip(without_indexes) {
        let name = format!("scale_batch_with_indexes_{}", size.count);
        figure(name, batch(size).await, without, " ms");
    }
    report("memory", " KiB", &sizes, |size| peak_memory(size.service.id()));
}

fn report(name: &str, unit: &str, sizes: &[Arc<Size>], value: impl Fn(&Size) -> f64) {
    growth(name, &sizes.iter().map(|size| value(size)).collect::<Vec<_>>(), unit);
}

/// Prints a value of each size beside that of the smallest.
fn growth(name: &str, values: &[f64], unit: &str) {
    for (count, value) in COUNTS.iter().zip(values) {
        figure(format!("scale_{name}_{count}"), *value, values[0], unit);
    }
}

fn company() -> Object {
    Object::named("company", vec![Field::new("tier", Kind::Select)])
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

/// A service of so many companies, and who asks it.
struct Size {
    count: u64,
    queries: Vec<Query>,
    service: Service,
    client: Client,
    /// How many bytes the file had before it was asked.
    file: u64,
    /// How many upserts there were.
    round: AtomicU64,
}

impl Size {
    async fn start(folder: &Path, count: u64) -> Arc<Self> {
        let path = folder.join(format!("{count}.db"));
        let began = Instant::now();
        fill(&path, &company(), count, |number| attributes(number, count).to_string());
        println!("# {count} companies loaded in {:.1?}", began.elapsed());
        let file = std::fs::metadata(&path).unwrap().len();
        let client = Client::builder().no_proxy().build().unwrap();
        let (queries, round) = (all(count), AtomicU64::new(0));
        let began = Instant::now();
        let service = Service::start(&format!("serve {}", path.display()));
        let size = Self { count, queries, service, client, file, round };
        size.send(Method::GET, "resources?page[limit]=1", None).await;
        figure(format!("scale_start_up_{count}"), milliseconds(began), START_UP, " ms");
        Arc::new(size)
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let url = format!("{}/objects/company/{path}", self.service.url);
        let key = format!("api-key {KEY}");
        let mut request = self.client.request(method, url).header("authorization", key);
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }

    /// Upserts companies that are there, with something in each that changes.
    async fn upsert(&self, companies: impl Iterator<Item = u64>) {
        let count = self.count;
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
    let get = format!("records/{}", id(count / 2));
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

/// One of the queries of each size; they take turns.
async fn queries(sizes: &[Arc<Size>], place: usize) {
    let queries: Vec<_> = sizes.iter().map(|size| &size.queries[place]).collect();
    let name = queries[0].name;
    for (size, query) in sizes.iter().zip(&queries) {
        let first = timed(size, query).await;
        // Whatever index the list lacked is made before the next write is done.
        let began = Instant::now();
        size.upsert(0..1).await;
        let (held, count) = (milliseconds(began), size.count);
        let second = timed(size, query).await;
        println!(
            "# {name}_{count}: first {first:.2} ms, the write after it {held:.2} ms, then {second:.2} ms"
        );
    }
    let mut times = vec![Vec::new(); sizes.len()];
    for _ in 0..REPEATS {
        for ((size, query), times) in sizes.iter().zip(&queries).zip(&mut times) {
            times.push(timed(size, query).await);
        }
    }
    growth(name, &times.into_iter().map(median).collect::<Vec<_>>(), " ms");
}

async fn upserts(sizes: &[Arc<Size>]) {
    let mut times = vec![Vec::new(); sizes.len()];
    for n in 0..REPEATS as u64 {
        for (size, times) in sizes.iter().zip(&mut times) {
            let began = Instant::now();
            size.upsert(n * 31..n * 31 + 1).await;
            times.push(milliseconds(began));
        }
    }
    growth("upsert", &times.into_iter().map(median).collect::<Vec<_>>(), " ms");
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// How long a request takes, which has the total that it must have.
async fn timed(size: &Size, query: &Query) -> f64 {
    let began = Instant::now();
    let answer = size.send(Method::GET, &query.path, None).await;
    let time = milliseconds(began);
    if let Some(total) = query.total {
        assert_eq!(answer["meta"]["total_records"], total, "{}", query.name);
    }
    time
}

/// What a batch of 25 upserts takes while many are on their way: the time of all by their number.
async fn batch(size: &Arc<Size>) -> f64 {
    let next = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let (size, next) = (Arc::clone(size), Arc::clone(&next));
        writers.spawn(async move {
            while let batch @ 0..BATCHES = next.fetch_add(1, Relaxed) {
                // Far from each other: each batch changes as many pages of the file as it may.
                size.upsert((batch * 25..batch * 25 + 25).map(|n| n * 7919)).await;
            }
        });
    }
    writers.join_all().await;
    milliseconds(began) / BATCHES as f64
}
