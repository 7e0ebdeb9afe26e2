//! Where an import stands, kept beside the input: what is about to be sent is on the disk before it is
//! sent.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};

use clarify_core::import::Checkpoint;
use same_file::Handle;
use serde::{Deserialize, Serialize};

use super::kept::Kept;
use super::outputs;
use super::plan::Plan;
use super::tally::Tally;
use crate::failure::Failure;
use crate::part::{folder_of, part_in};

const VERSION: u32 = 1;

/// What the import is of: the first line of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    clarify_journal: u32,
    pub(crate) input: PathBuf,
    pub(crate) size: u64,
    pub(crate) hash: String,
    /// The address of the workspace. No key is here.
    pub(crate) workspace: String,
    pub(crate) plan: Plan,
    /// The files that refused rows, and those whose outcome is uncertain, go to.
    pub(crate) refused: PathBuf,
    pub(crate) uncertain: PathBuf,
    /// The file of ids, where one is asked for.
    #[serde(default)]
    pub(crate) ids: Option<PathBuf>,
}

impl Head {
    pub(crate) fn new(
        (input, size, hash): (PathBuf, u64, String),
        workspace: String,
        plan: Plan,
        (refused, uncertain, ids): (PathBuf, PathBuf, Option<PathBuf>),
    ) -> Self {
        let clarify_journal = VERSION;
        Self { clarify_journal, input, size, hash, workspace, plan, refused, uncertain, ids }
    }

    /// Whether the same file goes into the same workspace.
    fn is_of_file(&self, other: &Self) -> bool {
        let of = |head: &Self| (head.size, head.hash.clone(), head.workspace.clone());
        of(self) == of(other)
    }

    /// Whether an import that is asked for is another one than this.
    fn differs_from(&self, other: &Self) -> Option<&'static str> {
        if (self.size, &self.hash) != (other.size, &other.hash) {
            Some("the file is another one, or has been changed")
        } else if self.workspace != other.workspace {
            Some("it is of another workspace")
        } else if self.plan != other.plan {
            Some("it was begun with other options")
        } else {
            None
        }
    }
}

/// Where the import stands: each other line of a journal. The last one counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Step {
    pub(crate) checkpoint: Checkpoint,
    pub(crate) tally: Tally,
    /// How long the files are.
    pub(crate) refused: u64,
    pub(crate) uncertain: u64,
    pub(crate) ids: u64,
    /// Whether there is nothing left to do.
    #[serde(default)]
    pub(crate) is_over: bool,
}

impl Step {
    /// Whether the row at this place has its end.
    pub(crate) fn is_done(&self, place: u64) -> bool {
        place < self.checkpoint.done || self.checkpoint.finished.contains(&place)
    }
}

/// A journal that is being written. Nobody else can open it meanwhile.
#[derive(Debug)]
pub(crate) struct Journal(Kept);

impl Journal {
    /// Opens the journal of an earlier run. Of one that can't be read nothing is known; so it is
    /// refused, unless the import is to begin anew.
    pub(crate) fn open(
        path: &Path,
        restarts: bool,
    ) -> Result<(Self, Option<(Head, Step)>), Failure> {
        let failed = |error: io::Error| Failure::file(path, error);
        if fs::metadata(path).is_ok_and(|known| !known.is_file()) {
            return Err(Failure::file(path, "a journal is a file"));
        }
        let file = OpenOptions::new().read(true).write(true).open(path).map_err(failed)?;
        lock(path, &file)?;
        let (found, length) = match read(BufReader::new(&file)).map_err(failed)? {
            Ok((head, step, length)) => (Some((head, step)), length),
            Err(Unreadable::Cut | Unreadable::Damaged) if restarts => (None, 0),
            Err(why) => return Err(why.failure(path)),
        };
        Ok((Self(Kept::of(path, file, length)), found))
    }

    /// Begins a journal, or puts this one into the place of another: whoever opens it finds all of
    /// its first lines.
    pub(crate) fn begin(
        path: &Path,
        head: &Head,
        step: &Step,
        before: Option<Self>,
    ) -> Result<Self, Failure> {
        let begun = write_whole(path, head, step, before.is_some());
        begun.map(Self).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => busy(path),
            _ => {
                Failure::new(format!("the journal `{}` can't be written: {error}", path.display()))
                    .hint(
                        "nothing was sent: make room for it, or keep it elsewhere with `--journal`",
                    )
            }
        })
    }

    /// Notes where the import stands; on the disk, if it is about to send.
    pub(crate) fn note(&mut self, step: &Step, is_safe: bool) -> io::Result<()> {
        self.0.add(&line(step)?)?;
        if is_safe { self.0.sync() } else { Ok(()) }
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn remove(mut self) -> io::Result<()> {
        self.0.cut(0)
    }
}

/// The import to go on with, if it is the one that is asked for; nothing, where one begins.
pub(crate) fn settle(
    found: Option<(Head, Step)>,
    head: &Head,
    path: &Path,
    restarts: bool,
) -> Result<Option<(Head, Step)>, Failure> {
    let found = found.filter(|_| !restarts);
    // One that has ended says no more than that the same file is not to be imported twice.
    let found = found.filter(|(known, step)| !step.is_over || known.is_of_file(head));
    let Some((known, step)) = found else { return Ok(None) };
    if step.is_over {
        let why = "this file has been imported, and rows without a match would be created again";
        return Err(Failure::file(path, why).hint("`--restart` imports it once more"));
    }
    if let Some(why) = known.differs_from(head) {
        let what = "this journal is of an import that has not ended, and";
        return Err(Failure::file(path, format!("{what} {why}"))
            .hint("`--resume` goes on with what was begun, `--restart` begins anew"));
    }
    Ok(Some((known, step)))
}

/// Keeps a journal from all others. One that has been replaced meanwhile is somebody's who began it.
fn lock(path: &Path, file: &File) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::file(path, error);
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => busy(path),
        TryLockError::Error(error) => failed(error),
    })?;
    let locked = file.try_clone().and_then(Handle::from_file).map_err(failed)?;
    let is_there = Handle::from_path(path).is_ok_and(|there| there == locked);
    if is_there { Ok(()) } else { Err(busy(path)) }
}

fn busy(path: &Path) -> Failure {
    Failure::file(path, "another import is writing it").hint("wait until it has ended")
}

/// Writes the first lines beside the journal, and puts them in its place when they are on the disk.
fn write_whole(path: &Path, head: &Head, step: &Step, replaces: bool) -> io::Result<Kept> {
    let place = outputs::place(path);
    let mut part = part_in(folder_of(&place))?;
    let mut lines = line(head)?;
    if *step != Step::default() {
        lines.extend(line(step)?);
    }
    part.as_file_mut().write_all(&lines)?;
    part.as_file().sync_all()?;
    part.as_file().try_lock()?;
    let put = if replaces { part.persist(&place) } else { part.persist_noclobber(&place) };
    sync_folder(folder_of(&place))?;
    Ok(Kept::of(path, put?, u64::try_from(lines.len()).unwrap_or_default()))
}

/// A new name is on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some systems of files do it by themselves, and know no such call.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

fn line(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

/// Why a journal can't be read.
enum Unreadable {
    /// It is empty, or cut off in its first line, which was written as a whole.
    Cut,
    Damaged,
    Foreign,
}

impl Unreadable {
    fn failure(&self, path: &Path) -> Failure {
        let damaged = |how: &str| {
            let what = format!("the journal is {how}, so what has been written is not known");
            Failure::file(path, what).hint(
                "look for it in the workspace; `--restart` writes every row once more, and those \
                 without a value in a unique field make a second record",
            )
        };
        match self {
            Self::Cut => damaged("empty or cut off"),
            Self::Damaged => damaged("damaged"),
            Self::Foreign => {
                Failure::file(path, "it is no journal of an import that this version can read")
            }
        }
    }
}

/// What stands in a journal, and how long that is.
fn read(mut lines: impl BufRead) -> io::Result<Result<(Head, Step, u64), Unreadable>> {
    let mut line = Vec::new();
    lines.read_until(b'\n', &mut line)?;
    let head = match head(&line) {
        Ok(head) => head,
        Err(why) => return Ok(Err(why)),
    };
    let (mut step, mut length) = (Step::default(), 0);
    // The last line may have been cut off, with the machine that wrote it.
    while line.ends_with(b"\n") {
        length += u64::try_from(line.len()).unwrap_or_default();
        line.clear();
        lines.read_until(b'\n', &mut line)?;
        // What stands behind a line that can't be read is as sure as what stands before it, and none
        // of it may be written twice.
        match serde_json::from_slice(&line) {
            Ok(next) if line.ends_with(b"\n") => step = next,
            Err(_) if line.ends_with(b"\n") => return Ok(Err(Unreadable::Damaged)),
            _ => {}
        }
    }
    Ok(Ok((head, step, length)))
}

fn head(line: &[u8]) -> Result<Head, Unreadable> {
    let of_version = |known: &Version| known.clarify_journal == VERSION;
    let is_other = serde_json::from_slice(line).is_ok_and(|known| !of_version(&known));
    match serde_json::from_slice(line) {
        Ok(head) if line.ends_with(b"\n") && !is_other => Ok(head),
        _ if is_other || !is_of_ours(line) => Err(Unreadable::Foreign),
        _ if line.ends_with(b"\n") => Err(Unreadable::Damaged),
        _ => Err(Unreadable::Cut),
    }
}

#[derive(Deserialize)]
struct Version {
    clarify_journal: u32,
}

/// Whether a file begins as journals do, as far as it goes; no other is ever overwritten.
fn is_of_ours(line: &[u8]) -> bool {
    const BEGINNING: &[u8] = b"{\"clarify_journal\":";
    let length = line.len().min(BEGINNING.len());
    BEGINNING.get(..length) == line.get(..length)
}
