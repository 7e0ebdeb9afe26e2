//! `clarify schema check`: whether what a program knows still fits the workspace.

use std::env;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clarify_schema::{Change, Difference, Effect, Object, workspace_differences};

use super::crate_tables::{self, Table};
use super::folder::{self, Folder, Snapshot};
use super::report::{self, Finding, Form, Place};
use super::source;
use crate::connection;
use crate::failure::{Exit, Failure};

/// Compares the snapshot, or the structs of a crate, with the workspace, and tells what each
/// difference does to a program that stays as it is.
///
/// Ends with 5 where there are differences that `--fail-on` names, with 0 where there are none, and
/// with 1 where it can't be told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    folder: folder::Arguments,
    #[command(flatten)]
    tables: crate_tables::Arguments,
    /// Another snapshot, or a file of schemas, in the place of the live workspace.
    #[arg(long, value_name = "PATH")]
    against: Option<PathBuf>,
    /// What counts as a failure; each includes those before it.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    fail_on: FailOn,
    /// Show what is harmless as well.
    #[arg(long)]
    all: bool,
    /// The form of the output.
    #[arg(long, short, value_enum, value_name = "FORM", default_value_t)]
    output: Form,
    #[command(flatten)]
    connection: connection::Arguments,
}

/// What counts as a failure.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum FailOn {
    /// What breaks reading.
    Reading,
    /// What breaks writing.
    #[default]
    Writing,
    /// What depends on the values.
    Unclear,
    /// Any difference.
    Any,
}

impl FailOn {
    fn includes(self, effect: Effect) -> bool {
        effect
            >= match self {
                Self::Reading => Effect::BreaksReading,
                Self::Writing => Effect::BreaksWriting,
                Self::Unclear => Effect::Unclear,
                Self::Any => Effect::Harmless,
            }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (findings, hint) = match arguments.tables.is_asked_for() {
        true => {
            let tables = arguments.tables.read()?.tables;
            let theirs = theirs(arguments)?;
            let hint = "change the structs, or the workspace: `clarify schema push` adds to it";
            (of_tables(&tables, &theirs), hint.to_owned())
        }
        false => {
            let folder = arguments.folder.folder()?;
            let snapshot = folder.read()?;
            let theirs = theirs(arguments)?;
            let hint = format!("`{}`, then build", folder.mended_by());
            (of_snapshot(&folder, &snapshot, &theirs), hint)
        }
    };
    let findings = shown_from_here(findings, arguments.output);
    report::tell(arguments.output, &findings, arguments.all)?;
    let fails = |finding: &&Finding| arguments.fail_on.includes(finding.difference.effect);
    match findings.iter().filter(fails).count() {
        0 => Ok(()),
        1 => Err(Failure::new("there is 1 difference").hint(hint).exit(Exit::Differences)),
        n => Err(Failure::new(format!("there are {n} differences"))
            .hint(hint)
            .exit(Exit::Differences)),
    }
}

fn theirs(arguments: &Arguments) -> Result<Vec<Object>, Failure> {
    match &arguments.against {
        Some(path) => source::read(path),
        None => source::workspace(&arguments.connection),
    }
}

/// Of a snapshot that never had all objects, those that it lacks are no news.
fn of_snapshot(folder: &Folder, snapshot: &Snapshot, theirs: &[Object]) -> Vec<Finding> {
    let differences = workspace_differences(&snapshot.objects, theirs).into_iter();
    let is_news =
        |difference: &Difference| snapshot.index.is_whole || difference.change != Change::NewObject;
    let finding = |difference: Difference| {
        let place = snapshot.index.has(&difference.object).then(|| place_in(folder, &difference));
        Finding { difference, place }
    };
    differences.filter(is_news).map(finding).collect()
}

fn place_in(folder: &Folder, difference: &Difference) -> Place {
    let file = folder.file(&difference.object);
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let line = difference.field.as_ref().and_then(|field| {
        let key = format!("    \"{field}\": ");
        text.lines().position(|line| line.starts_with(&key))
    });
    Place { file, line: line.map(|place| place + 1) }
}

fn of_tables(tables: &[Table], theirs: &[Object]) -> Vec<Finding> {
    let of_table = |table: &Table| {
        let found = workspace_differences(std::slice::from_ref(&table.object), theirs);
        let found = found.into_iter().filter(|found| found.change != Change::NewObject);
        let finding = |difference: Difference| {
            let place = table.place(difference.field.as_deref());
            Finding { difference, place: Some(place) }
        };
        found.map(finding).collect::<Vec<_>>()
    };
    tables.iter().flat_map(of_table).collect()
}

/// Files by their paths from here; GitHub knows them from the root of what it has checked out.
fn shown_from_here(mut findings: Vec<Finding>, form: Form) -> Vec<Finding> {
    let Ok(here) = env::current_dir() else { return findings };
    let root = env::var_os("GITHUB_WORKSPACE").filter(|_| form == Form::Github);
    let root = root.map_or_else(|| here.clone(), PathBuf::from);
    for place in findings.iter_mut().filter_map(|finding| finding.place.as_mut()) {
        let whole = here.join(&place.file);
        place.file = whole.strip_prefix(&root).map(Path::to_path_buf).unwrap_or(whole);
    }
    findings
}
