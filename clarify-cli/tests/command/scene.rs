//! A service, and the command beside it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use clarify_schema::{Field, Kind, Object};
use clarify_server::{Contract, Server, ServerBuilder};
use tempfile::TempDir;

/// What must never be seen.
pub const KEY: &str = "hidden-key-of-acme";

pub const CONTRACTS: [Contract; 2] = [Contract::Documented, Contract::Live];

/// A service with the workspace `acme`, and a folder for files.
pub struct Scene {
    pub server: Server,
    pub folder: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub struct End {
    pub code: Option<i32>,
    pub out: String,
    pub error: String,
}

impl End {
    /// What was written, of a command that did what it was to do.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// What was said, of a command that ended with this code: one line, and perhaps a hint.
    #[track_caller]
    pub fn failed(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:?}");
        let lines: Vec<&str> = self.error.lines().collect();
        let starts = |at: usize, with: &str| lines.get(at).is_some_and(|l| l.starts_with(with));
        let is_in_form = starts(0, "error: ") && (lines.len() == 1 || starts(1, "hint: "));
        assert!(is_in_form && lines.len() <= 2, "{self:?}");
        self.error
    }
}

/// The built-in objects with a custom one.
fn builder() -> ServerBuilder {
    let order = Object::named(
        "c_sales_order",
        vec![
            Field::new("order_number", Kind::Text).required().unique(),
            Field::new("total", Kind::Number),
            Field::new("paid", Kind::Checkbox),
            Field::new("ordered_on", Kind::Date),
            Field::new("marks", Kind::Texts),
        ],
    );
    Server::builder().workspace("acme").api_key(KEY).register(&order)
}

impl Scene {
    pub fn new() -> Self {
        Self::with(|builder| builder)
    }

    pub fn of(contract: Contract) -> Self {
        Self::with(|builder| builder.contract(contract))
    }

    pub fn with(set: impl FnOnce(ServerBuilder) -> ServerBuilder) -> Self {
        let server = set(builder()).start().unwrap();
        Self { server, folder: tempfile::tempdir().unwrap() }
    }

    /// Where the service is, without its workspace.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.server.addr())
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The command without any setting, with a file of settings of its own.
    pub fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clarify"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for variable in ["WORKSPACE", "API_KEY", "BASE_URL"] {
            command.env_remove(format!("CLARIFY_{variable}"));
        }
        command.env_remove("RUST_LOG").env_remove("NO_COLOR");
        command.env("CLARIFY_CONFIG", self.file("config.toml"));
        command
    }

    /// The command, with the workspace in its environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command.env("CLARIFY_WORKSPACE", "acme").env("CLARIFY_API_KEY", KEY);
        command.env("CLARIFY_BASE_URL", self.base_url());
        command
    }

    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> End {
        end(&mut self.command(arguments))
    }

    /// Creates a record, and gives its id.
    #[track_caller]
    pub fn create(&self, object: &str, assignments: &[&str]) -> String {
        let out = self.run(&[&["records", "create", object], assignments].concat()).done();
        json(&out)["id"].as_str().unwrap().to_owned()
    }
}

/// Runs a command to its end. The key is never in what it says.
#[track_caller]
pub fn end(command: &mut Command) -> End {
    ended(command.output().unwrap())
}

/// The same for a command that reads a text.
#[track_caller]
pub fn end_with(command: &mut Command, input: &str) -> End {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    ended(child.wait_with_output().unwrap())
}

#[track_caller]
pub fn ended(output: Output) -> End {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let end =
        End { code: output.status.code(), out: text(output.stdout), error: text(output.stderr) };
    assert!(!end.out.contains(KEY) && !end.error.contains(KEY), "the key is shown: {end:?}");
    end
}

#[track_caller]
pub fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[track_caller]
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}
