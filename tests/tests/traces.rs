//! What `tracing` is told, and what it is not.

#![allow(clippy::unwrap_used, reason = "a test that does not go as it should ends there")]

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use clarify_core::{ClarifyObject as _, Client, RecordId};
use clarify_server::Server;
use clarify_tests::clock::TestClock;
use clarify_tests::objects::{Person, SalesOrder};
use clarify_tests::script::{Script, Step};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::{Layer, Registry};

/// The fields of each span, in the order in which they began.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<Span>>>);

/// A span's id and its fields.
type Span = (u64, BTreeMap<String, String>);

struct Fields<'f>(&'f mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl Layer<Registry> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, Registry>) {
        let mut fields = BTreeMap::new();
        attributes.record(&mut Fields(&mut fields));
        self.0.lock().unwrap().push((id.into_u64(), fields));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, Registry>) {
        let mut spans = self.0.lock().unwrap();
        let span = spans.iter_mut().rev().find(|(known, _)| *known == id.into_u64());
        values.record(&mut Fields(&mut span.unwrap().1));
    }
}

#[tokio::test]
async fn each_try_is_a_span_under_the_names_of_opentelemetry() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(Registry::default().with(spans.clone()));
    let script = Script::of([Step::answer(503, ""), Step::person(200)]);
    let people = script.builder(&TestClock::new()).build().unwrap().records::<Person>();
    people.get(RecordId::new("per_secret")).await.unwrap();
    let spans = spans.0.lock().unwrap();
    let shown: Vec<BTreeMap<&str, &str>> = spans
        .iter()
        .map(|(_, fields)| fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect())
        .collect();
    let common = [
        ("clarify.object", "person"),
        ("http.request.method", "GET"),
        ("otel.kind", "client"),
        ("otel.name", "GET /objects/{object}/records/{id}"),
        ("server.address", "api.clarify.ai"),
        ("server.port", "443"),
        ("url.template", "/objects/{object}/records/{id}"),
    ];
    let first = [
        ("error.type", "refused"),
        ("http.response.status_code", "503"),
        ("otel.status_code", "ERROR"),
    ];
    let second = [("http.request.resend_count", "1"), ("http.response.status_code", "200")];
    assert_eq!(shown[0], common.into_iter().chain(first).collect());
    assert_eq!(shown[1], common.into_iter().chain(second).collect());
    assert!(!format!("{spans:?}").contains("secret"), "ids and keys are in none");
}

/// Its batches are sent on other threads.
#[tokio::test(flavor = "multi_thread")]
async fn who_listens_where_an_import_begins_hears_of_each_batch() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(Registry::default().with(spans.clone()));
    let server = Server::builder().workspace("acme").api_key("secret").register(SalesOrder::OBJECT);
    let server = server.start().unwrap();
    let client = Client::builder("acme").api_key("secret").base_url(server.url()).build().unwrap();
    let orders = (0..200).map(|number| SalesOrder::numbered(format!("SO-{number}")));
    client
        .records::<SalesOrder>()
        .import(orders)
        .concurrency(2)
        .await
        .unwrap()
        .into_result()
        .unwrap();
    let spans = spans.0.lock().unwrap();
    let batches = spans.iter().filter(|(_, fields)| fields.contains_key("clarify.object")).count();
    assert_eq!(batches, 8);
}

impl fmt::Debug for Spans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.lock().unwrap().fmt(f)
    }
}
