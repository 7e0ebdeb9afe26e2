//! An import that goes on, and is told to write to other files than before.

use std::fs;
use std::path::{Path, PathBuf};

use super::Arguments;
use super::journal::{Head, Journal, Step};
use super::kept::carry;
use super::outputs::{are_same, short, whole};
use super::show::many;
use crate::failure::Failure;

/// What an earlier run was to do, with the files that are named now.
pub(super) fn head(known: &Head, arguments: &Arguments, step: &Step) -> Head {
    let mut head = known.clone();
    if let Some(refused) = &arguments.running.refused {
        moves(&mut head.refused, refused);
    }
    match (&mut head.ids, &arguments.running.ids) {
        (Some(before), Some(ids)) => moves(before, ids),
        (before @ None, Some(ids)) => {
            *before = Some(whole(ids));
            let written = step.tally.written();
            if written > 0 {
                let rows = many(written, "row");
                eprintln!(
                    "the ids of {rows} of an earlier run, which had no `--ids`, are not known"
                );
            }
        }
        (_, None) => {}
    }
    head
}

fn moves(before: &mut PathBuf, now: &Path) {
    if !are_same(before, now) {
        *before = whole(now);
    }
}

/// The journal to go on with, once what was written so far is in the files that are named now.
pub(super) fn journal(
    journal: Journal,
    (known, head): (&Head, &Head),
    step: &Step,
    path: &Path,
) -> Result<Journal, Failure> {
    if known == head {
        return Ok(journal);
    }
    let refused = Some((&*known.refused, &*head.refused, step.refused));
    let ids = known.ids.as_deref().zip(head.ids.as_deref());
    let ids = ids.map(|(from, to)| (from, to, step.ids));
    let moved = refused.into_iter().chain(ids).filter(|(from, to, _)| from != to);
    let moved: Vec<_> = moved.filter(|(_, _, length)| *length > 0).collect();
    for (from, to, length) in &moved {
        carry(from, to, *length)?;
    }
    let journal = Journal::begin(path, head, step, Some(journal))?;
    for (from, to, _) in moved {
        let is_file = fs::metadata(from).is_ok_and(|known| known.is_file());
        if is_file && fs::remove_file(from).is_ok() {
            let (from, to) = (short(from), short(to));
            eprintln!("what was in `{}` is in `{}` now", from.display(), to.display());
        }
    }
    Ok(journal)
}
