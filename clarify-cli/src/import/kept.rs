//! A file that grows while an import runs, and is as long as the journal says when it goes on.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A file that is made when the first line comes.
#[derive(Debug)]
pub(super) struct Kept {
    path: PathBuf,
    file: Option<File>,
    length: u64,
}

impl Kept {
    /// What is behind this length was written by a run that did not get as far as to note it.
    pub(super) fn open(path: &Path, length: u64) -> io::Result<Self> {
        let mut file = None;
        if length > 0 {
            let known = OpenOptions::new().append(true).open(path)?;
            known.set_len(length)?;
            file = Some(known);
        }
        Ok(Self { path: path.to_owned(), file, length })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    pub(super) fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(File::create(&self.path)?),
        };
        file.write_all(bytes)?;
        self.length += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(())
    }

    /// What was added is on the disk when this is done.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.as_ref().map_or(Ok(()), File::sync_data)
    }

    /// Takes back all behind this length.
    pub(super) fn cut(&mut self, length: u64) -> io::Result<()> {
        self.length = length;
        match self.file.take() {
            Some(_) if length == 0 => std::fs::remove_file(&self.path),
            Some(file) => self.file.insert(file).set_len(length),
            None => Ok(()),
        }
    }
}
