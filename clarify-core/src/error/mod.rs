//! The one error type.

mod context;
mod problem;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

pub(crate) use context::{Context, Refusal};
pub use problem::Problem;

/// Why a call did not do what it was asked to.
///
/// Its one-line text says what an operator needs: the call, the object, the status, what is wrong
/// and where, and the service's request id. Programs branch on the predicates. The API key is never
/// in it.
///
/// ```text
/// POST /objects/person/records/bulk (person): 422 Unprocessable Entity: record 3: /data/3/attributes/title: expected a string, found `5` [request 01J9ZC]
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    context: Option<Context>,
    cause: Cause,
}

pub(crate) enum Cause {
    /// The client can't be built.
    Config(String),
    /// What was to be sent can't be: nothing was sent.
    Unsendable(Vec<Problem>),
    /// The service was not reached.
    Connect(Source),
    /// There was no answer in time.
    Timeout(Source),
    /// The connection broke.
    Broken(Source),
    /// The service said no.
    Refused(Refusal),
    /// The service answered something that can't be read.
    Unreadable(Refusal),
}

type Source = Box<dyn StdError + Send + Sync>;

impl Error {
    pub(crate) fn new(context: Context, cause: Cause) -> Self {
        Self(Box::new(Inner { context: Some(context), cause }))
    }

    pub(crate) fn config(reason: impl Into<String>) -> Self {
        Self(Box::new(Inner { context: None, cause: Cause::Config(reason.into()) }))
    }

    /// The same error without a secret: a proxy may show what it was sent.
    pub(crate) fn without(mut self, secret: &str) -> Self {
        if let Cause::Refused(refusal) | Cause::Unreadable(refusal) = &mut self.0.cause {
            refusal.hide(secret);
        }
        self
    }

    fn refusal(&self) -> Option<&Refusal> {
        match &self.0.cause {
            Cause::Refused(refusal) | Cause::Unreadable(refusal) => Some(refusal),
            _ => None,
        }
    }

    fn refused_with(&self, statuses: &[u16]) -> bool {
        matches!(&self.0.cause, Cause::Refused(refusal) if statuses.contains(&refusal.status))
    }

    /// The HTTP status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.refusal().map(|refusal| refusal.status)
    }

    /// The client's settings are wrong: an address, a workspace, a missing variable. Nothing was
    /// sent; mend the settings.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.0.cause, Cause::Config(_))
    }

    /// The record, patch or filter itself is at fault: this client could not send it, or the
    /// service refused it (400, 413, 422). Nothing was written; see [`problems`](Self::problems) and
    /// mend what is sent.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        matches!(self.0.cause, Cause::Unsendable(_)) || self.refused_with(&[400, 413, 422])
    }

    /// The service does not take the API key (401), or does not allow the call (403). Nothing was
    /// written.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.refused_with(&[401, 403])
    }

    /// There is no such record, object or workspace (404). Nothing was written.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.refused_with(&[404])
    }

    /// Something else is in the way (409), such as an edit of the schema. Nothing was written; try
    /// again.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.refused_with(&[409])
    }

    /// There were too many requests (429). Nothing was written; wait for
    /// [`retry_after`](Self::retry_after).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.refused_with(&[429])
    }

    /// The service failed (5xx). Whether it wrote anything is not known.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        matches!(&self.0.cause, Cause::Refused(refusal) if refusal.status >= 500)
    }

    /// The service could not be reached: nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.cause, Cause::Connect(_))
    }

    /// There was no answer in time. Whether the service wrote anything is not known.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.cause, Cause::Timeout(_))
    }

    /// The answer was not what was expected: no JSON, or values that don't fit the struct. The
    /// service has done what it was asked to.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        matches!(self.0.cause, Cause::Unreadable(_))
    }

    /// Whether the service may have received the call, and so may have written. If not, it is safe
    /// to try again whatever the call was.
    #[must_use]
    pub fn may_have_been_received(&self) -> bool {
        match &self.0.cause {
            Cause::Config(_) | Cause::Unsendable(_) | Cause::Connect(_) => false,
            Cause::Timeout(_) | Cause::Broken(_) | Cause::Refused(_) | Cause::Unreadable(_) => true,
        }
    }

    /// What is wrong with what was sent or answered, each with its pointer.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match &self.0.cause {
            Cause::Unsendable(problems) => problems,
            _ => self.refusal().map_or(&[], |refusal| &refusal.problems),
        }
    }

    /// The place in its batch of the first record that is at fault.
    #[must_use]
    pub fn record_index(&self) -> Option<usize> {
        self.problems().iter().find_map(Problem::record_index)
    }

    /// The name of the first field that is at fault.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.problems().iter().find_map(Problem::field)
    }

    /// The id that the service gave the request, for its operators.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.refusal()?.request_id.as_deref()
    }

    /// How long the service asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.refusal()?.retry_after
    }

    /// The beginning of the answer's body, where it was not an error document.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.refusal()?.excerpt.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(context) = &self.0.context {
            write!(f, "{context}: ")?;
        }
        match &self.0.cause {
            Cause::Config(reason) => f.write_str(reason),
            Cause::Unsendable(problems) => {
                f.write_str("not sent: ")?;
                problem::list(problems, f)
            }
            // The source says why, and is not repeated here.
            Cause::Connect(_) => f.write_str("the service could not be reached"),
            Cause::Timeout(_) => f.write_str("no answer in time"),
            Cause::Broken(_) => f.write_str("the connection broke"),
            Cause::Refused(refusal) => refusal.fmt(f),
            Cause::Unreadable(refusal) => write!(f, "unreadable answer: {refusal}"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")?;
        match self.source() {
            Some(source) => write!(f, " from {source:?}"),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.cause {
            Cause::Connect(source) | Cause::Timeout(source) | Cause::Broken(source) => {
                Some(&**source)
            }
            _ => None,
        }
    }
}
