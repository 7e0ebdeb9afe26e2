//! `clarify import`: records from a file.
//!
//! The file is read (`read`), its columns go to fields (`mapping`), all of it is looked at (`survey`)
//! and a plan is made of that, which is shown before anything is sent. By the plan each row becomes a
//! record (`value`, `link`). A dry run follows the rows in order (`ledger`); a real one sends them
//! (`run`), and keeps where it stands (`journal`) and what was not written (`refused`).

mod arguments;
mod asked;
mod decide;
mod ending;
mod ids;
mod interrupts;
mod journal;
mod kept;
mod ledger;
mod link;
mod log;
mod mapping;
mod moved;
mod outputs;
mod plan;
mod prepare;
mod progress;
mod read;
mod refused;
mod rehearse;
mod report;
mod run;
mod show;
mod survey;
mod tally;
mod unwritten;
mod value;

pub(crate) use arguments::Arguments;

use crate::failure::Failure;

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime?.block_on(import(arguments))
}

async fn import(arguments: &Arguments) -> Result<(), Failure> {
    let connection = arguments.connection.connection()?;
    let client = connection.client()?;
    match prepare::prepare(arguments, &connection, &client).await? {
        None => Ok(()),
        Some(prepared) if arguments.dry_run => rehearse::run(prepared, &client, arguments).await,
        Some(prepared) => run::run(prepared, &client, arguments).await,
    }
}
