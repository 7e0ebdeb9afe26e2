//! What is told on the standard error.

use std::env;

use tracing::Level;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::failure::Failure;
use crate::requests::Requests;

/// Shows warnings, or what `RUST_LOG` says; where it is asked for, also each request that is sent, and
/// each that a service gets.
pub(crate) fn start(shows_sent: bool, shows_received: bool) -> Result<(), Failure> {
    let targets = targets(shows_received)?;
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let sent = Targets::new().with_target("clarify_core", Level::TRACE);
    tracing_subscriber::registry()
        .with(lines.with_filter(targets))
        .with(shows_sent.then(|| Requests.with_filter(sent)))
        .init();
    Ok(())
}

fn targets(shows_requests: bool) -> Result<Targets, Failure> {
    match env::var("RUST_LOG") {
        Ok(rules) if !rules.is_empty() => rules.parse().map_err(|error| {
            Failure::new(format!("RUST_LOG: {error}"))
                .hint("expected a level or rules such as `clarify_server=info`")
        }),
        _ if shows_requests => Ok(Targets::new().with_default(Level::INFO)),
        _ => Ok(Targets::new().with_default(Level::WARN)),
    }
}
