//! What would become of the rows, and which of them are about the same record.

use clarify_core::Client;
use clarify_core::import::Entry;

use super::Arguments;
use super::ledger::{Fate, Ledger};
use super::plan::{Converter, Plan};
use super::prepare::Prepared;
use super::read::Source;
use super::report::{Merged, NAMED, Refusal, Report};
use crate::failure::{Exit, Failure};

/// What was found by following all rows.
#[derive(Default)]
pub(super) struct Found {
    pub(super) report: Report,
    pub(super) order_counts: bool,
    /// Whether each row that is sent has something to match on.
    pub(super) all_match: bool,
}

/// Says what would become of each row, and writes nothing.
pub(super) async fn run(
    prepared: Prepared,
    client: &Client,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let Prepared { source, object, plan, converter, input, rows, .. } = &prepared;
    let mut ledger = Ledger::new(object);
    if plan.has_unique(object) {
        ledger.read(client).await?;
    }
    let Found { mut report, .. } = follow(source, converter, plan, ledger)?;
    report.object = plan.object.clone();
    (report.input, report.rows, report.dry_run) = (input.clone(), *rows, true);
    report.write(arguments.running.report.as_deref())?;
    match report.tally.refused {
        0 => Ok(()),
        refused => {
            Err(Failure::new(format!("{refused} rows would be refused")).exit(Exit::SomeRefused))
        }
    }
}

/// Follows all rows before they are sent: which of them are about the same record?
pub(super) async fn before_sending(prepared: &Prepared, client: &Client) -> Result<Found, Failure> {
    let Prepared { source, object, plan, converter, .. } = prepared;
    let mut ledger = Ledger::new(object);
    if plan.has_unique(object) {
        ledger.read_if_order_may_count(client).await?;
    }
    follow(source, converter, plan, ledger)
}

fn follow(
    source: &Source,
    converter: &Converter,
    plan: &Plan,
    mut ledger: Ledger<'_>,
) -> Result<Found, Failure> {
    let (mut report, mut all_match) = (Report::default(), true);
    for row in source.rows()? {
        let item = converter.item(row?);
        let line = item.row.line;
        match ledger.follow(line, &item.entry) {
            Fate::Created => {
                report.tally.created += 1;
                all_match &= !matches!(item.entry, Entry::Create(_));
            }
            Fate::Matched { line: first, by } => {
                report.tally.matched += 1;
                report.merged.extend(first.map(|into| Merged { line, into, value: by }));
            }
            Fate::Refused(problems) => {
                report.tally.refused += 1;
                if report.refusals.len() < NAMED {
                    let reason = plan.reason(&problems);
                    report.refusals.push(Refusal { line, reason });
                }
            }
        }
    }
    Ok(Found { report, order_counts: ledger.order_counts, all_match })
}
