//! A file that is there when all of it is.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use tempfile::NamedTempFile;

use crate::failure::{Exit, Failure};
use crate::part::{folder_of, part_in, without_name};

/// Where an export goes.
pub(super) enum Target {
    /// A file, which is written beside its place, and put there at the end.
    Whole { part: BufWriter<NamedTempFile>, place: PathBuf },
    /// A device or a pipe, which can't be replaced.
    Device(File),
}

impl Target {
    pub(super) fn begin(path: &Path) -> Result<Self, Failure> {
        let at_path = |error: io::Error| Failure::file(path, error);
        let known = fs::metadata(path).ok();
        if known.as_ref().is_some_and(|known| !known.is_file()) {
            return File::options().write(true).open(path).map(Self::Device).map_err(at_path);
        }
        // Where the path is a link, what it leads to is replaced.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let part = part_in(folder_of(&place)).map_err(at_path)?;
        if let Some(known) = known {
            part.as_file().set_permissions(known.permissions()).map_err(at_path)?;
        }
        remove_on_interrupt(part.path().to_owned())?;
        Ok(Self::Whole { part: BufWriter::new(part), place })
    }

    /// Puts what was written in its place.
    pub(super) fn end(self) -> Result<(), Failure> {
        let Self::Whole { part, place } = self else { return Ok(()) };
        let put = || {
            let part = part.into_inner().map_err(|error| without_name(error.into_error()))?;
            part.as_file().sync_all()?;
            part.persist(&place)?;
            io::Result::Ok(())
        };
        put().map_err(|error| Failure::file(&place, error))
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Whole { part, .. } => part.write(bytes).map_err(without_name),
            Self::Device(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Whole { part, .. } => part.flush().map_err(without_name),
            Self::Device(file) => file.flush(),
        }
    }
}

/// A signal ends the process where it stands, so that nothing else would remove what was begun.
fn remove_on_interrupt(part: PathBuf) -> Result<(), Failure> {
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    thread::spawn(move || {
        if signals.forever().next().is_some() {
            let _ = fs::remove_file(part);
            std::process::exit(Exit::Interrupted as i32);
        }
    });
    Ok(())
}
