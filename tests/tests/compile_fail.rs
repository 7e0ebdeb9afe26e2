//! What does not compile, and what the compiler says: a folder of `ui/` for each rule that is
//! broken. And what has to compile, whatever else a module holds.
//!
//! The folders with a snapshot of a workspace's schema are compiled against it, by `checked`.

use std::path::Path;
use std::{fs, io};

use trybuild::TestCases;

#[test]
fn what_breaks_a_rule_does_not_compile_and_the_message_says_why() -> io::Result<()> {
    let cases = TestCases::new();
    for entry in fs::read_dir("ui")? {
        let folder = entry?.path();
        if folder.is_dir() && !folder.join("clarify.schema").is_dir() {
            cases.compile_fail(folder.join("*.rs"));
        }
    }
    assert!(Path::new("ui/types").is_dir(), "there are some");
    Ok(())
}

#[test]
fn what_keeps_the_rules_compiles() {
    TestCases::new().pass("pass/*.rs");
}
