//! `clarify schema generate`: the structs of a program, from a snapshot.

mod edits;
mod imports;
mod lines;
mod names;
mod note;
mod source;
#[cfg(test)]
mod tests;
mod types;
mod update;
mod views;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clarify_codegen::{Names, Paths, module, plan};
use clarify_schema::Object;
use similar::TextDiff;

use super::folder::{self, Folder};
use crate::failure::{Exit, Failure};
use note::Note;
use source::Source;
use update::{Request, update};

/// Writes structs for the objects of the snapshot, and enums for their selects.
///
/// A file that is there stays as people left it: it gets the objects, fields and options that are new,
/// and the types of fields whose kind changed. What the snapshot does not have any more is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The objects; all of the snapshot's, unless named.
    #[arg(value_name = "OBJECT")]
    objects: Vec<String>,
    /// The file to write or to bring up to date, such as `src/crm.rs`. Without it, the source is
    /// printed.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Take away the fields and options that the snapshot does not have any more.
    #[arg(long, requires = "out")]
    prune: bool,
    /// Write nothing; show what would change, and end with 5 if anything would.
    #[arg(long, requires = "out")]
    check: bool,
    #[command(flatten)]
    folder: folder::Arguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let objects = objects(arguments)?;
    let Some(path) = &arguments.out else { return print(&objects) };
    let before = text(path)?;
    let (after, notes) = match &before {
        Some(text) if !text.trim().is_empty() => updated(path, text, arguments, &objects)?,
        _ => (fresh(&objects), Vec::new()),
    };
    let before = before.unwrap_or_default();
    match arguments.check {
        true => check(path, &before, &after),
        false => write(path, &before, &after, &notes),
    }
}

/// The objects that are asked for, in the snapshot's order.
fn objects(arguments: &Arguments) -> Result<Vec<Object>, Failure> {
    let folder = arguments.folder.folder()?;
    let mut objects = folder.read()?.objects;
    let names: Vec<_> = objects.iter().map(|object| object.name.to_string()).collect();
    if let Some(unknown) = arguments.objects.iter().find(|name| !names.contains(name)) {
        let line = format!("the snapshot has no object `{unknown}`");
        return Err(
            Failure::file(folder.path(), line).hint(format!("it has `{}`", names.join("`, `")))
        );
    }
    let all = arguments.objects.is_empty();
    objects.retain(|object| all || arguments.objects.iter().any(|name| object.name == *name));
    Ok(objects)
}

fn text(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file(path, error)),
    }
}

fn fresh(objects: &[Object]) -> String {
    module(&plan(objects, &Names::default()), &Paths::Imported)
}

fn print(objects: &[Object]) -> Result<(), Failure> {
    io::stdout().lock().write_all(fresh(objects).as_bytes())?;
    Ok(())
}

fn updated(
    path: &Path,
    text: &str,
    arguments: &Arguments,
    objects: &[Object],
) -> Result<(String, Vec<Note>), Failure> {
    let source = Source::parse(text).map_err(|error| {
        let start = error.span().start();
        let place = format!("line {}, column {}", start.line, start.column + 1);
        Failure::file(path, format!("{place}: {error}"))
            .hint("the file has to be Rust before it can be brought up to date")
    })?;
    let is_whole = arguments.objects.is_empty();
    let request = Request { objects, is_whole, prune: arguments.prune };
    update(&source, &request).map_err(|error| {
        Failure::file(path, format!("it can't be brought up to date: {error}"))
            .hint("write it anew to another file, and bring the two together")
    })
}

/// Writes the file, unless nothing changed, and tells what did.
fn write(path: &Path, before: &str, after: &str, notes: &[Note]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| Failure::usage(format!("`{}` is no file", path.display())))?;
    for note in notes {
        writeln!(out, "{note}")?;
    }
    if before == after {
        writeln!(out, "{} is up to date", path.display())?;
        return Ok(());
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    Folder::at(parent.unwrap_or(Path::new("."))).write(name, after)?;
    writeln!(out, "wrote {}", path.display())?;
    Ok(())
}

fn check(path: &Path, before: &str, after: &str) -> Result<(), Failure> {
    if before == after {
        return Ok(());
    }
    let name = path.display().to_string();
    let diff = TextDiff::from_lines(before, after);
    let diff = diff.unified_diff().header(&name, &format!("{name} (generated)")).to_string();
    io::stdout().lock().write_all(diff.as_bytes())?;
    let line = format!("`{name}` is not what the snapshot says");
    Err(Failure::new(line).hint("generate it without `--check`").exit(Exit::Differences))
}
