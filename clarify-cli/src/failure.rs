//! What ends the command before its work is done.

use std::error::Error as StdError;
use std::fmt::Display;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use clarify_core::Error;

use crate::connection;
use crate::output::text;

/// What a script learns from the command's end. What clap refuses ends with 2, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Whoever reads the output has had enough.
    ReaderGone = 0,
    /// It could not be done.
    Failed = 1,
    /// The arguments can't be what is meant.
    Usage = 2,
    /// It was done, but for some records that were refused.
    SomeRefused = 3,
    /// It may have been done: there was no answer that says so.
    Uncertain = 4,
    /// What was compared differs.
    Differences = 5,
    /// A signal ended it, such as that of Ctrl-C.
    Interrupted = 130,
}

/// Why the command ends: a line of what, a line of how to mend it, and an exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    line: String,
    hint: Option<String>,
    exit: Exit,
}

impl Failure {
    pub(crate) fn new(line: impl Into<String>) -> Self {
        Self { line: line.into(), hint: None, exit: Exit::Failed }
    }

    /// What is wrong with the arguments, where clap can't know.
    pub(crate) fn usage(line: impl Into<String>) -> Self {
        Self::new(line).exit(Exit::Usage)
    }

    /// An end of which all is told already.
    pub(crate) fn told(exit: Exit) -> Self {
        Self::new("").exit(exit)
    }

    /// What is wrong with a file.
    pub(crate) fn file(path: &Path, reason: impl Display) -> Self {
        Self::new(format!("`{}`: {reason}", path.display()))
    }

    /// How to mend it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Another way to mend it, beside the one that is known.
    pub(crate) fn also(self, hint: &str) -> Self {
        let hint = match &self.hint {
            Some(known) => format!("{known}; {hint}"),
            None => hint.to_owned(),
        };
        self.hint(hint)
    }

    pub(crate) fn exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    pub(crate) fn line(&self) -> &str {
        &self.line
    }

    /// Tells of it, each part in one line whatever the service put into it.
    pub(crate) fn end(self) -> ExitCode {
        if !self.line.is_empty() {
            eprintln!("error: {}", text::plain(&self.line));
            if let Some(hint) = &self.hint {
                eprintln!("hint: {}", text::plain(hint));
            }
        }
        ExitCode::from(self.exit as u8)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = if error.may_have_written() { Exit::Uncertain } else { Exit::Failed };
        let failure = Self::new(in_words(&error)).exit(exit);
        match hint(&error) {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

/// An error, and after it what led to it.
fn with_sources(error: &dyn StdError) -> String {
    let sources = std::iter::successors(error.source(), |error| StdError::source(*error));
    sources.fold(error.to_string(), |line, source| format!("{line}: {source}"))
}

/// The same with fields and flags for what stands for them in a request.
fn in_words(error: &Error) -> String {
    let mut line = with_sources(error).replace("`sortOrder[column]`", "`--sort`");
    for problem in error.problems() {
        let field = problem.field().filter(|name| problem.pointer == pointer(name));
        if let Some(name) = field {
            line = line.replace(&format!("{}: ", problem.pointer), &format!("`{name}`: "));
        }
    }
    let mut parts = line.split("`filter[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |line, part| match part.split_once(']') {
        Some((field, rest)) => format!("{line}`--filter {field}{rest}"),
        None => format!("{line}`filter[{part}"),
    })
}

/// Where a field stands in the body of a request about one record.
fn pointer(field: &str) -> String {
    format!("/data/attributes/{field}")
}

fn hint(error: &Error) -> Option<String> {
    if error.status() == Some(401) {
        return Some(connection::another_key(
            "`clarify status` shows where the key comes from, `clarify login` sets another",
        ));
    }
    usual_hint(error).map(str::to_owned)
}

fn usual_hint(error: &Error) -> Option<&'static str> {
    Some(match error.status() {
        Some(403) => "the key is not allowed to do this",
        Some(404) => "`clarify status` shows the workspace, `clarify objects` its objects",
        Some(409) => "something else is under way in the workspace: try again",
        Some(429) => "the workspace has had too many requests: wait a minute",
        _ if error.may_have_written() => "it may have been written: look before you try again",
        _ if error.is_connect() => "`clarify status` shows the base URL: is the service there?",
        _ if error.is_transient() => "the service may answer later: try again",
        _ => return None,
    })
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::told(Exit::ReaderGone),
            _ => Self::new(error.to_string()),
        }
    }
}

impl From<Box<dyn StdError>> for Failure {
    fn from(error: Box<dyn StdError>) -> Self {
        Self::new(error.to_string())
    }
}
