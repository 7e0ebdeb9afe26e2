//! What the service did, in Prometheus' text form: counts and times, and nothing of what was asked.
//!
//! A page of one histogram and seven numbers is written here; the crates for it bring a registry, a
//! recorder and a server of their own.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

use super::App;

pub(super) const PATH: &str = "/metrics";

const FORM: &str = "text/plain; version=0.0.4; charset=utf-8";

/// OpenTelemetry's steps, and three below them: most answers take less than a millisecond.
const STEPS: [f64; 17] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0,
    7.5, 10.0,
];

/// The answers so far.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    times: Mutex<BTreeMap<Kind, Times>>,
    /// How many were given before.
    again: AtomicU64,
}

/// What answers are counted by; none of it is made up by a client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    /// The verb, or `_OTHER`.
    pub(super) verb: &'static str,
    /// The path's pattern, if there is such a path.
    pub(super) route: Option<Arc<str>>,
    pub(super) status: u16,
}

#[derive(Debug, Default)]
struct Times {
    /// How many took no longer than each step, and longer than the one before.
    counts: [u64; STEPS.len()],
    count: u64,
    seconds: f64,
}

impl Metrics {
    pub(super) fn count(&self, kind: Kind, time: Duration) {
        let seconds = time.as_secs_f64();
        let mut kinds = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let times = kinds.entry(kind).or_default();
        times.count += 1;
        times.seconds += seconds;
        let step = STEPS.iter().position(|step| seconds <= *step);
        if let Some(count) = step.and_then(|step| times.counts.get_mut(step)) {
            *count += 1;
        }
    }

    /// An answer was given again.
    pub(super) fn again(&self) {
        self.again.fetch_add(1, Relaxed);
    }

    fn push(&self, page: &mut String) {
        let name = "http_server_request_duration_seconds";
        push_start(page, name, "histogram", "How long answers took, by request and status.");
        for (kind, times) in &*self.times.lock().unwrap_or_else(PoisonError::into_inner) {
            let labels = kind.labels();
            let mut sum = 0;
            for (step, count) in STEPS.iter().zip(times.counts) {
                sum += count;
                push(page, &format!("{name}_bucket{{{labels},le=\"{step}\"}}"), sum);
            }
            push(page, &format!("{name}_bucket{{{labels},le=\"+Inf\"}}"), times.count);
            push(page, &format!("{name}_sum{{{labels}}}"), times.seconds);
            push(page, &format!("{name}_count{{{labels}}}"), times.count);
        }
    }
}

impl Kind {
    /// The path's pattern, or nothing.
    pub(super) fn route(&self) -> &str {
        self.route.as_deref().unwrap_or_default()
    }

    fn labels(&self) -> String {
        let (Self { verb, status, .. }, route) = (self, self.route());
        format!(
            "http_request_method=\"{verb}\",http_route=\"{route}\",\
             http_response_status_code=\"{status}\""
        )
    }
}

pub(super) async fn show(State(app): State<Arc<App>>) -> Response {
    let mut page = String::new();
    app.metrics.push(&mut page);
    let counts = &app.counts;
    let open = app.connections.count() as u64;
    for (name, kind, help, value) in [
        ("clarify_connections_open", "gauge", "Connections that are open.", open),
        ("clarify_writes_waiting", "gauge", "What waits for the writing thread.", counts.waiting()),
        ("clarify_commits_total", "counter", "Commits that were made.", counts.commits()),
        (
            "clarify_answers_given_again_total",
            "counter",
            "Answers to reads that were kept, and given again.",
            app.metrics.again.load(Relaxed),
        ),
        (
            "clarify_answer_bytes",
            "gauge",
            "What large answers take that are read or sent.",
            counts.room().taken() as u64,
        ),
        (
            "clarify_commits_failed_total",
            "counter",
            "Commits that failed.",
            counts.failed_commits(),
        ),
        (
            "clarify_records_written_total",
            "counter",
            "Records that were inserted, changed or deleted.",
            counts.records(),
        ),
    ] {
        push_start(&mut page, name, kind, help);
        push(&mut page, name, value);
    }
    ([(CONTENT_TYPE, FORM)], page).into_response()
}

fn push_start(page: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(page, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn push(page: &mut String, name: &str, value: impl std::fmt::Display) {
    // Text can always be added to.
    let _ = writeln!(page, "{name} {value}");
}
