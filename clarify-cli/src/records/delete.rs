//! `clarify records delete`.

use std::io::{self, IsTerminal as _, Write as _};

use clarify_core::blocking::{Iter as _, Wait as _};
use clarify_core::import::{End, Imported};
use clarify_core::{RawAttributes, RecordId, Records};

use super::not_there;
use crate::connection;
use crate::failure::{Exit, Failure};
use crate::output::text;
use crate::workspace;

/// Deletes records.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The object: `person`, `c_sales_order` …
    object: String,
    /// The ids of the records.
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    /// Delete without asking.
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    connection: connection::Arguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { object, ids, yes, connection } = arguments;
    let records = workspace::records(&connection.client()?, object)?;
    if !yes && !is_meant(ids.len(), object)? {
        return Err(Failure::new("nothing is deleted"));
    }
    match ids.as_slice() {
        [id] => {
            let deleted = records.delete(RecordId::new(id.as_str())).wait();
            deleted.map_err(|error| not_there(error, object))?;
            Ok(writeln!(io::stdout(), "deleted {id}")?)
        }
        _ => delete_each(&records, ids),
    }
}

/// Asks, where there is somebody to ask.
fn is_meant(count: usize, object: &str) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::usage("nobody can be asked whether this is meant")
            .hint("`--yes` deletes without asking"));
    }
    let records = if count == 1 { "record" } else { "records" };
    eprint!("Delete {count} {records} of `{object}`? [y/N] ");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Deletes many, each by itself: one that is not there keeps no other.
fn delete_each(records: &Records<RawAttributes>, ids: &[String]) -> Result<(), Failure> {
    let ids = ids.iter().map(|id| RecordId::<RawAttributes>::new(id.as_str()));
    let mut ends = records.delete_each(ids).outcomes().iter()?;
    let mut out = io::stdout().lock();
    let (mut refused, mut uncertain) = (0, 0);
    for Imported { item: id, end, .. } in ends.by_ref() {
        match end {
            End::Refused(error) => {
                refused += 1;
                eprintln!("{}", text::plain(&format!("{id}: {error}")));
            }
            End::Uncertain(error) => {
                uncertain += 1;
                eprintln!("{}", text::plain(&format!("{id}: {error}")));
            }
            End::NotAttempted(_) => {}
            _ => writeln!(out, "deleted {id}")?,
        }
    }
    if let Some(error) = ends.stream().stopped() {
        return Err(error.into());
    }
    match (refused, uncertain) {
        (0, 0) => Ok(()),
        (_, 0) => {
            Err(Failure::new(format!("not deleted: {refused} of the records"))
                .exit(Exit::SomeRefused))
        }
        _ => Err(Failure::new(format!("perhaps not deleted: {uncertain} of the records"))
            .hint("to delete them again does no harm")
            .exit(Exit::Uncertain)),
    }
}
