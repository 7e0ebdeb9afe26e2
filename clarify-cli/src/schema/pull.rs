//! `clarify schema pull`: the workspace's schema, as files beside a program.

use std::collections::BTreeSet;
use std::io::{self, Write as _};

use clarify_schema::{
    Field, Object, SNAPSHOT_INDEX, SnapshotIndex, read_snapshot, snapshot_file, write_snapshot,
};

use super::folder::{self, Folder};
use super::source;
use crate::connection;
use crate::failure::Failure;
use crate::nearest::nearest;

/// Writes the schema of the workspace into a folder, a file for each object. Commit it: structs are
/// checked against it when they are compiled, and no build asks the network.
///
/// Files that say the same already are not touched.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The objects to pull; all of them, where none is named. With names, the others stay as they are.
    #[arg(value_name = "OBJECT")]
    objects: Vec<String>,
    #[command(flatten)]
    folder: folder::Arguments,
    #[command(flatten)]
    connection: connection::Arguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let folder = arguments.folder.folder()?;
    let before = folder.index()?;
    let objects = source::workspace(&arguments.connection)?;
    let (objects, index) = match arguments.objects.as_slice() {
        [] => {
            let index = SnapshotIndex::new(names(&objects), true);
            (objects, index)
        }
        asked => {
            let wanted = wanted(&objects, asked)?;
            let index = merged(before.as_ref(), &names(&objects), &wanted);
            (wanted, index)
        }
    };
    let mut changes = write(&folder, &objects, &index)?;
    // What the index did not name is not ours to remove.
    let known = before.into_iter().flat_map(|index| index.objects);
    for name in known.filter(|name| !index.has(name)) {
        folder.remove(&snapshot_file(&name))?;
        changes.push(format!("{}: removed", snapshot_file(&name)));
    }
    tell(&folder, &index, &changes)
}

fn names(objects: &[Object]) -> Vec<String> {
    objects.iter().map(|object| object.name.to_string()).collect()
}

/// The objects that are asked for. Where one is not there, none is pulled.
fn wanted(objects: &[Object], asked: &[String]) -> Result<Vec<Object>, Failure> {
    let find = |name: &String| {
        objects.iter().find(|object| object.name == *name).cloned().ok_or_else(|| {
            let failure = Failure::new(format!("there is no object `{name}` in the workspace"));
            match nearest(name, objects.iter().map(|object| &*object.name)) {
                Some(known) => failure.hint(format!("did you mean `{known}`?")),
                None => failure.hint("`clarify objects` lists those that there are"),
            }
        })
    };
    asked.iter().map(find).collect()
}

/// The index with these objects as well. It is whole where it was, and still names them all.
fn merged(before: Option<&SnapshotIndex>, all: &[String], wanted: &[Object]) -> SnapshotIndex {
    let known = before.into_iter().flat_map(|index| index.objects.iter().cloned());
    let index = SnapshotIndex::new(known.chain(names(wanted)), false);
    let (named, there): (BTreeSet<_>, BTreeSet<_>) =
        (index.objects.iter().collect(), all.iter().collect());
    let is_whole = before.is_some_and(|index| index.is_whole) && named == there;
    SnapshotIndex::new(index.objects, is_whole)
}

/// Writes what is new. Tells each file that changed, and how.
fn write(
    folder: &Folder,
    objects: &[Object],
    index: &SnapshotIndex,
) -> Result<Vec<String>, Failure> {
    let mut changes = Vec::new();
    for object in objects {
        let (file, text) = (snapshot_file(&object.name), write_snapshot(object));
        let before = folder.text(&file)?;
        if before.as_ref() != Some(&text) {
            folder.write(&file, &text)?;
            changes.push(format!("{file}: {}", change(before.as_deref(), object)));
        }
    }
    folder.write(SNAPSHOT_INDEX, &index.write())?;
    Ok(changes)
}

fn change(before: Option<&str>, object: &Object) -> String {
    let Some(before) = before else { return format!("new, {}", count(object.fields.len())) };
    let Ok(before) = read_snapshot(before) else {
        return "made anew: it could not be read".to_owned();
    };
    let without = |one: &Object, other: &Object| {
        let new = one.fields.iter().filter(|field| other.field(&field.name).is_none());
        new.map(|field| &*field.name).map(str::to_owned).collect::<Vec<_>>()
    };
    let is_changed =
        |field: &&Field| before.field(&field.name).is_some_and(|before| before != *field);
    let changed = object.fields.iter().filter(is_changed).map(|field| field.name.to_string());
    let parts = [
        ("more", without(object, &before)),
        ("less", without(&before, object)),
        ("changed", changed.collect()),
    ];
    let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
    let parts =
        parts.map(|(how, names)| format!("{} {how} ({})", count(names.len()), names.join(", ")));
    match parts.collect::<Vec<_>>().join(", ") {
        same if same.is_empty() => "what it is called, or the order of its fields".to_owned(),
        parts => parts,
    }
}

fn count(fields: usize) -> String {
    let plural = if fields == 1 { "" } else { "s" };
    format!("{fields} field{plural}")
}

fn tell(folder: &Folder, index: &SnapshotIndex, changes: &[String]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for change in changes {
        writeln!(out, "{change}")?;
    }
    let objects = index.objects.len();
    let plural = if objects == 1 { "" } else { "s" };
    let changed = match changes.len() {
        0 => "nothing changed".to_owned(),
        1 => "1 file changed".to_owned(),
        count => format!("{count} files changed"),
    };
    writeln!(out, "{}: {objects} object{plural}, {changed}", folder.path().display())?;
    Ok(out.flush()?)
}
