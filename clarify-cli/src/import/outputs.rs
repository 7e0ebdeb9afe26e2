//! The files that an import writes, looked at before anything is sent.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use same_file::Handle;

use crate::failure::Failure;
use crate::part::folder_of;

/// More links than these do not lead from one to the next.
const MOST_LINKS: usize = 40;

/// Files that an import reads or writes, each with what it is to the user: `--ids`, `the journal`.
pub(super) type Files<'f> = Vec<(&'static str, &'f Path)>;

/// Nothing is written over that is read, nor over another file of the same import, and each can be
/// written.
pub(super) fn check(inputs: &Files<'_>, outputs: &Files<'_>) -> Result<(), Failure> {
    for (place, output) in outputs.iter().enumerate() {
        let others = inputs.iter().chain(outputs.iter().take(place));
        if let Some(other) = others.into_iter().find(|other| are_same(other.1, output.1)) {
            return Err(same(other, output));
        }
    }
    outputs.iter().try_for_each(|(what, path)| {
        try_out(path).map_err(|error| can_not_be_written(what, path, &error))
    })
}

fn same(one: &(&'static str, &Path), other: &(&'static str, &Path)) -> Failure {
    let (one, other) = (told(one.0, one.1), told(other.0, other.1));
    Failure::usage(format!("{one} and {other} are the same file"))
        .hint("one would be written over the other: name another file")
}

fn can_not_be_written(what: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} can't be written: {error}", told(what, path)))
        .hint("nothing was sent: name a file in a folder that is there and can be written")
}

fn told(what: &str, path: &Path) -> String {
    match what.starts_with('-') {
        true => format!("`{what} {}`", path.display()),
        false => format!("{what} `{}`", short(path).display()),
    }
}

/// A path that means the same wherever an import goes on.
pub(super) fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// A path as it is shown where it is in the working folder.
pub(super) fn short(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    let inside = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    inside.unwrap_or_else(|| path.to_owned())
}

/// Whether two paths lead to one file, by whatever links, or will when it is there.
pub(super) fn are_same(one: &Path, other: &Path) -> bool {
    let is_device = |path: &Path| fs::metadata(path).is_ok_and(|known| is_device(&known));
    if is_device(one) || is_device(other) {
        return false;
    }
    match (Handle::from_path(one), Handle::from_path(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => place(one) == place(other),
    }
}

fn is_device(known: &fs::Metadata) -> bool {
    !known.is_file() && !known.is_dir()
}

/// Where a file is, or will be: behind all links.
pub(super) fn place(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = folder_of(&path).join(target),
            Err(_) => break,
        }
    }
    let folder = fs::canonicalize(folder_of(&path));
    match (folder, path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path,
    }
}

/// Whether a file can be written, which leaves it as it was.
fn try_out(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(known) if is_device(&known) => Ok(()),
        Ok(_) => OpenOptions::new().append(true).open(path).map(drop),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let place = place(path);
            File::create_new(&place)?;
            fs::remove_file(&place)
        }
        Err(error) => Err(error),
    }
}
