//! The one error type.

mod context;
mod problem;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

pub(crate) use context::{Context, Refusal};
pub use problem::Problem;

use crate::request::Call;

/// Why a call did not do what it was asked to.
///
/// Its one-line text says what an operator needs: the call, the object, the status, what is wrong
/// and where, and the service's request id. Programs branch on the predicates. The API key is never
/// in it.
///
/// ```text
/// POST /objects/person/records/bulk (person): 422 Unprocessable Entity: record 3: /data/3/attributes/title: expected a string, found `5` [request 01J9ZC]
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

struct Inner {
    context: Option<Context>,
    cause: Cause,
    tries: u32,
    /// Whether the service may have written: in this try, or in one before.
    may_have_written: bool,
    /// What was sent, where it may have been written and is not sent again.
    sent: Option<Bytes>,
}

#[derive(Debug)]
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
    /// The program stopped the import.
    Stopped,
    /// Where an import stands could not be kept.
    NotKept(Source),
    /// An earlier run of an import has sent the record.
    SentBefore,
}

impl Cause {
    fn may_have_written(&self) -> bool {
        match self {
            Self::Config(_)
            | Self::Unsendable(_)
            | Self::Connect(_)
            | Self::Stopped
            | Self::NotKept(_) => false,
            Self::Timeout(_) | Self::Broken(_) | Self::Unreadable(_) | Self::SentBefore => true,
            // A gateway that waited in vain does not know more.
            Self::Refused(refusal) => refusal.status >= 500 || refusal.status == 408,
        }
    }
}

type Source = Box<dyn StdError + Send + Sync>;

impl Error {
    pub(crate) fn new(context: Context, cause: Cause) -> Self {
        Self::of(Some(context), cause)
    }

    fn of(context: Option<Context>, cause: Cause) -> Self {
        let reads = context.as_ref().is_some_and(|context| context.method == http::Method::GET);
        let may_have_written = !reads && cause.may_have_written();
        Self(Arc::new(Inner { context, cause, tries: 1, may_have_written, sent: None }))
    }

    /// The same error at the end of all tries of a call, of which one may have been carried out.
    /// What the service finds wrong with what was sent, it has found wrong before: it was the same.
    pub(crate) fn after(mut self, call: &Call, tries: u32, maybe_done: bool) -> Self {
        let may_have_written = self.0.may_have_written || (maybe_done && !self.is_invalid());
        // An error that is new has one owner.
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            (inner.tries, inner.may_have_written) = (tries, may_have_written);
            inner.sent = (may_have_written && !call.repeatable).then(|| call.body.clone());
        }
        self
    }

    pub(crate) fn config(reason: impl Into<String>) -> Self {
        Self::of(None, Cause::Config(reason.into()))
    }

    /// Why an item of an import is not attempted once the program has stopped it.
    pub(crate) fn stopped() -> Self {
        Self::of(None, Cause::Stopped)
    }

    /// Why an import stops whose state could not be kept.
    pub(crate) fn not_kept(error: std::io::Error) -> Self {
        Self::of(None, Cause::NotKept(Box::new(error)))
    }

    /// Why an item of an import is not sent that an earlier run has sent.
    pub(crate) fn sent_before() -> Self {
        Self::of(None, Cause::SentBefore)
    }

    /// The part of a batch's error that is about the record at this place, as if it had been sent
    /// alone. Where no problem points to it, it is all of them.
    pub(crate) fn of_record(&self, place: usize) -> Self {
        let own = |problem: &&Problem| problem.record_index() == Some(place);
        let problems: Vec<Problem> =
            self.problems().iter().filter(own).map(Problem::alone).collect();
        let problems = if problems.is_empty() { self.problems().to_vec() } else { problems };
        let cause = match self.refusal() {
            // An error of one problem has the one's own status.
            Some(refusal) => {
                let own = problems.first().and_then(|problem| problem.status);
                let status = own.unwrap_or(refusal.status);
                Cause::Refused(Refusal { status, ..refusal.with(problems) })
            }
            None => Cause::Unsendable(problems),
        };
        Self::of(self.0.context.clone(), cause)
    }

    /// The same error, with the places of the records that were sent in place of those among them.
    pub(crate) fn with_places(self, places: &[usize]) -> Self {
        let problems = self.problems().iter().map(|problem| problem.at_place(places)).collect();
        let cause = match &self.0.cause {
            Cause::Refused(refusal) => Cause::Refused(refusal.with(problems)),
            Cause::Unreadable(refusal) => Cause::Unreadable(refusal.with(problems)),
            Cause::Unsendable(_) => Cause::Unsendable(problems),
            _ => return self,
        };
        let mut moved = Self::of(self.0.context.clone(), cause);
        if let Some(inner) = Arc::get_mut(&mut moved.0) {
            (inner.tries, inner.may_have_written) = (self.0.tries, self.0.may_have_written);
        }
        moved
    }

    /// The same error without a secret: a proxy may show what it was sent.
    pub(crate) fn without(mut self, secret: &str) -> Self {
        let inner = Arc::get_mut(&mut self.0);
        if let Some(Cause::Refused(refusal) | Cause::Unreadable(refusal)) =
            inner.map(|i| &mut i.cause)
        {
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

    /// The service does not take the API key (401), or does not allow the call (403). This try wrote
    /// nothing.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.refused_with(&[401, 403])
    }

    /// There is no such record, object or workspace (404). This try wrote nothing; whether one before
    /// it may have is for [`may_have_written`](Self::may_have_written) to say.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.refused_with(&[404])
    }

    /// Something else is in the way (409), such as an edit of the schema. This try wrote nothing; try
    /// again.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.refused_with(&[409])
    }

    /// There were too many requests (429). This try wrote nothing; wait for
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

    /// The program stopped the import, so the record was not sent. Import it again.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        matches!(self.0.cause, Cause::Stopped)
    }

    /// The answer was not what was expected: no JSON, such as a page of a proxy, or values that don't
    /// fit the struct. In the second case the service has done what it was asked to, in the first it
    /// may have.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        matches!(self.0.cause, Cause::Unreadable(_))
    }

    /// Whether the service may have received the call.
    #[must_use]
    pub fn may_have_been_received(&self) -> bool {
        match &self.0.cause {
            Cause::Config(_) | Cause::Unsendable(_) | Cause::Stopped | Cause::NotKept(_) => false,
            Cause::Connect(_) => self.0.may_have_written,
            _ => true,
        }
    }

    /// Whether the service may have written something, in this try or in one before: it was sent,
    /// and no answer came that says otherwise. What reads writes nothing. Of a create, look for the record before making
    /// another; [`sent`](Self::sent) has what it was. Anything else may be called again.
    #[must_use]
    pub fn may_have_written(&self) -> bool {
        self.0.may_have_written
    }

    /// The JSON that was sent, of a create that may have been written and was not repeated.
    #[must_use]
    pub fn sent(&self) -> Option<&str> {
        std::str::from_utf8(self.0.sent.as_ref()?).ok()
    }

    /// How often the call was sent.
    #[must_use]
    pub fn tries(&self) -> u32 {
        self.0.tries
    }

    /// Whether the same call may go well later: the service could not be reached, did not answer,
    /// had no room (408, 425, 429), was busy (409) or failed (5xx). The client has tried again as
    /// often as its [`RetryPolicy`](crate::RetryPolicy) says and the call allows.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match &self.0.cause {
            Cause::Connect(_) | Cause::Timeout(_) | Cause::Broken(_) => true,
            Cause::Refused(refusal) => {
                matches!(refusal.status, 408 | 409 | 425 | 429 | 500 | 502..=504 | 506..)
            }
            Cause::Unreadable(refusal) => refusal.malformed,
            _ => false,
        }
    }

    /// The kind of the error in a word, for `tracing`.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.0.cause {
            Cause::Config(_) => "config",
            Cause::Unsendable(_) => "unsendable",
            Cause::Connect(_) => "connect",
            Cause::Timeout(_) => "timeout",
            Cause::Broken(_) => "broken",
            Cause::Refused(_) => "refused",
            Cause::Unreadable(_) => "unreadable",
            Cause::Stopped | Cause::NotKept(_) | Cause::SentBefore => "stopped",
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

    /// How long the service asks to wait: its `Retry-After`, in seconds or as a date.
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
            Cause::Stopped => f.write_str("the import was stopped"),
            Cause::NotKept(_) => f.write_str("where the import stands could not be kept"),
            Cause::SentBefore => {
                f.write_str("an earlier run sent this record, and may have written it")
            }
        }?;
        if self.0.tries > 1 {
            write!(f, " (after {} tries)", self.0.tries)?;
        }
        if self.0.sent.is_some() {
            f.write_str("; it may have been written, and was not sent again")?;
        }
        Ok(())
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
            Cause::Connect(source)
            | Cause::Timeout(source)
            | Cause::Broken(source)
            | Cause::NotKept(source) => Some(&**source),
            _ => None,
        }
    }
}
