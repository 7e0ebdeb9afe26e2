//! Which import is asked for: by the arguments, or by the journal of an earlier run.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use super::Arguments;
use super::journal::{Head, Journal, Step};
use super::plan::Plan;
use super::read::{Format, Options, Source};
use super::refused::beside;
use crate::failure::Failure;

/// Which import is asked for.
pub(super) struct Asked {
    pub(super) object: String,
    /// Where the input is, as the user names it.
    pub(super) input: PathBuf,
    /// Where an import keeps its files: beside the input or, where that can't be, in the working
    /// folder.
    place: PathBuf,
    /// What an earlier run has kept.
    journal: Option<(Journal, Option<(Head, Step)>)>,
}

impl Asked {
    pub(super) fn of(arguments: &Arguments) -> Result<Self, Failure> {
        if let Some(path) = &arguments.running.resume {
            return Self::by_journal(path);
        }
        let (Some(object), Some(input)) = (&arguments.object, &arguments.file) else {
            return Err(Failure::usage("an object and a file are needed"));
        };
        let (object, input) = (object.clone(), input.clone());
        let mut asked = Self { object, place: place(&input), input, journal: None };
        let path = asked.journal_path(arguments);
        if !arguments.dry_run && path.exists() {
            asked.journal = Some(Journal::open(&path)?);
        }
        Ok(asked)
    }

    fn by_journal(path: &Path) -> Result<Self, Failure> {
        if !path.exists() {
            return Err(Failure::file(path, "there is no such journal"));
        }
        let (journal, found) = Journal::open(path)?;
        let (head, step) =
            found.ok_or_else(|| Failure::file(path, "there is no import in this journal"))?;
        let (object, input) = (head.plan.object.clone(), head.input.clone());
        let place = place(&input);
        Ok(Self { object, input, place, journal: Some((journal, Some((head, step)))) })
    }

    /// What an earlier run was to do.
    pub(super) fn known(&self) -> Option<&Head> {
        self.journal.as_ref()?.1.as_ref().map(|(head, _)| head)
    }

    /// How the input is read: an import that goes on by its journal reads as it did before.
    pub(super) fn options(&self, arguments: &Arguments) -> Options {
        let resumed = self.known().filter(|_| arguments.running.resume.is_some());
        let Some(head) = resumed else { return arguments.reading.options() };
        let reading = &head.plan.reading;
        let layout = reading.layout.as_ref();
        Options {
            format: Some(layout.map_or(Format::Json, |_| Format::Csv)),
            encoding: Some(reading.encoding.clone()),
            delimiter: layout.map(|layout| layout.delimiter),
            never_rejoins: layout.is_some_and(|layout| !layout.rejoins),
        }
    }

    /// The journal to write, with where the import stands. There is none of the standard input, which
    /// can't be read another time, and none of a dry run.
    pub(super) fn begin(
        self,
        arguments: &Arguments,
        source: &Source,
        workspace: String,
        plan: &Plan,
    ) -> Result<(Option<Journal>, Head, Step), Failure> {
        let head = self.head(arguments, source, workspace, plan);
        if arguments.dry_run || !source.stays() {
            return Ok((None, head, Step::default()));
        }
        let path = self.journal_path(arguments);
        let (journal, found) = self.journal.map_or_else(|| Journal::open(&path), Ok)?;
        let (journal, head, step) = journal.settle(found, head, arguments.running.restart)?;
        Ok((Some(journal), head, step))
    }

    fn journal_path(&self, arguments: &Arguments) -> PathBuf {
        let mut name = self.place.file_name().unwrap_or_default().to_owned();
        name.push(".clarify-journal");
        arguments.running.journal.clone().unwrap_or_else(|| self.place.with_file_name(name))
    }

    fn head(&self, arguments: &Arguments, source: &Source, workspace: String, plan: &Plan) -> Head {
        let is_json = source.is_json();
        let refused = arguments.running.refused.clone();
        let refused = refused.unwrap_or_else(|| beside(&self.place, "refused", is_json));
        let uncertain = beside(&self.place, "uncertain", is_json);
        let input = std::path::absolute(&self.input).unwrap_or_else(|_| self.input.clone());
        let file = (input, source.size, source.hash.clone());
        Head::new(file, workspace, plan.clone(), (refused, uncertain))
    }
}

/// The input, if others can be put beside it; else its name in the working folder.
fn place(input: &Path) -> PathBuf {
    let name = match input.file_name() {
        Some(name) if input.as_os_str() != "-" => name,
        _ => "stdin".as_ref(),
    };
    let folder = input.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(is_open) { input.to_owned() } else { name.into() }
}

/// Whether files may be put into a folder. One that nobody may write is left as it is, also by those
/// who could.
fn is_open(folder: &Path) -> bool {
    let is_read_only = |metadata: Metadata| metadata.permissions().readonly();
    let may_be_written = folder.metadata().is_ok_and(|metadata| !is_read_only(metadata));
    may_be_written && tempfile::tempfile_in(folder).is_ok()
}
