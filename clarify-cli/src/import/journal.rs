//! Where an import stands, kept beside the input: what is about to be sent is on the disk before it is
//! sent.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use clarify_core::import::Checkpoint;
use serde::{Deserialize, Serialize};

use super::plan::Plan;
use super::tally::Tally;
use crate::failure::Failure;

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
}

impl Head {
    pub(crate) fn new(
        (input, size, hash): (PathBuf, u64, String),
        workspace: String,
        plan: Plan,
        (refused, uncertain): (PathBuf, PathBuf),
    ) -> Self {
        Self { clarify_journal: VERSION, input, size, hash, workspace, plan, refused, uncertain }
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

/// A journal that is being written. Nobody else can open it meanwhile.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    /// Opens a journal; a new one has no head.
    pub(crate) fn open(path: &Path) -> Result<(Self, Option<(Head, Step)>), Failure> {
        let failed = |error: io::Error| Failure::file(path, error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(path).map_err(failed)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                Failure::file(path, "another import is writing it").hint("wait until it has ended")
            }
            TryLockError::Error(error) => failed(error),
        })?;
        let mut journal = Self { path: path.to_owned(), file };
        let found = journal.read()?;
        Ok((journal, found))
    }

    fn read(&mut self) -> Result<Option<(Head, Step)>, Failure> {
        let failed = |error: io::Error| Failure::file(&self.path, error);
        let mut lines = BufReader::new(&self.file);
        let (mut head, mut step, mut end) = (None, Step::default(), 0);
        let mut line = String::new();
        while lines.read_line(&mut line).map_err(failed)? > 0 {
            // The last line may have been cut off, with the machine that wrote it.
            if !line.ends_with('\n') {
                break;
            }
            match head {
                None => head = Some(self.head(&line)?),
                Some(_) => step = serde_json::from_str(&line).map_err(|_| self.damaged())?,
            }
            end += u64::try_from(line.len()).unwrap_or_default();
            line.clear();
        }
        self.file.set_len(end).map_err(failed)?;
        (&self.file).seek(io::SeekFrom::End(0)).map_err(failed)?;
        Ok(head.map(|head| (head, step)))
    }

    /// What stands behind a line that can't be read is as sure as what stands before it, and none of it
    /// may be written twice.
    fn damaged(&self) -> Failure {
        Failure::file(&self.path, "the journal is damaged, so what has been written is not known")
            .hint("look for it in the workspace, then remove the journal to begin anew")
    }

    fn head(&self, line: &str) -> Result<Head, Failure> {
        let head = serde_json::from_str(line).ok();
        head.filter(|head: &Head| head.clarify_journal == VERSION).ok_or_else(|| {
            Failure::file(&self.path, "it is no journal of an import that this version can read")
        })
    }

    /// Begins, or goes on with what was kept of the same import.
    pub(crate) fn settle(
        mut self,
        found: Option<(Head, Step)>,
        head: Head,
        restarts: bool,
    ) -> Result<(Self, Head, Step), Failure> {
        let found = found.filter(|_| !restarts);
        // One that has ended says no more than that the same file is not to be imported twice.
        let found = found.filter(|(known, step)| !step.is_over || known.is_of_file(&head));
        let Some((known, step)) = found else {
            self.begin(&head).map_err(|error| Failure::file(&self.path, error))?;
            return Ok((self, head, Step::default()));
        };
        if step.is_over {
            let why =
                "this file has been imported, and rows without a match would be created again";
            return Err(Failure::file(&self.path, why).hint("`--restart` imports it once more"));
        }
        if let Some(why) = known.differs_from(&head) {
            let what = "this journal is of an import that has not ended, and";
            return Err(Failure::file(&self.path, format!("{what} {why}"))
                .hint("`--resume` goes on with what was begun, `--restart` begins anew"));
        }
        Ok((self, known, step))
    }

    fn begin(&mut self, head: &Head) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.write(head)?;
        self.file.sync_all()
    }

    /// Notes where the import stands; on the disk, if it is about to send.
    pub(crate) fn note(&mut self, step: &Step, is_safe: bool) -> io::Result<()> {
        self.write(step)?;
        if is_safe { self.file.sync_data() } else { Ok(()) }
    }

    fn write(&mut self, value: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        self.file.write_all(&line)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn remove(self) -> io::Result<()> {
        std::fs::remove_file(&self.path)
    }
}
