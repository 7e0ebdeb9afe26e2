//! Which call an error is about, and what the service said.

use std::fmt;
use std::time::Duration;

use clarify_schema::Text;

use super::problem::{self, Problem};

/// The call that an error is about. The query is left out: it may hold people's data.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) method: http::Method,
    pub(crate) path: String,
    pub(crate) object: Text,
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        // A call may be about the workspace, and no one object.
        if !self.object.is_empty() {
            write!(f, " ({})", self.object)?;
        }
        Ok(())
    }
}

/// An answer that is not what was asked for.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    /// Whether the body is no document at all, such as a page of a proxy, or half of an answer.
    pub(crate) malformed: bool,
    pub(crate) problems: Vec<Problem>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    /// The beginning of the body, where nothing better could be read from it.
    pub(crate) excerpt: Option<String>,
}

impl Refusal {
    /// The same refusal, with these problems.
    pub(super) fn with(&self, problems: Vec<Problem>) -> Self {
        Self {
            status: self.status,
            problems,
            malformed: self.malformed,
            request_id: self.request_id.clone(),
            retry_after: self.retry_after,
            excerpt: self.excerpt.clone(),
        }
    }

    pub(super) fn hide(&mut self, secret: &str) {
        let details = self.problems.iter_mut().flat_map(|p| [&mut p.detail, &mut p.pointer]);
        for text in details.chain(&mut self.excerpt).chain(&mut self.request_id) {
            if text.contains(secret) {
                *text = text.replace(secret, "…");
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        let reason = http::StatusCode::from_u16(self.status).ok();
        if let Some(reason) = reason.and_then(|status| status.canonical_reason()) {
            write!(f, " {reason}")?;
        }
        if !self.problems.is_empty() {
            f.write_str(": ")?;
            problem::list(&self.problems, f)?;
        } else if let Some(excerpt) = &self.excerpt {
            write!(f, ": {excerpt:?}")?;
        }
        if let Some(id) = &self.request_id {
            write!(f, " [request {id}]")?;
        }
        Ok(())
    }
}
