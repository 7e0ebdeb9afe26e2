//! The page of messages is made of the compile-fail cases, so that it says what the compiler says.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/messages.md");

const HEAD: &str = "\
# What the compiler says, and what to do

Every mistake that the derives and the typed calls find while compiling: the code, the compiler's
words for it, why they are said, and the cure. The page is made from the cases in `tests/ui`, each
of which is compiled by the tests; `UPDATE_DOCS=1 cargo test -p clarify-tests --test messages` writes
it anew.
";

/// A case: a file that does not compile.
struct Case {
    name: String,
    cause: String,
    cure: String,
    good: String,
    code: String,
    messages: Vec<String>,
}

impl Case {
    fn read(path: &Path) -> Self {
        let source = fs::read_to_string(path).unwrap();
        let said = |key: &str| {
            let line = source.lines().find_map(|line| line.strip_prefix(&format!("// {key}: ")));
            line.unwrap_or_else(|| panic!("{} has no `// {key}:`", path.display())).to_owned()
        };
        let stderr = fs::read_to_string(path.with_extension("stderr")).unwrap();
        Self {
            name: words(path.file_stem().unwrap().to_str().unwrap()),
            cause: said("Cause"),
            cure: said("Cure"),
            good: said("Good"),
            code: code(&source),
            messages: messages(&stderr),
        }
    }

    fn push(&self, page: &mut String) {
        let Self { name, cause, cure, code, messages, good: _ } = self;
        write!(page, "\n### {name}\n\n{cause}\n\n```rust,ignore\n{code}\n```\n\n").unwrap();
        write!(page, "```text\n{}\n```\n\n{cure}\n", messages.join("\n\n")).unwrap();
    }
}

/// `said_twice` as `Said twice`.
fn words(name: &str) -> String {
    let text = name.replace('_', " ");
    let (first, rest) = text.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

/// What is about the mistake: neither what is said of it, nor what every case has.
fn code(source: &str) -> String {
    let common = ["// Cause: ", "// Cure: ", "// Good: ", "fn main() {}", "include!("];
    let lines = source.lines().filter(|line| !common.iter().any(|start| line.starts_with(start)));
    let code = lines.collect::<Vec<_>>().join("\n");
    code.trim().to_owned()
}

/// Each error up to the place that it points to.
fn messages(stderr: &str) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    let mut inside = false;
    for line in stderr.lines() {
        if line.starts_with("error") {
            inside = true;
            messages.push(line.to_owned());
        } else if inside && !line.trim_start().starts_with("-->") {
            let message = messages.last_mut().unwrap();
            write!(message, "\n{}", line.trim_end()).unwrap();
        } else {
            inside = false;
        }
    }
    messages
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}

fn cases(folder: &Path) -> Vec<Case> {
    let files = sorted(folder).into_iter();
    files
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|p| Case::read(&p))
        .collect()
}

fn folders() -> Vec<PathBuf> {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    sorted(&ui).into_iter().filter(|path| path.is_dir()).collect()
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for folder in folders() {
        let title = words(folder.file_name().unwrap().to_str().unwrap());
        write!(page, "\n## {title}\n").unwrap();
        cases(&folder).iter().for_each(|case| case.push(&mut page));
    }
    page
}

#[test]
fn the_page_says_what_the_compiler_says() {
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(PAGE, &page).unwrap();
    }
    let committed = fs::read_to_string(PAGE).unwrap_or_default();
    assert!(page == committed, "docs/messages.md is not what the cases say: set UPDATE_DOCS=1");
}

#[test]
fn every_case_says_why_its_message_is_good() {
    for case in folders().iter().flat_map(|folder| cases(folder)) {
        for sentence in [&case.cause, &case.cure, &case.good] {
            assert!(sentence.ends_with('.'), "{}: {sentence}", case.name);
        }
        assert!(!case.messages.is_empty(), "{}", case.name);
    }
}

/// Words that only the insides of the derive would say.
#[test]
fn no_message_speaks_of_what_was_emitted() {
    for case in folders().iter().flat_map(|folder| cases(folder)) {
        let first = case.messages[0].lines().next().unwrap();
        for inside in ["__c", "__private", "__f", "Shape<", "SlotOf", "Encode", "dyn "] {
            assert!(!first.contains(inside), "{}: {first}", case.name);
        }
    }
}
