//! `clarify schema push`: brings the objects of a program to a workspace.

mod account;
mod allowed;
mod apply;
mod wanted;

use std::collections::BTreeSet;
use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::PathBuf;

use clarify_core::Client;
use clarify_schema::{Difference, Plan, Step};

use self::account::Account;
use self::allowed::Allowed;
use self::wanted::Wanted;
use super::report::Form;
use super::{crate_tables, folder};
use crate::connection;
use crate::failure::{Exit, Failure};

/// Adds to the workspace what it lacks of the objects of a crate, or of a snapshot: objects, fields,
/// options, relationships.
///
/// Shows the steps, and asks before it takes them. What is there is never changed into something
/// else, and nothing of it goes unless a flag says so: what can't be brought together is shown behind
/// a `!`. Once all is there, there is nothing to do.
///
/// The structs say what the program needs, and the snapshot beside their package the rest: labels,
/// titles, descriptions, other sides of links, further fields. Of an object that it does not have, or
/// without a snapshot, it is the struct alone.
///
/// Ends with 5 where steps are left, or differences that break.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder of a snapshot, or a file of schemas, whose objects are to be there.
    #[arg(
        long,
        value_name = "PATH",
        conflicts_with_all = ["of_crate", "manifest_path", "package", "dir"]
    )]
    from: Option<PathBuf>,
    #[command(flatten)]
    tables: crate_tables::Arguments,
    #[command(flatten)]
    folder: folder::Arguments,
    /// Take the steps without asking.
    #[arg(long, short)]
    yes: bool,
    /// Show the steps, and take none.
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// The form of the output. Only people are asked.
    #[arg(long, short, value_enum, value_name = "FORM", default_value_t)]
    output: Form,
    #[command(flatten)]
    allowed: Allowed,
    #[command(flatten)]
    connection: connection::Arguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let wanted = Wanted::read(arguments)?;
    let client = arguments.connection.client()?;
    let permission = arguments.allowed.permission();
    let made = wanted.planned(&client, permission)?;
    let mut account = Account::new(arguments.output, &made);
    account.open()?;
    let taken = take(arguments, &client, &made, &mut account, || {
        Ok(wanted.planned(&client, permission)?.steps)
    });
    account.close()?;
    taken.and_then(|()| end(&made, &arguments.allowed))
}

fn take(
    arguments: &Arguments,
    client: &Client,
    made: &Plan,
    account: &mut Account<'_>,
    steps_left: impl Fn() -> Result<Vec<Step>, Failure>,
) -> Result<(), Failure> {
    if made.steps.is_empty() {
        return Ok(());
    }
    confirm(arguments, made.steps.len())?;
    apply::all(client, &made.steps, account)?;
    apply::verify(account, steps_left)
}

fn counted(count: usize) -> String {
    if count == 1 { "1 step".to_owned() } else { format!("{count} steps") }
}

/// Goes on where it is meant, as far as can be known.
fn confirm(arguments: &Arguments, count: usize) -> Result<(), Failure> {
    if arguments.yes {
        return Ok(());
    }
    let can_ask = arguments.output == Form::Text && io::stdin().is_terminal();
    if arguments.dry_run || !can_ask {
        return Err(Failure::new(format!("{} to take, and none is taken", counted(count)))
            .hint("`--yes` takes them")
            .exit(Exit::Differences));
    }
    eprint!("Take {}? [y/N] ", counted(count));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    match answer.trim() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err(Failure::new("nothing is changed")),
    }
}

/// What is left is an end of its own: a program that breaks is no less broken for what was added.
fn end(made: &Plan, allowed: &Allowed) -> Result<(), Failure> {
    let breaking: Vec<_> = made.left.iter().filter(|left| left.effect.breaks()).collect();
    let line = match breaking.len() {
        0 => return Ok(()),
        1 => "1 difference that breaks is left".to_owned(),
        count => format!("{count} differences that break are left"),
    };
    Err(Failure::new(line).hint(hint(&breaking, allowed)).exit(Exit::Differences))
}

/// How to mend what is left: by flags, where they do.
fn hint(left: &[&Difference], allowed: &Allowed) -> String {
    let flags: BTreeSet<_> = left.iter().filter_map(|left| allowed.flag_for(left)).collect();
    let flags = flags.into_iter().collect::<Vec<_>>().join(" and ");
    let by_hand = "is to be changed by hand, here or in the workspace";
    match left.iter().all(|left| allowed.flag_for(left).is_some()) {
        true => format!("with {flags} it goes on"),
        false if flags.is_empty() => format!("it {by_hand}"),
        false => format!("with {flags} it goes on; the rest {by_hand}"),
    }
}
