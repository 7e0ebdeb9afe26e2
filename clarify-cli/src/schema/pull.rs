//! `clarify schema pull`: the workspace's schema, as files beside a program.

use std::collections::BTreeSet;
use std::io::{self, Write as _};

use clarify_schema::{
    Field, Object, SNAPSHOT_INDEX, SnapshotIndex, nearest, read_snapshot, snapshot_file,
    write_snapshot,
};

use super::folder::{self, Folder};
use super::source;
use crate::connection;
use crate::failure::Failure;

/// Writes the schema of the workspace into a folder, a file for each object. Commit it: structs are
/// checked against it when they are compiled, and no build asks the network.
///
/// Files that say the same already are not touched. Without names, an index that can't be read is made
/// anew.
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
    folder.check()?;
    let before = match folder.index() {
        Err(_) if arguments.objects.is_empty() => Before::Unreadable,
        index => index?.map_or(Before::Nothing, Before::Index),
    };
    let objects = source::workspace(&arguments.connection)?;
    let (objects, index) = match arguments.objects.as_slice() {
        [] => {
            let index = SnapshotIndex::new(names(&objects), true);
            (objects, index)
        }
        asked => {
            let wanted = wanted(&objects, asked)?;
            let index = merged(before.index(), &names(&objects), &wanted);
            (wanted, index)
        }
    };
    let mut changes = write(&folder, &objects, &index)?;
    changes.extend(clear(&folder, &before, &index)?);
    changes.extend(index_change(&before, &index));
    let strays = match before {
        Before::Unreadable => strays(&folder, &index)?,
        Before::Nothing | Before::Index(_) => Vec::new(),
    };
    tell(&folder, &index, &changes, &strays)
}

/// What there was before.
enum Before {
    Nothing,
    Index(SnapshotIndex),
    /// An index that says nothing any more, such as one with the marks of a merge.
    Unreadable,
}

impl Before {
    fn index(&self) -> Option<&SnapshotIndex> {
        match self {
            Self::Index(index) => Some(index),
            Self::Nothing | Self::Unreadable => None,
        }
    }
}

/// Removes the files of objects that are gone. What the index did not name is not ours to remove.
fn clear(folder: &Folder, before: &Before, index: &SnapshotIndex) -> Result<Vec<String>, Failure> {
    let known = before.index().into_iter().flat_map(|index| &index.objects);
    let gone = known.filter(|name| !index.has(name)).map(|name| snapshot_file(name));
    gone.map(|file| {
        folder.remove(&file)?;
        Ok(format!("{file}: removed"))
    })
    .collect()
}

/// Where it can't be known what the index named: the files of objects that are not there.
fn strays(folder: &Folder, index: &SnapshotIndex) -> Result<Vec<String>, Failure> {
    let others = folder.objects()?.into_iter().filter(|name| !index.has(name));
    let told = |name: String| format!("{}: of no object, and stays", snapshot_file(&name));
    Ok(others.map(told).collect())
}

/// What changes of the index that no object's file tells.
fn index_change(before: &Before, index: &SnapshotIndex) -> Option<String> {
    let change = match (before, index.is_whole) {
        (Before::Unreadable, _) => "made anew: it could not be read",
        (Before::Index(before), false) if before.is_whole => {
            "the workspace has objects that are not in it, so that nothing is known of others now"
        }
        (Before::Index(before), true) if !before.is_whole => {
            "it names all objects of the workspace now"
        }
        _ => return None,
    };
    Some(format!("{SNAPSHOT_INDEX}: {change}"))
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
        // What is there may be no text at all.
        let before = folder.text(&file).unwrap_or_else(|_| Some(String::new()));
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

fn tell(
    folder: &Folder,
    index: &SnapshotIndex,
    changes: &[String],
    strays: &[String],
) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for line in changes.iter().chain(strays) {
        writeln!(out, "{line}")?;
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
