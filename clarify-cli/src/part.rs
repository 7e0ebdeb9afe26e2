//! A file that is written beside its place, and put there when all of it is written.

use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// The folder that a file is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that others may read as far as any new file of this user, and not as little as a temporary
/// one.
pub(crate) fn part_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clarify-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder).map_err(without_name)
}

/// The same error without the name of the part, which nobody has given and which the library puts
/// behind what went wrong.
pub(crate) fn without_name(error: io::Error) -> io::Error {
    match error.to_string().rsplit_once(" at path ") {
        Some((what, _)) => io::Error::new(error.kind(), what),
        None => error,
    }
}
