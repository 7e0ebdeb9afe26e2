//! What stands in a journal, and what is wrong with one that can't be read.

use std::io::{self, BufRead};
use std::path::Path;

use serde::Deserialize;

use super::{Head, Step, VERSION};
use crate::failure::Failure;

/// Why a journal can't be read.
pub(super) enum Unreadable {
    /// It is empty, or cut off in its first line, which was written as a whole.
    Cut,
    Damaged,
    Foreign,
}

impl Unreadable {
    pub(super) fn failure(&self, path: &Path) -> Failure {
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
pub(super) fn read(mut lines: impl BufRead) -> io::Result<Result<(Head, Step, u64), Unreadable>> {
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
