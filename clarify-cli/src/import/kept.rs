//! A file that grows while an import runs, and is as long as the journal says when it goes on.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// A file that is made when the first line comes. What goes wrong with it names it.
#[derive(Debug)]
pub(super) struct Kept {
    path: PathBuf,
    file: Option<File>,
    length: u64,
    /// Whether there was less in it than an earlier run had written.
    pub(super) is_short: bool,
}

impl Kept {
    /// What is behind this length was written by a run that did not get as far as to note it.
    pub(super) fn open(path: &Path, length: u64) -> io::Result<Self> {
        let mut kept = Self { path: path.to_owned(), file: None, length, is_short: false };
        kept.find().map_err(|error| named(path, error))?;
        Ok(kept)
    }

    /// A file that is open, and this long.
    pub(super) fn of(path: &Path, file: File, length: u64) -> Self {
        Self { path: path.to_owned(), file: Some(file), length, is_short: false }
    }

    /// Takes away what is behind its length.
    pub(super) fn cut_tail(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), |file| cut(file, self.length))
    }

    /// Takes up what is there.
    fn find(&mut self) -> io::Result<()> {
        let found = OpenOptions::new().append(true).open(&self.path);
        let there = match &found {
            Ok(file) if is_device(file)? => self.length,
            Ok(file) => file.metadata()?.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            Err(_) => return found.map(drop),
        };
        self.is_short = there < self.length;
        self.length = self.length.min(there);
        self.file = found.ok();
        self.cut_tail()
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Adds all of these bytes or, where there is no room for them, none.
    pub(super) fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                let made = File::create(&self.path).map_err(|error| named(&self.path, error))?;
                self.file.insert(made)
            }
        };
        if let Err(error) = file.write_all(bytes) {
            cut(file, self.length).map_err(|error| named(&self.path, error))?;
            return Err(named(&self.path, error));
        }
        self.length += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(())
    }

    /// What was added is on the disk when this is done.
    pub(super) fn sync(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let synced = if is_device(file)? { Ok(()) } else { file.sync_data() };
        synced.map_err(|error| named(&self.path, error))
    }

    /// Takes back all behind this length.
    pub(super) fn cut(&mut self, length: u64) -> io::Result<()> {
        self.length = length;
        let cut = match self.file.take() {
            Some(file) if length == 0 && !is_device(&file)? => fs::remove_file(&self.path),
            Some(file) => cut(self.file.insert(file), length),
            None => Ok(()),
        };
        cut.map_err(|error| named(&self.path, error))
    }
}

/// Carries what was kept so far to another file.
pub(super) fn carry(from: &Path, to: &Path, length: u64) -> io::Result<()> {
    let Ok(known) = File::open(from) else { return Ok(()) };
    let mut moved = File::create(to).map_err(|error| named(to, error))?;
    let copied = io::copy(&mut known.take(length), &mut moved);
    let synced = copied.and_then(|_| if is_device(&moved)? { Ok(()) } else { moved.sync_all() });
    synced.map_err(|error| named(to, error))
}

fn cut(file: &mut File, length: u64) -> io::Result<()> {
    if is_device(file)? {
        return Ok(());
    }
    file.set_len(length)?;
    file.seek(SeekFrom::Start(length)).map(drop)
}

/// A device or a pipe has no length, and nothing of it is on a disk.
fn is_device(file: &File) -> io::Result<bool> {
    Ok(!file.metadata()?.is_file())
}

/// An error that says which file it is of.
pub(super) fn named(path: &Path, error: io::Error) -> io::Error {
    let what = format!("`{}`: {error}", path.display());
    io::Error::new(error.kind(), what)
}
