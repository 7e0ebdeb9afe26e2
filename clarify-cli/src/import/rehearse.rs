//! What would become of the rows, and which of them are about the same record.

use clarify_core::Client;
use clarify_core::import::Entry;

use super::Arguments;
use super::ledger::{Fate, Ledger};
use super::plan::{Item, Plan};
use super::prepare::Prepared;
use super::report::{Merged, Report};
use super::show::many;
use crate::failure::{Exit, Failure};

/// What was found by following all rows, or those up to where too many are refused.
#[derive(Default)]
pub(super) struct Found {
    pub(super) report: Report,
    pub(super) order_counts: bool,
    /// Whether each row that is sent has something to match on.
    pub(super) all_match: bool,
    /// After how many rows too many are refused, where there are others behind them.
    pub(super) ends_after: Option<u64>,
}

/// Says what would become of each row, and writes nothing.
pub(super) async fn run(
    prepared: Prepared,
    client: &Client,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let Prepared { object, plan, input, rows, .. } = &prepared;
    let mut ledger = Ledger::new(object);
    if plan.has_unique(object) {
        ledger.read(client).await?;
    }
    let found = follow(&prepared, ledger, arguments.running.max_errors, arguments.named())?;
    let Found { mut report, ends_after, .. } = found;
    report.object = plan.object.clone();
    (report.input, report.rows, report.dry_run) = (input.clone(), *rows, true);
    report.tally.not_attempted = ends_after.map_or(0, |done| rows.saturating_sub(done));
    let written = report.write(arguments.running.report.as_deref());
    let refused = many(report.tally.refused, "row");
    match (report.tally.refused, ends_after) {
        (0, _) => written,
        (_, None) => {
            Err(Failure::new(format!("{refused} would be refused")).exit(Exit::SomeRefused))
        }
        (_, Some(_)) => {
            Err(Failure::new(format!("{refused} would be refused: the import would stop"))
                .hint("`--max-errors` says how many may be"))
        }
    }
}

/// Follows all rows before they are sent: which of them are about the same record?
pub(super) async fn before_sending(
    prepared: &Prepared,
    client: &Client,
    max_errors: Option<u64>,
) -> Result<Found, Failure> {
    let Prepared { object, plan, .. } = prepared;
    let mut ledger = Ledger::new(object);
    if plan.has_unique(object) {
        ledger.read_if_order_may_count(client).await?;
    }
    follow(prepared, ledger, max_errors, 0)
}

/// Rows that an earlier run has done count for nothing but what they have left there. So many of those
/// that are refused are named.
fn follow(
    prepared: &Prepared,
    mut ledger: Ledger<'_>,
    max_errors: Option<u64>,
    named: usize,
) -> Result<Found, Failure> {
    let Prepared { source, converter, plan, rows, step, .. } = prepared;
    let mut found = Found { all_match: true, ..Found::default() };
    let mut refused = 0;
    for (place, row) in (0..).zip(source.rows()?) {
        let item = converter.item(row?);
        let fate = ledger.follow(item.row.place, &item.entry);
        refused += u64::from(matches!(fate, Fate::Refused(_)) && !step.is_done(place));
        found.take(&item, fate, plan, named);
        if max_errors.is_some_and(|most| refused > most) {
            found.ends_after = Some(place + 1).filter(|done| done < rows);
            break;
        }
    }
    found.order_counts = ledger.order_counts;
    Ok(found)
}

impl Found {
    fn take(&mut self, item: &Item, fate: Fate, plan: &Plan, named: usize) {
        let (report, row) = (&mut self.report, item.row.place);
        match fate {
            Fate::Created => {
                report.tally.created += 1;
                self.all_match &= !matches!(item.entry, Entry::Create(_));
            }
            Fate::Matched { row: first, by } => {
                report.tally.matched += 1;
                report.merged.extend(first.map(|into| Merged::new(row, into, by)));
            }
            Fate::Refused(problems) => {
                report.tally.refused += 1;
                report.refuse(row, || plan.reason(&problems), named);
            }
        }
    }
}
