//! `clarify schema push`: brings the objects of a program to a workspace.

mod account;
mod apply;

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::PathBuf;

use clarify_core::Client;
use clarify_core::blocking::Wait as _;
use clarify_schema::{Object, Permission, Plan, Step, plan};

use self::account::Account;
use super::crate_tables;
use super::report::Form;
use super::source;
use crate::connection;
use crate::failure::{Exit, Failure};

/// Adds to the workspace what it lacks of the objects of a crate, or of a snapshot: objects, fields,
/// options, relationships.
///
/// Shows the steps, and asks before it takes them. What is there is never changed into something
/// else, and nothing of it goes unless a flag says so: what can't be brought together is shown behind
/// a `!`. Once all is there, there is nothing to do.
///
/// Ends with 5 where steps are left, or differences that break.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder of a snapshot, or a file of schemas, whose objects are to be there.
    #[arg(long, value_name = "PATH", conflicts_with_all = ["of_crate", "manifest_path", "package"])]
    from: Option<PathBuf>,
    #[command(flatten)]
    tables: crate_tables::Arguments,
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

/// What may be done beyond adding.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What is there already")]
#[group(skip)]
struct Allowed {
    /// Remove fields that are not known here, with their values. Those of built-in objects stay.
    #[arg(long)]
    remove_fields: bool,
    /// Remove options that are not known here, also from the records that use them.
    #[arg(long)]
    remove_options: bool,
    /// Make fields required that are so here. It is refused where records have no value.
    #[arg(long)]
    require: bool,
}

impl Allowed {
    fn permission(&self) -> Permission {
        let Self { remove_fields, remove_options, require } = *self;
        let mut permission = Permission::default();
        permission.remove_fields = remove_fields;
        permission.remove_options = remove_options;
        permission.require = require;
        permission
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let ours = ours(arguments)?;
    let client = arguments.connection.client()?;
    let permission = arguments.allowed.permission();
    let made = planned(&client, &ours, permission)?;
    let mut account = Account::new(arguments.output, &made);
    account.open()?;
    let taken = take(arguments, &client, &made, &mut account, || {
        Ok(planned(&client, &ours, permission)?.steps)
    });
    account.close()?;
    taken.and_then(|()| end(&made))
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

fn ours(arguments: &Arguments) -> Result<Vec<Object>, Failure> {
    match &arguments.from {
        Some(path) => source::read(path),
        None if arguments.tables.is_asked_for() => {
            Ok(arguments.tables.read()?.into_iter().map(|table| table.object).collect())
        }
        None => Err(Failure::usage("nothing is said of what to push").hint(
            "`--crate` for the structs of the package that is here, `-p PACKAGE` for another's, \
             `--from clarify.schema` for a snapshot",
        )),
    }
}

fn planned(client: &Client, ours: &[Object], permission: Permission) -> Result<Plan, Failure> {
    Ok(plan(ours, &client.schemas().wait()?, permission))
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
fn end(made: &Plan) -> Result<(), Failure> {
    let breaks = made.left.iter().filter(|left| left.effect.breaks()).count();
    let line = match breaks {
        0 => return Ok(()),
        1 => "1 difference that breaks is left".to_owned(),
        count => format!("{count} differences that break are left"),
    };
    Err(Failure::new(line)
        .hint("`--require`, `--remove-options` and `--remove-fields` allow more; the rest is to be changed by hand")
        .exit(Exit::Differences))
}
