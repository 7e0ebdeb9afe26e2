//! What `--verbose` shows: each request that is sent, and its answer.

use std::fmt;
use std::time::Instant;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use crate::output::text;

/// Shows what the client tells of its requests. It is never told the key.
pub(crate) struct Requests;

/// One try of a request.
struct Try {
    begun: Instant,
    seen: Seen,
}

/// What is of interest among the fields of spans and events.
#[derive(Default)]
struct Seen {
    method: Option<String>,
    url: Option<String>,
    status: Option<u64>,
    error: Option<String>,
    wait: Option<u64>,
}

impl Visit for Seen {
    fn record_str(&mut self, field: &Field, value: &str) {
        let place = match field.name() {
            "http.request.method" => &mut self.method,
            "url.full" => &mut self.url,
            "error.type" => &mut self.error,
            _ => return,
        };
        *place = Some(text::plain(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "http.response.status_code" {
            self.status = Some(value);
        }
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        if field.name() == "wait_ms" {
            self.wait = u64::try_from(value).ok();
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Requests {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut begun = Try { begun: Instant::now(), seen: Seen::default() };
        attributes.record(&mut begun.seen);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(begun);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(begun) = span.extensions_mut().get_mut::<Try>()
        {
            values.record(&mut begun.seen);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut told = Seen::default();
        event.record(&mut told);
        if let Some(wait) = told.wait {
            eprintln!("* trying again in {wait} ms");
        }
        if let Some(url) = told.url
            && let Some(span) = context.event_span(event)
            && let Some(begun) = span.extensions().get::<Try>()
        {
            let method = begun.seen.method.as_deref().unwrap_or_default();
            eprintln!("> {method} {url} (Authorization: api-key …)");
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        if let Some(span) = context.span(&id)
            && let Some(Try { begun, seen }) = span.extensions().get::<Try>()
        {
            let took = begun.elapsed().as_millis();
            match (seen.status, &seen.error) {
                (Some(status), _) => eprintln!("< {status} after {took} ms"),
                (None, Some(error)) => eprintln!("< no answer ({error}) after {took} ms"),
                (None, None) => {}
            }
        }
    }
}
