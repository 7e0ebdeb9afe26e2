//! Imports universities as companies, with a line of progress:
//! `cargo run --release --example import -- ../shared/data/universities.json`.
//!
//! The file is a list of objects with `name`, `domains` and `country`. Where `CLARIFY_WORKSPACE` and
//! `CLARIFY_API_KEY` are set, the records go there; else to a service that runs in this program.

use std::collections::HashMap;
use std::error::Error;
use std::io::{IsTerminal as _, stderr};
use std::path::PathBuf;
use std::time::Instant;

use clarify_core::import::{End, Event, Progress};
use clarify_core::{ClarifyObject, Client, Outcome, RecordId};
use clarify_server::Server;
use serde::Deserialize;

/// An organisation. One entry of the file has the same members, and others that are left out.
#[derive(Debug, ClarifyObject, Deserialize)]
#[clarify(object = "company")]
struct Company {
    name: Option<String>,
    #[clarify(unique)]
    domains: Vec<String>,
    country: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).map(PathBuf::from);
    let path = path.unwrap_or_else(|| "../shared/data/universities.json".into());
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("{} can't be read: {error}", path.display()))?;
    let companies: Vec<Company> = serde_json::from_str(&text)?;

    let (clarify, _service) = connect()?;
    let shows = progress_line(companies.len());
    let records = clarify.records::<Company>();
    let mut outcomes = records.import(&companies).concurrency(8).on_event(shows).outcomes();
    let mut first: HashMap<RecordId<Company>, &Company> = HashMap::new();
    while let Some(imported) = outcomes.next().await {
        match imported.end {
            End::Written { id, outcome } => {
                if let (Some(before), Some(Outcome::Matched)) = (first.get(&id), outcome) {
                    eprintln!(
                        "{}{} is the record of {}",
                        erase(),
                        name(imported.item),
                        name(before)
                    );
                }
                first.entry(id).or_insert(imported.item);
            }
            other => eprintln!("{}{}: {other:?}", erase(), name(imported.item)),
        }
    }
    let Progress { created, matched, refused, uncertain, not_attempted, .. } = outcomes.progress();
    eprint!("{}", erase());
    println!(
        "{created} created, {matched} matched, {refused} refused, {uncertain} uncertain, {not_attempted} not attempted"
    );
    match outcomes.stopped() {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

/// The workspace of the environment, or one that lasts as long as this program.
fn connect() -> Result<(Client, Option<Server>), Box<dyn Error>> {
    if std::env::var_os("CLARIFY_WORKSPACE").is_some() {
        return Ok((Client::from_env()?, None));
    }
    let service = Server::builder().workspace("acme").register(Company::OBJECT).start()?;
    let builder = Client::builder(service.workspace()).api_key(service.api_key());
    Ok((builder.base_url(service.url()).build()?, Some(service)))
}

/// A line that is written over with every batch: how many, of how many, and how fast.
fn progress_line(total: usize) -> impl FnMut(Event<'_>) + Send {
    let began = Instant::now();
    move |event| match event {
        Event::Progress(progress) if stderr().is_terminal() => {
            let rate = progress.total() as f64 / began.elapsed().as_secs_f64();
            eprint!("{}{} of {total}, {rate:.0} records/s", erase(), progress.total());
        }
        Event::Retrying { error, wait } => eprintln!("{}{error}: again in {wait:.1?}", erase()),
        _ => {}
    }
}

/// Takes the line of progress away, on a terminal.
fn erase() -> &'static str {
    if stderr().is_terminal() { "\r\x1b[2K" } else { "" }
}

fn name(company: &Company) -> &str {
    company.name.as_deref().unwrap_or("somebody without a name")
}
