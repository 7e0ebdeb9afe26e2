//! A file that is imported: what it is, and its rows.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Seek as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::ValueEnum;
use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::delimited::Delimited;
use super::encoding::{self, Bytes};
use super::json::{self, Objects};
use super::{Layout, Rows, unmended};
use crate::failure::Failure;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Format {
    /// Rows of cells, divided by commas, semicolons, tabs or bars.
    Csv,
    /// An array of objects, an answer of the API, or an object in each line.
    #[value(alias = "ndjson")]
    Json,
}

/// What the user says of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) format: Option<Format>,
    pub(crate) encoding: Option<String>,
    pub(crate) delimiter: Option<char>,
    pub(crate) never_rejoins: bool,
}

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reading {
    pub(crate) encoding: String,
    /// Nothing for JSON.
    pub(crate) layout: Option<Layout>,
}

/// A file that is imported.
pub(crate) struct Source {
    /// Where it is; for the standard input, where it is kept meanwhile.
    path: PathBuf,
    /// The standard input or a pipe, until it has been imported.
    spooled: Option<NamedTempFile>,
    pub(crate) size: u64,
    pub(crate) hash: String,
    /// When it was changed last, if that is known.
    modified: Option<SystemTime>,
    pub(crate) reading: Reading,
    pub(crate) columns: Vec<String>,
    encoding: &'static Encoding,
}

impl Source {
    /// Finds out what a file is. `-` is the standard input, which is kept in a file meanwhile: it is
    /// read more than once.
    pub(crate) fn open(path: &Path, options: &Options) -> Result<Self, Failure> {
        let spooled = is_stream(path).then(|| spool(path)).transpose()?;
        let place = spooled.as_ref().map_or(path, |file| file.path()).to_owned();
        let failed = |error: io::Error| Failure::file(path, error);
        let modified = modified(&place);
        let bytes = File::open(&place).and_then(Bytes::read).map_err(failed)?;
        let encoding = choose(path, &bytes, options)?;
        let Bytes { size, hash, .. } = bytes;
        let reading = Reading { encoding: encoding.name().to_owned(), layout: None };
        let mut source = Self {
            path: place,
            spooled,
            size,
            hash,
            modified,
            reading,
            columns: Vec::new(),
            encoding,
        };
        source.find_columns(path, options).map_err(failed)?;
        source.check_columns(path)?;
        Ok(source)
    }

    /// Whether it can be read another time, once this command has ended.
    pub(crate) fn stays(&self) -> bool {
        self.spooled.is_none()
    }

    /// Whether nobody has changed it since it was opened.
    pub(crate) fn is_as_it_was(&self) -> bool {
        let size = fs::metadata(&self.path).map(|known| known.len());
        size.is_ok_and(|size| size == self.size) && modified(&self.path) == self.modified
    }

    pub(crate) fn is_json(&self) -> bool {
        self.reading.layout.is_none()
    }

    /// The rows, from the first on.
    pub(crate) fn rows(&self) -> io::Result<Rows> {
        let (text, columns) = (self.text()?, self.columns.clone());
        let rows: Rows = match &self.reading.layout {
            Some(layout) => Box::new(Delimited::new(text, layout.clone(), columns)?),
            None => Box::new(Objects::new(text, columns)?),
        };
        Ok(match unmended::column(&self.columns) {
            Some(place) => Box::new(rows.map(move |row| Ok(unmended::refuse(row?, place)))),
            None => rows,
        })
    }

    fn text(&self) -> io::Result<impl BufRead + Send + use<>> {
        let file = File::open(&self.path)?;
        Ok(BufReader::new(encoding::decoded(file, self.encoding)))
    }

    fn find_columns(&mut self, path: &Path, options: &Options) -> io::Result<()> {
        let format = match options.format {
            Some(format) => format,
            None => self.guess_format(path)?,
        };
        if format == Format::Json {
            self.columns = json::columns(self.text()?)?;
            return Ok(());
        }
        let (layout, columns) = Layout::of(self.text()?, options.delimiter)?;
        self.columns = columns;
        let rejoins = !options.never_rejoins;
        self.reading.layout = Some(Layout { rejoins, ..layout });
        if rejoins && !self.may_rejoin()? {
            self.reading.layout.iter_mut().for_each(|layout| layout.rejoins = false);
        }
        Ok(())
    }

    fn guess_format(&self, path: &Path) -> io::Result<Format> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "csv" | "tsv" => return Ok(Format::Csv),
            "json" | "ndjson" | "jsonl" => return Ok(Format::Json),
            _ => {}
        }
        let mut text = self.text()?;
        let first = text.fill_buf()?.trim_ascii_start().first().copied();
        Ok(if matches!(first, Some(b'[' | b'{')) { Format::Json } else { Format::Csv })
    }

    /// Whether cells that begin with a space are nothing but parts of others: in all the file no row
    /// that has as many cells as the header has one.
    fn may_rejoin(&self) -> io::Result<bool> {
        for row in self.rows()? {
            let row = row?;
            let is_whole = row.fault.is_none() && !row.is_rejoined;
            if is_whole && row.cells.iter().any(|cell| cell.shown().starts_with(' ')) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn check_columns(&self, path: &Path) -> Result<(), Failure> {
        if self.columns.is_empty() {
            let is_blank = self.is_json() && self.size > 0;
            let what =
                if is_blank { "there is no JSON object in it" } else { "there is nothing in it" };
            return Err(Failure::file(path, what));
        }
        let mut names = std::collections::HashSet::new();
        match self.columns.iter().find(|name| !names.insert(name.as_str())) {
            Some(twice) => Err(Failure::file(path, format!("two columns are named `{twice}`"))
                .hint("give each column a name of its own in the first line")),
            None => Ok(()),
        }
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|known| known.modified()).ok()
}

/// Whether an input can be read but once: the standard input, a pipe, or what another program's output
/// is called.
pub(crate) fn is_stream(path: &Path) -> bool {
    let is_pipe = fs::metadata(path).is_ok_and(|known| !known.is_file() && !known.is_dir());
    path.as_os_str() == "-" || path.starts_with("/dev") || is_pipe
}

/// Keeps what can be read but once in a file.
fn spool(path: &Path) -> Result<NamedTempFile, Failure> {
    let kept = || {
        let mut file = NamedTempFile::new()?;
        match path.as_os_str() == "-" {
            true => io::copy(&mut io::stdin().lock(), file.as_file_mut())?,
            false => io::copy(&mut File::open(path)?, file.as_file_mut())?,
        };
        file.as_file_mut().rewind()?;
        io::Result::Ok(file)
    };
    kept().map_err(|error| {
        let meanwhile = std::env::temp_dir();
        let (path, meanwhile) = (path.display(), meanwhile.display());
        Failure::new(format!("`{path}` can't be kept in `{meanwhile}` while it is read: {error}"))
    })
}

fn choose(path: &Path, bytes: &Bytes, options: &Options) -> Result<&'static Encoding, Failure> {
    let asked = match &options.encoding {
        None => None,
        Some(label) => Some(Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            Failure::usage(format!("`{label}` is no encoding that is known"))
                .hint("such as `utf-8`, `utf-16le`, `windows-1252`, `iso-8859-15`, `shift_jis`")
        })?),
    };
    if let Some((line, meant)) = bytes.zero().filter(|_| asked.is_none()) {
        let meant = meant.name().to_ascii_lowercase();
        let (what, how) = match meant.starts_with("utf-16") {
            true => ("it has bytes of 0, as UTF-16 does".to_owned(), "says that it is that"),
            false => {
                (format!("line {line} has a byte of 0, which no text has"), "reads it all the same")
            }
        };
        return Err(Failure::file(path, what).hint(format!("`--encoding {meant}` {how}")));
    }
    let encoding = asked.unwrap_or_else(|| bytes.guess());
    match bytes.not_utf8.filter(|_| encoding == encoding_rs::UTF_8) {
        None => Ok(encoding),
        Some(line) => Err(Failure::file(path, format!("line {line} is not UTF-8"))
            .hint("say what it is, such as `--encoding windows-1252`")),
    }
}
