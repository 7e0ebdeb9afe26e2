//! A program in a folder of its own.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use clarify_schema::{
    Object, SNAPSHOT_FOLDER, SNAPSHOT_INDEX, SnapshotIndex, snapshot_file, write_snapshot,
};
use serde_json::Value;
use tempfile::TempDir;

/// What the packages need of ours.
pub const DEPENDENCY: &str = concat!(
    "clarify-core = { path = \"",
    env!("CARGO_MANIFEST_DIR"),
    "/../clarify-core\", default-features = false, features = [\"derive\"] }"
);

/// The manifest of a package that is a workspace of its own. Each test has its own name: what cargo
/// builds of packages at their workspace's root it tells apart by their names.
pub fn manifest(name: &str) -> String {
    let package = format!("name = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
    let others = "jiff = { version = \"0.2\", default-features = false }\nserde_json = \"1\"\n";
    format!("[workspace]\n\n[package]\n{package}\n[dependencies]\n{others}{DEPENDENCY}\n")
}

/// A cargo workspace in a temporary folder. What is built of our crates is kept for all of them.
pub struct Program(TempDir);

impl Program {
    /// A program of these files: their paths and what stands in them.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let program = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            program.write(path, text);
        }
        // The versions that are here already.
        let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
        fs::copy(lock, program.0.path().join("Cargo.lock")).unwrap();
        program
    }

    /// Writes a file, if it is another one than it was.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        if fs::read_to_string(&path).is_ok_and(|before| before == text) {
            return;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes a snapshot of these objects.
    pub fn pull(&self, objects: &[Object], is_whole: bool) {
        let names = objects.iter().map(|object| &*object.name);
        let path = |file: &str| format!("{SNAPSHOT_FOLDER}/{file}");
        self.write(&path(SNAPSHOT_INDEX), &SnapshotIndex::new(names, is_whole).write());
        for object in objects {
            self.write(&path(&snapshot_file(&object.name)), &write_snapshot(object));
        }
    }

    /// A command of cargo, in the folder.
    pub fn cargo(&self, command: &str) -> Cargo {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("programs");
        cargo.current_dir(self.0.path()).args([command, "--offline"]);
        cargo.arg("--message-format=json").arg("--target-dir").arg(target);
        Cargo(cargo)
    }
}

pub struct Cargo(Command);

impl Cargo {
    pub fn args(mut self, args: &[&str]) -> Self {
        self.0.args(args);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.0.env(name, value);
        self
    }

    pub fn run(mut self) -> Built {
        let output = self.0.output().unwrap();
        Built { messages: messages(&output), output }
    }
}

/// What became of it.
pub struct Built {
    output: Output,
    messages: Vec<Value>,
}

impl Built {
    pub fn is_ok(&self) -> bool {
        self.output.status.success()
    }

    /// The errors of the compiler, without what is drawn around them.
    pub fn errors(&self) -> Vec<&str> {
        let errors = self.messages.iter().filter(|m| m["message"]["level"] == "error");
        errors.filter_map(|error| error["message"]["message"].as_str()).collect()
    }

    /// The lines that the compiler's errors point to.
    pub fn lines(&self) -> HashSet<u64> {
        let errors = self.messages.iter().filter(|m| m["message"]["level"] == "error");
        let spans = errors.filter_map(|error| error["message"]["spans"].as_array()).flatten();
        spans.filter(|s| s["is_primary"] == true).filter_map(|s| s["line_start"].as_u64()).collect()
    }

    /// Whether the target of this name was not compiled anew.
    pub fn is_fresh(&self, target: &str) -> bool {
        let mut artifacts = self.messages.iter().filter(|m| m["reason"] == "compiler-artifact");
        artifacts.find(|m| m["target"]["name"] == target).unwrap()["fresh"] == true
    }

    /// All that cargo said, for who reads of a failure.
    pub fn log(&self) -> String {
        format!("{:#?}\n{}", self.messages, String::from_utf8_lossy(&self.output.stderr))
    }
}

fn messages(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}
