//! A program in a folder of its own.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// What the packages need of ours.
pub const DEPENDENCY: &str = concat!(
    "clarify-core = { path = \"",
    env!("CARGO_MANIFEST_DIR"),
    "/../clarify-core\", default-features = false, features = [\"derive\"] }"
);

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

    pub fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
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

    /// All that cargo said, for who reads of a failure.
    pub fn log(&self) -> String {
        format!("{:#?}\n{}", self.messages, String::from_utf8_lossy(&self.output.stderr))
    }
}

fn messages(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}
