//! Which import is asked for: by the arguments, or by the journal of an earlier run.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use super::journal::{self, Head, Journal, Step};
use super::mapping::Mapping;
use super::outputs::{self, Files, whole};
use super::plan::Plan;
use super::read::{Format, Options, Source, is_stream};
use super::refused::beside;
use super::{Arguments, moved};
use crate::failure::Failure;

/// Which import is asked for.
pub(super) struct Asked {
    pub(super) object: String,
    /// Where the input is, as the user names it.
    pub(super) input: PathBuf,
    /// Where an import keeps its files: beside the input or, where that can't be, in the working
    /// folder.
    place: PathBuf,
    journal_path: PathBuf,
    /// What an earlier run has kept; where its journal is to be forgotten, perhaps nothing.
    journal: Option<(Journal, Option<(Head, Step)>)>,
}

impl Asked {
    pub(super) fn of(arguments: &Arguments) -> Result<Self, Failure> {
        if let Some(path) = &arguments.running.resume {
            return Self::by_journal(path, arguments);
        }
        let (object, input) = named(arguments)?;
        let place = place(&input);
        let journal_path = arguments.running.journal.clone().unwrap_or_else(|| journal_of(&place));
        let mut asked = Self { object, input, place, journal_path, journal: None };
        asked.check_flags(arguments)?;
        if arguments.writes() && asked.journal_path.exists() {
            let restarts = arguments.running.restart;
            asked.journal = Some(Journal::open(&asked.journal_path, restarts)?);
        }
        Ok(asked)
    }

    fn by_journal(path: &Path, arguments: &Arguments) -> Result<Self, Failure> {
        if !path.exists() {
            return Err(Failure::file(path, "there is no such journal"));
        }
        let (journal, found) = Journal::open(path, false)?;
        let (head, step) =
            found.ok_or_else(|| Failure::file(path, "there is no import in this journal"))?;
        let (object, input) = (head.plan.object.clone(), head.input.clone());
        let (place, journal_path) = (place(&input), path.to_owned());
        let journal = Some((journal, Some((head, step))));
        let asked = Self { object, input, place, journal_path, journal };
        asked.check_flags(arguments)?;
        Ok(asked)
    }

    /// What was named is looked at before all else.
    fn check_flags(&self, arguments: &Arguments) -> Result<(), Failure> {
        let mut outputs = arguments.outputs();
        let is_named = arguments.running.journal.is_some();
        if is_named && is_stream(&self.input) {
            let input = self.input.display();
            return Err(Failure::usage(format!("an import of `{input}` has no journal"))
                .hint("it can be read but once: keep it in a file, to be able to go on"));
        }
        if (is_named || arguments.writes()) && !is_stream(&self.input) {
            outputs.push((arguments.journal(), &self.journal_path));
        }
        outputs::check(&self.inputs(arguments), &outputs)
    }

    /// The same with what the import has names of its own for.
    fn check(&self, head: &Head, arguments: &Arguments) -> Result<(), Failure> {
        let running = &arguments.running;
        let mut outputs = arguments.outputs();
        outputs.push((arguments.journal(), &self.journal_path));
        outputs.push(("the file of uncertain rows", &head.uncertain));
        if running.refused.is_none() {
            outputs.push(("the file of refused rows", &head.refused));
        }
        let ids = head.ids.as_deref().filter(|_| running.ids.is_none());
        outputs.extend(ids.map(|ids| ("the file of ids", ids)));
        outputs::check(&self.inputs(arguments), &outputs)
    }

    fn inputs<'f>(&'f self, arguments: &'f Arguments) -> Files<'f> {
        // A mapping may be saved where it was read.
        let is_saved = arguments.mapping.save_mapping.is_some();
        let mapping = arguments.mapping.mapping.as_deref().filter(|_| !is_saved);
        let mapping = mapping.map(|path| ("--mapping", path));
        std::iter::once(("the input", &*self.input)).chain(mapping).collect()
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
        mut self,
        arguments: &Arguments,
        source: &Source,
        workspace: String,
        plan: &Plan,
    ) -> Result<(Option<Journal>, Head, Step), Failure> {
        let head = self.head(arguments, source, workspace, plan);
        if !arguments.writes() {
            return Ok((None, head, Step::default()));
        }
        let (journal, found) = self.journal.take().unzip();
        let restarts = arguments.running.restart;
        let known = journal::settle(found.flatten(), &head, &self.journal_path, restarts)?;
        let Some((known, step)) = known else {
            self.check(&head, arguments)?;
            let step = Step::default();
            let begin = || Journal::begin(&self.journal_path, &head, &step, journal);
            let journal = source.stays().then(begin).transpose()?;
            return Ok((journal, head, step));
        };
        let head = moved::head(&known, arguments, &step);
        self.check(&head, arguments)?;
        let go_on = |journal| moved::journal(journal, (&known, &head), &step, &self.journal_path);
        Ok((journal.map(go_on).transpose()?, head, step))
    }

    fn head(&self, arguments: &Arguments, source: &Source, workspace: String, plan: &Plan) -> Head {
        let is_json = source.is_json();
        let beside = |word| beside(&self.place, word, is_json);
        let refused = arguments.running.refused.clone().unwrap_or_else(|| beside("refused"));
        let (uncertain, ids) = (beside("uncertain"), arguments.running.ids.as_deref());
        let file = (whole(&self.input), source.size, source.hash.clone());
        let files = (whole(&refused), whole(&uncertain), ids.map(whole));
        Head::new(file, workspace, plan.clone(), files)
    }
}

/// The object and the file. Where but one of them is named it is the file, and the mapping has the
/// object.
fn named(arguments: &Arguments) -> Result<(String, PathBuf), Failure> {
    let needed = || Failure::usage("an object and a file are needed");
    let first = arguments.object.clone().ok_or_else(needed)?;
    if let Some(input) = &arguments.file {
        return Ok((first, input.clone()));
    }
    let path = arguments.mapping.mapping.as_deref().ok_or_else(needed)?;
    let object = Mapping::read(path)?.object.ok_or_else(|| {
        Failure::usage(format!("the mapping `{}` names no object", path.display()))
            .hint("name it before the file, or write `object = \"…\"` into the mapping")
    })?;
    Ok((object, first.into()))
}

fn journal_of(place: &Path) -> PathBuf {
    let mut name = place.file_name().unwrap_or_default().to_owned();
    name.push(".clarify-journal");
    place.with_file_name(name)
}

/// The input, if others can be put beside it; else its name in the working folder.
fn place(input: &Path) -> PathBuf {
    let name = match input.file_name() {
        Some(name) if input.as_os_str() != "-" => name,
        _ => "stdin".as_ref(),
    };
    let folder = input.parent().filter(|folder| !folder.as_os_str().is_empty());
    if !is_stream(input) && folder.is_some_and(is_open) { input.to_owned() } else { name.into() }
}

/// Whether files may be put into a folder. One that nobody may write is left as it is, also by those
/// who could.
fn is_open(folder: &Path) -> bool {
    let is_read_only = |metadata: Metadata| metadata.permissions().readonly();
    let may_be_written = folder.metadata().is_ok_and(|metadata| !is_read_only(metadata));
    may_be_written && tempfile::tempfile_in(folder).is_ok()
}
