//! Where an import stands, kept beside the input: what is about to be sent is on the disk before it is
//! sent.

mod read;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Write as _};
use std::path::{Path, PathBuf};

use clarify_core::import::Checkpoint;
use read::Unreadable;
use same_file::Handle;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::import::kept::Kept;
use crate::import::outputs;
use crate::import::plan::Plan;
use crate::import::tally::Tally;
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
        let (found, length) = match read::read(BufReader::new(&file)).map_err(failed)? {
            Ok((head, step, length)) => (Some((head, step)), length),
            Err(Unreadable::Cut | Unreadable::Damaged) if restarts => (None, 0),
            Err(why) => return Err(why.failure(path)),
        };
        let mut kept = Kept::of(path, file, length);
        if found.is_some() {
            kept.cut_tail()?;
        }
        Ok((Self(kept), found))
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
