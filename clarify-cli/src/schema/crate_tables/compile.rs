//! Asking the compiler.

use std::env;
use std::io::Write as _;
use std::process::{Command, Stdio};

use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel, DiagnosticSpan};
use cargo_metadata::{Message, Metadata, Package, Target};
use clarify_schema::{TABLES_OF, read_table, tables_of};

use super::{Arguments, Place, Table};
use crate::failure::Failure;

/// What sets the crate that tells its tables apart from the one that cargo has compiled before, and
/// would not compile again.
const APART: &str = "--cfg=clarify_schema_tables";

/// The tables of the structs of one target.
pub(super) fn tables(
    arguments: &Arguments,
    metadata: &Metadata,
    package: &Package,
    target: &Target,
) -> Result<Vec<Table>, Failure> {
    let output = command(arguments, package, target)
        .output()
        .map_err(|error| Failure::new(format!("cargo can't be run: {error}")))?;
    let (mut tables, mut mistakes) = (Vec::new(), Vec::new());
    for message in Message::parse_stream(&*output.stdout) {
        let Ok(Message::CompilerMessage(message)) = message else { continue };
        let message = message.message;
        if !matches!(message.level, DiagnosticLevel::Error | DiagnosticLevel::Ice) {
            continue;
        }
        let read = read_table(&message.message).map_err(|error| {
            Failure::new(format!("the table of a struct can't be read: {error}"))
                .hint("`clarify` and `clarify-core` must be of one version")
        })?;
        match read {
            Some(object) => {
                tables.push(Table { object, place: place(metadata, &message) });
            }
            None if message.message.starts_with("aborting due to") => {}
            None => mistakes.push(message),
        }
    }
    let is_broken = !output.status.success() && tables.is_empty();
    match mistakes.first() {
        Some(first) => Err(broken(package, target, &mistakes, first)),
        None if is_broken => refused(package, target, &output.stderr),
        None => Ok(tables),
    }
}

fn command(arguments: &Arguments, package: &Package, target: &Target) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["rustc", "--profile", "check", "--message-format", "json", "--quiet"]);
    cargo.arg("--manifest-path").arg(&package.manifest_path);
    match (target.is_bin(), target.is_example()) {
        (true, _) => cargo.args(["--bin", &target.name]),
        (_, true) => cargo.args(["--example", &target.name]),
        _ => cargo.arg("--lib"),
    };
    for features in &arguments.features {
        cargo.args(["--features", features]);
    }
    cargo.args(arguments.all_features.then_some("--all-features"));
    cargo.args(arguments.no_default_features.then_some("--no-default-features"));
    cargo.args(["--", APART]);
    let is_program = target.is_bin() || target.is_example();
    cargo.env(TABLES_OF, tables_of(&package.name, &target.name, is_program));
    cargo.stdin(Stdio::null());
    cargo
}

/// The compiler shows files by their paths from the root of the cargo workspace.
fn place(metadata: &Metadata, message: &Diagnostic) -> Place {
    let span = message.spans.iter().find(|span| span.is_primary).map(outermost);
    let file = span.map(|span| metadata.workspace_root.join(&span.file_name));
    Place {
        file: file.unwrap_or_default().into_std_path_buf(),
        line: span.map(|span| span.line_start),
    }
}

/// Where the code stands that is the user's own, when a macro has made it.
fn outermost(span: &DiagnosticSpan) -> &DiagnosticSpan {
    span.expansion.as_ref().map_or(span, |expansion| outermost(&expansion.span))
}

fn broken(
    package: &Package,
    target: &Target,
    mistakes: &[Diagnostic],
    first: &Diagnostic,
) -> Failure {
    let mut err = std::io::stderr().lock();
    for mistake in mistakes {
        // Who does not read them has the first in the error itself.
        let _ = writeln!(err, "{}", mistake.rendered.as_deref().unwrap_or(&mistake.message));
    }
    let (name, target) = (&package.name, &target.name);
    Failure::new(format!("`{target}` of `{name}` does not compile: {}", first.message))
        .hint("what its structs are is known once it does")
}

/// What cargo says before it compiles anything. A target for which features are missing is passed
/// over, as a build of the package does.
fn refused(package: &Package, target: &Target, stderr: &[u8]) -> Result<Vec<Table>, Failure> {
    let text = String::from_utf8_lossy(stderr);
    let line = text.lines().find_map(|line| line.strip_prefix("error: "));
    let line = line.unwrap_or("it does not say why");
    if !target.required_features.is_empty() && line.contains("requires the features") {
        return Ok(Vec::new());
    }
    let (name, target) = (&package.name, &target.name);
    Err(Failure::new(format!("cargo can't compile `{target}` of `{name}`: {line}")))
}
