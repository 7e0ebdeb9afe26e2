//! What does not compile beside a snapshot of the workspace's schema: each folder of `ui` that has a
//! `clarify.schema` is compiled against it, by this program run anew with `CLARIFY_SCHEMA` set.

#![allow(clippy::unwrap_used, reason = "a test that does not go as it should ends there")]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use trybuild::TestCases;

const SCHEMA: &str = "CLARIFY_SCHEMA";

const FOLDER: &str = "CASES";

/// The folders with a snapshot, from the package's root.
fn folders() -> Vec<String> {
    let entries = fs::read_dir("../ui").unwrap().map(|entry| entry.unwrap().path());
    let with = entries.filter(|path| path.join("clarify.schema").is_dir());
    let mut folders: Vec<_> = with.map(|path| path.to_str().unwrap().to_owned()).collect();
    folders.sort();
    folders
}

#[test]
fn what_does_not_agree_with_the_workspace_does_not_compile() {
    assert!(!folders().is_empty());
    for folder in folders() {
        let snapshot = Path::new(&folder).join("clarify.schema");
        let status = Command::new(env::current_exe().unwrap())
            .args(["--exact", "against_a_snapshot", "--ignored", "--nocapture"])
            .env(SCHEMA, fs::canonicalize(snapshot).unwrap())
            .env(FOLDER, &folder)
            .status();
        assert!(status.unwrap().success(), "{folder}");
    }
}

#[test]
#[ignore = "the other runs it, for each folder"]
fn against_a_snapshot() {
    let Ok(folder) = env::var(FOLDER) else { return };
    TestCases::new().compile_fail(format!("{folder}/*.rs"));
}
